"""What the host learns from answers in Slack: questions in vain, and votes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.blocks import VALUE, fits
from adapters.slack.button_values import Rated, StaleError, decode_vote, encode_vote
from adapters.slack.service import SlackService
from bot.port import wording
from bot.port.logbook import AnswerId, AskedIn, Outcome
from bot.port.place_settings import SettingsChange
from bot.port.state import State
from tests.adapters.slack.conftest import answering, config, submission
from tests.bot.state.conftest import opened
from tests.fakes.assistant import NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.databases import sqlite_in
from tests.fakes.slack_server import CHANNEL, CHANNELS, HANGING, SCOPES, TEAM, SlackServer, button, error, words_of

BOB = "U0BOB"


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[State]:
    async with opened(sqlite_in(tmp_path)) as state:
        yield state


@pytest.fixture
async def rated(slack: SlackServer, state: State, assistant: NotingAssistant) -> AsyncIterator[SlackService]:
    slack.scopes += CHANNELS
    async with answering(slack, backend(assistant, state)) as service:
        yield service


def thumbs(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a press of either thumb sends, the good one first."""
    blocks = [block for block in body["blocks"] if block["type"] == "context_actions"]
    elements = [element for block in blocks for element in block["elements"]]
    return [
        {"type": "feedback_buttons", "action_id": each["action_id"], "value": each[name]["value"]}
        for each in elements
        for name in ("positive_button", "negative_button")
    ]


async def ask(slack: SlackServer, words: str, *, nth: int = 1) -> dict[str, Any]:
    await slack.deliver_acked(slack.mention(words))
    return dict((await slack.sent(nth))[nth - 1].body)


@pytest.mark.usefixtures("rated")
async def test_questions_in_vain_are_kept_with_where_they_were_asked(slack: SlackServer, state: State) -> None:
    await ask(slack, "how do I cook rice?")
    await slack.deliver_acked(slack.command("/ask", "green hobby --public"))
    await slack.sent(2)
    kept = await state.logbook.read(1)

    assert {(each.words, each.outcome) for each in kept.missed} == {
        ("how do I cook rice?", Outcome.NOT_FOUND),
        ("green hobby", Outcome.UNSURE),
    }
    assert {each.place for each in kept.missed} == {AskedIn("slack", "T1", CHANNEL)}


@pytest.mark.usefixtures("rated")
async def test_of_a_private_question_no_channel_is_kept(slack: SlackServer, state: State) -> None:
    await slack.deliver_acked(slack.command("/ask", "green hobby"))
    await slack.deliver_acked(slack.direct("how do I cook rice?"))
    await slack.sent(2)
    kept = await state.logbook.read(1)

    assert {each.words for each in kept.missed} == {"green hobby", "how do I cook rice?"}
    assert {each.place for each in kept.missed} == {AskedIn("slack", TEAM)}


@pytest.mark.usefixtures("rated")
async def test_of_a_private_channel_none_is_kept_whatever_its_id(slack: SlackServer, state: State) -> None:
    slack.private = {"C2", "G2"}
    for channel in sorted(slack.private):
        await slack.deliver_acked(slack.mention(f"rice in {channel}?", {"channel": channel}))
    await slack.sent(2)
    good, _ = thumbs(await ask(slack, "comets", nth=3))
    await slack.deliver_acked(slack.press(good, slack.in_message(channel="C2")))
    await slack.sent(4)
    kept = await state.logbook.read(1)

    assert {(each.words, each.place.channel) for each in kept.missed} == {("rice in C2?", ""), ("rice in G2?", "")}
    assert [each.place.channel for each in kept.votes] == [""]


@pytest.mark.usefixtures("rated")
async def test_slack_is_asked_once_in_a_while_whether_a_channel_is_public(slack: SlackServer) -> None:
    for nth in (1, 2, 3):
        await ask(slack, "comets", nth=nth)

    assert len([call for call in slack.calls if call.method == "conversations.info"]) == 1


@pytest.mark.usefixtures("rated")
async def test_while_slack_does_not_say_whether_a_channel_is_public_it_is_private(
    slack: SlackServer, state: State
) -> None:
    slack.fail("conversations.info", HANGING)
    await ask(slack, "how do I cook rice?")

    assert [each.place.channel for each in (await state.logbook.read(1)).missed] == [""]


async def test_without_the_scope_no_channel_is_public_and_slack_is_not_asked(slack: SlackServer, state: State) -> None:
    async with answering(slack, backend(NotingAssistant(), state)):
        await ask(slack, "how do I cook rice?")

    assert slack.scopes == SCOPES
    assert [each.place.channel for each in (await state.logbook.read(1)).missed] == [""]
    assert not slack.refused


