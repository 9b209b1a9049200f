from __future__ import annotations

import asyncio
import contextlib
import errno
import io
import json
import logging
import socket
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.http_mode import EVENTS_PATH, HEALTH_PATH, _understood
from adapters.slack.service import SlackService
from bot.port.messages import Episode
from bot.port.serving import StartError
from tests.adapters.slack.conftest import answers_at, config, running, submission
from tests.fakes.assistant import NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.examples import examples
from tests.fakes.slack_server import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, SlackServer, error, signed, words_of


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
async def http(slack: SlackServer, assistant: NotingAssistant, port: int) -> AsyncIterator[aiohttp.ClientSession]:
    """The way into a bot that serves HTTP alone."""
    service = SlackService(config(slack, app_token=None, signing_secret=SIGNING_SECRET, port=port), backend(assistant))
    async with running(service), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        await answers_at(session)
        yield session


async def send(http: aiohttp.ClientSession, body: bytes, headers: Mapping[str, str], *, expect: int = 200) -> str:
    async with http.post(EVENTS_PATH, data=io.BytesIO(body), headers=headers) as response:
        assert response.status == expect
        return await response.text()


async def test_a_signed_event_is_acknowledged_and_answered(slack: SlackServer, http: aiohttp.ClientSession) -> None:
    await send(http, *signed(slack.mention("comets")))

    assert "dirty snowball" in words_of((await slack.sent())[0].body)


async def test_slacks_address_check_gets_its_challenge_back(http: aiohttp.ClientSession) -> None:
    body, headers = signed({"type": "url_verification", "challenge": "c4tch"})

    assert "c4tch" in await send(http, body, headers)


async def test_commands_presses_and_dialogues_work_over_http(slack: SlackServer, http: aiohttp.ClientSession) -> None:
    press = {"type": "button", "action_id": "open:0", "value": '{"items":["tea-time-1/topic/oolong"]}'}

    await send(http, *signed(slack.command("/ask", "comets & <tea>")))
    await send(http, *signed(slack.press(press, slack.in_message(private=True)), form=True))
    answers = await slack.sent(2)
    dialogue = json.loads(await send(http, *signed(submission(slack, "comets"), form=True)))
    menu = {"type": "block_suggestion", "user": {"id": "U1"}, "action_id": "pick_topic", "value": "com"}
    options = json.loads(await send(http, *signed(menu, form=True)))

    assert {answer.method for answer in answers} == {"hook"}
    assert "dirty snowball" in words_of(dialogue)
    assert [option["text"]["text"] for option in options["options"]] == ["Comets"]


async def test_an_event_that_comes_both_ways_is_answered_once(
    slack: SlackServer, assistant: NotingAssistant, port: int
) -> None:
    service = SlackService(
        config(slack, app_token=APP_TOKEN, signing_secret=SIGNING_SECRET, port=port), backend(assistant)
    )
    async with running(service), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        await slack.connected()
        await answers_at(http)
        mention = slack.mention("comets")

        await slack.deliver_acked(mention)
        await send(http, *signed(mention))
        await slack.settle()

    assert len(await slack.sent()) == 1


