"""Finds the real words behind half-remembered ones, and where the two differ.

Compares words with words; what to compare is found in the index, and what to say about it is decided in the bot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from heapq import nlargest
from itertools import pairwise
from math import sqrt
from operator import itemgetter
from typing import Final

from knowledge import cutting
from knowledge.model import Passage, Quote
from knowledge.search import aligning, rarity
from knowledge.search.compared_words import ComparedWords, Span
from knowledge.search.inflection import inflected_alike
from knowledge.search.numbers import is_number
from knowledge.search.words import carries, fold, negates, reported_as, split, uncontracted, whole_spans, whole_words

_FEWEST: Final = 3
"""Minimum words of an exact match; shorter runs, which are said all the time, count only if every word is telling."""
_TELLING: Final = 2
"""Minimum telling words in common; fewer are coincidence in a short run of words."""
_LONG: Final = 6
"""Words in common, in the same order, that are never coincidence."""
_DENIED_BEFORE: Final = 3
"""Words before a quotation in which to look for a negation of it: "I don't think" before "Go is dead"."""
_LOOKED_BACK: Final = _DENIED_BEFORE + 1
"""Words before a quotation that are looked at: one more for a "that"."""
_LEADING: Final = "that"
_VERBS: Final = frozenset({"is", "are", "was", "were", "has", "have", "had", "should", "can", "could", "will", "would"})
"""Verbs that follow the subject of a statement."""
_BEGINNING: Final = itemgetter(slice(4))
"""Returns the initial letters by which we match different forms of a word."""
_ASIDE: Final = re.compile(r"\w[,\"”]? (?:--?|[–—]) ([^.!?…–—]+?) (?:--?|[–—]) (?=\w)")
"""A parenthesis between dashes."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Words asked about, aligned with words really said.

    Attributes:
        similarity: 0 to 1, the geometric mean of two shares of the asked words that were said in the same order: by
            weight (less the weight of words in between) and by number. Halved if they are few and not telling.
        words: the span of the item's text that was meant, letter for letter.
        begin: offset of that span in the item's text, in characters.
        end: offset of its end.
        exact: whether the words are equal and in a row, apart from case, accents and punctuation.
        differences: pairs of asked and real words, in order; either may be empty. No pairs if exact.
        opposed: whether only one of the two has a negation.
        miscounted: whether a number asked about was said differently or not at all; no attribute below counts it.
        missing: weight of the rarest asked word that was not said.
        unsaid: number of asked words that were said nowhere in the item; without a negation if `opposed`.
        skipped: the most real words that a single difference has beyond the asked ones.
    """

    item: Quote | Passage
    similarity: float
    words: str
    begin: int
    end: int
    exact: bool
    differences: tuple[tuple[str, str], ...] = ()
    opposed: bool = False
    miscounted: bool = False
    missing: float = 0.0
    unsaid: int = 0
    skipped: int = 0

    @property
    def in_quotation_marks(self) -> bool:
        """Whether the words are in a quotation by the speaker: inside quotation marks, with other words outside."""
        text = self.item.text
        if not (cutting.is_quoted(text, self.begin) and cutting.is_quoted(text, self.end)):
            return False  # somebody who quotes a title and goes on says the rest
        return any(map(str.isalnum, cutting.beside_quotation(text, self.begin, self.end)))


class Quotation:
    """Words asked about, split once and then aligned with many texts."""

    def __init__(self, asked: str, weigh: Callable[[str], float]) -> None:
        self._typed = ComparedWords.of_text(asked)
        self._words = whole_words(asked)
        self._telling = len(self._words) >= _FEWEST or all(carries(word) for word in self._words)
        self._longest = max(self._words, key=len, default="").partition("'")[0]
        # A number's rarity says nothing; whether it is the same is judged separately.
        self._weigh = cache(lambda word: 1.0 if is_number(word) else weigh(word))

    def verbatim(self, item: Quote | Passage) -> Alignment | None:
        """Align with an item that has exactly these words in a row; None if it doesn't."""
        if not self._telling or self._longest not in fold(item.text):  # rules out most texts without splitting them
            return None
        at = aligning.within(self._words, whole_words(item.text))
        if at is None:
            return None
        # Folding may turn a letter such as "ﬁ" into several, which moves the words behind it.
        near = (max(at - _LOOKED_BACK, 0), at + len(self._words)) if item.text.isascii() else ()
        said = whole_spans(item.text, *near)
        first = aligning.within(self._words, [word for word, _, _ in said])
        return None if first is None else _verbatim(item, said, first, first + len(self._words))

    def along(self, item: Quote | Passage) -> Alignment | None:
        """Align with whatever an item says; None if they have no word in common."""
        if verbatim := self.verbatim(item):
            return verbatim
        said = ComparedWords.of_text(item.text)
        whole, beside = self._alike(item, said), asides(item.text)
        if not beside:
            return whole
        without = self._alike(item, said.without(beside))
        if without is None or (whole is not None and whole.similarity >= without.similarity):
            return whole
        left_out = (("", item.text[begin:end]) for begin, end in beside if without.begin < begin < without.end)
        return replace(without, differences=(*without.differences, *left_out))

    def _alike(self, item: Quote | Passage, said: ComparedWords) -> Alignment | None:
        typed, said = self._typed.written_as(said), said.written_as(self._typed)
        real = aligning.respelt(said.parts, typed.parts)
        window = aligning.window(typed.parts, real)
        if window is None:
            return None
        begin, end = said.through(*window)
        first, last = said.parts_of(begin, end)
        steps = aligning.steps(typed.parts, real, first, last)
        unsaid = aligning.unsaid(typed.parts, real, steps)
        miscounted = aligning.miscounts(typed.parts, real, steps, unsaid)
        denied = _denied(item.text, said.whole, begin) if len(self._words) >= _FEWEST else None
        opposed = aligning.opposes(typed.parts, real, steps) is (denied is None)
        unsaid = [word for word in unsaid if not ((opposed and negates(word)) or (miscounted and is_number(word)))]
        before = () if denied is None else (("", said.written(denied, begin)),)
        opening = begin if denied is None else denied
        return Alignment(
            item,
            self._similarity(real[first:last], real, steps),
            said.written(opening, end),
            said.whole[opening][1],
            said.whole[end - 1][2],
            exact=False,
            differences=(*before, *_differences(typed, said, first, last, steps)),
            opposed=opposed,
            miscounted=miscounted,
            missing=max(map(self._weigh, unsaid), default=0.0),
            unsaid=len(unsaid),
            skipped=max((each.dest_end - each.dest_start - each.src_end + each.src_start for each in steps), default=0),
        )

    def _similarity(self, window: Sequence[str], real: Sequence[str], steps: Sequence[aligning.Step]) -> float:
        typed = self._typed.parts
        lost = [word for step in steps for word in typed[step.src_start : step.src_end]]
        between = sum(self._weigh(word) for step in steps for word in real[step.dest_start : step.dest_end])
        weight_lost, weight = sum(map(self._weigh, lost)), sum(map(self._weigh, typed))
        in_common = len(typed) - len(lost)
        similarity = sqrt((weight - weight_lost) / (weight + between / 2) * in_common / len(typed))
        shared = sum(carries(word) for word in window if word in typed)
        chance = shared < min(_TELLING, sum(map(carries, typed))) and in_common < _LONG
        return similarity / 2 if chance else similarity


