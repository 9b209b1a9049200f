"""Decides who takes part in an episode, who hosts it and who is a guest, so that all answers agree.

The notes decide if they name anybody. Otherwise those who are heard often enough in a show are its regulars, and
everybody else is a guest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.answering.catalogue import Catalogue
from bot.port.messages import Episode, Participant
from bot.understanding.people import is_regular
from knowledge.search.counting import Counting

_BESIDE_OTHERS: Final = 1 / 40
"""Minimum share of the most talkative guest's words; those who say less only read something out, such as an ad."""
_IN_A_ROW: Final = 20
"""Number of consecutive episodes of a show in which `_PANEL` panels make a regular."""
_PANEL: Final = 4
"""Number of panels that make a regular; in 1,900 episodes of ten shows, panellists are on that many, but no guest."""
_TALK: Final = 2
"""Maximum number of people in a conversation that is no panel, so that guests may come back to a one-host show."""


@dataclass(frozen=True)
class Cast:
    """Knows the people in one library's episodes."""

    _catalogue: Catalogue
    _counting: Counting

    def of(self, episode: Episode) -> tuple[str, ...]:
        """List who takes part in an episode, each once, by the transcript and the notes."""
        noted = (person.name for person in (*episode.hosts, *episode.guests))
        named = (*self._catalogue.speakers.get(episode.id, ()), *noted)
        return tuple(dict.fromkeys(map(self._catalogue.name, named)))

    def hosts(self, episode: Episode) -> tuple[str, ...]:
        """List those who take part in an episode and are not its guests."""
        guests = self.guests(episode)
        return tuple(name for name in self.of(episode) if name not in guests)

    def guests(self, episode: Episode) -> tuple[str, ...]:
        """List the guests of an episode: by the notes, or otherwise the speakers who are no regulars."""
        if episode.guests:
            return tuple(dict.fromkeys(self._catalogue.name(each.name) for each in episode.guests))
        hosts = {self._catalogue.name(each.name) for each in episode.hosts}
        others = hosts | self.regulars(episode.show)
        guests = tuple(name for name in self.of(episode) if name not in others)
        if len(guests) == 1:
            return guests
        words = Counter[str]()
        for label, count in self._counting.words_by_speaker(episode.id).items():
            words[self._catalogue.name(label)] += count
        most = max((words[name] for name in guests), default=0)
        return tuple(name for name in guests if words[name] >= most * _BESIDE_OTHERS)

    def participant(self, name: str, episodes: tuple[Episode, ...]) -> Participant:
        """Return what is known of somebody, given their episodes, newest first."""
        name = self._catalogue.name(name)
        noted = {self._catalogue.name(host.name) for each in episodes for host in each.hosts}
        hosts = name in noted or any(name in self.regulars(show) for show in {each.show for each in episodes})
        return Participant(name, hosts, episodes)

    def regulars(self, show: str) -> frozenset[str]:
        """Return those who are in a show, or on its panels, too often to be guests."""
        return self._regulars.get(show, frozenset())

    @cached_property
    def _regulars(self) -> Mapping[str, frozenset[str]]:
        of_shows: defaultdict[str, list[Episode]] = defaultdict(list)
        for episode in self._catalogue.episodes.values():
            of_shows[episode.show].append(episode)
        return {show: frozenset(self._regulars_of(theirs)) for show, theirs in of_shows.items()}

    def _regulars_of(self, episodes: Sequence[Episode]) -> Iterator[str]:
        """Yield the regulars of a show; its episodes have to be in order."""
        panels: defaultdict[str, list[int]] = defaultdict(list)
        times = Counter[str]()
        for at, episode in enumerate(episodes):
            there = self.of(episode)
            times.update(there)
            for name in there if len(there) > _TALK else ():
                panels[name].append(at)
        for name, count in times.items():
            theirs = panels[name]
            on_panels = any(last - first < _IN_A_ROW for first, last in zip(theirs, theirs[_PANEL - 1 :], strict=False))
            if on_panels or is_regular(count, len(episodes)):
                yield name
