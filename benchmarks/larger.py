"""Generates a library many times larger than the transcripts we have, from shuffled copies under other names.

Only for measuring. Each copy of a show is renamed, and its episodes have their paragraphs shuffled and a tenth of their
words replaced by words from other episodes. Speakers keep their names.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import islice, product
from pathlib import Path
from typing import Final

_NAMES: Final = ("", "north", "south", "east", "west", "early", "late", "great", "little", "new", "old")
_REPLACED: Final = 10
"""One in this many words is replaced."""
_WORDS: Final = 200_000
"""Number of words that replacements are drawn from."""


def enlarge(transcripts: Sequence[Path], target: Path, count: int) -> None:
    """Write `count` transcripts in one folder per show: first the given ones unchanged, then copies."""
    chance = random.Random("larger")
    pool = [word for path in chance.sample(transcripts, min(60, len(transcripts))) for word in _said(path)]
    words = chance.choices(pool, k=_WORDS)
    for name, path in islice(product(_NAMES, transcripts), count):
        folder = target / f"{name}{path.parent.name}"
        folder.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        copy = folder / f"{name}{'-' if name else ''}{path.name}"
        copy.write_text(_retold(text, words, chance) if name else text, encoding="utf-8")


def _said(path: Path) -> list[str]:
    return [word for word in path.read_text(encoding="utf-8").split() if word.isalpha()]


def _retold(text: str, words: Sequence[str], chance: random.Random) -> str:
    paragraphs = text.split("\n\n")
    chance.shuffle(paragraphs)
    return "\n\n".join(_replaced(paragraph, words, chance) for paragraph in paragraphs)


def _replaced(paragraph: str, words: Sequence[str], chance: random.Random) -> str:
    label, colon, said = paragraph.rpartition(":** ")
    tokens = said.split(" ")
    for _ in range(round(len(tokens) / _REPLACED)):
        tokens[chance.randrange(len(tokens))] = words[chance.randrange(len(words))]
    return f"{label}{colon}{' '.join(tokens)}"
