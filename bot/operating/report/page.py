"""A report as one HTML page: no script, nothing fetched, light or dark as the reader's screen is.

Pure. What people typed goes through `escape` here and in `charts.py`, and nowhere else into the markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from bot.operating.report import words
from bot.operating.report.charts import bars, days_chart, meter
from bot.operating.report.gaps import Gap
from bot.operating.report.values import HostReport
from bot.port.logbook import Vote
from bot.port.wording import counted, share

_GAPS: Final = 200
_SUBJECTS: Final = 15
_VOTES: Final = 50

# The policy forbids whatever an escape might have let through: no script, no picture, no address is fetched.
_HEAD: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Overheard: what people asked</title>
<style>
:root { --page: #f6f7f9; --card: #fff; --ink: #1c2330; --faint: #667085; --line: #e3e7ee;
  --answered: #2d7d9a; --unanswered: #e0803a; }
@media (prefers-color-scheme: dark) {
  :root { --page: #12161d; --card: #1b212b; --ink: #e6eaf1; --faint: #98a2b3; --line: #2c3441;
    --answered: #5db3d3; --unanswered: #f0a367; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1000px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 28px; margin: 0; }
h2 { font-size: 18px; margin: 0 0 12px; }
p { margin: 0 0 12px; }
.faint { color: var(--faint); font-size: 14px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 16px; margin: 24px 0 16px; }
section, .card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 20px; }
section { margin-bottom: 16px; }
.card { display: flex; align-items: center; gap: 16px; }
.card b { display: block; font-size: 26px; line-height: 1.2; }
svg { width: 100%; display: block; }
svg text { fill: var(--faint); font-size: 12px; }
svg line { stroke: var(--line); }
.middle { text-anchor: middle; } .end { text-anchor: end; }
.answered { fill: var(--answered); } .unanswered { fill: var(--unanswered); }
.ring { width: 56px; flex: none; } .ring circle { fill: none; stroke-width: 14; }
.rest { stroke: var(--unanswered); } .part { stroke: var(--answered); }
.key span { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin: 0 6px 0 14px; }
.key .is-answered { background: var(--answered); } .key .is-unanswered { background: var(--unanswered); }
.bars { list-style: none; margin: 0; padding: 0; }
.bars li { display: grid; grid-template-columns: minmax(0, 2fr) 3fr 56px; gap: 12px; align-items: center;
  padding: 4px 0; }
.bars svg { height: 10px; border-radius: 3px; }
.name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.gaps { list-style: none; margin: 0; padding: 0; }
.gaps li { display: grid; grid-template-columns: 56px minmax(0, 1fr); gap: 12px; padding: 12px 0;
  border-top: 1px solid var(--line); }
.gaps li:first-child { border-top: 0; padding-top: 0; }
.gaps .often { font-size: 22px; font-weight: 600; text-align: right; color: var(--unanswered);
  font-variant-numeric: tabular-nums; }
.gaps q { overflow-wrap: anywhere; } .gaps q.first { font-weight: 600; } .gaps q.also { margin-right: 10px; }
</style>
</head>
<body>
<main>
"""
_FOOT: Final = "</main>\n</body>\n</html>\n"


def page(report: HostReport) -> str:
    """Write the whole page."""
    return _HEAD + "\n".join(_body(report)) + "\n" + _FOOT


def _body(report: HostReport) -> Iterator[str]:
    yield "<h1>What people asked</h1>"
    yield f'<p class="faint">{escape(words.period(report))}, days in UTC</p>'
    yield f'<div class="cards">{"".join(_cards(report))}</div>'
    if report.questions:
        yield _section("Questions a day", _KEY, days_chart(report.days))
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


def _cards(report: HostReport) -> Iterator[str]:
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
    told = f"{escape(words.asked(gap.count, gap.last))}; {escape(words.places(gap.places))}.{near}"
    return (
        f'<li><div class="often">{gap.count:,}</div><div><q class="first">{escape(first)}</q>'
        f'{f"<div>{also}</div>" if also else ""}<div class="faint">{told}</div></div></li>'
    )


def _rated(votes: list[Vote]) -> str:
    rows = "".join(
        f'<li><div class="faint">{escape(words.day(vote.at.date()))}</div>'
        f"<div>{f'<q>{escape(vote.words)}</q>' if vote.words else escape(words.FORGOTTEN)}</div></li>"
        for vote in votes[:_VOTES]
    )
    return f'<ul class="gaps">{rows}</ul>'
