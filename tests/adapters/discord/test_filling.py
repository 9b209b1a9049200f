"""`/fill`: a gap is filled in Discord, and the next one who asks gets it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest

from bot.operating.filling_from_chats import LibraryGaps
from bot.port.gaps import NOT_HERE, WHICH
from bot.port.logbook import AskedIn
from bot.port.messages import NotFound
from bot.port.wording import unknown_episode
from tests.adapters.discord.stage import Stage, staged, text_of
from tests.bot.state.conftest import opened
from tests.fakes.assistant import NIGHT_SKY
from tests.fakes.bees import FILE, WASHING, followed, found, lay_library, text_in
from tests.fakes.databases import sqlite_in
from tests.fakes.discord_server import CHANNEL, GUILD

pytestmark = pytest.mark.slow


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return lay_library(tmp_path)


@pytest.fixture
async def hive(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """The bot over a library of its own, which this server may change."""
    async with opened(sqlite_in(tmp_path)) as state:
        state.logbook.note(WASHING, AskedIn("discord", str(GUILD), str(CHANNEL)), NotFound("Nothing.", 0.0))
        state.logbook.note("how do I tell my boss?", AskedIn("discord", str(GUILD)), NotFound("Nothing.", 0.0))
        gaps = LibraryGaps(state.logbook, library, [f"discord/{GUILD}"])
        async with staged(followed(library, monkeypatch), state=state, gaps=gaps) as stage:
            yield stage


async def test_a_gap_is_filled_and_whoever_asks_next_gets_it(hive: Stage) -> None:
    filled = await hive.server.slash("fill", question=WASHING, episode="bees-1", at="10:02")
    await found(hive.assistant, WASHING)
    asked = await hive.server.slash("ask", question=WASHING)

    assert filled.private
    assert "Leave the sheets in the sun" in text_of(filled.shown)
    assert "Leave the sheets in the sun" in text_of(asked.shown).replace("*", "")


async def test_questions_episodes_and_topics_are_completed_and_none_that_was_asked_in_private(hive: Stage) -> None:
    questions = await hive.server.complete("fill", "question", "")
    episodes = await hive.server.complete("fill", "episode", "bees")
    topics = await hive.server.complete("fill", "topic", "QUEEN", episode="bees-1")

    assert [each["value"] for each in questions] == [WASHING]
    assert [each["value"] for each in episodes] == ["bees-1"]
    assert [each["value"] for each in topics] == ["The queen"]
    assert await hive.server.complete("fill", "topic", "queen", episode="bees") == []


async def test_what_cannot_be_filled_in_is_told_and_nothing_changes(hive: Stage, library: Path) -> None:
    neither = await hive.server.slash("fill", question=WASHING, episode="bees-1")
    nowhere = await hive.server.slash("fill", question=WASHING, episode="About bees", at="10:02")
    late = await hive.server.slash("fill", question=WASHING, episode="bees-1", at="9:00:00")

    assert WHICH in text_of(neither.shown).replace("\\", "")
    assert unknown_episode("About bees") in text_of(nowhere.shown).replace("\\", "")
    assert "That episode ends at about 10:05." in text_of(late.shown)
    assert text_in(library) == FILE


async def test_a_server_that_was_not_named_is_told_so_and_completed_nothing(stage: Stage) -> None:
    refused = await stage.server.slash("fill", question=WASHING, episode="bees-1", at="10:02")

    assert refused.private
    assert NOT_HERE.format(f"discord/{GUILD}") in text_of(refused.shown).replace("\\", "")
    assert await stage.server.complete("fill", "question", "") == []
    assert await stage.server.complete("fill", "episode", "") == []
    assert await stage.server.complete("fill", "topic", "", episode=str(NIGHT_SKY.id)) == []


async def test_the_command_is_for_who_manages_a_server(stage: Stage) -> None:
    [fill] = [each for each in stage.server.commands[None] if each["name"] == "fill"]

    assert (fill["contexts"], fill["integration_types"]) == ([0], [0])
    assert int(fill["default_member_permissions"]) == discord.Permissions(manage_guild=True).value
