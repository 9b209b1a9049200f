"""Ranks topics, quotes and passages together, each with a confidence: how likely it answers.

Computes features of what the index found; the models that turn evidence into a confidence are in confidence.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from math import log
from pathlib import Path
from typing import Final

import numpy as np

from knowledge.cutting import ends_asking
from knowledge.model import Episode, Item, Quote, Topic
from knowledge.search import trees
from knowledge.search.confidence import NOTED, Ordered, of_noted
from knowledge.search.index.stemming import stems
from knowledge.search.index.stored import Stretch
from knowledge.search.meaning import Floats, Meanings
from knowledge.search.question import Query
from knowledge.search.signals import EmbeddedQuery
from knowledge.search.spelling import Understood
from knowledge.search.trees import EPSILON, Table

FITTED: Final = Path(__file__).with_name("ranking.json")
_CROWDING: Final = tuple(1.1 * (1 - share) for share in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9))
"""Subtracted from the scores of candidates one, two ... places away from one that is already listed."""
_PER_WORD: Final = 0.04
"""Bonus for each word of a passage when choosing which passage of a stretch to show."""
_ASKING: Final = 0.3
"""Factor for the weight of words about asking ("decision", "discuss") in ranking, beside 1 for the subject's."""
_ONLY_ASKS: Final = 3.0
"""Penalty for a passage that ends with a question, when another may be the answer."""
_BELOW_BEST: Final = ("meaning", "name_meaning")
"""Features of a note that are also compared with the best note's."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result.

    Attributes:
        score: comparable only between hits of one ranking and one kind.
        confidence: probability, 0 to 1, that this answers the question; never higher than that of the hit before it.
        weight: sum of the weights of the question's telling words in it or said around it.
        direct: whether the passage itself has a telling word of the question, not only what is said around it.
        here: probability, 0 to 1, that its own words answer if no earlier hit does, rather than others in the library.
    """

    item: Item
    score: float
    confidence: float
    weight: float
    direct: bool = True
    here: float = 1.0


@dataclass(frozen=True, slots=True)
class Ranking:
    """The search results for a question.

    Attributes:
        understood: the question with its spelling corrected.
        hits: best first.
        confidence: probability, 0 to 1, that the library answers the question at all.
        asked: the question, taken apart.
        scattered: whether topics and quotes have all telling words together, but none of them has all.
    """

    understood: Understood
    hits: tuple[Hit, ...]
    confidence: float
    asked: EmbeddedQuery
    scattered: bool = False


def learned(features: Table) -> Floats:
    """Score candidates by their features, comparable within one question; LambdaMART trees (Burges 2010).

    Fitted with LightGBM on the training questions of QMSum and on questions about the Changelog's transcripts.
    """
    return trees.load(FITTED).values(features)


def ordered(places: Sequence[int], features: Table, limit: int) -> Ordered:
    """Order candidates by their features; at most `limit` are shown."""
    scores = learned(features)
    return Ordered(features, np.array(places, np.int64), scores, chosen(places, scores, limit))


def chosen(places: Sequence[int], scores: Floats, limit: int) -> list[int]:
    """Return the indices of the best candidates, best first; neighbours of one already chosen are moved down."""
    left, numbers = scores.astype(np.float64), {place: number for number, place in enumerate(places)}
    order: list[int] = []
    for _ in range(min(limit, len(left))):
        best = int(left.argmax())
        order.append(best)
        left[best] = -np.inf
        for apart, less in enumerate(_CROWDING, 1):
            for beside in (places[best] - apart, places[best] + apart):
                if (number := numbers.get(beside)) is not None:
                    left[number] -= less
    return order


def idf(holding: int, of: int) -> float:
    """Return BM25's inverse document frequency (Robertson and Zaragoza 2009), at least 0; 0 if no document has it."""
    return log(1 + (max(of, holding) - holding + 0.5) / (holding + 0.5)) if holding else 0.0


def weights(query: Query, holding: Mapping[str, int], of: int) -> dict[str, float]:
    """Weigh stems for ranking, given the number of documents with each and of all documents searched."""
    return {stem: idf(n, of) * (_ASKING if stem in query.asking else 1) for stem, n in holding.items()}


def speaks(speaker: str, stretch: Stretch) -> bool:
    """Return whether a speaker whose name contains all of these words speaks in a stretch."""
    return any(_name(speaker) <= _name(passage.speaker) for passage in stretch.passages)


def telling(stretch: Stretch, weights: Mapping[str, float], speaker: str | None) -> int:
    """Return the index of the passage of a stretch to show: most telling words, longer among equals.

    With a speaker, who must speak in the stretch, it is one of theirs.
    """

    def tells(words: Sequence[str], said_by: frozenset[str], text: str) -> float:
        there = said_by.union(words)
        found = sum(weight for stem, weight in weights.items() if stem in there)
        return found + _PER_WORD * len(words) - _ONLY_ASKS * ends_asking(text)

    if len(stretch.passages) == 1:
        return 0
    asked = _name(speaker)
    by = [_name(passage.speaker) for passage in stretch.passages]
    fitting = [n for n in range(len(by)) if asked <= by[n]]
    return max(fitting, key=lambda n: tells(stretch.apart[n], by[n], stretch.passages[n].text))


