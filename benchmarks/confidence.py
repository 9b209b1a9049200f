"""How well confidence tells the questions that a meeting answers from those that none does, and what it means.

Half of the off-topic questions were seen when the confidence was fitted, in other meetings; the others are apart.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import mean
from typing import Final

from benchmarks.data import Meetings, misspelt
from knowledge.model import EpisodeId, Passage, Scope

_FALSE: Final = (0.01, 0.02, 0.05)
_BINS: Final = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.01)


def report(meetings: Meetings, split: str, found_at: float) -> None:
    """Print the area under the ROC curve, the rates at thresholds, and how often each confidence is right."""

    def sure(text: str, meeting: EpisodeId) -> float:
        return meetings.search.find(text, scope=Scope(meeting), kinds=(Passage,)).confidence

    asked = meetings.asked(split)
    places = sorted({question.meeting for question in asked})
    answered = [sure(question.text, question.meeting) for question in asked]
    slips = [sure(misspelt(question.text, question.text), question.meeting) for question in asked]
    seen = [sure(text, place) for text in meetings.off_topic[::2] for place in places]
    unseen = [sure(text, place) for text in meetings.off_topic[1::2] for place in places]
    print(f"\nSaying 'I don't know' (QMSum {split} against off-topic questions in the same {len(places)} meetings)")
    for name, off in {"all": seen + unseen, "unseen half": unseen}.items():
        rates = ", ".join(f"{_share(answered, _cut(off, f)):.0%} at {f:.0%}" for f in _FALSE)
        print(f"  {name:12} ROC area {area(answered, off):.3f}; answerable ones found at so many false: {rates}")
    off = seen + unseen
    print(
        f"  at {found_at:.2f}: found {_share(answered, found_at):.1%} of the answerable,"
        f" {_share(slips, found_at):.1%} of them misspelt, {_share(off, found_at):.1%} of the off-topic"
        f" ({_share(unseen, found_at):.1%} of the unseen)"
    )
    print("  reliability, both classes weighing the same: said -> was answerable")
    for low, high in pairwise(_BINS):
        held, wrong = _within(answered, low, high), _within(off, low, high)
        if held + wrong:
            print(f"    {low:.1f} to {min(high, 1):.1f} -> {held / (held + wrong):.2f}")


def area(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the area under the ROC curve: how often a positive ranks above a negative, ties counting half."""
    ordered = sorted(negative)
    return mean((bisect_left(ordered, p) + bisect_right(ordered, p)) / 2 for p in positive) / len(ordered)


def _cut(negative: Sequence[float], false: float) -> float:
    return sorted(negative, reverse=True)[int(len(negative) * false)] + 1e-12


def _share(values: Sequence[float], least: float) -> float:
    return mean(value >= least for value in values)


def _within(values: Sequence[float], low: float, high: float) -> float:
    return mean(low <= value < high for value in values)
