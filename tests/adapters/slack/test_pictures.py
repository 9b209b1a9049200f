"""Quotations as pictures in Slack: the button, who sees the file, and what is said where there is none."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

import pytest
from hypothesis import given

from adapters.slack.pictures import IN_PRIVATE, NOT_SENT, _markup
from bot.port.cards import CARD, TOO_LONG, Draw, NotDrawn, Shape
from bot.port.messages import Evidence
from bot.port.wording import STALE
from tests.adapters.slack.conftest import Bot, answering
from tests.fakes.assistant import SNOWBALL, NotingAssistant, evidence
from tests.fakes.backend import backend
from tests.fakes.examples import examples
from tests.fakes.hostile import hostile_text
from tests.fakes.slack_blocks import comment_problems
from tests.fakes.slack_server import (
    CHANNEL,
    DIRECT,
    FILES,
    SCOPES,
    Call,
    SlackServer,
    button,
    error,
    labels_of,
    words_of,
)

pytestmark = pytest.mark.slow

drawn_on: list[int] = []
_COMPLETE = "files.completeUploadExternal"


def draws(said: Evidence, shape: Shape) -> bytes | NotDrawn:
    drawn_on.append(threading.get_ident())
    return f"{said.id} {shape.name}".encode()


def refuses(_: Evidence, __: Shape) -> bytes | NotDrawn:
    return NotDrawn(TOO_LONG)


def serving(slack: SlackServer, draw: Draw | None = draws, scopes: str = SCOPES + FILES) -> Bot:
    slack.scopes = scopes
    return answering(slack, backend(NotingAssistant(), draw=draw))


async def pressed(slack: SlackServer, body: dict[str, object], **where: object) -> None:
    source = slack.in_message(**where)  # type: ignore[arg-type]
    await slack.deliver_acked(slack.press(button(body, CARD), source))


def picture(slack: SlackServer, completed: Call) -> str:
    [file] = json.loads(completed.body["files"])
    assert file["title"] == "The Night Sky #7"
    return slack.files[file["id"]].decode()


async def test_a_quotation_is_shared_as_a_picture_under_its_answer_drawn_beside_the_loop(slack: SlackServer) -> None:
    async with serving(slack):
        await slack.deliver_acked(slack.mention("comets"))
        [answer] = await slack.sent()
        await pressed(slack, dict(answer.body), thread="1.5")
        [shared] = await slack.sent(1, _COMPLETE)

    assert picture(slack, shared).endswith(" WIDE")
    assert (shared.body["channel_id"], shared.body["thread_ts"]) == (CHANNEL, "1.5")
    assert shared.body["initial_comment"].startswith("— The Night Sky #7 · <https://sky.example/7|▶ ")
    assert drawn_on[-1] != threading.get_ident()
    assert len(await slack.sent()) == 1


async def test_under_a_message_in_no_thread_the_picture_begins_one(slack: SlackServer) -> None:
    async with serving(slack):
        await slack.deliver_acked(slack.command("/ask", "comets --public"))
        [answer] = await slack.sent()
        await pressed(slack, dict(answer.body))
        [shared] = await slack.sent(1, _COMPLETE)

    assert shared.body["thread_ts"].startswith("1700000000.")


async def test_the_picture_of_a_private_answer_is_sent_to_its_asker_who_is_told_where_it_is(slack: SlackServer) -> None:
    async with serving(slack):
        await slack.deliver_acked(slack.command("/ask", "comets"))
        [answer] = await slack.sent()
        await pressed(slack, dict(answer.body), private=True)
        [shared] = await slack.sent(1, _COMPLETE)
        told = (await slack.sent(3))[2]

    assert shared.body["channel_id"] == DIRECT
    assert (told.body["response_type"], words_of(told.body)) == ("ephemeral", IN_PRIVATE)


async def test_where_no_file_may_be_shared_the_asker_gets_it_alone(slack: SlackServer) -> None:
    async with serving(slack):
        await slack.deliver_acked(slack.mention("comets"))
        [answer] = await slack.sent()
        slack.fail(_COMPLETE, error("not_in_channel"))
        await pressed(slack, dict(answer.body), thread="1.5")
        [shared] = await slack.sent(1, _COMPLETE)
        await slack.sent(3)

    assert shared.body["channel_id"] == DIRECT


async def test_a_picture_that_can_not_be_sent_is_excused_and_nothing_is_left_behind(slack: SlackServer) -> None:
    async with serving(slack):
        await slack.deliver_acked(slack.mention("comets"))
        [answer] = await slack.sent()
        slack.fail("files.getUploadURLExternal", error("missing_scope"), error("missing_scope"))
        await pressed(slack, dict(answer.body), thread="1.5")
        told = (await slack.sent(3))[2]
        await slack.sent(1, "chat.delete")

    assert words_of(told.body) == NOT_SENT


@pytest.mark.parametrize(("draw", "told"), [(refuses, TOO_LONG), (None, STALE)])
async def test_what_cannot_be_drawn_is_told_to_whoever_pressed(
    slack: SlackServer, draw: Draw | None, told: str
) -> None:
    async with serving(slack, draw):
        old = {"type": "button", "action_id": "card", "value": SNOWBALL.id}
        await slack.deliver_acked(slack.press(old, slack.in_message()))
        [excuse] = await slack.sent()

    assert (excuse.body["response_type"], words_of(excuse.body)) == ("ephemeral", told)
    assert not slack.files


@pytest.mark.parametrize("scopes", [SCOPES, SCOPES + FILES])
async def test_there_is_no_button_without_the_scope_or_the_libraries(slack: SlackServer, scopes: str) -> None:
    async with serving(slack, draws if scopes == SCOPES else None, scopes):
        await slack.deliver_acked(slack.mention("comets"))
        [answer] = await slack.sent()

    assert CARD not in labels_of(answer.body)


@examples(100)
@given(hostile_text, hostile_text)
def test_whatever_the_words_above_a_picture_ping_nobody(who: str, where: str) -> None:
    hostile = replace(evidence(SNOWBALL), speaker=who, url=f"https://sky.example/{where}")

    assert not list(comment_problems(_markup(hostile)))
