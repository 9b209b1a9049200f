"""Answers what can be counted: how often, how many, who or which most, first and last, over the years.

The numbers are exact, for the words of the question in every transcript of the part that it is about. They come from
`knowledge.search.counting`; the sentences are in `count_sentences.py`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice
from typing import Final

from bot.answering import charts
from bot.answering import count_sentences as say
from bot.answering.cast import Cast
from bot.answering.catalogue import Catalogue
from bot.answering.charts import Period
from bot.answering.count_sentences import Basis, Ranked
from bot.answering.listing import Listing
from bot.answering.sentences import UNDATED
from bot.port.messages import Episode, EpisodeId, Evidence, Fact, Found, NotFound, Scope, Tally, Unsure
from bot.port.seen import Recent
from bot.port.wording import full_label
from bot.understanding.request import EVERYWHERE, Request, Somebody
from bot.understanding.wants import Count, Group, Measure, Order
from knowledge.model import Passage
from knowledge.search import Search
from knowledge.search.counting import Amounts, Occurrences
from knowledge.search.inflection import bases
from knowledge.search.phrasing import leans
from knowledge.search.words import carries, split

_SHOWN: Final = 3
"""Number of episodes named with a total."""
_RANKED: Final = 5
"""Length of a ranking if the question doesn't say."""
_MOST_MENTIONS: Final = 10
"""Maximum number of shows whose first mention is shown; the most evidence that an answer may have."""
_TALKED_ABOUT: Final = 10
"""Number of most talked about words to list, unless the question asks for more."""
_REMEMBERED: Final = 16
"""Number of people and parts of a library, such as shows and years, whose typical words are cached."""
_PEOPLE_REMEMBERED: Final = 1_000
"""Number of people whose subjects are cached: a few words of each."""
_FAR_MORE: Final = 13
"""Minimum ratio of a word's frequency to that in English for it to be talked about; "alright" has 12."""
_FAVOURITES: Final = 5
"""Number of somebody's favourite words to list, unless the question asks for more."""
_LEAST_FAVOURITES: Final = 3
"""Minimum number of words that show what somebody talks about."""
_MORE_THAN_OTHERS: Final = 1.2
"""Minimum ratio of a favourite word's frequency to that in the library."""
_IN_EPISODES: Final = 3
"""Minimum number of episodes with a word that is talked about."""
_OFTEN: Final = 20
"""Minimum count of a word that is talked about."""
_YEAR, _MONTH = "%Y", "%B %Y"
_YEARS: Final = 3
"""Minimum number of years for a chart."""
_MINUTE: Final = 60_000
"""A minute in milliseconds."""

_Answer = Fact | Found | Unsure | NotFound


