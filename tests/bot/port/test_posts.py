"""What is due when: by values alone, over every time zone and every change of its clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.port.messages import EpisodeId
from bot.port.posting import about
from bot.port.posts import (
    MADE_UP_FOR,
    SETTLED,
    Due,
    NewEpisodes,
    News,
    Posting,
    QuoteOfTheDay,
    WeeklyDigest,
    due,
    is_recent,
    names,
    zone_meant,
    zones,
)
from tests.fakes.assistant import NIGHT_SKY, TEA_TIME

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
HERE = "discord/1/2"
ANNOUNCED = Posting(HERE, announces_since=NOON - timedelta(hours=1))
LONG_AGO = timedelta(hours=2)


def came(count: int, age: timedelta = LONG_AGO / 4) -> list[News]:
    return [News(EpisodeId(f"e-{number}"), NOON - age, age) for number in range(count)]


def is_due(
    now: datetime, posting: Posting, news: list[News] | None = None, posted: frozenset[str] = frozenset()
) -> list[Due]:
    return list(due(now, posting, news or [], posted))


def test_nothing_is_due_where_nothing_is_chosen() -> None:
    assert is_due(NOON, Posting(HERE), came(2)) == []


@pytest.mark.parametrize(("count", "posts"), [(0, 0), (1, 1), (3, 3), (4, 1), (200, 1)])
def test_a_few_new_episodes_have_a_post_each_and_many_have_one_together(count: int, posts: int) -> None:
    posted = is_due(NOON, ANNOUNCED, came(count))

    assert len(posted) == posts
    assert [name for each in posted for name in names(each)] == [f"episode/e-{number}" for number in range(count)]


def test_what_came_before_announcements_were_chosen_or_was_announced_is_left_out() -> None:
    assert is_due(NOON, ANNOUNCED, came(1, LONG_AGO)) == []
    assert is_due(NOON, ANNOUNCED, came(2), frozenset({"episode/e-0"})) == [NewEpisodes((EpisodeId("e-1"),))]


def test_an_import_that_goes_on_is_waited_for_but_not_for_long() -> None:
    just, earlier = came(1, SETTLED / 2), News(EpisodeId("first"), NOON - timedelta(minutes=20), timedelta(minutes=20))

    assert is_due(NOON, ANNOUNCED, just) == []
    assert len(is_due(NOON, ANNOUNCED, [earlier, *just])) == 2


def test_an_episode_that_came_out_long_ago_is_no_news() -> None:
    old, new = (replace(NIGHT_SKY, published=date(2026, month, 20)) for month in (1, 2))

    assert [is_recent(each, NOON) for each in (old, new, NIGHT_SKY)] == [False, True, True]


def test_the_digest_is_due_on_mondays_at_nine_and_a_quote_every_day_at_its_hour() -> None:
    posting = Posting(HERE, quote_at=9, digest=True, zone="Europe/Berlin")
    monday = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Berlin"))

    assert is_due(monday, posting) == [QuoteOfTheDay(monday.date()), WeeklyDigest(monday.date())]
    assert is_due(monday - timedelta(seconds=1), posting) == []
    assert is_due(monday + MADE_UP_FOR, posting) == []
    assert is_due(monday + timedelta(days=1, hours=2), posting) == [QuoteOfTheDay(date(2026, 3, 3))]
    assert is_due(monday, posting, posted=frozenset({"quote/2026-03-02", "digest/2026-03-02"})) == []


def test_an_hour_before_midnight_is_made_up_for_after_it_and_counts_for_its_day() -> None:
    posting = Posting(HERE, quote_at=23)

    assert is_due(datetime(2026, 3, 3, 1, tzinfo=UTC), posting) == [QuoteOfTheDay(date(2026, 3, 2))]


_CHANGES = st.sampled_from([
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Asia/Kathmandu", date(2026, 5, 1)),
])  # fmt: skip


@given(_CHANGES, st.integers(0, 23))
def test_there_is_one_quote_a_day_whatever_the_clocks_do(change: tuple[str, date], hour: int) -> None:
    zone, day = change
    posting, posted = Posting(HERE, quote_at=hour, zone=zone), set[str]()
    began = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
    times = [began + timedelta(minutes=20 * each) for each in range(5 * 72)]
    days = {each.astimezone(ZoneInfo(zone)).date() for each in times}

    sent = []
    for now in times:
        for each in due(now, posting, [], frozenset(posted)):
            posted |= set(names(each))
            sent.append(each)

    assert {each.day for each in sent if isinstance(each, QuoteOfTheDay)} >= set(sorted(days)[1:-1])
    assert len(sent) == len(set(sent))


@given(st.sampled_from(sorted(zones())), st.integers(0, 40 * 365 * 24 * 60), st.integers(0, 23))
def test_a_quote_is_due_within_three_hours_of_its_hour_and_never_else(zone: str, minutes: int, hour: int) -> None:
    now = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    posted = is_due(now, Posting(HERE, quote_at=hour, zone=zone))

    if posted:
        assert (now.astimezone(ZoneInfo(zone)).hour - hour) % 24 <= 4  # one more where clocks go forward meanwhile


def test_a_time_zone_is_meant_by_its_name_in_any_case_and_one_that_is_unknown_counts_as_utc() -> None:
    assert [zone_meant(each) for each in ("europe/BERLIN ", "America/new york", "Mars", "../etc", "")] == [
        "Europe/Berlin",
        "America/New_York",
        None,
        None,
        None,
    ]
    assert is_due(NOON, Posting(HERE, quote_at=12, zone="Mars")) == [QuoteOfTheDay(NOON.date())]


def test_an_episode_is_about_the_first_sentences_of_its_summary_or_else_its_topics() -> None:
    told = replace(NIGHT_SKY, summary="Comets are old. So is dust. And much more is told of here, at length.")

    assert about(told) == "Comets are old. So is dust."
    assert about(NIGHT_SKY) == "Comets and Solar eclipses"
    assert about(replace(TEA_TIME, topics=(), subtitle="Leaves " * 200)).endswith(" …")
    assert about(replace(TEA_TIME, topics=())) == ""
