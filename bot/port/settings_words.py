"""The wording of the settings of a server, a workspace or a channel, the same on every platform.

Plain text, which adapters draw; `save` makes the changes that it speaks of.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.port import post_words
from bot.port.errors import StateAwayError
from bot.port.messages import ALL, Assistant, Completion, EpisodeId
from bot.port.place_settings import EVERY_SHOW, Chosen, PlaceSettings, Reset, Setting, SettingsChange, Why
from bot.port.posts import PostingChange
from bot.port.state import State
from bot.port.wording import full_label

EVERYWHERE: Final = frozenset({Setting.SHOW, Setting.PRIVATE, Setting.OFF, Setting.FEEDBACK})
"""The settings that every platform has."""

OFF: Final = "I'm turned off here by the people who manage this place."
NOT_CHANGED: Final = "I can't reach my database at the moment, so nothing has changed. Please try again in a minute."
TITLE: Final = "How I answer here"
ELSEWHERE: Final = "Channels with other settings"
EVERY: Final = "every show"
AS_USUAL: Final = "as usual"

CHANNEL_ALONE: Final = "Pick a channel: I answer without a mention only in channels that chose it. Nothing has changed."

FOR_EVERYBODY: Final = "for everybody"
FOR_THE_ASKER: Final = "for the asker alone"


async def save(
    state: State, changes: Mapping[str, SettingsChange], channel: str | None, posting: PostingChange | str
) -> str | None:
    """Change the settings of places by name, and what is posted in a channel; say why if nothing could be changed."""
    if isinstance(posting, str):
        return posting
    if posting.changes and state.posts is None:
        return post_words.NOT_KEPT
    if channel is None and any(change.unmentioned is not None for change in changes.values()):
        return CHANNEL_ALONE
    if posting.changes and channel is None:
        return post_words.WHICH_CHANNEL
    try:
        for place, change in changes.items():
            await state.place_settings.change(place, change)
        if posting.changes and state.posts is not None and channel is not None:
            await state.posts.change(channel, posting)
    except StateAwayError:
        return NOT_CHANGED
    return None


async def in_words(settings: PlaceSettings, assistant: Assistant) -> PlaceSettings:
    """Replace an episode's id by its name, for display; an id that the library no longer has stays."""
    return PlaceSettings(
        await chosen_in_words(settings.whole, assistant), await chosen_in_words(settings.channel, assistant)
    )


async def chosen_in_words(chosen: Chosen, assistant: Assistant) -> Chosen:
    """Do the same for the choices of one place."""
    episode = await assistant.episode(EpisodeId(chosen.show)) if chosen.show else None
    return chosen if episode is None else replace(chosen, show=full_label(episode))


def described(settings: PlaceSettings, whole: str, kinds: Collection[Setting] = EVERYWHERE) -> Sequence[str]:
    """Describe what applies and why, a line for each setting; `whole` is the platform's word for a server."""
    chosen = {Why.CHANNEL: "chosen for this channel", Why.WHOLE: f"chosen for the whole {whole}", Why.USUAL: AS_USUAL}
    values = _values(settings).items()
    return [f"{value} ({chosen[settings.why(setting)]})" for setting, value in values if setting in kinds]


def of_its_own(chosen: Chosen) -> str:
    """Describe in one line what a channel chose."""
    channel = PlaceSettings(channel=chosen)
    return "; ".join(value for setting, value in _values(channel).items() if channel.why(setting) is Why.CHANNEL)


def _values(here: PlaceSettings) -> Mapping[Setting, str]:
    whom = {None: "as each command does", True: FOR_THE_ASKER, False: FOR_EVERYBODY}
    return {
        Setting.SHOW: f"Searched where a question names no other: {here.show or EVERY}",
        Setting.PRIVATE: f"Answers: {whom[here.private]}",
        Setting.OFF: f"Answering: {_on(not here.off)}",
        Setting.FEEDBACK: f"Buttons that rate an answer: {_on(here.feedback)}",
        Setting.THREAD: f"Mentions: answered {'in a thread of their own' if here.thread else 'where they are'}",
        Setting.UNMENTIONED: f"Questions that don't mention me, where I'm sure of the answer: {_on(here.unmentioned)}",
    }


def _on(chosen: bool) -> str:  # noqa: FBT001 - it is what was chosen
    return "on" if chosen else "off"


def unknown_show(words: str) -> str:
    """Say that no show or episode has this name."""
    return f"I don't know a show or an episode called “{words}”, so nothing has changed."


async def shows(assistant: Assistant) -> Sequence[str]:
    """List the shows of the library, those with the newest episodes first."""
    return list(dict.fromkeys(each.show for each in await assistant.episodes(limit=ALL)))


async def show_meant(words: str, assistant: Assistant) -> str | Reset | None:
    """Return the show or the id of the episode that somebody typed; None if there is none."""
    typed = words.strip().casefold()
    if typed in {EVERY, AS_USUAL}:
        return EVERY_SHOW if typed == EVERY else Reset.AGAIN
    if show := next((show for show in await shows(assistant) if show.casefold() == typed), None):
        return show
    episode = await assistant.episode(EpisodeId(words.strip()))
    return None if episode is None else episode.id


async def offered(typed: str, assistant: Assistant) -> Sequence[tuple[str, str]]:
    """Complete what a manager types, as labels and values: shows, or episodes if no show matches."""
    named = [show for show in (*await shows(assistant), EVERY, AS_USUAL) if typed.casefold() in show.casefold()]
    if named:
        return [(name, name) for name in named]
    return [(choice.label, choice.value) for choice in await assistant.complete(Completion.EPISODE, typed)]