class Counts:
    """Answers questions about counts in one library."""

    def __init__(
        self,
        catalogue: Catalogue,
        search: Search,
        listing: Listing,
        cast: Cast,
    ) -> None:
        self._catalogue = catalogue
        self._cast = cast
        self._search = search
        self._counting = search.counting
        self._listing = listing
        self._known: Recent[tuple[Scope, int], Sequence[tuple[str, int]]] = Recent(_REMEMBERED)
        self._subjects: Recent[Scope, Sequence[str]] = Recent(_PEOPLE_REMEMBERED)

    def count(self, want: Count, request: Request) -> _Answer:
        """Answer one question for a number."""
        if want.measure is Measure.LENGTH:
            return self._lengths(want, request)
        person = request.person
        speaker = person.heard if person else None
        if person and speaker is None:
            return self._catalogue.nothing(say.does_not_speak(person.name))
        basis = self._basis(request, speaker)
        if not basis.searched:
            return self._by_the_notes(want, request) or self._catalogue.nothing(say.no_transcripts(basis))
        if not request.subject:
            return self._of_everything(want, basis)
        mentions, basis = self._mentions(basis)
        if not mentions.amounts.total:
            return self._unsaid(want, request, basis)
        match want:
            case Count(order=Order.FIRST | Order.LAST as order):
                return self._mentioned(mentions, basis, last=order is Order.LAST)
            case Count(Measure.MENTIONS, Group.YEAR):
                return self._over_time(mentions, basis, which=want.top is not None)
            case Count(Measure.TIME, None):
                return self._time(mentions.amounts, basis)
            case Count(by=None):
                return self._in_all(want.measure, mentions, basis)
            case _:
                return self._divided(want, mentions.amounts, basis)

    def talked_about(self, request: Request) -> Fact | None:
        """Name what comes up far more often than in English; None if nothing does, or for a single episode."""
        basis = self._basis(replace(request, subject="", people=()), None)
        if basis.only:
            return None
        words = self._typical(basis, max(request.count, _TALKED_ABOUT), in_episodes=_IN_EPISODES)
        return self._listed(say.talked_about(words, basis), words, basis) if words else None

    def favourites(self, request: Request) -> Fact | None:
        """Name the words that somebody says far more often than others; None if there are hardly any."""
        speaker = request.person.heard if request.person and request.person.known else None
        if speaker is None:
            return None
        basis = self._basis(replace(request, subject=""), speaker)
        words = self._typical(basis, max(request.count, _FAVOURITES), than_others=_MORE_THAN_OTHERS)
        return self._listed(say.favourites(words, basis), words, basis) if len(words) >= _LEAST_FAVOURITES else None

    def subjects_of(self, somebody: Somebody) -> Sequence[str]:
        """List the first few of somebody's favourite words, uncounted; none if they speak too little to tell.

        Takes 4 ms the first time, and 130 ms more before `Counting.prepare`.
        """
        speaker = somebody.heard
        if speaker is None:
            return ()
        scope = Scope(speaker=speaker.name, labels=speaker.labels)
        if (known := self._subjects.get(scope)) is None:
            words = (word for word, _ in self._telling(scope, than_others=_MORE_THAN_OTHERS))
            first = tuple(islice(words, _LEAST_FAVOURITES))
            known = self._subjects[scope] = first if len(first) == _LEAST_FAVOURITES else ()
        return known

    def _telling(self, scope: Scope, *, than_others: float) -> Iterator[tuple[str, Passage]]:
        typical = self._counting.typical(scope=scope, often=_OFTEN, than_english=_FAR_MORE, than_others=than_others)
        return (each for each in typical if self._is_subject(each[0]) and not _is_noise(*each))

    def _listed(self, text: str, words: Sequence[tuple[str, int]], basis: Basis) -> Fact:
        by_episode = self._counting.by_episode(self._counting.words(scope=basis.scope))
        return self._fact(text, by_episode, basis, (Tally(*each, "mentions") for each in words))

    def _typical(
        self, basis: Basis, most: int, *, than_others: float = 0.0, in_episodes: int = 1
    ) -> Sequence[tuple[str, int]]:
        """List words that are said unusually often and are no names, with their counts.

        Args:
            basis: whose words, and where.
            most: maximum number of words.
            than_others: minimum ratio of a word's frequency to that in the library.
            in_episodes: minimum number of episodes with a word.
        """
        if known := self._known.get((basis.scope, most)):
            return known
        words: dict[str, int] = {}
        for word, _ in self._telling(basis.scope, than_others=than_others):
            if len(words) == most:
                break
            said = self._counting.mentions(word, scope=basis.scope).amounts
            if said.total >= _OFTEN and len(self._counting.by_episode(said)) >= in_episodes:
                words[word] = said.total
        known = self._known[basis.scope, most] = list(words.items())
        return known

    def _is_subject(self, word: str) -> bool:
        return word.isalpha() and carries(word) and not leans(word) and word not in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        """The words of the names of everybody who speaks and of all shows, and handles such as "kball"."""
        shows = {each.show for each in self._catalogue.episodes.values()}
        names = [*map(split, self._catalogue.people)]
        handles = (f"{name[0][0]}{name[-1]}" for name in names if name)
        return frozenset((*chain.from_iterable(names), *handles, *split(" ".join(shows))))

    def more_often(self, sides: tuple[str, ...] | None, request: Request, measure: Measure) -> Fact | NotFound:
        """Compare subjects by mentions or episodes, or two people by how often they say a subject."""
        if sides is None:
            whose = [each for person in request.people if (each := person.heard)]
            compared = [(each.name, self._basis(request, each)) for each in whose]
        else:
            compared = [(side, self._basis(replace(request, subject=side, people=()), None)) for side in sides]
        amounts = [(label, *self._said(each)) for label, each in compared]

        def count(found: Amounts) -> int:
            return len(self._counting.by_episode(found)) if measure is Measure.EPISODES else found.total

        ranked = sorted(amounts, key=lambda each: count(each[1]), reverse=True)
        _, most, of_most = ranked[0]
        if not most.total:
            return self._catalogue.nothing(" ".join(say.unsaid(each) for _, _, each in ranked))
        counts = [(label, count(found)) for label, found, _ in ranked]
        scope = request.where.scope
        basis = replace(of_most, scope=scope, searched=len(self._counting.searched(scope)))
        if measure is Measure.EPISODES:
            text, unit = say.in_more_episodes(counts, basis), "episodes"
        else:
            text, unit = say.more_often(counts, basis, of_people=sides is None), "mentions" if basis.words else "words"
        tallies = (Tally(*each, unit) for each in counts)
        return self._fact(text, self._counting.by_episode(most), basis, tallies)

    def _said(self, basis: Basis) -> tuple[Amounts, Basis]:
        """Count the subject, or all words if there is none."""
        if not basis.words:
            return self._counting.words(scope=basis.scope), basis
        mentions, basis = self._mentions(basis)
        return mentions.amounts, basis

    def _mentions(self, basis: Basis) -> tuple[Occurrences, Basis]:
        """Find the subject: a name that is also a verb, such as "Go", without the verb's other forms."""
        mentions = self._counting.mentions(basis.words, scope=basis.scope)
        name = basis.words.casefold()
        noun = (name, f"{name}s")
        others = tuple(each for each in mentions.forms if each not in noun)
        if not basis.words[:1].isupper() or not others or not all(name in bases(each) for each in others):
            return mentions, basis
        basis = replace(basis, without=others, in_any_form=mentions.amounts.total)
        return self._counting.written(mentions, noun), basis

    def _basis(self, request: Request, speaker: Somebody | None) -> Basis:
        where, known = request.where, self._catalogue.episodes
        scope = replace(where.scope, speaker=speaker.name, labels=speaker.labels) if speaker else where.scope
        searched = self._counting.searched(scope)
        if speaker:
            searched = frozenset(self._counting.by_episode(self._counting.words(scope=scope)))
        of = 1 if where.episode else len(known if where.within is None else where.within)
        only = known.get(where.episode) if where.episode else None
        return Basis(request.subject, scope, len(searched), of, where.part, only)

    def _unsaid(self, want: Count, request: Request, basis: Basis) -> _Answer:
        """Say that the words aren't said where the question asks, and add where they are or what a search finds."""
        text = say.unsaid(basis)
        if request.people or request.where.scope != EVERYWHERE.scope:
            anywhere = self._basis(replace(request, where=EVERYWHERE, people=()), None)
            by_episode = self._counting.by_episode(self._counting.mentions(basis.words).amounts)
            if not by_episode:
                return self._catalogue.nothing(text)
            text = f"{text} {say.elsewhere(by_episode.total(), len(by_episode), anywhere)}"
            return self._fact(text, by_episode, basis, (Tally(basis.words, 0, "mentions"),))
        noted = self._by_the_notes(want, request)
        return replace(noted, text=f"{text} {say.even_so(noted.text)}") if noted else self._catalogue.nothing(text)

    def _by_the_notes(self, want: Count, request: Request) -> Fact | None:
        if not request.subject:
            return None
        if want.order in {Order.FIRST, Order.LAST}:
            found = self._listing.latest(request, first=want.order is Order.FIRST)
        else:
            found = self._listing.episodes(request)
        return found if isinstance(found, Fact) else None

    def _in_all(self, measure: Measure, mentions: Occurrences, basis: Basis) -> Fact:
        """State one total, with the episodes where it is highest and a chart over the years."""
        amounts = mentions.amounts
        by_episode = self._counting.by_episode(amounts)
        people = self._by_person(amounts) if measure is Measure.PEOPLE else ()
        top = self._ranked_episodes(by_episode, _SHOWN)
        text = say.in_all(measure, amounts.total, len(by_episode), len(people), basis)
        if basis.only is None and len(by_episode) > 1:
            text += f" {say.most_often(top)}"
        text += say.alike(basis, mentions.forms)
        periods = self._dated(by_episode, basis, _YEAR)
        over_years = periods if len(periods) >= _YEARS else ()
        counts = (
            Tally(basis.words, amounts.total, "mentions"),
            Tally(basis.words, len(by_episode), "episodes"),
            *((Tally(basis.words, len(people), "people"),) if measure is Measure.PEOPLE else ()),
            _searched(basis.searched),
            *(Tally(each.label, each.count, "mentions") for each in over_years),
        )
        return charts.charted(Fact(text, self._named(by_episode), counts=counts), say.rates(basis), over_years)

    def _divided(self, want: Count, amounts: Amounts, basis: Basis) -> _Answer:
        """Rank shows, people, episodes or years by what was counted."""
        if want.measure is Measure.TIME:
            timed = self._counting.milliseconds(scope=basis.scope, among=amounts)
            if not timed.total:
                return self._untimed(want, amounts, basis)
            amounts = timed
        by_episode = self._counting.by_episode(amounts)
        if want.by in {Group.PERSON, Group.GUEST}:
            in_episodes = self._of_people(self._counting.episodes_of_speakers(amounts))
            ranked = _ranked(want.measure, self._by_person(amounts), in_episodes)
            if want.by is Group.GUEST:
                ranked = self._only_guests(ranked, by_episode)
        else:
            ranked = tuple(self._of_groups(want, amounts, by_episode))
        if not ranked and want.measure is Measure.GUESTS:
            # If everybody is a regular, guests can't be told from hosts.
            return self._divided(replace(want, measure=Measure.PEOPLE), amounts, basis)
        if not ranked and want.by is Group.YEAR:
            return self._catalogue.nothing(UNDATED)
        if not ranked:
            return self._catalogue.nothing(say.nobody_named(basis))
        ranked = tuple(sorted(ranked, key=lambda each: each.count, reverse=want.order is not Order.LEAST))
        unit = _UNITS[want.measure]
        shown = ranked[: want.top or _RANKED]
        sums = want.measure in {Measure.MENTIONS, Measure.WORDS}
        unnamed = amounts.total - sum(self._by_person(amounts).values()) if sums and want.by is Group.PERSON else 0
        text = say.ranked(want, shown, len(ranked), basis, unnamed)
        counts = (*(Tally(each.label, each.count, unit) for each in shown), _searched(basis.searched))
        named = tuple(each.episode for each in shown if each.episode) or self._named(by_episode)
        over_time = want.by is Group.YEAR
        drawn = sorted(ranked, key=lambda each: each.label) if over_time else shown
        title = say.titled(want, len(drawn), len(ranked), basis)
        chart = charts.ranking(title, say.bars(want.measure, drawn), over_time=over_time)
        return Fact(text, named, counts=counts, chart=chart)

    def _of_groups(self, want: Count, amounts: Amounts, by_episode: Mapping[EpisodeId, int]) -> Iterator[Ranked]:
        """Count for each show, episode or year that has any."""
        groups: defaultdict[str, list[Episode]] = defaultdict(list)
        for episode in map(self._catalogue.episodes.__getitem__, by_episode):
            if want.by is Group.SHOW:
                groups[episode.show].append(episode)
            elif want.by is Group.EPISODE:
                groups[episode.id].append(episode)
            elif episode.published:
                groups[f"{episode.published:{_YEAR}}"].append(episode)
        people = self._counting.speakers_of_episodes(amounts) if want.measure is Measure.PEOPLE else {}
        for label, theirs in groups.items():
            match want.measure:
                case Measure.EPISODES:
                    count = len(theirs)
                case Measure.PEOPLE:
                    count = len({self._catalogue.name(name) for each in theirs for name in people.get(each.id, ())})
                case Measure.GUESTS:
                    count = len({name for each in theirs for name in self._cast.guests(each)})
                case _:
                    count = sum(by_episode[each.id] for each in theirs)
            if want.measure is Measure.TIME:
                count = round(count / _MINUTE)
            if count and want.by is Group.EPISODE:
                yield Ranked(full_label(theirs[0]), count, 1, theirs[0])
            elif count:
                yield Ranked(label, count, len(theirs))

    def _only_guests(self, ranked: Iterable[Ranked], episodes: Iterable[EpisodeId]) -> tuple[Ranked, ...]:
        """Keep those who are guests in some of the episodes and hosts in none."""
        there = [self._catalogue.episodes[id] for id in episodes]
        guests = {each.id: frozenset(self._cast.guests(each)) for each in there}
        hosts = {
            name for id, names in guests.items() for name in self._catalogue.speakers.get(id, ()) if name not in names
        }
        only = frozenset[str]().union(*guests.values()) - hosts
        return tuple(each for each in ranked if each.label in only)

    def _by_person(self, amounts: Amounts) -> Counter[str]:
        return self._of_people(self._counting.by_speaker(amounts))

    def _of_people(self, counts: Counter[str]) -> Counter[str]:
        """Add up the counts of all labels of each person."""
        people = Counter[str]()
        for label, count in counts.items():
            people[self._catalogue.name(label)] += count
        return people

    def _ranked_episodes(self, by_episode: Counter[EpisodeId], top: int | None) -> tuple[Ranked, ...]:
        known = ((self._catalogue.episodes[id], count) for id, count in by_episode.most_common(top))
        return tuple(Ranked(full_label(episode), count, 1, episode) for episode, count in known)

    def _named(self, by_episode: Counter[EpisodeId]) -> tuple[Episode, ...]:
        return tuple(self._catalogue.episodes[id] for id, _ in by_episode.most_common(_SHOWN))

    def _fact(self, text: str, by_episode: Counter[EpisodeId], basis: Basis, tallies: Iterable[Tally]) -> Fact:
        """State numbers, with the episodes that have the most and how many were searched."""
        return Fact(text, self._named(by_episode), counts=(*tallies, _searched(basis.searched)))

    def _of_everything(self, want: Count, basis: Basis) -> _Answer:
        """Count all words, minutes or episodes, of one person or of everybody."""
        words = self._counting.words(scope=basis.scope)
        if not words.total:
            return self._catalogue.nothing(say.no_transcripts(basis))
        if want.by is not None:
            return self._divided(want, words, basis)
        by_episode = self._counting.by_episode(words)
        match want.measure:
            case Measure.TIME:
                return self._time(words, basis)
            case Measure.PEOPLE:
                count = len(self._by_person(words))
                text = say.people(count, basis)
            case Measure.EPISODES:
                count = len(by_episode)
                text = say.speaks_in(count, basis)
            case _:
                count = words.total
                text = say.words(count, basis)
        return self._fact(text, by_episode, basis, (Tally(basis.label, count, _UNITS[want.measure]),))

    def _time(self, amounts: Amounts, basis: Basis) -> _Answer:
        """Say how long somebody speaks or passages with the subject are, or without times, how many words they have."""
        spoken = self._counting.milliseconds(scope=basis.scope, among=amounts)
        minutes = round(spoken.total / _MINUTE)
        if not minutes:
            return self._untimed(Count(Measure.TIME), amounts, basis)
        by_episode = self._counting.by_episode(spoken)
        words = self._counting.words(scope=basis.scope, among=amounts).total
        text = say.minutes(minutes, len(by_episode), words, basis)
        tallies = (Tally(basis.label, minutes, "minutes"), Tally(basis.label, words, "words"))
        return self._fact(text, by_episode, basis, tallies)

    def _untimed(self, want: Count, amounts: Amounts, basis: Basis) -> _Answer:
        """Go by words where no transcript has times."""
        words = self._counting.words(scope=basis.scope, among=amounts)
        if want.by is None:
            tally = Tally(basis.label, words.total, "words")
            return self._fact(say.no_times(words.total, basis), self._counting.by_episode(words), basis, (tally,))
        by_words = self._divided(replace(want, measure=Measure.WORDS), words, basis)
        return replace(by_words, text=f"{say.NO_TIMES} {by_words.text}")

    def _lengths(self, want: Count, request: Request) -> _Answer:
        """Name the longest or shortest episodes, or give their average length.

        The length comes from the notes or the times in the transcript, or else from its words: at the pace of the other
        episodes, or as their number if no episode has times.
        """
        where = request.where
        if request.subject:
            on_it = self._listing.with_much_on(request)
            if not on_it:
                return self._listing.episodes(request)
            where = replace(where, within=on_it, part=say.on_subject(request.subject, where.part))
        for person in request.people:
            there = frozenset(each.id for each in person.episodes if where.has(each.id))
            where = replace(where, within=there, part=say.with_somebody(person.name, where.part))
        theirs = [each for id, each in self._catalogue.episodes.items() if where.has(id)]
        timed = self._counting.lengths(scope=Scope(within=where.within))
        times = {each.id: each.duration or timed.get(each.id) for each in theirs}
        known = {id: round(time.total_seconds() / 60) for id, time in times.items() if time}
        words = self._counting.by_episode(self._counting.words(scope=Scope(within=where.within)))
        estimated = _at_the_pace_of(known, words)
        unit, lengths = ("minutes", known | estimated) if known else ("words", dict(words))
        if not lengths:
            return self._catalogue.nothing(say.no_lengths(where.part))
        worked_out = bool(known) and not all(each.duration for each in theirs if each.id in lengths)
        of = say.Lengths(len(lengths), len(theirs), unit, where.part, worked_out, len(estimated))
        if want.by is None:
            average = round(sum(lengths.values()) / len(lengths))
            tallies = (Tally("average", average, unit), _searched(len(lengths)))
            return Fact(say.average(average, of), tuple(theirs[:_SHOWN]), counts=tallies)
        order = sorted(lengths, key=lengths.__getitem__, reverse=want.order is not Order.LEAST)
        shown = [self._catalogue.episodes[id] for id in order[: want.top or _SHOWN]]
        ranked = [Ranked(full_label(each), lengths[each.id], 1, each) for each in shown]
        text = say.lengths(want, ranked, of)
        counts = tuple(Tally(each.label, each.count, unit) for each in ranked)
        return Fact(text, tuple(shown), counts=(*counts, _searched(len(lengths))))

    def _mentioned(self, mentions: Occurrences, basis: Basis, *, last: bool) -> Found:
        """Show the first or the last mention, that of each show if there are no dates."""
        by_episode = self._counting.by_episode(mentions.amounts)
        rows = self._catalogue.in_order(by_episode)
        shown: list[Evidence] = []
        for row in rows[:_MOST_MENTIONS]:
            passage = self._counting.passage_at(mentions, (row[-1] if last else row[0]).id, last=last)
            shown += [self._catalogue.evidence(passage, 1.0)] if passage else []
        text = say.mentioned(shown, mentions.amounts.total, len(by_episode), basis, last=last)
        return Found(text, 1.0, evidence=tuple(shown))

    def _over_time(self, mentions: Occurrences, basis: Basis, *, which: bool) -> Fact:
        """Say whether something is said more than before.

        That goes by year, by month if all dates are of one year, or by parts of each show if there are no dates. With
        `which`, name the year in which it is said most often.
        """
        by_episode = self._counting.by_episode(mentions.amounts)
        years = self._dated(by_episode, basis, _YEAR)
        dated = years if len(years) > 1 else self._dated(by_episode, basis, _MONTH)
        periods = dated or self._parts_of_shows(by_episode, basis)
        basis = replace(basis, searched=sum(each.episodes for each in periods))
        if which and years:
            lead = say.year_of_most(max(years, key=lambda each: each.count), len(years), basis)
        else:
            lead = say.over_time(periods, basis, dated=bool(dated))
        tallies = (Tally(each.label, each.count, "mentions") for each in periods)
        return charts.charted(self._fact(lead, by_episode, basis, tallies), say.rates(basis), periods)

    def _dated(self, by_episode: Mapping[EpisodeId, int], basis: Basis, name: str) -> tuple[Period, ...]:
        """Divide the episodes with a date into years or months, in order; `name` is the format of a period's name."""
        there = (self._catalogue.episodes[id] for id in self._counting.searched(basis.scope))
        days = sorted((each.published, each.id) for each in there if each.published)
        of_periods: defaultdict[str, list[EpisodeId]] = defaultdict(list)
        for day, id in days:
            of_periods[f"{day:{name}}"].append(id)
        return tuple(_period(label, ids, by_episode) for label, ids in of_periods.items())

    def _parts_of_shows(self, by_episode: Mapping[EpisodeId, int], basis: Basis) -> tuple[Period, ...]:
        """Divide each show with enough episodes into thirds, or into halves if none has enough for thirds."""
        shows = self._catalogue.in_order(self._counting.searched(basis.scope))
        labels = say.PARTS[: max(map(len, shows), default=0)][-1]
        parts: list[list[EpisodeId]] = [[] for _ in labels]
        for show in shows:
            for at, episode in enumerate(show if len(show) >= len(labels) else ()):
                parts[at * len(labels) // len(show)].append(episode.id)
        return tuple(_period(label, ids, by_episode) for label, ids in zip(labels, parts, strict=True))


_UNITS: Final = {
    Measure.MENTIONS: "mentions",
    Measure.EPISODES: "episodes",
    Measure.PEOPLE: "people",
    Measure.GUESTS: "people",
    Measure.WORDS: "words",
    Measure.TIME: "minutes",
    Measure.LENGTH: "minutes",
}


def _at_the_pace_of(known: Mapping[EpisodeId, int], words: Mapping[EpisodeId, int]) -> dict[EpisodeId, int]:
    """Estimate the other episodes' minutes from their words, at the pace of those whose minutes are known."""
    minutes = sum(known[id] for id in words if id in known)
    said = sum(count for id, count in words.items() if id in known)
    return {id: round(count * minutes / said) for id, count in words.items() if id not in known} if said else {}


def _period(label: str, ids: Sequence[EpisodeId], by_episode: Mapping[EpisodeId, int]) -> Period:
    return Period(label, sum(by_episode.get(id, 0) for id in ids), len(ids))


def _ranked(measure: Measure, sums: Counter[str], episodes: Counter[str]) -> tuple[Ranked, ...]:
    """Give each person their count, or the number of episodes with any."""
    first = episodes if measure is Measure.EPISODES else sums
    unit = _MINUTE if measure is Measure.TIME else 1
    return tuple(Ranked(label, round(count / unit), episodes[label]) for label, count in first.items())


def _searched(episodes: int) -> Tally:
    return Tally("searched", episodes, "episodes")


def _is_noise(word: str, passage: Passage) -> bool:
    """Tell whether a word is in brackets, as in "[laughter]"."""
    return bool(re.search(rf"\[[^\]]*\b{word}", passage.text, re.IGNORECASE))
