"""Reads plain text, with or without times (`HH:MM:SS words`) and names (`Name: words`).

Also reads the style of transcription services, a line with name and time above each paragraph. HTML without better
markup of speakers and times is read here too, by `add_paragraphs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from knowledge.formats.headings import CLOCK, FEWEST, with_headings
from knowledge.formats.speakers import names, split_label, who
from knowledge.formats.text import decode, words
from knowledge.formats.times import seconds
from knowledge.formats.transcript import Transcript
from knowledge.formats.utterances import Utterances

_BEGIN = re.compile(
    rf"(?P<open>[\[(]?)[ ]?(?P<clock>{CLOCK})(?:[ ]-->[ ]{CLOCK})?[ ]?[\])]?"
    r"(?:[ \t]+[-–—][ \t]+|[ \t]*[:|][ \t]+|[ \t]+|$)"
)
_DIGIT = re.compile(r"\d")
_NAME = r"\[?(?P<name>[^\W_][^:\[\]()\n]{0,60}?)\]?[ \t]*[-–—,:|]?[ \t]*"
_ABOVE = re.compile(rf"{_NAME}[\[(]?(?P<clock>{CLOCK})(?:[ ]?[-–—][ ]?{CLOCK})?[\])]?[ \t]?:?$")
_BEFORE = re.compile(rf"{_NAME}[\[(](?P<clock>{CLOCK})[\])][ \t]?:?[ \t]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stripped line or paragraph, and its line number; an empty one ends the paragraph before it."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class _Part:
    line: int
    clock: str | None
    name: str | None
    text: str


def read_plain_text(data: bytes) -> Transcript:
    """Read the words, and names and times at the beginning of lines; a name applies until the next one."""
    utterances = Utterances()
    text = decode(data, utterances.findings)
    add_paragraphs((Paragraph(line, row.strip()) for line, row in enumerate(text.split("\n"), 1)), utterances)
    return utterances.transcript()


def add_paragraphs(paragraphs: Iterable[Paragraph], utterances: Utterances) -> None:
    """Add paragraphs to the utterances, joining lines until an empty one, a time or a name."""
    rows = list(_collapsed(paragraphs))
    texts = with_headings([row.text for row in rows])
    rows = [Paragraph(row.line, text) for row, text in zip(rows, texts, strict=True)]
    bare = sum(1 for row in rows if (found := _BEGIN.match(row.text)) and not found["open"]) >= FEWEST
    parts = [_parted(row, bare=bare) for row in rows]
    below = [False, *(part.name is not None and not part.text for part in parts)]
    known = names(
        label[0]
        for part, below_name in zip(parts, below, strict=False)
        if part.name is None and not below_name and (label := split_label(part.text))
    )
    speaker: str | None = None
    said: list[str] = []
    line = 0
    for part, below_name in zip(parts, below, strict=False):
        name, text = part.name, part.text
        if name is None and not below_name and (label := split_label(text)):
            # Even if it isn't a known name, these may not be the last speaker's words.
            name, text = label if label[0] in known else ("", text)
        if name is not None or part.clock is not None or not text:
            utterances.add(speaker, words(" ".join(said)), line)
            said = []
        if part.clock is not None:
            utterances.mark(seconds(part.clock), part.line)
        if name is not None:
            speaker = who(name)
        if not said:
            line = part.line
        said.append(text)
    utterances.add(speaker, words(" ".join(said)), line)


def _collapsed(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Collapse runs of empty lines into one, so that a file full of them takes neither time nor memory."""
    for is_empty, rows in groupby(paragraphs, lambda row: not row.text.strip()):
        yield from islice(rows, 1 if is_empty else None)


def _parted(row: Paragraph, *, bare: bool) -> _Part:
    """Split a line into its time, its name and the rest; with `bare`, short times need no brackets."""
    if not _DIGIT.search(row.text, 0, 90):
        return _Part(row.line, None, None, row.text)
    begin = _BEGIN.match(row.text)
    if begin is not None and (bare or begin["open"] or begin["clock"].count(":") > 1):
        return _Part(row.line, begin["clock"], None, row.text[begin.end() :])
    heading = _ABOVE.match(row.text) or _BEFORE.match(row.text)
    if heading is not None and split_label(f"{heading['name']}: words") is not None:
        return _Part(row.line, heading["clock"], heading["name"], row.text[heading.end() :])
    return _Part(row.line, None, None, row.text)
