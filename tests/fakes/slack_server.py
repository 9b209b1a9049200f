"""A stand-in for Slack on loopback: Web API, Socket Mode and signed deliveries; strict, and able to misbehave.

Checks what it is sent as Slack would, keeps it for the test to look at, and collects under `problems` what must
never be sent. It answers no questions and knows nothing of the bot beyond its app's settings.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import itertools
import json
import time
import urllib.parse
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import WSMsgType, web

from .slack_blocks import Json, comment_problems, message_problems, options_problems, view_problems

BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-1-test", "xapp-1-test", "0123456789abcdef0123456789abcdef"
BOT, BOT_ID, TEAM, CHANNEL, DIRECT, ANN, BEN = "U0BOT", "B0BOT", "T1", "C1", "D1", "U1ANN", "U2BEN"
CLIENT, CLIENT_SECRET = "1.2", "client-secret-1"
SCOPES = "app_mentions:read,assistant:write,chat:write,commands,im:history,users:read"
FILES, CHANNELS = ",files:write", ",channels:read"
"""What whoever installs the app may allow besides."""

_MESSAGE = {"text", "blocks", "mrkdwn", "parse", "unfurl_links", "unfurl_media"}

_LOOK = {"oldest", "limit", "include_all_metadata"}

# Method: the scope it needs, the arguments it must and may have.
METHODS: dict[str, tuple[str | None, set[str], set[str]]] = {
    "auth.test": (None, set(), set()),
    "apps.connections.open": (None, set(), set()),
    "chat.postMessage": ("chat:write", {"channel", "text"}, _MESSAGE | {"thread_ts", "metadata"}),
    "chat.postEphemeral": ("chat:write", {"channel", "user", "text"}, _MESSAGE | {"thread_ts"}),
    "chat.delete": ("chat:write", {"channel", "ts"}, set()),
    "conversations.history": ("im:history", {"channel"}, _LOOK),
    "conversations.info": ("channels:read", {"channel"}, set()),
    "conversations.replies": (None, {"channel", "ts"}, _LOOK),
    "users.info": ("users:read", {"user"}, set()),
    "files.getUploadURLExternal": ("files:write", {"filename", "length"}, {"alt_txt"}),
    "files.completeUploadExternal": (
        "files:write",
        {"files"},
        {"channel_id", "thread_ts", "initial_comment"},
    ),
    "views.open": (None, {"trigger_id", "view"}, set()),
    "views.update": (None, {"view_id", "view"}, set()),
    "views.publish": (None, {"user_id", "view"}, set()),
    "assistant.threads.setStatus": ("assistant:write", {"channel_id", "thread_ts", "status"}, set()),
    "assistant.threads.setTitle": ("assistant:write", {"channel_id", "thread_ts", "title"}, set()),
    "assistant.threads.setSuggestedPrompts": (
        "assistant:write",
        {"channel_id", "thread_ts", "prompts"},
        {"title"},
    ),
}


@dataclass(frozen=True)
class Call:
    """One thing that the bot sent: a method of the Web API, or `hook` for an answer to an interaction."""

    method: str
    body: Mapping[str, Any]
    at: float = field(default_factory=time.monotonic)
    token: str = ""


@dataclass
class Installed:
    """A workspace, or an organisation, that the app is installed in; `expires_in` seconds its token does, if ever."""

    team: str | None
    bot: str
    bot_id: str
    organisation: str | None = None
    expires_in: int | None = None


class SlackServer:
    """Use as an async context manager; whatever must not happen fails the test on the way out.

    Attributes:
        calls: what was sent and accepted, in order.
        refused: what was sent and refused on purpose, in order.
        acks: an envelope's id -> its acknowledgement, for every one that came over the socket.
        acked_at: an envelope's id -> seconds on the monotonic clock.
        upgrades: how many websockets were opened.
        farewell: the reason for which every new connection is to end at once.
        silent: take in what comes over the socket and say nothing.
        admins: who manages the workspace.
        private: its private channels.
        installed: a bot token -> what it is good for.
        installing: what the next person who comes to install the app belongs to.
        redirect_url: where they are sent back to.
        files: a file's id -> what was uploaded.
        impatient: deliver again before the acknowledgement is there, as Slack does when one is late.
    """

    def __init__(self, *, scopes: str = SCOPES) -> None:
        self.scopes = scopes
        self.calls: list[Call] = []
        self.refused: list[Call] = []
        self.acks: dict[str, dict[str, Any] | None] = {}
        self.acked_at: dict[str, float] = {}
        self.upgrades = 0
        self.problems: list[str] = []
        self.refuse_upgrades = 0
        self.farewell: str | None = None
        self.silent = False
        self.impatient = False
        self.admins: set[str] = set()
        self.private: set[str] = set()
        self.installed = {BOT_TOKEN: Installed(TEAM, BOT, BOT_ID)}
        self.installing = Installed("T2", "U9BOT", "B9BOT")
        self.redirect_url = ""
        self._revoked: set[str] = set()
        self._threadless: set[str] = set()
        self._codes: dict[str, Installed] = {}
        self.files: dict[str, bytes] = {}
        self._faults: dict[str, deque[web.Response]] = defaultdict(deque)
        self._tickets: set[str] = set()
        self._triggers: set[str] = set()
        self._sockets: list[web.WebSocketResponse] = []
        self._changed = asyncio.Condition()
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=16 * 1024 * 1024)
        app.add_routes([
            web.post("/api/{method}", self._api),
            web.get("/link", self._link),
            web.post("/hook/{id}", self._hook),
            web.post("/upload/{id}", self._upload),
            web.get("/oauth/v2/authorize", self._authorize),
        ])  # fmt: skip
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self._root = f"http://{host}:{port}"
        self.api_url = f"{self._root}/api/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.drop()
        await self._runner.cleanup()
        if error is None:
            assert self.problems == []

    # Misbehaving.

    def forget(self) -> None:
        """Begin anew with what came in; connections stay."""
        self.calls.clear()

    def fail(self, method: str, *faults: web.Response) -> None:
        """Answer the next calls of a method (or `hook`) with these instead."""
        self._faults[method].extend(faults)

    async def drop(self) -> None:
        """Cut every websocket without a word."""
        for socket in self._sockets:
            if (transport := socket._req and socket._req.transport) is not None:
                transport.abort()
        self._sockets.clear()

    def uninstall(self, token: str) -> None:
        """Take a workspace's token back."""
        del self.installed[token]
        self._revoked.add(token)

    async def refresh(self) -> None:
        """Ask the bot to take a new address, as Slack does every few hours."""
        await self._sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})

    # Delivering.

    async def deliver(self, payload: Json, *, envelope: str | None = None) -> str:
        """Send an envelope over the newest websocket; its id."""
        envelope = envelope or f"envelope-{next(self._numbers)}"
        kind = "events_api" if "event" in payload else "slash_commands" if "command" in payload else "interactive"
        await self.connected()
        message = {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": True}
        await self._sockets[-1].send_json(message)
        if self.impatient:
            again = {"envelope_id": f"{envelope}-again", "retry_attempt": 1, "retry_reason": "timeout"}
            await self._sockets[-1].send_json(message | again)
        return envelope

    async def deliver_acked(self, payload: Json) -> dict[str, Any]:
        """Send an envelope and wait for its acknowledgement: the payload in it, if any."""
        envelope = await self.deliver(payload)
        await self.until(lambda: envelope in self.acks)
        return self.acks[envelope] or {}

    async def connected(self, upgrades: int = 1) -> None:
        """Wait until so many websockets have been opened, the newest of which is there."""
        await self.until(lambda: self.upgrades >= upgrades and bool(self._sockets))

    async def until(self, condition: Callable[[], bool], within: float = 10) -> None:
        """Wait until something has come of what the bot does."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(condition)

    async def sent(self, number: int = 1, *methods: str) -> list[Call]:
        """Wait for so many messages (or calls of these methods) in all, and return them."""
        wanted = set(methods or ("chat.postMessage", "chat.postEphemeral", "hook"))
        await self.until(lambda: sum(call.method in wanted for call in self.calls) >= number)
        return [call for call in self.calls if call.method in wanted]

    async def settle(self, seconds: float = 0.15) -> None:
        """Give what must not happen the time to happen."""
        await asyncio.sleep(seconds)

    # What people do, as Slack tells it.

    def event(self, event: Json, *, id: str | None = None) -> dict[str, Any]:
        """The payload of an event."""
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A1",
            "event_id": id or f"Ev{next(self._numbers)}",
            "event_time": int(time.time()),
            "event": dict(event),
        }

    def mention(self, words: str, more: Json | None = None, *, user: str = ANN) -> dict[str, Any]:
        """Somebody mentions the bot in a channel."""
        event = {"type": "app_mention", "user": user, "text": f"<@{BOT}> {words}", "channel": CHANNEL, "ts": self.ts()}
        event |= dict(more or {})
        if "thread_ts" not in event:
            self._threadless.add(event["ts"])
        return self.event(event)

    def direct(self, words: str, more: Json | None = None) -> dict[str, Any]:
        """Somebody writes to the bot alone."""
        event = {"type": "message", "channel_type": "im", "user": ANN, "channel": DIRECT, "ts": self.ts()}
        return self.event(event | {"text": words} | dict(more or {}))

    def command(self, name: str, words: str = "", *, user: str = ANN) -> dict[str, Any]:
        """Somebody types a slash command."""
        return {
            "command": name,
            "text": words,
            "user_id": user,
            "team_id": TEAM,
            "channel_id": CHANNEL,
            "response_url": self.hook(),
            "trigger_id": self.trigger(),
        }

    def press(self, action: Json, source: Json, *, user: str = ANN) -> dict[str, Any]:
        """Somebody presses a button or picks from a menu; see `in_message` and `in_view` for sources."""
        return {
            "type": "block_actions",
            "user": {"id": user},
            "team": {"id": TEAM},
            "trigger_id": self.trigger(),
            "actions": [dict(action)],
            **source,
        }

    def in_message(self, *, private: bool = False, channel: str = CHANNEL, thread: str | None = None) -> dict[str, Any]:
        """A message of the bot's as the source of a press; Slack leaves a private one's content out."""
        ts = self.ts()
        container = {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": private}
        source: dict[str, Any] = {"container": container, "channel": {"id": channel}, "response_url": self.hook()}
        if not private:
            source["message"] = {"ts": ts, "user": BOT} | ({"thread_ts": thread} if thread else {})
        return source

    def in_view(self, kind: str) -> dict[str, Any]:
        """A view as the source of a press."""
        return {"container": {"type": "view", "view_id": "V1"}, "view": {"id": "V1", "type": kind}}

    def shortcut(self, callback: str, *, words: str | None = None, thread: str | None = None) -> dict[str, Any]:
        """Somebody uses a shortcut, on a message if there are words, which may be in a thread."""
        payload = {"user": {"id": ANN}, "team": {"id": TEAM}, "trigger_id": self.trigger(), "callback_id": callback}
        if words is None:
            return payload | {"type": "shortcut"}
        message = {"type": "message", "user": BEN, "ts": self.ts(), "text": words}
        message |= {"thread_ts": thread} if thread else {}
        where = {"channel": {"id": CHANNEL}, "message": message, "message_ts": message["ts"]}
        return payload | where | {"type": "message_action", "response_url": self.hook()}

    def ts(self) -> str:
        """A message's time, which is its name."""
        return f"1700000000.{next(self._numbers):06}"

    def hook(self) -> str:
        """An address that takes answers to an interaction."""
        return f"{self._root}/hook/{next(self._numbers)}"

    def trigger(self) -> str:
        """What opens one dialogue."""
        trigger = f"trigger-{next(self._numbers)}"
        self._triggers.add(trigger)
        return trigger

    # The Web API.

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        body = await _arguments(request)
        call = Call(method, body, token=request.headers.get("Authorization", "").removeprefix("Bearer "))
        if self._faults[method]:
            self.refused.append(call)
            await self._notify()
            fault = self._faults[method].popleft()
            if fault is HANGING:
                await asyncio.Event().wait()
            return fault
        if method == "oauth.v2.access":
            return await self._access(call, base64.b64decode(call.token.removeprefix("Basic ")).decode())
        channel = str(body.get("channel"))
        unseen = method == "conversations.info" and channel in self.private  # that takes groups:read
        if unseen or (method == "conversations.replies" and not self._may_look(channel)):
            self.refused.append(call)
            await self._notify()
            return error("missing_scope")
        if call.token in self._revoked:
            self.refused.append(call)
            return error("token_revoked")
        if (wrong := self._judge(method, body, call.token)) is not None:
            self.refused.append(call)
            self.problems.append(f"{method}: {wrong}")
            await self._notify()
            return error(wrong)
        answer, headers = self._answer(method, body, call.token)
        self.calls.append(call)
        await self._notify()
        return web.json_response({"ok": True, **answer}, headers=headers)

    def _may_look(self, channel: str) -> bool:
        """Whether the scopes allow to read what was said in a channel, which the app's manifest doesn't ask for."""
        return ("im:history" if channel.startswith("D") else "channels:history") in self.scopes.split(",")

    def _posted(self, body: Json) -> list[Json]:
        """What the bot said in a place, newest first, with its metadata; by a hook, it is where that belongs."""
        where = {"channel": body["channel"], "thread_ts": body.get("ts")}
        posted = {"chat.postMessage": {}, "hook": {"channel": body["channel"]}}
        said = [{**call.body, **posted[call.method]} for call in self.calls if call.method in posted]
        return [each for each in reversed(said) if all(each.get(name) == value for name, value in where.items())]

    def _judge(self, method: str, body: Json, token: str) -> str | None:
        """Slack's word for what is wrong with a call."""
        if method not in METHODS:
            return "unknown_method"
        scope, needed, allowed = METHODS[method]
        good = {APP_TOKEN} if method == "apps.connections.open" else set(self.installed)
        if token not in good:
            return "invalid_auth"
        if scope is not None and scope not in self.scopes.split(","):
            return "missing_scope"
        if missing := needed - set(body):
            return f"missing arguments {sorted(missing)}"
        if extra := set(body) - needed - allowed:
            return f"unknown arguments {sorted(extra)}"
        found = self._content_problems(method, body)
        return "; ".join(found) if found else None

    def _content_problems(self, method: str, body: Json) -> list[str]:
        if method == "chat.postMessage":
            self._threadless.discard(str(body.get("thread_ts")))
        if method == "chat.postEphemeral" and body.get("thread_ts") in self._threadless:
            return ["it is seen by nobody, in a thread that has no message yet"]
        if method.startswith("chat.post"):
            return message_problems(body)
        if method == "views.open":
            if body["trigger_id"] not in self._triggers:
                return ["expired_trigger_id"]
            self._triggers.discard(body["trigger_id"])
        if method == "assistant.threads.setSuggestedPrompts" and not 0 < len(body["prompts"]) <= 4:
            return ["wrong number of prompts"]
        if method == "files.completeUploadExternal":
            return list(self._file_problems(body))
        return view_problems(body["view"]) if "view" in body else []

    def _file_problems(self, body: Json) -> Iterator[str]:
        if any(not self.files.get(each["id"]) for each in json.loads(body["files"])):
            yield "file_not_found"
        if not body.get("channel_id", "C").startswith(("C", "D", "G")):
            yield "channel_not_found"  # it takes no person's id
        yield from comment_problems(body.get("initial_comment", ""))

    def _answer(self, method: str, body: Json, token: str) -> tuple[Json, Mapping[str, str]]:
        match method:
            case "auth.test":
                where = self.installed[token]
                team = {"team_id": where.team or where.organisation, "team": "Listeners"}
                who = {"user_id": where.bot, "bot_id": where.bot_id, "user": "overheard"}
                return who | team, {"x-oauth-scopes": self.scopes}
            case "apps.connections.open":
                ticket = f"ticket-{next(self._numbers)}"
                self._tickets.add(ticket)
                return {"url": f"{self._root.replace('http', 'ws')}/link?ticket={ticket}"}, {}
            case "conversations.history" | "conversations.replies":
                return {"messages": self._posted(body)}, {}
            case "conversations.info":
                return {"channel": {"id": body["channel"], "is_channel": True, "is_private": False}}, {}
            case "users.info":
                return {"user": {"id": body["user"], "is_admin": body["user"] in self.admins, "is_owner": False}}, {}
            case "chat.postMessage":
                channel = str(body["channel"])
                return {"channel": DIRECT if channel.startswith(("U", "W")) else channel, "ts": self.ts()}, {}
            case "files.getUploadURLExternal":
                file = f"F{next(self._numbers)}"
                self.files[file] = b""
                return {"file_id": file, "upload_url": f"{self._root}/upload/{file}"}, {}
            case "files.completeUploadExternal":
                return {"files": json.loads(body["files"])}, {}
            case "views.open" | "views.update" | "views.publish":
                return {"view": {"id": "V1"}}, {}
            case _:
                return {}, {}

    # OAuth.

    async def _authorize(self, request: web.Request) -> web.Response:
        """Somebody allows what is asked, and goes back to where they came from."""
        asked = request.query
        assert (asked["client_id"], asked["scope"], asked["user_scope"]) == (CLIENT, SCOPES + CHANNELS + FILES, "")
        code = f"code-{next(self._numbers)}"
        self._codes[code] = self.installing
        back = urllib.parse.urlencode({"code": code, "state": asked["state"]})
        return web.Response(status=302, headers={"Location": f"{self.redirect_url}?{back}"})

    async def _access(self, call: Call, client: str) -> web.Response:
        """Give a token for a code, or for a refresh token, which is good once."""
        code = call.body.get("code") or call.body.get("refresh_token")
        self.calls.append(call)
        await self._notify()
        name, _, secret = client.partition(":")
        if name != CLIENT:
            return error("invalid_client_id")
        if secret != CLIENT_SECRET:
            return error("bad_client_secret")
        if code not in self._codes:
            return error("invalid_refresh_token" if "refresh_token" in call.body else "invalid_code")
        where = self._codes.pop(code)
        token = f"xoxb-{next(self._numbers)}-secret"
        self.installed[token] = where
        granted = {"access_token": token, "token_type": "bot", "scope": self.scopes, "bot_user_id": where.bot}
        if where.expires_in is not None:
            refresh = f"xoxe-{next(self._numbers)}-secret"
            self._codes[refresh] = where
            granted |= {"refresh_token": refresh, "expires_in": where.expires_in if "code" in call.body else 43_200}
        team = {"id": where.team, "name": "Readers"} if where.team else None
        organisation = {"id": where.organisation, "name": "All"} if where.organisation else None
        whose = {"team": team, "enterprise": organisation, "is_enterprise_install": team is None}
        return web.json_response({"ok": True, "app_id": "A1", "authed_user": {"id": ANN}, **granted, **whose})

    async def _hook(self, request: web.Request) -> web.Response:
        body = await request.json()
        call = Call("hook", body)
        if self._faults["hook"]:
            self.refused.append(call)
            await self._notify()
            return self._faults["hook"].popleft()
        if not body.get("delete_original"):
            self.problems += [f"hook: {problem}" for problem in message_problems(body)]
            allowed = _MESSAGE | {"response_type", "replace_original", "thread_ts", "metadata"}
            if extra := set(body) - allowed:
                self.problems.append(f"hook: unknown arguments {sorted(extra)}")
        self.calls.append(call)
        await self._notify()
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        self.files[request.match_info["id"]] = await request.read()
        return web.Response(text="OK")

    # Socket Mode.

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if self.refuse_upgrades or ticket not in self._tickets:
            self.refuse_upgrades = max(0, self.refuse_upgrades - 1)
            self._tickets.discard(ticket)  # used up all the same
            return web.Response(status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self._sockets.append(socket)
        self.upgrades += 1
        await self._notify()
        if self.farewell is not None:
            await socket.send_json({"type": "disconnect", "reason": self.farewell})
        async for message in socket:
            await self._on_frame(socket, message)
        return socket

    async def _on_frame(self, socket: web.WebSocketResponse, message: aiohttp.WSMessage) -> None:
        if self.silent:
            return
        if message.type is WSMsgType.PING:
            await socket.pong(message.data)
        elif message.type is WSMsgType.TEXT:
            ack = json.loads(message.data)
            envelope = ack["envelope_id"]
            if envelope in self.acks:
                self.problems.append(f"{envelope} acknowledged twice")
            payload = ack.get("payload")
            if isinstance(payload, dict):
                self.problems += options_problems(payload.get("options", []))
                self.problems += view_problems(payload["view"]) if "view" in payload else []
            self.acks[envelope] = payload
            self.acked_at[envelope] = time.monotonic()
            await self._notify()

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        body = await request.json()
        assert isinstance(body, dict)
        return body
    return {name: value for name, value in {**request.query, **await request.post()}.items() if name != "token"}


HANGING = web.Response()
"""Not answered at all."""


def error(name: str) -> web.Response:
    """Slack's refusal of a call."""
    return web.json_response({"ok": False, "error": name})


def hook_refused(name: str, status: int = 400) -> web.Response:
    """Slack's refusal of an answer to an interaction."""
    return web.Response(status=status, text=name)


def rate_limited(seconds: int) -> web.Response:
    """Too many calls."""
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(seconds)})


