"""What is posted unasked in Discord: from `/settings` to the post and its Ask button."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.card import Scene
from adapters.discord.posting import NOT_MENTIONABLE, draw_post
from bot.operating.filling_from_chats import LibraryGaps
from bot.port import post_words, settings_words
from bot.port.messages import EpisodeId
from bot.port.posting import Announcement, DailyQuote, Post, Poster, WeeklyQuestions
from bot.port.posts import Posting, PostingChange, Posts
from bot.port.state import State
from bot.state import posts as stored
from tests.adapters.discord.stage import Stage, body_of, staged, text_of
from tests.bot.state.conftest import opened
from tests.fakes.assistant import NIGHT_SKY, SNOWBALL, STEEP, TEA_TIME, NotingAssistant, evidence
from tests.fakes.clock import HandedClock
from tests.fakes.databases import sqlite_in
from tests.fakes.discord_rules import complaints
from tests.fakes.discord_server import BOB, CHANNEL, GUILD
from tests.fakes.examples import examples
from tests.fakes.hostile import hostile_posts

pytestmark = pytest.mark.slow

HERE = f"discord/{GUILD}/{CHANNEL}"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ROLE = 5_000_001


@pytest.fixture
def a_database(tmp_path: Path) -> str:
    """One of either kind is enough where the platform is what differs."""
    return sqlite_in(tmp_path)


def posts_of(state: State) -> Posts:
    assert state.posts is not None
    return state.posts


@asynccontextmanager
async def posting_on(
    url: str, digest: WeeklyQuestions | None = None, writable: Path | None = None
) -> AsyncIterator[tuple[Stage, State, HandedClock]]:
    """The bot over a library of one episode, with a clock that the test moves."""
    clock, assistant = HandedClock(MONDAY), NotingAssistant((NIGHT_SKY,))

    async def write(_: str) -> WeeklyQuestions | None:
        return digest

    async with opened(url) as state:
        poster = Poster(state, assistant, write, clock=clock, settled=timedelta())
        gaps = LibraryGaps(state.logbook, writable, [f"discord/{GUILD}"])
        async with staged(assistant, state=state, poster=poster, gaps=gaps) as stage:
            await clock.looked(1)
            yield stage, state, clock


async def a_new_episode(stage: Stage, clock: HandedClock, *, rounds: int = 1) -> None:
    stage.assistant.gets()
    await stage.assistant.renewed(0)
    for _ in range(rounds):
        await clock.move(MINUTE)


def mentions(stage: Stage) -> list[Any]:
    return [each.body["allowed_mentions"] for each in stage.server.requests if each.path.endswith("/messages")]


async def test_a_new_episode_is_posted_where_that_was_chosen_and_can_be_asked_about(database_url: str) -> None:
    async with posting_on(database_url) as (stage, _, clock):
        await stage.server.slash("settings", announcements="on")
        await a_new_episode(stage, clock, rounds=2)
        [post] = stage.server.messages
        form = await stage.click(post, post_words.ASK_ABOUT, member=BOB)
        answer = await stage.server.send_form(form, post, "why oolong?", member=BOB)

    shown = text_of(post)
    assert post["channel_id"] == str(CHANNEL)
    assert shown.startswith(f"{post_words.NEW_EPISODE}: {TEA_TIME.title}")
    assert all(words in shown for words in ("Tea Time", "with Ada Ford", "Oolong", STEEP.text))
    assert mentions(stage) == [{"parse": []}]
    assert not answer.private
    assert TEA_TIME.topics[0].summary in text_of(answer.shown)
    assert [(each.text, each.scope.episode) for each in stage.assistant.asked] == [("why oolong?", TEA_TIME.id)]


@pytest.mark.parametrize("gaps", [True, False])
async def test_a_digest_says_how_a_gap_is_filled_where_there_is_one_and_that_can_be_done(
    tmp_path: Path, a_database: str, *, gaps: bool
) -> None:
    async with posting_on(a_database, WeeklyQuestions("12 questions", gaps=gaps), tmp_path) as (stage, _, clock):
        await stage.server.slash("settings", digest="on")
        clock.time = MONDAY - MINUTE
        for _ in range(2):
            await clock.move(MINUTE)
        [digest] = stage.server.messages

    hint = "Whoever manages this place can answer what I couldn't: /fill"
    assert text_of(digest).endswith(hint if gaps else "12 questions")


async def test_the_role_that_was_chosen_is_pinged_and_no_other(a_database: str) -> None:
    async with posting_on(a_database) as (stage, state, clock):
        role = await stage.server.add_role("listeners @everyone")
        shown = await stage.server.slash("settings", announcements="on", ping=str(role))
        await a_new_episode(stage, clock)
        [post] = stage.server.messages
        await stage.server.slash("settings", announcements="on")
        unpinged = await posts_of(state).at(HERE)

    assert "New episodes, pinging listeners" in text_of(shown.shown)
    assert mentions(stage) == [{"parse": [], "roles": [role]}]
    assert post["content"].startswith(f"<@&{role}>")
    assert (unpinged.ping, unpinged.anything) == ("", True)


async def test_the_quote_of_the_day_and_the_digest_come_at_their_hours(a_database: str) -> None:
    async with posting_on(a_database, WeeklyQuestions("How do I cook @everyone?")) as (stage, _, clock):
        shown = await stage.server.slash("settings", quote_of_the_day=10, time_zone="europe/berlin", digest="on")
        clock.time = MONDAY - timedelta(hours=1, minutes=2)
        for _ in range(3):
            await clock.move(MINUTE)
        [digest] = stage.server.messages
        clock.time = MONDAY - MINUTE
        for _ in range(2):
            await clock.move(MINUTE)
        _, quote = stage.server.messages

    assert "A quote every day at 10:00 (Europe/Berlin)" in text_of(shown.shown).replace("\\", "")
    assert text_of(quote).startswith(post_words.QUOTE_OF_THE_DAY)
    assert any(each.text in text_of(quote) for each in NIGHT_SKY.quotes)
    assert text_of(digest).startswith(post_words.DIGEST)
    assert "/fill" not in text_of(digest)
    assert mentions(stage) == [{"parse": []}] * 2


async def test_a_post_that_discord_could_not_take_is_sent_again(
    a_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "TURN", timedelta())
    async with posting_on(a_database) as (stage, state, clock):
        await posts_of(state).change(HERE, PostingChange(announces=True))
        stage.server.fail("POST", r"/channels/\d+/messages", 503)
        await a_new_episode(stage, clock, rounds=2)
        tries = len(mentions(stage))

    assert (tries, len(stage.server.messages)) == (2, 1)


async def test_a_channel_that_is_gone_or_closed_is_left_alone_after_three_refusals(
    a_database: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(stored, "_PAUSE", timedelta())
    async with posting_on(a_database) as (stage, state, clock):
        await posts_of(state).change(HERE, PostingChange(announces=True))
        stage.server.fail("POST", r"/channels/\d+/messages", 403, {"code": 50013, "message": "Missing Permissions"})
        stage.server.fail(
            "POST", r"/channels/\d+/messages", 404, {"code": 10003, "message": "Unknown Channel"}, times=9
        )
        await a_new_episode(stage, clock, rounds=5)
        left = await posts_of(state).at(HERE)

    assert (len(mentions(stage)), left) == (3, Posting(HERE))
    assert caplog.text.count(f"nothing is posted in {HERE} any more") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"ping": str(ROLE)}, post_words.NO_PING_ALONE),
        ({"announcements": "on", "ping": str(GUILD)}, post_words.NOT_EVERYBODY),
        ({"time_zone": "Mars"}, post_words.unknown_zone("Mars")),
    ],
)
async def test_what_makes_no_sense_is_said_and_changes_nothing(
    a_database: str, typed: dict[str, str], said: str
) -> None:
    async with posting_on(a_database) as (stage, state, _):
        result = await stage.server.slash("settings", digest="on", **typed)
        left = await posts_of(state).at(HERE)

    assert said in text_of(result.shown).replace("\\", "")
    assert not left.anything


async def test_what_was_chosen_can_be_taken_back_and_time_zones_are_completed(a_database: str) -> None:
    async with posting_on(a_database) as (stage, state, _):
        await stage.server.slash("settings", announcements="on", quote_of_the_day=0, digest="on")
        zones = await stage.server.complete("settings", "time_zone", "new york")
        shown = await stage.server.slash("settings", announcements="off", quote_of_the_day=-1, digest="off")
        left = await posts_of(state).at(HERE)

    assert [each["value"] for each in zones] == ["America/New_York"]
    assert text_of(shown.shown).endswith(f"{post_words.TITLE}\n{post_words.NOTHING}")
    assert left == Posting(HERE)


async def test_a_role_that_the_bot_may_not_ping_is_told_of(a_database: str) -> None:
    async with posting_on(a_database) as (stage, _, _):
        roles = [await stage.server.add_role(name, mentionable=free) for name, free in (("a", False), ("b", True))]
        shown = [await stage.server.slash("settings", announcements="on", ping=str(role)) for role in roles]

    told = [NOT_MENTIONABLE.partition(":")[0] in text_of(each.shown).replace("\\", "") for each in shown]
    assert told == [True, False]


async def test_where_the_bot_may_not_write_that_is_said(a_database: str) -> None:
    async with posting_on(a_database) as (stage, _, _):
        stage.server.app_permissions = "0"
        shown = await stage.server.slash("settings", digest="on")

    assert post_words.MAY_NOT_WRITE.partition(":")[0] in text_of(shown.shown)


async def test_without_a_database_and_with_one_that_is_away_it_is_said_that_nothing_is_posted(stage: Stage) -> None:
    shown = await stage.server.slash("settings")
    refused = await stage.server.slash("settings", digest="on")
    async with opened("postgresql://x@127.0.0.1:1/x") as stage.state:
        await stage.restart()
        away = await stage.server.slash("settings", digest="on")
        unread = await stage.server.slash("settings")

    plain = [text_of(each.shown).replace("\\", "").replace("\u2060", "") for each in (shown, refused, away, unread)]
    assert post_words.NOT_KEPT in plain[0]
    assert plain[1] == post_words.NOT_KEPT
    assert plain[2] == settings_words.NOT_CHANGED
    assert post_words.NOT_TO_BE_READ in plain[3]


@examples(60)
@given(hostile_posts, st.booleans())
async def test_whatever_words_are_in_a_post_discord_takes_it(post: Post, embeds: bool) -> None:
    card = draw_post(post, Scene(0, embeds=embeds))

    assert complaints("POST", "/channels/1/messages", body_of(card)) == []


def test_every_quotation_of_a_post_can_be_heard() -> None:
    one, other = evidence(SNOWBALL), replace(evidence(SNOWBALL), url="https://sky.example/7?t=9")
    quote = draw_post(Post(HERE, "x", DailyQuote(one)), Scene(0))
    announced = draw_post(Post(HERE, "x", Announcement(NIGHT_SKY, "", (one, other))), Scene(0))

    assert f"]({one.url})" in text_of(body_of(quote))
    assert all(f"]({each.url})" in text_of(body_of(announced)) for each in (one, other))


async def test_an_episode_whose_id_is_too_long_for_a_button_has_none() -> None:
    episode = replace(NIGHT_SKY, id=EpisodeId("x" * 99))
    body = body_of(draw_post(Post(HERE, "x", Announcement(episode, "", (evidence(SNOWBALL),))), Scene(0)))

    assert body["components"] == []
    assert post_words.LISTEN in text_of(body)
