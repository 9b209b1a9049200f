"""Questions that aren't said to the bot, in channels that chose to have them answered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.port import settings_words
from bot.port.limits import Rate
from bot.port.messages import Answer, Question
from bot.port.place_settings import Setting, SettingsChange
from bot.port.state import State
from tests.adapters.slack.conftest import answering, config
from tests.adapters.slack.test_settings import HERE, WHOLE, saved
from tests.fakes.assistant import COMETS, NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.slack_server import ANN, BEN, BOT, CHANNEL, SCOPES, SlackServer, error, words_of

QUESTION = "what about the comets?"


@dataclass
class Ears:
    """A bot that Slack shows all that is said, in a channel that chose to be answered."""

    slack: SlackServer
    state: State

    async def say(self, words: str, more: Mapping[str, Any] | None = None) -> str:
        """Say something in the channel; return its time."""
        message = self.slack.direct(words, {"channel": CHANNEL, "channel_type": "channel", **(more or {})})
        await self.slack.deliver_acked(message)
        return str(message["event"]["ts"])


@asynccontextmanager
async def opened_ears(assistant: NotingAssistant) -> AsyncIterator[Ears]:
    async with SlackServer(scopes=f"{SCOPES},channels:history") as slack:
        slack.admins = {ANN}
        state = State()
        await state.place_settings.change(HERE, SettingsChange(unmentioned=True))
        few = replace(config(slack), per_member=Rate(3, timedelta(minutes=10)))
        async with answering(slack, backend(assistant, state), few):
            yield Ears(slack, state)


@pytest.fixture
async def open_ears(assistant: NotingAssistant) -> AsyncIterator[Ears]:
    async with opened_ears(assistant) as ears:
        yield ears


class Burning(NotingAssistant):
    """Fails at every question."""

    async def ask(self, question: Question) -> Answer:
        raise RuntimeError(question.text)


async def test_only_what_is_sure_and_said_to_nobody_is_answered(open_ears: Ears) -> None:
    left_alone: tuple[tuple[str, dict[str, str]], ...] = (
        ("what about the submarines?", {}),
        ("I like comets", {}),
        ("comets?", {}),
        (f"<@{BEN}> {QUESTION}", {}),
        (f"<!here> {QUESTION}", {}),
        (QUESTION, {"channel": "C2"}),
        (QUESTION, {"channel": "G1", "channel_type": "mpim"}),
        (QUESTION, {"thread_ts": "1.5"}),
        (QUESTION, {"bot_id": "B1"}),
        (QUESTION, {"subtype": "message_changed"}),
    )
    for said, more in left_alone:
        await open_ears.say(said, more)
    asked = await open_ears.say(QUESTION)
    [answer] = await open_ears.slack.sent()
    await open_ears.slack.settle()

    assert (answer.body["channel"], answer.body["thread_ts"]) == (CHANNEL, asked)
    assert COMETS.summary in words_of(answer.body)
    assert len(await open_ears.slack.sent()) == 1


async def test_a_mention_there_is_answered_once_though_it_comes_as_a_message_too(open_ears: Ears) -> None:
    mention = open_ears.slack.mention(QUESTION)
    await open_ears.slack.deliver_acked(mention)
    await open_ears.say(f"<@{BOT}> {QUESTION}", {"ts": mention["event"]["ts"]})
    await open_ears.slack.settle()

    assert len(await open_ears.slack.sent()) == 1


async def mentioned(ears: Ears) -> str:
    """Ann asks by a mention; return the thread that is answered in."""
    mention = ears.slack.mention(QUESTION)
    await ears.slack.deliver_acked(mention)
    await ears.slack.sent()
    ears.slack.forget()
    return str(mention["event"]["ts"])


async def test_whoever_asked_by_a_mention_goes_on_in_its_thread_without_one(open_ears: Ears) -> None:
    thread = await mentioned(open_ears)
    await open_ears.say("thanks, that helps", {"thread_ts": thread})
    await open_ears.say(QUESTION, {"thread_ts": thread})
    [answer] = await open_ears.slack.sent()

    assert (answer.body["channel"], answer.body["thread_ts"]) == (CHANNEL, thread)
    assert COMETS.summary in words_of(answer.body)


@pytest.mark.parametrize(
    "before",
    [
        [("I think they did", {"user": BEN})],
        [(f"<@{BEN}> did you know?", {})],
        [("<!here> look at this", {})],
    ],
)
async def test_where_people_talk_in_the_thread_nobody_goes_on_until_the_next_mention(
    open_ears: Ears, before: list[tuple[str, dict[str, str]]]
) -> None:
    thread = await mentioned(open_ears)
    for said, more in before:
        await open_ears.say(said, more | {"thread_ts": thread})
    await open_ears.say(QUESTION, {"thread_ts": thread})
    await open_ears.slack.settle()
    assert not [call for call in open_ears.slack.calls if call.method.startswith("chat")]

    again = open_ears.slack.mention(QUESTION)
    again["event"]["thread_ts"] = thread
    await open_ears.slack.deliver_acked(again)
    await open_ears.slack.sent()
    await open_ears.say("and what about the comets?", {"thread_ts": thread})
    assert len(await open_ears.slack.sent(2)) == 2


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("what about the submarines?", {}),
        ("I like comets", {}),
        (QUESTION, {"user": BEN}),
        (QUESTION, {"thread_ts": "1.5"}),
    ],
)
async def test_nothing_else_in_a_thread_is_answered(open_ears: Ears, said: str, more: dict[str, str]) -> None:
    thread = await mentioned(open_ears)
    await open_ears.say(said, {"thread_ts": thread} | more)
    await open_ears.slack.settle()

    assert not [call for call in open_ears.slack.calls if call.method.startswith("chat")]


async def test_a_thread_of_a_channel_that_did_not_choose_it_takes_a_mention_each_time(open_ears: Ears) -> None:
    await open_ears.state.place_settings.change(HERE, SettingsChange(unmentioned=False))
    thread = await mentioned(open_ears)
    await open_ears.state.place_settings.change(HERE, SettingsChange(unmentioned=True))
    await open_ears.say(QUESTION, {"thread_ts": thread})
    await open_ears.slack.settle()

    assert not [call for call in open_ears.slack.calls if call.method.startswith("chat")]


async def test_a_question_delivered_twice_is_answered_once(open_ears: Ears) -> None:
    for _ in range(2):
        await open_ears.say(QUESTION, {"ts": "1700000001.000001"})
    await open_ears.slack.settle()

    assert len(await open_ears.slack.sent()) == 1


async def test_too_many_questions_are_passed_over_and_nobody_is_told(
    open_ears: Ears, assistant: NotingAssistant
) -> None:
    for _ in range(5):
        await open_ears.say(QUESTION)
    await open_ears.slack.settle()

    assert len(assistant.asked) == 3
    assert {call.method for call in await open_ears.slack.sent(3)} == {"chat.postMessage"}


async def test_what_breaks_or_can_not_be_said_there_is_told_to_nobody(
    open_ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    open_ears.slack.fail("chat.postMessage", error("restricted_action"))
    await open_ears.say(QUESTION)
    async with opened_ears(Burning()) as burning:
        await burning.say(QUESTION)
        await burning.slack.settle()

    told = [call for ears in (open_ears, burning) for call in ears.slack.calls if call.method.startswith("chat")]
    assert told == []
    assert "RuntimeError" in caplog.text


async def test_where_answers_are_for_the_asker_alone_this_one_is_too(open_ears: Ears) -> None:
    await open_ears.state.place_settings.change(HERE, SettingsChange(private=True))
    await open_ears.say(QUESTION)

    assert (await open_ears.slack.sent(1, "chat.postEphemeral"))[0].body["user"] == ANN


async def test_admins_choose_it_for_a_channel_and_never_for_all(open_ears: Ears) -> None:
    refused = await saved(open_ears.slack, unmentioned="yes", answering="no")
    open_ears.slack.forget()
    shown = await saved(open_ears.slack, channel="C2", unmentioned="yes")

    settings = await open_ears.state.place_settings.at(WHOLE, f"{WHOLE}/C2")
    assert settings_words.CHANNEL_ALONE in refused
    assert (settings.unmentioned, settings.off, settings.whole.unmentioned) == (True, False, None)
    assert all(
        line in shown for line in settings_words.described(settings, "workspace", frozenset({Setting.UNMENTIONED}))
    )


async def test_the_dialogue_offers_it_where_slack_shows_what_is_said(open_ears: Ears) -> None:
    press = {"type": "button", "action_id": "home_settings", "value": "settings"}
    await open_ears.slack.deliver_acked(open_ears.slack.press(press, open_ears.slack.in_view("home")))

    assert "don't mention me" in words_of((await open_ears.slack.sent(1, "views.open"))[0].body)


async def test_without_the_scope_nothing_of_it_is_offered_or_read(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    state = State()
    await state.place_settings.change(HERE, SettingsChange(unmentioned=True))
    async with answering(slack, backend(assistant, state)):
        await Ears(slack, state).say(QUESTION)
        press = {"type": "button", "action_id": "home_settings", "value": "settings"}
        await slack.deliver_acked(slack.press(press, slack.in_view("home")))
        shown = words_of((await slack.sent(1, "views.open"))[0].body)

    assert "don't mention me" not in shown
    assert assistant.asked == []
