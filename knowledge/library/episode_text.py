"""Writes an `episode.yaml`, and changes single fields in one that people have edited.

Knows the file's layout and nothing about episodes: callers decide which fields there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import yaml

from knowledge.library import plain_yaml
from knowledge.library.problems import ProblemLog, TooManyProblemsError

Value: TypeAlias = str | Sequence["Value"] | Mapping[str, "Value"]
Fields: TypeAlias = Mapping[str, Value]

HEAD = "# Written by `overheard import`. Edit it by hand: later imports leave alone what you change here.\n\n"

_WIDTH = 95
"""Column at which lines wrap."""
_LONG = 75
"""Maximum number of characters of a text written on one line."""
_KEY = re.compile(r"([^\W_][\w-]*):(?=\s|$)")


def written(fields: Fields) -> str:
    """Return the text of a whole file."""
    return HEAD + "".join(field_text(name, value) for name, value in fields.items())


def changed(text: str, changes: Mapping[str, Value | None]) -> str | None:
    """Return the text with some fields changed and nothing else touched; None if its layout doesn't allow that.

    A field whose value is None is removed; a new one is appended.
    """
    # Line by line, not with ruamel.yaml: its round trip keeps comments and order, but reformats the whole file, with
    # its own indentation and spacing and with multi-line texts joined.
    lines = lines_of(text)
    places = spans(lines)
    before = read(text)
    if before is None or set(places) != set(before):
        return None
    for name, value in sorted(
        changes.items(), key=lambda change: places.get(change[0], (len(lines),))[0], reverse=True
    ):
        begin, end = places.get(name, (len(lines), len(lines)))
        lines[begin:end] = [] if value is None else [field_text(name, value)]
    after = "".join(lines)
    wanted = {name: normal(value) for name, value in {**before, **changes}.items() if value is not None}
    return after if read(after) == wanted else None


def read(text: str) -> dict[str, Value] | None:
    """Return the fields of a file as plain values; None if it can't be read."""
    report = ProblemLog(Path())
    try:
        node = plain_yaml.parse(text, report)
    except TooManyProblemsError:
        return None
    value = _value(node) if node is not None else {}
    return dict(value) if isinstance(value, Mapping) and not report.problems else None


def normal(value: Value) -> Value:
    """Return a value as `read` would, with white space in texts collapsed."""
    match value:
        case str():
            return " ".join(value.split())
        case Mapping():
            return {name: normal(inner) for name, inner in value.items()}
        case _:
            return [normal(inner) for inner in value]


def _value(node: plain_yaml.Node) -> Value:
    match node:
        case plain_yaml.Text():
            return " ".join(node.value.split())
        case plain_yaml.Sequence():
            return [_value(item) for item in node.items]
        case plain_yaml.Mapping():
            return {name: _value(inner) for name, inner in node.values.items()}


def lines_of(text: str) -> list[str]:
    """Split a text into lines that all end with a line end, which the last one gets if necessary."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return lines


def spans(lines: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return each field's range of lines, from its name to its last line that isn't empty or a comment."""
    begins = [(index, match[1]) for index, line in enumerate(lines) if (match := _KEY.match(line))]
    found = {}
    for (begin, name), (next_begin, _) in pairwise([*begins, (len(lines), "")]):
        end = next_begin
        while end > begin + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        found[name] = (begin, end)
    return found


class Dumper(yaml.SafeDumper):
    """Writes all values as text, the way `plain_yaml` reads them, in the style of a file written by hand."""

    # PyYAML's signature; lists that are not indented would be harder to tell from the fields around them.
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Indent lists too."""
        super().increase_indent(flow, indentless=False)

    def choose_scalar_style(self) -> str:
        """Prefer double quotation marks."""
        style: str = super().choose_scalar_style()
        return '"' if style == "'" else style


def _represented(dumper: Dumper, text: str) -> yaml.ScalarNode:
    text = " ".join(text.split())
    long = len(text) > _LONG and " " in text
    style = ">" if long else '"' if text in plain_yaml.NOTHING else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


Dumper.yaml_implicit_resolvers = {}  # so that 494 and 2026-03-01 need no quotation marks
Dumper.add_representer(str, _represented)


def field_text(name: str, value: Value) -> str:
    """Return the text of one field."""
    return yaml.dump({name: value}, Dumper=Dumper, allow_unicode=True, width=_WIDTH, sort_keys=False)
