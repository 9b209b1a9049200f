"""Completes what somebody is typing: topics, episodes and speakers, by the beginnings of their words.

Half a word is no question: nothing is ranked by meaning here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.port import Choice
from bot.reading import Words


@dataclass(frozen=True, slots=True)
class _Entry:
    choice: Choice
    plain: str
    words: tuple[str, ...]


class Completions:
    """The things of one kind that can be completed to."""

    def __init__(self, choices: Iterable[tuple[Choice, Sequence[str]]], mend: Callable[[str], str]) -> None:
        """Take choices in the order in which equals are offered.

        Args:
            choices: each with the other names it goes by.
            mend: mends the spelling of a text.
        """
        self._entries = tuple(_entry(choice, names) for choice, names in choices)
        self._mend = mend

    def matching(self, typed: str, limit: int) -> tuple[Choice, ...]:
        """Return choices whose words begin with the typed ones, best first; all of them for nothing typed."""
        wanted = Words(typed).plain
        found = self._beginning_with(wanted) or self._beginning_with(Words(self._mend(typed)).plain)
        return tuple(entry.choice for entry in found[:limit])

    def _beginning_with(self, wanted: str) -> list[_Entry]:
        starts = wanted.split()
        fitting = [
            entry
            for entry in self._entries
            if all(any(word.startswith(start) for word in entry.words) for start in starts)
        ]
        return sorted(fitting, key=lambda entry: not entry.plain.startswith(wanted))


def _entry(choice: Choice, names: Sequence[str]) -> _Entry:
    plain = Words(choice.label).plain
    every = " ".join((plain, *(Words(name).plain for name in names)))
    return _Entry(choice, plain, tuple(dict.fromkeys(every.replace("-", " ").split() + every.split())))
