"""Compiles a report's values from the records of some days.

Pure, and without wording, which is up to `lines.py`, `page.py` and `table.py`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from bot.operating.report.gaps import Gap, gaps
from bot.port.logbook import Asked, Outcome, Records, Vote
from knowledge.search.meaning import Meanings


@dataclass(frozen=True, slots=True)
class Day:
    """The questions of one day, in UTC."""

    day: date
    answered: int
    unanswered: int

    @property
    def questions(self) -> int:
        """The number of all questions."""
        return self.answered + self.unanswered


@dataclass(frozen=True, slots=True)
class OperatorReport:
    """What the operator may want to know about questions and answers.

    Attributes:
        days: every day of the period, oldest first, including those without questions.
        outcomes: the number of questions with each outcome.
        gaps: most frequent first.
        subjects: most frequent first.
        votes: newest first.
    """

    days: tuple[Day, ...]
    outcomes: tuple[tuple[Outcome, int], ...]
    gaps: tuple[Gap, ...]
    subjects: tuple[Asked, ...]
    votes: tuple[Vote, ...]

    @property
    def questions(self) -> int:
        """The number of all questions."""
        return sum(day.questions for day in self.days)

    @property
    def share(self) -> float | None:
        """The share of answered questions, 0 to 1; None if there were no questions."""
        return sum(day.answered for day in self.days) / self.questions if self.questions else None

    @property
    def useful(self) -> int:
        """The number of votes for “helpful”."""
        return sum(vote.useful for vote in self.votes)


def compiled(records: Records, meanings: Meanings) -> OperatorReport:
    """Compile a report."""
    answered: Counter[date] = Counter()
    unanswered: Counter[date] = Counter()
    outcomes: Counter[Outcome] = Counter()
    for each in records.questions:
        (answered if each.outcome.answered else unanswered)[each.day] += each.count
        outcomes[each.outcome] += each.count
    days = (records.today - timedelta(days=ago) for ago in reversed(range(records.days)))
    return OperatorReport(
        tuple(Day(day, answered[day], unanswered[day]) for day in days),
        tuple((outcome, outcomes[outcome]) for outcome in Outcome),
        gaps(records.missed, meanings),
        records.subjects,
        records.votes,
    )
