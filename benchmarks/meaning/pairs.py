"""Training pairs of questions and their answers, asked on air or written afterwards; no vectors here."""

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
"""Minimum number of words in a question; a shorter one doesn't say what it is about."""
_ANSWER: Final = 40
"""Minimum number of words in an answering turn; a shorter one is a nod."""
_BEGINNING: Final = 3
"""Number of pieces, from the beginning of an answer, to pair with the question; later, people digress."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, and the pieces of its answer, most to the point first.

    Attributes:
        turn: number of the answering turn in the file.
    """

    text: str
    answers: tuple[str, ...]
    file: str
    turn: int


def answered(talk: Talk) -> Iterator[Answered]:
    """Yield the questions that end somebody's turn, each with the next speaker's answer."""
    for file, said in talk.items():
        for number, (asking, answering) in enumerate(pairwise(said), start=1):
            question = _question(asking)
            if question and asking.speaker != answering.speaker and len(answering.text.split()) >= _ANSWER:
                yield Answered(question, tuple(islice(pieces(answering.text), _BEGINNING)), file, number)


def written(talk: Talk, questions: Iterable[Asked]) -> Iterator[Answered]:
    """Yield the questions written about single turns, each with the whole turn."""
    for asked in questions:
        (turn,) = asked.relevant
        yield Answered(asked.text, tuple(pieces(talk[asked.episode][turn].text)), asked.episode, turn)


def _question(turn: Turn) -> str:
    """Return the last long enough question in a turn, or an empty string."""
    for sentence in reversed(_SENTENCE.split(turn.text)):
        if sentence.rstrip('".”').endswith("?") and len(sentence.split()) >= _FEWEST:
            return sentence
    return ""
