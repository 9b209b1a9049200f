"""Brings topics, quotes and passages into one order, with a confidence that means something.

Reads what the index found and weighs it; the numbers that turn evidence into a confidence are in confidence.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.model import Item
from knowledge.search.index import Match
from knowledge.search.spelling import Understood

_SPREAD: Final = (0.7, 0.5, 0.3, 0.2, 0.1)
"""What a passage is given of the scores of those one, two, three ... places before and after it: the host's question
and the guest's answer belong together."""
_CROWDING: Final = (0.5, 0.6, 0.7, 0.8, 0.9)
"""What is left of the score of passages so near to one already listed: ten passages in a row are one place."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.

    Attributes:
        score: for comparing hits of one ranking that are of one kind; no unit.
        confidence: 0 to 1, how likely this answers the question; never more than that of a hit before it.
    """

    item: Item
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a library has on a question.

    Attributes:
        understood: the question with its spelling mended.
        hits: best first.
        confidence: 0 to 1, how likely the library answers the question at all.
    """

    understood: Understood
    hits: tuple[Hit, ...]
    confidence: float


def order(matches: Sequence[Match], limit: int) -> list[Match]:
    """Put passages in order, each with its neighbours in mind; scores are the new ones."""
    near = _spread(matches)
    by_place = {match.place: match for match in matches}
    chosen: list[Match] = []
    while near and len(chosen) < limit:
        place = max(near, key=near.__getitem__)
        match = by_place[place]
        chosen.append(Match(match.address, place, near.pop(place)))
        for steps, left in enumerate(_CROWDING, 1):
            for beside in (place - steps, place + steps):
                if beside in near:
                    near[beside] *= left
    return chosen


def _spread(matches: Sequence[Match]) -> dict[int, float]:
    own = {match.place: match.score for match in matches}
    return {place: score + _from_neighbours(own, place) for place, score in own.items()}


def _from_neighbours(own: Mapping[int, float], place: int) -> float:
    return sum(
        share * (own.get(place - steps, 0.0) + own.get(place + steps, 0.0)) for steps, share in enumerate(_SPREAD, 1)
    )
