"""The contents of a matched sentence's slots, as words of the question.

What they mean is decided in `meaning.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import Enum
from typing import Final, TypeVar

from bot.understanding.request import Somebody
from bot.understanding.templates import Match
from bot.understanding.text import QUOTED, Pause, Text, Word
from knowledge.search.opinions import judges, verbs_like
from knowledge.search.rarity import frequency, is_everyday
from knowledge.search.words import carries

_Kind = TypeVar("_Kind", bound=Enum)

_GREATEST_NUMBER: Final = 1e6
"""The greatest number in a slot; greater ones count as this."""
_GREATEST_TIME: Final = timedelta(days=1)
"""The greatest time in an episode; no episode is that long."""


class Slots:
    """The contents of the slots of a matched sentence."""

    def __init__(self, match: Match, text: Text, subject: Text | None = None) -> None:
        """Take a match, the text it matched, and the subject to use in place of "it"."""
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

    def one_of(self, kind: type[_Kind]) -> _Kind | None:
        """Return the member of an enumeration for which there is a slot; None if there is none."""
        return next((each for each in kind if self.has(each.name)), None)

    def part(self, name: str) -> Text:
        """Return the words in a slot, none if it is empty."""
        if name == "subject" and self._subject:
            return self._subject
        begin, end = self._match.slots.get(name, (0, 0))
        return self._text.part(begin, end)

    def led(self, name: str, by: frozenset[str]) -> Text:
        """Return the words in a slot, with the word before it if that is one of `by`."""
        begin, end = self._match.slots.get(name, (0, 0))
        return self._text.part(begin - (begin > 0 and self.words[begin - 1].plain in by), end)

    def text(self, name: str) -> str:
        """Return the text in a slot."""
        return self.part(name).written

    def source(self, words: Sequence[Word]) -> str:
        """Return some words as they were typed."""
        return Text(self._text.text, tuple(words)).written

    def named(self, name: str) -> object:
        """Return the value of the first name in a slot."""
        return next((word.named for word in self.part(name).words), None)

    def count(self, name: str, numbers: Mapping[str, float]) -> float | None:
        """Return the number in a slot, in figures or as a word; None if there is none."""
        word = "".join(self.part(name).plain)
        if word.isdecimal() and word.isascii():
            return min(float(word), _GREATEST_NUMBER)
        return numbers.get(word)

    def time(self, numbers: Mapping[str, float]) -> timedelta | None:
        """Return the time in the slots, typed as "1:02:03" or in hours and minutes; None if a number is missing."""
        if self.has("clock"):
            seconds = 0
            for part in "".join(self.part("clock").plain).split(":"):
                seconds = seconds * 60 + int(part)
            return timedelta(seconds=seconds)
        hours, minutes = (self.count(name, numbers) if self.has(name) else 0.0 for name in ("hours", "minutes"))
        if hours is None or minutes is None:
            return None
        seconds = int(min(hours * 3600 + minutes * 60, _GREATEST_TIME.total_seconds()))
        return timedelta(seconds=seconds)

    def quoted(self) -> str:
        """Return the quoted words, also if there are others; empty if nothing is quoted."""
        among = (word.named for word in self.part("words").words if word.plain == QUOTED)
        return str(self.named("quoted") or next(among, None) or "")

    def after_pause(self, name: str) -> bool:
        """Tell whether the text pauses before a slot."""
        begin, _ = self._match.slots.get(name, (0, 0))
        return begin > 0 and self.words[begin - 1].pause is not Pause.NONE

    def mentions(self, words: frozenset[str]) -> bool:
        """Tell whether one of these words is outside the slots."""
        taken = {n for begin, end in self._match.slots.values() for n in range(begin, end)}
        return any(word.plain in words for n, word in enumerate(self.words) if n not in taken)


def tells(text: Text) -> bool:
    """Tell whether there is a content word: one that says more than grammar and asking do."""
    return any(map(carries, text.plain))


def refers(text: Text, it: frozenset[str], that: frozenset[str]) -> bool:
    """Tell whether a text refers to something earlier: by "it", or by a "that" which no noun follows."""
    after = (*text.plain[1:], "")
    points = (
        word in that and not (following and carries(following))
        for word, following in zip(text.plain, after, strict=True)
    )
    return not it.isdisjoint(text.plain) or any(points)


def is_pronoun(text: Text, it: frozenset[str], that: frozenset[str]) -> bool:
    """Tell whether a text is nothing but pronouns."""
    return bool(text.words) and (it | that).issuperset(text.plain)


def subject_of_claim(words: str) -> str:
    """Return the subject of a claim: its rarest word and the content words around it, without verbs of opinion.

    In "I hate sliced bread" that is "sliced bread".
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


def claimed_of(thing: str, claim: str, being: frozenset[str]) -> str:
    """Make a claim of another thing: "tests are a waste of time" of "comments" is "comments are a waste of time"."""
    text = Text.of(claim)
    at = next((at for at, word in enumerate(text.plain) if at and word in being), 0)
    if at:
        return f"{thing} {text.part(at, len(text.words)).written}"
    return claim.replace(subject_of_claim(claim), thing, 1)


def without_article(text: Text, article: frozenset[str]) -> Text:
    """Leave out an article at the start: "the cloud" is talked about as "cloud"."""
    return text.part(1, len(text.words)) if text.plain[:1] and text.plain[0] in article and tells(text) else text


def names_something(text: Text) -> bool:
    """Tell whether there is a content word that isn't everyday English, such as a name or a term."""
    return any(carries(word) and not is_everyday(word) for word in text.plain)


def without_speakers(text: Text) -> Text:
    """Leave out the names of speakers, and "and" between two: we search for their words, not for words about them."""
    speak = [isinstance(word.named, Somebody) and word.named.speaks for word in text.words]
    between = [
        before and after and not carries(word.plain)
        for before, word, after in zip([False, *speak], text.words, [*speak[1:], False], strict=False)
    ]
    kept = (word for word, *left_out in zip(text.words, speak, between, strict=True) if not any(left_out))
    return replace(text, words=tuple(kept))
