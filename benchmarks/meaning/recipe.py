"""The steps from transcripts to a table, with their training schedules; docs/meaning.md says why these.

The modules beside this one implement the steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.data import Asked
from benchmarks.meaning import start, teacher
from benchmarks.meaning.lures import Lures
from benchmarks.meaning.pairs import Answered, answered, written
from benchmarks.meaning.pieces import choose
from benchmarks.meaning.training import Pair, Rows, Schedule, Training
from benchmarks.meaning.transcripts import Spoken, Talk, pieces
from knowledge.search import meaning
from knowledge.search.meaning import Floats, WordPieces

DIMENSIONS: Final = 256

_ENGLISH: Final = Path(meaning.__file__).with_name("english.txt")
_PASSAGES: Final = 30_000
"""Number of passages in the regression; twice as many bring nothing."""
_FULL: Final = 40
"""Minimum number of words in such a passage."""
_STRETCHED: Final = np.float32(3)
"""Factor by which rows are lengthened at the start: the longer a row, the less one step turns it."""
_COUNTED: Final = 2
"""Number of times each written question is added, beside once for one asked on air."""
_REGRESS: Final = Schedule(rounds=8, batch=512, first=2e-3, last=2e-4, dropped=0.3)
_CONTRAST: Final = Schedule(rounds=8, batch=1024, first=1e-3, last=1e-4, dropped=0.4)


@dataclass(frozen=True, slots=True)
class Made:
    """An unpacked table, (pieces, dimensions), and its pieces."""

    table: Floats
    pieces: tuple[str, ...]


def make(
    talk: Talk, questions: Sequence[Spoken], about: Sequence[Asked], folder: Path, seed: int
) -> Iterator[tuple[str, Made]]:
    """Yield the table after each step, with the step's name; `folder` caches the teacher's vectors.

    `questions` were asked on air in the talk. Those in `about` were written afterwards, and are used in the last step.
    """
    said = [turn.text for turns in talk.values() for turn in turns]
    _, *english = _ENGLISH.read_text(encoding="utf-8").splitlines()
    chosen = choose(teacher.vocabulary(), english, said)
    vocabulary = WordPieces(chosen)

    def rows(text: str) -> Rows:
        return np.array(vocabulary.rows(text), np.int32)

    share = start.shares([rows(text) for text in said], len(chosen))
    table = start.first_table(teacher.taught(chosen, folder), share, DIMENSIONS)
    yield "pieces as the model sees them alone", Made(table, chosen)

    learnt = [*_passages(talk, seed), *(question.text for question in questions)]
    vectors = teacher.taught(learnt, folder)
    targets = start.unit(vectors @ start.principal(vectors, DIMENSIONS))
    texts = [rows(text) for text in learnt]
    training = Training(start.turned(table, texts, targets) * _STRETCHED, seed)
    yield "turned towards sentences", Made(training.table, chosen)
    cosine = training.regress(texts, targets, _REGRESS)
    yield f"regressed to sentences, cosine {cosine:.3f}", Made(training.table, chosen)

    pairs = sorted([*answered(talk), *_COUNTED * list(written(talk, about))], key=attrgetter("file"))
    asked = [
        Pair(rows(question.text), tuple(map(rows, question.answers)), tuple(map(rows, lures)))
        for question, lures in _with_lures(talk, pairs)
    ]
    known = [pair for pair in asked if all(map(len, (pair.asked, *pair.answers, *pair.others)))]
    loss = training.contrast(known, _CONTRAST)
    yield f"contrasted over {len(known):,} answers, loss {loss:.2f}", Made(training.table, chosen)


def _with_lures(talk: Talk, pairs: Iterable[Answered]) -> Iterator[tuple[Answered, tuple[str, ...]]]:
    for file, questions in groupby(pairs, key=attrgetter("file")):
        lures = Lures(talk[file])
        for question in questions:
            yield question, lures.of(question)


def _passages(talk: Talk, seed: int) -> list[str]:
    found = [piece for turns in talk.values() for turn in turns for piece in pieces(turn.text)]
    full = [piece for piece in found if len(piece.split()) >= _FULL]
    return [full[at] for at in np.random.default_rng(seed).permutation(len(full))[:_PASSAGES]]
