"""Tell me when, in Discord: with either database, from the press to the answer a newer library has."""

from __future__ import annotations

from functools import partial

import pytest

from bot.port import members, wording
from bot.port.place_settings import SettingsChange
from bot.port.wishes import MOST_WISHES, Noted, Wish, Wishes
from tests.adapters.discord.stage import Stage, labels, staged, text_of
from tests.bot.state.conftest import opened, until
from tests.fakes.assistant import NIGHT_SKY, OOLONG, NotingAssistant
from tests.fakes.discord_server import ANN, BOB, CHANNEL, GUILD, direct

pytestmark = pytest.mark.slow

ASKED = "what about oolong @everyone?"


def before() -> NotingAssistant:
    return NotingAssistant((NIGHT_SKY,))


async def is_told(wishes: Wishes) -> bool:
    """Tell whether it is noted that Bob was told, which it is once that was sent."""
    return not await wishes.of(f"discord/{BOB}")


async def test_whoever_pressed_is_told_where_they_asked_by_the_process_after_a_restart(database_url: str) -> None:
    async with opened(database_url) as state, staged(before(), state=state) as stage:
        answer = await stage.server.mention(ASKED)
        pressed = await stage.click(answer, members.TELL_ME, member=BOB)
        again = await stage.click(answer, members.TELL_ME, member=BOB)
        await stage.restart(before())
        stage.assistant.gets()
        await stage.server.until(lambda: len(stage.server.messages) == 2)
        told = stage.server.messages[-1]
        pings = [each.body["allowed_mentions"] for each in stage.server.requests if each.path.endswith("/messages")]
        assert state.wishes is not None
        await until(partial(is_told, state.wishes))
        listed = await stage.server.slash("mine", member=BOB)

    assert pressed.private
    assert text_of(pressed.shown).startswith("Noted: I'll tell you once an episode answers “what about oolong")
    assert text_of(again.shown).startswith("That's on your list already")
    assert told["channel_id"] == str(CHANNEL)
    assert pings[-1] == {"parse": [], "users": [BOB]}
    assert told["content"].startswith(f"<@{BOB}> You asked me to tell you when an episode answers “what about oolong")
    assert "@everyone" not in told["content"]
    assert OOLONG.summary in text_of(told)
    assert text_of(listed.shown) == members.NO_WISHES


async def test_in_a_channel_with_a_show_that_show_is_waited_for(database_url: str) -> None:
    async with opened(database_url) as state, staged(before(), state=state) as stage:
        await state.place_settings.change(f"discord/{GUILD}/{CHANNEL}", SettingsChange(show=NIGHT_SKY.show))
        await stage.click(await stage.server.mention("what about oolong?"), members.TELL_ME)
        assert state.wishes is not None

        assert [wish.show for wish in await state.wishes.of(f"discord/{ANN}")] == [NIGHT_SKY.show]


async def test_what_was_asked_in_private_is_told_in_private(database_url: str) -> None:
    async with opened(database_url) as state, staged(before(), state=state) as stage:
        answer = await stage.server.slash("ask", question="what about oolong?", private=True)
        await stage.click(answer.shown, members.TELL_ME)
        stage.assistant.gets()
        await stage.server.until(lambda: len(stage.server.messages) == 1)

        assert stage.server.messages[0]["channel_id"] == str(direct(ANN))


async def test_where_embeds_are_not_allowed_the_answer_comes_as_text(database_url: str) -> None:
    async with opened(database_url) as state, staged(before(), state=state) as stage:
        channel = await stage.server.add_channel(denied=1 << 14)
        assert state.wishes is not None
        await state.wishes.note(Wish(f"discord/{ANN}", str(channel), "what about oolong?"))
        stage.assistant.gets()
        await stage.server.until(lambda: len(stage.server.messages) == 1)

        assert OOLONG.summary in stage.server.messages[0]["content"]


