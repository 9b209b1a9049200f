"""What a month of questions may leave behind, for tests of the report and for its picture."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from bot.port.logbook import Asked, AskedIn, Missed, Outcome, Questions, Records, Subject, Vote

TODAY = date(2026, 3, 31)
HERE, THERE = AskedIn("discord", "1002", "2001"), AskedIn("slack", "T024BE7LD", "C0G9QF9GZ")

VAIN = (
    ("how do I cook rice?", 6, "Boiling water"),
    ("rice cooking tips", 4, "Boiling water"),
    ("what did they say about cooking rice?", 3, None),
    ("quantum computing", 5, "Compute"),
    ("quantum computers, any thoughts?", 2, "Compute"),
    ("is there a discount code for the sponsor", 3, None),
    ("<script>alert('who is the guest')</script>", 1, None),
    ("green tea benefits", 2, "Oolong"),
)
SUBJECTS = (("Scaling laws", 61), ("Compute", 48), ("Open source AI", 33), ("Agents", 21), ("China", 14), ("AGI", 9))


def month() -> Records:
    """Thirty days, the same each time."""
    random = Random(7)
    missed = [
        Missed(words, _at(number + len(words) % 9), (HERE, THERE)[number % 2], Outcome.NOT_FOUND, near)
        for words, often, near in VAIN
        for number in range(often)
    ]
    asked = [
        Questions(TODAY - timedelta(days=ago), outcome, random.randint(most // 3, most))
        for ago in reversed(range(30))
        if ago % 7  # nobody asks on that day
        for outcome, most in zip(Outcome, (16, 8, 5, 4, 5), strict=True)
    ]
    votes = [Vote(number % 5 != 0, _at(number % 20), HERE, f"question number {number}") for number in range(24)]
    votes.append(Vote(useful=False, at=_at(25), place=THERE))
    subjects = (Asked(Subject(f"lex-494/topic/{count}", title), count) for title, count in SUBJECTS)
    return Records(
        TODAY,
        30,
        tuple(sorted(missed, key=lambda each: each.at, reverse=True)),
        tuple(asked),
        tuple(subjects),
        tuple(votes),
    )


def _at(ago: int) -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) - timedelta(days=ago)
