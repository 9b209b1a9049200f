"""Lists the episodes that talk about something: those with most, all of them, the first and the latest.

Whether anything answers is judged in `lookup.py`; how often something is said is counted in `counts.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.answering import selection, sentences
from bot.answering.catalogue import Catalogue
from bot.answering.lookup import EPISODES_NAMED, Lookup, bare
from bot.answering.thresholds import FOUND
from bot.port.messages import EpisodeId, Fact, Found, NotFound, Tally, Unsure
from bot.understanding.request import EVERYWHERE, Request
from knowledge.model import Scope
from knowledge.search import Search

_ALL_NAMED: Final = 100
"""Episodes that are named where all are asked for; so many numbers fit a message of every platform."""
_MUCH: Final = 5
"""Places with something in an episode from which it has much on it; where none has, a mention is enough."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The episodes of one library by what they talk about."""

    _catalogue: Catalogue
    _search: Search
    _lookup: Lookup

    def episodes(self, request: Request) -> Fact | Found | Unsure | NotFound:
        """List the episodes that talk about something; what is not found is answered as any question is."""
        return self._listed(request, self._places(request))

    def all_episodes(self, request: Request) -> Fact | Found | Unsure | NotFound:
        """List every episode that talks about something, up to a hundred, in their order."""
        places = self._places(request)
        if len(places) <= EPISODES_NAMED:
            return self._listed(request, places)
        most = frozenset(tuple(places)[:_ALL_NAMED])
        episodes = tuple(each for id, each in self._catalogue.episodes.items() if id in most)[::-1]
        text = sentences.all_episodes_on(bare(request.subject), episodes, len(places))
        return Fact(text, FOUND, episodes, counts=(Tally(request.subject, len(places), "episodes"),))

    def latest(self, request: Request, *, first: bool) -> Fact | Found | Unsure | NotFound:
        """Name the latest episode with much on something, or the first; of each show where no day tells."""
        places = self._places(request)
        listed = self._listed(request, places)
        much = self.with_much_on(request)
        those = [each for id, each in self._catalogue.episodes.items() if id in much]
        if not places or not isinstance(listed, Fact):
            return listed
        dated = [each for each in those if each.published]
        of_shows = {each.show: each for each in (those if first else reversed(those))}
        chosen = (dated[-1] if first else dated[0],) if dated else tuple(of_shows.values())
        text = sentences.latest_on(bare(request.subject), chosen, first=first, much=max(places.values()) >= _MUCH)
        return Fact(text, listed.confidence, chosen)

    def with_much_on(self, request: Request) -> frozenset[EpisodeId]:
        """Return the episodes with much on something; with anything, where none has much."""
        places = self._places(request)
        enough = _MUCH if max(places.values(), default=0) >= _MUCH else 1
        return frozenset(id for id, count in places.items() if count >= enough)

    def _listed(self, request: Request, places: Mapping[EpisodeId, int]) -> Fact | Found | Unsure | NotFound:
        ranking, described = self._lookup.find(request), self._lookup.described(request)
        confidence = max(ranking.confidence, *described.values(), 0.0)
        if not (places or described or selection.answers(ranking)):
            if request.where.within is not None:
                return selection.elsewhere(request.where, self.episodes(replace(request, where=EVERYWHERE)))
            return self._lookup.naming(request) or self._lookup.offered(ranking, request)
        ids, total = tuple(places)[:EPISODES_NAMED], len(places)
        if not ids:
            # All of the words together are said nowhere: these have most of them.
            sure = (hit.item.episode for hit in ranking.hits if selection.is_found(hit))
            ids = tuple(dict.fromkeys((*described, *sure)))[:EPISODES_NAMED]
            total = len(ids)
        named = tuple(self._catalogue.episodes[id] for id in ids)
        return Fact(sentences.episodes_on(bare(request.subject), named, total), confidence, named)

    def _places(self, request: Request) -> Mapping[EpisodeId, int]:
        """Count the places in each episode that have a subject, most first; of a single word, its own forms alone."""
        scope = Scope(within=request.where.within)
        places = self._search.episodes(request.subject, scope=scope)
        word, counting = bare(request.subject), self._search.counting
        said = counting.by_episode(counting.mentions(word, scope=scope).amounts) if word.isalnum() else {}
        spoken = counting.searched(scope) if said else frozenset()
        return {id: count for id, count in places.items() if id in said or id not in spoken}
