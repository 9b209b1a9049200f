"""Reads Podcasting 2.0 chapters in JSON.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from knowledge.formats.segments import objects, parse_json
from knowledge.formats.text import decode, visible, words
from knowledge.formats.times import at, number
from knowledge.formats.transcript import Finding, Findings

NO_START = "a chapter without a readable start; skipped"
NO_TITLE = "a chapter without a title; skipped"

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of an episode, with a title.

    Attributes:
        end: None if the file doesn't say.
    """

    title: str
    start: timedelta
    end: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Chapters:
    """The chapters of an episode in the order of their starts, and what could not be read."""

    chapters: tuple[Chapter, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_chapters(data: bytes) -> Chapters:
    """Read the chapters that players list, without those marked `"toc": false`, which only show a picture."""
    findings = Findings()
    text = decode(data, findings)
    chapters: list[Chapter] = []
    parsed = parse_json(text, findings)
    for place, chapter in () if parsed is None else objects(parsed, text, "chapters", findings):
        if chapter.get("toc") is False:
            continue
        start, end, title = number(chapter.get("startTime")), number(chapter.get("endTime")), chapter.get("title")
        title = words(visible(title[:_LONGEST_TITLE])) if isinstance(title, str) else ""
        if start is None:
            findings.add(place, NO_START)
        elif not title:
            findings.add(place, NO_TITLE)
        else:
            after = at(end) if end is not None and end > start else None
            chapters.append(Chapter(title, at(start), after))
    chapters.sort(key=lambda chapter: chapter.start)
    return Chapters(tuple(chapters), findings.all())
