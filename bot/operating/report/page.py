"""Writes a report as one HTML page without scripts or external resources, in the reader's light or dark mode.

Pure. People's words get into the markup only through `escape`, here and in `charts.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

from bot.operating.report import words
from bot.operating.report.charts import bars, days_chart, meter
from bot.operating.report.gaps import Gap
from bot.operating.report.values import OperatorReport
from bot.port.logbook import Vote
from bot.port.wording import counted, share

_GAPS: Final = 200
_SUBJECTS: Final = 15
_VOTES: Final = 50

_FOOT: Final = "</main>\n</body>\n</html>\n"


def page(report: OperatorReport) -> str:
    """Write the whole page."""
    # Its content security policy is a second line of defence: no scripts, no pictures, no requests.
    head = Path(__file__).with_name("head.html").read_text(encoding="utf-8")
    return head + "\n".join(_body(report)) + "\n" + _FOOT


def _body(report: OperatorReport) -> Iterator[str]:
    yield "<h1>What people asked</h1>"
    yield f'<p class="faint">{escape(words.period(report))}, days in UTC</p>'
    yield f'<div class="cards">{"".join(_cards(report))}</div>'
    if report.questions:
        yield _section("Questions per day", _KEY, days_chart(report.days))
    yield _section("Asked and not answered", _gaps(report.gaps))
    if report.subjects:
        yield _section(
            "What answers were about", bars([(each.subject.label, each.count) for each in report.subjects[:_SUBJECTS]])
        )
    if any(count for _, count in report.outcomes):
        named = [(words.OUTCOMES[outcome].capitalize(), count) for outcome, count in report.outcomes]
        yield _section("How questions were answered", bars(named))
    unhappy = [vote for vote in report.votes if not vote.useful]
    if unhappy:
        yield _section("Rated as not helpful", _rated(unhappy))


_KEY: Final = (
    '<p class="faint key"><span class="is-answered"></span>answered<span class="is-unanswered"></span>not answered</p>'
)


def _cards(report: OperatorReport) -> Iterator[str]:
    yield _card("", f"{report.questions:,}", "questions")
    if report.share is not None:
        yield _card(meter(report.share), share(report.share), "answered")
    yield _card("", f"{len(report.gaps):,}", "gaps")
    if report.votes:
        useful = report.useful / len(report.votes)
        yield _card(meter(useful), share(useful), f"helpful, of {counted(len(report.votes), 'vote')}")


def _card(drawing: str, number: str, name: str) -> str:
    return f'<div class="card">{drawing}<div><b>{escape(number)}</b>{escape(name)}</div></div>'


def _section(title: str, *parts: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{''.join(parts)}</section>"


def _gaps(found: tuple[Gap, ...]) -> str:
    if not found:
        return f"<p>{escape(words.NO_GAPS)}</p>"
    more = f'<p class="faint">And {len(found) - _GAPS:,} more.</p>' if len(found) > _GAPS else ""
    return f'<ul class="gaps">{"".join(_gap(gap) for gap in found[:_GAPS])}</ul>{more}'


def _gap(gap: Gap) -> str:
    first, *others = gap.examples
    also = "".join(f'<q class="also">{escape(each)}</q>' for each in others)
    near = f" Nearest: {escape(gap.nearest)}." if gap.nearest else ""
    details = f"{escape(words.asked(gap.count, gap.last))}; {escape(words.places(gap.places))}.{near}"
    return (
        f'<li><div class="often">{gap.count:,}</div><div><q class="first">{escape(first)}</q>'
        f'{f"<div>{also}</div>" if also else ""}<div class="faint">{details}</div></div></li>'
    )


def _rated(votes: list[Vote]) -> str:
    rows = "".join(
        f'<li><div class="faint">{escape(words.day(vote.at.date()))}</div>'
        f"<div>{f'<q>{escape(vote.words)}</q>' if vote.words else escape(words.FORGOTTEN)}</div></li>"
        for vote in votes[:_VOTES]
    )
    return f'<ul class="gaps">{rows}</ul>'
