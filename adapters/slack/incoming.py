"""Parses Slack's payloads into typed values.

A payload that is invalid, or not meant for us, is None; nothing raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.port.messages import ConversationId
from bot.port.unasked import looks_like_a_question

from .words import addressed, forwarded_by, markup_of, mentions_somebody, plain

Payload: TypeAlias = Mapping[str, Any]
"""Slack's JSON, which no other module interprets."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an event came from, and so where its answer goes.

    Attributes:
        team: the workspace's `Origin.name`.
        thread: the id of the thread's first message; None outside of threads.
        hook: the response URL of an interaction, valid for half an hour.
        private: whether only the asker sees the message that the event came from.
        trigger: the id that opens a dialogue, valid for three seconds.
        dialogue: the dialogue that the event came from.
        message: the message that the event came from.
    """

    user: str
    team: str = ""
    channel: str = ""
    thread: str | None = None
    message: str | None = None
    hook: str | None = None
    private: bool = False
    trigger: str | None = None
    dialogue: str | None = None
    home: bool = False

    @property
    def direct(self) -> bool:
        """Whether it is a direct message to the bot."""
        return self.channel.startswith("D")

    @property
    def conversation(self) -> ConversationId | None:
        """The conversation: a thread, a direct message, or somebody's private questions in a channel."""
        if self.private and self.channel:
            return ConversationId(f"{self.person}/{self.channel}")  # separate from the public conversation
        if not (self.thread or self.direct):
            return None
        return ConversationId(f"{self.room}/{self.thread}" if self.thread else self.room)

    @property
    def room(self) -> ConversationId:
        """The audience: a channel with all its threads, or one person's own views."""
        if self.direct:
            return ConversationId(f"{self.person}/{self.channel}")
        return ConversationId(f"slack/{self.team}/{self.channel}" if self.channel else self.person)

    @property
    def delivery(self) -> str | None:
        """The name of a command, press, shortcut or submission: Slack makes one trigger for each."""
        return f"slack/{self.team}/trigger/{self.trigger}" if self.trigger else None

    @property
    def person(self) -> str:
        """The name under which stores keep this person's data."""
        return f"slack/{self.team}/{self.user}"


@dataclass(frozen=True, slots=True)
class Origin:
    """The workspace that an event came from.

    Attributes:
        team: "" if Slack doesn't say, as in some views of an organisation.
        organisation: the one that installed the app for all its workspaces; None if the workspace did.
    """

    team: str
    organisation: str | None = None

    @property
    def installation(self) -> str:
        """The workspace or organisation that installed the app."""
        return self.organisation or self.team

    @property
    def name(self) -> str:
        """The workspace's name in stores; it begins with the organisation, if any, and is deleted with it."""
        return "/".join(each for each in (self.organisation, self.team) if each)


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody's question in a message.

    Attributes:
        about: the words that they forward with it; None for none.
    """

    words: str
    source: Source
    id: str
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A message in a channel that doesn't address the bot.

    Attributes:
        thread: the conversation of the thread that it continues; None for none.
        question: the question; None if it doesn't look like one, or addresses somebody else.
        to_others: whether it addresses somebody else.
    """

    source: Source
    thread: ConversationId | None
    question: Heard | None
    to_others: bool


@dataclass(frozen=True, slots=True)
class Act:
    """An action: a typed command, a press, a pick from a menu, or a shortcut.

    Attributes:
        name: the name of the command, the control or the shortcut.
        value: the typed words, the control's value, or the text of the message that the shortcut was used on.
    """

    name: str
    value: str
    source: Source


@dataclass(frozen=True, slots=True)
class Form:
    """A submitted dialogue; `picked` has the fields by name."""

    source: Source
    picked: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivery, whose name is the same each time Slack repeats it.

    Attributes:
        source: where it came from, if somebody is waiting there for an answer.
    """

    name: str
    source: Source | None


def understood(body: Payload) -> bool:
    """Whether an event has a type, without which Bolt raises; true for anything but events."""
    match body.get("event"):
        case None | {"type": str()}:
            return True
        case _:
            return False


def origin(body: Payload) -> Origin:
    """Parse which workspace a payload came from."""
    # In a channel that workspaces share, Slack delivers to the first installation that may see the event.
    installed = _first(body, "authorizations")
    view, organisation = _part(body, "view"), _part(body, "enterprise")
    team = (
        _text(view, "app_installed_team_id")
        or _text(installed, "team_id")
        or _text(body, "team_id")
        or _text(_part(body, "team"), "id")
        or _text(_part(body, "user"), "team_id")
        or _text(view, "team_id")
    )
    if (installed or body).get("is_enterprise_install") not in (True, "true"):
        return Origin(team)
    wide = _text(installed, "enterprise_id") or _text(body, "enterprise_id") or _text(organisation, "id")
    return Origin(team, wide or None)


def delivery(body: Payload, bot: str) -> Delivered | None:
    """Name a delivery; None if handling it twice does no harm."""
    if (question := heard(body, bot)) is not None:
        return Delivered(question.id, question.source)
    if _part(body, "event").get("type") == "message":
        return None  # ignored, or deduplicated by a name of its own
    if event := _text(body, "event_id"):
        return Delivered(f"slack/{origin(body).name}/event/{event}", None)
    if body.get("type") == "block_suggestion":
        return None
    command = ordered(body)
    source = command.source if command else _interaction(body)
    return Delivered(source.delivery, source) if source and source.delivery else None


def heard(body: Payload, bot: str) -> Heard | None:
    """Parse a mention or a direct message; None for edits, other kinds of messages, bots, and quoted mentions."""
    event, source = _part(body, "event"), _said(body, bot)
    if source is None:
        return None
    markup = markup_of(event)
    if not source.direct and (event.get("type") == "message" or not addressed(markup, bot)):
        return None
    about = forwarded_by(event)
    return Heard(plain(markup, bot), source, _name(source), None if about is None else plain(about))


def overheard(body: Payload, bot: str) -> Remark | None:
    """Parse a question to nobody in particular, or any message in a thread; None if it addresses the bot."""
    event, source, markup = _part(body, "event"), _said(body, bot), markup_of(_part(body, "event"))
    in_channel = event.get("type") == "message" and event.get("channel_type") in _CHANNELS
    if source is None or not in_channel or addressed(markup, bot):
        return None
    words, to_others = plain(markup), mentions_somebody(markup)
    asks = not to_others and forwarded_by(event) is None and looks_like_a_question(words)
    thread = source.conversation if _text(event, "thread_ts") else None
    question = Heard(words, source, _name(source)) if asks else None
    return Remark(source, thread, question, to_others) if question or thread else None


def _said(body: Payload, bot: str) -> Source | None:
    """Parse where a person wrote a message; None if no person did."""
    event = _part(body, "event")
    channel, user, ts = _text(event, "channel"), _text(event, "user"), _text(event, "ts")
    if not (channel and user and ts) or user == bot or any(event.get(sign) for sign in _NOT_A_QUESTION):
        return None
    if event.get("subtype") not in (None, "", *_SAID):
        return None
    thread = _text(event, "thread_ts") or (None if channel.startswith("D") else ts)
    return Source(user, origin(body).name, channel, thread, message=ts)


def _name(source: Source) -> str:
    """Name a question, but not by its event's id: a mention in a direct message causes two events."""
    return f"slack/{source.team}/message/{source.channel}/{source.message}"


