"""Discord hears within its three seconds that an answer is coming, however long the core takes. On the wire."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from adapters.discord import commands
from bot.port.messages import LONGEST_QUESTION
from tests.adapters.discord.stage import config, staged
from tests.fakes.assistant import COMETS, SNOWBALL
from tests.fakes.busy import BusyAssistant
from tests.fakes.discord_server import CHANNEL, Interaction

_DEFERRED, _DEFERRED_UPDATE = 5, 6


IMPATIENT = config(patience=timedelta(milliseconds=20))


async def pressed_late(custom_id: str) -> Interaction:
    """Press a button whose answer takes longer than Discord may be kept waiting."""
    assistant = BusyAssistant()
    async with staged(assistant, IMPATIENT) as stage:
        message = await stage.server.mention("comets")
        async with assistant.held() as let_go:
            answering = asyncio.create_task(stage.server.press(message, custom_id))
            await stage.server.until(lambda: any(each.callbacks for each in stage.server.interactions.values()))
            (interaction,) = stage.server.interactions.values()
            assert not interaction.answered.is_set()
            let_go.set()
            return await answering


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("ask", {"question": "comets"}),
        ("quote", {}),
        ("topics", {}),
        ("episode", {}),
        ("verify", {"quote": SNOWBALL.text}),
        ("help", {}),
    ],
)
async def test_a_command_is_acknowledged_before_it_is_answered(command: str, options: dict[str, str]) -> None:
    assistant = BusyAssistant()
    async with staged(assistant, IMPATIENT) as stage, assistant.held() as let_go:
        asked = asyncio.create_task(stage.server.slash(command, **options))
        await stage.server.until(lambda: any(each.callbacks for each in stage.server.interactions.values()))
        (interaction,) = stage.server.interactions.values()

        assert [callback["type"] for callback in interaction.callbacks] == [_DEFERRED]
        assert not interaction.answered.is_set()

        let_go.set()
        await asked


@pytest.mark.parametrize(
    ("pressed", "acknowledged"),
    [(f"open:{COMETS.id}", _DEFERRED), ("another::", _DEFERRED), ("page:0:", _DEFERRED_UPDATE)],
)
async def test_a_press_is_acknowledged_before_it_is_answered(pressed: str, acknowledged: int) -> None:
    interaction = await pressed_late(pressed)

    assert [callback["type"] for callback in interaction.callbacks] == [acknowledged]


async def test_a_page_that_comes_late_still_changes_the_list() -> None:
    interaction = await pressed_late("page:0:")

    assert "1. Comets" in interaction.original["embeds"][0]["description"]
    assert interaction.followups == []


async def test_a_page_that_turns_out_to_be_gone_leaves_the_list_and_tells_the_asker() -> None:
    interaction = await pressed_late("page:0:gone-1")

    (notice,) = interaction.followups
    assert interaction.original is None
    assert notice["flags"] == 64


async def test_the_bot_types_while_a_mention_is_answered() -> None:
    assistant = BusyAssistant()
    async with staged(assistant, IMPATIENT) as stage, assistant.held() as let_go:
        asked = asyncio.create_task(stage.server.mention("comets"))
        await stage.server.until(lambda: any(request.path.endswith("/typing") for request in stage.server.requests))

        assert stage.server.messages == []

        let_go.set()
        assert COMETS.title in (await asked)["embeds"][0]["title"]
        assert [each.path for each in stage.server.requests if "/channels/" in each.path] == [
            f"/channels/{CHANNEL}/typing",
            f"/channels/{CHANNEL}/messages",
        ]


@pytest.mark.parametrize("option", ["question", "episode"])
async def test_completing_gives_up_before_discord_does(option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "_COMPLETED_WITHIN", 0.05)
    assistant = BusyAssistant()
    async with staged(assistant, IMPATIENT) as stage, assistant.held() as let_go:
        late = await stage.server.complete("ask", option, "com")
        let_go.set()
        await assistant.topics()
        in_time = await stage.server.complete("ask", option, "com")

    assert late == []
    assert in_time != []


async def test_no_option_takes_more_than_is_read() -> None:
    async with staged() as stage:
        await stage.server.until(lambda: stage.server.commands[None] != [])
        asking = [command for command in stage.server.commands[None] if command["name"] not in {"settings", "fill"}]
        options = [option for command in asking for option in command.get("options", [])]

    assert {option.get("max_length") for option in options if option["type"] == 3} == {LONGEST_QUESTION}
