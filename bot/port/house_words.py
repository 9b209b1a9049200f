"""What is said about the settings of a server, a workspace or a channel, alike on every platform.

Plain words; how they are drawn and where they are changed is the adapters' business.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.port.house import EVERY_SHOW, Chosen, House, Setting, Usual, Why
from bot.port.messages import ALL, Assistant, Completion, EpisodeId
from bot.port.wording import full_label

EVERYWHERE: Final = frozenset({Setting.SHOW, Setting.PRIVATE, Setting.OFF, Setting.FEEDBACK})
"""The settings that every platform has."""

OFF: Final = "I'm turned off here by whoever manages this place."
NOT_CHANGED: Final = "I can't reach my database at the moment, so nothing has changed. Please try again in a minute."
TITLE: Final = "How I answer here"
ELSEWHERE: Final = "Channels with other settings"
EVERY: Final = "every show"
AS_USUAL: Final = "as usual"

CHANNEL_ALONE: Final = "Pick a channel: I answer without a mention only in channels that chose it. Nothing has changed."

FOR_EVERYBODY: Final = "for everybody"
FOR_THE_ASKER: Final = "for the asker alone"


async def in_words(house: House, assistant: Assistant) -> House:
    """Put an episode's name in place of its id, to be shown; one that isn't in the library any more stays an id."""
    return House(await chosen_in_words(house.whole, assistant), await chosen_in_words(house.channel, assistant))


async def chosen_in_words(chosen: Chosen, assistant: Assistant) -> Chosen:
    """Do the same for what is chosen for one place."""
    episode = await assistant.episode(EpisodeId(chosen.show)) if chosen.show else None
    return chosen if episode is None else replace(chosen, show=full_label(episode))


def described(house: House, whole: str, settings: Collection[Setting] = EVERYWHERE) -> Sequence[str]:
    """Say what holds and why, a line a setting; `whole` is what the platform calls all channels together."""
    chosen = {Why.CHANNEL: "chosen for this channel", Why.WHOLE: f"chosen for the whole {whole}", Why.USUAL: AS_USUAL}
    values = _values(house).items()
    return [f"{value} ({chosen[house.why(setting)]})" for setting, value in values if setting in settings]


def of_its_own(chosen: Chosen) -> str:
    """Say in a line what is chosen for a channel."""
    channel = House(channel=chosen)
    return "; ".join(value for setting, value in _values(channel).items() if channel.why(setting) is Why.CHANNEL)


def _values(house: House) -> Mapping[Setting, str]:
    whom = {None: "as each command does", True: FOR_THE_ASKER, False: FOR_EVERYBODY}
    return {
        Setting.SHOW: f"Searched where a question names no other: {house.show or EVERY}",
        Setting.PRIVATE: f"Answers: {whom[house.private]}",
        Setting.OFF: f"Answering: {_on(not house.off)}",
        Setting.FEEDBACK: f"Buttons that rate an answer: {_on(house.feedback)}",
        Setting.THREAD: f"Mentions: answered {'in a thread of their own' if house.thread else 'where they are'}",
        Setting.UNMENTIONED: f"Questions that don't mention me, where I'm sure of the answer: {_on(house.unmentioned)}",
    }


def _on(chosen: bool) -> str:  # noqa: FBT001 - it is what was chosen
    return "on" if chosen else "off"


def unknown_show(words: str) -> str:
    """Say that no show or episode goes by these words."""
    return f"I don't know a show or an episode called “{words}”, so nothing has changed."


async def shows(assistant: Assistant) -> Sequence[str]:
    """List the shows of the library, those with the newest episodes first."""
    return list(dict.fromkeys(each.show for each in await assistant.episodes(limit=ALL)))


async def show_meant(words: str, assistant: Assistant) -> str | Usual | None:
    """Tell which show or which episode's id is meant; None where none goes by these words."""
    typed = words.strip().casefold()
    if typed in {EVERY, AS_USUAL}:
        return EVERY_SHOW if typed == EVERY else Usual.AGAIN
    if show := next((show for show in await shows(assistant) if show.casefold() == typed), None):
        return show
    episode = await assistant.episode(EpisodeId(words.strip()))
    return None if episode is None else episode.id


async def offered(typed: str, assistant: Assistant) -> Sequence[tuple[str, str]]:
    """Complete what somebody types who chooses, the words to show and what they mean: shows, or else episodes."""
    named = [show for show in (*await shows(assistant), EVERY, AS_USUAL) if typed.casefold() in show.casefold()]
    if named:
        return [(name, name) for name in named]
    return [(choice.label, choice.value) for choice in await assistant.complete(Completion.EPISODE, typed)]
