"""Measures how well a table finds answers by meaning alone, among pieces of sixty words; nothing is trained here.

All questions are about files that were not trained on: questions asked on air, whose own turn is not searched, and
questions written afterwards about single turns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks import data
from benchmarks.meaning.transcripts import Spoken, Talk, pieces
from knowledge.search.meaning import Floats, Meanings

_DEPTH: Final = 5
_FEWEST: Final = 20
"""Minimum number of words in a searched piece; a shorter one, such as a nod, answers nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a file, the turn that answers it, and the turn that asks it, if there is one."""

    text: str
    file: str
    turn: int
    asked_in: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """MRR over all files, MRR within the question's file, and R@5 within it."""

    library: float
    alone: float
    first_five: float

    def __str__(self) -> str:
        return (
            f"MRR {self.library:.3f} over the library, {self.alone:.3f} in the episode; "
            f"R@{_DEPTH} {self.first_five:.3f} in the episode"
        )


def asked_on_air(questions: Sequence[Spoken]) -> list[Asked]:
    """Convert spoken questions for measuring."""
    return [Asked(question.text, question.file, question.answered_in, question.asked_in) for question in questions]


def written(questions: Iterable[data.Asked]) -> dict[str, list[Asked]]:
    """Convert questions written about single turns for measuring, grouped by kind."""
    kinds: defaultdict[str, list[Asked]] = defaultdict(list)
    for question in questions:
        (turn,) = question.relevant
        kinds[question.kind].append(Asked(question.text, question.episode, turn))
    return kinds


class Library:
    """The pieces of talk in some files."""

    def __init__(self, talk: Talk) -> None:
        cut = [
            (file, number, piece) for file, said in talk.items() for number, turn in enumerate(said)
            for piece in pieces(turn.text) if len(piece.split()) >= _FEWEST
        ]  # fmt: skip
        self.texts = tuple(piece for _, _, piece in cut)
        self._files = np.array([file for file, _, _ in cut])
        self._turns = np.array([number for _, number, _ in cut])

    def measure(self, asked: Sequence[Asked], meanings: Meanings) -> Figures:
        """Return how well the right turn's pieces are found by meaning alone."""
        known = np.stack([meanings.vector(text) for text in self.texts])
        ranks = [self._ranks(question, known @ meanings.vector(question.text)) for question in asked]
        library, alone = (np.array(column) for column in zip(*ranks, strict=True))
        return Figures(float((1 / library).mean()), float((1 / alone).mean()), float((alone <= _DEPTH).mean()))

    def _ranks(self, question: Asked, near: Floats) -> tuple[int, int]:
        here: NDArray[np.bool_] = self._files == question.file
        if question.asked_in is not None:
            near = np.where(here & (self._turns == question.asked_in), np.float32(-2), near)
        best = near[here & (self._turns == question.turn)].max(initial=np.float32(-2))
        return int((near > best).sum()) + 1, int((near[here] > best).sum()) + 1