async def test_that_slack_holds_events_back_is_taken_note_of_once(
    http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        await send(http, *signed({"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1}))

    assert caplog.text.count("Slack holds events back") == 1


async def test_a_connection_over_which_no_request_comes_is_cut_off(
    slack: SlackServer, assistant: NotingAssistant, port: int
) -> None:
    async def cut_off(begun: bytes) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun)
        with contextlib.suppress(ConnectionResetError):
            assert await reader.read() == b""
        writer.close()

    async with impatient(slack, assistant, port):
        await asyncio.gather(cut_off(b""), cut_off(b"POST /slack/events HTTP/1.1\r\nHost: x\r\n"))


async def test_a_request_whose_body_never_ends_is_refused(
    slack: SlackServer, assistant: NotingAssistant, port: int
) -> None:
    async with impatient(slack, assistant, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
        assert (await reader.readline()).startswith(b"HTTP/1.1 408")
        writer.close()


@contextlib.asynccontextmanager
async def impatient(slack: SlackServer, assistant: NotingAssistant, port: int) -> AsyncIterator[None]:
    """The bot, which waits half a second for whatever comes."""
    alone = config(slack, app_token=None, signing_secret=SIGNING_SECRET, port=port)
    quick = replace(alone, patience=timedelta(milliseconds=500))
    async with (
        running(SlackService(quick, backend(assistant))),
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session,
    ):
        await answers_at(session)
        yield


async def test_health_is_bad_where_the_token_is_refused_and_good_again_after(
    slack: SlackServer, http: aiohttp.ClientSession
) -> None:
    told = []
    for faults in ((error("token_revoked"),), ()):
        slack.fail("chat.postMessage", *faults)
        await send(http, *signed(slack.mention("comets")))
        await slack.until(lambda: len(slack.refused) + len(slack.calls) >= 2 + len(told))
        async with asyncio.timeout(10):
            told.append(await _health(http, 200 if not faults else 503))

    assert told == ["Slack refuses the bot token", "ok"]


async def test_health_is_bad_where_the_library_cannot_be_read(slack: SlackServer, port: int) -> None:
    alone = config(slack, app_token=None, signing_secret=SIGNING_SECRET, port=port)
    async with (
        running(SlackService(alone, backend(UnreadableAssistant()))),
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http,
    ):
        async with asyncio.timeout(10):
            assert await _health(http, 503) == "the library can't be read"


class UnreadableAssistant(NotingAssistant):
    async def episodes(self, *_: object, **__: object) -> tuple[Episode, ...]:
        raise OSError("the disk is gone")


async def _health(http: aiohttp.ClientSession, expect: int) -> str:
    """Ask until it is so."""
    while True:
        with contextlib.suppress(aiohttp.ClientConnectorError):
            async with http.get(HEALTH_PATH) as response:
                if response.status == expect:
                    return await response.text()
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    "change",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=é"},
        {"X-Slack-Signature": "nonsense"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": "1" * 4000},
        {"X-Slack-Request-Timestamp": "-5"},
        {"X-Slack-Request-Timestamp": "١٢٣"},
        {"X-Slack-Request-Timestamp": str(int(time.time()) + 90)},
    ],
)
async def test_a_bad_signature_is_refused(
    slack: SlackServer, http: aiohttp.ClientSession, change: dict[str, str]
) -> None:
    body, headers = signed(slack.mention("comets"))

    await send(http, body, headers | change, expect=401)


@pytest.mark.parametrize("late", [-600, 600])
async def test_a_stale_or_future_delivery_is_refused(
    slack: SlackServer, http: aiohttp.ClientSession, late: int
) -> None:
    await send(http, *signed(slack.mention("comets"), at=time.time() + late), expect=401)


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", '"words"', "null", "{}", '{"type":"event_callback"}', '{"type":"event_callback","event":[]}',
     b"\xff\xfe", "[" * 100_000, '{"type": 1}', '{"type":"event_callback","event":{"type":7}}'],
)  # fmt: skip
async def test_a_signed_body_that_is_broken_is_a_bad_request(http: aiohttp.ClientSession, body: str | bytes) -> None:
    await send(http, *signed(body), expect=400)


@pytest.mark.parametrize("body", ["", "payload=", "payload={", "payload=[]", "payload={}", "a=b", "payload=%ff", "&&&"])
async def test_a_signed_form_that_is_broken_is_a_bad_request(http: aiohttp.ClientSession, body: str) -> None:
    await send(http, *signed(body, form=True), expect=400)


async def test_another_kind_of_content_is_a_bad_request(slack: SlackServer, http: aiohttp.ClientSession) -> None:
    body, headers = signed(slack.mention("comets"))

    await send(http, body, headers | {"Content-Type": "text/xml"}, expect=400)


async def test_a_body_over_a_megabyte_is_refused(http: aiohttp.ClientSession) -> None:
    await send(http, *signed(b"x" * (1024 * 1024 + 1)), expect=413)


async def test_other_addresses_and_methods_are_not_there(http: aiohttp.ClientSession) -> None:
    async with http.get(EVENTS_PATH) as response:
        assert response.status == 405
    async with http.post("/") as response:
        assert response.status == 404


async def test_a_refused_request_leaves_no_body_and_no_traceback_in_the_log(
    slack: SlackServer, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    body, headers = signed(slack.mention("my-secret-words"))

    await send(http, body, headers | {"X-Slack-Signature": "v0=" + "0" * 64}, expect=401)
    await send(http, *signed(b'{"my-secret-words'), expect=400)

    for secret in ("my-secret-words", SIGNING_SECRET, BOT_TOKEN, "Traceback"):
        assert secret not in caplog.text


async def test_that_no_more_connections_can_be_taken_is_told_in_one_line(
    slack: SlackServer, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    loop = asyncio.get_running_loop()
    for _ in range(100):  # as asyncio tells it
        loop.call_exception_handler(
            {"message": "socket.accept()", "exception": OSError(errno.EMFILE, "Too many files")}
        )
    loop.call_exception_handler({"message": "something else"})
    await send(http, *signed(slack.mention("comets")))

    assert [each.message for each in caplog.records if "Too many files" in each.message] == [
        "no more connections can be taken (Too many files): raise the limit, see `ulimit -n`"
    ]
    assert "Traceback" not in caplog.text
    assert "something else" in caplog.text


async def test_a_port_that_is_taken_stops_the_start(
    slack: SlackServer, assistant: NotingAssistant, http: aiohttp.ClientSession, port: int
) -> None:
    assert http is not None
    second = SlackService(config(slack, app_token=None, signing_secret=SIGNING_SECRET, port=port), backend(assistant))

    with pytest.raises(StartError, match=f"cannot listen on 127.0.0.1:{port} .* SLACK_PORT"):
        async with running(second):
            pass


_kinds_of_slack = ["application/json", "application/x-www-form-urlencoded"]
_kinds = st.sampled_from([*_kinds_of_slack, "text/plain"])


@examples(200)
@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")), _kinds)
def test_any_body_at_all_is_judged_without_an_error(body: str, kind: str) -> None:
    assert _understood(kind, body) is None or kind in _kinds_of_slack
