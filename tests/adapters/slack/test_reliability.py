from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from adapters.slack.config import SlackConfig
from adapters.slack.service import SlackService
from bot.port.limits import Rate
from bot.port.serving import StartError
from tests.adapters.slack.conftest import PAUSE, answering, config
from tests.fakes.assistant import NIGHT_SKY, BrokenAssistant, NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.busy import BusyAssistant
from tests.fakes.slack_server import (
    ANN,
    APP_TOKEN,
    BOT_TOKEN,
    CHANNEL,
    HANGING,
    SCOPES,
    SlackServer,
    broken,
    error,
    hook_refused,
    rate_limited,
)

pytestmark = pytest.mark.slow


# Once, and once only


@pytest.mark.usefixtures("bot")
async def test_an_event_delivered_twice_is_answered_once(slack: SlackServer) -> None:
    mention = slack.mention("comets")

    for _ in range(3):
        await slack.deliver_acked(mention)
    await slack.settle()

    assert len(await slack.sent()) == 1


@pytest.mark.usefixtures("bot")
async def test_two_events_about_the_same_message_are_answered_once(slack: SlackServer) -> None:
    mention = slack.mention("comets")

    await slack.deliver_acked(mention)
    await slack.deliver_acked(mention | {"event_id": "Ev-other"})
    await slack.settle()

    assert len(await slack.sent()) == 1


@pytest.mark.usefixtures("bot")
async def test_a_command_and_a_press_delivered_twice_are_answered_once(slack: SlackServer) -> None:
    command = slack.command("/ask", "comets")
    press = slack.press(
        {"type": "button", "action_id": "open:0", "value": '{"items":["tea-time-1/topic/oolong"]}'},
        slack.in_message(private=True),
    )

    for _ in range(2):
        await slack.deliver_acked(command)
        await slack.deliver_acked(press)
    await slack.settle()

    assert len(await slack.sent(2)) == 2


async def test_a_double_click_shares_once(slack: SlackServer) -> None:
    assistant = BusyAssistant()
    share, source = {"action_id": "share", "value": '{"ask":"comets","episode":null}'}, slack.in_message(private=True)

    async with answering(slack, backend(assistant)):
        async with assistant.held():
            for _ in range(2):
                await slack.deliver_acked(slack.press(share, source))
        sent = await slack.sent(2)
        await slack.settle()

    assert [call.body.get("response_type") for call in sent] == ["in_channel", None]  # the answer, then its dismissal
    assert len(sent) == len(await slack.sent(2))


# The connection


