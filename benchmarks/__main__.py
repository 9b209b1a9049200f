"""Prints all results in one run: finding the passage, saying "I don't know", and speed."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import confidence, data, ranking, shipped, speed
from benchmarks.confidence import Trial
from benchmarks.data import Asked, Library
from benchmarks.ranking import Task
from bot.answering.thresholds import FOUND
from knowledge.model import EpisodeId, Scope

_SEED: Final = 10
_DRAWN: Final = 500
"""Number of off-topic questions, and of podcast questions whose confidence is measured."""


def main() -> int:
    """Measure on the shipped episode and the development sets; reports `val`, since `train` was learned from."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else data.SHARED
    shipped.report()
    if not data.there(shared):
        print(f"No development sets in {shared}; name their folder: python -m benchmarks FOLDER", file=sys.stderr)
        return 2
    meetings, podcasts = data.meetings(shared, "val"), data.podcasts(shared, "val")
    everything = Library({**podcasts.said, **data.podcasts(shared, "train").said}, podcasts.questions)
    ranking.report(tasks(meetings, podcasts))
    ranking.report_seen("listeners' questions", podcasts, data.listeners(shared, "val"))
    confidence.report(trials(meetings, podcasts, everything, data.off_topic(shared, "val")), FOUND)
    print("\nSpeed of the search")
    for name, library in {"meetings": meetings, "podcasts": podcasts, "episodes": everything}.items():
        asks = [partial(library.search.find, q.text, scope=Scope(q.episode)) for q in library.questions]
        speed.report(f"a question within one of {len(library.said)} {name}", speed.timed(asks))
        anywhere = [partial(library.search.find, q.text) for q in library.questions]
        speed.report("a question over all of them", speed.timed(anywhere))
    # In a process of its own: memory of the processes it starts would otherwise include this one's.
    return subprocess.run([sys.executable, "-m", "benchmarks.scale"], check=False).returncode


def tasks(meetings: Library, podcasts: Library) -> Iterator[Task]:
    """Yield the tasks in which passages must be found."""
    for kind in ("specific", "topic"):
        asked = [question for question in meetings.questions if question.kind == kind]
        yield Task(f"in the meeting, {kind}", meetings, asked, inside=True)
    yield Task(f"over {len(podcasts.said)} episodes", podcasts, podcasts.questions, inside=False)
    yield Task("in the episode", podcasts, podcasts.questions, inside=True)
    yield Task("in the episode, in other words", podcasts, data.paraphrases("val"), inside=True, slips=False)
    asked = data.stretches_asked_for("val")
    for kind in data.STRETCHES:
        of_kind = [question for question in asked if question.kind == kind]
        yield Task(f"in the episode, {kind}s", podcasts, of_kind, inside=True, slips=False)
        yield Task(f"over {len(podcasts.said)} episodes, {kind}s", podcasts, of_kind, inside=False, slips=False)


def trials(meetings: Library, podcasts: Library, everything: Library, off_topic: Sequence[str]) -> Iterator[Trial]:
    """Yield answerable and unanswerable questions to libraries of several sizes."""
    chance = random.Random(_SEED)
    spoken = chance.sample(podcasts.questions, _DRAWN)
    drawn = chance.sample(off_topic, _DRAWN)

    def placed(library: Library) -> list[Asked]:
        ids = list(library.said)
        return [Asked(text, chance.choice(ids), "off topic", frozenset()) for text in drawn]

    anywhere = [Asked(text, EpisodeId(""), "off topic", frozenset()) for text in drawn]
    yield Trial("one meeting", meetings, meetings.questions, placed(meetings), inside=True)
    yield Trial("one episode", podcasts, spoken, placed(podcasts), inside=True)
    yield Trial(f"{len(meetings.said)} meetings", meetings, meetings.questions, anywhere, inside=False)
    yield Trial(f"{len(podcasts.said)} episodes", podcasts, spoken, anywhere, inside=False)
    yield Trial(f"{len(everything.said)} episodes", everything, spoken, anywhere, inside=False)


if __name__ == "__main__":
    sys.exit(main())
