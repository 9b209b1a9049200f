"""Finds the real words behind half-remembered ones, and where the two differ.

Compares words with words; what to compare is found in the index, and what to say about it is decided in the bot.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from heapq import nlargest
from itertools import pairwise
from math import sqrt
from operator import itemgetter
from typing import Final, TypeAlias

from rapidfuzz.distance import Indel, Opcode
from rapidfuzz.fuzz import partial_ratio_alignment
from rapidfuzz.process import extract

from knowledge import cutting
from knowledge.model import Passage, Quote
from knowledge.search import rarity
from knowledge.search.inflection import bases, inflected_alike
from knowledge.search.numbers import in_words, is_count, is_number, numbers
from knowledge.search.words import (
    carries,
    fold,
    is_first_person,
    negates,
    reported_as,
    split,
    uncontracted,
    whole_spans,
    whole_words,
    written_out,
)

_ALIKE: Final = 0.8
"""Minimum similarity in letters of two words that are the same one misremembered ("scale", "scales")."""
_SLIP: Final = 0.6
"""Minimum similarity of a word typed by mistake for another ("tklk", "talk")."""
_RESEMBLING: Final = 0.5
"""Minimum similarity of a first or last word that may be meant for another ("toobs", "tubes")."""
_FEWEST: Final = 3
"""Minimum words of an exact match; shorter runs, which are said all the time, count only if every word is telling."""
_TELLING: Final = 2
"""Minimum telling words in common; fewer are coincidence in a short run of words."""
_LONG: Final = 6
"""Words in common, in the same order, that are never coincidence."""
_MARGIN: Final = 4
"""Words around the best window of equal length that may belong to it."""
_MOVED: Final = 2
"""Distance in words that a negation may move and still deny the same thing."""
_DENIED_BEFORE: Final = 3
"""Words before a quotation in which to look for a negation of it: "I don't think" before "Go is dead"."""

_LOOKED_BACK: Final = _DENIED_BEFORE + 1
"""Words before a quotation that are looked at: one more for a "that"."""

_LEADING: Final = "that"
_JOINS: Final = frozenset({"and", "but", "or"})

_VERBS: Final = frozenset({"is", "are", "was", "were", "has", "have", "had", "should", "can", "could", "will", "would"})
"""Verbs that follow the subject of a statement."""
_BEGINNING: Final = itemgetter(slice(4))
"""Returns the initial letters by which we match different forms of a word."""
_REMEMBERED: Final = 20_000
"""Words for which we cache their parts and whether they may be slips."""

_OBLIGING: Final = frozenset({"ought", "need", "needs", "needed", "has", "have", "had", "got"})
"""Words that oblige before "to": "ought to", "have to"."""
_COMPARED_AS: Final = {
    **dict.fromkeys(("must", *(f"{verb} to" for verb in _OBLIGING)), "should"),
    **dict.fromkeys(("instead of", "rather than"), "not"),
}
"""Replacements for comparing: "it does not need to be" denies "it should be", and "with juice instead of milk" matches
"with juice, not milk". Differences are shown in the words that were said."""
_SECOND: Final = frozenset({"to", "of", "than"})
"""Second words of the phrases in `_COMPARED_AS`, to skip most words quickly."""

_ASIDE: Final = re.compile(r"\w[,\"”]? (?:--?|[–—]) ([^.!?…–—]+?) (?:--?|[–—]) (?=\w)")
"""A parenthesis between dashes."""

_Span: TypeAlias = tuple[str, int, int]


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
        self._typed = _Words.of_text(asked)
        self._words = whole_words(asked)
        self._telling = len(self._words) >= _FEWEST or all(carries(word) for word in self._words)
        self._longest = max(self._words, key=len, default="").partition("'")[0]
        # A number's rarity says nothing; whether it is the same is judged separately.
        self._weigh = cache(lambda word: 1.0 if is_number(word) else weigh(word))

    def verbatim(self, item: Quote | Passage) -> Alignment | None:
        """Align with an item that has exactly these words in a row; None if it doesn't."""
        if not self._telling or self._longest not in fold(item.text):  # rules out most texts without splitting them
            return None
        at = _within(self._words, whole_words(item.text))
        if at is None:
            return None
        # Folding may turn a letter such as "ﬁ" into several, which moves the words behind it.
        near = (max(at - _LOOKED_BACK, 0), at + len(self._words)) if item.text.isascii() else ()
        said = whole_spans(item.text, *near)
        first = _within(self._words, [word for word, _, _ in said])
        return None if first is None else _verbatim(item, said, first, first + len(self._words))

    def along(self, item: Quote | Passage) -> Alignment | None:
        """Align with whatever an item says; None if they have no word in common."""
        if verbatim := self.verbatim(item):
            return verbatim
        said = _Words.of_text(item.text)
        whole, beside = self._alike(item, said), asides(item.text)
        if not beside:
            return whole
        without = self._alike(item, said.without(beside))
        if without is None or (whole is not None and whole.similarity >= without.similarity):
            return whole
        left_out = (("", item.text[begin:end]) for begin, end in beside if without.begin < begin < without.end)
        return replace(without, differences=(*without.differences, *left_out))

    def _alike(self, item: Quote | Passage, said: _Words) -> Alignment | None:
        typed, said = self._typed.written_as(said), said.written_as(self._typed)
        real = _respelt(said.parts, typed.parts)
        window = _window(typed.parts, real)
        if window is None:
            return None
        begin, end = said.through(*window)
        first, last = said.parts_of(begin, end)
        steps = [_moved(step, first) for step in _parted(typed.parts, real[first:last])]
        unsaid = _unsaid(typed.parts, real, steps)
        miscounted = _miscounted(typed.parts, real, steps, unsaid)
        denied = _denied(item.text, said.whole, begin) if len(self._words) >= _FEWEST else None
        opposed = _opposed(typed.parts, real, steps) is (denied is None)
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

    def _similarity(self, window: Sequence[str], real: Sequence[str], steps: Sequence[Opcode]) -> float:
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


