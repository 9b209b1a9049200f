"""Writes the fields of an `episode.yaml`, and changes single fields in one that people have edited.

Knows the look of the file and nothing about episodes: which fields there are is the caller's business.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from knowledge.library import plain_yaml
from knowledge.library.problems import ProblemLog

Value: TypeAlias = str | Sequence["Value"] | Mapping[str, "Value"]
Fields: TypeAlias = Mapping[str, Value]

HEAD = "# Written by `overheard import`. Edit it by hand: what you change here, later imports leave alone.\n\n"

_WIDTH = 100
# Text that YAML reads as it stands. Everything else is put into quotation marks, by JSON's rules, which YAML shares.
_PLAIN = re.compile(r"[^\W_](?:[\w .,()'’/+%!?;$€°–—-]|:(?=\S))*|https?://\S*[^\s:]")
_KEY = re.compile(r"([^\W_][\w-]*):(?=\s|$)")
_NOTHING = frozenset({"null", "~"})


def written(fields: Fields) -> str:
    """Return the text of a whole file."""
    return HEAD + "".join(_field(name, value, "") for name, value in fields.items())


def changed(text: str, changes: Mapping[str, Value | None]) -> str | None:
    """Return the text with some fields changed and nothing else touched; None where its form doesn't allow it.

    A field that is None is taken out; one that isn't there yet is put at the end.
    """
    lines = text.splitlines(keepends=True)
    spans = _spans(lines)
    before = read(text)
    if before is None or set(spans) != set(before):
        return None
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    for name, value in sorted(changes.items(), key=lambda change: spans.get(change[0], (len(lines),))[0], reverse=True):
        begin, end = spans.get(name, (len(lines), len(lines)))
        lines[begin:end] = [] if value is None else [_field(name, value, "")]
    after = "".join(lines)
    wanted = {name: normal(value) for name, value in {**before, **changes}.items() if value is not None}
    return after if read(after) == wanted else None


def read(text: str) -> dict[str, Value] | None:
    """Return the fields of a file as plain values; None where it can't be read."""
    report = ProblemLog(Path())
    try:
        node = plain_yaml.parse(text, report)
    except RecursionError:
        return None
    value = _value(node) if node is not None else {}
    return dict(value) if isinstance(value, Mapping) and not report.problems else None


def normal(value: Value) -> Value:
    """Return a value as `read` would: white space in texts reduced to single spaces, nothing empty for None."""
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


def _spans(lines: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the lines of each field: from its name to its last line that isn't empty or a comment."""
    begins = [(index, match[1]) for index, line in enumerate(lines) if (match := _KEY.match(line))]
    spans = {}
    for (begin, name), (next_begin, _) in pairwise([*begins, (len(lines), "")]):
        end = next_begin
        while end > begin + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        spans[name] = (begin, end)
    return spans


def _field(name: str, value: Value, indent: str) -> str:
    match value:
        case str():
            return f"{indent}{name}: {_text(value, indent, len(name) + 2)}\n"
        case Mapping():
            return f"{indent}{name}:\n" + "".join(_field(key, inner, indent + "  ") for key, inner in value.items())
        case _:
            return f"{indent}{name}:\n" + "".join(_entry(item, indent + "  ") for item in value)


def _entry(value: Value, indent: str) -> str:
    if isinstance(value, str):
        return f"{indent}- {_text(value, indent + '  ', 0)}\n"
    if not isinstance(value, Mapping):
        raise TypeError("a list straight inside a list has no form in an episode.yaml")
    fields = "".join(_field(key, inner, indent + "  ") for key, inner in value.items())
    return f"{indent}- {fields.removeprefix(indent + '  ')}"


def _text(text: str, indent: str, taken: int) -> str:
    text = " ".join(text.split())
    if len(indent) + taken + len(text) > _WIDTH and " " in text:
        inner = indent + "  "
        folded = textwrap.wrap(text, _WIDTH - len(inner), break_long_words=False, break_on_hyphens=False)
        return ">-\n" + "\n".join(inner + line for line in folded)
    if _PLAIN.fullmatch(text) and text not in _NOTHING:
        return text
    return json.dumps(text, ensure_ascii=False)
