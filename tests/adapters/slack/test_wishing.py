"""Tell me when, in Slack: with either database, from the press to the answer a newer library has."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.port import members, wording
from bot.port.place_settings import SettingsChange
from bot.port.wishes import MOST_WISHES, Wish, Wishes
from bot.state import wishes as stored
from bot.state.stored import StoredState
from tests.adapters.slack.conftest import answering
from tests.bot.state.conftest import opened, until
from tests.fakes.assistant import NIGHT_SKY, OOLONG, NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.slack_server import (
    ANN,
    CHANNEL,
    SCOPES,
    TEAM,
    SlackServer,
    actions_of,
    button,
    error,
    labels_of,
    words_of,
)

ASKED = "what about oolong @channel &lt;!here&gt;?"
NAMES = ("tell", "cancel")
MEMBER = f"slack/{TEAM}/{ANN}"


@asynccontextmanager
async def serving(slack: SlackServer, url: str) -> AsyncIterator[tuple[NotingAssistant, StoredState]]:
    """The bot over a library that lacks an episode, with a state."""
    assistant = NotingAssistant((NIGHT_SKY,))
    async with opened(url) as state, answering(slack, backend(assistant, state)):
        yield assistant, state


def pings(body: Mapping[str, Any]) -> list[str]:
    """Whom the blocks of a message ping."""
    leaves = [leaf for block in body["blocks"] for row in block.get("elements", []) for leaf in row.get("elements", [])]
    return [leaf["user_id"] for leaf in leaves if leaf["type"] == "user"]


async def press(
    slack: SlackServer, element: dict[str, Any], nth: int, *, private: bool = False, thread: str | None = None
) -> dict[str, Any]:
    """Press a button and return what comes of it."""
    await slack.deliver_acked(slack.press(element, slack.in_message(private=private, thread=thread)))
    return dict((await slack.sent(nth))[nth - 1].body)


async def test_whoever_pressed_is_told_once_in_the_thread_where_they_asked(
    slack: SlackServer, database_url: str
) -> None:
    async with serving(slack, database_url) as (assistant, state):
        await slack.deliver_acked(slack.mention(ASKED))
        (asked,) = await slack.sent()
        tell = button(dict(asked.body), members.TELL_ME)
        noted = await press(slack, tell, 2, thread="1.5")
        again = await press(slack, tell, 3, thread="1.5")
        assistant.gets()
        told = (await slack.sent(4))[3]
        assistant.gets()
        await slack.settle()
        assert state.wishes is not None
        assert await state.wishes.of(MEMBER) == []

    assert words_of(noted).startswith("Noted: I'll tell you once an episode answers “what about oolong")
    assert noted["response_type"] == "ephemeral"
    assert words_of(again).startswith("That's on your list already")
    assert (told.method, told.body["channel"], told.body["thread_ts"]) == ("chat.postMessage", CHANNEL, "1.5")
    assert pings(told.body) == [ANN]
    assert OOLONG.summary in words_of(dict(told.body))
    assert len(await slack.sent(4)) == 4


async def test_in_a_channel_with_a_show_that_show_is_waited_for(slack: SlackServer, database_url: str) -> None:
    async with serving(slack, database_url) as (_, state):
        await state.place_settings.change(f"slack/{TEAM}/{CHANNEL}", SettingsChange(show=NIGHT_SKY.show))
        await slack.deliver_acked(slack.mention("what about oolong?"))
        (asked,) = await slack.sent()
        await press(slack, button(dict(asked.body), members.TELL_ME), 2)
        assert state.wishes is not None

        assert [wish.show for wish in await state.wishes.of(MEMBER)] == [NIGHT_SKY.show]


async def test_what_was_asked_in_private_is_told_in_private(slack: SlackServer, database_url: str) -> None:
    async with serving(slack, database_url) as (assistant, _):
        await slack.deliver_acked(slack.command("/ask", "what about oolong?"))
        (asked,) = await slack.sent()
        await press(slack, button(dict(asked.body), members.TELL_ME), 2, private=True)
        assistant.gets()
        told = (await slack.sent(3))[2].body

    assert told["channel"] == ANN
    assert pings(told) == []


async def test_where_the_bot_may_not_write_any_more_it_tells_in_private(slack: SlackServer, database_url: str) -> None:
    async with serving(slack, database_url) as (assistant, state):
        assert state.wishes is not None
        await state.wishes.note(Wish(MEMBER, CHANNEL, "what about oolong?"))
        slack.fail("chat.postMessage", error("not_in_channel"))
        assistant.gets()
        (told,) = await slack.sent()

    assert told.body["channel"] == ANN


async def test_what_slack_could_not_take_is_kept_for_later(slack: SlackServer, database_url: str) -> None:
    async with serving(slack, database_url) as (assistant, state):
        assert state.wishes is not None
        await state.wishes.note(Wish(MEMBER, "", "what about oolong?"))
        await state.wishes.note(Wish(MEMBER, CHANNEL, "why oolong?"))
        slack.fail("chat.postMessage", error("internal_error"))
        slack.fail("chat.postMessage", error("internal_error"))
        assistant.gets()
        await slack.until(lambda: len(slack.refused) == 2)
        await slack.settle()

        assert len(await state.wishes.of(MEMBER)) == 2


async def test_what_a_process_told_and_did_not_live_to_note_is_not_told_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "TURN", timedelta())
    wish = Wish(MEMBER, f"{CHANNEL}/1.5", "what about oolong?")
    async with SlackServer(scopes=f"{SCOPES},channels:history") as slack:
        for begun in (False, True):
            async with serving(slack, database_url) as (assistant, state):
                wishes = state.wishes
                assert wishes is not None
                await wishes.note(wish)
                if begun:
                    await wishes.claim(wish.name)
                assistant.gets()
                await until(partial(all_are_told, wishes))

        assert len(await slack.sent()) == 1


async def all_are_told(wishes: Wishes) -> bool:
    return not await wishes.of(MEMBER)


async def test_whoever_is_gone_is_forgotten(slack: SlackServer, database_url: str) -> None:
    async with serving(slack, database_url) as (assistant, state):
        wishes = state.wishes
        assert wishes is not None
        await wishes.note(Wish(MEMBER, "", "what about oolong?"))
        slack.fail("chat.postMessage", error("user_not_found"))
        assistant.gets()

        async def forgotten() -> bool:
            return not await wishes.of(MEMBER)

        await until(forgotten)


async def test_everybody_lists_and_cancels_their_own(slack: SlackServer, database_url: str) -> None:
    async with serving(slack, database_url) as (_, state):
        assert state.wishes is not None
        for number in range(100, 100 + MOST_WISHES):  # no episode has such a number, and is the answer
            await state.wishes.note(Wish(MEMBER, "", f"question {number} <!here>"))
        third = (await state.wishes.of(MEMBER))[2].question
        await slack.deliver_acked(slack.command("/overheard", "mine"))
        listed = dict((await slack.sent())[0].body)
        cancelled = await press(slack, button(listed, f"{members.CANCEL} 3"), 2, private=True)
        gone = await press(slack, button(listed, f"{members.CANCEL} 3"), 3, private=True)
        left = [wish.question for wish in await state.wishes.of(MEMBER)]

    assert listed["response_type"] == "ephemeral"
    assert len(actions_of(listed)) == MOST_WISHES
    assert words_of(cancelled) == members.CANCELLED
    assert words_of(gone) == members.GONE
    assert len(left) == MOST_WISHES - 1
    assert third not in left


async def test_a_question_that_begins_with_mine_is_a_question(slack: SlackServer, database_url: str) -> None:
    async with serving(slack, database_url) as (assistant, _):
        await slack.deliver_acked(slack.command("/overheard", "mine comets"))
        await slack.sent()

    assert [each.text for each in assistant.asked if each.text] == ["mine comets"]


@pytest.mark.usefixtures("bot")
async def test_without_a_state_no_button_promises_anything(slack: SlackServer) -> None:
    await slack.deliver_acked(slack.command("/ask", "submarines"))
    (asked,) = await slack.sent()
    await slack.deliver_acked(slack.command("/overheard", "mine"))
    mine = (await slack.sent(2))[1]
    old = await press(slack, {"type": "button", "action_id": "tell", "value": "{}"}, 3)

    assert members.TELL_ME not in labels_of(dict(asked.body))
    assert words_of(dict(mine.body)) == words_of(old) == members.NO_MEMORY


async def test_a_database_that_is_away_and_a_button_of_another_version_are_said_in_words(slack: SlackServer) -> None:
    async with serving(slack, "postgresql://x@127.0.0.1:1/x"):
        asked = {"type": "button", "action_id": "tell", "value": '{"ask":"tea","episode":null}'}
        said = [
            words_of(await press(slack, asked, 1)),
            words_of(await press(slack, asked | {"action_id": "cancel"}, 2)),
        ]
        await slack.deliver_acked(slack.command("/overheard", "mine"))
        said.append(words_of(dict((await slack.sent(3))[2].body)))
        stale = [
            await press(slack, asked | {"value": value}, 4 + n) for n, value in enumerate(("?", '{"topics":null}'))
        ]

    assert said == [members.AWAY] * 3
    assert [words_of(each) for each in stale] == [wording.STALE] * 2
