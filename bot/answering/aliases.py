"""Tells who speaks under another name than the one hosts introduce them by, such as a handle.

A label counts only if it is the only one in every episode that introduces the person, and is no full name.
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
    """Finds the labels that people of one library have in its transcripts."""

    _catalogue: Catalogue
    _people: Biographer
    _cast: Cast

    def recognized(self, request: Request) -> tuple[Request, str]:
        """Replace somebody whom hosts introduce by the label they speak under, and return a sentence that says so.

        If everybody is known or no label fits, the request is unchanged and the sentence empty.
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
        """The guests whose full names are not in the transcripts, each with their episodes."""
        of: defaultdict[str, set[EpisodeId]] = defaultdict(set)
        for episode in self._catalogue.episodes.values():
            for name in self._cast.guests(episode):
                if " " not in name and name in self._catalogue.people:
                    of[name].add(episode.id)
        return {name: frozenset(ids) for name, ids in of.items()}


def _may_be(label: str, name: str) -> bool:
    """Tell whether a label may be somebody's: their first name, or a handle, which isn't capitalized like a name."""
    return not label.istitle() or fold(name).partition(" ")[0] == fold(label)
