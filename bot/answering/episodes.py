"""Answers questions about episodes and the people in them: facts, lists, and who takes part.

The sentences are in `facts.py` and `sentences.py`; episodes on a subject are found in `listing.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from bot.answering import facts, introductions, selection, sentences
from bot.answering.appearances import profile, tallies
from bot.answering.cast import Cast
from bot.answering.catalogue import Catalogue
from bot.answering.charts import of_episodes
from bot.answering.digests import Digests
from bot.answering.hosts import Hosts
from bot.answering.listing import Listing
from bot.port import presentation
from bot.port.messages import Episode, Fact, Found, NotFound, Tally, Unsure
from bot.understanding.conversation import Thread
from bot.understanding.request import Request, Somebody, Where
from bot.understanding.shows import Shows
from bot.understanding.text import plain
from bot.understanding.wants import Ask, FactKind, Standing, WhichEpisode
from knowledge.model import Scope
from knowledge.search.counting import Counting

_EPISODES_LISTED: Final = 10
_DRAWN: Final = 3
"""Number of random episodes to recommend."""
_SHOWS: Final = 4
"""Maximum number of shows for a question about "the last episode" to be answered for each of them."""
_OF_WORDS: Final = frozenset({FactKind.NUMBER, FactKind.DATE, FactKind.SHOW})
"""Facts that may be asked about the episodes of words that were shown."""
_OF_EACH: Final = frozenset({FactKind.GUEST, FactKind.PEOPLE, FactKind.HOST, FactKind.SUMMARY, FactKind.NUMBER})
"""Facts that are given for the last episode of each show."""


@dataclass(frozen=True, slots=True)
class Episodes:
    """Answers questions about the episodes of one library and the people in them."""

    _catalogue: Catalogue
    _shows: Shows
    _listing: Listing
    _digests: Digests
    _counting: Counting
    _hosts: Hosts
    _cast: Cast

    def fact(self, kind: FactKind, request: Request, before: Thread) -> Fact | Found | Unsure | NotFound | None:
        """State a fact about the episode that a question means; None if that is unknown."""
        if request.subject:
            return self._fact_on(kind, request)
        if shown := self._of_those(kind, request, before):
            return shown
        episode = self.meant(request, before)
        if episode is None:
            return self._of_each_show(kind, request)
        told = self._host(episode, request, before) if kind is FactKind.HOST and not episode.hosts else None
        return told or self._stated(kind, episode)

    @staticmethod
    def _of_those(kind: FactKind, request: Request, before: Thread) -> Fact | None:
        """Name the episodes of the words that were shown, if there were several or they were only offered."""
        answer = before.answer
        if kind not in _OF_WORDS or request.where.named or request.person or not isinstance(answer, Found | Unsure):
            return None
        there = tuple({each.episode.id: each.episode for each in presentation.shown(answer)}.values())
        if not request.points_back or not there or (len(there) == 1 and isinstance(answer, Found)):
            return None
        told = Fact(sentences.shown_in(there), there)
        return selection.introduced(told, sentences.MAYBE_THAT) if isinstance(answer, Unsure) else told

    def _host(self, episode: Episode, request: Request, before: Thread) -> Fact | None:
        """Name who is said to host the show or the episode that a question is about; None if nobody is.

        If nobody is for an episode that the question doesn't name, the hosts of its show are meant.
        """
        where = request.where
        # With only one show, the newest episode is meant by default: "who hosts this" asks about the show.
        by_default = not (where.episode or before.episode or request.person)
        show = None if where.named else where.show or (episode.show if by_default else None)
        here = None if show else self._hosts.of_episode(episode)
        if here or (not show and (where.named or request.person)):
            return here
        return self._hosts.of_show(episode.show)

    def all_hosts(self, where: Where) -> Fact | None:
        """Name all hosts of the show that is asked about, or of each; None where those are too many or nobody tells."""
        shows = (where.show,) if where.show else tuple({each.show: None for each in self._catalogue.episodes.values()})
        told = [fact for show in shows if (fact := self._hosts.noted(show) or self._hosts.of_show(show))]
        if not told or len(shows) > _SHOWS:
            return None
        episodes = tuple(each for fact in told for each in fact.episodes)
        counts = tuple(each for fact in told for each in fact.counts)
        return Fact("\n".join(fact.text for fact in told), episodes[:_EPISODES_LISTED], counts=counts)

    def hosts_beside(self, request: Request, *, earlier: bool) -> Fact | NotFound | None:
        """Name who hosted a show before or after somebody, or if nobody is named, who hosted it first or joined last.

        None if the show isn't named and could be one of several.
        """
        person = request.person
        if person is None and request.where.show:
            return self._hosts.at_an_end(request.where.show, first=earlier)
        shows = {each.show for each in person.episodes} if person else set()
        if person and len(shows) > 1 and request.where.show is None:
            shows = {each for each in shows if self._hosts.includes(person.name, each)}
        show = request.where.show or (shows.pop() if len(shows) == 1 else None)
        if person is None or show is None:
            return None
        told = self._hosts.beside(show, person.name, earlier=earlier)
        return told or self._catalogue.nothing(facts.nobody_hosted(show, person.name, earlier=earlier))

    def _of_each_show(self, kind: FactKind, request: Request) -> Fact | NotFound | None:
        """State a fact about the last episode of each show; None if there are too many, or just one is meant."""
        last = self._shows.newest(request.where.show, request.where.season)
        if not last:
            return NotFound(sentences.NO_EPISODES, 0.0)
        if len(last) > _SHOWS or kind not in _OF_EACH or request.points_back:
            return None
        return Fact(sentences.last_of_each([self._in_a_line(kind, each) for each in last]), last)

    def _in_a_line(self, kind: FactKind, episode: Episode) -> str:
        if kind is FactKind.SUMMARY:
            return self._digests.line(episode)
        host = self._hosts.of_episode(episode) if kind is FactKind.HOST and not episode.hosts else None
        return (host or self._stated(kind, episode)).text

    def _stated(self, kind: FactKind, episode: Episode) -> Fact | Found | NotFound:
        if told := self._digests.of(kind, episode):
            return told
        speakers = self._catalogue.speakers.get(episode.id, ())
        text = facts.state(kind, episode, speakers, self._cast.guests(episode) if kind is FactKind.GUEST else ())
        if text is None and kind is FactKind.LENGTH:
            length = self._counting.lengths(scope=Scope(episode.id)).get(episode.id)
            text = facts.about_as_long(episode, length) if length else None
        if kind is FactKind.OVERVIEW and text and (opening := self._digests.opening(episode)):
            text = f"{text} {opening}"
        instead = self._catalogue.to_ask_instead(episode=episode.id)
        if text is None:
            return NotFound(facts.missing(kind, episode), 0.0, suggestions=instead)
        return Fact(text, (episode,), related=instead if kind is FactKind.SUMMARY else ())

    def _fact_on(self, kind: FactKind, request: Request) -> Fact | Found | Unsure | NotFound:
        """State a fact about the episode that has the most on a subject."""
        listed = self._listing.episodes(request)
        if not isinstance(listed, Fact):
            return listed
        stated = self._stated(kind, listed.episodes[0])
        if isinstance(stated, NotFound):
            return stated
        text = sentences.most_on(listed.episodes[0], stated.text) if len(listed.episodes) > 1 else stated.text
        return replace(stated, text=text, confidence=listed.confidence)

    def meant(self, request: Request, before: Thread) -> Episode | None:
        """Return the episode that is meant: one with the person named, the one under discussion, or the newest."""
        where = request.where
        id = where.episode or (before.episode if where.show is None else None)
        lost = request.points_back and isinstance(before.answer, NotFound)  # "it" is what nothing was found on
        newest = () if lost else self._shows.newest(where.show, where.season)
        meant = self._catalogue.episodes.get(id) if id else newest[0] if len(newest) == 1 else None
        theirs = request.person.episodes if request.person else ()
        there = meant and any(each.id == meant.id for each in theirs)
        return theirs[0] if theirs and not there and where.episode is None else meant

    def some(self, request: Request, random: Random) -> Fact | NotFound:
        """Name a few random episodes of the part that the question is about."""
        there = [each for each in self._catalogue.episodes.values() if request.where.has(each.id)]
        if not there:
            return NotFound(sentences.NO_EPISODES, 0.0)
        drawn = tuple(random.sample(there, min(len(there), _DRAWN)))
        return Fact(sentences.recommended(drawn), drawn)

    def to_start_with(self, request: Request, before: Thread) -> Fact | NotFound:
        """Name the latest and the first episode of a show with what they are about: no notes say where to start."""
        show = request.where.show or self._shows.show_of(before.episode)
        latest, first = self._shows.newest(show), self._shows.newest(show, first=True)
        if not latest:
            return NotFound(sentences.NO_EPISODES, 0.0)
        if len(latest) > 1:
            listed = self._by_show(tuple(self._catalogue.episodes.values()), latest)
            return selection.introduced(listed, sentences.WHICH_SHOW)
        ends = tuple(dict.fromkeys((*latest, *first[:1])))
        return Fact(sentences.to_start_with(list(map(self._digests.line, ends))), ends)

    @staticmethod
    def _by_show(episodes: Sequence[Episode], newest: tuple[Episode, ...]) -> Fact:
        shows = Counter(episode.show for episode in episodes).most_common()
        return Fact(sentences.shows_are(shows, len(episodes)), newest, counts=tallies(shows))

    def which(self, want: WhichEpisode) -> Fact | NotFound:
        """Name the episodes that a number or "the last one" may mean in several shows, or say that there is none."""
        if not want.episodes:
            unplaced = sentences.UNPLACED if self._catalogue.episodes else sentences.NO_EPISODES
            return self._catalogue.nothing(sentences.no_such_number(want.number) if want.number else unplaced)
        if want.number:
            return Fact(sentences.episodes_of(want.number, want.episodes), want.episodes)
        ordered = all(each.number or each.published for each in want.episodes)
        text = sentences.undated(want.episodes, first=want.first) if ordered else sentences.UNPLACED
        return Fact(text, want.episodes)

    def appearances(self, somebody: Somebody, request: Request) -> Fact:
        """Say in which episodes somebody is, and as what."""
        where, there = request.where, somebody.episodes
        if where.episode and where.named:
            episode = self._catalogue.episodes[where.episode]
            there = tuple(each for each in there if each.id == episode.id)
            if not there:
                return self.without(somebody, episode)
        elif part := where.part or where.show:
            there = tuple(each for each in there if where.show in {None, each.show} and where.has(each.id))
            if not there:
                of_time = where.season is not None or where.year is not None
                name = somebody.name
                no = introductions.is_in(name, (), part) if of_time else introductions.not_on(name, part)
                return selection.introduced(self._part(somebody, somebody.episodes), no)
        told = self._part(somebody, there)
        return selection.introduced(told, introductions.YES) if request.whether else told

    def _part(self, somebody: Somebody, episodes: Sequence[Episode]) -> Fact:
        """Say what somebody is in some of their episodes, by the notes or otherwise by who speaks."""
        if part := facts.person(frozenset(plain(somebody.name).split()), episodes):
            return Fact(*part)
        return profile(somebody, episodes, self._cast)

    def standing(self, asked: Standing, somebody: Somebody, request: Request) -> Fact:
        """Say whether somebody hosts or visits the show they are on most, or was on as often as the question says."""
        part, where = self.appearances(somebody, replace(request, whether=False)), request.where
        often = sum(where.has(each.id) for each in somebody.episodes)
        if not often:  # neither, as the answer already says
            return part if asked is Standing.HOST_OR_GUEST else selection.introduced(part, introductions.NO)
        if asked in {Standing.ON_AGAIN, Standing.ALWAYS_ON}:
            least = 2 if asked is Standing.ON_AGAIN else sum(map(where.has, self._catalogue.episodes))
            return selection.introduced(part, introductions.YES if often >= least else introductions.NO)
        show = where.show or Counter(each.show for each in somebody.episodes).most_common(1)[0][0]
        hosts = self._hosts.includes(somebody.name, show)
        return selection.introduced(part, introductions.in_role(asked, hosts=hosts))

    def without(self, somebody: Somebody, episode: Episode) -> Fact:
        """Say that somebody doesn't speak in an episode, and name who does."""
        others = self._catalogue.speakers.get(episode.id, ())
        return Fact(facts.does_not_speak_in(somebody.name, episode, others), (episode,))

    def by_year(self, where: Where) -> Fact | NotFound:
        """Count the episodes of each year, in the part that the question is about."""
        there = self._catalogue.episodes.values()
        theirs = tuple(each for each in there if where.has(each.id))
        if not theirs:
            return NotFound(sentences.NO_EPISODES, 0.0)
        years = sorted(Counter(each.published.year for each in theirs if each.published).items())
        named = [(str(year), count) for year, count in years]
        counts = tallies(named or [(where.part or "library", len(theirs))])
        text = sentences.by_year(where.part, years, len(theirs))
        title, _, lines = text.partition(":\n")
        chart = of_episodes(title, named, lines=lines, over_time=True)
        return Fact(text, theirs[:1], counts=counts, chart=chart)

    def topics(self, where: Where) -> Fact | NotFound:
        """List the topics of an episode, of a part of the library, or of all of it."""
        known = self._catalogue.episodes
        episodes = (
            (known[where.episode],)
            if where.episode in known
            else tuple(each for each in known.values() if where.has(each.id))
        )
        there = (each for each in self._catalogue.topics_in(where.episode) if where.has(each.episode))
        topics = self._catalogue.told_apart(there)
        if not topics:
            return NotFound(sentences.NO_TOPICS if episodes else sentences.NO_EPISODES, 0.0)
        only = episodes[0] if len(episodes) == 1 else None
        return Fact(sentences.topics_of(only, topics, where.part), episodes, related=topics)

    def list(self, request: Request) -> Fact | NotFound:
        """List the episodes of the part that the question is about."""
        where = request.where
        theirs = self._shows.episodes_of(where.show) if where.show else self._catalogue.episodes.values()
        episodes = tuple(each for each in theirs if where.has(each.id))
        if not episodes:
            text = sentences.no_such_part(where.part) if where.part else sentences.NO_EPISODES
            return self._catalogue.nothing(text)
        newest = self._shows.newest(where.show, where.season)
        if len(newest) > 1 and not where.part:
            return self._by_show(episodes, newest)
        listed = episodes[:_EPISODES_LISTED]
        of = sentences.part_of_library(where)
        shows = {each.show for each in episodes}
        count = Tally(where.part or (shows.pop() if len(shows) == 1 else "library"), len(episodes), "episodes")
        some_of_them = len(listed) < len(episodes)
        named = () if request.want is Ask.EPISODE_COUNT and some_of_them else listed
        return Fact(sentences.episodes_are(named, len(episodes), of), listed, counts=(count,))
