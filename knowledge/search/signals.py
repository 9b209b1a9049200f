"""What speaks for each candidate: figures with names and units, for all of them at once.

Figures only. What they are worth together is learned, and lies in `ranking.json` and `confidence.json`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from knowledge.search.alike import nearest
from knowledge.search.index.forward import FORMS, ForwardIndex, Rows, Window, form, stem_code
from knowledge.search.index.fulltext import ROOM
from knowledge.search.index.stemming import stems
from knowledge.search.meaning import STEPS, Floats, Meanings, similarities
from knowledge.search.question import Query
from knowledge.search.trees import Table
from knowledge.search.words import split

_Columns: TypeAlias = dict[str, ArrayLike]
_Ends: TypeAlias = tuple[Rows, Rows]
"""The first and the last of some rows, for each of several."""

_SPREAD: Final = np.array([0.6, 0.5, 0.4, 0.3, 0.2, 0.1], np.float32)
"""Shares of its neighbours' scores that a passage gets, one, two, three ... places away: the host's question and the
guest's answer belong together."""
_NEAR: Final = 3
"""How many words apart two words still count as near."""
_AROUND: Final = 2
"""How many stretches of talk away words still count as said here."""
_WIDE: Final = 5
"""The same where an episode speaks of something for a while."""
_EDGE: Final = 10
"""Stretches from the beginning or the end of an episode from which it makes no difference."""
_LEAST: Final = 1e-6
"""What is divided by at least."""
_BEST: Final = 3
"""Stretches whose scores are an episode's evidence."""

NAMES: Final = (
    "bm25",
    "near",
    "near_before",
    "near_after",
    "of_possible",
    "covered",
    "covered_around",
    "covered_wide",
    "covered_exactly",
    "rarest",
    "alike",
    "alike_around",
    "alike_least",
    "paired",
    "meaning",
    "meaning_before",
    "meaning_after",
    "meaning_around",
    "meaning_wide",
    "meaning_answered",
    "meaning_of_episode",
    "titled",
    "asks",
    "answers",
    "words",
    "place",
    "edge",
    "episode",
    "asked_words",
    "asked_weight",
    "searched",
    "covered_below_best",
    "meaning_below_best",
    "meaning_around_below_best",
    "alike_below_best",
    "alike_around_below_best",
    "meaning_deviation",
)
"""The figures of a stretch of talk, in the order of the columns of `figures`.

- bm25: its score, as a share of the best candidate's, 0 to 1.
- near: the same with shares of its neighbours' scores; near_before, near_after: the scores of its two neighbours.
- of_possible: its score as a share of what all words together could give.
- covered, covered_around, covered_wide, covered_exactly: the share of the question's weight that is said in it; in it
  or two stretches away; or five; in it in the very form that is asked for.
- rarest: the weight of the weightiest of the question's words that is said in it.
- alike, alike_around: the same share where a word that isn't said counts as much as the nearest one that is, by the
  cosine of their meanings: in it; in it or one stretch away. alike_least: the least such cosine of all words.
- paired: the share of the question's neighbouring words that are near each other in it too.
- meaning...: cosine of the question and the stretch; the one before; the one after; the three of them; the mean of
  those up to five away; the one before if it asks something; the episode's title and summary.
- titled: the share of the question's weight that is in the episode's title and summary.
- asks, answers: 1 where it ends with a question, or comes after one.
- words: the logarithm of how many it has.
- place, edge: where it is in its episode, 0 to 1; how many stretches from its beginning or end, up to 10.
- episode: the best three scores in its episode, added up, as a share of the best episode's.
- asked_words, asked_weight: of how many telling words the question is, and their weight.
- searched: the logarithm of how many stretches were searched.
- ..._below_best: how much less the figure is than the greatest among the candidates, 0 or below.
- meaning_deviation: how many standard deviations the meaning is above the candidates' mean.
"""
_BELOW_BEST: Final = ("covered", "meaning", "meaning_around", "alike", "alike_around")


