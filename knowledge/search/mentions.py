"""Finds where a name is mentioned in what was said, and whether it is written as a name.

Matches whole words in a row: "Linus Torvalds's", but neither "Torvalds" alone nor "Linus, Torvalds and I". Who is asked
about is decided by the caller.
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
"""Maximum number of passages kept for display."""
_OF_ONE: Final = 3
"""Maximum number of passages kept of one episode: a few show how somebody is talked about there."""
_MOSTLY: Final = 0.8
"""Share of mentions with capitals from which words are a name; "open source" has capitals now and then."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where a name is mentioned.

    Attributes:
        episodes: all of them once, in the order of the index.
        passages: at most forty of the passages, those of one episode in order.
        written: the name as the first of them has it; empty if there are none.
        as_name: whether it is mostly written with capitals.
        unknown: whether the library has none of its words.
    """

    episodes: tuple[EpisodeId, ...]
    passages: tuple[Passage, ...]
    written: str = ""
    as_name: bool = False
    unknown: bool = False


class Name:
    """A name to find."""

    def __init__(self, name: str) -> None:
        self._words = tuple(word for word, _, _ in spans(name))

    def mentions(self, said: Iterable[tuple[int, Callable[[], Sequence[Passage]]]], *, unknown: bool) -> Mentions:
        """Read stretches of talk, each with the number of its episode, and no more of an episode than needed.

        A stretch may have the name only as its speaker's, not in its words.
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
        """Return the name as written in a text; empty if it isn't there."""
        at = fold(text).find(self._words[0]) if self._words else -1
        if at < 0:
            return ""
        # Folding keeps the length of ASCII text, so we can skip the words before the first possible place.
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
    """Tell whether the first and the last word begin with a capital, as in names: "Guido van Rossum"."""
    each = words.split()
    return bool(each) and each[0][:1].isupper() and each[-1][:1].isupper()


def _beside(between: str) -> bool:
    """Tell whether only a space, full stop, hyphen, "@" or possessive separates two words."""
    return not between.removeprefix("'s ").removeprefix("’s ").strip(" .-’'@")
