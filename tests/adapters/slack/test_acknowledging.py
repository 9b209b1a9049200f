"""Slack hears within its three seconds that something has come, however long the core takes to answer it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.slack import client
from adapters.slack.service import SlackService
from bot.port.messages import LONGEST_QUESTION
from tests.adapters.slack.conftest import answering, submission
from tests.fakes.assistant import COMETS
from tests.fakes.backend import backend
from tests.fakes.busy import BusyAssistant
from tests.fakes.slack_server import ANN, SlackServer, words_of

_ANSWERS = {"chat.postMessage", "hook", "views.update"}


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> BusyAssistant:
    monkeypatch.setattr(client, "_SUBMITTED_WAIT", 0.05)
    monkeypatch.setattr(client, "_COMPLETED_WITHIN", 0.05)
    return BusyAssistant()


@pytest.fixture
async def bot(slack: SlackServer, busy: BusyAssistant) -> AsyncIterator[SlackService]:
    async with answering(slack, backend(busy)) as service:
        yield service


def answered(slack: SlackServer) -> bool:
    return any(call.method in _ANSWERS for call in slack.calls)


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("kind", ["mention", "/ask", "/quote", "/topics", "/episode", "/verify", "shortcut", "press"])
async def test_whatever_takes_long_is_acknowledged_at_once(slack: SlackServer, busy: BusyAssistant, kind: str) -> None:
    pick = {"action_id": "pick_topic", "selected_option": {"value": COMETS.id}}
    payload = {
        "mention": slack.mention("comets"),
        "shortcut": slack.shortcut("ask_this", words="comets"),
        "press": slack.press(pick, slack.in_message()),
    }.get(kind) or slack.command(kind, "comets")

    async with busy.held() as let_go:
        await slack.deliver_acked(payload)
        assert not answered(slack)
        let_go.set()
        assert await slack.sent()


@pytest.mark.usefixtures("bot")
async def test_a_dialogue_shows_that_it_looks_and_then_the_answer(slack: SlackServer, busy: BusyAssistant) -> None:
    async with busy.held() as let_go:
        looking = await slack.deliver_acked(submission(slack, "comets"))
        assert looking["response_action"] == "update"
        assert COMETS.summary not in words_of(looking)
        let_go.set()
        [answer] = await slack.sent(1, "views.update")

    assert COMETS.summary in words_of(answer.body)


@pytest.mark.usefixtures("bot")
async def test_a_pick_on_the_home_tab_opens_a_dialogue_while_it_still_can(
    slack: SlackServer, busy: BusyAssistant
) -> None:
    pick = {"action_id": "pick_topic", "selected_option": {"value": COMETS.id}}

    async with busy.held() as let_go:
        await slack.deliver_acked(slack.press(pick, slack.in_view("home")))
        [looking] = await slack.sent(1, "views.open")
        assert COMETS.summary not in words_of(looking.body)
        let_go.set()
        [answer] = await slack.sent(1, "views.update")

    assert COMETS.summary in words_of(answer.body)


@pytest.mark.usefixtures("bot")
async def test_the_assistant_pane_says_that_an_answer_is_coming(slack: SlackServer, busy: BusyAssistant) -> None:
    async with busy.held() as let_go:
        await slack.deliver_acked(slack.direct("comets", {"thread_ts": "1.5"}))
        [status] = await slack.sent(1, "assistant.threads.setStatus")
        assert status.body["status"]
        assert not answered(slack)
        let_go.set()
        assert await slack.sent()


@pytest.mark.usefixtures("bot")
async def test_a_menu_gives_up_before_slack_does(slack: SlackServer, busy: BusyAssistant) -> None:
    suggestion = {"type": "block_suggestion", "user": {"id": ANN}, "action_id": "pick_topic", "value": "com"}

    async with busy.held() as let_go:
        late = await slack.deliver_acked(suggestion)
        let_go.set()
        await busy.topics()
        in_time = await slack.deliver_acked(suggestion)

    assert late["options"] == []
    assert in_time["options"] != []


@pytest.mark.usefixtures("bot")
async def test_the_dialogue_takes_no_more_than_is_read(slack: SlackServer) -> None:
    await slack.deliver_acked(slack.shortcut("ask_privately"))
    [opened] = await slack.sent(1, "views.open")

    question, _ = opened.body["view"]["blocks"]
    assert question["element"]["max_length"] == LONGEST_QUESTION
