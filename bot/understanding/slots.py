"""What stands in the slots of a sentence, as words of the question's text.

No meaning: what it makes of a sentence is in `meaning.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.understanding.request import Somebody
from bot.understanding.templates import Match
from bot.understanding.text import QUOTED, Pause, Text, Word
from knowledge.search.opinions import judges, verbs_like
from knowledge.search.rarity import frequency
from knowledge.search.words import carries

_MOST: Final = 1e6
"""The greatest number that anybody means; a longer row of figures is taken for it."""
_LONGEST: Final = timedelta(days=1)
"""No episode is so long; a time beyond it is none."""


class Slots:
    """What stands in the slots of a sentence."""

    def __init__(self, match: Match, text: Text, subject: Text | None = None) -> None:
        """Take where the slots are in a text, and what its subject refers to, where it is only "it"."""
        self._match = match
        self._text = text
        self._subject = subject
        self.words = text.words

    @property
    def plain(self) -> tuple[str, ...]:
        """The words of the whole sentence, plain."""
        return self._text.plain

    @property
    def coded(self) -> str:
        """The whole sentence, as patterns match it."""
        return self._text.coded

    def has(self, name: str) -> bool:
        """Tell whether a slot is filled."""
        return name in self._match.slots

    def part(self, name: str) -> Text:
        """Return the words in a slot; none where it is not filled."""
        if name == "subject" and self._subject:
            return self._subject
        begin, end = self._match.slots.get(name, (0, 0))
        return self._text.part(begin, end)

    def led(self, name: str, by: frozenset[str]) -> Text:
        """Return the words in a slot, and the one before it if it is one of some."""
        begin, end = self._match.slots.get(name, (0, 0))
        return self._text.part(begin - (begin > 0 and self.words[begin - 1].plain in by), end)

    def text(self, name: str) -> str:
        """Return the text in a slot."""
        return self.part(name).written

    def source(self, words: Sequence[Word]) -> str:
        """Return the text of some of the words."""
        return Text(self._text.text, tuple(words)).written

    def named(self, name: str) -> object:
        """Return what the first name in a slot stands for."""
        return next((word.named for word in self.part(name).words), None)

    def count(self, name: str, numbers: Mapping[str, float]) -> float | None:
        """Return the number in a slot, in figures or as a word; None where it holds none."""
        word = "".join(self.part(name).plain)
        if word.isdecimal() and word.isascii():
            return min(float(word), _MOST)
        return numbers.get(word)

    def time(self, numbers: Mapping[str, float]) -> timedelta | None:
        """Return the time of an episode that is in the slots, as "1:02:03" or in hours and minutes; None for none."""
        if self.has("clock"):
            seconds = 0
            for part in "".join(self.part("clock").plain).split(":"):
                seconds = seconds * 60 + int(part)
            return timedelta(seconds=seconds)
        hours, minutes = (self.count(name, numbers) if self.has(name) else 0.0 for name in ("hours", "minutes"))
        if hours is None or minutes is None:
            return None
        seconds = int(min(hours * 3600 + minutes * 60, _LONGEST.total_seconds()))
        return timedelta(seconds=seconds)

    def quoted(self) -> str:
        """Return what stands between quotation marks, also among other words; empty where nothing does."""
        among = (word.named for word in self.part("words").words if word.plain == QUOTED)
        return str(self.named("quoted") or next(among, None) or "")

    def after_pause(self, name: str) -> bool:
        """Tell whether the text pauses before a slot."""
        begin, _ = self._match.slots.get(name, (0, 0))
        return begin > 0 and self.words[begin - 1].pause is not Pause.NONE

    def mentions(self, words: frozenset[str]) -> bool:
        """Tell whether one of these words stands outside the slots."""
        taken = {n for begin, end in self._match.slots.values() for n in range(begin, end)}
        return any(word.plain in words for n, word in enumerate(self.words) if n not in taken)


def tells(text: Text) -> bool:
    """Tell whether words have a subject: one that says more than grammar and asking."""
    return any(map(carries, text.plain))


def refers(text: Text, it: frozenset[str], that: frozenset[str]) -> bool:
    """Tell whether a text refers to what was talked about: by "it", or by a "that" that stands for no "that rice"."""
    after = (*text.plain[1:], "")
    points = (
        word in that and not (following and carries(following))
        for word, following in zip(text.plain, after, strict=True)
    )
    return not it.isdisjoint(text.plain) or any(points)


def is_pronoun(text: Text, it: frozenset[str], that: frozenset[str]) -> bool:
    """Tell whether words are only "it", "that" or the like."""
    return bool(text.words) and (it | that).issuperset(text.plain)


def subject_of_claim(words: str) -> str:
    """Return what a claim is about: the rarest of its words with those beside it, without what is thought of it.

    Of "I hate sliced bread" it is "sliced bread".
    """
    text = Text.of(words)
    tells_of_it = [carries(word) and not (judges(word) or verbs_like(word)) for word in text.plain]
    if not any(tells_of_it):
        return words
    begin = min((at for at, tells in enumerate(tells_of_it) if tells), key=lambda at: frequency(text.plain[at]))
    end = begin + 1
    while begin and tells_of_it[begin - 1]:
        begin -= 1
    while end < len(tells_of_it) and tells_of_it[end]:
        end += 1
    return text.part(begin, end).written


def without_speakers(text: Text) -> Text:
    """Leave out the names of those who speak: the search looks for their words, not for words about them."""
    kept = (word for word in text.words if not (isinstance(word.named, Somebody) and word.named.speaks))
    return replace(text, words=tuple(kept))
