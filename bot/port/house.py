"""What is chosen for a server, a workspace or a channel by those who manage it, and what holds where nothing is.

Values, and what keeps them in memory. How they are shown and changed is the adapters' business, as is who may.
A place is named like a conversation: `discord/<server>`, and `discord/<server>/<channel>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, TypeVar

from bot.port.forgetting import belongs_to
from bot.port.seen import Recent

_T = TypeVar("_T", str, bool)

MOST_PLACES: Final = 10_000
"""Places kept in mind."""

EVERY_SHOW: Final = ""
"""Chosen as a show, where the server has one and a channel is to ask all."""


class Setting(StrEnum):
    """What can be chosen, as the attributes of `Chosen` and `Change` are called."""

    SHOW = "show"
    PRIVATE = "private"
    OFF = "off"
    FEEDBACK = "feedback"
    THREAD = "thread"
    UNMENTIONED = "unmentioned"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen for one place; None where nothing was.

    Attributes:
        show: the show that is asked where a question names none, as the library writes it, or an episode's id;
            `EVERY_SHOW` for all.
        private: whether answers are for the asker alone, where the platform can do that.
        off: whether nothing is answered.
        feedback: whether answers have buttons that rate them.
        thread: whether a mention is answered in a thread of its own, where the platform has such.
        unmentioned: whether questions are answered that aren't said to the bot, where it is sure; of a channel alone.
    """

    show: str | None = None
    private: bool | None = None
    off: bool | None = None
    feedback: bool | None = None
    thread: bool | None = None
    unmentioned: bool | None = None


NOTHING_CHOSEN: Final = Chosen()


class Why(StrEnum):
    """Where what holds was chosen."""

    CHANNEL = "channel"
    WHOLE = "whole"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class House:
    """What holds in a channel: what was chosen there, or else for all channels, or else what is usual."""

    whole: Chosen = NOTHING_CHOSEN
    channel: Chosen = NOTHING_CHOSEN

    @property
    def show(self) -> str | None:
        """The show, or the episode by its id, that is asked where a question names none; None for all."""
        return _first(self.channel.show, self.whole.show) or None

    @property
    def private(self) -> bool | None:
        """Whether answers are for the asker alone; None for what is usual on the platform."""
        return _first(self.channel.private, self.whole.private)

    @property
    def off(self) -> bool:
        """Whether nothing is answered."""
        return _first(self.channel.off, self.whole.off) or False

    @property
    def feedback(self) -> bool:
        """Whether answers have buttons that rate them."""
        chosen = _first(self.channel.feedback, self.whole.feedback)
        return True if chosen is None else chosen

    @property
    def thread(self) -> bool:
        """Whether a mention is answered in a thread of its own."""
        return _first(self.channel.thread, self.whole.thread) or False

    @property
    def unmentioned(self) -> bool:
        """Whether questions are answered that aren't said to the bot; never in a whole server at once."""
        return self.channel.unmentioned or False

    def why(self, setting: Setting) -> Why:
        """Tell where it was chosen."""
        if getattr(self.channel, setting) is not None:
            return Why.CHANNEL
        return Why.USUAL if getattr(self.whole, setting) is None else Why.WHOLE


USUAL: Final = House()


class Usual(StrEnum):
    """In place of a value: choose nothing, so that what is usual holds again."""

    AGAIN = "usual"


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be chosen anew; None leaves a setting as it is."""

    show: str | Usual | None = None
    private: bool | Usual | None = None
    off: bool | Usual | None = None
    feedback: bool | Usual | None = None
    thread: bool | Usual | None = None
    unmentioned: bool | Usual | None = None

    @property
    def changes(self) -> bool:
        """Whether there is anything to do."""
        return self != Change()

    @property
    def wanted(self) -> Mapping[str, Any]:
        """What each of the settings that change is to be; None for what is usual."""
        given = {setting.value: getattr(self, setting) for setting in Setting}
        return {setting: None if isinstance(to, Usual) else to for setting, to in given.items() if to is not None}


class Houses:
    """What was chosen, place by place; this one keeps it in memory."""

    def __init__(self) -> None:
        self._chosen: Recent[str, Chosen] = Recent(MOST_PLACES)

    async def at(self, whole: str, channel: str | None = None) -> House:
        """Tell what holds in a place; what is usual, where that can't be looked up at the moment. Never raises."""
        return House(self._chosen.get(whole, NOTHING_CHOSEN), self._chosen.get(channel or "", NOTHING_CHOSEN))

    async def channels(self, whole: str) -> Mapping[str, Chosen]:
        """List the channels of a place in which anything is chosen, by name. Never raises."""
        here = ((place, self._chosen[place]) for place in sorted(self._chosen) if place.startswith(f"{whole}/"))
        return {place: chosen for place, chosen in here if chosen != NOTHING_CHOSEN}

    async def change(self, place: str, change: Change) -> None:
        """Choose for a place.

        Raises:
            StateAwayError: nothing is changed.
        """
        self._chosen[place] = replace(self._chosen.get(place, NOTHING_CHOSEN), **change.wanted)

    async def forget(self, person: str) -> None:
        """Forget what was chosen for a workspace and its channels; nothing is chosen for a person."""
        for place in [place for place in self._chosen if belongs_to(place, person)]:
            del self._chosen[place]


def _first(channel: _T | None, whole: _T | None) -> _T | None:
    return whole if channel is None else channel