def _verb(words: Sequence[str]) -> int:
    """Return the index of the verb after a statement's subject; 0 if there is none."""
    return next((at for at, word in enumerate(words) if uncontracted(word)[0] in _VERBS), 0)


def about(asked: str) -> list[str]:
    """Return the telling words before the verb of a statement, its subject; none if it has no such verb."""
    words = whole_words(asked)
    return [word for word in words[: _verb(words)] if _tells(word)]


def _tells(word: str) -> bool:
    """Tell whether a word may be what a statement is about: not "he's", nor a number, which is judged separately."""
    return carries(word) and not is_number(word) and not reported_as(word)


def compared(words: str) -> Sequence[str]:
    """Split words as they are compared: "can" and "not" for "can't", "should" for "have to"."""
    return _Words.of_text(words).parts


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


def _verbatim(item: Quote | Passage, said: Sequence[_Span], first: int, last: int) -> Alignment:
    """Make an alignment of equal words; not exact if a negation right before them was left out."""
    denied = _denied(item.text, said, first) if last - first >= _FEWEST else None
    begin, end = said[first if denied is None else denied][1], said[last - 1][2]
    if denied is None:
        return Alignment(item, 1.0, item.text[begin:end], begin, end, exact=True)
    left_out = item.text[begin : said[first - 1][2]]
    return Alignment(
        item, 1.0, item.text[begin:end], begin, end, exact=False, differences=(("", left_out),), opposed=True
    )


def _denied(text: str, said: Sequence[_Span], first: int) -> int | None:
    """Return the index of a negation before words in the same clause, or before a "that" which leads to them."""
    led = first > 0 and said[first - 1][0] == _LEADING
    for at in range(first - 1, max(first - 1 - _DENIED_BEFORE - led, -1), -1):
        if text[said[at][2] : said[at + 1][1]].strip():
            return None
        if negates(said[at][0]):
            return at
    return None


