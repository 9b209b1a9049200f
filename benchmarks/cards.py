"""How long drawing a card takes, for short, long and too long quotes in both shapes: `python -m benchmarks.cards`."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from adapters.pictures.drawing import draw_evidence
from benchmarks.speed import report, timed
from bot.port.cards import Shape
from bot.port.messages import Episode, EpisodeId, Evidence, EvidenceKind, ItemId

_TIMES = 40
_SHORT = "Learn it for the taste, even if you never sell a leaf."
_LONG = (
    "I think that the kettle is the thing that people are afraid of, and then they use it for a month and they "
    "come back to whatever they were drinking before and they notice all of the places where they were holding their "
    "breath. That's what a good tool does: it doesn't make you faster on the first day, it makes you calmer on the "
    "hundredth."
)
QUOTATIONS = {"short": _SHORT, "long": _LONG, "too long": _LONG * 5}


def evidence(words: str) -> Evidence:
    """Return a quote as an answer shows it."""
    episode = Episode(
        EpisodeId("leaves-and-water-42"),
        "Why oolong is neither green nor black, and other questions",
        "Leaves and Water",
        "the transcript",
        number="42",
        published=date(2021, 2, 1),
    )
    return Evidence(
        ItemId("leaves-and-water-42/passage/1"),
        EvidenceKind.PASSAGE,
        words,
        episode,
        "the transcript",
        0.9,
        speaker="Ada Ford",
        start=timedelta(minutes=54, seconds=12),
    )


def main() -> None:
    """Print the times; if given a folder, save the pictures there."""
    print("Drawing a card")
    for shape in Shape:
        for name, words in QUOTATIONS.items():
            work = partial(draw_evidence, evidence(words), shape)
            report(f"{name}, {shape.name.lower()}", timed([work] * _TIMES))
            drawn = work()
            if len(sys.argv) > 1 and isinstance(drawn, bytes):
                (Path(sys.argv[1]) / f"{name}-{shape.name.lower()}.png").write_bytes(drawn)


if __name__ == "__main__":
    main()