async def test_where_it_is_turned_off_by_now_it_tells_in_private(database_url: str) -> None:
    async with opened(database_url) as state, staged(before(), state=state) as stage:
        assert state.wishes is not None
        await state.wishes.note(Wish(f"discord/{ANN}", str(CHANNEL), "what about oolong?"))
        await state.place_settings.change(f"discord/{GUILD}", SettingsChange(off=True))
        stage.assistant.gets()
        await stage.server.until(lambda: len(stage.server.messages) == 1)

        assert stage.server.messages[0]["channel_id"] == str(direct(ANN))


async def test_where_the_bot_may_not_write_any_more_it_tells_in_private(database_url: str) -> None:
    async with opened(database_url) as state, staged(before(), state=state) as stage:
        channel = await stage.server.add_channel(denied=2048)
        assert state.wishes is not None
        await state.wishes.note(Wish(f"discord/{ANN}", str(channel), "what about oolong?"))
        stage.assistant.gets()
        await stage.server.until(lambda: len(stage.server.messages) == 1)

        assert stage.server.messages[0]["channel_id"] == str(direct(ANN))
        stage.server.complaints.clear()  # it tried, as nobody had told it


async def test_what_discord_could_not_take_is_kept_for_later(database_url: str) -> None:
    async with opened(database_url) as state, staged(before(), state=state) as stage:
        assert state.wishes is not None
        await state.wishes.note(Wish(f"discord/{ANN}", "", "what about oolong?"))
        await state.wishes.note(Wish(f"discord/{ANN}", str(CHANNEL), "oolong"))
        stage.server.fail("POST", r"/channels/\d+/messages", 503, times=2)
        stage.assistant.gets()
        await stage.server.until(lambda: sum(each.path.endswith("/messages") for each in stage.server.requests) == 2)

        assert stage.server.messages == []
        assert len(await state.wishes.of(f"discord/{ANN}")) == 2


async def test_everybody_lists_and_cancels_their_own_up_to_twenty(database_url: str) -> None:
    async with opened(database_url) as state, staged(before(), state=state) as stage:
        assert state.wishes is not None
        for number in range(100, 100 + MOST_WISHES):  # no episode has such a number, and is the answer
            await state.wishes.note(Wish(f"discord/{ANN}", "", f"question {number}"))
        third = (await state.wishes.of(f"discord/{ANN}"))[2].question
        answer = await stage.server.mention("what about oolong?")
        too_many = await stage.click(answer, members.TELL_ME)
        listed = await stage.server.slash("mine")
        not_theirs = await stage.click(listed.shown, f"{members.CANCEL} 3", member=BOB)
        cancelled = await stage.click(listed.shown, f"{members.CANCEL} 3")
        noted = await stage.click(answer, members.TELL_ME)
        left = [wish.question for wish in await state.wishes.of(f"discord/{ANN}")]

    assert text_of(too_many.shown) == members.noted(Noted.TOO_MANY, "", mine="/mine")
    assert listed.private
    assert len(labels(listed.shown)) == MOST_WISHES
    assert text_of(not_theirs.shown) == members.GONE
    assert text_of(cancelled.shown) == members.CANCELLED
    assert text_of(noted.shown).startswith("Noted")
    assert third not in left
    assert left[-1] == "what about oolong?"


async def test_without_a_state_no_button_promises_anything(stage: Stage) -> None:
    answer = await stage.server.mention("submarines")

    assert members.TELL_ME not in labels(answer)
    assert text_of((await stage.server.slash("mine")).shown) == members.NO_MEMORY
    message = answer | {"components": [{"components": [{"type": 2, "label": "x", "custom_id": "tell:gone"}]}]}
    assert text_of((await stage.click(message, "x")).shown) == wording.STALE


async def test_a_database_that_is_away_is_said_in_words() -> None:
    async with opened("postgresql://x@127.0.0.1:1/x") as state, staged(before(), state=state) as stage:
        answer = await stage.server.mention("what about oolong?")
        pressed = await stage.click(answer, members.TELL_ME)
        listed = await stage.server.slash("mine")
        message = answer | {"components": [{"components": [{"type": 2, "label": "x", "custom_id": "cancel:1"}]}]}
        cancelled = await stage.click(message, "x")

    assert {text_of(each.shown) for each in (pressed, listed, cancelled)} == {members.AWAY}
