"""One app in many workspaces: installed by the browser, each answered as itself, and forgotten when it leaves."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import aiohttp
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import make_url

from adapters.slack.check import check
from adapters.slack.config import Client
from adapters.slack.manifest import INSTALL_PATH
from adapters.slack.service import SlackService
from adapters.slack.workspaces import OneWorkspace, Workspace
from bot.port.cards import CARD, Draw
from bot.port.messages import EpisodeId
from bot.port.place_settings import SettingsChange
from bot.port.posts import NotSentError
from bot.port.serving import StartError
from bot.port.state import State
from bot.port.wishes import Wish
from bot.state.database import Database
from bot.state.stored import StoredState
from tests.adapters.slack.conftest import answers_at, config, running
from tests.adapters.slack.test_http import send
from tests.adapters.slack.test_pictures import draws
from tests.fakes.assistant import NIGHT_SKY, NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.databases import sqlite_in
from tests.fakes.slack_server import (
    ANN,
    BOT_TOKEN,
    CHANNEL,
    CLIENT,
    CLIENT_SECRET,
    FILES,
    SIGNING_SECRET,
    TEAM,
    Call,
    Installed,
    SlackServer,
    error,
    labels_of,
    signed,
    words_of,
)

pytestmark = pytest.mark.slow

KEY = Fernet.generate_key().decode()
OTHER_TEAM, OTHER_BOT = "T2", "U9BOT"
COOKIE = "slack-app-oauth-state"


@asynccontextmanager
async def opened(folder: Path, *keys: str) -> AsyncIterator[StoredState]:
    state = StoredState(Database(make_url(sqlite_in(folder))), keys=keys or (KEY,))
    async with state.opened():
        yield state


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[StoredState]:
    async with opened(tmp_path) as made:
        yield made


@asynccontextmanager
async def serving(
    slack: SlackServer,
    state: State,
    assistant: NotingAssistant | None = None,
    draw: Draw | None = None,
) -> AsyncIterator[aiohttp.ClientSession]:
    """The bot for many workspaces, and the way into it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    slack.redirect_url = f"http://127.0.0.1:{port}/slack/oauth_redirect"
    alone = config(slack, app_token=None, signing_secret=SIGNING_SECRET, port=port)
    chosen = replace(alone, bot_token="", client=Client(CLIENT, CLIENT_SECRET))
    service = SlackService(chosen, backend(assistant or NotingAssistant(), state, draw=draw))
    async with running(service), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        async with asyncio.timeout(10):
            await answers_at(session)
        slack.forget()
        yield session


@pytest.fixture
async def http(slack: SlackServer, state: StoredState) -> AsyncIterator[aiohttp.ClientSession]:
    async with serving(slack, state) as session:
        yield session


async def come(http: aiohttp.ClientSession) -> tuple[str, str]:
    """Somebody follows the link: the cookie they get, and where Slack sends them back to once they allow it."""
    async with http.get(INSTALL_PATH, allow_redirects=False) as sent:
        assert sent.status == 302
        cookie, authorize = sent.cookies[COOKIE].value, sent.headers["Location"]
    async with http.get(authorize, allow_redirects=False) as allowed:
        return cookie, allowed.headers["Location"]


async def go_back(http: aiohttp.ClientSession, cookie: str, back: str) -> int:
    async with http.get(back, headers={"Cookie": f"{COOKIE}={cookie}"}) as page:
        return page.status


async def install(slack: SlackServer, http: aiohttp.ClientSession, where: Installed) -> str:
    """Install the app somewhere; the newest token that is good there."""
    slack.installing = where
    assert await go_back(http, *await come(http)) == 200
    return list(slack.installed)[-1]


FIRST, SECOND = Installed(TEAM, "U0BOT", "B0BOT"), Installed(OTHER_TEAM, OTHER_BOT, "B9BOT")


def elsewhere(slack: SlackServer, words: str, team: str = OTHER_TEAM) -> dict[str, Any]:
    """Somebody mentions the bot in another workspace, where it is another user, in a channel of the same id."""
    return slack.mention("", {"text": f"<@{OTHER_BOT}> {words}"}) | {"team_id": team}


def gone(slack: SlackServer, team: str, kind: str = "app_uninstalled") -> dict[str, Any]:
    tokens = {"tokens": {"oauth": [], "bot": [OTHER_BOT]}} if kind == "tokens_revoked" else {}
    return slack.event({"type": kind, **tokens}) | {"team_id": team}


async def answered(slack: SlackServer, number: int = 1) -> list[Call]:
    return await slack.sent(number, "chat.postMessage")