_CHANNELS = ("channel", "group")
"""Types of public and private channels, without group direct messages, which have no settings."""
_SAID = ("file_share", "me_message", "thread_broadcast")
"""Subtypes of messages that people write; all others report events."""
_NOT_A_QUESTION = ("edited", "bot_id", "bot_profile", "hidden")


def ordered(body: Payload) -> Act | None:
    """Parse a slash command."""
    name, user = _text(body, "command"), _text(body, "user_id")
    if not (name and user):
        return None
    source = Source(
        user,
        origin(body).name,
        _text(body, "channel_id"),
        hook=_text(body, "response_url") or None,
        private=True,
        trigger=_text(body, "trigger_id") or None,
    )
    return Act(name, plain(_text(body, "text")), source)


def pressed(body: Payload) -> Act | None:
    """Parse the press of a button or a pick from a menu."""
    action = _first(body, "actions")
    value = _text(action, "value") or _text(_part(action, "selected_option"), "value")
    source = _interaction(body)
    name = _text(action, "action_id").partition(":")[0]
    return Act(name, value, source) if source and name else None


def used(body: Payload) -> Act | None:
    """Parse a shortcut."""
    source = _interaction(body)
    if source is None:
        return None
    message = _part(body, "message")
    return Act(_text(body, "callback_id"), plain(markup_of(message) or forwarded_by(message) or ""), source)


def opened(body: Payload) -> Source | None:
    """Parse that somebody opened the Home tab, or started a thread in the assistant pane."""
    event = _part(body, "event")
    begun = _part(event, "assistant_thread")
    user = _text(event, "user") or _text(begun, "user_id")
    if not user or event.get("tab") == "messages":
        return None
    team = origin(body).name
    if not begun:
        return Source(user, team, home=True)
    return Source(user, team, _text(begun, "channel_id"), _text(begun, "thread_ts") or None)


def form(body: Payload) -> Form | None:
    """Parse a submitted dialogue."""
    source = _interaction(body)
    if source is None:
        return None
    fields = _part(_part(_part(body, "view"), "state"), "values")
    picked = {}
    for name in fields:
        # `views` gives each field one control of the same name.
        control = _part(_part(fields, name), name)
        option = _text(_part(control, "selected_option"), "value")
        picked[name] = _text(control, "value") or option or _text(control, "selected_conversation")
    return Form(source, picked)


def lookup(body: Payload) -> Act | None:
    """Parse which menu somebody types into, and the text."""
    source = _interaction(body)
    return None if source is None else Act(_text(body, "action_id"), _text(body, "value"), source)


def _interaction(body: Payload) -> Source | None:
    user = _text(_part(body, "user"), "id")
    if not user:
        return None
    message, container, view = _part(body, "message"), _part(body, "container"), _part(body, "view")
    channel = _text(_part(body, "channel"), "id") or _text(container, "channel_id")
    ts = _text(message, "ts") or _text(container, "message_ts")
    thread = _text(message, "thread_ts") or _text(container, "thread_ts")
    return Source(
        user,
        origin(body).name,
        channel,
        thread or None,
        message=ts or None,
        hook=_text(body, "response_url") or None,
        # The message of a shortcut is somebody else's; its answer is for the person who used it.
        private=bool(container.get("is_ephemeral")) or body.get("type") == "message_action",
        trigger=_text(body, "trigger_id") or None,
        dialogue=_text(view, "id") or None if view.get("type") == "modal" else None,
        home=view.get("type") == "home",
    )


def _part(of: Payload, name: str) -> Payload:
    value = of.get(name)
    return value if isinstance(value, Mapping) else {}


def _first(of: Payload, name: str) -> Payload:
    match of.get(name):
        case [Mapping() as first, *_]:
            return first
        case _:
            return {}


def _text(of: Payload, name: str) -> str:
    value = of.get(name)
    return value if isinstance(value, str) else ""
