"""Computes what speaks for each candidate: features with names and units, for all candidates at once.

Features only. What they are worth together is learned, in `ranking.json` and `confidence.json`.
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
from knowledge.search.trees import EPSILON, Table
from knowledge.search.words import split

_Columns: TypeAlias = dict[str, ArrayLike]
_Ends: TypeAlias = tuple[Rows, Rows]
"""The first and the last row of each of several runs of rows."""

_SPREAD: Final = np.array([0.6, 0.5, 0.4, 0.3, 0.2, 0.1], np.float32)
"""Shares of neighbours' scores that a stretch gets, by distance from one: the host's question and the guest's answer
belong together."""
_NEAR: Final = 3
"""Maximum distance, in words, between two words that count as near each other."""
_AROUND: Final = 2
"""Distance in stretches that `covered_around` looks around a candidate."""
_WIDE: Final = 5
"""Distance in stretches that `covered_wide` and `meaning_wide` look around: what an episode talks about for a while."""
_EDGE: Final = 10
"""Cap on the distance from an episode's beginning or end, in stretches."""
_BEST: Final = 3
"""Number of stretches whose scores add up to an episode's evidence."""

NAMES: Final = (
    "bm25",  # its score divided by the best candidate's, 0 to 1
    "near",  # the same plus shares of its neighbours' scores
    "near_before",  # the scores of its two neighbours
    "near_after",
    "of_possible",  # its score as a share of what all words together could give
    "covered",  # share of the question's weight that it contains
    "covered_around",  # within two stretches
    "covered_wide",  # within five
    "covered_exactly",  # in the very form asked for
    "rarest",  # weight of the question's weightiest word that it contains
    "alike",  # as covered, but a missing word counts by the cosine between it and the nearest word said
    "alike_around",  # within one stretch
    "alike_least",  # the lowest such cosine of all words
    "paired",  # share of the question's neighbouring words that are near each other here too
    "meaning",  # cosine between the question and the stretch
    "meaning_before",  # and the one before
    "meaning_after",  # and the one after
    "meaning_around",  # and these three together
    "meaning_wide",  # mean over those within five
    "meaning_answered",  # and the one before if it is a question
    "meaning_of_episode",  # and the episode's title and summary
    "titled",  # share of the question's weight in the episode's title and summary
    "asks",  # 1 if it ends with a question
    "answers",  # 1 if it comes after one
    "words",  # logarithm of its number of words
    "place",  # its position in the episode, 0 to 1
    "edge",  # stretches to the nearer end of the episode, up to 10
    "episode",  # sum of the best three scores in its episode, divided by the best episode's
    "asked_words",  # number of the question's telling words
    "asked_weight",  # their total weight
    "searched",  # logarithm of the number of stretches searched
    "covered_below_best",  # the feature minus its maximum over the candidates, 0 or below
    "meaning_below_best",
    "meaning_around_below_best",
    "alike_below_best",
    "alike_around_below_best",
    "meaning_deviation",  # how many standard deviations its meaning is above the candidates' mean
)
"""The features of a stretch of talk, in the order of the columns of `features`."""
_BELOW_BEST: Final = ("covered", "meaning", "meaning_around", "alike", "alike_around")


@dataclass(frozen=True, slots=True)
class EmbeddedQuery:
    """A question with its vectors.

    Attributes:
        query: what it is about.
        text: its words, with their spelling corrected.
        vector: of the whole text.
        words: of each telling word, (words, dimensions).
    """

    query: Query
    text: str
    vector: Floats
    words: Floats

    @classmethod
    def of(cls, query: Query, text: str) -> EmbeddedQuery:
        """Look up a question's vectors."""
        meanings = Meanings.load()
        return cls(query, text, meanings.vector(text), meanings.of_each(query.words))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Stretches of talk that may answer.

    Attributes:
        places: the place of each, ascending; see `TextMatch`.
        scores: the BM25 score of each; 0 if it was found by its meaning alone.
    """

    places: Sequence[int]
    scores: Floats


# OpenBLAS may leave a flag set though every value is finite: https://github.com/numpy/numpy/issues/24067
@np.errstate(invalid="ignore")
def features(
    candidates: Candidates,
    asked: EmbeddedQuery,
    weights: Mapping[str, float],
    talk: ForwardIndex,
    titles: ForwardIndex,
    searched: int,
) -> Table:
    """Return the features of all candidates, (candidates, NAMES).

    Args:
        candidates: at least one.
        asked: the question, with at least one telling word.
        weights: of the stems that the scores are sums over.
        talk: the rows of the stretches.
        titles: the rows of their episodes' titles and summaries.
        searched: number of stretches searched.
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
        "asked_weight": max(asked.query.total, EPSILON),
        "searched": np.log(max(searched, 1)),
    }
    columns |= _beside_the_others(columns)
    table = np.empty((len(places), len(NAMES)), np.float32)
    for column, name in enumerate(NAMES):
        table[:, column] = columns[name]
    return table


