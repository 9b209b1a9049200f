"""A stand-in for Discord on the wire: its HTTP API and its gateway, on loopback.

Strict: a wrong token, an unknown route or a body that Discord would not take is refused and noted. Able to misbehave:
`fail` makes requests go wrong, `drop` and `invalidate` the gateway. Knows one bot in one server.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aiohttp import WSCloseCode, WSMsgType, web

from tests.fakes.discord_rules import complaints

Json: TypeAlias = Any

TOKEN = "MTA.fake.token"
APPLICATION, BOT, GUILD, CHANNEL, ANN, BOB = 1000001, 1000002, 1000003, 1000004, 1000005, 1000015
_EVERYTHING_NEEDED = "274877991936"
_SEND, _EMBED, _ATTACH, _HISTORY = 1 << 11, 1 << 14, 1 << 15, 1 << 16
MAY_ATTACH = str(int(_EVERYTHING_NEEDED) | _ATTACH)
_TEXT, _DIRECT, _THREAD, _PRIVATE_THREAD = 0, 1, 11, 12
_VIEW = 1 << 10
_A_ROLE = 8
_EPHEMERAL = 64
_MENTION, _ROLE_MENTION = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>")
WHEN = "2026-01-01T00:00:00.000000+00:00"


@dataclass
class Request:
    """What came in."""

    method: str
    path: str
    body: Json


@dataclass
class Fault:
    """How requests go wrong, so many times."""

    method: str
    path: str
    status: int
    body: Json
    headers: Mapping[str, str]
    times: int
    taken: bool = False


@dataclass
class Interaction:
    """A command or a press, and what became of it."""

    id: int
    callbacks: list[Json] = field(default_factory=list)
    original: Json = None
    followups: list[Json] = field(default_factory=list)
    deleted: bool = False
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def shown(self) -> Json:
        """The message that came of it."""
        return self.followups[-1] if self.followups else self.original

    @property
    def private(self) -> bool:
        """Whether only who asked sees it."""
        return bool(self.shown["flags"] & _EPHEMERAL)

    @property
    def waits_in_private(self) -> bool:
        """Whether it was put off with a "thinking" that only who asked sees, and that nothing has replaced."""
        put_off = bool(self.callbacks) and self.callbacks[0]["type"] == 5 and self.original is None
        return put_off and bool((self.callbacks[0].get("data") or {}).get("flags", 0) & _EPHEMERAL)


@dataclass(eq=False)
class Session:
    """One identified connection, which outlives its websocket for as long as it may be resumed."""

    id: str
    shard: list[int]
    socket: web.WebSocketResponse | None = None
    events: list[Json] = field(default_factory=list)
    resumable: bool = True

    async def send(self, event: str, data: Json) -> None:
        self.events.append({"op": 0, "t": event, "s": len(self.events) + 1, "d": data})
        if self.socket is not None and not self.socket.closed:
            await self.socket.send_str(json.dumps(self.events[-1]))


class DiscordServer:
    """See the module's first lines.

    Attributes:
        requests: everything that came in, in order.
        complaints: what Discord would not have taken.
        commands: by scope, None for the global ones.
        messages: what the bot posted in channels, in order.
        files: what it attached to messages, in order.
        keeps_files: whether these can be downloaded.
    """

    def __init__(self, *, guild_permissions: str = _EVERYTHING_NEEDED) -> None:
        self.requests: list[Request] = []
        self.complaints: list[str] = []
        self.commands: dict[int | None, list[Json]] = {None: [], GUILD: []}
        self.messages: list[Json] = []
        self.deleted: list[str] = []
        self.files: list[bytes] = []
        self.keeps_files = True
        self.interactions: dict[str, Interaction] = {}
        self.sessions: list[Session] = []
        self.closed_with: int | None = None
        self.keeps_requests = True
        self.checks_bodies = True
        self.deaf = False
        self.intents = 0
        self.shards = 1
        self.refuses_with: int | None = None
        self.interactions_go_to: str | None = None
        self.application_flags = 0
        self.app_permissions = _EVERYTHING_NEEDED
        self._guild_permissions = guild_permissions
        self._faults: list[Fault] = []
        self._cut: set[str] = set()
        self._channels = {CHANNEL: _channel(CHANNEL)}
        self._ids = itertools.count(2_000_000)
        self._by_nonce: dict[str, Json] = {}
        self._asked: dict[str, Json] = {}
        self._answers: dict[str, asyncio.Future[Json]] = {}
        self._changed = asyncio.Condition()
        self.url = ""

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/v10"

    def fail(
        self, method: str, path: str, status: int, body: Json = None, *, times: int = 1, headers: Mapping[str, str] = {}
    ) -> None:
        """Make the next requests to paths that match a pattern go wrong."""
        self._faults.append(Fault(method, path, status, body or {"code": 0, "message": "made up"}, headers, times))

    def cut(self, method: str, path: str, *, taken: bool) -> None:
        """Cut the connection of the next request instead of answering it, be it taken or not."""
        self._faults.append(Fault(method, path, 0, None, {}, 1, taken))

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait until something is true that a request or the gateway makes true."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(reached)

    async def online(self) -> Session:
        """Wait until the bot is connected, and return its newest session."""
        await self.until(lambda: any(session.socket and not session.socket.closed for session in self.sessions))
        return self.sessions[-1]

    async def drop(self) -> None:
        """Cut the gateway's connections without a word."""
        for session in self.sessions:
            if session.socket is not None:
                await session.socket.close(code=WSCloseCode.GOING_AWAY)

    async def invalidate(self) -> None:
        """Tell the bot that its sessions are over."""
        for session in self.sessions:
            session.resumable = False
            if session.socket is not None and not session.socket.closed:
                await session.socket.send_str(json.dumps({"op": 9, "d": False}))

    async def add_channel(self, *, denied: int = 0, announced: bool = True) -> int:
        """Open a channel in which everybody lacks some permissions, and return its id; the bot may not know of it."""
        channel = _channel(next(self._ids)) | {"permission_overwrites": _denied(denied)}
        self._channels[int(channel["id"])] = channel
        if announced:
            await self.sessions[-1].send("CHANNEL_CREATE", channel | {"guild_id": str(GUILD)})
        return int(channel["id"])

    async def hide(self, id: int) -> None:
        """Hide a channel from everybody but the bot."""
        allowed = {"id": str(BOT), "type": 1, "allow": str(_VIEW), "deny": "0"}
        self._channels[id]["permission_overwrites"] = [*_denied(_VIEW), allowed]
        await self.sessions[-1].send("CHANNEL_UPDATE", self._channels[id] | {"guild_id": str(GUILD)})

    async def add_thread(self, *, owner: int = ANN, private: bool = False, channel: int = CHANNEL) -> int:
        """Open a thread in a channel, and return its id."""
        thread = _thread(next(self._ids), owner) | ({"type": _PRIVATE_THREAD} if private else {})
        thread["parent_id"] = str(channel)
        self._channels[int(thread["id"])] = thread
        await self.sessions[-1].send("THREAD_CREATE", thread | {"guild_id": str(GUILD)})
        return int(thread["id"])

    async def announce_thread(self, id: int) -> None:
        """Tell the bot of a thread that it opened, as Discord does."""
        await self.sessions[-1].send("THREAD_CREATE", self._channels[id] | {"guild_id": str(GUILD)})

    async def add_role(self, name: str, **more: Json) -> int:
        """Make a role, and return its id."""
        role = _role(next(self._ids), name) | more
        await self.sessions[-1].send("GUILD_ROLE_CREATE", {"guild_id": str(GUILD), "role": role})
        return int(role["id"])

    async def say(
        self,
        text: str,
        *,
        channel: int = CHANNEL,
        member: int = ANN,
        reply_to: Json = None,
        heard: bool = True,
        **more: Json,
    ) -> Json:
        """Let somebody say something, which need not be meant for the bot; a reply mentions whom it is to.

        What isn't `heard`, the bot is not told.
        """
        message = self._message(channel, text, member)
        mentioned = {int(id) for id in _MENTION.findall(text)}
        if reply_to is not None:
            place = {"message_id": reply_to["id"], "channel_id": str(channel), "guild_id": str(GUILD)}
            message |= {"type": 19, "message_reference": place, "referenced_message": reply_to}
            mentioned.add(int(reply_to["author"]["id"]))
        message["mentions"] = [_author(id) | {"member": _member()} for id in sorted(mentioned)]
        message["mention_roles"] = _ROLE_MENTION.findall(text)
        if channel in self._channels:
            message |= {"guild_id": str(GUILD), "member": _member()}
        message |= more
        if self.keeps_requests:
            self._asked[message["id"]] = message
        self._answers[message["id"]] = asyncio.get_running_loop().create_future()
        if heard:
            await self.sessions[-1].send("MESSAGE_CREATE", message)
        return message

    async def mention(self, text: str, **how: Json) -> Json:
        """Mention the bot, and return its answer."""
        return await self.answer_to(await self.say(f"<@{BOT}> {text}", **how))

    async def answer_to(self, message: Json) -> Json:
        """Wait for the reply to a message, and return it."""
        async with asyncio.timeout(20):
            return await self._answers[message["id"]]

    def ask_in_the_background(self, text: str) -> asyncio.Task[Json]:
        """Mention the bot without waiting for its answer."""
        return asyncio.create_task(self.mention(text))

    async def slash(self, name: str, *, member: int = ANN, channel: int = CHANNEL, **options: Json) -> Interaction:
        """Use a command, and return what became of it."""
        command = self._command(name)
        types = {option["name"]: option["type"] for option in command.get("options", [])}
        typed = [{"name": key, "type": types[key], "value": value} for key, value in options.items()]
        roles = {value: _role(int(value), "role") for key, value in options.items() if types[key] == _A_ROLE}
        data = _used(command) | {"options": typed} | ({"resolved": {"roles": roles}} if roles else {})
        return await self._interact(2, data, member, channel)

    async def use_menu(self, name: str, message: Json, *, member: int = ANN) -> Interaction:
        """Use a command from a message's menu, and return what became of it."""
        resolved = {"messages": {message["id"]: message}}
        data = _used(self._command(name)) | {"target_id": message["id"], "resolved": resolved}
        return await self._interact(2, data, member, CHANNEL)

    async def complete(self, name: str, option: str, typed: str, *, member: int = ANN, **before: str) -> list[Json]:
        """Type into an option of a command, with what is typed into others before, and return what is offered."""
        typing = {"name": option, "type": 3, "value": typed, "focused": True}
        filled = [{"name": other, "type": 3, "value": value} for other, value in before.items()]
        data = _used(self._command(name)) | {"options": [*filled, typing]}
        offered = await self._interact(4, data, member, CHANNEL)
        return list(offered.callbacks[0]["data"]["choices"])

    async def press(
        self, message: Json, custom_id: str, *, member: int = ANN, permissions: int = 0, chosen: str | None = None
    ) -> Interaction:
        """Press a button, or choose from a menu."""
        data = {"custom_id": custom_id, "component_type": 2 if chosen is None else 3}
        if chosen is not None:
            data["values"] = [chosen]
        who = _member() | {"user": _author(member), "permissions": str(permissions)}
        return await self._interact(3, data, member, int(message["channel_id"]), message=message, member=who)

    async def send_form(self, opened: Interaction, message: Json, *typed: str, member: int = ANN) -> Interaction:
        """Fill in the form that a press opened, and send it off."""
        form = opened.callbacks[0]["data"]
        fields = [each["component"] for each in form["components"]]
        filled = [
            {
                "type": 18,
                "id": number,
                "component": {"type": 4, "id": 9, "custom_id": field["custom_id"], "value": words},
            }
            for number, (field, words) in enumerate(zip(fields, typed, strict=True), 1)
        ]
        data = {"custom_id": form["custom_id"], "components": filled}
        return await self._interact(5, data, member, CHANNEL, message=message)

    def _command(self, name: str) -> Json:
        scope = GUILD if self.commands[GUILD] else None
        return next(command for command in self.commands[scope] if command["name"] == name)

    async def _interact(self, type: int, data: Json, user: int, channel: int, **more: Json) -> Interaction:
        interaction = Interaction(next(self._ids))
        token = f"interaction-{interaction.id}"
        self.interactions[token] = interaction
        if channel in self._channels:
            who = {"member": _member() | {"user": _author(user), "permissions": "0"}}
            place = {"guild_id": str(GUILD), "channel": self._channels[channel], "context": 0}
        else:
            who, place = {"user": _author(user)}, {"channel": _channel(channel) | {"type": _DIRECT}, "context": 1}
        payload = {
            "id": str(interaction.id),
            "application_id": str(APPLICATION),
            "type": type,
            "token": token,
            "version": 1,
            "data": data,
            "channel_id": str(channel),
            "app_permissions": self.app_permissions,
            "entitlements": [],
            "authorizing_integration_owners": {},
            "locale": "en-US",
            "attachment_size_limit": 0,
            **who,
            **place,
            **more,
        }
        await self.sessions[-1].send("INTERACTION_CREATE", payload)
        async with asyncio.timeout(20):
            await interaction.answered.wait()
        return interaction

    # ---- HTTP

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/api/v10")
        body = await self._body(request)
        if self.keeps_requests:
            self.requests.append(Request(request.method, path, body))
        fault = self._fault(request.method, path)
        if fault is None or fault.taken:
            response = self._answer(request, path, body)
        else:
            response = _json(fault.body, fault.status or 500, fault.headers)
        if fault is not None and not fault.status and request.transport is not None:
            self._cut.add(path)
            request.transport.abort()
        await self._notify()
        return response

    async def _body(self, request: web.Request) -> Json:
        """Read JSON, alone or beside files."""
        if request.content_type != "multipart/form-data":
            return json.loads(await request.read() or b"null")
        form = await request.post()
        self.files += [part.file.read() for part in form.values() if isinstance(part, web.FileField)]
        return json.loads(str(form["payload_json"]))

    def _answer(self, request: web.Request, path: str, body: Json) -> web.Response:
        has_own_token = path.startswith(("/interactions/", "/webhooks/"))
        if not has_own_token and request.headers.get("Authorization") != f"Bot {TOKEN}":
            return _json({"code": 0, "message": "401: Unauthorized"}, 401)
        if self.checks_bodies and (refused := complaints(request.method, path, body)):
            self.complaints += [f"{request.method} {path}: {complaint}" for complaint in refused]
            return _json({"code": 50035, "message": "Invalid Form Body", "errors": refused}, 400)
        for method, pattern, answer in _ROUTES:
            if request.method == method and (found := re.fullmatch(pattern, path)):
                given = answer(self, body, *found.groups())
                wanted = "with_localizations" in request.query or answer != DiscordServer.list_commands
                return _json(given if wanted else _in_english(given))
        self.complaints.append(f"no such route: {request.method} {path}")
        return _json({"code": 0, "message": "404: Not Found"}, 404)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _fault(self, method: str, path: str) -> Fault | None:
        for fault in self._faults:
            if fault.times and fault.method == method and re.fullmatch(fault.path, path):
                fault.times -= 1
                return fault
        return None

    def me(self, _: Json) -> Json:
        return _user(BOT, "Overheard", bot=True)

    def application(self, _: Json) -> Json:
        me = {"id": str(APPLICATION), "name": "Overheard", "description": "", "icon": None, "bot_public": True}
        rest = {"bot_require_code_grant": False, "verify_key": "", "owner": _user(ANN, "ann"), "team": None}
        rest["flags"] = self.application_flags
        return me | rest | {"interactions_endpoint_url": self.interactions_go_to}

    def gateway(self, _: Json) -> Json:
        limits = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        url = self.url.replace("http", "ws") + "/gateway"
        return {"url": url, "shards": self.shards, "session_start_limit": limits}

    def list_commands(self, _: Json, guild: str | None = None) -> Json:
        if guild is not None and int(guild) != GUILD:
            return {"code": 50001, "message": "Missing Access"}, 403
        return self.commands[int(guild) if guild else None]

    def put_commands(self, body: Json, guild: str | None = None) -> Json:
        if guild is not None and int(guild) != GUILD:
            return {"code": 50001, "message": "Missing Access"}, 403
        extra = {"application_id": str(APPLICATION), "version": "1"} | ({"guild_id": guild} if guild else {})
        scope = int(guild) if guild else None
        self.commands[scope] = [
            {"description": ""} | command | extra | {"id": str(next(self._ids))} | _permitted(command)
            for command in body
        ]
        return self.commands[scope]

    def delete_command(self, _: Json, *ids: str) -> Json:
        scope = int(ids[0]) if len(ids) > 1 else None
        self.commands[scope] = [command for command in self.commands[scope] if command["id"] != ids[-1]]
        return None, 204

    def guild(self, _: Json, guild: str) -> Json:
        if int(guild) != GUILD:
            return {"code": 10004, "message": "Unknown Guild"}, 404
        return _guild(self._guild_permissions)

    def member(self, _: Json, _guild: str, user: str) -> Json:
        return _member() | {"user": _user(int(user), "Overheard", bot=True)}

    def post(self, body: Json, channel: str) -> Json:
        if lacking := self._lacking(body, int(channel)):
            self.complaints.append(f"without the permission to: {lacking}")
            return {"code": 50013, "message": "Missing Permissions"}, 403
        nonce = str(body["nonce"]) if body.get("enforce_nonce") else None
        if nonce in self._by_nonce:
            return self._by_nonce[nonce]
        message = self._message(int(channel), body.get("content") or "", BOT, body)
        if nonce is not None and self.keeps_requests:
            self._by_nonce[nonce] = message
        reference = body.get("message_reference")
        answer = self._answers.pop(str(reference["message_id"]), None) if reference else None
        if reference and answer is None:
            self.complaints.append(f"a second answer to {reference}")
        if answer is not None:
            answer.set_result(message)
        if self.keeps_requests:
            self.messages.append(message)
        return message

    def message(self, _: Json, _channel: str, message: str) -> Json:
        known = self._asked.get(message)
        return known or ({"code": 10008, "message": "Unknown Message"}, 404)

    def channel(self, _: Json, channel: str) -> Json:
        return self._channels.get(int(channel)) or ({"code": 10003, "message": "Unknown Channel"}, 404)

    def _lacking(self, body: Json, channel: int) -> str:
        overwrites = self._channels.get(channel, {}).get("permission_overwrites")
        denied = int(overwrites[0]["deny"]) if overwrites else 0
        uses = {_SEND: "write", _EMBED: "embed" if body.get("embeds") else ""}
        uses[_ATTACH] = "attach" if body.get("attachments") else ""
        uses[_HISTORY] = "reply" if body.get("message_reference") else ""
        return ", ".join(use for permission, use in uses.items() if use and permission & denied)

    def open_thread(self, body: Json, channel: str, message: str) -> Json:
        if int(message) in self._channels:
            return {"code": 160004, "message": "A thread has already been created for this message"}, 400
        self._channels[int(message)] = thread = _thread(int(message), BOT) | {"name": body["name"]}
        return thread | {"guild_id": str(GUILD), "parent_id": channel}

    def typing(self, _: Json, _channel: str) -> Json:
        return None, 204

    def delete_message(self, _: Json, _channel: str, message: str) -> Json:
        self.deleted.append(message)
        return None, 204

    def open_dm(self, body: Json) -> Json:
        recipient = int(body["recipient_id"])
        channel = {"id": str(direct(recipient)), "type": _DIRECT, "last_message_id": None}
        return channel | {"recipients": [_author(recipient)]}

    def callback(self, body: Json, id: str, token: str) -> Json:
        interaction = self.interactions.get(token)
        if interaction is None or interaction.id != int(id):
            return {"code": 10062, "message": "Unknown interaction"}, 404
        if interaction.callbacks:
            if f"/interactions/{id}/{token}/callback" not in self._cut:
                self.complaints.append(f"a second answer to interaction {id}")
            return {"code": 40060, "message": "Interaction has already been acknowledged."}, 400
        interaction.callbacks.append(body)
        if body["type"] in (4, 7):
            interaction.original = self._message(CHANNEL, body["data"].get("content") or "", BOT, body["data"])
        if body["type"] not in (5, 6):
            interaction.answered.set()
        resource = {"type": body["type"], "message": interaction.original}
        made = {"id": id, "type": 2, "response_message_id": (interaction.original or {"id": id})["id"]}
        return {"interaction": made, "resource": resource}

    def followup(self, body: Json, _application: str, token: str) -> Json:
        interaction = self.interactions[token]
        if interaction.waits_in_private:  # the first one replaces the "thinking", and is as private
            body = body | {"flags": (body.get("flags") or 0) | _EPHEMERAL}
        interaction.followups.append(self._message(CHANNEL, body.get("content") or "", BOT, body))
        interaction.answered.set()
        return interaction.followups[-1]

    def edit_original(self, body: Json, _application: str, token: str) -> Json:
        interaction = self.interactions[token]
        if interaction.waits_in_private:
            body = body | {"flags": _EPHEMERAL}
        interaction.original = self._message(CHANNEL, body.get("content") or "", BOT, body)
        interaction.answered.set()
        return interaction.original

    def delete_original(self, _: Json, _application: str, token: str) -> Json:
        self.interactions[token].deleted = True
        self.interactions[token].answered.set()
        return None, 204

    def _message(self, channel: int, content: str, author: int, body: Json = None) -> Json:
        body = body or {}
        return {
            "id": str(next(self._ids)),
            "channel_id": str(channel),
            "author": _author(author),
            "content": content,
            "timestamp": WHEN,
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [self._attachment(each) for each in body.get("attachments") or []],
            "embeds": body.get("embeds") or [],
            "components": body.get("components") or [],
            "flags": body.get("flags") or 0,
            "pinned": False,
            "type": _TEXT,
            **({"message_reference": body["message_reference"]} if body.get("message_reference") else {}),
        }

    def _attachment(self, named: Json) -> Json:
        url = f"{self.url}/cdn/{len(self.files) - 1}"
        return named | {"id": str(next(self._ids)), "size": len(self.files[-1]), "url": url, "proxy_url": url}

    async def download(self, request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        return web.Response(body=self.files[number]) if self.keeps_files else web.Response(status=404)

    # ---- gateway

    async def connect(self, request: web.Request) -> web.StreamResponse:
        if (fault := self._fault("GET", "/gateway")) is not None:
            return _json(fault.body, fault.status, fault.headers)
        socket = web.WebSocketResponse(autoclose=not self.deaf)
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": 41250}}))
        async for frame in socket:
            if frame.type is WSMsgType.TEXT and not self.deaf:
                await self._said(socket, json.loads(frame.data))
        self.closed_with = socket.close_code
        await self._notify()
        return socket

    async def _said(self, socket: web.WebSocketResponse, message: Json) -> None:
        match message["op"]:
            case 1:
                await socket.send_str(json.dumps({"op": 11, "d": None}))
            case 2:
                await self._identify(socket, message["d"])
            case 6:
                await self._resume(socket, message["d"])
        await self._notify()

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> None:
        shard = data.get("shard", [0, 1])
        if data["token"] != TOKEN:
            await socket.close(code=4004)
            return
        if self.refuses_with or shard[0] >= shard[1]:
            await socket.close(code=self.refuses_with or 4010)
            return
        session = Session(f"session-{len(self.sessions)}", shard, socket)
        self.intents = data["intents"]
        self.sessions.append(session)
        ready = {
            "v": 10,
            "user": self.me(None),
            "guilds": [{"id": str(GUILD), "unavailable": True}],
            "session_id": session.id,
            "resume_gateway_url": self.gateway(None)["url"],
            "shard": shard,
            "application": {"id": str(APPLICATION), "flags": 0},
        }
        await session.send("READY", ready)
        if (GUILD >> 22) % shard[1] == shard[0]:
            await session.send("GUILD_CREATE", _guild(self._guild_permissions))

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> None:
        session = next((each for each in self.sessions if each.id == data["session_id"]), None)
        if session is None or not session.resumable or data["token"] != TOKEN:
            await socket.send_str(json.dumps({"op": 9, "d": False}))
            return
        session.socket = socket
        for event in session.events[data["seq"] :]:
            await socket.send_str(json.dumps(event))
        await session.send("RESUMED", {})


@asynccontextmanager
async def serving(server: DiscordServer | None = None) -> AsyncIterator[DiscordServer]:
    """Serve on a free port of loopback; nothing that Discord would refuse may have come in by the end."""
    server = server or DiscordServer()
    app = web.Application()
    app.router.add_get("/gateway", server.connect)
    app.router.add_get("/gateway/", server.connect)
    app.router.add_get("/cdn/{number}", server.download)
    app.router.add_route("*", "/api/v10/{rest:.*}", server.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await server.drop()
        await runner.cleanup()
    assert server.complaints == []


_A, _G, _C, _I, _T = r"/applications/\d+", r"/guilds/(\d+)", r"/commands/(\d+)", r"(\d+)", r"([^/]+)"
_ROUTES = (
    ("GET", r"/users/@me", DiscordServer.me),
    ("GET", r"/oauth2/applications/@me", DiscordServer.application),
    ("GET", r"/gateway/bot", DiscordServer.gateway),
    ("GET", rf"{_A}/commands", DiscordServer.list_commands),
    ("PUT", rf"{_A}/commands", DiscordServer.put_commands),
    ("DELETE", rf"{_A}{_C}", DiscordServer.delete_command),
    ("GET", rf"{_A}{_G}/commands", DiscordServer.list_commands),
    ("PUT", rf"{_A}{_G}/commands", DiscordServer.put_commands),
    ("DELETE", rf"{_A}{_G}{_C}", DiscordServer.delete_command),
    ("GET", _G, DiscordServer.guild),
    ("GET", rf"{_G}/members/(\d+)", DiscordServer.member),
    ("GET", rf"/channels/{_I}", DiscordServer.channel),
    ("GET", rf"/channels/{_I}/messages/{_I}", DiscordServer.message),
    ("POST", rf"/channels/{_I}/messages", DiscordServer.post),
    ("POST", rf"/channels/{_I}/messages/{_I}/threads", DiscordServer.open_thread),
    ("POST", rf"/channels/{_I}/typing", DiscordServer.typing),
    ("DELETE", rf"/channels/{_I}/messages/{_I}", DiscordServer.delete_message),
    ("POST", r"/users/@me/channels", DiscordServer.open_dm),
    ("POST", rf"/interactions/{_I}/{_T}/callback", DiscordServer.callback),
    ("POST", rf"/webhooks/{_I}/{_T}", DiscordServer.followup),
    ("PATCH", rf"/webhooks/{_I}/{_T}/messages/@original", DiscordServer.edit_original),
    ("DELETE", rf"/webhooks/{_I}/{_T}/messages/@original", DiscordServer.delete_original),
)


def _json(body: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    if isinstance(body, tuple):
        body, status = body
    # Exactly this type: discord.py reads nothing else as JSON.
    if status == 204:
        return web.Response(status=status)
    headers = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=headers)


def direct(member: int) -> int:
    """Return the channel of somebody's direct messages with the bot."""
    return member + 1


def _in_english(given: Json) -> Json:
    """Leave out what Discord doesn't list unless asked for it."""
    if isinstance(given, list):
        return [_in_english(each) for each in given]
    if not isinstance(given, dict):
        return given
    return {name: _in_english(value) for name, value in given.items() if not name.endswith("_localizations")}


def _permitted(command: Json) -> Json:
    value = command.get("default_member_permissions")
    return {"default_member_permissions": None if value is None else str(value)}


def _used(command: Json) -> Json:
    place = {"guild_id": command["guild_id"]} if "guild_id" in command else {}
    return {"id": command["id"], "name": command["name"], "type": command["type"]} | place


def _author(id: int) -> Json:
    names = {BOT: "Overheard", ANN: "ann", BOB: "bob"}
    return _user(id, names.get(id, f"member-{id}"), bot=id == BOT)


def _role(id: int, name: str, permissions: str = "0") -> Json:
    role = {"id": str(id), "name": name, "permissions": permissions, "position": 0, "color": 0, "flags": 0}
    return role | {"hoist": False, "managed": False, "mentionable": False}


def _user(id: int, name: str, *, bot: bool = False) -> Json:
    return {"id": str(id), "username": name, "discriminator": "0", "avatar": None, "global_name": None, "bot": bot}


def _member() -> Json:
    return {"roles": [], "joined_at": WHEN, "deaf": False, "mute": False, "flags": 0, "nick": None, "avatar": None}


def _channel(id: int) -> Json:
    return {"id": str(id), "type": 0, "name": "general", "position": 0, "permission_overwrites": [], "parent_id": None}


def _denied(permissions: int) -> Json:
    return [{"id": str(GUILD), "type": 0, "allow": "0", "deny": str(permissions)}] if permissions else []


def _thread(id: int, owner: int) -> Json:
    facts = {"archived": False, "auto_archive_duration": 60, "archive_timestamp": WHEN, "locked": False}
    thread = _channel(id) | {"type": _THREAD, "parent_id": str(CHANNEL), "owner_id": str(owner)}
    return thread | {"thread_metadata": facts, "message_count": 0, "member_count": 1, "flags": 0}


def _guild(permissions: str) -> Json:
    return {
        "id": str(GUILD),
        "name": "Stargazers",
        "owner_id": str(ANN),
        "roles": [_role(GUILD, "@everyone", permissions)],
        "channels": [_channel(CHANNEL)],
        "members": [_member() | {"user": _user(BOT, "Overheard", bot=True)}],
        "member_count": 2,
        "emojis": [],
        "stickers": [],
        "features": [],
        "threads": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "preferred_locale": "en-US",
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "afk_timeout": 300,
    }