async def test_each_workspace_is_answered_with_its_own_token(slack: SlackServer, http: aiohttp.ClientSession) -> None:
    first, second = await install(slack, http, FIRST), await install(slack, http, SECOND)

    await send(http, *signed(slack.mention("comets")))
    await answered(slack)
    await send(http, *signed(elsewhere(slack, "comets")))

    assert [call.token for call in await answered(slack, 2)] == [first, second]
    assert len({first, second, BOT_TOKEN}) == 3


async def test_pictures_are_offered_in_workspaces_that_allow_files(slack: SlackServer, state: StoredState) -> None:
    async with serving(slack, state, draw=draws) as http:
        await install(slack, http, FIRST)
        slack.scopes += FILES
        await install(slack, http, SECOND)
        for nth, mention in enumerate((slack.mention("comets"), elsewhere(slack, "comets")), 1):
            await send(http, *signed(mention))
            await answered(slack, nth)
        offered = [CARD in labels_of(each.body) for each in await answered(slack, 2)]

    assert offered == [False, True]


async def test_what_comes_from_an_unknown_workspace_is_ignored_with_one_line(
    slack: SlackServer, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    await install(slack, http, FIRST)
    slack.forget()

    for _ in range(2):
        await send(http, *signed(elsewhere(slack, "comets", "T3")))
    await slack.settle()

    assert slack.calls == []
    assert caplog.text.count("ignoring what comes from the Slack workspace T3") == 1


async def test_with_one_token_another_workspace_is_ignored_with_one_line(
    slack: SlackServer, bot: SlackService, caplog: pytest.LogCaptureFixture
) -> None:
    assert bot is not None
    slack.forget()

    for _ in range(2):
        await slack.deliver_acked(slack.mention("comets") | {"team_id": OTHER_TEAM})
        await slack.deliver_acked(slack.command("/ask", "comets") | {"team_id": OTHER_TEAM})
    await slack.settle()

    assert slack.calls == []
    assert caplog.text.count(f"ignoring what comes from the Slack workspace {OTHER_TEAM}") == 1


async def test_with_one_token_a_shared_channel_is_of_the_workspace_that_installed_the_app(
    slack: SlackServer, bot: SlackService
) -> None:
    assert bot is not None
    shared = {"team_id": OTHER_TEAM, "authorizations": [{"team_id": TEAM, "is_enterprise_install": False}]}

    await slack.deliver_acked(slack.mention("comets") | shared)

    assert await answered(slack)


async def test_an_organisation_installs_once_for_all_its_workspaces(
    slack: SlackServer, http: aiohttp.ClientSession, state: StoredState
) -> None:
    token = await install(slack, http, Installed(None, OTHER_BOT, "B9BOT", organisation="E1"))
    wide = {"enterprise_id": "E1", "team_id": None, "is_enterprise_install": True}
    await state.place_settings.change("slack/E1/T8", SettingsChange(off=True))

    for team in ("T7", "T8"):
        await send(http, *signed(elsewhere(slack, "comets", team) | {"authorizations": [wide]}))
    said = slack.command("/ask", "comets") | {"team_id": "T7", "enterprise_id": "E1", "is_enterprise_install": "true"}
    await send(http, *signed(said))
    await slack.sent(2)

    assert [call.token for call in await answered(slack)] == [token]


async def test_two_workspaces_with_the_same_ids_share_nothing(
    slack: SlackServer, http: aiohttp.ClientSession, state: StoredState
) -> None:
    await install(slack, http, FIRST)
    await install(slack, http, SECOND)
    await state.place_settings.change(f"slack/{OTHER_TEAM}/{CHANNEL}", SettingsChange(off=True))
    same = slack.ts()

    await send(http, *signed(elsewhere(slack, "comets") | {"event_id": "Ev1"}))
    await send(http, *signed(slack.mention("comets", {"ts": same})))
    await answered(slack)
    await state.place_settings.change(f"slack/{OTHER_TEAM}/{CHANNEL}", SettingsChange(off=False))
    again = elsewhere(slack, "oolong")
    again["event"]["ts"] = same
    await send(http, *signed(again))

    assert "dirty snowball" in words_of((await answered(slack, 2))[0].body)
    assert len(await answered(slack, 2)) == 2


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_a_workspace_that_leaves_is_forgotten_and_the_others_stay(
    slack: SlackServer, http: aiohttp.ClientSession, state: StoredState, kind: str
) -> None:
    assert state.wishes is not None
    await install(slack, http, FIRST)
    second = await install(slack, http, SECOND)
    for team in (TEAM, OTHER_TEAM):
        await state.wishes.note(Wish(f"slack/{team}/{ANN}", CHANNEL, "bees?", EpisodeId("none")))
        await state.place_settings.change(f"slack/{team}", SettingsChange(private=True))
        await state.notes.write(f"slack/{team}/{CHANNEL}/1", "bees")

    slack.uninstall(second)
    await send(http, *signed(gone(slack, OTHER_TEAM, kind)))
    slack.forget()
    await send(http, *signed(elsewhere(slack, "comets")))
    await slack.settle()

    assert slack.calls == []
    assert [len(await state.wishes.of(f"slack/{team}/{ANN}")) for team in (TEAM, OTHER_TEAM)] == [1, 0]
    assert [(await state.place_settings.at(f"slack/{team}")).private for team in (TEAM, OTHER_TEAM)] == [True, None]
    assert [await state.notes.read(f"slack/{team}/{CHANNEL}/1") for team in (TEAM, OTHER_TEAM)] == ["bees", None]
    assert state.sealed is not None
    kept = [await state.sealed.read(f"slack/installation/{team}") is not None for team in (TEAM, OTHER_TEAM)]
    assert kept == [True, False]


async def test_a_late_word_of_leaving_is_old_news_where_the_app_was_installed_again(
    slack: SlackServer, http: aiohttp.ClientSession
) -> None:
    token = await install(slack, http, SECOND)

    await send(http, *signed(gone(slack, OTHER_TEAM)))
    await send(http, *signed(elsewhere(slack, "comets")))

    assert [call.token for call in await answered(slack)] == [token]


async def test_a_word_of_leaving_that_cannot_be_checked_is_to_come_again(
    slack: SlackServer, http: aiohttp.ClientSession
) -> None:
    await install(slack, http, SECOND)
    slack.fail("auth.test", error("team_added_to_org"))

    await send(http, *signed(gone(slack, OTHER_TEAM)), expect=503)


async def test_an_event_before_the_token_can_be_read_is_to_come_again(
    slack: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    state = StoredState(Database(make_url("postgresql://x@127.0.0.1:1/x")), keys=(KEY,))
    async with state.opened(), serving(slack, state) as http:
        await send(http, *signed(elsewhere(slack, "comets")), expect=503)
        async with http.get(INSTALL_PATH, allow_redirects=False) as page:
            assert page.status == 503

    assert "Traceback" not in caplog.text


# Tokens that expire.


async def test_a_token_that_ends_soon_is_replaced_once_and_the_new_one_used(
    slack: SlackServer, http: aiohttp.ClientSession
) -> None:
    first = await install(slack, http, replace(SECOND, expires_in=7000))
    slack.forget()

    for words in ("comets", "oolong"):
        await send(http, *signed(elsewhere(slack, words)))
    answers = await answered(slack, 2)

    assert [call.method for call in slack.calls].count("oauth.v2.access") == 1
    assert {call.token for call in answers} == {list(slack.installed)[-1]} != {first}


async def test_of_two_processes_one_replaces_a_token_and_both_use_the_new_one(
    slack: SlackServer, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    await install(slack, http, replace(SECOND, expires_in=0))
    slack.forget()

    async with opened(tmp_path) as other, serving(slack, other) as there:
        await asyncio.gather(*(send(way, *signed(elsewhere(slack, "comets"))) for way in (http, there)))
        answers = await answered(slack, 2)

    assert [call.method for call in slack.calls].count("oauth.v2.access") == 1
    assert {call.token for call in answers} == {list(slack.installed)[-1]}


async def test_a_token_that_cannot_be_replaced_yet_is_used_as_it_is(
    slack: SlackServer, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    token = await install(slack, http, replace(SECOND, expires_in=7000))
    slack.fail("oauth.v2.access", error("invalid_refresh_token"))

    await send(http, *signed(elsewhere(slack, "comets")))

    assert [call.token for call in await answered(slack)] == [token]
    assert "no new token for the workspace T2 (invalid_refresh_token)" in caplog.text


# Installing.


async def test_a_state_is_good_once_and_in_the_browser_that_it_was_made_for(http: aiohttp.ClientSession) -> None:
    cookie, back = await come(http)

    assert await go_back(http, "another", back) == 400
    assert await go_back(http, cookie, back.replace(cookie, "made-up")) == 400
    assert await go_back(http, "made-up", back.replace(cookie, "made-up")) == 401
    assert await go_back(http, cookie, back) == 200
    assert await go_back(http, cookie, back) == 401


async def test_somebody_who_declines_or_comes_with_nonsense_gets_a_page(http: aiohttp.ClientSession) -> None:
    cookie, back = await come(http)
    path = back.partition("?")[0]

    async with http.get(f"{path}?error=<b>denied") as page:
        assert "<b>denied" not in await page.text()
    for query in ("", "?state=x", "?code=x", "?state=%00&code=%ff", f"?code=made-up&state={cookie}"):
        assert await go_back(http, cookie, path + query) in {400, 401}


async def test_beginning_to_install_again_and_again_is_refused_after_a_while(http: aiohttp.ClientSession) -> None:
    statuses = []
    for _ in range(65):
        async with http.get(INSTALL_PATH, allow_redirects=False) as page:
            statuses.append(page.status)

    assert set(statuses) == {302, 429}


async def test_no_secret_is_in_the_log_or_readable_in_the_database(
    slack: SlackServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with opened(tmp_path) as state, serving(slack, state) as http:
        cookie, back = await come(http)
        await go_back(http, "another", back)
        await install(slack, http, replace(SECOND, expires_in=7000))
        await send(http, *signed(elsewhere(slack, "comets")))
        await answered(slack)

    kept = b"".join(file.read_bytes() for file in tmp_path.glob("state.db*"))
    assert b"slack/installation/T2" in kept
    for secret in ("xoxb-", "xoxe-", CLIENT_SECRET, cookie, KEY):
        assert secret.encode() not in kept
    ours = "\n".join(each.getMessage() for each in caplog.records if not each.name.startswith(("aiohttp", "asyncio")))
    for secret in ("xoxb-", "xoxe-", "code-", CLIENT_SECRET, cookie, KEY):
        assert secret not in ours


# The start.


async def test_without_a_key_it_does_not_start(slack: SlackServer) -> None:
    with pytest.raises(StartError, match="OVERHEARD_ENCRYPTION_KEY is not set; make one with `overheard key`"):
        async with running(_service(slack, State())):
            pass


async def test_with_another_key_it_does_not_start_and_with_both_it_does(slack: SlackServer, tmp_path: Path) -> None:
    newer = Fernet.generate_key().decode()
    async with opened(tmp_path) as state, serving(slack, state) as http:
        await install(slack, http, SECOND)

    async with opened(tmp_path, newer) as state:
        with pytest.raises(StartError, match="OVERHEARD_ENCRYPTION_KEY does not decrypt the stored tokens"):
            async with running(_service(slack, state)):
                pass
    async with opened(tmp_path, newer, KEY) as state, serving(slack, state) as http:
        await send(http, *signed(elsewhere(slack, "comets")))
        await answered(slack)
    async with opened(tmp_path, newer) as state, serving(slack, state) as http:
        await send(http, *signed(elsewhere(slack, "oolong")))
        await answered(slack)


def _service(slack: SlackServer, state: State) -> SlackService:
    alone = config(slack, app_token=None, signing_secret=SIGNING_SECRET)
    return SlackService(replace(alone, client=Client(CLIENT, CLIENT_SECRET)), backend(NotingAssistant(), state))


@pytest.mark.parametrize("client", [Client("9.9", CLIENT_SECRET), Client(CLIENT, "wrong")])
async def test_a_wrong_client_is_told_at_the_start_and_by_check(
    slack: SlackServer, state: StoredState, client: Client
) -> None:
    chosen = replace(config(slack, app_token=None, signing_secret=SIGNING_SECRET), client=client)

    with pytest.raises(StartError, match="Slack refuses SLACK_CLIENT_ID and SLACK_CLIENT_SECRET"):
        async with running(SlackService(chosen, backend(NotingAssistant(), state))):
            pass
    assert "copy them again" in (await check(chosen))[0].problems[0]


async def test_check_says_where_workspaces_install_the_app(slack: SlackServer) -> None:
    chosen = replace(config(slack, app_token=None, signing_secret=SIGNING_SECRET), client=Client(CLIENT, CLIENT_SECRET))

    reports = await check(chosen)

    assert [problem for report in reports for problem in report.problems] == []
    assert reports[0].summary == "Many workspaces: each can install the app, at /slack/install of your address."


async def test_whoever_waits_is_told_by_their_own_workspace(slack: SlackServer, state: StoredState) -> None:
    assert state.wishes is not None
    assistant = NotingAssistant((NIGHT_SKY,))
    async with serving(slack, state, assistant) as http:
        second = await install(slack, http, SECOND)
        for team in (OTHER_TEAM, "T3"):
            await state.wishes.note(Wish(f"slack/{team}/{ANN}", CHANNEL, "what about oolong?"))
        assistant.gets()

        assert [call.token for call in await answered(slack)] == [second]
        await slack.settle()

    assert len(await answered(slack)) == 1


@pytest.mark.parametrize("name", ["", "slack", "slack/", "T1"])
async def test_nothing_is_sent_to_what_is_in_no_workspace(name: str) -> None:
    one = OneWorkspace(TEAM, cast("Workspace", object()))

    with pytest.raises(NotSentError):
        await one.outbox_of(name)