@pytest.mark.usefixtures("bot")
async def test_a_dropped_connection_is_made_again_and_told_once(
    slack: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await slack.drop()
        await slack.connected(2)
        await slack.deliver_acked(slack.mention("comets"))

    assert await slack.sent()
    assert len([record for record in caplog.records if "is lost" in record.message]) == 1


@pytest.mark.usefixtures("bot")
async def test_a_refused_upgrade_is_tried_again_with_a_new_address(slack: SlackServer) -> None:
    slack.refuse_upgrades = 1

    await slack.drop()
    await slack.connected(2)
    await slack.deliver_acked(slack.mention("comets"))

    assert await slack.sent()


@pytest.mark.usefixtures("bot")
async def test_a_new_address_that_slack_cannot_give_is_asked_for_again(slack: SlackServer) -> None:
    slack.fail("apps.connections.open", error("internal_error"))

    await slack.drop()
    await slack.connected(2)
    await slack.deliver_acked(slack.mention("comets"))

    assert await slack.sent()


@pytest.mark.usefixtures("bot")
async def test_a_connection_that_slack_retires_is_replaced(slack: SlackServer) -> None:
    await slack.refresh()
    await slack.connected(2)
    await slack.deliver_acked(slack.mention("comets"))

    assert await slack.sent()


@pytest.mark.usefixtures("bot")
async def test_a_connection_that_dies_without_a_word_is_replaced(slack: SlackServer) -> None:
    slack.silent = True
    await slack.until(lambda: slack.upgrades == 2)
    slack.silent = False

    await slack.deliver_acked(slack.mention("comets"))

    assert await slack.sent()


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("reason", ["too_many_websockets", "link_disabled"])
async def test_connections_that_end_at_once_are_made_again_more_and_more_slowly(
    slack: SlackServer, reason: str
) -> None:
    slack.farewell = reason
    await slack.drop()
    await slack.connected(3)
    asked = [call.at for call in slack.calls if call.method == "apps.connections.open"]

    assert asked[2] - asked[1] >= PAUSE.total_seconds()


@pytest.mark.usefixtures("bot")
async def test_slack_is_left_alone_as_long_as_it_wants_before_a_new_connection(slack: SlackServer) -> None:
    slack.fail("apps.connections.open", rate_limited(1))
    await slack.drop()
    await slack.until(lambda: len(slack.refused) == 1)
    asked = time.monotonic()
    await slack.connected(2)

    assert time.monotonic() - asked >= 0.9


@pytest.mark.usefixtures("bot")
async def test_an_event_of_several_megabytes_is_answered(slack: SlackServer) -> None:
    await slack.deliver_acked(slack.mention("comets", {"blocks": ["x" * 3_000_000]}))

    assert await slack.sent()
    assert slack.upgrades == 1


# Leaving


async def test_leaving_waits_for_the_answers_under_way(slack: SlackServer) -> None:
    assistant = BusyAssistant()
    stop = asyncio.Event()
    serving = asyncio.create_task(SlackService(config(slack), backend(assistant)).run(stop))
    async with assistant.held():
        await slack.deliver_acked(slack.mention("comets"))
        stop.set()
        await slack.settle()
    await serving

    assert len(await slack.sent()) == 1


# What Slack refuses


@pytest.mark.usefixtures("bot")
async def test_too_many_messages_are_sent_as_late_as_slack_wants_them(slack: SlackServer) -> None:
    slack.fail("chat.postMessage", rate_limited(1))
    started = time.monotonic()

    await slack.deliver_acked(slack.mention("comets"))
    [answer] = await slack.sent()

    assert answer.at - started >= 1


@pytest.mark.usefixtures("bot")
async def test_slacks_own_trouble_is_sat_out(slack: SlackServer) -> None:
    slack.fail("chat.postMessage", broken(), error("internal_error"))
    slack.fail("hook", broken(), broken())

    await slack.deliver_acked(slack.mention("comets"))
    await slack.deliver_acked(slack.command("/ask", "comets"))

    assert len(await slack.sent(2)) == 2


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("reason", ["invalid_blocks", "msg_blocks_too_long"])
async def test_the_plain_text_goes_out_where_blocks_are_refused(
    slack: SlackServer, caplog: pytest.LogCaptureFixture, reason: str
) -> None:
    slack.fail("chat.postMessage", error(reason))
    slack.fail("hook", hook_refused(reason))

    await slack.deliver_acked(slack.mention("comets"))
    await slack.deliver_acked(slack.command("/ask", "comets"))
    answers = await slack.sent(2)

    assert all("blocks" not in answer.body for answer in answers)
    assert all("A comet is a dirty snowball with a travel plan" in answer.body["text"] for answer in answers)
    assert reason in caplog.text


async def test_where_slack_cannot_get_the_show_s_picture_the_answer_comes_without(slack: SlackServer) -> None:
    pictured = NotingAssistant((replace(NIGHT_SKY, image="https://sky.example/art.png"),))
    async with answering(slack, backend(pictured)):
        slack.fail("chat.postMessage", error("invalid_blocks"))
        await slack.deliver_acked(slack.mention("random quote"))
        await slack.sent()

    [refused], [answer] = slack.refused, await slack.sent()
    assert "art.png" in str(refused.body)
    assert [block["type"] for block in answer.body["blocks"]] == [block["type"] for block in refused.body["blocks"]]
    assert "art.png" not in str(answer.body)


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("reason", ["channel_not_found", "not_in_channel", "is_archived", "no_permission", "new_word"])
async def test_where_the_bot_cannot_write_the_asker_gets_the_answer_directly(
    slack: SlackServer, caplog: pytest.LogCaptureFixture, reason: str
) -> None:
    for nth in (1, 2):
        slack.fail("chat.postMessage", error(reason))
        await slack.deliver_acked(slack.mention("comets"))
        answers = await slack.sent(nth)

    assert {answer.body["channel"] for answer in answers} == {ANN}
    assert "can't write in the channel" in answers[0].body["text"]
    assert "dirty snowball" in answers[0].body["text"]
    assert len([record for record in caplog.records if reason in record.message]) == 1


@pytest.mark.usefixtures("bot")
async def test_a_press_is_answered_over_its_own_address_where_the_token_is_none_any_more(slack: SlackServer) -> None:
    slack.fail("chat.postMessage", error("token_revoked"))
    press = {"action_id": "open", "value": '{"items":["tea-time-1/topic/oolong"]}'}
    await slack.deliver_acked(slack.press(press, slack.in_message()))

    [answer] = await slack.sent()
    assert answer.method == "hook"
    assert "neither green nor black" in answer.body["text"]


async def test_a_bug_behind_a_button_is_excused_too(slack: SlackServer, caplog: pytest.LogCaptureFixture) -> None:
    async with answering(slack, backend(BrokenAssistant())):
        about = {"action_id": "about", "value": "boom"}
        await slack.deliver_acked(slack.press(about, slack.in_message()))
        [excuse] = await slack.sent()

    assert excuse.body["response_type"] == "ephemeral"
    assert excuse.body["text"].rstrip(".").split()[-1] in caplog.text


@pytest.mark.usefixtures("bot")
async def test_where_a_thread_of_a_direct_message_is_gone_the_answer_stands_beside_it(slack: SlackServer) -> None:
    slack.fail("chat.postMessage", error("cannot_reply_to_message"))
    await slack.deliver_acked(slack.direct("comets", {"thread_ts": "7.1"}))

    [answer] = await slack.sent()
    assert (answer.body["channel"], answer.body.get("thread_ts")) == (ANN, None)


async def test_a_call_that_hangs_is_given_up_and_the_asker_answered_directly(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    slack.fail("chat.postMessage", HANGING)
    async with answering(slack, backend(assistant), replace(config(slack), patience=timedelta(seconds=1))):
        await slack.deliver_acked(slack.mention("comets"))
        [answer] = await slack.sent()

    assert answer.body["channel"] == ANN
    assert "Slack had trouble" in answer.body["text"]


@pytest.mark.usefixtures("bot")
async def test_an_expired_response_address_is_answered_in_the_channel_instead(slack: SlackServer) -> None:
    slack.fail("hook", hook_refused("expired_url", 404), hook_refused("expired_url", 404))

    await slack.deliver_acked(slack.command("/ask", "comets"))
    await slack.deliver_acked(slack.command("/quote"))
    private, public = sorted(await slack.sent(2), key=lambda call: call.method)

    assert (private.method, private.body["user"], private.body["channel"]) == ("chat.postEphemeral", ANN, CHANNEL)
    assert (public.method, public.body["channel"]) == ("chat.postMessage", CHANNEL)


@pytest.mark.usefixtures("bot")
async def test_a_private_answer_that_the_channel_does_not_take_goes_to_the_person(slack: SlackServer) -> None:
    slack.fail("hook", hook_refused("used_url", 404))
    slack.fail("chat.postEphemeral", error("not_in_channel"))

    await slack.deliver_acked(slack.command("/ask", "comets"))

    assert (await slack.sent())[0].body["channel"] == ANN


@pytest.mark.usefixtures("bot")
async def test_a_revoked_token_is_told_once_and_commands_are_answered_all_the_same(
    slack: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        slack.fail("chat.postMessage", error("token_revoked"))
        await slack.deliver_acked(slack.mention("comets"))
    await slack.until(lambda: len(slack.refused) == 3)
    await slack.deliver_acked(slack.command("/ask", "comets"))

    assert await slack.sent()
    [told] = [record for record in caplog.records if "token_revoked" in record.message]
    assert "install the app to the workspace again" in told.message


async def test_a_bug_is_excused_with_a_reference_that_stands_in_the_log(
    slack: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with answering(slack, backend(BrokenAssistant())):
        await slack.deliver_acked(slack.mention("boom"))
        await slack.deliver_acked(slack.command("/ask", "boom --public"))
        mention, command = sorted(await slack.sent(2), key=lambda call: call.method)

    assert mention.method == "chat.postEphemeral"
    assert command.body["response_type"] == "ephemeral"
    for excuse in (mention, command):
        assert excuse.body["text"].rstrip(".").split()[-1] in caplog.text


# Too many questions


async def test_too_many_questions_are_told_to_wait_privately(slack: SlackServer, assistant: NotingAssistant) -> None:
    slow = replace(config(slack), per_member=Rate(1, timedelta(minutes=1)))

    async with answering(slack, backend(assistant), slow):
        for _ in range(4):
            await slack.deliver_acked(slack.mention("comets"))
        await slack.deliver_acked(slack.command("/ask", "comets"))
        await slack.deliver_acked(slack.mention("comets", user="U9"))
        sent = await slack.sent(4)
        await slack.settle()

    assert len(slack.calls) - 2 == len(sent)  # besides auth.test and apps.connections.open
    assert sorted(call.method for call in sent) == [
        "chat.postEphemeral",  # one line for three mentions
        "chat.postMessage",
        "chat.postMessage",
        "hook",
    ]
    assert "try again in" in next(call for call in sent if call.method == "hook").body["text"]


async def test_the_assistant_pane_does_not_seem_to_look_on_where_nothing_comes(slack: SlackServer) -> None:
    assistant = BusyAssistant()
    slack.fail("chat.postMessage", error("no_permission"), error("no_permission"))

    async with answering(slack, backend(assistant)):
        async with assistant.held():
            await slack.deliver_acked(slack.direct("comets", {"thread_ts": "7.1"}))
            await slack.sent(1, "assistant.threads.setStatus")
        statuses = await slack.sent(2, "assistant.threads.setStatus")

    assert [bool(call.body["status"]) for call in statuses] == [True, False]


# Starting


@pytest.mark.parametrize(
    ("method", "reason", "setting"),
    [("auth.test", "invalid_auth", "SLACK_BOT_TOKEN"), ("apps.connections.open", "invalid_auth", "SLACK_APP_TOKEN")],
)
async def test_a_wrong_token_stops_the_start_with_one_line(
    slack: SlackServer, assistant: NotingAssistant, method: str, reason: str, setting: str
) -> None:
    slack.fail(method, error(reason))

    with pytest.raises(StartError, match=rf"refuses {setting} \({reason}\)"):
        await SlackService(config(slack), backend(assistant)).run(asyncio.Event())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"bot_token": APP_TOKEN, "app_token": BOT_TOKEN}, "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped"),
        ({"bot_token": APP_TOKEN}, "SLACK_BOT_TOKEN holds an app-level token"),
        ({"app_token": "xoxb-2"}, "SLACK_APP_TOKEN begins with xapp-"),
        ({"signing_secret": "0123"}, "SLACK_SIGNING_SECRET is 32 digits and letters a to f"),
    ],
)
async def test_what_cannot_be_right_stops_the_start_by_its_name(
    slack: SlackServer, assistant: NotingAssistant, change: dict[str, str], told: str
) -> None:
    wrong = replace(config(slack), **change)  # type: ignore[arg-type]

    with pytest.raises(StartError, match=told):
        await SlackService(wrong, backend(assistant)).run(asyncio.Event())


