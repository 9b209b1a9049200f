"""Rate limits for members and channels.

Only counts, by a given clock; adapters word the refusals.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.port.forgetting import belongs_to
from bot.port.seen import Recent

_REMEMBERED = 10_000
"""Maximum number of members, and of channels, to remember; drops the least recently active first."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A burst of questions, refilled evenly over a time."""

    questions: int
    per: timedelta

    def __post_init__(self) -> None:
        if self.questions < 1 or self.per <= timedelta():
            raise ValueError(f"a rate needs at least one question and some time, not {self.questions} per {self.per}")

    @property
    def interval(self) -> float:
        """Seconds after which one more question is allowed."""
        return self.per.total_seconds() / self.questions

    @property
    def tolerance(self) -> float:
        """Seconds by which a burst may be ahead of the even rate."""
        return self.per.total_seconds() - self.interval


PER_MEMBER = Rate(10, timedelta(minutes=1))
"""Default limit of a member: more than a person can read, less than a script would ask."""

PER_CHANNEL = Rate(60, timedelta(minutes=1))


class RateLimiter:
    """Admits questions by the generic cell rate algorithm (ITU-T I.371): one number per member and channel.

    Not thread-safe; memory is bounded.
    """

    def __init__(self, per_member: Rate, per_channel: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._members = _Buckets(per_member)
        self._channels = _Buckets(per_channel)
        self._clock = clock

    async def admit(self, member: str, channel: str) -> timedelta | None:
        """Count a question, or return how long to wait; a refused question isn't counted."""
        now = self._clock()
        wait = max(self._members.wait(member, now), self._channels.wait(channel, now))
        if wait > 0:
            return timedelta(seconds=wait)
        self._members.take(member, now)
        self._channels.take(channel, now)
        return None

    async def forget(self, person: str) -> None:
        """Delete a person's counts."""
        self._members.forget(person)
        self._channels.forget(person)


class _Buckets:
    """When each name's bucket would be full again, as seconds of the clock (the theoretical arrival time)."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._full_at: Recent[str, float] = Recent(_REMEMBERED)

    def wait(self, name: str, now: float) -> float:
        return max(0.0, self._full_at.get(name, now) - self._rate.tolerance - now)

    def take(self, name: str, now: float) -> None:
        self._full_at[name] = max(now, self._full_at.get(name, now)) + self._rate.interval

    def forget(self, person: str) -> None:
        for name in [name for name in self._full_at if belongs_to(name, person)]:
            del self._full_at[name]
