"""Retrains all models: `make learning`, or `python -m benchmarks.learning [FOLDER]`.

Reads only the training splits; `python -m benchmarks` evaluates the result.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks import data
from benchmarks.data import Asked, Library
from benchmarks.learning import boosting, confidence, notes, ranking, reading, sentences
from benchmarks.learning.confidence import Contrast
from benchmarks.learning.examples import (
    Example,
    asked_anywhere,
    asked_inside,
    halves,
    pairs,
    placed,
    sampled,
    some,
    subjects,
    unanswered,
)
from knowledge.search import trees
from knowledge.search.answer_sentences import FITTED as ANSWER_SENTENCES
from knowledge.search.confidence import FITTED as CONFIDENCE
from knowledge.search.confidence import FITTED_TO_NOTES, FITTED_TO_PLACES
from knowledge.search.ranking import FITTED as RANKING
from tests.bank import marking

_SIZES: Final = ((35, 3), (150, 2))
"""Number of episodes in the smaller libraries, and how many libraries of each size are drawn."""
_QUESTIONS: Final = 1_000
"""Number of questions of each kind drawn for each library of podcasts."""
_OFF_TOPIC: Final = 1_000
_SUBJECTS: Final = 400
_SHORT: Final = 150
"""Number of libraries of short episodes."""
_PASSAGES: Final = 15
"""Number of passages in a short episode."""
_WRITTEN: Final[Mapping[str, tuple[float, float]]] = {
    "heading": (1, 0.5),
    "question": (1, 0.5),
    "paraphrase": (4, 0.3),
    "listener": (6, 0.4),
    "own": (8, 0.3),
}
"""Weights of a written question of each kind, asked within its episode: for ranking, for confidence."""
_OVERLAPPING: Final[Mapping[str, tuple[float, float]]] = {"heading": (1, 1), "question": (1, 1), "listener": (3, 0.4)}
"""The same for questions asked over many episodes, of the kinds that share words with their answers."""
_PLACED: Final[Mapping[str, float]] = {
    "heading": 1,
    "question": 1,
    "listener": 2,
    "own": 1.5,
    "off topic": 0.7,
    "subject": 0.15,
    "pair": 0.15,
    "half": 0.15,
}
"""Weight of a question of each kind in learning whether the top passage answers.

Questions about meetings weigh 1. Those asked on air in podcasts weigh 0: they often continue something said before.
"""
_PLAIN: Final = 3
"""Weight of an off-topic question among the unanswerable ones, beside 1 for one that half matches an episode."""
_ODDS: Final = {"short episodes": 0.5, "one meeting": 0.5, "one episode": 0.6}
"""Total weight of a library's unanswerable questions, beside 1 for the answerable; small libraries."""
_ODDS_OF_MANY: Final = 0.8
"""The same for large libraries, which have nearly all words by chance."""
_BANK: Final = 9
"""Weight of a question about the shipped episode, beside 1 for one about an invented episode."""


@dataclass(frozen=True, slots=True)
class Collections:
    """The training data."""

    meetings: Library
    podcasts: Library
    written: Sequence[Asked]
    off_topic: Sequence[str]


