"""Judges how much of a statement a text has, so that the closest text is shown first.

Only informative words, in any form, and numbers count: whether both mean the same, words can't tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.answering.selection import stems_of, telling_stems
from bot.port.messages import Difference
from knowledge.cutting import own_words
from knowledge.passages import sentences
from knowledge.search.inflection import inflected_alike
from knowledge.search.numbers import counted, is_count, numbers
from knowledge.search.quotations import Alignment, about
from knowledge.search.words import fold, is_first_person, joining, split, whole_words

RARE: Final = 6.0
"""Minimum weight of a word that a statement is about; without it, the statement was not nearly said."""

_MOST: Final = 2 / 3
"""Minimum share of a statement's weight for a text to be about the same."""
_ON_IT: Final = 1 / 2
"""Minimum share of a statement's weight for a text to be worth showing beside it."""
_GAIN: Final = 0.1
"""Minimum gain in that share for a longer text to be shown instead of a part of it."""
_NUMBERS: Final = 0.02
"""Bonus, on top of that share, for having the same numbers."""
_ALIKE: Final = 0.7
"""Minimum similarity for words to be worth showing beside a statement, whatever their weight."""
_MISSING: Final = 0.3
"""Words are also worth showing if less than this share of the statement's words is missing."""
HE: Final = frozenset({"he", "she", "hes", "shes"})
"""Pronouns for one person, as the words of a question have them."""


def pronoun(words: str) -> str:
    """Return the first word without a contraction: "I" for "I'm not"."""
    return re.split(r"['’\s]", fold(words).strip(), maxsplit=1)[0]


def _is_own(before: str) -> bool:
    """Tell whether the words before a quotation attribute it to the speaker: "I was like"."""
    return any(map(is_first_person, whole_words(before)))


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that somebody may have said.

    Attributes:
        told_in: returns the share of the weight of some words that a text has.
    """

    words: str
    told_in: Callable[[str, str], float]

    def share(self, text: str) -> float:
        """Return the share of the statement's weight that a text has, 0 to 1."""
        return self.told_in(self.words, text)

    def worth(self, text: str) -> float:
        """Return how much a text is worth showing: by its share, and if that is equal, by having the numbers."""
        return self.share(text) + (_NUMBERS if self._has_its_numbers(text) else 0.0)

    def gains(self, text: str, longer: str) -> bool:
        """Tell whether a longer text is shown instead of a part of it: it has the numbers, or a much larger share."""
        share, of_longer = self.share(text), self.share(longer)
        numbered = of_longer >= share > 0 and self._has_its_numbers(longer) and not self._has_its_numbers(text)
        return numbered or of_longer > share + _GAIN

    def _has_its_numbers(self, text: str) -> bool:
        return set(filter(is_count, numbers(split(self.words)))) <= set(numbers(split(text)))

    def is_told_in(self, text: str) -> bool:
        """Tell whether a text has most of the statement, whatever it says about it."""
        return self.share(text) >= _MOST

    def is_on_it(self, text: str) -> bool:
        """Tell whether a text is worth showing beside the statement: it has half of it, or what that is about."""
        share = self.share(text)
        return share >= _ON_IT or (share > 0 and self.told_in(" ".join(about(self.words)), text) >= _ON_IT)

    def is_like(self, found: Alignment) -> bool:
        """Tell whether similar words are worth showing beside the statement."""
        few = found.unsaid < _MISSING * len(split(self.words))
        return few or found.similarity >= _ALIKE or self.is_on_it(found.item.text)

    def is_quoted_in(self, text: str) -> bool:
        """Tell whether a text has the statement mostly in quotation marks, so perhaps in somebody else's words."""
        telling = telling_stems(self.words)
        return len(telling & stems_of(own_words(text, _is_own))) < len(telling & stems_of(text)) / 2

    def other_number(self, text: str) -> Difference | None:
        """Return where a text about the same has another number of something: "two years", not "five"."""
        there = counted(whole_words(text)) if self.is_told_in(text) else []
        for number, written, noun in counted(whole_words(self.words)):
            same = [each for each in there if noun not in joining() and inflected_alike(each.noun, noun)]
            if is_count(number) and same and all(each.number != number for each in same):
                return Difference(f"{written} {noun}", f"{same[0].written} {same[0].noun}")
        return None

    def trimmed(self, text: str) -> str:
        """Cut a text down to the stretch of sentences with all it has of the statement."""
        places = [(text.index(each), len(each)) for each in self._saying(text)]
        return text[min(places)[0] : max(begin + length for begin, length in places)] if places else text

    def _saying(self, text: str) -> Sequence[str]:
        """Choose sentences with all that a text has of the statement, greedily: each time the one that adds most."""
        left, said, wanted = list(sentences(text)), list[str](), stems_of(self.words)

        def shared(each: str) -> tuple[float, int]:
            return self.share(" ".join([*said, each])), len(wanted & stems_of(each))

        while left and self.share(" ".join(said)) < self.share(" ".join([*said, best := max(left, key=shared)])):
            said.append(best)
            left.remove(best)
        return said
