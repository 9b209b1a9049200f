"""Reads YAML as people write it: every value is text with its line.

YAML's implicit types are deliberately left out (`494`, `3.10`, `no` and `2026-03-01` are just text), as are its
references and tags, which nobody writes by hand and which can make small files huge. What the values mean is not
decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

import yaml

from knowledge.library.problems import ProblemLog

# libyaml is twelve times faster. We read its events rather than composed nodes, because composing recurses without a
# limit and crashes the process on deep nesting.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_MAX_DEPTH = 12
NOTHING = ("~", "null")
_HASH_IN_TEXT = re.compile(r"(?<=[ \t])#(?=[^\s#])")
_REST_LOST = re.compile(r"[ \t]+#(?=[^\s#])")


class Text(NamedTuple):  # a file may have a thousand, and creating a frozen dataclass takes three times as long
    """A value as it was written; "" if there was none, or `~` or `null`."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Fields by name.

    Attributes:
        lines: the line of each name; its value may begin further down.
    """

    values: dict[str, Node]
    lines: dict[str, int]
    line: int


Node: TypeAlias = Text | Sequence | Mapping


def parse(text: str, report: ProblemLog) -> Node | None:
    """Parse one YAML document; None if it is empty or can't be read, in which case `report` says why."""
    try:
        return _Parser(text, report).document()
    except yaml.MarkedYAMLError as error:
        report.add(*_explained(error, text))
    except yaml.YAMLError:
        report.add(None, None, "this isn't text that YAML can contain; save it again from a plain text editor")
    except _RefusedError as refused:
        report.add(refused.line, None, refused.message)
    return None


class _RefusedError(Exception):
    """Something that YAML allows but an `episode.yaml` doesn't."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message


class _Parser:
    def __init__(self, text: str, report: ProblemLog) -> None:
        self._text = text
        self._report = report
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self._may_lose_text = _HASH_IN_TEXT.search(text) is not None

    def document(self) -> Node | None:
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        root = self._node(next(self._events), 0)
        next(self._events)
        if not isinstance(following := next(self._events), yaml.StreamEndEvent):
            raise _RefusedError(_line(following.start_mark), 'a second document begins here; remove the line "---"')
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line = _line(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedError(line, _begins_with("*"))
        if getattr(event, "anchor", None) is not None:
            raise _RefusedError(line, _begins_with("&"))
        if getattr(event, "tag", None) is not None:
            raise _RefusedError(line, _begins_with("!"))
        if isinstance(event, yaml.ScalarEvent):
            return self._text_of(event, line)
        if depth > _MAX_DEPTH:
            raise _RefusedError(line, "these lists or fields are nested too deeply; remove some of them")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(line, depth)
        return self._mapping(line, depth)

    def _text_of(self, event: yaml.ScalarEvent, line: int) -> Text:
        if event.style:
            return Text(event.value, line)
        end = event.end_mark
        if self._may_lose_text and end and _REST_LOST.match(self._text, end.index):
            lost = 'YAML drops what comes after " #"; put the text in "quotation marks" (a comment begins with "# ")'
            self._report.add(_line(end), None, lost)
        return Text("" if event.value in NOTHING else event.value, line)

    def _sequence(self, line: int, depth: int) -> Sequence:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), line)

    def _mapping(self, line: int, depth: int) -> Mapping:
        mapping = Mapping({}, {}, line)
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Text):
                raise _RefusedError(
                    key.line, 'the name of a field is missing before ":", or this text needs "quotation marks"'
                )
            value = self._node(next(self._events), depth + 1)
            if key.value in mapping.values:
                first = mapping.lines[key.value]
                self._report.add(key.line, key.value, f"this field is already on line {first}; keep one of the two")
            else:
                mapping.values[key.value] = value
                mapping.lines[key.value] = key.line
        return mapping


class _Mark(Protocol):
    """A position in the text, counted from 0, as both libyaml and PyYAML report it."""

    line: int
    index: int


def _line(mark: _Mark | None) -> int:
    return mark.line + 1 if mark else 1


def _begins_with(sign: str) -> str:
    return f'text that begins with "{sign}" needs "quotation marks"'


_QUOTE_IT = 'put the whole text in "quotation marks"'
_EXPLANATIONS = (
    # Part of the parser's context, part of its problem (in libyaml's or PyYAML's wording), and advice for a person.
    ("quoted scalar", "unexpected end", "the quotation mark that opens on line {opened} is never closed"),
    ("quoted", "escape", "a backslash in \"double quotation marks\" is special; use 'single quotation marks' there"),
    ("", "mapping values", f'the ": " here looks like a new field; {_QUOTE_IT}, or line the field up with the others'),
    ("alias", "", _begins_with("*")),
    ("anchor", "", _begins_with("&")),
    ("tag", "", _begins_with("!")),
    ("directive", "", _begins_with("%")),
    ("block scalar", "", 'text has to begin on the line below ">" or "|"'),
    ("flow", "", 'the bracket that opens on line {opened} isn\'t closed, or a text in it needs "quotation marks"'),
    ("", "document start", 'a line with "---", "..." or "%" ends the file too early; remove it'),
    ("simple key", "", "a field on line {opened} lacks its colon; write its name, a colon and a space"),
)


def _explained(error: yaml.MarkedYAMLError, text: str) -> tuple[int, None, str]:
    """Explain the parser's error to a person, with the line it is on."""
    mark = error.problem_mark
    line, opened = _line(mark), _line(error.context_mark)
    context, problem = error.context or "", error.problem or ""
    before = text[: mark.index].rpartition("\n")[2] if mark else ""
    if "cannot start any token" in problem and mark:
        sign = text[mark.index :][:1]
        return line, None, "there is a tab here; use spaces" if sign == "\t" else _begins_with(sign)
    for in_context, in_problem, sentence in _EXPLANATIONS:
        if in_context in context and in_problem in problem:
            return line, None, sentence.format(opened=opened)
    if "block" in context and not before.strip():
        return line, None, f"this line doesn't line up with what begins on line {opened}; indent it by as many spaces"
    return line, None, f"a quotation mark or bracket ends the text too early; {_QUOTE_IT}"
