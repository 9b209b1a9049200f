"""Tells where a name comes up in what was said, and whether it is written as one.

Whole words, one right after the other: "Linus Torvalds's", and neither "Torvalds" alone nor "Linus, Torvalds and I".
Who is asked about is none of its business.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from knowledge.model import EpisodeId, Passage
from knowledge.search.words import fold, spans, spans_from

_KEPT: Final = 40
"""Passages kept to be shown."""
_OF_ONE: Final = 3
"""Passages of one episode that are kept: a few show how somebody is talked about there."""
_MOSTLY: Final = 0.8
"""Share of its mentions that begin with capitals from which words are a name; "open source" has them now and then."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where a name comes up.

    Attributes:
        episodes: all of them, in the order of the index, each once.
        passages: some of the places, those of one episode in their order; at most forty.
        written: how the first of them writes it; empty where it comes up nowhere.
        as_name: whether it is mostly written with capitals.
        unknown: whether none of its words is in the library.
    """

    episodes: tuple[EpisodeId, ...]
    passages: tuple[Passage, ...]
    written: str = ""
    as_name: bool = False
    unknown: bool = False


class Name:
    """A name to look for."""

    def __init__(self, name: str) -> None:
        self._words = tuple(word for word, _, _ in spans(name))

    def mentions(self, said: Iterable[tuple[int, Callable[[], Sequence[Passage]]]], *, unknown: bool) -> Mentions:
        """Read stretches of talk, each with the number of its episode, and of one episode no more than it takes.

        A stretch may have the words in its speaker's name and not in what is said.
        """
        found: dict[int, list[tuple[Passage, str]]] = {}
        kept = 0
        for number, passages in said:
            there = found.get(number, [])
            if len(there) >= (_OF_ONE if kept < _KEPT else 1):
                continue
            if those := [(each, words) for each in passages() if (words := self.written(each.text))]:
                found[number] = [*there, *those]
                kept += len(those)
        every = [each for there in found.values() for each in there]
        capital = sum(is_capital(words) for _, words in every)
        episodes = tuple(there[0][0].episode for there in found.values())
        shown = tuple(passage for passage, _ in every[:_KEPT])
        written = every[0][1] if every else ""
        return Mentions(episodes, shown, written, bool(every) and capital >= _MOSTLY * len(every), unknown)

    def written(self, text: str) -> str:
        """Return the name as it stands in a text; empty where it doesn't."""
        at = fold(text).find(self._words[0]) if self._words else -1
        if at < 0:
            return ""
        # Plain text is as long when it is folded: the words before the first place that may have the name don't matter.
        first = text.rfind(" ", 0, at) + 1 if text.isascii() else 0
        last = deque[tuple[str, int, int]](maxlen=len(self._words))
        for span in spans_from(text, first):
            last.append(span)
            if span[0] != self._words[-1] or tuple(word for word, _, _ in last) != self._words:
                continue
            if all(_beside(text[end:begin]) for (_, _, end), (_, begin, _) in pairwise(last)):
                return text[last[0][1] : last[-1][2]]
        return ""


def is_capital(words: str) -> bool:
    """Tell whether the first word and the last begin with a capital, as names do: "Guido van Rossum"."""
    each = words.split()
    return bool(each) and each[0][:1].isupper() and each[-1][:1].isupper()


def _beside(between: str) -> bool:
    """Tell whether nothing but space, a full stop, the sign of a handle or a possessive stands between two words."""
    return not between.removeprefix("'s ").removeprefix("’s ").strip(" .-’'@")