def likeliest(asked: str, passages: Iterable[Passage], most: int) -> list[Passage]:
    """Choose the passages worth aligning: those sharing most pairs of neighbouring words, in any form."""
    words = whole_words(asked)
    wanted, begun = set(pairwise(words)), set(pairwise(map(_BEGINNING, words)))

    def shared(passage: Passage) -> int:
        said = whole_words(passage.text)
        alike = begun.intersection(pairwise(map(_BEGINNING, said)))
        # Identical words begin alike too, and count twice.
        return len(alike) + (len(wanted.intersection(pairwise(said))) if alike else 0)

    return nlargest(most, passages, key=shared)


def told_in(asked: str, text: str, knows: Callable[[str], bool]) -> float:
    """Return the share of the telling words, by their rarity in English, that a text has in any form, 0 to 1.

    It is 0 for a text without the subject: the words before the verb, as in "monorepos are evil", or failing that the
    rarest word that the library `knows`. Numbers don't count.
    """
    words, there = whole_words(asked), {*whole_words(text), *split(text)}
    weights = {word: rarity.weight(word, holding=0, of=0) for word in words if _tells(word)}
    said = {word for word in weights if any(inflected_alike(word, other) for other in there)}
    rarest = sorted(filter(knows, weights), key=weights.__getitem__, reverse=True)[:1]
    if said.isdisjoint([word for word in about(asked) if knows(word)] or rarest):
        return 0.0
    return sum(weights[word] for word in said) / sum(weights.values())


