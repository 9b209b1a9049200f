"""What a process leaves behind in Slack is answered by the next one, once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.slack.button_values import DrawQuote, encode
from bot.port.messages import Episode
from bot.port.presentation import Open
from bot.state.stored import StoredState
from tests.adapters.slack.conftest import answering, submission
from tests.bot.state.conftest import nothing_waits, opened, until
from tests.fakes.assistant import ON_COMETS, SNOWBALL, NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.databases import sqlite_in
from tests.fakes.slack_server import CHANNEL, DIRECT, SCOPES, TEAM, SlackServer, words_of

pytestmark = pytest.mark.slow


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[StoredState]:
    """A database in which a lease is over at once."""
    async with opened(sqlite_in(tmp_path), lease=timedelta()) as made:
        yield made


async def leave(state: StoredState, payload: dict[str, object]) -> str:
    """Let a process that has ended have acknowledged this."""
    event = payload.get("event")
    name = f"slack/{TEAM}/trigger/{payload.get('trigger_id')}"
    if isinstance(event, dict):
        name = f"slack/{TEAM}/message/{event['channel']}/{event['ts']}"
    await state.deliveries.claim(name, json.dumps(payload))
    return name


async def test_a_question_that_was_acknowledged_and_not_answered_is_answered(
    slack: SlackServer, state: StoredState, assistant: NotingAssistant
) -> None:
    await leave(state, slack.mention("comets"))
    await leave(state, slack.direct("oolong"))

    async with answering(slack, backend(assistant, state)):
        answers = await slack.sent(2)
        await slack.settle()
        await until(lambda: nothing_waits(state))

    assert {answer.body["channel"] for answer in answers} == {CHANNEL, DIRECT}
    assert {question.text for question in assistant.asked} == {"comets", "oolong"}


@pytest.mark.parametrize("where", ["direct", "thread", "channel"])
async def test_an_answer_that_is_there_already_is_not_sent_again(
    assistant: NotingAssistant, state: StoredState, where: str
) -> None:
    async with SlackServer(scopes="chat:write,im:history,assistant:write,channels:history") as slack:
        told = {"thread": {"thread_ts": "1.1"}, "channel": {}, "direct": {}}[where]
        asked = slack.direct("comets") if where == "direct" else slack.mention("comets", told)
        async with answering(slack, backend(assistant)):
            await slack.deliver(asked)
            await slack.sent()
        await leave(state, asked)

        async with answering(slack, backend(assistant, state)):
            await slack.settle()
            assert len(await slack.sent()) == 1
            await until(lambda: nothing_waits(state))


@pytest.mark.parametrize("how", ["command", "press", "press in a thread", "another"])
async def test_what_everybody_saw_of_a_command_or_a_press_is_not_sent_again(
    assistant: NotingAssistant, state: StoredState, how: str
) -> None:
    async with SlackServer(scopes=f"{SCOPES},channels:history") as slack:
        more = {"type": "button", "action_id": "more", "value": encode(Open((SNOWBALL.id,)))}
        other = {"type": "button", "action_id": "another", "value": encode(DrawQuote("comets"))}
        done = {
            "command": slack.command("/ask", "comets --public"),
            "press": slack.press(more, slack.in_message()),
            "press in a thread": slack.press(more, slack.in_message(thread="1.1")),
            "another": slack.press(other, slack.in_message()),
        }[how]
        async with answering(slack, backend(assistant)):
            await slack.deliver_acked(done)
            await slack.sent()
        await leave(state, done)

        async with answering(slack, backend(assistant, state)):
            await slack.settle()
            assert len(await slack.sent()) == 1
            await until(lambda: nothing_waits(state))
        assert slack.problems == []


async def test_where_nobody_may_look_it_is_answered_again_rather_than_never(
    slack: SlackServer, state: StoredState, assistant: NotingAssistant
) -> None:
    await leave(state, slack.mention("comets"))

    async with answering(slack, backend(assistant, state)):
        assert len(await slack.sent()) == 1

    assert [call.method for call in slack.refused] == ["conversations.replies"]


async def test_a_command_and_a_dialogue_left_behind_are_answered(
    slack: SlackServer, state: StoredState, assistant: NotingAssistant
) -> None:
    await leave(state, slack.command("/ask", "comets"))
    await leave(state, submission(slack, "oolong"))
    await leave(state, {"trigger_id": "of another version"})

    async with answering(slack, backend(assistant, state)):
        hook, view = (await slack.sent(1, "hook"))[0], (await slack.sent(1, "views.update"))[0]
        await slack.settle()

    assert "Comets" in words_of(hook.body)
    assert "Oolong" in words_of(view.body)


async def test_a_restart_remembers_what_was_answered_and_what_it_was_about(tmp_path: Path, slack: SlackServer) -> None:
    mention = slack.mention("comets")
    thread = mention["event"]["ts"]
    for number, payload in enumerate((mention, slack.mention("tell me more", {"thread_ts": thread})), 1):
        async with opened(sqlite_in(tmp_path)) as made:
            noting = NotingAssistant(notes=made.notes)
            async with answering(slack, backend(noting, made)):
                await slack.connected(number)
                for each in (mention, payload):
                    await slack.deliver_acked(each)
                await slack.settle()

    first, second = await slack.sent(2)
    assert first.body["thread_ts"] == second.body["thread_ts"] == thread
    left_out = [quote.text for quote in ON_COMETS if quote.text not in words_of(first.body)]
    assert any(text in words_of(second.body) for text in left_out)


async def test_a_bug_is_not_met_again_by_the_next_process(
    slack: SlackServer, state: StoredState, caplog: pytest.LogCaptureFixture
) -> None:
    class Buggy(NotingAssistant):
        async def episodes(self, *_: object, **__: object) -> tuple[Episode, ...]:
            raise RuntimeError("the index is on fire")

    async with answering(slack, backend(Buggy(), state)):
        press = slack.press({"type": "button", "action_id": "home_another"}, slack.in_view("home"))
        await slack.deliver_acked(press)
        await slack.settle()

        await until(lambda: nothing_waits(state))
    assert "the index is on fire" in caplog.text
