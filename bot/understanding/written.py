"""Serialises a conversation, so that another process or a later one can go on with it.

The format is JSON with the type name of each value. Episodes and topics are written as ids. If another version wrote
it, or an id is no longer in the library, the conversation starts afresh. Storing the text is up to others.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import timedelta
from enum import Enum
from functools import cache
from typing import Any, Final, get_args, get_type_hints

from bot.port.messages import Episode, EpisodeId, ItemId, Topic
from bot.understanding.conversation import Thread
from bot.understanding.request import Where, Years

_log = logging.getLogger(__name__)


def _collect(hint: object, found: dict[str, type[Any]]) -> dict[str, type[Any]]:
    """Collect by name the dataclasses and enums that a type may contain, except those written as ids."""
    kept = isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, Enum)) and hint not in {Episode, Topic}
    if isinstance(hint, type) and kept and hint.__name__ not in found:
        found[hint.__name__] = hint
        for each in get_type_hints(hint).values() if is_dataclass(hint) else ():
            _collect(each, found)
    for each in get_args(hint):
        _collect(each, found)
    return found


@cache
def _kinds() -> Mapping[str, type[Any]]:
    """Return the types in a thread, by name; collected for the first conversation that is read."""
    return _collect(Thread, {})


_UNNAMED: Final = (None, None, None)
"""The show, season and year of a part without any, such as two shows together; its episodes are written instead."""


@dataclass(frozen=True, slots=True)
class Known:
    """The values of a library that are written as ids or names.

    Attributes:
        part: returns the part of the library for a show, a season and a year.
    """

    episodes: Mapping[EpisodeId, Episode]
    topics: Mapping[ItemId, Topic]
    part: Callable[[str | None, int | None, int | Years | None], Where]


@dataclass(frozen=True, slots=True)
class Step:
    """The state of a conversation before and after its last question, as `write` returned it.

    Attributes:
        id: the question's id; empty if it has none.
    """

    id: str = ""
    before: str = ""
    after: str = ""

    def written(self) -> str:
        """Serialise it to three lines."""
        return "\n".join((self.before, self.after, self.id))

    @classmethod
    def read(cls, text: str | None) -> Step:
        """Parse the result of `written`; return an empty step for None and anything else."""
        match (text or "").split("\n", 2):
            case [before, after, id]:
                return cls(id, before, after)
            case _:
                return cls()


def write(thread: Thread) -> str:
    """Serialise a thread to ASCII."""
    return json.dumps(_written(thread), separators=(",", ":"))


def read(text: str, known: Known) -> Thread:
    """Parse the result of `write`; return an empty thread if that fails."""
    if not text:
        return Thread()
    try:
        thread = _read(json.loads(text), known)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        _log.info("a conversation begins anew, for what was kept of it can't be read: %s", type(error).__name__)
        return Thread()
    return thread if isinstance(thread, Thread) else Thread()


def _written(value: object) -> object:
    match value:
        case Episode(id=id):
            return {"Episode": id}
        case Topic(id=id):
            return {"Topic": id}
        case Where(within=frozenset(), show=show, season=season, year=year) if (show, season, year) != _UNNAMED:
            # A show may have thousands of episodes, and more by the time this is read.
            return {"Where": _fields(value) | {"within": None}, "part": [show, season, year]}
        case Enum():
            return {type(value).__name__: value.name}
        case timedelta():
            return {"microseconds": value // timedelta(microseconds=1)}
        case tuple():
            return [_written(each) for each in value]
        case frozenset():
            return {"frozenset": sorted(value)}
        case None | str() | int() | float():
            return value
        case _:
            return {type(value).__name__: _fields(value)}


def _fields(value: Any) -> dict[str, object]:  # noqa: ANN401 - any of the dataclasses above
    return {
        each.name: _written(given) for each in fields(value) if (given := getattr(value, each.name)) != each.default
    }


def _read(value: Any, known: Known) -> Any:  # noqa: ANN401 - JSON, and any of the values above
    if isinstance(value, list):
        return tuple(_read(each, known) for each in value)
    if not isinstance(value, dict):
        return value
    (name, content), *rest = value.items()
    match name:
        case "Episode":
            return known.episodes[content]
        case "Topic":
            return known.topics[content]
        case "microseconds":
            return timedelta(microseconds=content)
        case "frozenset":
            return frozenset(content)
        case "Where" if rest:
            return replace(_made(name, content, known), within=known.part(*rest[0][1]).within)
        case _ if issubclass(_kinds()[name], Enum):
            return _kinds()[name][content]
        case _:
            return _made(name, content, known)


def _made(name: str, content: Mapping[str, Any], known: Known) -> Any:  # noqa: ANN401 - likewise
    return _kinds()[name](**{field: _read(value, known) for field, value in content.items()})
