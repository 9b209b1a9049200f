"""The shipped episode: accuracy on the question bank, milliseconds per answer, and the start of a process."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from statistics import median
from time import perf_counter

from benchmarks import speed
from bot.operating.opening import open_assistant
from tests.bank import marking

_STARTS = 11


def report() -> None:
    """Print quality and speed on the bank in one process, and the start time of new ones."""
    assistant = open_assistant()
    print("\nThe shipped episode")
    for path in (marking.QUESTIONS, marking.HELD_OUT):
        marks = asyncio.run(marking.mark({marking.SHIPPED: assistant}, marking.read(path)))
        share, false = marking.right(marks), marking.answered_unanswerable(marks)
        print(f"  {path.stem:12} {len(marks)} entries, {share:.1%} right, {false:.1%} of the unanswerable ones found")
    asked = [turn.ask for entry in marking.read(marking.QUESTIONS) for turn in entry.turns]
    speed.report("an answer", speed.answered(assistant, asked))
    print(f"  new process to first answer                  p50 {median(_start() for _ in range(_STARTS)):.0f} ms")


def _start() -> float:
    began = perf_counter()
    subprocess.run([sys.executable, "-m", "bot", "ask", "what about scaling laws"], check=True, capture_output=True)
    return (perf_counter() - began) * 1000
