"""Tells who speaks under another name than the one hosts introduce them by, such as a handle.

Only the one label will do that all episodes have in which somebody is introduced, and that is no whole name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from bot.answering import introductions
from bot.answering.cast import Cast
from bot.answering.catalogue import Catalogue
from bot.answering.people import Biographer
from bot.port.messages import EpisodeId
from bot.understanding.request import Request, Somebody
from knowledge.search.words import fold


@dataclass(frozen=True)
class Aliases:
    """The other names that people of one library have in its transcripts."""

    _catalogue: Catalogue
    _people: Biographer
    _cast: Cast

    def recognized(self, request: Request) -> tuple[Request, str]:
        """Put who speaks under another name for somebody whom hosts introduce, with what to say of that.

        The request as it is and nothing to say where everybody is known, or nobody can be told.
        """
        person = request.person
        if person is None or person.candidates:
            return request, ""
        introduced = self._people.introducing(person.name)
        there = {each.episode for each in introduced}
        everywhere = (label for label, ids in self._unnamed.items() if there and there <= ids)
        labels = [label for label in everywhere if _may_be(label, person.name)]
        if len(labels) != 1:
            return request, ""
        label, said = labels[0], self._catalogue.evidence(introduced[0], 1.0, after_others=True)
        theirs = tuple(self._catalogue.episodes[id] for id in self._catalogue.people[label])
        somebody = Somebody(label, theirs, speaks=True, labels=(person.name,))
        return replace(request, people=(somebody, *request.people[1:])), introductions.goes_by(person.name, label, said)

    @cached_property
    def _unnamed(self) -> Mapping[str, frozenset[EpisodeId]]:
        """Those guests whose whole names transcripts don't have, each with the episodes."""
        of: defaultdict[str, set[EpisodeId]] = defaultdict(set)
        for episode in self._catalogue.episodes.values():
            for name in self._cast.guests(episode):
                if " " not in name and name in self._catalogue.people:
                    of[name].add(episode.id)
        return {name: frozenset(ids) for name, ids in of.items()}


def _may_be(label: str, name: str) -> bool:
    """Tell whether a label may be somebody's: their first name, or a handle, which is written as no name is."""
    return not label.istitle() or fold(name).partition(" ")[0] == fold(label)
