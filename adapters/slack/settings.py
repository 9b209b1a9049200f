"""What is chosen for a workspace and its channels, in the Home tab of those who manage the workspace.

What can be chosen is in `bot/port/place_settings.py`, how it is worded in `settings_words`. Others never see any of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.port import post_words, settings_words
from bot.port.messages import Assistant
from bot.port.place_settings import EVERY_SHOW, Chosen, PlaceSettings, Reset, Setting, SettingsChange
from bot.port.posts import PostingChange
from bot.port.state import State

from . import blocks as b
from . import posting
from .incoming import Form, Source
from .outbox import Outbox
from .places import names_of, whole_of
from .render import Message, notice
from .views import View, form_dialogue

HOME_SETTINGS = "home_settings"
SETTINGS_DIALOGUE = "settings_dialogue"
_CHANNEL, _SHOW, _ANSWERS, _ANSWERING, _FEEDBACK = "channel", "show", "answers", "answering", "feedback"
_EPISODE = "episode"
_UNMENTIONED = "unmentioned"
FIELDS = frozenset({_CHANNEL, _SHOW, _EPISODE, _ANSWERS, _ANSWERING, _FEEDBACK, _UNMENTIONED, *posting.FIELDS})
"""The dialogue's fields, which are read when it is sent off."""

_CHANNELS = 30
"""Channels of their own that are listed."""
_YES, _NO, _USUAL, _EVERY = "yes", "no", "-usual", "-every"
NOT_ALLOWED = "Only those who manage this workspace can change that."
NOT_KNOWN = "Slack doesn't tell me at the moment whether you manage this workspace. Please try again in a minute."
_NOT_THERE = "I'm not in that channel yet, so nothing arrives there: type /invite in it, and pick me."
TOO_LATE = "That took too long to open. Please try again."


@dataclass(frozen=True, slots=True)
class SettingsEditor:
    """Shows and changes what is chosen in one workspace.

    `_reads_all` is whether Slack may show the bot what isn't said to it.
    """

    _state: State
    _assistant: Assistant
    _outbox: Outbox
    _reads_all: bool

    async def of(self, source: Source) -> PlaceSettings:
        """Tell what holds where something comes from; in direct messages and views what is chosen for all."""
        channel = None if source.direct or not source.channel else source.channel
        return await self._state.place_settings.at(*names_of(source.team, channel))

    async def part(self, source: Source) -> Sequence[b.Block]:
        """Draw what the Home tab shows of it; nothing for those who don't manage the workspace."""
        if not await self._outbox.manages(source.user):
            return ()
        whole = whole_of(source.team)
        settings = await settings_words.in_words(await self.of(source), self._assistant)
        channels = (await self._state.place_settings.channels(whole)).items()
        own = {place: await settings_words.chosen_in_words(chosen, self._assistant) for place, chosen in channels}
        return drawn(settings, (*elsewhere(own), *await posting.described(self._state.posts, whole)))

    async def open(self, source: Source) -> None:
        """Open the dialogue."""
        if source.trigger is not None:
            shows = await settings_words.shows(self._assistant)
            fields = posting.fields() if self._state.posts is not None else ()
            view = settings_dialogue(shows, fields, reads_all=self._reads_all)
            await self._outbox.open(view, source, notice(TOO_LATE))

    async def save(self, sent: Form) -> Message:
        """Choose what was picked in the dialogue, and draw what holds then."""
        if (manages := await self._outbox.manages(sent.source.user)) is not True:
            return notice(NOT_KNOWN if manages is None else NOT_ALLOWED)
        whole, channel = names_of(sent.source.team, sent.picked.get(_CHANNEL) or None)
        posted = posting.changed(sent.picked)
        change = {channel or whole: changed(sent.picked)}
        if problem := await settings_words.save(self._state, change, channel, posted):
            return notice(problem)
        warned = await self._warned(posted, channel, sent)
        settings = await settings_words.in_words(await self._state.place_settings.at(whole, channel), self._assistant)
        posts = await posting.described(self._state.posts, whole)
        unmentioned = channel is not None and self._reads_all
        return Message(settings_words.TITLE, (*warned, *drawn(settings, posts, closed=True, unmentioned=unmentioned)))

    async def _warned(self, change: PostingChange | str, channel: str | None, sent: Form) -> Sequence[b.Block]:
        """Warn that posts can't arrive in a channel, if a message there to the person alone doesn't."""
        posts = self._state.posts
        if isinstance(change, str) or not change.changes or channel is None or posts is None:
            return ()
        if not (chosen := await posts.at(channel)).anything:
            return ()
        told = notice(f"{post_words.TITLE}: {'; '.join(post_words.described(chosen))}")
        arrived = await self._outbox.is_in(sent.picked[_CHANNEL], sent.source.user, told)
        return () if arrived else [b.section(_NOT_THERE)]


