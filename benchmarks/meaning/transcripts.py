"""The Changelog's transcripts as turns of talk and as pieces of sixty words; nothing is trained here.

The spoken questions determine which files may be trained on: those of `train`, never those of `val`.
"""

from __future__ import annotations

import html
import json
import re
import tarfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

_TURN: Final = re.compile(r"^\*{2,3}([^*:\n]{1,60}?)\s*(?::[^*\n]*\*\*|\*\*\s*:)", re.MULTILINE)
_LINK: Final = re.compile(r"\[([^][]*)\]\([^()\s]*\)")
_ASIDE: Final = re.compile(r"\\?\[[^][\n]{0,80}\\?\]")
"""Notes in brackets that nobody says: times, laughter, inaudible words."""
_MARKS: Final = re.compile(r"[*_`\\]+")
_LENGTH: Final = 60
"""Number of words in a piece, about as many as in the search's stretches of talk."""
_SHORT: Final = 20
"""Minimum number of words for the rest of a turn to be a piece of its own, unless it is the whole turn."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says until another speaks."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question asked on air, with the numbers of the turns that ask and answer it."""

    text: str
    file: str
    asked_in: int
    answered_in: int


Talk: TypeAlias = Mapping[str, tuple[Turn, ...]]
"""File -> its turns, in order and numbered from 0."""


def spoken(path: Path, split: str) -> list[Spoken]:
    """Read a split's questions."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Spoken(html.unescape(row["question"]), row["file"], row["asked_in"], row["answered_in"])
        for row in rows
        if row["split"] == split
    ]


def read(archive: Path, files: Collection[str]) -> Talk:
    """Read some files of the archive, sorted by name."""
    found: dict[str, tuple[Turn, ...]] = {}
    wanted = set(files)
    with tarfile.open(archive) as members:
        for member in members:
            name = member.name.removeprefix("./")
            content = members.extractfile(member) if name in wanted else None
            if content:
                found[name] = turns(content.read().decode("utf-8", errors="replace"))
    return dict(sorted(found.items()))


def turns(transcript: str) -> tuple[Turn, ...]:
    """Return the words after each name up to the next, without links and notes in brackets."""
    names = list(_TURN.finditer(transcript))
    ends = [*(name.start() for name in names[1:]), len(transcript)]
    return tuple(
        Turn(name[1].strip(), plain(transcript[name.end() : end])) for name, end in zip(names, ends, strict=True)
    )


def plain(text: str) -> str:
    """Return the words of a marked-up text, on a single line."""
    said = _ASIDE.sub(" ", _LINK.sub(r"\1", html.unescape(text)))
    return " ".join(_MARKS.sub("", said).split())


def pieces(text: str) -> Iterator[str]:
    """Cut a text into pieces of sixty words; a short rest joins the piece before it."""
    words = text.split()
    begin = 0
    while begin < len(words):
        end = begin + _LENGTH if len(words) - begin >= _LENGTH + _SHORT else len(words)
        yield " ".join(words[begin:end])
        begin = end
