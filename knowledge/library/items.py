"""Adds single items to an `episode.yaml` that people have edited: a topic or quote, or another name of a topic.

Nothing else in the file moves, not even within the list. The result is parsed again and compared before it is
returned. If the layout is unfamiliar, the one field is rewritten. Knows nothing else about episodes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import yaml

from knowledge.library import plain_yaml
from knowledge.library.episode_text import Dumper, Fields, Value, changed, field_text, lines_of, normal, read, spans
from knowledge.library.problems import ProblemLog

_DASH: Final = re.compile(r"( *)- ")
_FLOW: Final = re.compile(r"(?P<before>[ -]*also:\s*\[)(?P<names>.*)(?P<after>\]\s*(?:#.*)?)", re.DOTALL)
_PLAIN: Final = re.compile(r"[^\W_](?:[\w '’.$&-]*[\w.])?")
"""A text that needs no quotation marks in any list."""


def added(text: str, name: str, item: Fields) -> str | None:
    """Return the text with one more item in a list of things, such as `topics`; None if that is impossible."""
    before = read(text)
    items = [] if before is None else before.get(name, [])
    if before is None or isinstance(items, str | Mapping):
        return None
    wanted = {**before, name: [*items, normal(item)]}
    return _first(wanted, (_appended(text, name, item), changed(text, {name: [*items, item]})))


def called(text: str, place: int, also: str) -> str | None:
    """Return the text with one more name in the `also` of a topic, counted from 0; None if that is impossible."""
    before = read(text)
    topics = [] if before is None else before.get("topics", [])
    if before is None or isinstance(topics, str | Mapping) or place >= len(topics):
        return None
    topic = topics[place]
    if not isinstance(topic, Mapping):
        return None
    names = topic.get("also", [])
    named = [names] if isinstance(names, str) else list(names) if isinstance(names, Sequence) else []
    more: Value = {**topic, "also": [*filter(None, named), normal(also)]}
    anew: list[Value] = [*topics[:place], more, *topics[place + 1 :]]
    return _first({**before, "topics": anew}, (*_with_name(text, place, also), changed(text, {"topics": anew})))


def _first(wanted: Fields, candidates: Sequence[str | None]) -> str | None:
    """Return the first candidate that parses as `wanted`."""
    return next((each for each in candidates if each is not None and read(each) == wanted), None)


def _appended(text: str, name: str, item: Fields) -> str:
    lines = lines_of(text)
    begin, end = spans(lines).get(name, (len(lines), len(lines)))
    if begin == end:
        return f"{''.join(lines)}\n{field_text(name, [item])}"
    dash = next((match for line in lines[begin:end] if (match := _DASH.match(line))), None)
    indent = dash[1] if dash else "  "
    written = yaml.dump([item], Dumper=Dumper, allow_unicode=True, width=95 - len(indent), sort_keys=False)
    block = [indent + line if line.strip() else line for line in written.splitlines(keepends=True)]
    apart = any(
        not before.strip() and line.startswith(f"{indent}- ")
        for before, line in zip(lines[begin:end], lines[begin + 1 : end], strict=False)
    )
    return "".join([*lines[:end], *(["\n"] if apart else []), *block, *lines[end:]])


def _with_name(text: str, place: int, also: str) -> Iterator[str]:
    """Add a name to a topic's `also` in the style of the file, if it is one that people use."""
    fields = _topic(text, place)
    if fields is None:
        return
    lines, at = lines_of(text), fields.lines.get("also")
    if at is None:
        yield from _with_first_name(lines, fields, also)
        return
    line = lines[at - 1]
    if match := _FLOW.fullmatch(line):
        names = match["names"].rstrip().rstrip(",")
        lines[at - 1] = f"{match['before']}{names}{', ' if names.strip() else ''}{_quoted(also)}{match['after']}"
    else:
        last = at
        while last < len(lines) and (item := _DASH.match(lines[last])) and lines[last].strip():
            indent, last = item[1], last + 1
        if last == at:
            return
        lines.insert(last, f"{indent}- {_quoted(also)}\n")
    yield "".join(lines)


def _with_first_name(lines: list[str], fields: plain_yaml.Mapping, also: str) -> Iterator[str]:
    """Add the field `also` to a topic, before its first field on a line below the title."""
    title = fields.lines.get("title", 0)
    after = sorted(line for line in fields.lines.values() if line > title)
    if title and after:
        below = lines[after[0] - 1]
        indent = " " * (len(below) - len(below.lstrip(" ")))
        lines.insert(after[0] - 1, f"{indent}also: [{_quoted(also)}]\n")
        yield "".join(lines)


def _topic(text: str, place: int) -> plain_yaml.Mapping | None:
    root = plain_yaml.parse(text, ProblemLog(Path()))
    topics = root.values.get("topics") if isinstance(root, plain_yaml.Mapping) else None
    topic = topics.items[place] if isinstance(topics, plain_yaml.Sequence) else None
    return topic if isinstance(topic, plain_yaml.Mapping) else None


def _quoted(name: str) -> str:
    name = " ".join(name.split())
    return name if _PLAIN.fullmatch(name) and name not in plain_yaml.NOTHING else json.dumps(name, ensure_ascii=False)