async def test_scopes_that_are_missing_are_named_at_the_start(
    slack: SlackServer, assistant: NotingAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    slack.scopes = SCOPES.replace(",im:history", "").replace(",users:read", "")

    async with answering(slack, backend(assistant)):
        await slack.connected()

    assert "add im:history, users:read under" in caplog.text


async def test_a_persons_token_is_not_a_bots(slack: SlackServer, assistant: NotingAssistant) -> None:
    slack.fail("auth.test", web.json_response({"ok": True, "user_id": ANN, "team_id": "T1"}))

    with pytest.raises(StartError, match="person's token"):
        await SlackService(config(slack), backend(assistant)).run(asyncio.Event())


async def test_no_network_stops_the_start_with_one_line(assistant: NotingAssistant) -> None:
    nowhere = SlackConfig(BOT_TOKEN, APP_TOKEN, api_url="http://127.0.0.1:9/api/", pause=PAUSE)

    with pytest.raises(StartError, match=r"cannot be reached at 127\.0\.0\.1:9"):
        await SlackService(nowhere, backend(assistant)).run(asyncio.Event())


async def test_a_bot_that_nothing_can_reach_does_not_start(slack: SlackServer, assistant: NotingAssistant) -> None:
    with pytest.raises(StartError, match="SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET"):
        await SlackService(config(slack, app_token=None), backend(assistant)).run(asyncio.Event())


# The log


@pytest.mark.usefixtures("bot")
async def test_the_log_holds_no_token_and_no_message(slack: SlackServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    slack.fail("chat.postMessage", error("invalid_blocks"), error("no_text"))
    slack.fail("hook", hook_refused("invalid_blocks"), hook_refused("no_text"))

    await slack.deliver_acked(slack.mention("comets my-secret-words"))
    await slack.deliver_acked(slack.command("/ask", "comets my-secret-words"))
    await slack.deliver({"type": "unheard_of", "text": "my-secret-words"})
    await slack.drop()
    await slack.connected(2)

    for secret in (BOT_TOKEN, APP_TOKEN, "my-secret-words", "dirty snowball", "ticket"):
        assert secret not in caplog.text


def test_a_config_shows_no_secret() -> None:
    shown = repr(SlackConfig(bot_token=BOT_TOKEN, app_token=APP_TOKEN, signing_secret="hush"))

    assert not any(secret in shown for secret in (BOT_TOKEN, APP_TOKEN, "hush"))
