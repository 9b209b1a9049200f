"""Reads the fields of a YAML file one by one, by name and type, and reports mistakes in them.

The calling code defines which fields exist: any that it never reads is reported as unknown.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice
from typing import Self

from knowledge.library.plain_yaml import Mapping, Node, Sequence, Text
from knowledge.library.problems import ProblemLog

_SHOWN = 60  # maximum number of characters of a text quoted in a message
_COMPARED = 1000  # maximum number of names to compare a misspelt one with: difflib takes about 10 µs for each
_TIME = re.compile(r"(?:(\d{1,3}):([0-5]\d)|(\d{1,4})):([0-5]\d(?:\.\d{1,3})?)", re.ASCII)
_UNWANTED = re.compile(
    # Control characters (terminals obey them), marks that change the direction of text, and noncharacters.
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


class Fields:
    """The fields of one thing in a file. A context manager: on exit, fields that were never read are reported.

    A field with a mistake is reported and read as a harmless value, so that reading goes on and finds the rest.
    """

    def __init__(self, node: Mapping, noun: str, report: ProblemLog, path: tuple[str, ...] = ()) -> None:
        self.noun = noun
        self._node = node
        self._report = report
        self._path = path
        self._asked: dict[str, None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            return
        for name, line in self._node.lines.items():
            if name not in self._asked:
                instead = nearest(name, self._asked) or f"; the fields here are {', '.join(self._asked)}"
                self._report.add(line, self._label(), f"there is no field {shown(name)}{instead}")

    def wrong(self, name: str, message: str, line: int | None = None) -> None:
        """Report a mistake in a field, on its own line unless another is given."""
        self._report.add(line or self._node.lines.get(name, self._node.line), self._label(name), message)

    def text(self, name: str) -> str | None:
        """Read a text with its white space collapsed; None if there is none."""
        node = self._take(name)
        if node is None:
            return None
        if isinstance(node, Text):
            return self._folded(name, node)
        self.wrong(
            name, f'this should be text, not {kind_of(node)}; put it in "quotation marks" if it is meant as text'
        )
        return None

    def required(self, name: str) -> str:
        """Read a text that is mandatory."""
        text = self.text(name)
        if not text and not isinstance(self._node.values.get(name), Sequence | Mapping):
            self.wrong(name, f'this {self.noun} has no {name}; add a line that begins with "{name}:"')
        return text or ""

    def texts(self, name: str) -> tuple[Text, ...]:
        """Read a list of texts without duplicates; a single text is a list of one."""
        found: dict[str, Text] = {}
        for node in self._entries(name):
            if not isinstance(node, Text):
                self.wrong(name, f"each entry should be text, not {kind_of(node)}", node.line)
            elif text := self._folded(name, node):
                found.setdefault(text, Text(text, node.line))
            else:
                self.wrong(name, "an empty entry; write something after the dash or delete it", node.line)
        return tuple(found.values())

    def groups(self, name: str, noun: str, *, short: str) -> tuple[Fields, ...]:
        """Read a list of things with fields of their own; a plain text is short for a thing with the field `short`."""
        found = []
        for node in self._entries(name):
            if isinstance(node, Text) and node.value:
                node = Mapping({short: node}, {short: node.line}, node.line)
            if isinstance(node, Mapping):
                found.append(Fields(node, noun, self._report, (*self._path, name)))
            else:
                what = kind_of(node) if node != Text("", node.line) else "empty"
                self.wrong(name, f'each {noun} should be fields, such as "{short}: ...", not {what}', node.line)
        return tuple(found)

    def group(self, name: str, noun: str) -> Fields:
        """Read one thing with fields of its own, which has no fields if it is missing."""
        node = self._take(name)
        if node is not None and not isinstance(node, Mapping):
            self.wrong(name, f"this should be fields on lines of their own, not {kind_of(node)}")
        empty = Mapping({}, {}, self._node.line)
        return Fields(node if isinstance(node, Mapping) else empty, noun, self._report, (*self._path, name))

    def time(self, name: str) -> timedelta | None:
        """Read a time such as `1:02:03` or `62:03`."""
        text = self.text(name)
        if not text:
            return None
        if match := _TIME.fullmatch(text):
            hours, minutes, only_minutes, seconds = match.groups()
            return timedelta(hours=int(hours or 0), minutes=int(minutes or only_minutes), seconds=float(seconds))
        self.wrong(name, f"{shown(text)} is not a time; write hours, minutes and seconds, such as 1:02:03, or 62:03")
        return None

    def date(self, name: str) -> date | None:
        """Read a date such as `2026-03-01`."""
        text = self.text(name)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.wrong(name, f"{shown(text)} is not a date; write year, month and day, such as 2026-03-01")
            return None

    def _take(self, name: str) -> Node | None:
        self._asked[name] = None
        node = self._node.values.get(name)
        return None if isinstance(node, Text) and not node.value else node

    def _entries(self, name: str) -> tuple[Node, ...]:
        node = self._take(name)
        if node is None:
            return ()
        return node.items if isinstance(node, Sequence) else (node,)

    def _folded(self, name: str, text: Text) -> str:
        if unwanted := unwanted_character(text.value):
            self.wrong(name, unwanted[1], text.line)
        return " ".join(text.value.split())

    def _label(self, *name: str) -> str | None:
        return " → ".join((*self._path, *name)) or None


def unwanted_character(text: str) -> tuple[int, str] | None:
    """Find the first character that must not be in a library; return its offset, and what to do about it."""
    match = None if text.isprintable() else _UNWANTED.search(text)
    if match is None:
        return None
    return match.start(), f"there is an invisible control character (U+{ord(match[0]):04X}) here; delete it"


def kind_of(node: Node) -> str:
    """Describe the type of a value in a word or two."""
    if isinstance(node, Text):
        return "text"
    return "a list" if isinstance(node, Sequence) else "fields"


def shown(text: str) -> str:
    """Quote a text for a message, truncated if it is long."""
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…"'


def nearest(wrong: str, known: Iterable[str]) -> str:
    """Suggest the known name closest to `wrong`, as the end of a sentence; "" if none is close."""
    close = difflib.get_close_matches(wrong[:_SHOWN], list(islice(known, _COMPARED)), n=1)
    return f'. Did you mean "{close[0]}"?' if close else ""
