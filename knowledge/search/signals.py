"""What speaks for each candidate: figures with names and units, for all of them at once.

Figures only. What they are worth together is learned, and lies in `ranking.json` and `confidence.json`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.search.index.forward import ForwardIndex, Rows, Window, stem_code
from knowledge.search.index.fulltext import ROOM, stems
from knowledge.search.meaning import Floats, similarities
from knowledge.search.question import Query
from knowledge.search.words import split

Table: TypeAlias = NDArray[np.float32]

_SPREAD: Final = np.array([0.6, 0.5, 0.4, 0.3, 0.2, 0.1], np.float32)
"""Shares of its neighbours' scores that a passage gets, one, two, three ... places away: the host's question and the
guest's answer belong together."""
_NEAR: Final = 3
"""How many words apart two words still count as near."""
_AROUND: Final = 2
"""How many stretches of talk away words still count as said here."""
_EDGE: Final = 10
"""Stretches from the beginning or the end of an episode from which it makes no difference."""
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
    "covered_exactly",
    "rarest",
    "paired",
    "meaning",
    "meaning_before",
    "meaning_after",
    "meaning_around",
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
    "within",
)
"""The figures of a stretch of talk, in the order of the columns of `figures`.

- bm25: its score, as a share of the best candidate's, 0 to 1.
- near: the same with shares of its neighbours' scores; near_before, near_after: the scores of its two neighbours.
- of_possible: its score as a share of what all words together could give.
- covered, covered_around, covered_exactly: the share of the question's weight that is said in it; in it or two
  stretches away; in it in the very form that is asked for.
- rarest: the weight of the weightiest of the question's words that is said in it.
- paired: the share of the question's neighbouring words that are near each other in it too.
- meaning...: cosine of the question and the stretch; the one before; the one after; the three of them; the one before
  if it asks something; the episode's title and summary.
- titled: the share of the question's weight that is in the episode's title and summary.
- asks, answers: 1 where it ends with a question, or comes after one.
- words: the logarithm of how many it has.
- place, edge: where it is in its episode, 0 to 1; how many stretches from its beginning or end, up to 10.
- episode: the best three scores in its episode, added up, as a share of the best episode's.
- asked_words, asked_weight: of how many telling words the question is, and their weight.
- searched: the logarithm of how many stretches were searched; within: 1 where that is one episode.
"""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Stretches of talk that may answer.

    Attributes:
        places: of each, ascending.
        scores: of each by BM25, 0 where it was found by its meaning alone.
    """

    places: Sequence[int]
    scores: Floats
    rows: Rows


@dataclass(frozen=True, slots=True)
class Searched:
    """How much was searched: the number of stretches, and whether they are one episode."""

    stretches: int
    within: bool


def found_in(
    window: Window, query: Query, forms: Mapping[str, NDArray[np.bool_]]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int16]]:
    """Tell which telling words each row has, and which in the form asked for, (rows, words); and which each word is."""
    rows, telling = len(window.lengths), list(query.telling)
    here = np.zeros((rows, max(len(telling), 1)), np.bool_)
    exact = here.copy()
    at = np.full(len(window.stems), -1, np.int16)
    for column, stem in enumerate(telling):
        hits = np.flatnonzero(window.stems == stem_code(stem))
        here[window.owners[hits], column] = True
        at[hits] = column
        if stem in forms:
            same = hits[forms[stem][window.forms[hits]]]
            exact[window.owners[same], column] = True
    return here, exact, at


def spread(places: NDArray[np.int64], scores: Floats) -> Floats:
    """Give each candidate shares of its neighbours' scores; `places` are ascending."""
    near = scores.copy()
    for steps in range(1, min(len(_SPREAD), len(places) - 1) + 1):
        apart = places[steps:] - places[:-steps]
        share = np.where(apart <= len(_SPREAD), _SPREAD[np.minimum(apart, len(_SPREAD)) - 1], 0)
        near[steps:] += share * scores[:-steps]
        near[:-steps] += share * scores[steps:]
    return near


