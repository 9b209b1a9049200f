"""Writes a report as plain text: in full for the terminal, in short for a channel.

Pure. People's words are quoted unescaped; the code that shows the lines makes them safe.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.operating.report import words
from bot.operating.report.gaps import Gap
from bot.operating.report.values import Day, OperatorReport
from bot.port.wording import counted, share

_GAPS: Final = 10
_SUBJECTS: Final = 10
_RATED: Final = 5
_BARS: Final = "▁▂▃▄▅▆▇█"
_DIGEST_ITEMS: Final = 5
_EXAMPLE_LENGTH: Final = 200
_INDENT: Final = " " * 9


def lines(report: OperatorReport) -> Iterator[str]:
    """Write a report, one paragraph or list item at a time."""
    yield f"{words.period(report)}. {words.summary(report)}"
    if report.questions:
        yield f"Questions per day: {_bars(report.days)}"
        yield "Answers: " + ", ".join(f"{count:,} {words.OUTCOMES[each]}" for each, count in report.outcomes if count)
        yield from _gaps(report)
    if report.subjects:
        yield "What answers were about:"
        yield from (f"  {each.count:>5,}  {each.subject.label}" for each in report.subjects[:_SUBJECTS])
    yield from _votes(report)


def digest(report: OperatorReport) -> str:
    """Write a short report for a channel: what was asked, and what was not answered."""
    # There may be no question but gaps and votes: older versions counted questions without their server, and votes may
    # be on answers of earlier weeks.
    numbers = f": {words.summary(report)}" if report.questions or not (report.gaps or report.votes) else ""
    written = [f"Overheard, {words.period(report)}{numbers}"]
    if report.gaps:
        written.append("Asked and not answered:")
        written += [f"• “{_example(gap)}” ({words.asked(gap.count, gap.last)})" for gap in report.gaps[:_DIGEST_ITEMS]]
    if report.subjects:
        named = ", ".join(f"{each.subject.label} ({each.count:,})" for each in report.subjects[:_DIGEST_ITEMS])
        written.append(f"Most asked about: {named}")
    if report.votes:
        written.append(_verdict(report))
    return "\n".join(written)


def _gaps(report: OperatorReport) -> Iterator[str]:
    if not report.gaps:
        yield words.NO_GAPS
        return
    yield "Asked and not answered:"
    for gap in report.gaps[:_GAPS]:
        yield f"  {gap.count:>5,}  “{_example(gap)}”"
        yield from (f"{_INDENT}“{each[:_EXAMPLE_LENGTH]}”" for each in gap.examples[1:])
        near = f"; nearest: {gap.nearest[:_EXAMPLE_LENGTH]}" if gap.nearest else ""
        yield f"{_INDENT}{words.asked(gap.count, gap.last)}{near}"
        yield f"{_INDENT}{words.places(gap.places)}"
    if len(report.gaps) > _GAPS:
        yield f"And {len(report.gaps) - _GAPS:,} more: --html or --csv has them all."
    yield 'To fill one: overheard fill "QUESTION" EPISODE TIME'


def _votes(report: OperatorReport) -> Iterator[str]:
    if not report.votes:
        return
    yield _verdict(report)
    unhappy = [vote for vote in report.votes if not vote.useful]
    if unhappy:
        yield "Not helpful, latest first:"
        yield from (
            f"  “{vote.words[:_EXAMPLE_LENGTH]}”" if vote.words else f"  {words.FORGOTTEN}" for vote in unhappy[:_RATED]
        )


def _verdict(report: OperatorReport) -> str:
    return f"{counted(len(report.votes), 'vote')}, {share(report.useful / len(report.votes))} helpful."


def _example(gap: Gap) -> str:
    return gap.examples[0][:_EXAMPLE_LENGTH]


def _bars(days: tuple[Day, ...]) -> str:
    """Draw one block per day, a dot if there were no questions."""
    most = max(day.questions for day in days)
    return "".join(_BARS[(len(_BARS) - 1) * each.questions // most] if each.questions else "·" for each in days)
