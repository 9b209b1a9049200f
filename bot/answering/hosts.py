"""Tells who hosts a show whose notes name nobody: who is said to, and who is heard in most of its episodes.

Which words say so is judged in `knowledge.search.hosting`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from typing import Final

from bot.answering import facts, introductions
from bot.answering.appearances import tallies
from bot.answering.cast import Cast
from bot.answering.catalogue import Catalogue, chronological
from bot.port.messages import Episode, EpisodeId, Fact
from bot.understanding.shows import Shows
from knowledge.model import Passage, Scope
from knowledge.search import Search, hosting
from knowledge.search.introducing import BEGINNING

_LISTED: Final = 10
_HOSTS: Final = 8
_REGULARS: Final = 8
_VISITS: Final = 20
"""One in this many of a host's episodes, at either end, may be a visit as a guest."""
_AWAY: Final = 20
"""Number of a show's episodes after which somebody who comes back is on a visit."""
_VISITING: Final = 1 / 10
"""Maximum share of somebody's episodes that are visits."""
_MOSTLY: Final = 1 / 2
"""Minimum share of the episodes of a time in which somebody is heard who hosts the show though nobody says so."""
_STAY: Final = 10
"""Minimum number of these episodes."""
_LONG: Final = 1 / 5
"""Minimum length of that time as a share of all episodes."""
_AT_FIRST: Final = 1 / 50
"""Those who begin within this share of a show's episodes after its first host are first hosts too."""
_OFTEN: Final = 2
"""Minimum number of episodes that introduce a host who is no regular; once may be a guest's own show."""
_SELDOM: Final = 1 / 40
"""Minimum share of a show's episodes in which a host who is no regular speaks."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Names the hosts of the shows in one library."""

    _catalogue: Catalogue
    _shows: Shows
    _search: Search
    _cast: Cast

    def includes(self, person: str, show: str) -> bool:
        """Tell whether somebody hosts a show: by the notes, or else is said to, or is one of its regulars."""
        noted = {host.name for each in self._shows.episodes_of(show) for host in each.hosts}
        return person in noted if noted else person in self._said(show) or person in self._cast.regulars(show)

    def noted(self, show: str) -> Fact | None:
        """Name those who host some episode of a show by its notes, most episodes first; None if they name nobody."""
        theirs = self._shows.episodes_of(show)
        counts = Counter(host.name for each in theirs for host in each.hosts).most_common(_HOSTS)
        if not counts:
            return None
        return Fact(facts.noted_hosts(show, counts), tuple(theirs[:_LISTED]), counts=tallies(counts))

    def of_show(self, show: str) -> Fact | None:
        """Name those who are introduced as hosts of a show and those who speak in it most; None if nobody is known."""
        theirs = self._shows.episodes_of(show)
        counts = self._heard(theirs)
        said = dict(sorted(self._said(show).items(), key=lambda each: -len(each[1]))[:_HOSTS])
        often = [name for name, _ in counts.most_common(_REGULARS) if name in self._cast.regulars(show)]
        if not (said or often):
            return None
        stays = self._stays([name for name in often if name not in said], theirs) if said else {}
        others = self._spans([name for name in often if name not in (*said, *stays)], theirs)
        lead = facts.hosts(show, self._spans(said, theirs)) if said else facts.heard_without_host(show, others, theirs)
        by_hearing = facts.heard_mostly(stays)
        heard = facts.also_heard(others) if said else ""
        shown = self._in_words(next(iter(said.values()), ()))
        text = " ".join(filter(None, (lead, by_hearing, heard, shown)))
        return Fact(text, tuple(theirs[:_LISTED]), counts=tallies((name, counts[name]) for name in said or often))

    def beside(self, show: str, person: str, *, earlier: bool) -> Fact | None:
        """Name who began to host a show before somebody, or stayed after their last episode; None if nobody did.

        Hosts are those who are introduced as such, and regulars.
        """
        places, hosting = self._places(show), self._hosting(show, person)

        def span(there: Sequence[Episode]) -> tuple[int, int]:
            spared = len(there) // _VISITS  # hosts also come as guests, before and after
            return places[there[spared].id], places[there[-1 - spared].id]

        heard = {name: span(there) for name, there in hosting.items()}
        if person not in heard:
            return None
        begin, end = heard.pop(person)
        beside = [name for name, (first, last) in heard.items() if (first < begin if earlier else last > end)]
        say = partial(facts.hosted_beside, show, person, earlier=earlier)
        return self._named(show, {name: hosting[name] for name in beside}, say)

    def at_an_end(self, show: str, *, first: bool) -> Fact | None:
        """Name who hosted a show first or joined last; None if nobody is known."""
        places, hosting = self._places(show), self._hosting(show)
        if not first and (said := self._said(show)):
            hosting = {name: there for name, there in hosting.items() if name in said}
        begun = {name: places[there[0].id] for name, there in hosting.items()}
        at_first, newest = min(begun.values(), default=0) + len(places) * _AT_FIRST, max(begun.values(), default=0)
        there = [name for name, begin in begun.items() if (begin <= at_first if first else begin == newest)]
        say = partial(facts.hosted_at_an_end, show, first=first)
        return self._named(show, {name: hosting[name] for name in there}, say)

    def _hosting(self, show: str, *others: str) -> Mapping[str, Sequence[Episode]]:
        """Return the hosts and regulars of a show, and `others`, each with their episodes, oldest first."""
        theirs, often = self._in_order(show), self._cast.regulars(show)
        regulars = (name for name in self._heard(theirs) if name in often)
        spans = self._spans((*self._said(show), *regulars, *others), theirs)
        return {name: there for name, there in spans.items() if there}

    def _named(
        self,
        show: str,
        hosts: Mapping[str, Sequence[Episode]],
        say: Callable[[Mapping[str, Sequence[Episode]]], str],
    ) -> Fact | None:
        """State some hosts of a show with their episodes, in the order in which they began; None if there are none."""
        if not hosts:
            return None
        places = self._places(show)
        first = dict(sorted(hosts.items(), key=lambda each: places[each[1][0].id])[:_HOSTS])
        tallied = tallies((name, len(there)) for name, there in first.items())
        return Fact(say(first), tuple(self._in_order(show)[:_LISTED]), counts=tallied)

    def _places(self, show: str) -> Mapping[EpisodeId, int]:
        """Number a show's episodes, the oldest 0."""
        return {each.id: at for at, each in enumerate(reversed(self._in_order(show)))}

    def _in_order(self, show: str) -> Sequence[Episode]:
        """List a show's episodes, newest first, without those whose place is unknown, such as a bonus."""
        return chronological(self._shows.episodes_of(show))[0]

    def of_episode(self, episode: Episode) -> Fact | None:
        """Name who is introduced as host of an episode, or which of the show's hosts speak in it; None if nobody."""
        every = self._said(episode.show)
        said = {
            name: there
            for name, words in every.items()
            if (there := [each for each in words if each.episode == episode.id])
        }
        if not said:
            speaking = [name for name in every if name in self._catalogue.speakers.get(episode.id, ())]
            return Fact(facts.hosts_heard(episode, speaking), (episode,)) if speaking else None
        shown = self._in_words(next(iter(said.values())))
        return Fact(f"{facts.hosts_here(episode, tuple(said))} {shown}", (episode,))

    def _spans(self, names: Iterable[str], theirs: Sequence[Episode]) -> Mapping[str, Sequence[Episode]]:
        """Return the episodes that each person is heard in, oldest first."""
        return {
            name: [each for each in reversed(theirs) if name in self._catalogue.speakers.get(each.id, ())]
            for name in names
        }

    def _stays(self, names: Iterable[str], theirs: Sequence[Episode]) -> Mapping[str, Sequence[Episode]]:
        """Return those who are in most episodes for a long time, with these but without visits long before or after."""
        places = {each.id: at for at, each in enumerate(reversed(theirs))}
        stays = dict[str, Sequence[Episode]]()
        for name, there in self._spans(names, theirs).items():
            ends = [at for at in range(1, len(there)) if places[there[at].id] - places[there[at - 1].id] > _AWAY]
            parts = (there[begin:end] for begin, end in pairwise((0, *ends, len(there))))
            longest = max(parts, key=len)
            stay = longest if len(there) - len(longest) <= len(there) * _VISITING else there
            span = places[stay[-1].id] - places[stay[0].id] + 1
            if len(stay) >= max(span * _MOSTLY, len(theirs) * _LONG * _MOSTLY, _STAY):
                stays[name] = stay
        return stays

    def _heard(self, episodes: Sequence[Episode]) -> Counter[str]:
        """Count in how many of some episodes each speaker is heard."""
        return Counter(name for each in episodes for name in self._catalogue.speakers.get(each.id, ()))

    def _said(self, show: str) -> Mapping[str, Sequence[Passage]]:
        """Return the hosts of a show with the sentences that say so, one for each episode, newest first."""
        theirs = self._shows.episodes_of(show)
        counts = self._heard(theirs)
        scope = Scope(within=frozenset(each.id for each in theirs))
        early = (self._search.said_early(word, BEGINNING, scope=scope) for word in hosting.WORDS)
        shown = self._search.said_after((hosting.SHOWN,), show, scope=scope)
        said = map(self._catalogue.credited, chain(*early, shown))
        found: defaultdict[str, dict[str, Passage]] = defaultdict(dict)
        for name, words in hosting.hosts(said, self._catalogue.people, show):
            found[name].setdefault(words.episode, words)
        return {
            name: [words[each.id] for each in theirs if each.id in words]
            for name, words in found.items()
            if name in self._cast.regulars(show) or (len(words) >= _OFTEN and counts[name] >= len(theirs) * _SELDOM)
        }

    def _in_words(self, said: Sequence[Passage]) -> str:
        newest = (self._catalogue.evidence(each, 1.0, after_others=True) for each in said[:1])
        return " ".join(map(introductions.in_words, newest))
