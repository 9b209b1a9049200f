"""The show or episode to assume if a question names no place, such as the one that a channel is about.

It is applied after a question was understood, so that its words and the conversation take precedence.
"""

from __future__ import annotations

from dataclasses import replace

from bot.port.messages import EpisodeId
from bot.understanding.conversation import Thread
from bot.understanding.entities import NamedEpisode
from bot.understanding.names import SHOW
from bot.understanding.request import EVERYWHERE, Request, Where
from bot.understanding.shows import Shows
from bot.understanding.text import Text


class Usual:
    """A show, an episode given by id, or neither: also if the library doesn't have it, or has nothing else."""

    def __init__(self, show: str | None, shows: Shows) -> None:
        known = show if show and shows.episodes_of(show) else None
        self._shows = shows
        self.part = shows.part(known) if known else EVERYWHERE
        self.show = known if self.part.within is not None else None
        self.episode: EpisodeId | None = None
        if show and not known and (its_show := shows.show_of(EpisodeId(show))):
            self.episode, self.show = EpisodeId(show), its_show
            self.part = Where(self.episode, frozenset({self.episode}))

    def begun(self, before: Thread) -> Thread:
        """Start a conversation with the usual episode, unless it is about another: "who is the guest?" means its."""
        return before if before.episode or not self.episode else replace(before, episode=self.episode)

    def limited(self, request: Request, text: Text, before: Thread) -> Request:
        """Limit a request to the show or the episode, unless it names a place or goes on from an episode."""
        goes_on = before.episode is not None and not request.subject
        named = any(word.plain == SHOW or isinstance(word.named, NamedEpisode) for word in text.words)
        where = request.where
        by_time = Where(show=None, season=where.season, year=where.year, part=where.part, within=where.within)
        if self.show is None or named or goes_on or where != by_time:
            return request
        if where.within is not None and where.season is None and where.year is None:
            return request  # episodes that the conversation gave
        if self.episode:
            return request if where.season is not None or where.year is not None else replace(request, where=self.part)
        return replace(request, where=self._shows.part(self.show, where.season, where.year))