@dataclass(frozen=True, slots=True)
class Around:
    """Candidates with the stretches around them.

    Attributes:
        rows: all of these rows once, ascending.
        at: for each candidate, indices into `rows` of its `_WIDE` predecessors, itself and its `_WIDE` successors,
            clipped to the ends of its episode; (candidates, 2 * _WIDE + 1).
    """

    rows: Rows
    at: Rows

    @classmethod
    def of(cls, rows: Rows, ends: _Ends) -> Around:
        """Find the neighbours of rows, within the first and last rows of their episodes."""
        first, last = ends
        near = np.clip(rows[:, None] + np.arange(-_WIDE, _WIDE + 1), first[:, None], last[:, None])
        every, at = np.unique(near, return_inverse=True)
        return cls(every, at.reshape(near.shape))

    def within(self, steps: int) -> Rows:
        """Return the indices of the rows up to `steps` away, (candidates, 2 * steps + 1)."""
        return self.at[:, _WIDE - steps : _WIDE + steps + 1]


def _by_score(places: Rows, scored: Floats, of: Rows, possible: float) -> _Columns:
    scores = scored / max(float(scored.max()), EPSILON)
    near = spread(places, scores)
    known = dict(zip(places.tolist(), scores.tolist(), strict=True))
    evidence = _best_together(scores, of)
    return {
        "bm25": scores,
        "near": near / near.max(),
        "near_before": [known.get(place - 1, 0.0) for place in places.tolist()],
        "near_after": [known.get(place + 1, 0.0) for place in places.tolist()],
        "of_possible": scored / max(possible, EPSILON),
        "episode": (evidence / max(float(evidence.max()), EPSILON))[of],
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
    worth, total = _worth(query), max(query.total, EPSILON)
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
    """Return for each row and telling word the cosine of the nearest word, 0 to 1, (rows, words).

    The word itself is 1. In rows that are not next to a candidate, only the word itself counts.
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
        "meaning_around": together @ vector / np.maximum(np.linalg.norm(together, axis=1), EPSILON),
        "meaning_wide": alike[around.at].mean(axis=1),
        "meaning_answered": np.where(answers, alike[before], 0.0),
        "asks": asks[itself],
        "answers": answers,
    }


def _beside_the_others(columns: _Columns) -> _Columns:
    """Compare features with those of the other candidates: what a value is worth depends on the question."""
    features = {name: np.asarray(columns[name]) for name in _BELOW_BEST}
    below = {f"{name}_below_best": values - values.max() for name, values in features.items()}
    meaning = features["meaning"]
    return below | {"meaning_deviation": (meaning - meaning.mean()) / max(float(meaning.std()), EPSILON)}


def _by_place(rows: Rows, ends: _Ends) -> _Columns:
    first, last = ends
    return {
        "place": (rows - first) / (last - first + 1),
        "edge": np.minimum(np.minimum(rows - first, last - rows), _EDGE),
    }


def _worth(query: Query) -> Floats:
    return np.array([query.worth(stem) for stem in query.telling], np.float32)


def _covered(window: Window, query: Query) -> Floats:
    """Return the share of the question's weight that each row contains."""
    share: Floats = found_in(window, query, {})[0] @ _worth(query) / max(query.total, EPSILON)
    return share


def found_in(
    window: Window, query: Query, forms: Mapping[str, NDArray[np.bool_]]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int16]]:
    """Return which telling words each row has, and which in the form asked for, (rows, words); and each word's column.

    Words of the window that are not telling get column -1.
    """
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
    """Add shares of the neighbours' scores to each candidate's; `places` are ascending."""
    near = scores.copy()
    for steps in range(1, min(len(_SPREAD), len(places) - 1) + 1):
        apart = places[steps:] - places[:-steps]
        share = np.where(apart <= len(_SPREAD), _SPREAD[np.minimum(apart, len(_SPREAD)) - 1], 0)
        near[steps:] += share * scores[:-steps]
        near[:-steps] += share * scores[steps:]
    return near


def _paired(window: Window, at: NDArray[np.int16], query: Query) -> Floats:
    """Return for each row the share of the question's neighbouring words that are near each other in it."""
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