@dataclass(frozen=True, slots=True)
class _Words:
    """Words split for comparing: "don't" into "do" and "not", "25" into "twenty" and "five"; "need to" is one.

    Attributes:
        whole: the words as written, with their spans in the text.
        parts: the words they are split into.
        of: for each part, the index of its whole word.
    """

    text: str
    whole: Sequence[_Span]
    parts: Sequence[str]
    of: Sequence[int]

    @classmethod
    def of_text(cls, text: str) -> _Words:
        """Split a text."""
        return cls._apart(text, _joined(whole_spans(text)))

    @classmethod
    def _apart(cls, text: str, whole: Sequence[_Span]) -> _Words:
        parts = [(part, at) for at, (word, _, _) in enumerate(whole) for part in _parts(word)]
        return cls(text, whole, [part for part, _ in parts], [at for _, at in parts])

    def without(self, stretches: Sequence[tuple[int, int]]) -> _Words:
        """Return the words outside some spans of the text."""
        left = [span for span in self.whole if not any(begin <= span[1] < end for begin, end in stretches)]
        return self._apart(self.text, left)

    def written_as(self, other: _Words) -> _Words:
        """Join two words if the other text only has them as one: "burn out" for "burnout"."""
        own, others = ([word for word, _, _ in each.whole] for each in (self, other))
        run_on = "".join(own)
        together = {word for word in others if word in run_on}.difference(own)
        return self._apart(self.text, _run_together(self.whole, together, " ".join(others))) if together else self

    def through(self, first: int, last: int) -> tuple[int, int]:
        """Return the range of whole words of the parts [first, last); an empty range for no parts."""
        return (self.of[first], self.of[last - 1] + 1) if last > first else (self._at(first), self._at(first))

    def parts_of(self, first: int, last: int) -> tuple[int, int]:
        """Return the range of parts of the whole words [first, last)."""
        return bisect_left(self.of, first), bisect_left(self.of, last)

    def written(self, first: int, last: int) -> str:
        """Return the text of whole words, letter for letter, with everything between them."""
        return self.text[self.whole[first][1] : self.whole[last - 1][2]] if last > first else ""

    def typed(self, first: int, last: int) -> str:
        """Return whole words as they are compared."""
        return " ".join(word for word, _, _ in self.whole[first:last])

    def _at(self, part: int) -> int:
        return self.of[part] if part < len(self.of) else len(self.whole)


def asides(text: str) -> list[tuple[int, int]]:
    """Return the spans of parentheses between dashes within a sentence."""
    return [found.span(1) for found in _ASIDE.finditer(text)] if "-" in text or "–" in text or "—" in text else []


def _joined(spans: Sequence[_Span]) -> Sequence[_Span]:
    """Join phrases that are compared as one word, such as "need to" and "instead of"."""
    joined: list[_Span] = []
    for word, begin, end in spans:
        if word in _SECOND and joined and (both := f"{joined[-1][0]} {word}") in _COMPARED_AS:
            joined.append((both, joined.pop()[1], end))
        else:
            joined.append((word, begin, end))
    return joined


def _run_together(spans: Iterable[_Span], words: Collection[str], apart: str) -> Sequence[_Span]:
    """Join two words if together they are one of `words` and the other text lacks them as two."""
    joined: list[_Span] = []
    for word, begin, end in spans:
        before = joined[-1][0] if joined else ""
        if joined and (both := before + word) in words and f"{before} {word}" not in apart:
            joined.append((both, joined.pop()[1], end))
        else:
            joined.append((word, begin, end))
    return joined


@lru_cache(_REMEMBERED)
def _parts(word: str) -> tuple[str, ...]:
    word = written_out(word)
    if word in _COMPARED_AS:
        return (_COMPARED_AS[word],)
    if word.endswith("'ll"):
        return word.removesuffix("'ll"), "will"
    parts = in_words(word) if is_number(word) else uncontracted(word)
    return tuple(_COMPARED_AS.get(part, part) for part in parts)


def _miscounted(typed: Sequence[str], real: Sequence[str], steps: Sequence[Opcode], unsaid: Sequence[str]) -> bool:
    """Tell whether a typed number is a different one in the real words, or not there at all."""
    for step in steps:
        said = numbers(real[step.dest_start : step.dest_end])
        if said and numbers(typed[step.src_start : step.src_end]) not in ([], said):
            return True
    lacking = any(map(is_number, unsaid))
    return lacking and not set(filter(is_count, numbers(typed))) <= set(numbers(real))


def _moved(step: Opcode, by: int) -> Opcode:
    return Opcode(step.tag, step.src_start, step.src_end, step.dest_start + by, step.dest_end + by)


