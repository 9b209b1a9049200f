"""Questions that aren't said to the bot, in channels that chose to have them answered; and answers in threads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import discord
import pytest
import pytest_asyncio

from adapters.discord.settings import HIDDEN, NO_THREADS
from bot.port.place_settings import SettingsChange
from bot.port.state import State
from tests.adapters.discord.stage import Stage, config, staged, text_of
from tests.fakes.assistant import COMETS
from tests.fakes.discord_server import ANN, BOB, BOT, CHANNEL, GUILD

pytestmark = pytest.mark.slow

HERE = f"discord/{GUILD}/{CHANNEL}"
QUESTION = "what about the comets?"


@pytest_asyncio.fixture
async def open_ears() -> AsyncIterator[Stage]:
    """Let the bot read all, and answer unasked in the channel."""
    state = State()
    await state.place_settings.change(HERE, SettingsChange(unmentioned=True))
    async with staged(setup=replace(config(), message_content=True), state=state) as stage:
        yield stage


async def test_what_is_sure_is_answered_and_nothing_else_is(open_ears: Stage) -> None:
    answer = await open_ears.server.answer_to(await open_ears.server.say(QUESTION))
    for ignored in ("what about the submarines?", "I like comets", "comets?", f"<@{BOB}> {QUESTION}"):
        await open_ears.server.say(ignored)
    await open_ears.server.say(QUESTION, channel=await open_ears.server.add_channel())

    assert open_ears.server.intents & discord.Intents(message_content=True).value
    assert COMETS.summary in text_of(answer)
    assert [message["id"] for message in await open_ears.said()] == [answer["id"]]
    assert set(await open_ears.heard()) == {QUESTION, "what about the submarines?"}


async def test_a_reply_to_the_bot_needs_no_mention_there(open_ears: Stage) -> None:
    asked = await open_ears.server.say(QUESTION)
    answer = await open_ears.server.answer_to(asked)
    more = await open_ears.server.answer_to(await open_ears.server.say("submarines", reply_to=answer, mentions=[]))
    await open_ears.server.say("comets", reply_to=asked, mentions=[])

    assert [each["id"] for each in await open_ears.said()] == [answer["id"], more["id"]]


async def test_too_many_questions_are_passed_over_and_what_breaks_is_told_to_nobody(open_ears: Stage) -> None:
    open_ears.setup = replace(open_ears.setup, per_member=config(per_member=2).per_member)
    await open_ears.restart()
    open_ears.server.fail("POST", rf"/channels/{CHANNEL}/messages", 400)
    for _ in range(3):
        await open_ears.server.say(QUESTION)

    assert [COMETS.summary in text_of(each) for each in await open_ears.said()] == [True]
    assert [question.text for question in open_ears.assistant.asked].count(QUESTION) == 2


async def test_it_is_chosen_for_one_channel_and_only_where_discord_shows_what_is_said(open_ears: Stage) -> None:
    state = open_ears.state
    assert state is not None
    await open_ears.server.slash("settings", without_mention="off", threads="on", where="the whole server")
    settings = await state.place_settings.at(f"discord/{GUILD}", HERE)
    open_ears.setup = replace(open_ears.setup, message_content=False)
    await open_ears.restart()
    refused = await open_ears.server.slash("settings", without_mention="on", answering="off")

    assert (settings.unmentioned, settings.thread, settings.whole.unmentioned) == (False, True, None)
    assert text_of(refused.shown).replace("\\", "") == HIDDEN
    assert not (await state.place_settings.at(f"discord/{GUILD}", HERE)).off


@pytest.fixture
async def threaded(stage: Stage) -> Stage:
    """Let mentions be answered in threads."""
    stage.state = state = State()
    await state.place_settings.change(HERE, SettingsChange(thread=True))
    await stage.restart()
    return stage


def allow_threads(stage: Stage) -> None:
    stage.server._guild_permissions = str(discord.Permissions.all().value)


async def posted_in(stage: Stage, count: int = 1) -> list[str]:
    await stage.server.until(lambda: len(stage.server.messages) == count)
    return [each["channel_id"] for each in stage.server.messages]


async def test_an_answer_opens_a_thread_named_by_the_question_and_goes_on_there(threaded: Stage) -> None:
    allow_threads(threaded)
    await threaded.restart()
    message = await threaded.server.say(f"<@{BOT}> {QUESTION}")
    await posted_in(threaded)
    await threaded.server.announce_thread(int(message["id"]))
    again = await threaded.server.say(f"<@{BOT}> more", channel=int(message["id"]), guild_id=str(GUILD))
    channels = await posted_in(threaded, 2)

    opened = next(each for each in threaded.server.requests if each.path.endswith("/threads"))
    assert opened.body["name"] == QUESTION
    assert channels == [message["id"], message["id"]]
    assert again["id"] != message["id"]
    assert {question.conversation for question in threaded.assistant.asked} == {f"discord/{message['id']}"}


async def test_without_the_permission_the_answer_is_a_reply_and_settings_say_what_is_lacking(threaded: Stage) -> None:
    answer = await threaded.server.mention(QUESTION)
    shown = await threaded.server.slash("settings")

    assert answer["channel_id"] == str(CHANNEL)
    assert NO_THREADS in text_of(shown.shown).replace("\\", "")


async def test_a_thread_that_is_there_already_is_used_and_one_that_can_t_be_opened_is_done_without(
    threaded: Stage,
) -> None:
    allow_threads(threaded)
    await threaded.restart()
    threaded.server.fail("POST", r"/channels/\d+/messages/\d+/threads", 400, {"code": 160004, "message": "there"})
    message = await threaded.server.say(f"<@{BOT}> {QUESTION}")
    there = await posted_in(threaded)
    threaded.server.fail("POST", r"/channels/\d+/messages/\d+/threads", 400, {"code": 160006, "message": "too many"})
    answer = await threaded.server.mention(QUESTION)

    assert there == [message["id"]]
    assert answer["channel_id"] == str(CHANNEL)


async def test_in_a_thread_of_its_own_sure_answers_need_no_mention(open_ears: Stage) -> None:
    assert open_ears.state is not None
    await open_ears.state.place_settings.change(HERE, SettingsChange(unmentioned=False, thread=True))
    await open_ears.restart()
    mine, theirs = await open_ears.server.add_thread(owner=BOT), await open_ears.server.add_thread(owner=ANN)
    await open_ears.server.say(QUESTION, channel=theirs)
    answer = await open_ears.server.answer_to(await open_ears.server.say(QUESTION, channel=mine))

    assert answer["channel_id"] == str(mine)
    assert [each["id"] for each in await open_ears.said()] == [answer["id"]]
