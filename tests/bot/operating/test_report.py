"""The host's report: grouped, added up, written down; whatever people typed is only read."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.operating.digesting import digest_of
from bot.operating.report import words
from bot.operating.report.charts import days_chart
from bot.operating.report.gaps import gaps
from bot.operating.report.lines import digest, lines
from bot.operating.report.page import page
from bot.operating.report.table import HEAD, table
from bot.operating.report.values import Day, OperatorReport, compiled
from bot.port.errors import StateAwayError, UsageError
from bot.port.logbook import Asked, AskedIn, Missed, Outcome, Records, Subject, Vote
from bot.port.state import State
from bot.state.stored import stored_at
from knowledge.search.meaning import Meanings
from tests.bot.operating.records import HERE, TODAY, month
from tests.bot.state.conftest import opened
from tests.fakes import commands
from tests.fakes.assistant import NOT_FOUND
from tests.fakes.commands import PARTS
from tests.fakes.databases import sqlite_in
from tests.fakes.hostile import hostile_text

MEANINGS = Meanings.load()
NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


def in_vain(*asked: str) -> list[Missed]:
    return [Missed(each, NOON - timedelta(hours=ago), HERE, Outcome.NOT_FOUND, "Tea") for ago, each in enumerate(asked)]


@pytest.fixture(scope="module")
def report() -> OperatorReport:
    return compiled(month(), MEANINGS)


def test_ways_of_asking_one_thing_are_one_gap() -> None:
    found = gaps(
        in_vain("how do I cook rice?", "quantum computing", "rice cooking tips", "How do I cook rice", "is tea good"),
        MEANINGS,
    )

    assert [(gap.count, gap.examples[0]) for gap in found] == [
        (3, "how do I cook rice?"),
        (1, "quantum computing"),
        (1, "is tea good"),
    ]
    assert found[0].examples == ("how do I cook rice?", "How do I cook rice", "rice cooking tips")
    assert (found[0].last, found[0].nearest, found[0].places) == (NOON, "Tea", (HERE,))


def test_words_of_no_known_meaning_are_a_gap_for_each_wording() -> None:
    found = gaps(in_vain("茶はどう", "コーヒー", "茶はどう", "", ""), MEANINGS)

    assert sorted((gap.count, gap.examples[0]) for gap in found) == [(1, "コーヒー"), (2, ""), (2, "茶はどう")]


def test_nothing_missed_is_no_gap() -> None:
    assert gaps((), MEANINGS) == ()


def test_every_day_is_there_and_all_adds_up(report: OperatorReport) -> None:
    assert [report.days[0].day, report.days[-1].day] == [TODAY - timedelta(days=29), TODAY]
    counts = [count for _, count in report.outcomes]
    assert report.questions == sum(counts) == sum(each.count for each in month().questions)
    assert report.share == pytest.approx(sum(counts[:3]) / sum(counts))
    assert (report.useful, len(report.votes)) == (19, 25)


def test_the_text_names_gaps_subjects_and_votes(report: OperatorReport) -> None:
    told = "\n".join(lines(report))

    for each in (
        "how do I cook rice?",
        "13 times",
        "rice cooking tips",
        "Boiling water",
        "Scaling laws",
        "76%",
    ):
        assert each in told
    assert told.startswith("2 March 2026 to 31 March 2026. ")


def test_the_table_has_a_row_for_everything(report: OperatorReport) -> None:
    head, *rows = csv.reader(io.StringIO(table(report), newline=""))
    kinds = [row[0] for row in rows]

    assert head == list(HEAD)
    assert [row[1:3] for row in rows if row[0] == "gap"][:2] == [
        ["how do I cook rice?", "13"],
        ["quantum computing", "7"],
    ]
    assert kinds.count("answered") == kinds.count("unanswered") == 30
    assert next(row[1:3] for row in rows if row[0] == "subject") == ["Scaling laws", "61"]
    assert (kinds.count("helpful"), kinds.count("not helpful")) == (19, 6)


def test_a_cell_that_looks_like_a_formula_is_text() -> None:
    assert "'=1+1" in table(made_of("=1+1"))


def test_a_digest_is_short(report: OperatorReport) -> None:
    told = digest(report)

    assert "how do I cook rice?" in told
    assert len(told.splitlines()) <= 10


def test_nothing_asked_is_said(report: OperatorReport) -> None:
    nothing = compiled(Records(TODAY, 1), MEANINGS)

    assert list(lines(nothing)) == [f"31 March 2026. {words.NOTHING_ASKED}"]
    assert digest(nothing) == f"Overheard, 31 March 2026: {words.NOTHING_ASKED}"
    assert words.NO_GAPS in page(nothing)
    assert words.NO_GAPS in list(lines(replace(report, gaps=())))
    assert days_chart(()).startswith("<svg")


def test_a_long_list_says_that_there_is_more(report: OperatorReport) -> None:
    many = replace(report, gaps=report.gaps * 60)

    assert "And 290 more: --html or --csv has them all." in list(lines(many))
    assert "And 100 more." in page(many)


@pytest.mark.parametrize(
    ("part", "said"), [(0.0, "0%"), (0.001, "under 1%"), (0.5, "50%"), (0.999, "over 99%"), (1.0, "100%")]
)
def test_a_share_is_never_rounded_to_all_or_nothing(part: float, said: str) -> None:
    assert words.share(part) == said


def test_places_are_named_a_few_of_them() -> None:
    places = [AskedIn("slack", "T1", ""), AskedIn("discord", "", "2"), AskedIn("other", "1", "2"), HERE]

    assert words.places(places) == (
        "Slack, a private channel or view of T1; Discord, channel 2; other, channel 2 of 1; and 1 more"
    )


def test_the_page_stands_alone(report: OperatorReport) -> None:
    written = page(report)

    assert written.startswith("<!doctype html>")
    assert "<script" not in written
    assert not re.search(r"(src|href)=|url\(|@import|https?:", written)
    assert "prefers-color-scheme: dark" in written
    assert "default-src 'none'" in written
    assert written.count("<rect") > 60


class Reader(HTMLParser):
    """Notes the tags and attributes of a page, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def read(written: str) -> Reader:
    reader = Reader()
    reader.feed(written)
    reader.close()
    return reader


