"""What is posted unasked in Slack: from the Home tab to the post and its Ask button."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given

from adapters.slack.posting import PRESS_ABOUT, draw_post
from bot.operating.filling_from_chats import LibraryGaps
from bot.port import post_words
from bot.port.errors import StateAwayError
from bot.port.posting import Announcements, Post, Poster, WeeklyQuestions
from bot.port.posts import Posting, PostingChange, Posts
from bot.port.state import State
from bot.state import posts as stored
from bot.state.stored import StoredState
from tests.adapters.slack.conftest import answering, submission
from tests.adapters.slack.test_render import sent
from tests.adapters.slack.test_settings import home_of, saved
from tests.bot.state.conftest import opened
from tests.fakes.assistant import NIGHT_SKY, OOLONG, STEEP, TEA_TIME, NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.clock import HandedClock
from tests.fakes.databases import sqlite_in
from tests.fakes.examples import examples
from tests.fakes.hostile import hostile_posts
from tests.fakes.slack_blocks import message_problems
from tests.fakes.slack_server import ANN, CHANNEL, SCOPES, TEAM, SlackServer, button, error, words_of

HERE = f"slack/{TEAM}/{CHANNEL}"
GROUP = "S0123ABCD"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def a_database(tmp_path: Path) -> str:
    """One of either kind is enough where the platform is what differs."""
    return sqlite_in(tmp_path)


def posts_of(state: State) -> Posts:
    assert state.posts is not None
    return state.posts


@dataclass
class Serving:
    """The bot over a library of one episode, with a clock that the test moves."""

    assistant: NotingAssistant
    state: StoredState
    clock: HandedClock

    async def a_new_episode(self, *, rounds: int = 1) -> None:
        self.assistant.gets()
        await self.assistant.renewed(0)
        for _ in range(rounds):
            await self.clock.move(MINUTE)


@asynccontextmanager
async def serving(
    slack: SlackServer, url: str, digest: WeeklyQuestions | None = None, writable: Path | None = None
) -> AsyncIterator[Serving]:
    assistant, clock = NotingAssistant((NIGHT_SKY,)), HandedClock(MONDAY)
    slack.admins = {ANN}

    async def write(_: str) -> WeeklyQuestions | None:
        return digest

    async with opened(url) as state:
        poster = Poster(state, assistant, write, clock=clock, settled=timedelta())
        gaps = LibraryGaps(state.logbook, writable, [f"slack/{TEAM}"])
        async with answering(slack, backend(assistant, state, poster, gaps=gaps)):
            await clock.looked(1)
            yield Serving(assistant, state, clock)


async def test_whoever_chooses_posts_sees_where_they_come_or_that_the_app_is_not_there(
    slack: SlackServer, a_database: str
) -> None:
    async with serving(slack, a_database):
        there = await saved(slack, channel=CHANNEL, announced="yes")
        [told] = await slack.sent(1, "chat.postEphemeral")
        slack.forget()
        slack.fail("chat.postEphemeral", error("not_in_channel"))
        away = await saved(slack, channel=CHANNEL, digest="yes")
        slack.forget()
        await saved(slack, channel=CHANNEL, announced="no", digest="no")

    assert (told.body["channel"], told.body["user"]) == (CHANNEL, ANN)
    assert "New episodes" in told.body["text"]
    assert "/invite" not in there
    assert "/invite" in away
    assert "What was asked" in away
    assert not [call for call in slack.calls if call.method == "chat.postEphemeral"]


async def test_a_new_episode_is_posted_where_that_was_chosen_and_can_be_asked_about(
    slack: SlackServer, database_url: str
) -> None:
    async with serving(slack, database_url) as bot:
        shown = await saved(slack, channel=CHANNEL, announced="yes")
        await bot.a_new_episode(rounds=2)
        [post] = await slack.sent(1, "chat.postMessage")
        ask = button(dict(post.body), post_words.ASK_ABOUT)
        await slack.deliver_acked(slack.press(ask, slack.in_message()))
        [dialogue] = await slack.sent(1, "views.open")
        answer = await slack.deliver_acked(submission(slack, "why oolong?", TEA_TIME.id))

    words = words_of(post.body)
    assert "New episodes" in shown
    assert post.body["channel"] == CHANNEL
    assert words.startswith(f"{post_words.NEW_EPISODE}: {TEA_TIME.title}")
    assert all(each in words for each in ("Tea Time", "with Ada Ford", OOLONG.title, STEEP.text))
    assert pinged(post.body["blocks"]) == []
    assert within(dialogue.body["view"]) == TEA_TIME.id
    assert OOLONG.summary in words_of(answer)
    assert [each.scope.episode for each in bot.assistant.asked] == [TEA_TIME.id]


def pinged(blocks: object) -> list[str]:
    """Return the user groups that blocks ping."""
    match blocks:
        case {"type": "usergroup", "usergroup_id": str(id)}:
            return [id]
        case dict():
            return [id for each in blocks.values() for id in pinged(each)]
        case list() | tuple():
            return [id for each in blocks for id in pinged(each)]
        case _:
            return []


def within(view: object) -> object:
    """Return the episode that a dialogue has picked already."""
    match view:
        case {"blocks": [*_, {"element": {"initial_option": {"value": episode}}}]}:
            return episode
        case _:
            return None


async def test_the_user_group_that_was_chosen_is_pinged_and_no_other(slack: SlackServer, a_database: str) -> None:
    async with serving(slack, a_database) as bot:
        shown = await saved(slack, channel=CHANNEL, announced="yes", group=f" {GROUP} ")
        home = words_of(await home_of(slack, ANN))
        await bot.a_new_episode()
        [post] = await slack.sent(1, "chat.postMessage")

    assert GROUP in shown
    assert GROUP in home
    assert pinged(post.body["blocks"]) == [GROUP]


async def test_the_quote_of_the_day_and_the_digest_come_at_their_hours(slack: SlackServer, a_database: str) -> None:
    async with serving(slack, a_database, WeeklyQuestions("How do I cook <!channel>?")) as bot:
        shown = await saved(slack, channel=CHANNEL, quote="10", zone="europe/berlin", digest="yes")
        bot.clock.time = MONDAY - timedelta(hours=1, minutes=2)
        for _ in range(3):
            await bot.clock.move(MINUTE)
        bot.clock.time = MONDAY - MINUTE
        for _ in range(2):
            await bot.clock.move(MINUTE)
        digest, quote = await slack.sent(2, "chat.postMessage")

    assert "A quote every day at 10:00 (Europe/Berlin); What was asked, on Mondays" in shown
    assert words_of(digest.body).startswith(f"{post_words.DIGEST}\nHow do I cook")
    assert words_of(quote.body).startswith(post_words.QUOTE_OF_THE_DAY)
    assert any(each.text in words_of(quote.body) for each in NIGHT_SKY.quotes)


@pytest.mark.parametrize("gaps", [True, False])
async def test_a_digest_says_how_a_gap_is_filled_where_there_is_one_and_that_can_be_done(
    slack: SlackServer, a_database: str, tmp_path: Path, *, gaps: bool
) -> None:
    async with serving(slack, a_database, WeeklyQuestions("12 questions", gaps=gaps), tmp_path) as bot:
        await saved(slack, channel=CHANNEL, digest="yes")
        bot.clock.time = MONDAY - MINUTE
        for _ in range(2):
            await bot.clock.move(MINUTE)
        [digest] = await slack.sent(1, "chat.postMessage")

    hint = "Whoever manages this place can answer what I couldn't: /overheard fill"
    assert words_of(digest.body).endswith(hint if gaps else "12 questions")


async def test_a_post_that_slack_could_not_take_is_sent_again(
    slack: SlackServer, a_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "TURN", timedelta())
    async with serving(slack, a_database) as bot:
        await posts_of(bot.state).change(HERE, PostingChange(announces=True))
        for trouble in (error("internal_error"), error("token_revoked")):
            slack.fail("chat.postMessage", trouble)
        await bot.a_new_episode(rounds=4)
        taken = await slack.sent(1, "chat.postMessage")

    assert len(taken) == 1
    assert [call.method for call in slack.refused] == ["chat.postMessage"] * 2


async def test_a_post_that_a_process_sent_and_did_not_live_to_note_is_not_sent_again(
    a_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object) -> None:
        raise StateAwayError

    monkeypatch.setattr(stored, "TURN", timedelta())
    async with SlackServer(scopes=f"{SCOPES},channels:history") as slack:
        async with serving(slack, a_database) as bot:
            await posts_of(bot.state).change(HERE, PostingChange(announces=True))
            with monkeypatch.context() as dying:
                dying.setattr(posts_of(bot.state), "note", dies)
                await bot.a_new_episode()
        async with serving(slack, a_database) as bot:
            bot.assistant.gets()
            await bot.clock.move(MINUTE)
            noted = (await posts_of(bot.state).posted(HERE.rpartition("/")[0]))[HERE]

        assert len(await slack.sent(1, "chat.postMessage")) == 1
        assert noted == {f"episode/{TEA_TIME.id}"}


async def test_a_channel_that_is_gone_or_closed_is_left_alone_after_three_refusals(
    slack: SlackServer, a_database: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(stored, "_PAUSE", timedelta())
    async with serving(slack, a_database) as bot:
        await posts_of(bot.state).change(HERE, PostingChange(announces=True))
        for _ in range(9):
            slack.fail("chat.postMessage", error("is_archived"))
        await bot.a_new_episode(rounds=5)
        left = await posts_of(bot.state).at(HERE)

    assert (len(slack.refused), left) == (3, Posting(HERE))
    assert caplog.text.count(f"nothing is posted in {HERE} any more") == 1


@pytest.mark.parametrize(
    ("picked", "said"),
    [
        ({"group": GROUP}, post_words.NO_PING_ALONE),
        ({"announced": "yes", "group": "@everyone"}, post_words.NO_GROUP),
        ({"zone": "Mars"}, post_words.unknown_zone("Mars")),
        ({"channel": ""}, post_words.WHICH_CHANNEL),
    ],
)
async def test_what_makes_no_sense_is_said_and_changes_nothing(
    slack: SlackServer, a_database: str, picked: dict[str, str], said: str
) -> None:
    async with serving(slack, a_database) as bot:
        shown = await saved(slack, **({"channel": CHANNEL, "digest": "yes"} | picked))
        left = await posts_of(bot.state).chosen("slack")

    assert said in shown
    assert left == []


async def test_what_was_chosen_can_be_taken_back(slack: SlackServer, a_database: str) -> None:
    async with serving(slack, a_database) as bot:
        await saved(slack, channel=CHANNEL, announced="yes", quote="0", digest="yes", group=GROUP)
        slack.forget()
        shown = await saved(slack, channel=CHANNEL, announced="no", quote="-never", digest="no")
        left = await posts_of(bot.state).at(HERE)

    assert shown.endswith(post_words.NOTHING)
    assert left == Posting(HERE)


@pytest.mark.usefixtures("bot")
async def test_without_a_database_it_is_said_that_nothing_is_posted(slack: SlackServer) -> None:
    slack.admins = {ANN}
    home = await home_of(slack, ANN)
    refused = await saved(slack, channel=CHANNEL, digest="yes")
    change = next(
        each for block in home["view"]["blocks"] for each in block.get("elements", []) if block["type"] == "actions"
    )  # type: ignore[index]
    await slack.deliver_acked(slack.press(change, slack.in_view("home")))
    [dialogue] = await slack.sent(1, "views.open")

    assert post_words.NOT_KEPT in words_of(home)
    assert refused.strip() == post_words.NOT_KEPT
    assert "announced" not in [each["block_id"] for each in dialogue.body["view"]["blocks"]]


async def test_of_very_many_channels_the_first_are_listed(slack: SlackServer, a_database: str) -> None:
    async with serving(slack, a_database) as bot:
        for number in range(32):
            await posts_of(bot.state).change(f"slack/{TEAM}/C{number}", PostingChange(digest=True))

        assert "and in 2 more" in words_of(await home_of(slack, ANN))


async def test_while_the_database_is_away_it_is_said_that_nobody_knows(slack: SlackServer) -> None:
    async with serving(slack, "postgresql://x@127.0.0.1:1/x"):
        assert post_words.NOT_TO_BE_READ in words_of(await home_of(slack, ANN))


async def test_a_button_of_an_episode_that_is_gone_opens_a_dialogue_for_any(
    slack: SlackServer, a_database: str
) -> None:
    async with serving(slack, a_database):
        gone = {"type": "button", "action_id": PRESS_ABOUT, "value": "gone"}
        await slack.deliver_acked(slack.press(gone, slack.in_message()))
        [dialogue] = await slack.sent(1, "views.open")

    assert within(dialogue.body["view"]) is None


@examples(60)
@given(hostile_posts)
def test_whatever_words_are_in_a_post_slack_takes_it(post: Post) -> None:
    assert message_problems(sent(draw_post(post))) == []


def test_many_new_episodes_are_listed_and_the_user_group_is_pinged() -> None:
    drawn = draw_post(Post(HERE, "x", Announcements((NIGHT_SKY, TEA_TIME) * 15), ping=GROUP))

    assert pinged(list(drawn.blocks)) == [GROUP]
    assert "and 10 more" in words_of({"blocks": list(drawn.blocks)})
