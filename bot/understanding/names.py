"""Finds the names in a question (shows, episodes, seasons, years, people), and the part of the library that they mean.

Each name becomes a single word of the text, which a template's slot can take. What a name of an episode or season is
worth is in `entities.py`; what is asked is read in `reader.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from bot.port.messages import Episode, EpisodeId, ItemId
from bot.understanding.entities import (
    NamedEpisode,
    Place,
    Season,
    episode_named,
    is_of_years,
    season_named,
    years_named,
)
from bot.understanding.people import People
from bot.understanding.request import EVERYWHERE, Somebody, Where
from bot.understanding.sentences import Lexicon
from bot.understanding.shows import NAMED, Shows
from bot.understanding.templates import filled
from bot.understanding.text import QUOTED, Pause, Text, Word, plain
from bot.understanding.wants import WhichEpisode
from knowledge.search.handles import Said
from knowledge.search.rarity import is_everyday
from knowledge.search.words import carries

EPISODE: Final = "EPISODE"
SHOW: Final = NAMED
SEASON: Final = "SEASON"
YEARS: Final = "YEARS"
PERSON: Final = "PERSON"
NAMES: Final = frozenset({EPISODE, SHOW, SEASON, YEARS, PERSON, QUOTED})
"""Words that replace names in a text."""

NTH: Final[Mapping[str, int]] = {**{f"nth_{number}": number - 1 for number in range(1, 6)}, "nth_last": -1}
"""Ways of naming one of the episodes listed last, each with its index in that list."""
_END: Final[Mapping[str, bool]] = {"newest_of_those": False, "oldest_of_those": True}
"""Ways of naming one of those episodes by its date, each with whether that is the oldest."""
_BESIDE: Final[Mapping[str, Literal[-1, 1]]] = {"previous_of_that": -1, "next_of_that": 1}
"""Ways of naming an episode by the one talked about last, each with how many episodes later it is."""
_LONGEST_BESIDE: Final = 4
"""Maximum number of words of such a name: "the one after that"."""
_OF_THOSE: Final = NTH.keys() | _END.keys() | _BESIDE.keys()
_HANDLES: Final = 10_000
"""Number of words for which we cache whose handle they are."""
_SUBJECTS: Final = 1_000
"""Number of subjects for which we cache who is the guest on them."""
_MUCH: Final = 10
"""Minimum number of places for episodes to have a lot on a subject."""
_FAR_MORE: Final = 1.5
"""Minimum ratio of that number to the one of any other guest."""
_THAT_GUY: Final = 2
"""Number of words of "that guy", which means "he"; one more says who is meant."""
_WORDS_OF_A_YEAR: Final[Mapping[str, int]] = {"year": 1, "this_year": 2}
"""Number of words at the end of such a name that are the year: "2024" in "in 2024"."""
_WORDS_OF_A_NICKNAME: Final = 3
"""Maximum number of words between "the" and "guy"."""


class Names:
    """The names in a library."""

    def __init__(
        self,
        episodes: Sequence[Episode],
        speakers: Mapping[EpisodeId, Iterable[str]],
        lexicon: Lexicon,
        handles: Callable[[str], Iterable[Said]] = lambda _: (),
        places: Callable[[str], Mapping[EpisodeId, int]] = lambda _: {},
        today: Callable[[], date] = date.today,
    ) -> None:
        """Take episodes newest first, the speakers of each, the words of all languages, and three lookups.

        Those are the mentions of a handle in the library, the number of places with a subject in each episode, and the
        current day.
        """
        self._today = today
        self._lexicon = lexicon
        self.it = lexicon.it
        self.generic = lexicon.he | lexicon.generic
        self.shows = Shows(episodes, self.generic, lexicon.initials)
        self.people = People(episodes, speakers, self.generic)
        self._handles = handles
        self._whose = lru_cache(_HANDLES)(self._owner)
        self._places = places
        self.guest_on = lru_cache(_SUBJECTS)(self._guest_on)

    def is_generic(self, word: str) -> bool:
        """Tell whether a plain word names nobody in particular: "he", "everyone", "everyone's"."""
        return word in self.generic or word.removesuffix("s") in self.generic

    def marked(self, text: Text, *, years: bool = True) -> Text:
        """Replace each name in a text with one word; `years` is whether years such as "in 2024" are names."""
        while found := self.shows.find(text.plain) or self.shows.find(text.owning):
            text = text.naming(found[0], found[1], SHOW, found[2])
        while someone := self.people.find(text.plain):
            begin, end, person = someone
            while begin and text.plain[begin - 1] in self._lexicon.titles:
                begin -= 1
            text = text.naming(begin, end, PERSON, person)
        while found := self.shows.find_initials(text.plain) or self.shows.find_initials(text.owning):
            text = text.naming(found[0], found[1], SHOW, found[2])
        for at, word in enumerate(text.words):
            if word.named is None and (who := self._whose(word.plain) or self._regular(text, at)):
                text = text.naming(at, at + 1, PERSON, who)
        for each in self._lexicon.entities.likely(text.plain):
            unknown = (each.want == "season" and not self.shows.seasons) or (is_of_years(each.want) and not years)
            if each.want not in _OF_THOSE and not unknown:
                text = self._marked(text, each.want, each.pattern)
        return text

    def _regular(self, text: Text, at: int) -> Somebody | None:
        """Return the regular whom a first name after a verb means: "how did Ann get into rye"; None for others.

        So does one beside another name: "do Ann and Bob". A guest's name may be that of a thing: "is Julia fast".
        """
        word, before = text.plain[at], text.plain[at - 1] if at else ""
        beside = at > 1 and before in self._lexicon.joints and text.words[at - 2].plain == PERSON
        asks = beside or self._lexicon.opens_about_somebody(before)
        return self.regular(word) if asks and at + 1 < len(text.words) else None

    def regular(self, word: str) -> Somebody | None:
        """Return the regular whom a first name by itself means; None for others, and for an everyday word."""
        person = None if is_everyday(word) or not carries(word) else self.people.called([word], None)
        return person if person and person.has_many_episodes else None

    def pointed(self, text: Text) -> Text:
        """Replace "that guy" with "he", but not in "that guy from GitLab", which says who is meant."""
        for found in self._lexicon.that_guy.finditer(text.coded):
            if len(found[0]) == _THAT_GUY:
                first, last = text.words[found.start()], text.words[found.end() - 1]
                return self.pointed(Text.of(f"{text.text[: first.begin]}he{text.text[last.end :]}"))
        return text

    def of_episodes(self, text: Text) -> Text:
        """Put the word for an episode after the show that stands for one: "which Go Time was Ann on"."""
        found = self._lexicon.episode_of.search(text.coded)
        if found is None:
            return text
        at = found.end() - 1
        end = text.words[at - 1].end
        return Text(text.text, (*text.words[:at], Word("episode", end, end), *text.words[at:]))

    def nicknamed(self, text: Text, shown: Iterable[EpisodeId]) -> Text:
        """Replace "the Ann guy" and "the bread guy" with who is meant, rather somebody in the episodes just `shown`.

        "Who is the bread guy" alone asks for the name, which others find by what people say.
        """
        for end in (at for at, word in enumerate(text.plain) if word in self._lexicon.guys):
            begin = next((at for at in range(end - 1, -1, -1) if text.plain[at] in self._lexicon.article), end)
            words, rest = text.plain[begin + 1 : end], (*text.plain[:begin], *text.plain[end + 1 :])
            if not 0 < len(words) <= _WORDS_OF_A_NICKNAME:
                continue
            asks = any(carries(word) and not is_everyday(word) for word in set(rest) - NAMES)
            who = self._first_named(words, shown) or (self.guest_on(" ".join(words)) if asks else None)
            if who:
                return text.naming(begin, end + 1, PERSON, who)
        return text

    def _first_named(self, words: Sequence[str], shown: Iterable[EpisodeId]) -> Somebody | None:
        """Return whom a first or last name means, in one of some episodes or anywhere; None for no name."""
        if len(words) > 1 or is_everyday(words[0]):
            return None
        there = ((self.people.called(words, id), id) for id in shown)
        theirs = (person for person, id in there if person and any(each.id == id for each in person.episodes))
        person = next(theirs, None) or self.people.called(words, None)
        return person if person and person.known else None

    def quoted(self, text: Text, somebody: Somebody | None) -> Text:
        """Replace "the first guy you quoted" with somebody."""
        found = self._lexicon.quoted_guy.search(text.coded) if somebody else None
        return text.naming(found.start(), found.end(), PERSON, somebody) if found else text

    def of_things(self, text: Text) -> Text:
        """Turn an owner back into an ordinary word if a question asks about others: "who wanted Ann's bread"."""
        of_others = self._lexicon.of_others.search(text.coded)
        for at, (word, thing) in enumerate(pairwise(text.words if of_others else ())):
            written = text.text[word.begin : word.end].casefold()
            owns = isinstance(word.named, Somebody) and not word.named.name.casefold().endswith(written)
            tells = thing.plain.islower() and carries(thing.plain) and not self.is_generic(thing.plain)
            if owns and tells and written.endswith("s"):
                text = text.naming(at, at + 1, plain(written), None)
        return text

    def _owner(self, handle: str) -> Somebody | None:
        """Return the owner of a handle: the first who says it, or is named right before it; None if nobody is."""
        for said in self._handles(handle):
            if said.speaker:
                return self.people.called(plain(said.speaker).split(), None)
            words, end = plain(said.before).split(), 0
            while found := self.people.find(words[end:]):
                end += found[1]
                if end == len(words):
                    return found[2]
        return None

    def _guest_on(self, subject: str) -> Somebody | None:
        """Return the guest in whose episodes a subject comes up far more than in any others; None if there is none."""
        worth: Counter[Somebody] = Counter()
        for id, count in self._places(subject).items():
            for guest in self.people.guests_of(id):
                worth[guest] += count
        if not worth:
            return None
        (first, most), *others = worth.most_common(2)
        return first if most >= max(_MUCH, _FAR_MORE * sum(count for _, count in others)) else None

    def has_much_on(self, subject: str) -> bool:
        """Tell whether an episode has a lot on a subject, so that it is one by itself."""
        return max(self._places(subject).values(), default=0) >= _MUCH

    def picked(self, text: Text, listed: Sequence[ItemId], before: EpisodeId | None) -> Text:
        """Replace "the second one", "the older one" or "the next episode" with the episode that it means.

        "The second one" alone may be a topic or a guess, so it needs other words beside it.
        """
        for each in self._lexicon.entities.likely(text.plain):
            found = each.pattern.search(text.coded) if each.want in _OF_THOSE else None
            episode = self._of_those(each.want, listed, before) if found else None
            if not (found and episode):
                continue
            begin, end = found.span()
            begin = max(begin, end - _LONGEST_BESIDE) if each.want in _BESIDE else begin
            if end - begin < len(text.words) or each.want in _END:
                return text.naming(begin, end, EPISODE, NamedEpisode(episode=episode))
        return text

    def _of_those(self, which: str, listed: Sequence[ItemId], before: EpisodeId | None) -> EpisodeId | None:
        if which in _BESIDE:
            beside = self.shows.beside(before, _BESIDE[which])
            return beside.id if beside else None
        those = [EpisodeId(item) for item in listed if self.shows.show_of(EpisodeId(item))]
        if which in _END:
            ends = self.shows.newest(among=those, first=_END[which])
            return ends[0].id if len(ends) == 1 and len(those) > 1 else None
        named = map(EpisodeId, listed[NTH[which] :][:1])  # a slice: there may be fewer
        return next((each for each in named if each in those), None)

    def _marked(self, text: Text, kind: str, pattern: re.Pattern[str]) -> Text:
        at = 0
        while found := pattern.search(text.coded, at):
            begin, end = found.span()
            at = end
            if kind == "numbered" and text.words[begin].plain == "#" and not _stands_alone(text, begin):
                continue
            slots = {name: text.words[first] for name, (first, _) in filled(found).items()}
            if is_of_years(kind):
                years = Season(None, None, years_named(kind, slots, self._today().year))
                begin = end - _WORDS_OF_A_YEAR.get(kind, end - begin)
                text = text.naming(begin, end, SEASON if kind == "year" else YEARS, years)
            elif kind == "season":
                text = text.naming(begin, end, SEASON, season_named(slots))
            else:
                named = episode_named(kind, slots, text)
                if named.bare and not (
                    self._ends_with(text, end) and self.shows.numbered(named.number or "", None, None)
                ):
                    continue
                text = text.naming(begin + 1 if named.bare else begin, end, EPISODE, named)
            at = 0
        return text

    def _ends_with(self, text: Text, end: int) -> bool:
        """Tell whether the text ends or pauses here."""
        return end == len(text.words) or text.words[end - 1].pause is not Pause.NONE

    def limited(self, text: Text) -> Text:
        """Return a text without the words that limit it to a show, a season or an episode."""
        for each in self._lexicon.limits.likely(text.plain):
            while found := each.pattern.search(text.coded):
                text = text.without(*found.span())
        return text

    def place(self, text: Text, kept: Text, before: EpisodeId | None, show: str | None = None) -> Place:
        """Return the part of the library that a text is limited to.

        Args:
            text: the question.
            kept: the same without the words that limit it; see `limited`.
            before: the episode talked about last; a number means an episode of its show.
            show: the show to assume if neither the text nor `before` gives one.
        """
        season = next((word.named for word in text.words if isinstance(word.named, Season)), Season(None, None))
        limits = dict.fromkeys(str(word.named) for word in text.words if word.plain == SHOW and word not in kept.words)
        around = self.shows.part(season.show or next(iter(limits), None), season.number, season.year)
        if len(limits) > 1 and season == Season(None, None):
            around = self.shows.together(tuple(limits))
        for at, word in enumerate(text.words):
            if isinstance(word.named, NamedEpisode):
                return replace(self._episode(self._narrowed(word.named, text, at + 1), before, show), around=around)
        return Place(around, around=around)

    def _narrowed(self, named: NamedEpisode, text: Text, after: int) -> NamedEpisode:
        """Add the season or show that follows an episode's name: "of season 2", "on Hive Talk"."""
        for word in text.words[after : self._limits_end(text, after)]:
            if isinstance(limit := word.named, Season):
                season = limit.number if named.season is None else named.season
                named = replace(named, show=named.show or limit.show, season=season, year=named.year or limit.year)
            elif word.plain == SHOW:
                named = replace(named, show=named.show or str(word.named))
        return named

    def _limits_end(self, text: Text, at: int) -> int:
        """Return where a row of limits ends that starts at a word."""
        limits = [each.pattern for each in self._lexicon.limits.likely(text.plain)]
        while at < len(text.words):
            if isinstance(text.words[at].named, Season):
                at += 1
            elif found := next(filter(None, (each.match(text.coded, at) for each in limits)), None):
                at = found.end()
            else:
                break
        return at

    def titled(self, text: Text) -> Text:
        """Replace an episode's title with its name; not for every question, since a title may also be a subject."""
        if any(word.named is not None for word in text.words):
            return text
        if found := self.shows.find_title(text.plain):
            return text.naming(found[0], found[1], EPISODE, NamedEpisode(episode=found[2].id))
        return text

    def _episode(self, named: NamedEpisode, before: EpisodeId | None, default: str | None) -> Place:
        if named.episode:
            return Place(Where(named.episode, named=True), named)
        part = self.shows.part(named.show or default, named.season, named.year)
        if named.number is None:
            show = named.show or default
            theirs = self.shows.newest(show, among=part.within, first=named.first, surely=True)
        else:
            theirs = self.shows.numbered(named.number, named.show, named.season)
        titled = tuple(each for each in theirs if named.called and named.called in plain(each.title))
        theirs = titled or theirs
        if len(theirs) > 1 and (show := self.shows.show_of(before)):
            theirs = tuple(each for each in theirs if each.show == show)
        elif len(theirs) > 1 and default:
            theirs = tuple(each for each in theirs if each.show == default) or theirs
        if len(theirs) == 1:
            return Place(Where(theirs[0].id, show=theirs[0].show, named=True), named)
        if named.bare and len(theirs) > 1:
            return Place(EVERYWHERE)  # "13 going on 30": with several shows, a number alone names no episode
        nowhere = part if named.number is None and part.within == frozenset() else EVERYWHERE
        return Place(nowhere, named, WhichEpisode(named.number, theirs, first=named.first))


def _stands_alone(text: Text, at: int) -> bool:
    """Tell whether a number sign starts a name of its own, as in "what about #4" but not in "Hack #4"."""
    return at == 0 or not carries(text.words[at - 1].plain)
