"""What is said about the settings of a server, a workspace or a channel, alike on every platform.

Plain words; how they are drawn and where they are changed is the adapters' business.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from bot.port.house import EVERY_SHOW, House, Setting, Usual, Why
from bot.port.messages import ALL, Assistant

EVERYWHERE: Final = frozenset({Setting.SHOW, Setting.PRIVATE, Setting.OFF, Setting.FEEDBACK})
"""The settings that every platform has."""

OFF: Final = "I'm turned off here by whoever manages this place."
NOT_CHANGED: Final = "I can't reach what I keep at the moment, so nothing is changed. Please try again in a minute."
TITLE: Final = "How I answer here"
EVERY: Final = "every show"
AS_USUAL: Final = "as usual"

CHANNEL_ALONE: Final = "Pick a channel: without a mention I answer in channels that chose it alone. Nothing is changed."

FOR_EVERYBODY: Final = "for everybody"
FOR_THE_ASKER: Final = "for the asker alone"


def described(house: House, whole: str, settings: Collection[Setting] = EVERYWHERE) -> Sequence[str]:
    """Say what holds and why, a line a setting; `whole` is what the platform calls all channels together."""
    whom = {None: "as each command does", True: FOR_THE_ASKER, False: FOR_EVERYBODY}
    values = {
        Setting.SHOW: f"Searched where a question names no other: {house.show or EVERY}",
        Setting.PRIVATE: f"Answers: {whom[house.private]}",
        Setting.OFF: f"Answering: {_on(not house.off)}",
        Setting.FEEDBACK: f"Buttons that rate an answer: {_on(house.feedback)}",
        Setting.THREAD: f"Mentions: answered {'in a thread of their own' if house.thread else 'where they are'}",
        Setting.UNMENTIONED: f"Questions that don't mention me, where I'm sure of the answer: {_on(house.unmentioned)}",
    }
    chosen = {Why.CHANNEL: "chosen for this channel", Why.WHOLE: f"chosen for the whole {whole}", Why.USUAL: AS_USUAL}
    return [f"{value} ({chosen[house.why(setting)]})" for setting, value in values.items() if setting in settings]


def _on(chosen: bool) -> str:  # noqa: FBT001 - it is what was chosen
    return "on" if chosen else "off"


def unknown_show(words: str) -> str:
    """Say that no show goes by these words."""
    return f"I don't know a show called “{words}”, so nothing is changed."


async def shows(assistant: Assistant) -> Sequence[str]:
    """List the shows of the library, those with the newest episodes first."""
    return list(dict.fromkeys(each.show for each in await assistant.episodes(limit=ALL)))


def show_meant(words: str, known: Sequence[str]) -> str | Usual | None:
    """Tell which show is meant; None where none goes by these words."""
    typed = words.strip().casefold()
    if typed in {EVERY, AS_USUAL}:
        return EVERY_SHOW if typed == EVERY else Usual.AGAIN
    return next((show for show in known if show.casefold() == typed), None)
