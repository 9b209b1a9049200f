"""A library many times larger than there are transcripts: copies under other names, told in another order.

Made up, and only to measure by: each copy of a show has another name, its episodes have their paragraphs shuffled and
a tenth of their words replaced by words of the others. Whoever speaks keeps the name.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import islice, product
from pathlib import Path
from typing import Final

_NAMES: Final = ("", "north", "south", "east", "west", "early", "late", "great", "little", "new", "old")
_REPLACED: Final = 10
"""One in so many words is replaced."""
_WORDS: Final = 200_000
"""Words that others are replaced by."""


def enlarge(transcripts: Sequence[Path], target: Path, count: int) -> None:
    """Write so many transcripts, in a folder a show as the given ones are: first those as they are, then copies."""
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
