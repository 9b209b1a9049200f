"""What storing state adds to a question: in memory only, in SQLite, and in PostgreSQL.

Covers all that a message in a thread needs: claim, rate limit, recall, answer, store, done. No platform is involved.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from datetime import timedelta
from itertools import cycle, islice

from sqlalchemy import make_url

from bot.operating.opening import open_assistant
from bot.port.limits import Rate
from bot.port.messages import Assistant, ConversationId, Question
from bot.port.state import State
from bot.state.database import Database
from bot.state.stored import StoredState
from tests.fakes.postgres import postgres

_TALK = ("what did they say about scaling laws?", "tell me more", "who is the guest?", "random quote", "another one")
_QUESTIONS = 300
_ROUNDS = 5
_PLENTY = Rate(1_000_000, timedelta(minutes=1))


async def _asked(state: State, assistant: Assistant, round: str) -> list[float]:
    """Ask questions one at a time; return the milliseconds for each."""
    times = []
    limits = state.limits(_PLENTY, _PLENTY)
    for number, words in enumerate(islice(cycle(_TALK), _QUESTIONS)):
        thread = number // len(_TALK)
        name = f"slack/message/{round}/{number}"
        started = time.perf_counter()
        await state.deliveries.claim(name, f'{{"event": "{words}"}}'.ljust(1_000))
        await limits.admit(f"slack/T1/U{thread % 40}", f"slack/T1/C{thread % 10}")
        await assistant.ask(Question(words, conversation=ConversationId(f"slack/T1/C1/{thread}")))
        await state.deliveries.done(name)
        times.append((time.perf_counter() - started) * 1000)
    return times


async def _measure() -> None:
    with tempfile.TemporaryDirectory() as folder, postgres() as server:
        memory, sqlite, postgresql = (
            State(),
            StoredState(Database(make_url(f"sqlite:///{folder}/state.db"))),
            StoredState(Database(make_url(server))),
        )
        states: dict[str, tuple[State, Assistant]] = {
            "memory alone": (memory, open_assistant()),
            "SQLite": (sqlite, open_assistant(notes=sqlite.notes)),
            "PostgreSQL": (postgresql, open_assistant(notes=postgresql.notes)),
        }
        async with sqlite.opened(), postgresql.opened():
            for state, assistant in states.values():
                await _asked(state, assistant, "warm")  # the first answers load what is only loaded once
            # Alternating, so that other load on the machine affects each of them equally.
            times: dict[str, list[float]] = {name: [] for name in states}
            for round in range(_ROUNDS):
                for name, (state, assistant) in states.items():
                    times[name] += await _asked(state, assistant, str(round))
    base = times["memory alone"]
    for name, each in times.items():
        # Pairwise by question: some take ten times as long as others, so medians over all say little.
        more = statistics.median(kept - alone for kept, alone in zip(each, base, strict=True))
        p95 = statistics.quantiles(each, n=20)[-1]
        print(f"  {name}: {statistics.median(each):.2f} ms a question, p95 {p95:.2f} ms; {more:+.2f} ms at the median")


def run() -> None:
    """Measure and print."""
    print("A question, with all that is kept of it")
    asyncio.run(_measure())


if __name__ == "__main__":
    run()