@lru_cache(maxsize=4096)
def _name(speaker: str | None) -> frozenset[str]:
    return frozenset(stems(speaker or ""))


@dataclass(frozen=True, slots=True)
class Note:
    """A topic or quote that may answer.

    Attributes:
        bearing: the words of the quotes that belong to a topic.
        score: by the words it shares with the question; 0 if it was found by its meaning alone.
        meaning: cosine between it and the question.
    """

    item: Topic | Quote
    bearing: str
    score: float
    meaning: float


def noted(asked: EmbeddedQuery, notes: Sequence[Note]) -> list[Hit]:
    """Rank topics and quotes, at least one, by their names, words and meaning."""
    features = evidence(asked, notes)
    weights = features[:, NOTED.index("weight")].tolist()
    judged = zip(notes, of_noted(features), weights, strict=True)
    return [Hit(note.item, note.score, likely, weight) for note, likely, weight in judged]


def evidence(asked: EmbeddedQuery, notes: Sequence[Note]) -> Table:
    """Return the features of topics and quotes, (notes, NOTED); at least one."""
    columns = _columns(asked, [_read(note.item, note.bearing) for note in notes], [note.meaning for note in notes])
    below = {f"{name}_below_best": columns[name].max() - columns[name] for name in _BELOW_BEST}
    return _table(columns | below)


def scattered(query: Query, notes: Sequence[Note]) -> bool:
    """Tell whether notes have all telling words between them, but no single one has all."""
    there = [query.telling.keys() & _read(note.item, note.bearing).all for note in notes]
    return set().union(*there) == query.telling.keys() and query.telling.keys() not in there


def described(asked: EmbeddedQuery, episodes: Sequence[tuple[Episode, float]]) -> list[float]:
    """Return the probability, 0 to 1, that each episode's title and summary answer a question.

    Each episode comes with its `meaning`, as in `Note`.
    """
    if not episodes:
        return []
    described = [_Words.of((each.title, each.subtitle or ""), each.summary or "") for each, _ in episodes]
    columns = _columns(asked, described, [meaning for _, meaning in episodes])
    by_themselves = {f"{name}_below_best": np.zeros(len(episodes), np.float32) for name in _BELOW_BEST}
    return of_noted(_table(columns | by_themselves))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a note.

    Attributes:
        names: the stems of each name.
        meant: the vector of each name, (names, dimensions).
        all: the stems of everything.
        text: what it says under its names.
        quoted: whether it is a quote.
    """

    names: tuple[frozenset[str], ...]
    meant: Floats
    all: frozenset[str]
    text: str
    quoted: bool = False

    @classmethod
    def of(cls, names: Sequence[str], text: str, bearing: str = "") -> _Words:
        """Split a note into stems, and look up what its names mean."""
        named = tuple(frozenset(stems(name)) for name in names)
        return cls(named, Meanings.load().of_each(names), frozenset(chain(*named, stems(text), stems(bearing))), text)


@lru_cache(maxsize=4096)
def _read(item: Topic | Quote, bearing: str) -> _Words:
    """Take a topic or quote apart."""
    if isinstance(item, Quote):
        return replace(_Words.of((), item.text), quoted=True)
    return _Words.of((item.title, *item.names), item.summary, bearing)


def _columns(asked: EmbeddedQuery, notes: Sequence[_Words], meaning: Sequence[float]) -> dict[str, Floats]:
    """Return the features of each note, without those that compare it with the others."""
    rows = [_evidence(asked.query, note) for note in notes]
    columns = {name: np.array([row[name] for row in rows], np.float32) for name in rows[0]}
    named = [max((note.meant @ asked.vector).tolist(), default=0.0) for note in notes]
    return columns | {
        "meaning": np.array(meaning, np.float32),
        "name_meaning": np.array(named, np.float32),
    }


def _table(columns: Mapping[str, Floats]) -> Table:
    return np.column_stack([columns[name] for name in NOTED]).astype(np.float32)


def _evidence(query: Query, note: _Words) -> dict[str, float]:
    found = [query.worth(stem) for stem in query.telling if stem in note.all]
    called = [name for name in note.names if not query.telling.keys().isdisjoint(name)] if found else []
    total = max(query.total, EPSILON)
    return {
        "covered": sum(found) / total,
        "named": max(
            (query.share(name) * len(name & query.telling.keys()) / len(name) for name in called), default=0.0
        ),
        "weight": sum(found),
        "rarest": max(found, default=0.0),
        "quote": note.quoted,
        "asked_words": len(query.telling),
        "asked_weight": query.total,
        "asked_rarest": max(query.telling.values()),
        "strange": sum(query.telling.get(stem, 0.0) for stem in query.strange) / total,
        "personal": query.personal,
        "uncounted": query.counting and not any(map(str.isdigit, note.text)),
        "unnamed": not query.counted <= note.all,
    }