def main() -> int:
    """Fit all models and write them."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else data.SHARED
    if not data.there(shared):
        print(
            f"No development sets in {shared}; name their folder: python -m benchmarks.learning FOLDER", file=sys.stderr
        )
        return 2
    collections = Collections(
        data.meetings(shared, "train"),
        data.podcasts(shared, "train"),
        [*data.paraphrases("train"), *data.stretches_asked_for("train"), *data.listeners(shared, "train")],
        data.off_topic(shared, "train"),
    )
    reading.learn(data.questions(shared, "train"))
    gathered = gather(collections)
    ranking.write(ranking.fit(gathered.for_ranking()), RANKING)
    trees.load.cache_clear()
    confidence.write(confidence.fit(gathered.contrasts()), CONFIDENCE)
    confidence.write(confidence.fit_place(gathered.placed()), FITTED_TO_PLACES)
    asked = [each for each in collections.written if each.said]
    sentences.write(sentences.fit(sentences.gather(collections.podcasts, asked)), ANSWER_SENTENCES)
    episodes, questions = notes.collection()
    judged = [*notes.judged(episodes, questions), *_BANK * list(notes.of_the_bank(marking.QUESTIONS))]
    notes.write(notes.fit(judged), FITTED_TO_NOTES)
    return 0


@dataclass(frozen=True, slots=True)
class Group:
    """Training examples of one kind from one library.

    Attributes:
        ranks: weight of one question in training the re-ranker; 0 leaves it out.
        tells: the same for the confidence, relative to the library's other answerable or unanswerable questions.
    """

    library: str
    kind: str
    examples: Sequence[Example]
    ranks: float
    tells: float


@dataclass(frozen=True, slots=True)
class Gathered:
    """All training examples."""

    groups: Sequence[Group]

    def for_ranking(self) -> list[tuple[float, Sequence[Example]]]:
        """Return the groups that train the re-ranker, each with its weight."""
        return [(group.ranks, group.examples) for group in self.groups if group.ranks]

    def contrasts(self) -> list[Contrast]:
        """Return each library's answerable and unanswerable questions."""
        return [
            Contrast(
                library,
                self._told(library, answered=True),
                self._told(library, answered=False),
                _ODDS.get(library, _ODDS_OF_MANY),
            )
            for library in dict.fromkeys(group.library for group in self.groups)
        ]

    def placed(self) -> list[list[tuple[float, Example]]]:
        """Return each library's questions that train `place.json`, with their weights."""
        taught = [(group, _placed(group)) for group in self.groups]
        libraries = dict.fromkeys(group.library for group, weight in taught if weight)
        return [
            [
                (weight, each)
                for group, weight in taught
                if weight and group.library == library
                for each in group.examples
            ]
            for library in libraries
        ]

    def _told(self, library: str, *, answered: bool) -> list[tuple[float, Example]]:
        groups = (group for group in self.groups if group.library == library and group.tells)
        return [
            (group.tells, each) for group in groups if (group.kind in _ANSWERED) is answered for each in group.examples
        ]


def _placed(group: Group) -> float:
    """Return the weight of one of a group's questions in learning whether the top passage answers."""
    if group.library == "short episodes":
        return 0  # they have only one or two places
    return _PLACED.get(group.kind, 1 if group.kind == "asked" and "meeting" in group.library else 0)


_ANSWERED: Final = ("asked", "subject", "pair", *_WRITTEN)


def gather(collections: Collections) -> Gathered:
    """Ask all training questions; prints its progress, since it takes minutes."""
    chance = random.Random(boosting.SEED)
    return Gathered(
        [
            _timed(group)
            for group in chain(
                _of_meetings(collections, chance),
                _of_podcasts(collections, chance),
                _of_short_ones(collections, chance),
            )
        ]
    )


def _timed(group: Group) -> Group:
    print(f"  {perf_counter():8.0f} s  {group.library:16} {group.kind:12} {len(group.examples):6}", file=sys.stderr)
    return group


