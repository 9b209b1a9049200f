"""What should lie near what: questions and their answers, asked on air or written afterwards; no vectors here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from benchmarks.data import Asked
from benchmarks.meaning.transcripts import Talk, Turn, pieces

_SENTENCE: Final = re.compile(r"(?<=[.!?…])[\"”]?\s+")
_FEWEST: Final = 5
"""Words of the shortest question that says what it is about."""
_ANSWER: Final = 40
"""Words of the shortest turn that answers; less is a nod."""
_BEGINNING: Final = 3
"""Pieces of an answer, from its first, that are near the question; further on people wander."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and the pieces of its answer, best known by where the answer stands.

    Attributes:
        turn: number of the answering turn in the file.
    """

    text: str
    answers: tuple[str, ...]
    file: str
    turn: int


def answered(talk: Talk) -> Iterator[Answered]:
    """Return the questions that end what somebody says, with what another says next."""
    for file, said in talk.items():
        for number, (asking, answering) in enumerate(pairwise(said), start=1):
            question = _question(asking)
            if question and asking.speaker != answering.speaker and len(answering.text.split()) >= _ANSWER:
                yield Answered(question, tuple(islice(pieces(answering.text), _BEGINNING)), file, number)


def written(talk: Talk, questions: Iterable[Asked]) -> Iterator[Answered]:
    """Return questions that were written about single turns, with all that is said there."""
    for asked in questions:
        (turn,) = asked.relevant
        yield Answered(asked.text, tuple(pieces(talk[asked.episode][turn].text)), asked.episode, turn)


def _question(turn: Turn) -> str:
    """Return the last question of a turn, nothing if it has none that is long enough."""
    for sentence in reversed(_SENTENCE.split(turn.text)):
        if sentence.rstrip('".”').endswith("?") and len(sentence.split()) >= _FEWEST:
            return sentence
    return ""