def broken() -> web.Response:
    """Slack's own trouble."""
    return web.Response(status=503, text="<html>upstream</html>", content_type="text/html")


def signed(payload: Json | bytes | str, *, form: bool = False, at: float | None = None) -> tuple[bytes, dict[str, str]]:
    """The body and headers of a delivery over HTTP."""
    if isinstance(payload, bytes | str):
        body = payload.encode() if isinstance(payload, str) else payload
    elif "command" in payload:
        body, form = urllib.parse.urlencode(payload).encode(), True
    elif form:
        body = urllib.parse.urlencode({"payload": json.dumps(payload)}).encode()
    else:
        body = json.dumps(payload).encode()
    timestamp = str(int(time.time() if at is None else at))
    digest = hmac.new(SIGNING_SECRET.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    kind = "application/x-www-form-urlencoded" if form else "application/json"
    headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}
    return body, headers


def actions_of(body: Json) -> list[dict[str, Any]]:
    """Every button and menu of a message or view, in order."""
    blocks: Iterable[Json] = body.get("blocks") or body["view"]["blocks"]
    return [element for block in blocks if block["type"] == "actions" for element in block["elements"]]


def button(body: Json, label: str) -> dict[str, Any]:
    """The button of this label, as a press of it comes back."""
    found = next(each for each in actions_of(body) if each["type"] == "button" and each["text"]["text"] == label)
    return {"type": "button", "action_id": found["action_id"], "value": found["value"]}


