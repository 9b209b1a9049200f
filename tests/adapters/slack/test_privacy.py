"""`/overheard privacy`, and the button that deletes what is kept."""

from __future__ import annotations

from pathlib import Path

from bot.port import forgetting
from bot.port.state import State
from tests.adapters.slack.conftest import answering
from tests.bot.state.conftest import opened
from tests.fakes.assistant import NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.databases import sqlite_in
from tests.fakes.slack_server import ANN, BEN, DIRECT, TEAM, SlackServer, button, words_of


async def _pressed(slack: SlackServer, state: State, assistant: NotingAssistant, *, user: str = ANN) -> list[str]:
    """What is said after `/overheard privacy`, and after its button."""
    async with answering(slack, backend(assistant, state)):
        await slack.deliver_acked(slack.command("/overheard", "privacy --public"))
        told = (await slack.sent(1, "hook"))[0].body
        press = slack.press(button(told, forgetting.FORGET), slack.in_message(private=True), user=user)
        await slack.deliver_acked(press)
        done = (await slack.sent(2, "hook"))[1].body
    assert {told["response_type"], done["response_type"]} == {"ephemeral"}
    return [words_of(told), words_of(done)]


async def test_what_is_kept_is_told_to_the_asker_alone(slack: SlackServer, assistant: NotingAssistant) -> None:
    told, done = await _pressed(slack, State(), assistant)

    assert all(line in told for line in (*forgetting.KEPT, forgetting.WHAT_GOES))
    assert forgetting.FORGOTTEN in done
    assert not assistant.asked


async def test_the_button_deletes_what_is_kept_of_whoever_presses_it(
    slack: SlackServer, assistant: NotingAssistant, tmp_path: Path
) -> None:
    async with opened(sqlite_in(tmp_path)) as state:
        names = [f"slack/{TEAM}/{user}/{DIRECT}/1.2" for user in (ANN, BEN)]
        for name in names:
            await state.notes.write(name, "comets")
        await _pressed(slack, state, assistant, user=BEN)

        assert [await state.notes.read(name) for name in names] == ["comets", None]


async def test_that_nothing_could_be_deleted_is_said(slack: SlackServer, assistant: NotingAssistant) -> None:
    async with opened("postgresql://x@127.0.0.1:1/x") as state:
        _, done = await _pressed(slack, state, assistant)

    assert forgetting.NOT_FORGOTTEN in done
