r"""Reads Markdown transcripts: `**Name:** words`, with occasional times as `[04:01]`.

A paragraph without a name continues the previous speaker. Times may be escaped (`\[04:01\]`), may have frames instead
of milliseconds (`[04:01.12]`, at most 29) and may count minutes past the hour (`100:08`).
"""

from __future__ import annotations

import re

from knowledge.formats.speakers import names, split_label, who
from knowledge.formats.text import decode, words
from knowledge.formats.times import seconds
from knowledge.formats.transcript import Transcript
from knowledge.formats.utterances import Utterances

_FRONT_MATTER = re.compile(r"---[ \t]*\n.{0,65536}?\n(?:---|\.\.\.)[ \t]*(?=\n|$)", re.DOTALL)
# Every repetition is bounded or stops at its own delimiter, so that no text takes quadratic time.
_NAMED = re.compile(
    r"(?:\#{1,6}[ \t]{1,4})?\*{2,3}[ \t]?(?P<name>[^*:\[\n]{1,80}?)[ \t]?(?::[ \t]?\*{0,3}|\*{2,3}[ \t]?:)\*?"
)
# A time inside a bold name, `**[00:10] Name:**` or `**Name [00:10]:**`, is moved before it.
_TIMED_NAME = re.compile(
    r"\A(?P<stars>\*{2,3})(?P<name>[^*:\[\n]{0,80})"
    r"(?P<time>\\?\[\d{1,3}:[\d:.,]{0,14}\d\\?\])[ \t]{0,4}(?=[^\[\n]{0,80}:)"
)
_BOLD = re.compile(r"\*\*([^*\n]{1,80})\*\*[ \t]+")
_MARKER = re.compile(
    r"\\{0,3}\[\s{0,3}(\d{1,3}\s{0,3}[:*][\d:.,*\s]{0,14}\d)\s{0,3}\\{0,3}\](?:\(https?://[^()\s]{1,300}\))?"
)
_HEADING = re.compile(r"#{1,6}[ \t]|(?:[-*_][ \t]?){3,80}$")
_LEAD = re.compile(r"(?:>[ \t]?){1,8}|[-*+][ \t]+")
_IMAGE_OR_LINK = re.compile(
    r"!?\[([^\[\]\n]*)\]\((?:(?:[^()\s]|\([^()\s]*\))*(?:[ \t]+\"[^\"\n]*\")?|https?:[^()\n]*)\)"
)
_STARS = re.compile(r"(?<!\\)(\*{1,3})(?=[^\s*])([^*\n]*[^\s*\\])\1")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,2})(?=[^\s_])([^_\n]*[^\s_])\1(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~>|<\"'&:$])")
_JOIN = frozenset({"to", "-", "–", "—", "until", ""})
"""Text between the two times that mark a break."""


def read_markdown(data: bytes) -> Transcript:
    """Read the words, their speakers and the times."""
    utterances = Utterances()
    text = decode(data, utterances.findings)
    line = 1
    if text.startswith("---") and (front := _FRONT_MATTER.match(text)):
        line += text.count("\n", 0, front.end())
        text = text[front.end() :]
    rows = [_timed(row) for row in text.split("\n")]
    known = {match["name"].strip() for _, row in rows if (match := _NAMED.match(row))}
    reader = _Reader(utterances, known or names(found[0] for _, row in rows if (found := split_label(row))))
    for number, (clock, row) in enumerate(rows, line):
        reader.take(number, clock, row)
    reader.end_paragraph()
    return utterances.transcript()


def _timed(row: str) -> tuple[str | None, str]:
    """Split a line into the time at its beginning, None if there is none, and the rest."""
    if row.startswith("**"):
        row = _TIMED_NAME.sub(r"\g<time>\g<stars>\g<name>", row)
    found = _MARKER.match(row) if row.startswith(("[", "\\")) else None
    return (found[1], row[found.end() :].lstrip()) if found else (None, row)


class _Reader:
    """Reads a file line by line; a paragraph ends at an empty line, a name or a time."""

    def __init__(self, utterances: Utterances, known: set[str] | frozenset[str]) -> None:
        self._pieces = utterances
        self._known = known
        self._speaker: str | None = None
        self._said: list[str] = []
        self._line = 0

    def take(self, line: int, clock: str | None, row: str) -> None:
        """Read one line, and the time at its beginning, if any."""
        if clock is not None:
            self._mark(clock, line)
        if not row or row.isspace():
            self.end_paragraph()
            return
        if not self._said:
            self._line = line
        name, rest = self._named(row)
        if name is not None:
            self.end_paragraph()
            self._line = line
            self._speaker = who(name)
        elif _HEADING.match(row):
            self.end_paragraph()
            return
        if "[" not in rest:
            self._said.append(rest)
            return
        before, *timed = _MARKER.split(rest)
        self._said.append(before)
        for clock, after in zip(timed[::2], timed[1::2], strict=True):
            self._mark(clock, line)
            self._said.append(after)

    def end_paragraph(self) -> None:
        """Add what was said since the last paragraph, name or time."""
        if not self._said:
            return
        text = words("\n".join(_plain(row) for row in self._said))
        aloud = all(row.lstrip().startswith(">") for row in self._said)
        self._said = []
        if text.casefold() not in _JOIN:
            self._pieces.add(self._speaker, text, self._line, aloud=aloud)

    def _named(self, row: str) -> tuple[str | None, str]:
        if row[0] in "*#":
            if match := _NAMED.match(row):
                return match["name"], row[match.end() :]
            if (match := _BOLD.match(row)) and match[1].strip() in self._known:
                return match[1], row[match.end() :]
        elif (found := split_label(row)) is not None and found[0] in self._known:
            return found
        return None, row

    def _mark(self, clock: str, line: int) -> None:
        self.end_paragraph()
        self._line = line
        self._pieces.mark(_seconds(clock), line)


def _seconds(clock: str) -> float | None:
    """Read a marker without its frames, which follow a point or are the fourth part: less than a second."""
    clock = clock.partition(".")[0].rstrip(" *")
    parts = re.findall(r"\d+", clock)
    return None if clock.endswith(":") else seconds(":".join(parts[:3] if len(parts) == 4 else parts))


def _plain(row: str) -> str:
    """Strip the markup from a line."""
    row = row.lstrip()
    if row[:1] in {">", "-", "*", "+"} and (lead := _LEAD.match(row)):
        row = row[lead.end() :]
    if "](" in row:
        row = _IMAGE_OR_LINK.sub(r"\1", row)
    if "*" in row:
        row = _STARS.sub(r"\2", row)
    if "_" in row:
        row = _UNDERSCORES.sub(r"\2", row)
    if "`" in row:
        row = row.replace("`", "")
    return _ESCAPED.sub(r"\1", row) if "\\" in row else row
