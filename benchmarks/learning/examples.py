"""Gathers what the search sees of each question: the figures of its candidates, and which of them answer it."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import Asked, Library
from knowledge.model import EVERYWHERE, EpisodeId, Scope
from knowledge.search import rarity, signals
from knowledge.search.index.fulltext import ROOM
from knowledge.search.search import Looked
from knowledge.search.words import carries, split

_SUBJECT: Final = 6
"""Letters of the shortest word that is drawn as a subject."""
_COMMON: Final = 3e-5
"""How frequent in English such a word may be."""
_RARE: Final = 2 / 3
"""Share of the subjects that are telling words; the others may be as common as "work"."""
DRAWN: Final = ("subject", "pair")
"""Kinds of questions of words that are drawn from what is said."""
_COVERED: Final = signals.NAMES.index("covered")
_ASKED_AS: Final = ("{}", "{}?", "what did they say about {}", "thoughts on {}", "anything about {} on here?")

_HALF: Final = ("{} for {}", "did they mention {1} for {0}", "how much {1} does {0} need", "{0} {1}", "the {1} of {0}")


@dataclass(frozen=True, slots=True)
class Example:
    """A question as the search sees it.

    Attributes:
        looked: its candidates.
        relevant: which of them answer it.
    """

    looked: Looked
    relevant: NDArray[np.bool_]


def asked_inside(library: Library, questions: Iterable[Asked]) -> Iterator[Example]:
    """Ask each question in its own episode."""
    for question in questions:
        yield from _example(library, question, Scope(question.episode))


def asked_anywhere(library: Library, questions: Iterable[Asked]) -> Iterator[Example]:
    """Ask each question over the whole library."""
    for question in questions:
        yield from _example(library, question, EVERYWHERE)


def unanswered(texts: Iterable[str], episode: EpisodeId | None = None) -> list[Asked]:
    """Return questions that nothing answers, as asked in an episode or, without one, nowhere in particular."""
    return [Asked(text, episode or EpisodeId(""), "unanswered", frozenset()) for text in texts]


def subjects(library: Library, chance: random.Random, count: int, asked_as: Sequence[str] = _ASKED_AS) -> list[Asked]:
    """Make questions of one telling word each, drawn from what is said."""
    ids = list(library.said)
    drawn: list[Asked] = []
    while len(drawn) < count:
        passage = chance.choice(library.said[chance.choice(ids)])
        likely = telling if chance.random() < _RARE else carries
        words = [word for word in split(passage.text) if likely(word)]
        if words:
            asked = chance.choice(asked_as).format(chance.choice(words))
            drawn.append(Asked(asked, passage.episode, "subject", frozenset(library.turns[passage.id])))
    return drawn


def halves(library: Library, others: Library, chance: random.Random, count: int) -> list[Asked]:
    """Make questions of a subject and a word of other episodes: what is said of the one is no answer."""
    here, there = subjects(library, chance, count, ("{}",)), subjects(others, chance, count, ("{}",))
    made = []
    for one, other in zip(here, there, strict=True):
        text = chance.choice(_HALF).format(one.text, other.text)
        made.append(Asked(text, one.episode, "half", frozenset()))
    return made


def pairs(library: Library, chance: random.Random, count: int) -> list[Asked]:
    """Make questions of two words that are said in one passage."""
    made: list[Asked] = []
    while len(made) < count:
        said = chance.choice(library.said[chance.choice(list(library.said))])
        words = list(dict.fromkeys(filter(carries, split(said.text))))
        if len(words) > 1 and any(map(telling, words)):
            first = chance.choice([word for word in words if telling(word)])
            text = chance.choice(_HALF).format(first, chance.choice([word for word in words if word != first]))
            made.append(Asked(text, said.episode, "pair", frozenset(library.turns[said.id])))
    return made


def telling(word: str) -> bool:
    """Tell whether a word may be all that somebody asks for."""
    return len(word) >= _SUBJECT and carries(word) and 0 < rarity.frequency(word) <= _COMMON


def _example(library: Library, question: Asked, scope: Scope) -> Iterator[Example]:
    looked = library.search.look(question.text, scope=scope)
    if looked is None:
        return
    if question.kind in DRAWN:  # whatever has the words is on them, and not only where they were drawn from
        yield Example(looked, looked.figures[:, _COVERED] >= 1)
    else:
        yield Example(looked, np.array([_answers(library, question, place) for place in looked.places], np.bool_))


def _answers(library: Library, question: Asked, place: int) -> bool:
    episode = list(library.said)[place // ROOM]
    return episode == question.episode and library.hit(question, library.stretches[episode][place % ROOM])


def sampled(library: Library, chance: random.Random, episodes: int) -> Library:
    """Draw a smaller library."""
    return library.among(set(chance.sample(list(library.said), episodes)))


def some(questions: Sequence[Asked], chance: random.Random, count: int) -> list[Asked]:
    """Draw as many questions, or all where there are fewer."""
    return chance.sample(list(questions), min(count, len(questions)))


def placed(texts: Collection[str], library: Library, chance: random.Random) -> list[Asked]:
    """Ask each of some unanswerable questions in an episode drawn for it."""
    ids = list(library.said)
    return [asked for text in texts for asked in unanswered([text], chance.choice(ids))]