def drawn(
    settings: PlaceSettings, posts: Sequence[b.Block] = (), *, closed: bool = False, unmentioned: bool = False
) -> Sequence[b.Block]:
    """Draw what holds and why, and what is posted unasked; `closed` leaves out the button that changes it.

    `unmentioned`: whether questions that don't mention the bot may be answered there.
    """
    kinds = settings_words.EVERYWHERE | ({Setting.UNMENTIONED} if unmentioned else set())
    lines = settings_words.described(settings, "workspace", kinds)
    shown = [
        b.header(settings_words.TITLE),
        b.rich_text(b.bullets([b.text(line, limit=300)] for line in lines)),
        *posts,
    ]
    return shown if closed else [*shown, b.actions([b.button("Change this", HOME_SETTINGS, "settings")]), b.divider()]


def elsewhere(channels: Mapping[str, Chosen]) -> Sequence[b.Block]:
    """Draw which channels have something chosen for themselves; nothing where none has."""
    lines = [
        [b.channel(place.rpartition("/")[2]), b.text(f": {settings_words.of_its_own(chosen)}")]
        for place, chosen in islice(channels.items(), _CHANNELS)
    ]
    left = len(channels) - len(lines)
    shown = [b.header(settings_words.ELSEWHERE), b.rich_text(b.bullets(lines))] if lines else []
    return [*shown, b.context(f"and in {left:,} more")] if left else shown


def settings_dialogue(shows: Sequence[str], about_posts: Sequence[b.Block], *, reads_all: bool) -> View:
    """Draw the dialogue; a field that is left empty changes nothing."""
    names = [b.option(show, show) for show in shows if b.fits(show, b.OPTION_VALUE)][: b.OPTIONS - 2]
    usual = b.option(settings_words.AS_USUAL, _USUAL)
    switch = [b.option("on", _YES), b.option("off", _NO), usual]
    whom = [b.option(settings_words.FOR_EVERYBODY, _NO), b.option(settings_words.FOR_THE_ASKER, _YES), usual]
    menus = [
        (
            _SHOW,
            "Searched where a question names no other show",
            [b.option(settings_words.EVERY, _EVERY), usual, *names],
        ),
        (_ANSWERS, "Answers", whom),
        (_ANSWERING, "Answering", switch),
        (_FEEDBACK, "Buttons that rate an answer", switch),
    ]
    if reads_all:
        menus.append((_UNMENTIONED, "Questions in that channel that don't mention me, where I'm sure", switch[:2]))
    where = b.channel_select("Everywhere", _CHANNEL)
    episode = b.external_select("Leave it as it is", _EPISODE)
    first, *others = (
        b.input_block(label, name, b.static_select("Leave it as it is", name, options), optional=True)
        for name, label, options in menus
    )
    fields = [
        b.input_block("In this channel, or everywhere", _CHANNEL, where, optional=True),
        first,
        b.input_block("Or a single episode instead", _EPISODE, episode, optional=True),
        *others,
        *about_posts,
    ]
    return form_dialogue(SETTINGS_DIALOGUE, settings_words.TITLE, "Save", fields)


def changed(picked: Mapping[str, str]) -> SettingsChange:
    """Read what was picked."""
    show = picked.get(_EPISODE) or picked.get(_SHOW) or None
    return SettingsChange(
        show={None: None, _EVERY: EVERY_SHOW, _USUAL: Reset.AGAIN}.get(show, show),
        private=_switched(picked.get(_ANSWERS), yes=True),
        off=_switched(picked.get(_ANSWERING), yes=False),
        feedback=_switched(picked.get(_FEEDBACK), yes=True),
        unmentioned=_switched(picked.get(_UNMENTIONED), yes=True),
    )


def _switched(word: str | None, *, yes: bool) -> bool | Reset | None:
    meant: Mapping[str, bool | Reset] = {_YES: yes, _NO: not yes, _USUAL: Reset.AGAIN}
    return meant.get(word or "")
