"""Judges how near something that was said comes to a statement that nobody made in these words.

By the telling words that it has of the statement, in any form, and by what only looks alike: a text without what the
statement is about, without what it says of that, with a negation more or less, or about somebody else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.answering.selection import stems_of
from knowledge.cutting import own_words
from knowledge.passages import sentences
from knowledge.search.quotations import Alignment, predicate
from knowledge.search.words import carries, is_first_person, negates, split

_SAME: Final = 2 / 3
"""Share of what a statement tells from which a text says about the same ..."""
_ON_IT: Final = 1 / 2
"""... and from which it is worth showing beside it."""
_TELLING: Final = 2
"""Telling words of a statement from which a text may say about the same: one alone is in too much."""
_ALIKE: Final = 0.7
"""Similarity from which words are worth showing beside a statement, whatever they tell ..."""
_MISSING: Final = 0.3
"""... and the share of its words of which less has to be missing."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that somebody may have said.

    Attributes:
        told_in: returns the share of what some words tell that a text has.
        of_oneself: whether they are to have been said of oneself: "did Ann say she hates it".
    """

    words: str
    told_in: Callable[[str, str], float]
    of_oneself: bool = False

    def share(self, text: str) -> float:
        """Return how much of the statement a text tells, 0 to 1."""
        return self.told_in(self.words, text)

    def is_on_it(self, text: str) -> bool:
        """Tell whether a text is worth showing beside the statement."""
        return self.share(text) >= _ON_IT

    def is_like(self, found: Alignment) -> bool:
        """Tell whether words that are alike are worth showing beside the statement."""
        few = found.unsaid < _MISSING * len(split(self.words))
        return few or found.similarity >= _ALIKE or self.is_on_it(found.item.text)

    def is_said_in(self, text: str) -> bool:
        """Tell whether a text says about the same."""
        text = own_words(text) if self.of_oneself else text
        telling, of_it = list(filter(carries, split(self.words))), predicate(self.words)
        if len(telling) < _TELLING or self.share(text) < _SAME:
            return False
        if any(map(carries, split(of_it))) and self.told_in(of_it, text) < _ON_IT:
            return False
        stems = stems_of(" ".join(telling))
        there = {word for each in sentences(text) if not stems.isdisjoint(stems_of(each)) for word in split(each)}
        denied = any(map(negates, split(self.words)))
        return denied is any(map(negates, there)) and (not self.of_oneself or any(map(is_first_person, there)))
