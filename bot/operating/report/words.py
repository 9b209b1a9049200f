"""The wording that all forms of the report share: outcomes, places, days, shares.

Plain text without markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.operating.report.values import OperatorReport
from bot.port.logbook import AskedIn, Outcome
from bot.port.wording import counted, long_date, often, share

OUTCOMES: Final = {
    Outcome.FOUND: "found",
    Outcome.FACT: "facts",
    Outcome.QUOTE_CHECK: "quotations checked",
    Outcome.UNSURE: "not sure",
    Outcome.NOT_FOUND: "not found",
}
NOTHING_ASKED: Final = "Nobody has asked anything yet."
NO_GAPS: Final = "Every question was answered."
FORGOTTEN: Final = "(the question is no longer known)"

_PLATFORMS: Final = {"discord": "Discord", "slack": "Slack"}
_PLACES: Final = 3


def period(report: OperatorReport) -> str:
    """Name the days that a report covers."""
    first, last = report.days[0].day, report.days[-1].day
    return long_date(last) if first == last else f"{long_date(first)} to {long_date(last)}"


def summary(report: OperatorReport) -> str:
    """Say in a sentence how questions were answered."""
    if report.share is None:
        return NOTHING_ASKED
    return f"{counted(report.questions, 'question')}, {share(report.share)} answered."


def asked(count: int, last: datetime) -> str:
    """Say how often something was asked, and when it last was."""
    when = day(last.date())
    return f"once, on {when}" if count == 1 else f"{often(count)}, last on {when}"


def day(day: date) -> str:
    """Write a day without its year."""
    return f"{day.day} {day:%B}"


def places(places: Sequence[AskedIn]) -> str:
    """Name places by their ids, which managers can look up in the platform."""
    named = [_place(place) for place in places[:_PLACES]]
    more = len(places) - len(named)
    return "; ".join(named) + (f"; and {more:,} more" if more else "")


def _place(place: AskedIn) -> str:
    where = f"channel {place.channel}" if place.channel else "a private channel or view"
    server = f" of {place.server}" if place.server else ""
    return f"{_PLATFORMS.get(place.platform, place.platform)}, {where}{server}"