def figures(
    candidates: Candidates,
    query: Query,
    asked: str,
    vector: Floats,
    weights: Mapping[str, float],
    spoken: ForwardIndex,
    about: ForwardIndex,
    searched: Searched,
) -> Table:
    """Return the figures of all candidates, (candidates, NAMES)."""
    places, rows = np.array(candidates.places, np.int64), candidates.rows
    forms: defaultdict[str, NDArray[np.bool_]] = defaultdict(lambda: np.zeros(256, np.bool_))
    for word in split(asked):
        for stem in stems(word):
            forms[stem][crc32(word.encode()) & 0xFF] = True
    worth = np.array([query.worth(stem) for stem in query.telling] or [0.0], np.float32)
    total = max(query.total, 1e-6)
    here, exact, at = found_in(window := spoken.words(rows, rows), query, forms)
    before, after = spoken.around(candidates.places, 1)
    around = found_in(spoken.words(*spoken.around(candidates.places, _AROUND)), query, {})[0]

    best = max(float(candidates.scores.max()), 1e-6)
    scores = candidates.scores / best
    near = spread(places, scores)
    by_row = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    of_row = np.concatenate([rows, before, after])
    alike = similarities(vector, spoken.meanings[of_row]).reshape(3, -1)
    together = spoken.meanings[of_row].astype(np.float32).reshape(3, len(rows), -1).sum(axis=0)
    ordinals = places // ROOM
    episodes, of = np.unique(ordinals, return_inverse=True)
    titles = about.rows((episodes * ROOM).tolist())
    spans = spoken.counts(ordinals)
    number = places % ROOM
    evidence = np.array([np.sort(scores[of == each])[-_BEST:].sum() for each in range(len(episodes))], np.float32)
    columns = {
        "bm25": scores,
        "near": near / near.max(),
        "near_before": [by_row.get(int(row) - 1, 0.0) for row in rows],
        "near_after": [by_row.get(int(row) + 1, 0.0) for row in rows],
        "of_possible": candidates.scores / max(sum(weights.values()), 1e-6),
        "covered": here @ worth / total,
        "covered_around": around @ worth / total,
        "covered_exactly": exact @ worth / total,
        "rarest": (here * worth).max(axis=1),
        "paired": _paired(window, at, query),
        "meaning": alike[0],
        "meaning_before": alike[1],
        "meaning_after": alike[2],
        "meaning_around": together @ vector / np.maximum(np.linalg.norm(together, axis=1), 1e-6),
        "meaning_answered": np.where(spoken.asks[before] & (before < rows), alike[1], 0.0),
        "meaning_of_episode": similarities(vector, about.meanings[titles])[of],
        "titled": (found_in(about.words(titles, titles), query, {})[0] @ worth / total)[of],
        "asks": spoken.asks[rows],
        "answers": spoken.asks[before] & (before < rows),
        "words": np.log1p(window.lengths),
        "place": number / np.maximum(spans, 1),
        "edge": np.minimum(np.minimum(number, spans - 1 - number), _EDGE),
        "episode": (evidence / max(float(evidence.max()), 1e-6))[of],
        "asked_words": len(query.telling),
        "asked_weight": total,
        "searched": np.log(max(searched.stretches, 1)),
        "within": searched.within,
    }
    table = np.empty((len(rows), len(NAMES)), np.float32)
    for column, name in enumerate(NAMES):
        table[:, column] = columns[name]
    return table


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
        same = window.owners[left] == window.owners[right]
        left, right = left[same], right[same]
        for number, (first, second) in enumerate(query.pairs):
            one, other = columns[first], columns[second]
            hit = ((at[left] == one) & (at[right] == other)) | ((at[left] == other) & (at[right] == one))
            found[window.owners[left[hit]], number] = True
    share: Floats = found.mean(axis=1).astype(np.float32)
    return share
