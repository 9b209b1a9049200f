"""Lists the episodes on a subject: those with the most on it, all of them, or the first or latest.

Whether anything answers is judged in `lookup.py`; how often something is said is counted in `counts.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.answering import selection, sentences
from bot.answering.catalogue import Catalogue
from bot.answering.finder import EPISODES_NAMED
from bot.answering.lookup import Lookup, bare
from bot.answering.thresholds import FOUND
from bot.port.messages import Episode, EpisodeId, Fact, Found, NotFound, Tally, Unsure
from bot.understanding.request import EVERYWHERE, Request, Somebody
from knowledge.model import Scope
from knowledge.search import Search
from knowledge.search.words import split

_ALL_NAMED: Final = 100
"""Maximum number of episodes listed if all are wanted; their numbers fit a message on every platform."""
_MUCH: Final = 5
"""Minimum number of places for an episode to have a lot on a subject; if none has, one mention is enough."""


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a subject comes up.

    Attributes:
        counts: the number of places in each episode, most first.
        of: who is in these episodes or says it there; empty if nobody was named.
        scattered: whether the words of the subject are nowhere near each other.
    """

    counts: Mapping[EpisodeId, int]
    of: sentences.Whose = sentences.ANYBODY
    scattered: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Lists the episodes of one library by subject."""

    _catalogue: Catalogue
    _search: Search
    _lookup: Lookup

    def episodes(self, request: Request) -> Fact | Found | Unsure | NotFound:
        """List the episodes that talk about a subject; if there are none, answer as any other question."""
        return self._listed(request, self._places(request))

    def all_episodes(self, request: Request) -> Fact | Found | Unsure | NotFound:
        """List every episode that talks about a subject, up to a hundred, in order."""
        places = self._places(request)
        if len(places.counts) <= EPISODES_NAMED:
            return self._listed(request, places)
        most = frozenset(tuple(places.counts)[:_ALL_NAMED])
        episodes = tuple(each for id, each in self._catalogue.episodes.items() if id in most)[::-1]
        subject, total, fit = bare(request.subject), len(places.counts), self._fit(request, places)
        text = sentences.all_episodes_on(subject, episodes, total, places.of, fit)
        return Fact(text, episodes, counts=(Tally(request.subject, total, "episodes"),), confidence=FOUND)

    def latest(self, request: Request, *, first: bool) -> Fact | Found | Unsure | NotFound:
        """Name the latest or first episode with a lot on a subject; one for each show if there are no dates."""
        places = self._places(request)
        listed = self._listed(request, places)
        much = _with_much(places)
        those = [each for id, each in self._catalogue.episodes.items() if id in much]
        if not those or places.scattered or not isinstance(listed, Fact):
            return listed
        dated = [each for each in those if each.published]
        of_shows = {each.show: each for each in (those if first else reversed(those))}
        chosen = (dated[-1] if first else dated[0],) if dated else tuple(of_shows.values())
        has_much = max(places.counts.values()) >= _MUCH
        text = sentences.latest_on(bare(request.subject), chosen, places.of, first=first, much=has_much)
        return Fact(text, chosen, confidence=listed.confidence)

    def with_much_on(self, request: Request) -> frozenset[EpisodeId]:
        """Return the episodes with a lot on a subject, or with anything if none has a lot."""
        return _with_much(self._places(request))

    def _listed(self, request: Request, places: _Places) -> Fact | Found | Unsure | NotFound:
        if places.of != sentences.ANYBODY and not places.counts:
            others = self.episodes(replace(request, people=()))
            if isinstance(others, Fact) and (theirs := [each for each in others.episodes if _is_with(each, request)]):
                whose = sentences.Whose(present=places.of.present)
                text = sentences.episodes_on(bare(request.subject), theirs, len(theirs), whose, sentences.Fit.PERHAPS)
                return Fact(text, tuple(theirs), confidence=others.confidence)
            lead = sentences.none_with(places.of, bare(request.subject))
            return selection.introduced(others, lead) if isinstance(others, Fact) else others
        ranking, described = self._lookup.finder.find(request), self._lookup.finder.described(request)
        confidence = max(ranking.confidence, *described.values(), 0.0)
        if not (places.counts or described or selection.answers(ranking)):
            if request.where.within is not None:
                return selection.elsewhere(request.where, self.episodes(replace(request, where=EVERYWHERE)))
            return self._lookup.said(request)
        ids, total = tuple(places.counts)[:EPISODES_NAMED], len(places.counts)
        if not ids:
            # No episode has all of the words together; these have most of them.
            sure = (hit.item.episode for hit in ranking.hits if selection.is_found(hit))
            ids = tuple(dict.fromkeys((*described, *sure)))[:EPISODES_NAMED]
            total = len(ids)
        named = tuple(self._catalogue.episodes[id] for id in ids)
        text = sentences.episodes_on(bare(request.subject), named, total, places.of, self._fit(request, places))
        return Fact(text, named, confidence=confidence)

    def _fit(self, request: Request, places: _Places) -> sentences.Fit:
        """Judge how well episodes fit: a single word, or words one after the other in each episode, are a mention."""
        if places.scattered or not places.counts:
            return sentences.Fit.PERHAPS
        words, scope = bare(request.subject), Scope(within=frozenset(places.counts))
        said = self._search.counting.by_episode(self._search.counting.mentions(words, scope=scope).amounts)
        mentioned = len(split(words)) == 1 or len(places.counts) == len(said)
        return sentences.Fit.MENTIONED if mentioned else sentences.Fit.TOGETHER

    def _places(self, request: Request) -> _Places:
        """Find the places that have the words of a subject near each other, or if there are none, scattered."""
        near = self._places_of(request, scattered=False)
        return near if near.counts else self._places_of(request, scattered=True)

    def _places_of(self, request: Request, *, scattered: bool) -> _Places:
        """Find the places that have a subject: in somebody's own words, or if there are none, in their episodes."""
        scope, known = Scope(within=request.where.within), _known(request)
        if len(known) == 1:
            scopes = (replace(scope, speaker=name) for name in known[0].speaking)
            own = (self._counted(request.subject, each, scattered=scattered) for each in scopes)
            if spoken := sum(map(Counter, own), Counter[EpisodeId]()):
                return _Places(dict(spoken.most_common()), sentences.Whose(speaker=known[0].name), scattered)
        there = self._counted(request.subject, scope, scattered=scattered)
        theirs = [frozenset(each.id for meant in one.all for each in meant.episodes) for one in known]
        counts = {id: count for id, count in there.items() if all(id in each for each in theirs)}
        return _Places(counts, sentences.Whose(present=tuple(each.name for each in known)), scattered)

    def _counted(self, subject: str, scope: Scope, *, scattered: bool) -> Mapping[EpisodeId, int]:
        """Count the places in each episode that have a subject, most first; of a single word, only its own forms."""
        places = self._search.episodes(subject, scope=scope, scattered=scattered)
        word, counting = bare(subject), self._search.counting
        said = counting.by_episode(counting.mentions(word, scope=scope).amounts) if word.isalnum() else {}
        # The notes may give an episode a subject that nobody says; notes don't tell what a speaker says.
        spoken = counting.searched(scope) if said or (scope.speaker and word.isalnum()) else frozenset()
        return {id: count for id, count in places.items() if id in said or id not in spoken}


def _known(request: Request) -> list[Somebody]:
    """List the people named in a request whom the library knows."""
    return [each for each in request.people if each.candidates]


def _is_with(episode: Episode, request: Request) -> bool:
    """Tell whether everybody named in a request whom the library knows is in an episode."""
    return all(any(episode in meant.episodes for meant in one.all) for one in _known(request))


def _with_much(places: _Places) -> frozenset[EpisodeId]:
    enough = _MUCH if max(places.counts.values(), default=0) >= _MUCH else 1
    return frozenset(id for id, count in places.counts.items() if count >= enough)
