"""Settings that managers choose for a server, a workspace or a channel, and the defaults.

Values, and a store in memory. Adapters show and change them, and decide who may.
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
"""Maximum number of places to remember."""

EVERY_SHOW: Final = ""
"""Value of `show` by which a channel searches every show although its server chose one."""


class Setting(StrEnum):
    """The settings, by their attribute names in `Chosen` and `SettingsChange`."""

    SHOW = "show"
    PRIVATE = "private"
    OFF = "off"
    FEEDBACK = "feedback"
    THREAD = "thread"
    UNMENTIONED = "unmentioned"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices for one place; None for a setting that nobody chose.

    Attributes:
        show: the show to search if a question names none, as the library spells it, or an episode's id;
            `EVERY_SHOW` for all.
        private: whether only the asker sees answers, if the platform supports that.
        off: whether the bot answers nothing.
        feedback: whether answers have buttons that rate them.
        thread: whether the bot answers a mention in a thread of its own, if the platform supports that.
        unmentioned: whether the bot also answers questions that don't mention it, if it is sure; channels only.
    """

    show: str | None = None
    private: bool | None = None
    off: bool | None = None
    feedback: bool | None = None
    thread: bool | None = None
    unmentioned: bool | None = None


NOTHING_CHOSEN: Final = Chosen()


class Why(StrEnum):
    """Where the value that applies was chosen."""

    CHANNEL = "channel"
    WHOLE = "whole"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class PlaceSettings:
    """The settings that apply in a channel: its own choice, otherwise that for all channels, otherwise the default."""

    whole: Chosen = NOTHING_CHOSEN
    channel: Chosen = NOTHING_CHOSEN

    @property
    def show(self) -> str | None:
        """The show, or the id of the episode, to search if a question names none; None for all."""
        return _first(self.channel.show, self.whole.show) or None

    @property
    def private(self) -> bool | None:
        """Whether only the asker sees answers; None for the platform's default."""
        return _first(self.channel.private, self.whole.private)

    @property
    def off(self) -> bool:
        """Whether the bot answers nothing."""
        return _first(self.channel.off, self.whole.off) or False

    @property
    def feedback(self) -> bool:
        """Whether answers have buttons that rate them."""
        chosen = _first(self.channel.feedback, self.whole.feedback)
        return True if chosen is None else chosen

    @property
    def thread(self) -> bool:
        """Whether the bot answers a mention in a thread of its own."""
        return _first(self.channel.thread, self.whole.thread) or False

    @property
    def unmentioned(self) -> bool:
        """Whether the bot also answers questions that don't mention it; never chosen for a whole server."""
        return self.channel.unmentioned or False

    def why(self, setting: Setting) -> Why:
        """Return where a setting was chosen."""
        if getattr(self.channel, setting) is not None:
            return Why.CHANNEL
        return Why.USUAL if getattr(self.whole, setting) is None else Why.WHOLE


USUAL: Final = PlaceSettings()


class Reset(StrEnum):
    """In place of a value: reset the setting to its default."""

    AGAIN = "usual"


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """A change to settings; None leaves one as it is."""

    show: str | Reset | None = None
    private: bool | Reset | None = None
    off: bool | Reset | None = None
    feedback: bool | Reset | None = None
    thread: bool | Reset | None = None
    unmentioned: bool | Reset | None = None

    @property
    def changes(self) -> bool:
        """Whether there is anything to do."""
        return self != SettingsChange()

    @property
    def wanted(self) -> Mapping[str, Any]:
        """The new value of each setting that changes; None resets it."""
        given = {setting.value: getattr(self, setting) for setting in Setting}
        return {setting: None if isinstance(to, Reset) else to for setting, to in given.items() if to is not None}


class SettingsStore:
    """Stores the choices for each place; this one in memory."""

    def __init__(self) -> None:
        self._chosen: Recent[str, Chosen] = Recent(MOST_PLACES)

    async def at(self, whole: str, channel: str | None = None) -> PlaceSettings:
        """Return the settings that apply in a place; the defaults if they can't be read now. Never raises."""
        return PlaceSettings(self._chosen.get(whole, NOTHING_CHOSEN), self._chosen.get(channel or "", NOTHING_CHOSEN))

    async def channels(self, whole: str) -> Mapping[str, Chosen]:
        """Return the channels of a place that have any choices, by name. Never raises."""
        here = ((place, self._chosen[place]) for place in sorted(self._chosen) if place.startswith(f"{whole}/"))
        return {place: chosen for place, chosen in here if chosen != NOTHING_CHOSEN}

    async def change(self, place: str, change: SettingsChange) -> None:
        """Change the choices for a place.

        Raises:
            StateAwayError: nothing was changed.
        """
        self._chosen[place] = replace(self._chosen.get(place, NOTHING_CHOSEN), **change.wanted)

    async def forget(self, person: str) -> None:
        """Delete the choices for a workspace and its channels; people have none."""
        for place in [place for place in self._chosen if belongs_to(place, person)]:
            del self._chosen[place]


def _first(channel: _T | None, whole: _T | None) -> _T | None:
    return whole if channel is None else channel
