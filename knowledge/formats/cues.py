"""Finds cues, a line with times and the words under it, in WebVTT and SubRip, and splits their words by speaker.

Headers, notes and voice tags are left to each format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from knowledge.formats.speakers import caption_names, names_carry_over, split_label, who
from knowledge.formats.text import words
from knowledge.formats.times import seconds, seconds_alone
from knowledge.formats.transcript import Findings
from knowledge.formats.utterances import Utterances

BAD_TIME = "a cue whose times can't be read; its words are kept"
STRAY = "words that belong to no cue, because there is no time directly above them; left out"

_BREAK = re.compile(r"<br[ ]?/?>", re.IGNORECASE)
"""A line break, in neither format's specification but common in both."""

_NO_WORDS = ("WEBVTT", "NOTE", "STYLE", "REGION")
"""First words of the WebVTT blocks that are not speech."""

_SPOKEN_AT = re.compile(r"<\d{1,3}:\d\d[\d:.]{0,20}>")
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|</>|<\d[\d:.]{0,20}>")
_MOST_SHOWN = 4
"""Maximum number of caption lines that a screen shows together."""
_ROLLING = 2
"""Minimum number of cues that repeat lines in rolling captions; more than half of those with several lines do."""
_WORD_FIRST = re.compile(r"[^\w\n]*[^\W\d_]")
"""Beginning of a line of words within a cue, which may contain an arrow (`f: A --> B`); times begin with a digit."""
_CHANGE = re.compile(r"[ \t]*(?:[-–—][ \t]+|>>+[ \t]*)(?=\S)")
_WITHIN = re.compile(r"[ \t]+(?=>>)")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as written: the line number of its times, its start in seconds (None if unreadable), its lines of words."""

    line: int
    start: float | None
    body: tuple[str, ...]


def cues(text: str, findings: Findings, *, ends_at_blank: bool) -> Iterator[Cue]:
    """Yield the cues in order; `ends_at_blank` says whether an empty line ends a cue, as in WebVTT.

    Files without empty lines between cues are read too: a lone number directly before a line with times is the next
    cue's name, not words.
    """
    line, start, body = 0, None, [""]
    open_ = False
    block: list[str] = []  # lines that are in no cue
    for index, row in enumerate(f"{text}\n".split("\n"), 1):
        if "-->" in row and not (open_ and _WORD_FIRST.match(row)):
            if open_:
                yield Cue(line, start, _without_next_name(body))
            line, start, body, open_ = index, _start(row), [], True
            block = []
        elif open_:
            # In YouTube's captions, a line with one space precedes words; it doesn't end the cue.
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


def _start(row: str) -> float | None:
    begin = row.partition("-->")[0].strip()
    return seconds(begin) if ":" in begin else seconds_alone(begin)


def _without_next_name(body: list[str]) -> tuple[str, ...]:
    """Drop the number of the next cue from the end of this cue's words."""
    if body and body[-1].strip().isdecimal():
        body = body[:-1]
    return tuple(body)


@dataclass(frozen=True, slots=True)
class Line:
    """Some of a cue's words, without markup.

    Attributes:
        voice: the speaker that the format's own markup names here, otherwise "".
    """

    voice: str
    text: str


def add_cues(text: str, utterances: Utterances, split: Callable[[str], list[Line]], *, ends_at_blank: bool) -> None:
    """Add all cues of a file to the utterances; `split` divides one cue's words, and `ends_at_blank` is as for `cues`.

    If the file names speakers only where they change, a speaker stays until the next name or mark of a change.
    """
    found = without_repeats(cues(text, utterances.findings, ends_at_blank=ends_at_blank))
    split_cues = [(cue, split(_BREAK.sub("\n", "\n".join(cue.body)))) for cue in found]
    captions = [lines for _, lines in split_cues if any(line.text.strip() for line in lines)]
    known = caption_names([label for lines in captions for label in _labels(lines)])
    stays = _stays(captions, known)
    speaker: str | None = None
    for cue, lines in split_cues:
        speaker = speaker if stays else None
        utterances.mark(cue.start, cue.line, BAD_TIME)
        said: list[str] = []
        for line in lines:
            turned, next_speaker, text = _turn(line, speaker, known)
            if turned:
                utterances.add(speaker, words(" ".join(said)), cue.line)
                said = []
                speaker = next_speaker
            said.append(text)
        utterances.add(speaker, words(" ".join(said)), cue.line)


