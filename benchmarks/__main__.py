"""Prints every figure in one run: finding the passage, saying "I don't know", and speed."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import confidence, ranking, shipped, speed
from benchmarks.data import Meetings
from bot.answering.lookup import FOUND
from knowledge.model import Scope

_DATA: Final = Path("../shared/eval")


def main() -> int:
    """Measure on the shipped episode and the development sets; of those `val` is reported, `train` was tuned on."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _DATA
    shipped.report()
    if not (folder / "qmsum/meetings.jsonl.gz").exists():
        print(f"No development sets in {folder}; name their folder: python -m benchmarks FOLDER", file=sys.stderr)
        return 2
    meetings = Meetings.load(folder)
    ranking.report(meetings, "val")
    confidence.report(meetings, "val", FOUND)
    print("\nSpeed of the search over meetings")
    asks = [partial(meetings.search.find, q.text, scope=Scope(q.meeting)) for q in meetings.asked("val")]
    speed.report(f"a question within one of {len(meetings.said)} meetings", speed.timed(asks))
    anywhere = [partial(meetings.search.find, q.text) for q in meetings.asked("val")]
    speed.report("a question over all of them", speed.timed(anywhere))
    # In a process of its own: the memory of the ones it starts would be counted from what this one holds.
    return subprocess.run([sys.executable, "-m", "benchmarks.scale"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