@pytest.mark.usefixtures("rated")
async def test_a_quote_that_is_not_there_is_a_question_in_vain(slack: SlackServer, state: State) -> None:
    await slack.deliver_acked(slack.command("/quote", "steam engines"))
    await slack.sent(1)

    assert [each.words for each in (await state.logbook.read(1)).missed] == ["steam engines"]


@pytest.mark.usefixtures("rated")
async def test_an_answer_is_rated_once_a_person_and_thanked_for_once(slack: SlackServer, state: State) -> None:
    good, bad = thumbs(await ask(slack, "comets"))
    await slack.deliver_acked(slack.press(good, slack.in_message()))
    thanks = (await slack.sent(2))[1]
    await slack.deliver_acked(slack.press(bad, slack.in_message()))
    await slack.deliver_acked(slack.press(good, slack.in_message(), user=BOB))
    more = (await slack.sent(3))[2:]
    kept = await state.logbook.read(1)

    assert wording.THANKS in words_of(thanks.body)
    assert "ephemeral" in (thanks.method.lower(), str(thanks.body.get("response_type")))
    assert [wording.THANKS in words_of(each.body) for each in more] == [True]  # Bob's; a change is not thanked for
    assert sorted((each.words, each.useful) for each in kept.votes) == [("comets", False), ("comets", True)]


@pytest.mark.usefixtures("rated")
async def test_a_shared_answer_is_no_second_question(slack: SlackServer, state: State) -> None:
    await slack.deliver_acked(slack.command("/ask", "comets"))
    answer = dict((await slack.sent(1))[0].body)
    await slack.deliver_acked(slack.press(button(answer, "Share"), slack.in_message(private=True)))
    await slack.sent(3)

    assert sum(each.count for each in (await state.logbook.read(1)).questions) == 1


@pytest.mark.usefixtures("rated")
@pytest.mark.parametrize("words", ["how do I cook rice?", "hello"])
async def test_what_is_no_answer_has_no_thumbs(slack: SlackServer, words: str) -> None:
    assert thumbs(await ask(slack, words)) == []


@pytest.mark.usefixtures("rated")
async def test_a_dialogue_has_no_thumbs_and_counts(slack: SlackServer, state: State) -> None:
    answer = await slack.deliver_acked(submission(slack, "comets"))

    assert "context_actions" not in str(answer)
    assert sum(each.count for each in (await state.logbook.read(1)).questions) == 1


async def test_a_setting_turns_thumbs_off(slack: SlackServer, state: State) -> None:
    async with answering(slack, backend(NotingAssistant(), state), replace(config(slack), feedback=False)):
        assert thumbs(await ask(slack, "comets")) == []


@pytest.mark.usefixtures("bot")
async def test_memory_alone_offers_no_thumbs(slack: SlackServer) -> None:
    assert thumbs(await ask(slack, "comets")) == []


async def test_without_its_database_an_answer_comes_and_a_vote_is_told_to_come_later(slack: SlackServer) -> None:
    async with opened("postgresql://x@127.0.0.1:1/x") as away, answering(slack, backend(NotingAssistant(), away)):
        await slack.connected()
        good, _ = thumbs(await ask(slack, "comets"))
        await slack.deliver_acked(slack.press(good, slack.in_message()))
        told = (await slack.sent(2))[1]

    assert wording.NOT_KEPT in words_of(told.body)


@pytest.mark.usefixtures("rated")
async def test_where_slack_takes_no_thumbs_the_answer_comes_without_them(slack: SlackServer) -> None:
    slack.fail("chat.postMessage", error("invalid_blocks"))
    await slack.deliver_acked(slack.mention("comets"))
    [shown] = await slack.sent(1)

    assert thumbs(shown.body) == []
    assert shown.body["blocks"]


@given(st.text(max_size=3000), st.booleans())
def test_a_thumb_carries_as_much_of_a_question_as_fits(words: str, useful: bool) -> None:
    written = encode_vote(Rated(AnswerId("x" * 12), words), useful=useful)
    rated, said = decode_vote(written)

    assert fits(written, VALUE)
    assert "<" not in written
    assert (rated.answer, said) == ("x" * 12, useful)
    assert words.startswith(rated.words)


@given(st.one_of(st.text(), st.recursive(st.none() | st.text(), st.lists).map(str)))
def test_what_a_thumb_cannot_have_carried_is_left_alone(value: str) -> None:
    with pytest.raises(StaleError):
        decode_vote(value)


@pytest.mark.usefixtures("rated")
async def test_answers_have_no_thumbs_where_a_channel_chose_none(slack: SlackServer, state: State) -> None:
    await state.place_settings.change(f"slack/{TEAM}/{CHANNEL}", SettingsChange(feedback=False))

    answer = await ask(slack, "comets")

    assert thumbs(answer) == []
    assert sum(each.count for each in (await state.logbook.read(1)).questions) == 1