def refers_back(asked: str) -> bool:
    """Tell whether the subject of a statement may have been named before: "it is unacceptable to change them"."""
    return not about(asked) and _verb(whole_words(asked)) > 0


def about(asked: str) -> list[str]:
    """Return the telling words before the verb of a statement, its subject; none if it has no such verb."""
    words = whole_words(asked)
    return [word for word in words[: _verb(words)] if _tells(word)]


def _verb(words: Sequence[str]) -> int:
    """Return the index of the verb after a statement's subject; 0 if there is none."""
    return next((at for at, word in enumerate(words) if uncontracted(word)[0] in _VERBS), 0)


def _tells(word: str) -> bool:
    """Tell whether a word may be what a statement is about: not "he's", nor a number, which is judged separately."""
    return carries(word) and not is_number(word) and not reported_as(word)


def compared(words: str) -> Sequence[str]:
    """Split words as they are compared: "can" and "not" for "can't", "should" for "have to"."""
    return ComparedWords.of_text(words).parts


def asides(text: str) -> list[tuple[int, int]]:
    """Return the spans of parentheses between dashes within a sentence."""
    return [found.span(1) for found in _ASIDE.finditer(text)] if "-" in text or "–" in text or "—" in text else []


def closest(typed: Alignment | None, meant: Alignment | None) -> Alignment | None:
    """Rate an alignment by the corrected words if they fit better, but keep the differences from the typed ones."""
    if typed is None or meant is None:
        return typed or meant
    if meant.similarity <= typed.similarity:
        return typed
    return replace(typed, similarity=meant.similarity, missing=meant.missing, unsaid=meant.unsaid)


def likeness(found: Alignment) -> tuple[bool, float]:
    """Sort key for alignments, best last."""
    return found.exact, found.similarity


def _verbatim(item: Quote | Passage, said: Sequence[Span], first: int, last: int) -> Alignment:
    """Make an alignment of equal words; not exact if a negation right before them was left out."""
    denied = _denied(item.text, said, first) if last - first >= _FEWEST else None
    begin, end = said[first if denied is None else denied][1], said[last - 1][2]
    if denied is None:
        return Alignment(item, 1.0, item.text[begin:end], begin, end, exact=True)
    left_out = item.text[begin : said[first - 1][2]]
    return Alignment(
        item, 1.0, item.text[begin:end], begin, end, exact=False, differences=(("", left_out),), opposed=True
    )


def _denied(text: str, said: Sequence[Span], first: int) -> int | None:
    """Return the index of a negation before words in the same clause, or before a "that" which leads to them."""
    led = first > 0 and said[first - 1][0] == _LEADING
    for at in range(first - 1, max(first - 1 - _DENIED_BEFORE - led, -1), -1):
        if text[said[at][2] : said[at + 1][1]].strip():
            return None
        if negates(said[at][0]):
            return at
    return None


def _differences(
    typed: ComparedWords, said: ComparedWords, first: int, last: int, steps: Sequence[aligning.Step]
) -> Iterator[tuple[str, str]]:
    """Yield pairs of typed and real words where they differ, slips included."""
    parted: list[list[int]] = []
    for step in _with_slips(typed, said, first, last, steps):
        asked, real = typed.through(step.src_start, step.src_end), said.through(step.dest_start, step.dest_end)
        before = parted[-1] if parted else None
        if before and (asked[0] < before[1] or real[0] < before[3]):  # both are in the same contraction
            before[1], before[3] = max(asked[1], before[1]), max(real[1], before[3])
        else:
            parted.append([*asked, *real])
    return ((typed.typed(*each[:2]), said.written(*each[2:])) for each in parted)


def _with_slips(
    typed: ComparedWords, said: ComparedWords, first: int, last: int, steps: Sequence[aligning.Step]
) -> Iterator[aligning.Step]:
    """Yield the steps, and one more for each word that is matched with a different one."""
    src, dest = 0, first
    for step in (*steps, aligning.Step("equal", len(typed.parts), len(typed.parts), last, last)):
        for asked, real in zip(range(src, step.src_start), range(dest, step.dest_start), strict=True):
            if typed.whole[typed.of[asked]][0] != said.whole[said.of[real]][0]:
                yield aligning.Step("replace", asked, asked + 1, real, real + 1)
        if step.tag != "equal":
            yield step
        src, dest = step.src_end, step.dest_end
