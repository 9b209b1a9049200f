"""What one member and one channel may ask, by a clock that stands still until it is told to move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.port.limits import Rate, RateLimiter

MINUTE = timedelta(minutes=1)
PLENTY = Rate(1_000, MINUTE)


@dataclass
class Clock:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def test_a_member_may_ask_so_many_questions_in_a_row_and_is_then_told_how_long_to_wait(clock: Clock) -> None:
    limiter = RateLimiter(Rate(3, MINUTE), PLENTY, clock)

    waits = [await limiter.admit("ann", "general") for _ in range(4)]

    assert waits == [None, None, None, timedelta(seconds=20)]


async def test_who_waits_as_long_as_told_may_ask_again(clock: Clock) -> None:
    limiter = RateLimiter(Rate(1, MINUTE), PLENTY, clock)
    await limiter.admit("ann", "general")

    clock.now += (await limiter.admit("ann", "general")).total_seconds()

    assert await limiter.admit("ann", "general") is None


async def test_one_member_who_asks_a_lot_holds_up_nobody_else(clock: Clock) -> None:
    limiter = RateLimiter(Rate(1, MINUTE), PLENTY, clock)
    await limiter.admit("ann", "general")

    assert await limiter.admit("ann", "general") is not None
    assert await limiter.admit("bob", "general") is None


async def test_a_busy_channel_waits_whoever_asks(clock: Clock) -> None:
    limiter = RateLimiter(PLENTY, Rate(2, MINUTE), clock)

    waits = [await limiter.admit(member, "general") for member in ("ann", "bob", "cem")]

    assert waits == [None, None, timedelta(seconds=30)]
    assert await limiter.admit("cem", "music") is None


async def test_a_refused_question_uses_up_nothing(clock: Clock) -> None:
    limiter = RateLimiter(Rate(1, MINUTE), Rate(2, MINUTE), clock)
    await limiter.admit("ann", "general")
    for _ in range(50):
        await limiter.admit("ann", "general")

    assert await limiter.admit("bob", "general") is None


async def test_ever_more_members_do_not_fill_the_memory(clock: Clock) -> None:
    limiter = RateLimiter(Rate(1, MINUTE), Rate(1_000_000, MINUTE), clock)
    for number in range(20_000):
        await limiter.admit(f"member {number}", "general")

    assert len(limiter._members._full_at) == 10_000
    assert await limiter.admit("member 19999", "general") is not None


@pytest.mark.parametrize("rate", [(0, MINUTE), (-1, MINUTE), (1, timedelta()), (1, -MINUTE)])
def test_a_rate_that_admits_nothing_is_refused(rate: tuple[int, timedelta]) -> None:
    with pytest.raises(ValueError, match="a rate needs"):
        Rate(*rate)


@given(
    questions=st.integers(1, 20),
    gaps=st.lists(st.floats(0, 30, allow_nan=False), min_size=1, max_size=100),
)
async def test_no_stretch_of_time_ever_admits_more_than_twice_the_rate(questions: int, gaps: list[float]) -> None:
    clock = Clock()
    limiter = RateLimiter(Rate(questions, MINUTE), Rate(10_000, MINUTE), clock)
    admitted = []
    for gap in gaps:
        clock.now += gap
        if await limiter.admit("ann", "general") is None:
            admitted.append(clock.now)

    for first in admitted:
        assert sum(first <= moment < first + 60 for moment in admitted) <= 2 * questions