@dataclass(frozen=True, slots=True)
class EmbeddedQuery:
    """A question.

    Attributes:
        query: what it is about.
        text: its words, with their spelling corrected.
        vector: what they mean together.
        words: what each telling word means by itself, (words, dimensions).
    """

    query: Query
    text: str
    vector: Floats
    words: Floats

    @classmethod
    def of(cls, query: Query, text: str) -> EmbeddedQuery:
        """Look up what a question means."""
        meanings = Meanings.load()
        return cls(query, text, meanings.vector(text), meanings.of_each(query.words))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Stretches of talk that may answer.

    Attributes:
        places: of each, ascending.
        scores: of each by BM25, 0 where it was found by its meaning alone.
    """

    places: Sequence[int]
    scores: Floats


# OpenBLAS may leave a flag set though every value is finite: https://github.com/numpy/numpy/issues/24067
@np.errstate(invalid="ignore")
def figures(
    candidates: Candidates,
    asked: EmbeddedQuery,
    weights: Mapping[str, float],
    talk: ForwardIndex,
    titles: ForwardIndex,
    searched: int,
) -> Table:
    """Return the figures of all candidates, (candidates, NAMES).

    Args:
        candidates: one or more.
        asked: the question, with a telling word or more.
        weights: of the stems that the scores are sums over.
        talk: the rows of the stretches.
        titles: the rows of their episodes' titles and summaries.
        searched: how many stretches were searched.
    """
    places = np.array(candidates.places, np.int64)
    episodes, of = np.unique(places // ROOM, return_inverse=True)
    rows = talk.rows(candidates.places)
    ends = talk.episodes(rows)
    around = Around.of(rows, ends)
    titled = titles.rows((episodes * ROOM).tolist())
    columns: _Columns = {
        **_by_score(places, candidates.scores, of, sum(weights.values())),
        **_by_words(around, asked, talk),
        **_by_meaning(around, asked.vector, talk),
        "titled": _covered(titles.words(titled, titled), asked.query)[of],
        "meaning_of_episode": similarities(asked.vector, titles.meanings[titled])[of],
        **_by_place(rows, ends),
        "asked_words": len(asked.query.telling),
        "asked_weight": max(asked.query.total, _LEAST),
        "searched": np.log(max(searched, 1)),
    }
    columns |= _beside_the_others(columns)
    table = np.empty((len(places), len(NAMES)), np.float32)
    for column, name in enumerate(NAMES):
        table[:, column] = columns[name]
    return table


@dataclass(frozen=True, slots=True)
class Around:
    """The candidates with the stretches around them.

    Attributes:
        rows: of all, each once, ascending.
        at: for each candidate the numbers in `rows` of those up to `_WIDE` before it, of itself and of those after it;
            at its episode's ends the first or the last again. (candidates, 2 * _WIDE + 1)
    """

    rows: Rows
    at: Rows

    @classmethod
    def of(cls, rows: Rows, ends: _Ends) -> Around:
        """Look around rows, within the first and the last of their episodes."""
        first, last = ends
        near = np.clip(rows[:, None] + np.arange(-_WIDE, _WIDE + 1), first[:, None], last[:, None])
        every, at = np.unique(near, return_inverse=True)
        return cls(every, at.reshape(near.shape))

    def within(self, steps: int) -> Rows:
        """Return the numbers of those at most so many away, (candidates, 2 * steps + 1)."""
        return self.at[:, _WIDE - steps : _WIDE + steps + 1]


def _by_score(places: Rows, scored: Floats, of: Rows, possible: float) -> _Columns:
    scores = scored / max(float(scored.max()), _LEAST)
    near = spread(places, scores)
    known = dict(zip(places.tolist(), scores.tolist(), strict=True))
    evidence = _best_together(scores, of)
    return {
        "bm25": scores,
        "near": near / near.max(),
        "near_before": [known.get(place - 1, 0.0) for place in places.tolist()],
        "near_after": [known.get(place + 1, 0.0) for place in places.tolist()],
        "of_possible": scored / max(possible, _LEAST),
        "episode": (evidence / max(float(evidence.max()), _LEAST))[of],
    }


def _best_together(scores: Floats, of: Rows) -> Floats:
    """Add up the best scores of each episode; `of` numbers the episodes from 0, ascending."""
    ordered = scores[np.lexsort((scores, of))]
    begins = np.searchsorted(of, np.arange(of[-1] + 2))
    total = np.zeros(len(begins) - 1, np.float32)
    for rank in range(_BEST, 0, -1):
        at = begins[1:] - rank
        total += np.where(at >= begins[:-1], ordered[np.maximum(at, 0)], 0)
    return total


def _by_words(around: Around, asked: EmbeddedQuery, talk: ForwardIndex) -> _Columns:
    query = asked.query
    forms: defaultdict[str, NDArray[np.bool_]] = defaultdict(lambda: np.zeros(FORMS, np.bool_))
    for word in split(asked.text):
        for stem in stems(word):
            forms[stem][form(word)] = True
    window = talk.words(around.rows, around.rows)
    here, exact, at = found_in(window, query, forms)
    worth, total = _worth(query), max(query.total, _LEAST)
    itself = around.at[:, _WIDE]
    alike = _alike(around, here, asked.words, talk)
    return {
        "covered": here[itself] @ worth / total,
        "covered_around": here[around.within(_AROUND)].any(axis=1) @ worth / total,
        "covered_wide": here[around.at].any(axis=1) @ worth / total,
        "covered_exactly": exact[itself] @ worth / total,
        "rarest": (here[itself] * worth).max(axis=1),
        "alike": alike[itself] @ worth / total,
        "alike_around": alike[around.within(1)].max(axis=1) @ worth / total,
        "alike_least": alike[itself].min(axis=1),
        "paired": _paired(window, at, query)[itself],
        "words": np.log1p(window.lengths[itself]),
    }


def _alike(around: Around, here: NDArray[np.bool_], words: Floats, talk: ForwardIndex) -> Floats:
    """Return how near the nearest word of each candidate, and of those beside it, is to each telling word, 0 to 1.

    A word itself is 1. In the order of all rows, (rows, words); in the rows beyond, only the word itself counts.
    """
    near = np.zeros(len(around.rows), np.bool_)
    near[around.within(1)] = True
    beside, found = np.flatnonzero(near), here.astype(np.float32)
    rows = around.rows[beside]
    found[beside] = np.maximum(found[beside], nearest(words, talk.words(rows, rows)))
    return found


def _by_meaning(around: Around, vector: Floats, talk: ForwardIndex) -> _Columns:
    compact = talk.meanings[around.rows].astype(np.float32)
    alike = compact @ (vector / np.float32(STEPS))
    before, itself, after = around.within(1).T
    together = compact[before] + compact[itself] + compact[after]
    asks = talk.asks[around.rows]
    answers = asks[before] & (before < itself)
    return {
        "meaning": alike[itself],
        "meaning_before": alike[before],
        "meaning_after": alike[after],
        "meaning_around": together @ vector / np.maximum(np.linalg.norm(together, axis=1), _LEAST),
        "meaning_wide": alike[around.at].mean(axis=1),
        "meaning_answered": np.where(answers, alike[before], 0.0),
        "asks": asks[itself],
        "answers": answers,
    }


def _beside_the_others(columns: _Columns) -> _Columns:
    """Compare what stands in a column with the rest of it: what a figure is worth depends on the question."""
    figures = {name: np.asarray(columns[name]) for name in _BELOW_BEST}
    below = {f"{name}_below_best": values - values.max() for name, values in figures.items()}
    meaning = figures["meaning"]
    return below | {"meaning_deviation": (meaning - meaning.mean()) / max(float(meaning.std()), _LEAST)}


def _by_place(rows: Rows, ends: _Ends) -> _Columns:
    first, last = ends
    return {
        "place": (rows - first) / (last - first + 1),
        "edge": np.minimum(np.minimum(rows - first, last - rows), _EDGE),
    }


def _worth(query: Query) -> Floats:
    return np.array([query.worth(stem) for stem in query.telling], np.float32)


def _covered(window: Window, query: Query) -> Floats:
    """Return the share of the question's weight that each row has."""
    share: Floats = found_in(window, query, {})[0] @ _worth(query) / max(query.total, _LEAST)
    return share


