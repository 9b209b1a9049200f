"""What is done once, and again where it failed."""

from __future__ import annotations

import logging

import pytest

from bot.port.errands import Errands
from bot.port.errors import StateAwayError


class Errand:
    """Fails as it is told to, and counts."""

    def __init__(self, *, ours: bool = True, fails: int = 0, unnoted: int = 0) -> None:
        self.ours, self.fails, self.unnoted = ours, fails, unnoted
        self.done = self.noted = 0

    async def claim(self) -> bool:
        return self.ours

    async def act(self) -> None:
        self.fails -= 1
        if self.fails >= 0:
            raise OSError("nobody there")
        self.done += 1

    async def finish(self) -> None:
        self.unnoted -= 1
        if self.unnoted >= 0:
            raise StateAwayError
        self.noted += 1

    async def run(self, errands: Errands, times: int) -> list[bool]:
        return [await errands.settled("it", claim=self.claim, act=self.act, finish=self.finish) for _ in range(times)]


async def test_what_is_another_s_turn_is_left_to_it() -> None:
    errand = Errand(ours=False)

    assert await errand.run(Errands(), 1) == [False]
    assert errand.done == 0


async def test_what_failed_is_done_the_next_time_and_complained_about_once(caplog: pytest.LogCaptureFixture) -> None:
    errand = Errand(fails=2)

    assert await errand.run(Errands(), 3) == [False, False, True]
    assert (errand.done, errand.noted) == (1, 1)
    assert [each.levelno for each in caplog.records] == [logging.ERROR]


async def test_what_was_done_and_could_not_be_noted_is_only_noted_later() -> None:
    errand = Errand(unnoted=1)

    assert await errand.run(Errands(), 2) == [False, True]
    assert (errand.done, errand.noted) == (1, 1)
