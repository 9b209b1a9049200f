"""`/privacy`, and the button that deletes what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.port import forgetting
from bot.port.forgetting import Forgetters
from bot.port.state import State
from tests.adapters.discord.stage import Stage, labels, text_of
from tests.bot.state.conftest import opened
from tests.fakes.databases import sqlite_in
from tests.fakes.discord_server import ANN, BOB, direct

pytestmark = pytest.mark.slow


class Remembering(State):
    """Knows who was forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self.forgotten: list[str] = []
        self.forgetting = Forgetters(self)

    async def forget(self, person: str) -> None:
        self.forgotten.append(person)


async def test_what_is_kept_is_told_to_the_asker_alone(stage: Stage) -> None:
    result = await stage.server.slash("privacy")

    assert result.private
    assert all(line in text_of(result.shown) for line in (*forgetting.KEPT, forgetting.WHAT_GOES))


async def test_the_button_deletes_what_is_kept_of_whoever_presses_it(stage: Stage) -> None:
    stage.state = state = Remembering()
    await stage.restart()

    shown = (await stage.server.slash("privacy", member=ANN)).shown
    done = await stage.click(shown, forgetting.FORGET, member=BOB)

    assert labels(shown) == [forgetting.FORGET]
    assert state.forgotten == [f"discord/{BOB}"]
    assert done.private
    assert forgetting.FORGOTTEN in text_of(done.shown)


async def test_a_conversation_in_direct_messages_is_forgotten(stage: Stage, tmp_path: Path) -> None:
    async with opened(sqlite_in(tmp_path)) as stage.state:
        await stage.restart()
        for member in (ANN, BOB):
            asked = await stage.server.say("comets", channel=direct(member), member=member)
            await stage.server.answer_to(asked)
        conversations = [question.conversation for question in stage.assistant.asked]
        for conversation in conversations:
            await stage.state.notes.write(str(conversation), "comets")

        shown = (await stage.server.slash("privacy")).shown
        await stage.click(shown, forgetting.FORGET)

        assert [await stage.state.notes.read(str(each)) for each in conversations] == [None, "comets"]


async def test_that_nothing_could_be_deleted_is_said(stage: Stage) -> None:
    async with opened("postgresql://x@127.0.0.1:1/x") as stage.state:
        await stage.restart()
        shown = (await stage.server.slash("privacy")).shown
        done = await stage.click(shown, forgetting.FORGET)

    assert forgetting.NOT_FORGOTTEN in text_of(done.shown).replace("\\", "")