def found_in(
    window: Window, query: Query, forms: Mapping[str, NDArray[np.bool_]]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int16]]:
    """Tell which telling words each row has, and which in the form asked for, (rows, words); and which each word is."""
    rows, telling = len(window.lengths), list(query.telling)
    here = np.zeros((rows, len(telling)), np.bool_)
    exact = here.copy()
    at = np.full(len(window.codes), -1, np.int16)
    for column, stem in enumerate(telling):
        hits = np.flatnonzero(window.stems == stem_code(stem))
        here[window.owners(hits), column] = True
        at[hits] = column
        if stem in forms:
            same = hits[forms[stem][window.forms(hits)]]
            exact[window.owners(same), column] = True
    return here, exact, at


def spread(places: Rows, scores: Floats) -> Floats:
    """Give each candidate shares of its neighbours' scores; `places` are ascending."""
    near = scores.copy()
    for steps in range(1, min(len(_SPREAD), len(places) - 1) + 1):
        apart = places[steps:] - places[:-steps]
        share = np.where(apart <= len(_SPREAD), _SPREAD[np.minimum(apart, len(_SPREAD)) - 1], 0)
        near[steps:] += share * scores[:-steps]
        near[:-steps] += share * scores[steps:]
    return near


def _paired(window: Window, at: NDArray[np.int16], query: Query) -> Floats:
    """Return the share of the question's neighbouring words that are near each other, for each row."""
    rows = len(window.lengths)
    if not query.pairs:
        return np.zeros(rows, np.float32)
    columns = {stem: column for column, stem in enumerate(query.telling)}
    said = np.flatnonzero(at >= 0)
    found = np.zeros((rows, len(query.pairs)), np.bool_)
    for step in range(1, len(said)):
        close = said[step:] - said[:-step] <= _NEAR
        if not close.any():
            break
        left, right = said[:-step][close], said[step:][close]
        same = window.owners(left) == window.owners(right)
        left, right = left[same], right[same]
        for number, (first, second) in enumerate(query.pairs):
            one, other = columns[first], columns[second]
            hit = ((at[left] == one) & (at[right] == other)) | ((at[left] == other) & (at[right] == one))
            found[window.owners(left[hit]), number] = True
    share: Floats = found.mean(axis=1).astype(np.float32)
    return share