def labels_of(body: Json) -> list[str]:
    """What the buttons of a message or view say, in order."""
    return [each["text"]["text"] for each in actions_of(body) if each["type"] == "button"]


def offered_in(body: Json) -> list[str]:
    """What the menu under an answer offers, in order."""
    menus = [each for each in actions_of(body) if each["type"] == "static_select"]
    return [option["text"]["text"] for menu in menus for option in menu["options"]]


def picked(body: Json, label: str) -> dict[str, Any]:
    """The line of this label in the menu under an answer, as a pick of it comes back."""
    menu = next(each for each in actions_of(body) if each["type"] == "static_select")
    option = next(each for each in menu["options"] if each["text"]["text"] == label)
    return {"type": "static_select", "action_id": menu["action_id"], "selected_option": option}


def words_of(body: Json) -> str:
    """Everything that a message or view shows, in order, without layout."""
    shown: list[str] = []

    def collect(thing: object) -> None:
        if isinstance(thing, dict) and thing.get("type") in {"rich_text_section", "rich_text_quote"}:
            shown.append("".join(leaf.get("text", "") for leaf in thing["elements"]))
        elif isinstance(thing, dict):
            if isinstance(thing.get("text"), str):
                shown.append(thing["text"])
            for name, value in thing.items():
                if name != "text" or not isinstance(value, str):
                    collect(value)
        elif isinstance(thing, list):
            for each in thing:
                collect(each)

    collect(body.get("blocks") or body.get("view"))
    return "\n".join(shown)