def _unsaid(typed: Sequence[str], real: Sequence[str], steps: Sequence[Opcode]) -> list[str]:
    """Return the typed words that the real ones lack, even at another place or with a slip."""
    elsewhere = Counter(word for step in steps for word in real[step.dest_start : step.dest_end])
    unsaid = []
    for step in steps:
        there = real[step.dest_start : step.dest_end]
        for word in typed[step.src_start : step.src_end]:
            if elsewhere[word]:
                elsewhere[word] -= 1
            elif not any(_is_slip(word, other) for other in there):
                unsaid.append(word)
    return unsaid


def _is_slip(typed: str, real: str) -> bool:
    alike = Indel.normalized_similarity(typed, real)
    if alike < _SLIP or negates(typed) != negates(real):
        return False
    if alike < _ALIKE and (is_number(typed) or is_number(real)):
        return False
    meant = carries(typed) and rarity.frequency(typed) > 0 and not inflected_alike(typed, real)
    # "Testing" is not a slip of "thing".
    return not (meant and rarity.is_everyday(real)) and not (is_number(typed) and is_number(real))


def is_misspelt(typed: str, real: str) -> bool:
    """Tell whether a typed word, which isn't English, is meant for a real one: "poeple" for "people"."""
    alike = sorted(typed) == sorted(real) or Indel.normalized_similarity(typed, real) >= _ALIKE
    return alike and not rarity.frequency(typed)


