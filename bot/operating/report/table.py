"""Writes a report as a CSV table for spreadsheets.

Pure. A cell that a spreadsheet would interpret as a formula is turned into text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from bot.operating.report import words
from bot.operating.report.values import OperatorReport

HEAD: Final = ("kind", "words", "count", "last", "where", "nearest", "more examples")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def table(report: OperatorReport) -> str:
    """Write one row for each gap, day, subject and vote."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in _rows(report))
    return text.getvalue()


def _rows(report: OperatorReport) -> Iterator[Sequence[str]]:
    for gap in report.gaps:
        first, *others = gap.examples
        last = gap.last.isoformat(timespec="seconds")
        where = words.places(gap.places)
        yield "gap", first, str(gap.count), last, where, gap.nearest or "", " | ".join(others)
    for day in report.days:
        yield "answered", day.day.isoformat(), str(day.answered), "", "", "", ""
        yield "unanswered", day.day.isoformat(), str(day.unanswered), "", "", "", ""
    for each in report.subjects:
        yield "subject", each.subject.label, str(each.count), "", "", each.subject.name, ""
    for vote in report.votes:
        kind = "helpful" if vote.useful else "not helpful"
        yield kind, vote.words or "", "1", vote.at.isoformat(timespec="seconds"), words.places((vote.place,)), "", ""
