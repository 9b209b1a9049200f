"""Judges how near something that was said comes to a statement that nobody made in these words.

By the telling words that it has of the statement, in any form, and by what only looks alike: a text without what the
statement is about, without what it says of that, with a negation more or less, with another number, about somebody
else, or in somebody else's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.answering.selection import stems_of, telling_stems
from bot.port.messages import Difference
from knowledge.cutting import ends_asking, own_words
from knowledge.passages import sentences
from knowledge.search.inflection import inflected_alike
from knowledge.search.numbers import counted, is_count, is_number, numbers
from knowledge.search.quotations import Alignment, about, predicate
from knowledge.search.words import (
    bare,
    carries,
    fold,
    is_first_person,
    joining,
    negates,
    reported_as,
    split,
    whole_words,
)

RARE: Final = 6.0
"""Weight from which a word is what a statement is about: without it nothing was nearly said."""

DOUBTS: Final = frozenset(
    {"would", "could", "might", "may", "should", "can", "will", "if", "unless"}
    | {"hardly", "barely", "scarcely", "rarely", "nearly"}
)
"""Words that make another statement of one, though they tell nothing: "I would love it" is not "I love it"."""

_SAME: Final = 2 / 3
"""Share of what a statement tells from which a text says about the same ..."""
_ON_IT: Final = 1 / 2
"""... and from which it is worth showing beside it."""
_TELLING: Final = 2
"""Telling words of a statement from which a text may say about the same: one alone is in too much."""
_GAIN: Final = 0.1
"""How much more of that share a longer text has to have to be shown for a part of it."""
_NUMBERS: Final = 0.02
"""What the same numbers count beside that share."""
_ALIKE: Final = 0.7
"""Similarity from which words are worth showing beside a statement, whatever they tell ..."""
_MISSING: Final = 0.3
"""... and the share of its words of which less has to be missing."""
_APART: Final = 70
"""Words within which a text says about the same; what is told here and there is told of other things."""
_BEFORE: Final = 8
"""Words before what somebody says of themselves, among which is "I": "I've done many of those things for years"."""
_CLAUSE: Final = re.compile(r"(.+?)(\.{2,}\s*|[.!?…,;:][\"'”’)\]]*\s+|\s+[-–—]+\s+|$)", re.DOTALL)
"""A clause, and what ends it."""
_LEFT_OUT: Final = 2
"""Words of a sentence before which "I" may be left out: "So glad to be here"."""
_IT: Final = frozenset({"it", "its", "that", "this", "they", "them", "these", "those"})
"""Pronouns of what was named before ..."""
_NEXT: Final = 6
"""... also where one is the next word, so many characters on: "to download it"."""
_THEY_SAY: Final = re.compile(
    r"\b(?:people|they|he|she|some|many|everyone|everybody|someone|somebody|folks) (?:\w+ )?"
    r"(?:say|said|think|thought|believe|believed|claim|claimed|argue|argued)\b"
    r"|\b(?:says|thinks|believes|claims|argues|used to (?:say|think|believe))\b"
)
"""Says that others say so, or that it was said before, and not that whoever speaks does."""
_ONESELF: Final = frozenset({"myself", "ourselves"})
HE: Final = frozenset({"he", "she", "hes", "shes"})
"""Pronouns of one person who is asked about."""


def pronoun(words: str) -> str:
    """Return the first of some words, without what is run together with it: "I" of "I'm not"."""
    return re.split(r"['’\s]", fold(words).strip(), maxsplit=1)[0]


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

    def worth(self, text: str) -> float:
        """Return how much a text is worth showing: what it tells, and if that is equal whether it has the numbers."""
        return self.share(text) + (_NUMBERS if self._has_its_numbers(text) else 0.0)

    def gains(self, text: str, longer: str) -> bool:
        """Tell whether a longer text tells so much more than a part of it, or its numbers, that it is shown instead."""
        share, of_longer = self.share(text), self.share(longer)
        numbered = of_longer >= share > 0 and self._has_its_numbers(longer) and not self._has_its_numbers(text)
        return numbered or of_longer > share + _GAIN

    def _has_its_numbers(self, text: str) -> bool:
        return set(filter(is_count, numbers(split(self.words)))) <= set(numbers(split(text)))

    def is_on_it(self, text: str) -> bool:
        """Tell whether a text is worth showing beside the statement: it tells half of it, or has what that is about."""
        share = self.share(text)
        return share >= _ON_IT or (share > 0 and self.told_in(self._subject, text) >= _ON_IT)

    def is_like(self, found: Alignment) -> bool:
        """Tell whether words that are alike are worth showing beside the statement."""
        few = found.unsaid < _MISSING * len(split(self.words))
        return few or found.similarity >= _ALIKE or self.is_on_it(found.item.text)

    def is_quoted_in(self, text: str) -> bool:
        """Tell whether a text tells it mostly between quotation marks, and so maybe in somebody else's words."""
        telling = telling_stems(self.words)
        return len(telling & stems_of(own_words(text))) < len(telling & stems_of(text)) / 2

    def is_said_in(self, text: str) -> bool:
        """Tell whether a text says about the same."""
        if sum(map(carries, split(self.words))) < _TELLING or self.is_quoted_in(text) or not _has(text, self._names):
            return False
        denies, subject = any(map(_negates, split(self.words))), self._subject
        if (subject and self.told_in(subject, text) < _SAME) or (not denies and self._is_denied_in(text)):
            return False
        text = own_words(text) if self.of_oneself else text
        text = text if denies else self._affirmed(text)
        said = self._saying(text)
        told = " ".join(said)
        if len(split(self._from_first_to_last(said, text))) > _APART:
            return False
        if self.share(told) < _SAME or not any(map(self._has_what_is_said, said)) or self.other_number(told):
            return False
        if denies and not self._is_denied_in(told):
            return False
        return self._has_its_numbers(told) and (not self.of_oneself or any(map(self._is_told_of_oneself, said)))

    def is_reworded_in(self, text: str) -> bool:
        """Tell whether a text says all of it: every telling word in any form and in their order, as it was meant.

        Which of two is better depends on their order; what is denied, asked, doubted or what others say, on more.
        """
        telling = [word for word in split(self.words) if carries(word)]
        told = self._from_first_to_last(self._saying(text, 1.0), text)
        words = split(told)
        if not self.is_said_in(told) or any(map(_negates, (*words, *split(self.words)))) or self._is_unlike(told):
            return False
        # Where one sentence has them all, in another order, what lies around it doesn't put them right.
        whole = [split(each) for each in sentences(text) if _has(each, telling)]
        return any(_has_in_order(said, telling) for said in whole or [words])

    def _is_unlike(self, told: str) -> bool:
        """Tell whether a text asks, tells what others say, or doubts or wishes what the statement doesn't, or less."""
        asks = any(map(ends_asking, sentences(told)))
        doubted = DOUBTS & set(split(told)) != DOUBTS & set(split(self.words))
        return asks or doubted or _THEY_SAY.search(fold(told)) is not None

    def is_said_of_it(self, found: Alignment, text: str) -> bool:
        """Tell whether words that are alike say it of "it", which is named in the text around them."""
        lacking = [word for asked, _ in found.differences for word in split(asked) if carries(word)]
        pronouns = _IT & set(split(text[text.find(found.words) :][: len(found.words) + _NEXT]))
        return found.unsaid == len(lacking) == 1 and bool(pronouns) and _has(text, lacking)

    @property
    def _subject(self) -> str:
        """The telling words for what it is about."""
        return " ".join(about(self.words))

    @property
    def _head(self) -> str:
        """The first telling word of what it says of that."""
        return next(filter(carries, split(predicate(self.words))), "")

    @property
    def _names(self) -> list[str]:
        """The words with a capital, but for the first: another name is another statement."""
        written = self.words.split()[1:]
        return [bare(word) for word in written if word[:1].isupper() and carries(bare(word)) and word.isalpha()]

    def _is_denied_in(self, text: str) -> bool:
        """Tell whether a clause of a text denies it: what it is about and what it says of it, or half of its words."""
        telling, subject, said = telling_stems(self.words), stems_of(self._subject), stems_of(self._head)
        denied = [stems_of(clause) for clause, _ in _CLAUSE.findall(text) if any(map(_negates, split(clause)))]
        outright = any(not (subject.isdisjoint(each) or said.isdisjoint(each)) for each in denied)
        return outright or any(len(telling & each) >= len(telling) / 2 for each in denied)

    def _affirmed(self, text: str) -> str:
        """Leave out what a text denies, but for the words for what the statement is about.

        "I don't think" denies what comes after it as well, unless it breaks off.
        """
        telling, subject = telling_stems(self.words), stems_of(self._subject)
        kept, goes_on = list[str](), False
        for clause, end in _CLAUSE.findall(text):
            denied = goes_on or any(map(_negates, split(clause)))
            goes_on = denied and not goes_on and telling.isdisjoint(stems_of(clause)) and end.strip() == ","
            of_it = (word for word in clause.split() if not subject.isdisjoint(stems_of(word)))
            kept.append(f"{' '.join(of_it) if denied else clause}{end}")
        return "".join(kept)

    def other_number(self, text: str) -> Difference | None:
        """Return where a text that tells about the same has another number of something: "two years", not "five"."""
        there = counted(whole_words(text)) if self.share(text) >= _SAME else []
        for number, written, noun in counted(whole_words(self.words)):
            same = [each for each in there if noun not in joining() and inflected_alike(each.noun, noun)]
            if is_count(number) and same and all(each.number != number for each in same):
                return Difference(f"{written} {noun}", f"{same[0].written} {same[0].noun}")
        return None

    def trimmed(self, text: str) -> str:
        """Cut a text down to what is said from the first to the last sentence that say all it has of the statement."""
        return self._from_first_to_last(self._saying(text, 1.0), text) or text

    @staticmethod
    def _from_first_to_last(said: Sequence[str], text: str) -> str:
        """Cut a text down to what is between the first and the last of its sentences; empty for none of them."""
        places = [(text.index(each), len(each)) for each in said]
        return text[min(places)[0] : max(begin + length for begin, length in places)] if places else ""

    @property
    def refers_back(self) -> bool:
        """Whether what it is about may have been named before: "it is unacceptable to change them"."""
        return not self.of_oneself and not self._subject and bool(predicate(self.words))

    def _saying(self, text: str, least: float = _SAME) -> list[str]:
        """Choose the fewest sentences of a text that say enough of the statement: each time the one that adds most."""
        left, said, wanted = list(sentences(text)), list[str](), stems_of(self.words)

        def enough(said: list[str]) -> float:
            told = " ".join(said)
            return self.share(told) + self._has_what_is_said(told)

        while left and enough(said) < least + 1:
            best = max(left, key=lambda each: (enough([*said, each]), len(wanted & stems_of(each))))
            if enough([*said, best]) <= enough(said):
                break
            said.append(best)
            left.remove(best)
        return said

    def _has_what_is_said(self, text: str) -> bool:
        """Tell whether a text has what the statement says of something: its first telling word, and half of it all.

        What is denied needs no such word: "never good" is said by "never".
        """
        of_it = predicate(self.words)
        words = split(of_it)
        at = next((at for at, word in enumerate(words) if carries(word) and not is_number(word)), None)
        if at is None:
            return True
        # "Take" goes with any subject, but who says "AI jobs" does not say that AI takes them.
        verbs = [word for word in words[:at] if word not in joining()]
        said = any(map(_negates, words[:at])) or _has(text, [*verbs, words[at]])
        return said and self.told_in(of_it, text) >= _ON_IT

    def _is_told_of_oneself(self, sentence: str) -> bool:
        """Tell whether a sentence says what the statement does of whoever speaks."""
        words = split(sentence)
        head = stems_of(self._head)
        places = [at for at, word in enumerate(words) if not head.isdisjoint(stems_of(word))]
        # Only of what somebody is, a sentence may be without "I am".
        left_out = not self._subject and predicate(self.words) != next(filter(carries, split(self.words)), "")
        return any(_is_by_speaker(words[max(at - _BEFORE, 0) : at]) or (left_out and at < _LEFT_OUT) for at in places)


def _negates(word: str) -> bool:
    """Tell whether a word denies: "zero exceptions" are none, while the zeros of "12,000" are no words."""
    return negates(word) or word == "zero"


def _is_by_speaker(before: Sequence[str]) -> bool:
    """Tell whether "I" or "we" is the last to be named by a pronoun in some words."""
    last = next((word for word in reversed(before) if _is_oneself(word) or word in reported_as("i")), "")
    return _is_oneself(last)


def _is_oneself(word: str) -> bool:
    """Tell whether a word is "I" or "we", or "myself": "many people, myself included, have it"."""
    return is_first_person(word) or word in _ONESELF


def _has_in_order(said: Iterable[str], words: Iterable[str]) -> bool:
    """Tell whether some words are there one after the other, in any form, with others between them."""
    left = iter(said)
    return all(any(inflected_alike(word, other) for other in left) for word in words)


def _has(text: str, words: Iterable[str]) -> bool:
    """Tell whether a text has all of some words, in any form."""
    there = set(split(text))
    return all(any(inflected_alike(word, other) for other in there) for word in words)
