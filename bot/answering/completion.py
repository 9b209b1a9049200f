"""Completes what somebody is typing: topics, episodes and speakers, by the beginnings of their words.

Half a word is no question: nothing is ranked by meaning here. Words are looked up in a sorted list, and a misspelt one
is mended by the words of what can be completed to alone: people wait for this after every key.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.port.messages import Choice
from bot.understanding.text import Words
from knowledge.search import Vocabulary

_LAST = "\U0010ffff"
"""Sorts after every letter."""


class Completions:
    """The things of one kind that can be completed to."""

    def __init__(self, choices: Iterable[tuple[Choice, Sequence[str]]]) -> None:
        """Take choices in the order in which equals are offered, each with the other names it goes by."""
        self._choices: list[Choice] = []
        self._plain: list[str] = []
        holding: defaultdict[str, set[int]] = defaultdict(set)
        for number, (choice, names) in enumerate(choices):
            plain = Words(choice.label).plain
            self._choices.append(choice)
            self._plain.append(plain)
            for word in _words((plain, *(Words(name).plain for name in names))):
                holding[word].add(number)
        self._words = sorted(holding)
        self._holding = [holding[word] for word in self._words]
        self._vocabulary = Vocabulary(Counter({word: len(held) for word, held in holding.items()}))

    def matching(self, typed: str, limit: int) -> tuple[Choice, ...]:
        """Return choices whose words begin with the typed ones, best first; all of them for nothing typed."""
        wanted = Words(typed).plain
        if not wanted:
            return tuple(self._choices[:limit])
        found = self._beginning_with(wanted)
        if not found:
            wanted = " ".join(self._mended(wanted.split()))
            found = self._beginning_with(wanted)
        best = sorted(found, key=lambda number: (not self._plain[number].startswith(wanted), number))
        return tuple(self._choices[number] for number in best[:limit])

    def _beginning_with(self, wanted: str) -> set[int]:
        each = (set[int]().union(*self._holding[self._range(start)]) for start in wanted.split())
        return set.intersection(*each)

    def _range(self, start: str) -> slice:
        return slice(bisect_left(self._words, start), bisect_left(self._words, start + _LAST))

    def _mended(self, words: Iterable[str]) -> Iterator[str]:
        """Put the nearest known word in place of each that nothing begins with."""
        for word in words:
            known = self._range(word)
            yield word if known.start < known.stop else self._vocabulary.nearest(word) or word


def _words(texts: Iterable[str]) -> set[str]:
    every = " ".join(texts)
    return {*every.replace("-", " ").split(), *every.split()}
