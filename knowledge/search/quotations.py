"""Finds the real words behind half-remembered ones, and where the two differ.

Compares words with words; the index picks what to compare, and the bot decides what to say about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import pairwise
from math import sqrt
from typing import Final

from rapidfuzz.distance import Indel, Opcode
from rapidfuzz.fuzz import partial_ratio_alignment

from knowledge.model import Passage, Quote
from knowledge.search.words import carries, fold, spans

_ALIKE: Final = 0.8
"""Similarity in letters from which two words count as the same word misremembered ("scale", "scales")."""
_RESEMBLING: Final = 0.5
"""Similarity from which one word may stand for the other ("toobs", "tubes")."""
_FEWEST: Final = 3
"""Shorter runs of words are said all the time: they are exact only if every word means something by itself."""
_TELLING: Final = 2
"""Fewer telling words in common are coincidence."""
_MARGIN: Final = 4
"""Words around the best stretch of equal length that may belong to it as well."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Words asked about beside words really said.

    Attributes:
        similarity: 0 to 1: the geometric mean of two shares of the asked words that are there in the same order, by
            weight (less the weight of words in between) and by number; half of it if only one of them is telling.
        words: the stretch of the item's text that was meant, letter for letter.
        begin: where that stretch begins in the item's text; `end` likewise.
        exact: the same words one after the other, apart from case, accents and punctuation.
        differences: (asked, real) in order; either may be empty; none where exact.
    """

    item: Quote | Passage
    similarity: float
    words: str
    begin: int
    end: int
    exact: bool
    differences: tuple[tuple[str, str], ...] = ()


def align(asked: str, item: Quote | Passage, weigh: Callable[[str], float]) -> Alignment | None:
    """Align asked words with an item's; None where they have no word in common."""
    typed = [word for word, _, _ in spans(asked)]
    said = spans(item.text)
    real = _respelt([word for word, _, _ in said], typed)
    window = _window(typed, real)
    if window is None:
        return None
    first, last = window
    words = real[first:last]
    parts = [
        (typed[step.src_start : step.src_end], first + step.dest_start, first + step.dest_end)
        for step in _parted(typed, words)
    ]
    differences = tuple((" ".join(left), _text(item.text, said[begin:end])) for left, begin, end in parts)
    lost = sum(weigh(word) for left, _, _ in parts for word in left)
    between = sum(weigh(word) for _, begin, end in parts for word in real[begin:end])
    kept = sum(map(weigh, typed)) - lost
    shared = sum(carries(word) for word in words if word in typed)
    exact = not parts and words == [word for word, _, _ in said[first:last]]
    exact = exact and (len(typed) >= _FEWEST or all(carries(word) for word in typed))
    words_kept = 1 - sum(len(left) for left, _, _ in parts) / len(typed)
    similarity = 1.0 if exact else sqrt(kept / (kept + lost + between / 2) * words_kept)
    if shared < _TELLING and not exact:
        similarity /= 2
    begin, end = said[first][1], said[last - 1][2]
    return Alignment(item, similarity, item.text[begin:end], begin, end, exact, differences)


def likeliest(asked: str, passages: Iterable[Passage], most: int) -> list[Passage]:
    """Choose the passages worth aligning: those that share the most pairs of neighbouring words."""
    wanted = set(pairwise(word for word, _, _ in spans(asked)))

    def shared(passage: Passage) -> int:
        return len(wanted.intersection(pairwise(fold(passage.text).split())))

    return nlargest(most, passages, key=shared)


def closest(typed: Alignment | None, meant: Alignment | None) -> Alignment | None:
    """Take the similarity of the corrected words where it is greater; differences are from what was typed."""
    if typed is None or meant is None:
        return typed or meant
    return replace(typed, similarity=max(typed.similarity, meant.similarity))


def likeness(found: Alignment) -> tuple[bool, float]:
    """Sort key for alignments, best last."""
    return found.exact, found.similarity


def _parted(typed: Sequence[str], real: Sequence[str]) -> list[Opcode]:
    """List where two sequences differ, keeping as many words as possible; adjoining changes become one."""
    steps = Indel.opcodes(typed, real)
    parted: list[Opcode] = []
    for step in steps:
        if step.tag == "equal":
            continue
        before = parted[-1] if parted else None
        if before and before.src_end == step.src_start and before.dest_end == step.dest_start:
            parted[-1] = Opcode("replace", before.src_start, step.src_end, before.dest_start, step.dest_end)
        else:
            parted.append(step)
    return parted


def _respelt(real: Sequence[str], typed: Sequence[str]) -> list[str]:
    """Replace each real word by the typed one that it nearly is, so that a slip does not break the alignment."""
    known = set(real)
    strange = [word for word in typed if word not in known and carries(word)]

    def nearest(word: str) -> str:
        likeness = {other: Indel.normalized_similarity(word, other, score_cutoff=_ALIKE) for other in strange}
        other = max(strange, key=lambda candidate: likeness[candidate], default=word)
        return other if likeness.get(other) else word

    return [nearest(word) if carries(word) else word for word in real] if strange else list(real)


def _window(typed: Sequence[str], real: Sequence[str]) -> tuple[int, int] | None:
    """Find the stretch of the real words that the typed ones fit best, as [first, last)."""
    for first in range(len(real) - len(typed) + 1 if typed else 0):
        if real[first] == typed[0] and real[first : first + len(typed)] == typed:
            return first, first + len(typed)
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
    begin, end = first + same[0].dest_start, first + same[-1].dest_end
    # A first or last word that is only much like the real one stands for it, too.
    if same[0].src_start == 1 and begin > 0 and _resemble(typed[0], real[begin - 1]):
        begin -= 1
    if same[-1].src_end == len(typed) - 1 and end < len(real) and _resemble(typed[-1], real[end]):
        end += 1
    return begin, end


def _resemble(typed: str, real: str) -> bool:
    return Indel.normalized_similarity(typed, real) >= _RESEMBLING


def _text(text: str, words: Sequence[tuple[str, int, int]]) -> str:
    return text[words[0][1] : words[-1][2]] if words else ""
