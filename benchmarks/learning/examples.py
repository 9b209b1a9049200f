"""Gathers training examples: the features of each question's candidates, and which of them answer it."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import Asked, Library
from bot.understanding.manner import manner
from knowledge.model import EVERYWHERE, EpisodeId, Scope
from knowledge.search import rarity, signals
from knowledge.search.index.fulltext import ROOM
from knowledge.search.search import Looked
from knowledge.search.words import carries, split

_SUBJECT: Final = 6
"""Minimum number of letters in a content word."""
_COMMON: Final = 3e-5
"""Maximum frequency of a content word in English."""
_RARE: Final = 2 / 3
"""Share of the drawn subjects that are content words; the others may be as common as "work"."""
DRAWN: Final = ("subject", "pair")
"""Kinds of questions made of words drawn from the talk."""
_COVERED: Final = signals.NAMES.index("covered")
_ASKED_AS: Final = ("{}", "{}?", "what did they say about {}", "thoughts on {}", "anything about {} on here?")

_HALF: Final = ("{} for {}", "did they mention {1} for {0}", "how much {1} does {0} need", "{0} {1}", "the {1} of {0}")


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates, and whether each is relevant.

    Attributes:
        looked: the candidates, with their features.
        relevant: whether each answers the question.
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
    """Return unanswerable questions, to an episode if one is given."""
    return [Asked(text, episode or EpisodeId(""), "unanswered", frozenset()) for text in texts]


def subjects(library: Library, chance: random.Random, count: int, asked_as: Sequence[str] = _ASKED_AS) -> list[Asked]:
    """Make questions about single words drawn from the talk."""
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
    """Combine a word said here with one from `others`: talk about the first alone is no answer."""
    here, there = subjects(library, chance, count, ("{}",)), subjects(others, chance, count, ("{}",))
    made = []
    for one, other in zip(here, there, strict=True):
        text = chance.choice(_HALF).format(one.text, other.text)
        made.append(Asked(text, one.episode, "half", frozenset()))
    return made


def pairs(library: Library, chance: random.Random, count: int) -> list[Asked]:
    """Make questions of two words said in the same passage."""
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
    """Tell whether a word is a content word, which somebody may search for by itself."""
    return len(word) >= _SUBJECT and carries(word) and 0 < rarity.frequency(word) <= _COMMON


def _example(library: Library, question: Asked, scope: Scope) -> Iterator[Example]:
    looked = library.search.look(question.text, manner=manner(question.text), scope=scope)
    if looked is None:
        return
    if question.kind in DRAWN:  # every passage with the words is relevant, not only the one they were drawn from
        yield Example(looked, looked.features[:, _COVERED] >= 1)
    else:
        yield Example(looked, np.array([_answers(library, question, place) for place in looked.places], np.bool_))


def _answers(library: Library, question: Asked, place: int) -> bool:
    episode = list(library.said)[place // ROOM]
    return episode == question.episode and library.hit(question, library.stretches[episode][place % ROOM])


def sampled(library: Library, chance: random.Random, episodes: int) -> Library:
    """Draw a library of some of the episodes."""
    return library.among(set(chance.sample(list(library.said), episodes)))


def some(questions: Sequence[Asked], chance: random.Random, count: int) -> list[Asked]:
    """Draw `count` questions, or all if there are fewer."""
    return chance.sample(list(questions), min(count, len(questions)))


def placed(texts: Collection[str], library: Library, chance: random.Random) -> list[Asked]:
    """Put each unanswerable question to a randomly drawn episode."""
    ids = list(library.said)
    return [asked for text in texts for asked in unanswered([text], chance.choice(ids))]
