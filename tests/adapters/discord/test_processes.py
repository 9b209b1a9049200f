"""What a process leaves behind in Discord is answered by the next one, once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.state.stored import StoredState
from tests.adapters.discord.stage import Json, Stage, config, staged, text_of
from tests.bot.state.conftest import nothing_waits, opened, until
from tests.fakes.assistant import ON_COMETS, NotingAssistant
from tests.fakes.databases import sqlite_in
from tests.fakes.discord_server import BOT, CHANNEL

pytestmark = pytest.mark.slow

ME = f"<@{BOT}>"


@pytest_asyncio.fixture
async def state(tmp_path: Path) -> AsyncIterator[StoredState]:
    """A database in which a lease is over at once."""
    async with opened(sqlite_in(tmp_path), lease=timedelta()) as made:
        yield made


async def leave(state: StoredState, message: Json) -> None:
    """Let a process that has ended have received this."""
    await state.deliveries.claim(f"discord/message/{message['id']}", f"{message['channel_id']}/{message['id']}")


async def test_a_message_that_was_received_and_not_answered_is_answered(stage: Stage, state: StoredState) -> None:
    stage.state = state
    asked = await stage.server.say(f"{ME} comets", heard=False)
    await leave(state, asked)

    await stage.restart()
    answer = await stage.server.answer_to(asked)

    assert "dirty snowball" in text_of(answer)
    assert answer["channel_id"] == str(CHANNEL)


async def test_what_could_not_be_read_for_a_moment_is_not_given_up(
    stage: Stage, state: StoredState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.port.state._LOOKS", timedelta(milliseconds=50))
    stage.state = state
    asked = await stage.server.say(f"{ME} comets", heard=False)
    await leave(state, asked)
    stage.server.fail("GET", rf"/channels/{CHANNEL}/messages/{asked['id']}", 400)

    await stage.restart()
    answer = await stage.server.answer_to(asked)

    assert "dirty snowball" in text_of(answer)


async def test_an_answer_that_is_there_already_is_not_sent_again(stage: Stage, state: StoredState) -> None:
    stage.state = state
    asked = await stage.server.say(f"{ME} comets")
    await stage.server.answer_to(asked)
    await leave(state, asked)

    await stage.restart()
    await stage.heard()

    assert len(await stage.said()) == 1
    await until(lambda: nothing_waits(state))


async def test_what_was_deleted_or_is_not_for_the_bot_any_more_is_forgotten(stage: Stage, state: StoredState) -> None:
    stage.state = state
    for message in (
        {"id": "5", "channel_id": str(CHANNEL)},
        {"id": "6", "channel_id": "404"},
        await stage.server.say("comets", heard=False),
    ):
        await leave(state, message)

    await stage.restart()
    await stage.heard()

    await until(lambda: nothing_waits(state))
    assert await stage.said() == []


async def test_a_restart_remembers_what_was_answered_and_what_it_was_about(tmp_path: Path) -> None:
    assistant = NotingAssistant()
    async with staged(assistant, config()) as stage:
        answer, answers = None, []
        for words in ("comets", "tell me more"):
            async with opened(sqlite_in(tmp_path)) as made:
                stage.state = made
                await stage.restart(NotingAssistant(notes=made.notes))
                asked = await stage.server.say(f"{ME} {words}", reply_to=answer)
                answer = await stage.server.answer_to(asked)
                answers.append(text_of(answer))
                for session in stage.server.sessions[-1:]:
                    await session.send("MESSAGE_CREATE", asked)  # once more
                assert await stage.heard() == [words]
                await stage.leave()

        first, second = answers
        left_out = [quote.text for quote in ON_COMETS if quote.text not in first]
        assert any(text in second for text in left_out)
        stage.state = None
        await stage.restart()


async def test_an_interaction_delivered_to_two_processes_is_answered_by_one(stage: Stage, state: StoredState) -> None:
    stage.state = state
    await stage.restart()
    interaction = await stage.server.slash("help")
    await state.deliveries.claim("discord/interaction/7")

    assert not await state.deliveries.claim(f"discord/interaction/{interaction.id}")