def _of_meetings(collections: Collections, chance: random.Random) -> Iterator[Group]:
    meetings = collections.meetings
    strangers = [asked.text for asked in some(collections.podcasts.questions, chance, _QUESTIONS)]
    off_topic = chance.sample(collections.off_topic, _OFF_TOPIC)
    inside = list(asked_inside(meetings, meetings.questions))
    yield Group("one meeting", "asked", inside, ranks=20, tells=1)
    placed_there = placed(off_topic, meetings, chance)
    yield Group("one meeting", "off topic", list(asked_inside(meetings, placed_there)), ranks=0, tells=_PLAIN)
    yield Group("one meeting", "stranger", list(asked_inside(meetings, placed(strangers, meetings, chance))), 0, 0.3)
    for _ in range(_SIZES[0][1]):
        few = sampled(meetings, chance, _SIZES[0][0])
        yield Group("35 meetings", "asked", list(asked_anywhere(few, few.questions)), ranks=10, tells=1)
        yield from _unanswered(
            "35 meetings", few, chance.sample(collections.off_topic, _OFF_TOPIC // 2), strangers[:500]
        )


def _of_podcasts(collections: Collections, chance: random.Random) -> Iterator[Group]:
    podcasts = collections.podcasts
    yield from _inside(collections, chance)
    strangers = [asked.text for asked in collections.meetings.questions]
    for size, times in (*_SIZES, (len(podcasts.said), 1)):
        name = f"{size} episodes"
        for _ in range(times):
            library = sampled(podcasts, chance, size)
            asked = some(library.questions, chance, _QUESTIONS)
            yield Group(name, "asked", list(asked_anywhere(library, asked)), ranks=1 if times > 1 else 0.5, tells=1)
            for kind, (ranks, tells) in _OVERLAPPING.items():
                written = [each for each in collections.written if each.kind == kind and each.episode in library.said]
                yield Group(name, kind, list(asked_anywhere(library, written)), ranks, tells)
            drawn = subjects(library, chance, _SUBJECTS)
            yield Group(name, "subject", list(asked_anywhere(library, drawn)), ranks=0, tells=0.5)
            both = pairs(library, chance, _SUBJECTS)
            yield Group(name, "pair", list(asked_anywhere(library, both)), ranks=0, tells=0.5)
            half = halves(library, podcasts, chance, _SUBJECTS)
            yield Group(name, "half", list(asked_anywhere(library, half)), ranks=0, tells=1)
            off_topic = chance.sample(collections.off_topic, _OFF_TOPIC)
            gone = [each.text for each in podcasts.questions if each.episode not in library.said]
            yield from _unanswered(name, library, off_topic, strangers)
            if gone:
                taken_out = unanswered(chance.sample(gone, _OFF_TOPIC // 3))
                yield Group(name, "taken out", list(asked_anywhere(library, taken_out)), ranks=0, tells=0.2)


def _inside(collections: Collections, chance: random.Random) -> Iterator[Group]:
    podcasts, name = collections.podcasts, "one episode"
    asked = some(podcasts.questions, chance, 2 * _QUESTIONS)
    yield Group(name, "asked", list(asked_inside(podcasts, asked)), ranks=0.5, tells=1)
    for kind, (ranks, tells) in _WRITTEN.items():
        written = [each for each in collections.written if each.kind == kind]
        yield Group(name, kind, list(asked_inside(podcasts, written)), ranks, tells)
    drawn = subjects(podcasts, chance, _SUBJECTS)
    yield Group(name, "subject", list(asked_inside(podcasts, drawn)), ranks=0, tells=0.5)
    both = pairs(podcasts, chance, _SUBJECTS)
    yield Group(name, "pair", list(asked_inside(podcasts, both)), ranks=0, tells=0.5)
    half = halves(podcasts, podcasts, chance, _SUBJECTS)
    yield Group(name, "half", list(asked_inside(podcasts, half)), ranks=0, tells=2)
    off_topic = placed(chance.sample(collections.off_topic, _OFF_TOPIC), podcasts, chance)
    yield Group(name, "off topic", list(asked_inside(podcasts, off_topic)), ranks=0, tells=_PLAIN)
    strangers = placed([each.text for each in collections.meetings.questions], podcasts, chance)
    yield Group(name, "stranger", list(asked_inside(podcasts, strangers)), ranks=0, tells=0.3)


def _of_short_ones(collections: Collections, chance: random.Random) -> Iterator[Group]:
    """Ask libraries of two episodes of a few passages each: new and small libraries must be judged well too."""
    podcasts, name = collections.podcasts, "short episodes"
    asked: dict[str, list[Example]] = {"asked": [], "subject": [], "pair": [], "off topic": [], "half": []}
    for _ in range(_SHORT):
        library = sampled(podcasts, chance, 2).cut(_PASSAGES)
        asked["asked"] += asked_anywhere(library, library.questions)
        asked["subject"] += asked_anywhere(library, subjects(library, chance, 4))
        asked["pair"] += asked_anywhere(library, pairs(library, chance, 4))
        asked["half"] += asked_anywhere(library, halves(library, podcasts, chance, 4))
        off_topic = chance.sample([*collections.off_topic, *(each.text for each in podcasts.questions)], 8)
        asked["off topic"] += asked_anywhere(library, unanswered(off_topic))
    for kind, examples in asked.items():
        yield Group(name, kind, examples, ranks=2 if kind == "asked" else 0, tells=3 if kind == "half" else 1)


def _unanswered(name: str, library: Library, off_topic: Iterable[str], strangers: Iterable[str]) -> Iterator[Group]:
    yield Group(name, "off topic", list(asked_anywhere(library, unanswered(off_topic))), ranks=0, tells=_PLAIN)
    yield Group(name, "stranger", list(asked_anywhere(library, unanswered(strangers))), ranks=0, tells=0.3)


if __name__ == "__main__":
    sys.exit(main())
