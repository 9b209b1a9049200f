"""Finds whose words a question asks for: "a quote by Jane", "jane smith on china", "jane's best line".

Only names: what somebody said is for the search and the shelf to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain

from bot.port import Episode
from bot.reading import Words

_BY = r"(?:by|from|of)"
_WORDS = r"(?:said|says|say|quotes?|lines?|words|best|wisest|funniest|finest|greatest)"


class People:
    """The hosts, guests and quoted speakers of a library, by every name they go by."""

    def __init__(self, episodes: Iterable[Episode]) -> None:
        self._episodes = tuple(episodes)

    def asked_for(self, plain: str) -> tuple[str | None, str]:
        """Return whose words plain text asks for, as the library writes the name, and the text without names.

        A whole name counts wherever it stands, a first or a last one where words are asked of it ("by Jane"): alone it
        may be a subject. A show's name is nobody's.
        """
        for show in self._shows:
            plain = plain.replace(show, " ")
        for shape, names in self._shapes:
            if found := shape.search(plain):
                name = next(group for group in found.groups() if group)
                return names[name], f"{plain[: found.start()]} {plain[found.end() :]}"
        return None, plain

    @cached_property
    def _shows(self) -> tuple[str, ...]:
        return tuple({Words(episode.show).plain for episode in self._episodes})

    @cached_property
    def _shapes(self) -> tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]:
        whole: dict[str, str] = {}
        parts: dict[str, str] = {}
        for name, known in chain.from_iterable(map(_names, self._episodes)):
            plain = Words(known).plain
            whole.setdefault(plain, name)
            for part in plain.split():
                parts.setdefault(part, name)
        of_whole, of_part = _any_of(whole), _any_of(parts)
        return (
            (re.compile(rf"\b(?:{_BY} )?({of_whole})s?\b"), whole),
            (re.compile(rf"\b{_BY} ({of_part})\b|\b({of_part})s? (?={_WORDS}\b)"), parts),
        )


def _names(episode: Episode) -> Iterable[tuple[str, str]]:
    for person in (*episode.guests, *episode.hosts):
        yield from ((person.name, known) for known in (person.name, *person.also))
    yield from ((quote.speaker, quote.speaker) for quote in episode.quotes if quote.speaker)


def _any_of(names: Iterable[str]) -> str:
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return "|".join(map(re.escape, longest_first)) or "(?!)"
