"""How well confidence separates answerable from unanswerable questions, and how well it is calibrated.

Measured on libraries of every size: one meeting or episode, dozens, hundreds, thousands. Both kinds weigh the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean
from typing import Final

from benchmarks.data import Asked, Library, misspelt
from bot.understanding.manner import manner
from knowledge.model import EVERYWHERE, Passage, Scope

_FALSE: Final = (0.02, 0.03, 0.05)
_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Trial:
    """Questions to one library; with `inside`, each is asked within its own episode."""

    name: str
    library: Library
    answered: Sequence[Asked]
    unanswered: Sequence[Asked]
    inside: bool


def report(trials: Iterable[Trial], found_at: float) -> None:
    """Print the ROC AUC, the shares found, and a reliability table of ten bins."""
    print(f"\nSaying 'I don't know' (found: confidence of {found_at:.2f} and more)")
    for trial in trials:
        answered = [_sure(trial, asked, asked.text) for asked in trial.answered]
        slips = [_sure(trial, asked, misspelt(asked.text, asked.text)) for asked in trial.answered]
        off = [_sure(trial, asked, asked.text) for asked in trial.unanswered]
        rates = ", ".join(f"{_share(answered, _cut(off, f)):.0%} at {f:.0%}" for f in _FALSE)
        print(
            f"  {trial.name:14} ROC area {area(answered, off):.3f}; found {_share(answered, found_at):.1%}"
            f" (misspelt {_share(slips, found_at):.1%}), off topic {_share(off, found_at):.1%};"
            f" could find {rates} false; calibration error {_error(answered, off):.3f}"
        )
        print(f"  {'':14} {_reliability(answered, off)}")


def area(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the ROC AUC: the probability that a positive ranks above a negative, ties counting half."""
    ordered = sorted(negative)
    return mean((bisect_left(ordered, p) + bisect_right(ordered, p)) / 2 for p in positive) / len(ordered)


def _sure(trial: Trial, asked: Asked, text: str) -> float:
    scope = Scope(asked.episode) if trial.inside else EVERYWHERE
    return trial.library.search.find(text, manner=manner(text), scope=scope, kinds=(Passage,)).confidence


def _bins(positive: Sequence[float], negative: Sequence[float]) -> list[tuple[float, float, float]]:
    """Return for each non-empty bin its share of all, the mean confidence and the share answered."""
    edges = [*(step / _BINS for step in range(_BINS)), 1.01]
    found = []
    for low, high in pairwise(edges):
        right = [p for p in positive if low <= p < high]
        wrong = [n for n in negative if low <= n < high]
        yes, no = len(right) / len(positive), len(wrong) / len(negative)
        if yes + no:
            said = (sum(right) / len(positive) + sum(wrong) / len(negative)) / (yes + no)
            found.append(((yes + no) / 2, said, yes / (yes + no)))
    return found


def _error(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the expected calibration error (Naeini et al. 2015)."""
    return sum(share * abs(said - so) for share, said, so in _bins(positive, negative))


def _reliability(positive: Sequence[float], negative: Sequence[float]) -> str:
    return "said -> was so: " + " ".join(f"{said:.2f}->{so:.2f}" for _, said, so in _bins(positive, negative))


def _cut(negative: Sequence[float], false: float) -> float:
    return sorted(negative, reverse=True)[int(len(negative) * false)] + 1e-12


def _share(values: Sequence[float], least: float) -> float:
    return mean(value >= least for value in values)
