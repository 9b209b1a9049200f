"""Cues: what WebVTT and SubRip have in common, a line with times and the words under it.

Finds cues and splits their words by speaker. Headers, notes and voice tags are left to each format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.formats.speakers import names, prefixed, who
from knowledge.formats.text import words
from knowledge.formats.times import seconds
from knowledge.formats.transcript import Findings
from knowledge.formats.utterances import Utterances

BAD_TIME = "a cue whose times can't be read; its words are kept"
STRAY = "words that belong to no cue, because there is no time right above them; left out"

BREAK = re.compile(r"<br[ ]?/?>", re.IGNORECASE)
"""Not part of either format, and common in both."""

_NO_WORDS = ("WEBVTT", "NOTE", "STYLE", "REGION")
"""First words of the WebVTT blocks that are not speech."""

_CHANGE = re.compile(r"[ \t]*(?:[-–—][ \t]+|>>+[ \t]*)(?=\S)")
_WITHIN = re.compile(r"[ \t]+(?=>>)")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as written: the line with its times, its start in seconds (None if unreadable), its lines of words."""

    line: int
    start: float | None
    body: tuple[str, ...]


def cues(text: str, findings: Findings, *, ends_at_blank: bool) -> Iterator[Cue]:
    """Yield the cues in order; `ends_at_blank` says that an empty line ends a cue, as WebVTT has it.

    Files without empty lines between cues are read as well: a number alone, right before the next
    time line, is that cue's name and not words.
    """
    line, start, body = 0, None, [""]
    open_ = False
    block: list[str] = []  # of lines that are in no cue
    for index, row in enumerate(f"{text}\n".split("\n"), 1):
        if "-->" in row:
            if open_:
                yield Cue(line, start, _without_next_name(body))
            begin = row.partition("-->")[0].strip()
            line, start, body, open_ = index, seconds(begin), [], True
            block = []
        elif open_:
            # The captions of YouTube have a line of one space above words, which is no empty line.
            if row.strip() or not ends_at_blank:
                body.append(row)
            elif body or not row:
                yield Cue(line, start, tuple(body))
                open_ = False
        elif row.strip():
            block.append(row)
        else:
            if line and block and not block[0].startswith(_NO_WORDS):
                findings.add(index - len(block), STRAY)
            block = []
    if open_:
        yield Cue(line, start, tuple(body))


def _without_next_name(body: list[str]) -> tuple[str, ...]:
    """Drop the next cue's number, which follows this cue's words."""
    if body and body[-1].strip().isdecimal():
        body = body[:-1]
    return tuple(body)


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a cue's words, with the markup gone.

    Attributes:
        voice: the speaker the format itself names here, "" where it names none.
    """

    voice: str
    text: str


def add_lines(parted: Iterable[tuple[Cue, list[Line]]], utterances: Utterances) -> None:
    """Add all cues to the utterances; a speaker stays until another is named or a change of speaker is marked."""
    rows = [(cue, lines) for cue, lines in parted]
    known = names(found[0] for _, lines in rows for line in lines if (found := prefixed(_plain(line.text))))
    speaker: str | None = None
    for cue, lines in rows:
        if cue.start is None:
            utterances.findings.add(cue.line, BAD_TIME)
        else:
            utterances.mark(cue.start, cue.line)
        said: list[str] = []
        for line in lines:
            turned, next_speaker, text = _turn(line, speaker, known)
            if turned:
                utterances.add(speaker, words(" ".join(said)), cue.line)
                said = []
                speaker = next_speaker
            said.append(text)
        utterances.add(speaker, words(" ".join(said)), cue.line)


def _turn(line: Line, speaker: str | None, known: frozenset[str]) -> tuple[bool, str | None, str]:
    """Return whether the speaker changes at this line, the new speaker, and the words without the sign for it."""
    text = line.text
    turned = bool(line.voice)
    if turned:
        speaker = who(line.voice)
    change = _CHANGE.match(text)
    if change is not None:
        text = text[change.end() :]
        if not turned:
            turned, speaker = True, None
    found = prefixed(text)
    if found is not None:
        # Words that may or may not be a name say at least that these may not be the last speaker's words.
        return (True, who(found[0]), found[1]) if found[0] in known else (True, None, text)
    return turned, speaker, text


def _plain(text: str) -> str:
    change = _CHANGE.match(text)
    return text[change.end() :] if change else text


def rows(text: str) -> list[str]:
    """Split a cue's words at line ends and before each `>>`, which also marks a change of speaker."""
    return [row for line in text.split("\n") for row in (_WITHIN.split(line) if ">>" in line else (line,))]
