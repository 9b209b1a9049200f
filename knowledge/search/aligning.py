"""Aligns two sequences of words: where one fits into the other, in which steps they differ, and whether they disagree.

Works on the parts of `compared_words`; what the differences say about a quotation is decided in `quotations`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final, TypeAlias

from rapidfuzz.distance import Indel, Opcode
from rapidfuzz.fuzz import partial_ratio_alignment
from rapidfuzz.process import extract

from knowledge.search import rarity
from knowledge.search.inflection import bases, inflected_alike
from knowledge.search.numbers import is_count, is_number, numbers
from knowledge.search.words import carries, is_first_person, negates, reported_as

Step: TypeAlias = Opcode
"""Where two sequences differ: `src` is in the typed words, `dest` in the real ones."""

_ALIKE: Final = 0.8
"""Minimum similarity in letters of two words that are the same one misremembered ("scale", "scales")."""
_SLIP: Final = 0.6
"""Minimum similarity of a word typed by mistake for another ("tklk", "talk")."""
_RESEMBLING: Final = 0.5
"""Minimum similarity of a first or last word that may be meant for another ("toobs", "tubes")."""
_MARGIN: Final = 4
"""Words around the best window of equal length that may belong to it."""
_MOVED: Final = 2
"""Distance in words that a negation may move and still deny the same thing."""
_JOINS: Final = frozenset({"and", "but", "or"})
_REMEMBERED: Final = 20_000
"""Words for which we cache whether they may be slips."""


def window(typed: Sequence[str], real: Sequence[str]) -> tuple[int, int] | None:
    """Find the window [first, last) of the real words that the typed ones fit best."""
    at = within(typed, real)
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
        at = within(lost[:length], real[first:before]) if any(map(carries, lost[:length])) else None
        if at is not None:
            return first + at
    return None


def _are_numbers(words: Sequence[str]) -> bool:
    return bool(words) and all(map(is_number, words))


def _tight(same: Sequence[Step], typed: Sequence[str], real: Sequence[str]) -> int:
    """Return where a window begins: a lone first word counts at its last place before the others."""
    begin = same[0].dest_start
    if len(same) == 1 or same[0].src_end - same[0].src_start > 1:
        return begin
    before = range(same[1].dest_start - 1, begin, -1)
    return next((at for at in before if real[at] == typed[same[0].src_start]), begin)


def _resemble(typed: str, real: str) -> bool:
    return Indel.normalized_similarity(typed, real) >= _RESEMBLING


def within(typed: Sequence[str], real: Sequence[str]) -> int | None:
    """Return the index at which the real words contain the typed ones in a row; None if nowhere."""
    for first in range(len(real) - len(typed) + 1 if typed else 0):
        if real[first] == typed[0] and real[first : first + len(typed)] == typed:
            return first
    return None


def steps(typed: Sequence[str], real: Sequence[str], first: int, last: int) -> list[Step]:
    """Return where the real words [first, last) differ, keeping as many as possible; adjacent changes are merged."""
    changes = (step for step in Indel.opcodes(typed, real[first:last]) if step.tag != "equal")
    parted: list[Step] = []
    for step in changes:
        before = parted[-1] if parted else None
        if before and before.src_end == step.src_start and before.dest_end == step.dest_start:
            parted[-1] = Step("replace", before.src_start, step.src_end, before.dest_start, step.dest_end)
        else:
            parted.append(step)
    return [Step(o.tag, o.src_start, o.src_end, o.dest_start + first, o.dest_end + first) for o in parted]


def respelt(real: Sequence[str], typed: Sequence[str]) -> list[str]:
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


def unsaid(typed: Sequence[str], real: Sequence[str], steps: Sequence[Step]) -> list[str]:
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


def miscounts(typed: Sequence[str], real: Sequence[str], steps: Sequence[Step], unsaid: Sequence[str]) -> bool:
    """Tell whether a typed number is a different one in the real words, or not there at all."""
    for step in steps:
        said = numbers(real[step.dest_start : step.dest_end])
        if said and numbers(typed[step.src_start : step.src_end]) not in ([], said):
            return True
    lacking = any(map(is_number, unsaid))
    return lacking and not set(filter(is_count, numbers(typed))) <= set(numbers(real))


def opposes(typed: Sequence[str], real: Sequence[str], steps: Sequence[Step]) -> bool:
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


def _denies_another(step: Step, real: Sequence[str]) -> bool:
    """Tell whether added words deny something else: "decisions are made or not objected to out of fear"."""
    joins, *denied = real[step.dest_start : step.dest_end] or [""]
    return (
        step.src_start == step.src_end
        and joins in _JOINS
        and bool(denied)
        and negates(denied[0])
        and any(carries(word) for word in denied if not negates(word))
    )