def _differences(
    typed: _Words, said: _Words, first: int, last: int, steps: Sequence[Opcode]
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


def _with_slips(typed: _Words, said: _Words, first: int, last: int, steps: Sequence[Opcode]) -> Iterator[Opcode]:
    """Yield the steps, and one more for each word that is matched with a different one."""
    src, dest = 0, first
    for step in (*steps, Opcode("equal", len(typed.parts), len(typed.parts), last, last)):
        for asked, real in zip(range(src, step.src_start), range(dest, step.dest_start), strict=True):
            if typed.whole[typed.of[asked]][0] != said.whole[said.of[real]][0]:
                yield Opcode("replace", asked, asked + 1, real, real + 1)
        if step.tag != "equal":
            yield step
        src, dest = step.src_end, step.dest_end


def _opposed(typed: Sequence[str], real: Sequence[str], steps: Sequence[Opcode]) -> bool:
    """Tell whether one side has a negation that the other lacks at about the same place."""
    lost = [
        min(step.dest_start + at, step.dest_end)
        for step in steps
        for at, word in enumerate(typed[step.src_start : step.src_end])
        if negates(word)
    ]
    added = [
        at
        for step in steps
        if not _denies_another(step, real)
        for at in range(step.dest_start, step.dest_end)
        if negates(real[at])
    ]
    return len(lost) != len(added) or any(abs(one - other) > _MOVED for one, other in zip(lost, added, strict=True))


def _denies_another(step: Opcode, real: Sequence[str]) -> bool:
    """Tell whether added words deny something else: "decisions are made or not objected to out of fear"."""
    joins, *denied = real[step.dest_start : step.dest_end] or [""]
    return (
        step.src_start == step.src_end
        and joins in _JOINS
        and bool(denied)
        and negates(denied[0])
        and any(carries(word) for word in denied if not negates(word))
    )


def _within(typed: Sequence[str], real: Sequence[str]) -> int | None:
    """Return the index at which the real words contain the typed ones in a row; None if nowhere."""
    for first in range(len(real) - len(typed) + 1 if typed else 0):
        if real[first] == typed[0] and real[first : first + len(typed)] == typed:
            return first
    return None


def _parted(typed: Sequence[str], real: Sequence[str]) -> list[Opcode]:
    """Return where two sequences differ, keeping as many words as possible; adjacent changes are merged."""
    steps = (step for step in Indel.opcodes(typed, real) if step.tag != "equal")
    parted: list[Opcode] = []
    for step in steps:
        before = parted[-1] if parted else None
        if before and before.src_end == step.src_start and before.dest_end == step.dest_start:
            parted[-1] = Opcode("replace", before.src_start, step.src_end, before.dest_start, step.dest_end)
        else:
            parted.append(step)
    return parted


def _respelt(real: Sequence[str], typed: Sequence[str]) -> list[str]:
    """Replace each other real word by the typed one that it resembles, is a form of, or is in reported speech.

    So slips, other forms ("turning", "turned") and reported speech ("he hates it" for "I hate it") keep the alignment.
    """
    known, kept = frozenset(real), frozenset(typed)
    others, lost = known - kept, kept - known
    strange = [word for word in typed if word in lost and _may_slip(word)]
    slips = _slips(list(filter(_may_slip, others)), strange) if strange else {}
    # A claim that begins with "he" may be about somebody who says "I".
    begun = lost | frozenset(typed[:1])
    reported = {
        word: other for other in begun for word in reported_as(other) & others if other in lost or is_first_person(word)
    }
    forms = {base: word for word in lost if not negates(word) for base in bases(word)}
    inflected = {
        word: next(forms[base] for base in bases(word) if base in forms)
        for word in others
        if not bases(word).isdisjoint(forms)
    }
    respelt = slips | inflected | reported
    return list(map(respelt.get, real, real))


def _slips(words: Sequence[str], meant: Sequence[str]) -> dict[str, str]:
    """Map words to the typed word that each resembles most, if similar enough; the first among equals."""
    best: dict[str, tuple[float, str]] = {}
    for each in meant:
        for word, alike, _ in extract(each, words, scorer=Indel.normalized_similarity, limit=None, score_cutoff=_ALIKE):
            best[word] = max(best.get(word, (alike, each)), (alike, each), key=itemgetter(0))
    return {word: each for word, (_, each) in best.items()}


@lru_cache(_REMEMBERED)
def _may_slip(word: str) -> bool:
    return carries(word) and not negates(word) and not is_number(word)


def _window(typed: Sequence[str], real: Sequence[str]) -> tuple[int, int] | None:
    """Find the window [first, last) of the real words that the typed ones fit best."""
    at = _within(typed, real)
    if at is not None:
        return at, at + len(typed)
    found = partial_ratio_alignment(typed, real)
    if found is None or not found.score:
        return None
    if len(typed) <= len(real):
        first, last = max(found.dest_start - _MARGIN, 0), min(found.dest_end + _MARGIN, len(real))
    else:
        first, last = 0, len(real)
    same = [step for step in Indel.opcodes(typed, real[first:last]) if step.tag == "equal"]
    if not same:
        return None
    begin, end = first + _tight(same, typed, real[first:last]), first + same[-1].dest_end
    if (earlier := _opening(typed[: same[0].src_start], real, begin, len(typed))) is not None:
        return earlier, end
    # A first or last word that merely resembles the real one is meant for it.
    if same[0].src_start == 1 and begin > 0 and _resemble(typed[0], real[begin - 1]):
        begin -= 1
    if same[-1].src_end == len(typed) - 1 and end < len(real) and _resemble(typed[-1], real[end]):
        end += 1
    # A number at the beginning or end is compared with the number there.
    while begin > 0 and is_number(real[begin - 1]) and _are_numbers(typed[: same[0].src_start]):
        begin -= 1
    while end < len(real) and is_number(real[end]) and _are_numbers(typed[same[-1].src_end :]):
        end += 1
    return begin, end


def _opening(lost: Sequence[str], real: Sequence[str], before: int, reach: int) -> int | None:
    """Return where the lost first words stand shortly before the window, apart from it; None if they don't."""
    first = max(before - reach, 0)
    for length in range(len(lost), 1, -1):
        at = _within(lost[:length], real[first:before]) if any(map(carries, lost[:length])) else None
        if at is not None:
            return first + at
    return None


def _are_numbers(words: Sequence[str]) -> bool:
    return bool(words) and all(map(is_number, words))


def _tight(same: Sequence[Opcode], typed: Sequence[str], real: Sequence[str]) -> int:
    """Return where a window begins: a lone first word counts at its last place before the others."""
    begin = same[0].dest_start
    if len(same) == 1 or same[0].src_end - same[0].src_start > 1:
        return begin
    before = range(same[1].dest_start - 1, begin, -1)
    return next((at for at in before if real[at] == typed[same[0].src_start]), begin)


def _resemble(typed: str, real: str) -> bool:
    return Indel.normalized_similarity(typed, real) >= _RESEMBLING
