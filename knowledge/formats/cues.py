"""Cues: what WebVTT and SubRip have in common, a line with times and the words under it.

Finds cues and splits their words by speaker. Headers, notes and voice tags are left to each format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from knowledge.formats.speakers import caption_names, carried, prefixed, who
from knowledge.formats.text import words
from knowledge.formats.times import seconds, seconds_alone
from knowledge.formats.transcript import Findings
from knowledge.formats.utterances import Utterances

BAD_TIME = "a cue whose times can't be read; its words are kept"
STRAY = "words that belong to no cue, because there is no time right above them; left out"

_BREAK = re.compile(r"<br[ ]?/?>", re.IGNORECASE)
"""Not part of either format, and common in both."""

_NO_WORDS = ("WEBVTT", "NOTE", "STYLE", "REGION")
"""First words of the WebVTT blocks that are not speech."""

_SPOKEN_AT = re.compile(r"<\d{1,3}:\d\d[\d:.]{0,20}>")
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|</>|<\d[\d:.]{0,20}>")
_MOST_SHOWN = 4
"""Lines of captions that a screen shows at once."""
_ROLLING = 2
"""So many cues begin with the line before, and more than half of those that may, where captions roll."""
_WORD_FIRST = re.compile(r"[^\w\n]*[^\W\d_]")
"""Begins a line within a cue that talks about an arrow, as `f: A --> B`; times begin with a digit."""
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
        if "-->" in row and not (open_ and _WORD_FIRST.match(row)):
            if open_:
                yield Cue(line, start, _without_next_name(body))
            line, start, body, open_ = index, _start(row), [], True
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


def _start(row: str) -> float | None:
    begin = row.partition("-->")[0].strip()
    return seconds(begin) if ":" in begin else seconds_alone(begin)


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


def add_cues(text: str, utterances: Utterances, parted: Callable[[str], list[Line]], *, ends_at_blank: bool) -> None:
    """Add all cues of a file to the utterances; `parted` splits the words of one, and `ends_at_blank` is as for `cues`.

    A speaker stays until another is named or a change of speaker is marked, in files that name speakers in this way.
    """
    found = unrolled(cues(text, utterances.findings, ends_at_blank=ends_at_blank))
    rows = [(cue, parted(_BREAK.sub("\n", "\n".join(cue.body)))) for cue in found]
    captions = [lines for _, lines in rows if any(line.text.strip() for line in lines)]
    known = caption_names([label for lines in captions for label in _labels(lines)])
    stays = _stays(captions, known)
    speaker: str | None = None
    for cue, lines in rows:
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
    """Return whether a name counts for the captions after it; one behind a mark always names who speaks from there."""
    if not known and not any(line.voice for lines in captions for line in lines):
        return False
    marked = any(_CHANGE.match(line.text) and _names([line], known) != [None] for lines in captions for line in lines)
    return marked or carried([label for lines in captions for label in _names(lines, known)])


def _labels(lines: Iterable[Line]) -> list[str | None]:
    """Return what the lines of a cue begin with that may be names, or None alone where there is no such thing."""
    unvoiced = (line for line in lines if not line.voice)
    return [found[0] for line in unvoiced if (found := prefixed(_plain(line.text)))] or [None]


def _names(lines: Iterable[Line], known: frozenset[str]) -> list[str | None]:
    """Return the names in a cue, or None alone where it has none."""
    labels = (line.voice or next((label for label in _labels([line]) if label in known), None) for line in lines)
    return [label for label in labels if label] or [None]


def _turn(line: Line, speaker: str | None, known: frozenset[str]) -> tuple[bool, str | None, str]:
    """Return whether the speaker changes at this line, the new speaker, and the words without the sign for it."""
    text = _plain(line.text)
    if line.voice:
        return True, who(line.voice), text
    turned = text != line.text
    if turned:
        speaker = None
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


def unrolled(found: Iterable[Cue]) -> list[Cue]:
    """Leave out the lines that captions carry over from the cue before, where they roll up the screen.

    As those do that YouTube makes, in WebVTT and in what is made of it. Elsewhere what is there twice was said twice.
    """
    all_ = list(found)
    shown = [[row for row in cue.body if row.strip()] for cue in all_]
    bare = [[_bare(row) for row in body] for body in shown]
    kept = [
        _carried(before, now, body) if before and before[-1] in now else 0
        for before, now, body in zip([[], *bare], bare, shown, strict=False)
    ]
    if not any(kept):
        return all_
    several = [0 < carried < len(body) for carried, body in zip(kept[1:], shown[1:], strict=True) if len(body) > 1]
    rolls = sum(several)
    fewest = 1 if any(_SPOKEN_AT.search(row) for body in shown for row in body) else _ROLLING
    if rolls < fewest or rolls * 2 <= len(several):
        return all_
    return [replace(cue, body=tuple(body[carried:])) for cue, body, carried in zip(all_, shown, kept, strict=True)]


def _carried(before: list[str], now: list[str], body: list[str]) -> int:
    """Count the lines at a cue's beginning that are the last of the cue before; one with times in it is new."""
    old = takewhile(lambda row: not _SPOKEN_AT.search(row), body[:_MOST_SHOWN])
    most = min(len(before), len(list(old)))
    return next((count for count in range(most, 0, -1) if before[-count:] == now[:count]), 0)


def _bare(row: str) -> str:
    return (TAG.sub("", row) if "<" in row else row).strip()