def _stays(captions: list[list[Line]], known: frozenset[str]) -> bool:
    """Return whether a name also applies to the captions after it; one that follows a change mark always does."""
    if not known and not any(line.voice for lines in captions for line in lines):
        return False
    marked = any(_CHANGE.match(line.text) and _names([line], known) != [None] for lines in captions for line in lines)
    return marked or names_carry_over([label for lines in captions for label in _names(lines, known)])


def _labels(lines: Iterable[Line]) -> list[str | None]:
    """Return the possible names at the beginning of a cue's lines, or `[None]` if there are none."""
    unvoiced = (line for line in lines if not line.voice)
    return [found[0] for line in unvoiced if (found := split_label(_without_mark(line.text)))] or [None]


def _names(lines: Iterable[Line], known: frozenset[str]) -> list[str | None]:
    """Return the names in a cue, or `[None]` if there are none."""
    labels = (line.voice or next((label for label in _labels([line]) if label in known), None) for line in lines)
    return [label for label in labels if label] or [None]


def _turn(line: Line, speaker: str | None, known: frozenset[str]) -> tuple[bool, str | None, str]:
    """Return whether the speaker changes at this line, the new speaker, and the words without the mark or name."""
    text = _without_mark(line.text)
    if line.voice:
        return True, who(line.voice), text
    turned = text != line.text
    if turned:
        speaker = None
    found = split_label(text)
    if found is not None:
        # Even if it isn't a known name, these may not be the last speaker's words.
        return (True, who(found[0]), found[1]) if found[0] in known else (True, None, text)
    return turned, speaker, text


def _without_mark(text: str) -> str:
    change = _CHANGE.match(text)
    return text[change.end() :] if change else text


def rows(text: str) -> list[str]:
    """Split a cue's words at line ends and before each `>>`, which marks a change of speaker."""
    return [row for line in text.split("\n") for row in (_WITHIN.split(line) if ">>" in line else (line,))]


def without_repeats(found: Iterable[Cue]) -> list[Cue]:
    """Remove the lines that rolling captions repeat from the cue before.

    YouTube's automatic captions roll, in WebVTT and in formats converted from it. In other files, words that occur
    twice were said twice.
    """
    all_ = list(found)
    shown = [[row for row in cue.body if row.strip()] for cue in all_]
    bare = [[_bare(row) for row in body] for body in shown]
    repeats = [
        _repeated_lines(before, now, body) if before and before[-1] in now else 0
        for before, now, body in zip([[], *bare], bare, shown, strict=False)
    ]
    if not any(repeats):
        return all_
    several = [0 < count < len(body) for count, body in zip(repeats[1:], shown[1:], strict=True) if len(body) > 1]
    rolls = sum(several)
    fewest = 1 if any(_SPOKEN_AT.search(row) for body in shown for row in body) else _ROLLING
    if rolls < fewest or rolls * 2 <= len(several):
        return all_
    return [replace(cue, body=tuple(body[count:])) for cue, body, count in zip(all_, shown, repeats, strict=True)]


def _repeated_lines(before: list[str], now: list[str], body: list[str]) -> int:
    """Count the lines at a cue's beginning that repeat the end of the cue before; a line with inline times is new."""
    old = takewhile(lambda row: not _SPOKEN_AT.search(row), body[:_MOST_SHOWN])
    most = min(len(before), len(list(old)))
    return next((count for count in range(most, 0, -1) if before[-count:] == now[:count]), 0)


def _bare(row: str) -> str:
    return (TAG.sub("", row) if "<" in row else row).strip()
