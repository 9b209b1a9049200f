"""Finds the people of the notes that a question names, and whose words it asks for: "a quote by Jane".

Only names: what somebody said is for the search and the shelf to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.port.messages import Episode
from bot.understanding.speakers import Speakers
from bot.understanding.text import Words

_BY = r"(?:by|from|of)"
_WORDS = r"(?:said|says|say|quotes?|lines?|words|best|wisest|funniest|finest|greatest)"


@dataclass(frozen=True, slots=True)
class _Shape:
    """A way of naming somebody, with the names by what was written."""

    pattern: re.Pattern[str]
    names: Mapping[str, str]


class People:
    """The hosts, guests and quoted speakers of a library, by every name they go by.

    A whole name counts wherever it stands. A first or a last one alone may be a word like any other ("Baker"), so it
    counts only where somebody's name has to stand: "what did Jane say". A show's name is nobody's.
    """

    def __init__(self, episodes: Iterable[Episode], speakers: Speakers) -> None:
        """Take episodes newest first, and who is heard in them."""
        self._speakers = speakers
        self._episodes: dict[str, list[Episode]] = {}
        self._shows: dict[str, None] = {}
        whole: dict[str, str] = {}
        parts: dict[str, str] = {}
        for episode in episodes:
            self._shows[Words(episode.show).plain] = None
            for name, known in dict.fromkeys(_names(episode)):
                if episode not in self._episodes.setdefault(name, []):
                    self._episodes[name].append(episode)
                plain = Words(known).plain
                whole.setdefault(plain, name)
                for part in plain.split():
                    parts.setdefault(part, name)
        of_whole, of_part = _any_of(whole), _any_of(parts)
        self._whole = _Shape(re.compile(rf"\b(?:{_BY} )?({of_whole})s?\b"), whole)
        self._speaking = _Shape(re.compile(rf"\b{_BY} ({of_part})\b|\b({of_part})s? (?={_WORDS}\b)"), parts)
        self._part = _Shape(re.compile(rf"\b({of_part})s?\b"), parts)

    def asked_for(self, plain: str) -> tuple[str | None, str]:
        """Return whose words plain text asks for, as the library writes the name, and the text without names.

        A first or a last name counts where words are asked of it: "by Jane", "Jane's best line".
        """
        plain = self._without_shows(plain)
        for shape in (self._whole, self._speaking):
            if found := shape.pattern.search(plain):
                return _name(found, shape), f"{plain[: found.start()]} {plain[found.end() :]}"
        if heard := self._speakers.heard(plain):
            return heard.name, heard.apart(plain)
        return None, plain

    def noted(self, plain: str) -> str | None:
        """Return the host, guest or quoted speaker whom plain text names in full, as the library writes the name."""
        found = self._whole.pattern.search(self._without_shows(plain))
        return _name(found, self._whole) if found else None

    def episodes_with(self, plain: str) -> tuple[Episode, ...]:
        """List the episodes, newest first, with the person whom plain text names, by a part of the name if need be."""
        plain = self._without_shows(plain)
        for shape in (self._whole, self._part):
            if found := shape.pattern.search(plain):
                return tuple(self._episodes[_name(found, shape)])
        return ()

    def without(self, plain: str) -> str:
        """Return plain text without the names of people, whole or in part."""
        return " ".join(self._part.pattern.sub(" ", plain).split())

    def _without_shows(self, plain: str) -> str:
        for show in self._shows:
            plain = f" {plain} ".replace(f" {show} ", " ").strip()
        return plain


def _name(found: re.Match[str], shape: _Shape) -> str:
    return shape.names[next(group for group in found.groups() if group)]


def _names(episode: Episode) -> Iterable[tuple[str, str]]:
    for person in (*episode.guests, *episode.hosts):
        yield from ((person.name, known) for known in (person.name, *person.also))
    yield from ((quote.speaker, quote.speaker) for quote in episode.quotes if quote.speaker)


def _any_of(names: Iterable[str]) -> str:
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return "|".join(map(re.escape, longest_first)) or "(?!)"