def made_of(typed: str) -> OperatorReport:
    """A report in which everything that comes from outside is what somebody typed."""
    place = AskedIn(typed, typed, typed)
    asked = Missed(typed, NOON, place, Outcome.NOT_FOUND, typed)
    other = Missed(f"{typed} x", NOON, place, Outcome.UNSURE, typed)
    subjects = (Asked(Subject(typed, typed), 3),)
    votes = (Vote(useful=False, at=NOON, place=place, words=typed or None),)
    return compiled(Records(TODAY, 2, (asked, other), (), subjects, votes), MEANINGS)


_MARKUP = ("</title><script>1</script>", "' onload='1", '"><img src=x>', "<!--", "&lt;b&gt;", "]]>", "</svg><style>")
TYPED = st.one_of(hostile_text, st.sampled_from(_MARKUP), st.text("<>&\"'/=abc !-", max_size=30))
PLAIN = set(read(page(made_of("plain words"))).tags)


@given(TYPED)
def test_nothing_that_is_typed_becomes_markup(typed: str) -> None:
    assert set(read(page(made_of(typed))).tags) <= PLAIN


@given(TYPED)
def test_a_table_is_read_back_without_a_formula(typed: str) -> None:
    rows = list(csv.reader(io.StringIO(table(made_of(typed)), newline="")))

    assert {len(row) for row in rows} == {7}
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


@given(TYPED)
def test_lines_and_digest_are_made_of_anything(typed: str) -> None:
    assert list(lines(made_of(typed)))
    assert digest(made_of(typed))


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), max_size=100))
def test_a_chart_stays_within_its_frame(counts: list[tuple[int, int]]) -> None:
    days = [Day(TODAY, answered, unanswered) for answered, unanswered in counts]
    bars = re.findall(r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)"', days_chart(days))

    assert len(bars) == 2 * len(days)
    for bar in bars:
        x, y, width, height = map(float, bar)
        assert min(x, y, height) >= 0
        assert x + width <= 920
        assert y + height <= 240


# The command


def run(database: str, *arguments: str) -> str:
    parts = replace(PARTS, state=lambda _: State() if database == "off" else stored_at(database, None))
    return commands.run(parts, "report", *arguments)[1]


@pytest.fixture
async def kept(tmp_path: Path) -> str:
    url = sqlite_in(tmp_path)
    async with opened(url) as state:
        state.logbook.note("how do I cook rice?", HERE, NOT_FOUND)
    return url


def test_the_command_shows_what_is_kept(kept: str) -> None:
    assert "how do I cook rice?" in run(kept)
    assert "1 question, 0% answered" in run(kept, "--days", "7")


def test_the_command_writes_a_page_and_a_table(kept: str, tmp_path: Path) -> None:
    html, spreadsheet = tmp_path / "report.html", tmp_path / "report.csv"
    shown = run(kept, "--html", str(html), "--csv", str(spreadsheet))

    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert b"how do I cook rice?" in spreadsheet.read_bytes()
    assert "how do I cook rice?" not in shown


def test_a_file_that_cannot_be_written_is_explained(kept: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="name another file"):
        run(kept, "--html", str(tmp_path / "nowhere" / "report.html"))


def test_where_nothing_is_kept_there_is_no_report() -> None:
    with pytest.raises(StateAwayError, match="OVERHEARD_DATABASE_URL is off"):
        run("off")


def test_where_no_bot_ran_the_report_says_so_and_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no .*state\.db yet"):
        run(f"sqlite:///{tmp_path}/here/state.db")

    assert not (tmp_path / "here").exists()


async def test_a_digest_counts_what_was_asked_in_private_and_does_not_quote_it(database_url: str) -> None:
    async with opened(database_url) as state:
        state.logbook.note("how do I tell my boss?", replace(HERE, channel=""), NOT_FOUND)
        alone = await digest_of(state.logbook, "discord/1002")
        state.logbook.note("how do I cook rice?", HERE, NOT_FOUND)
        both = await digest_of(state.logbook, "discord/1002")
        reported = await state.logbook.read(1)

    assert alone is not None
    assert both is not None
    assert "1 question, 0% answered" in alone.text
    assert "2 questions, 0% answered" in both.text
    assert "rice" in both.text
    assert "boss" not in alone.text + both.text
    assert (alone.gaps, both.gaps) == (False, True)
    assert len(reported.missed) == 2


async def test_a_server_s_digest_says_what_was_asked_there_and_nothing_of_others(database_url: str) -> None:
    async with opened(database_url) as state:
        assert await digest_of(state.logbook, "discord/1002") is None
        state.logbook.note("how do I cook rice?", HERE, NOT_FOUND)
        alone = await digest_of(state.logbook, "discord/1002")
        state.logbook.note("a secret of another server", AskedIn("slack", "T1", "C1"), NOT_FOUND)
        beside = await digest_of(state.logbook, "discord/1002")
        nowhere = await digest_of(state.logbook, "discord/1")

    assert alone is not None
    assert beside is not None
    assert nowhere is None
    assert "1 question, 0% answered" in alone.text
    assert "1 question, 0% answered" in beside.text
    assert "rice" in beside.text
    assert "secret" not in beside.text
