"""The sentences about people: who they are, when they were on, and who is only mentioned or unknown.

Plain words without markup, as in `sentences.py`; nothing is counted or looked up here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from bot.answering.sentences import in_order, no_such_part, of_part
from bot.port.excerpts import excerpt
from bot.port.messages import Episode, Evidence, Fact, Found, NotFound
from bot.port.wording import dated, full_label, label, listed, named
from bot.understanding.request import Somebody
from bot.understanding.wants import Ask, Credit, Guests, RoleIn, RoleOn, Standing, Want
from knowledge.search.introducing import AT_THE_TIME

_NAMED = 4
"""Number of newest episodes named from a longer list."""
_ALL_NAMED = 10
"""Maximum number of somebody's episodes that are all named with their count."""
_MANY = 10
"""Maximum number of people named from one place."""
_ABBREVIATED = 3
"""A role with this many letters is an abbreviation: "CEO"."""
_INTRODUCED = 240
"""Maximum number of characters quoted from a sentence that introduces somebody."""
YES, NO, PROBABLY = "Yes.", "No.", "Probably:"
"""Comes before somebody's episodes in the answer to a yes-or-no question."""
EPISODES_EACH = "Number of episodes"
"""Title of a chart of people."""
_NTH = ("first", "second", "third", "fourth", "fifth")


@dataclass(frozen=True, slots=True)
class Among:
    """The episodes that people were looked for in.

    Attributes:
        part: what people call them: "Go Time", "season 2"; empty for the whole library.
        of_a_show: whether the part is a show.
        only: the episode, if there is only one.
        named: whether all of their transcripts name the speakers.
    """

    episodes: int
    part: str
    of_a_show: bool
    only: Episode | None
    named: bool

    def __str__(self) -> str:
        """Name them: "these 341 episodes of Go Time"."""
        if self.only:
            return label(self.only)
        return f"these {self.episodes:,} episodes{of_part(self.part)}"

    @property
    def within(self) -> str:
        """Name the part or the episode: " on Go Time", " in season 2"; empty for the whole library."""
        if self.only:
            return f" in {label(self.only)}"
        return f" {'on' if self.of_a_show else 'in'} {self.part}" if self.part else ""

    def lacks(self, name: str) -> str:
        """Say that somebody isn't among the speakers."""
        if not self.named:
            return f"{name} isn't named as a speaker{self.within or ' in any episode'}"
        if self.only or (self.part and not self.of_a_show):
            return f"{name} doesn't speak{self.within}"
        return f"{name} hasn't been on{self.within.removeprefix(' on')}"


def only_mentioned(name: str, episodes: int, among: Among) -> str:
    """Say that somebody doesn't speak but is mentioned."""
    where = "there" if among.only else f"in {_counted(episodes)}{' there' if among.part else ''}"
    return f"{among.lacks(name)}, but the name comes up {where}:"


def introduced_in(name: str, episodes: Sequence[Episode]) -> str:
    """Say that hosts introduce somebody whom the transcripts don't name as a speaker."""
    return f"{name} is introduced in {_few(episodes)}, though no transcript lists a speaker by that name:"


def goes_by(name: str, label: str, said: Evidence) -> str:
    """Say that somebody has another name in the transcripts, and who introduces them."""
    return f"{name} goes by “{label}” in the transcripts. {in_words(said)}"


def may_be(on: Sequence[tuple[str, Episode]]) -> str:
    """Name those whom a description fits, each with the episode that says so."""
    return f"That sounds like {listed([f'{name} (on {label(episode)})' for name, episode in on], 'or')}:"


def spoken_of(name: str) -> str:
    """Introduce what others say about somebody."""
    return f"What others say about {name}:"


def own_words(name: str) -> str:
    """Introduce what somebody says of themselves."""
    return f"{name} says so:"


def nowhere(name: str, among: Among) -> str:
    """Say that somebody neither speaks nor is mentioned."""
    return f"{among.lacks(name)}, and nobody mentions the name{' there' if among.within else ''}."


def on_who(role: str, thing: str, made: str) -> str:
    """Introduce what is said on who made something, or who has a role in it."""
    return f"About the {_role(role)} of {thing}:" if role else f"About who {made} {thing}:"


def said_to_be(role: str, thing: str, on: Mapping[str, Sequence[Episode]]) -> str:
    """Name those who are said to have a role in something or to have made it, with the episodes they speak in."""
    lead = f"Said to be {_role(role)} of {thing}, now or in the past" if role else f"Said to have made {thing}"
    return f"{lead}: {listed([f'{name} (on {_few(episodes)})' for name, episodes in on.items()])}."


def on_most(name: str, thing: str, episodes: Sequence[Episode]) -> str:
    """Name the guest in whose episodes a thing comes up most."""
    have = "which has" if len(episodes) == 1 else "which have"
    return f"{name} is the guest of {_few(episodes)}, {have} the most on {thing}."


def nobody(want: Credit, made: str, subject: str) -> str:
    """Say that nobody was found who made or leads something, in the question's words, or is from somewhere."""
    match want:
        case RoleIn(role) | RoleOn(role):
            return f"I couldn't find who the {_role(role)} of {subject} is."
        case Ask.MADE_BY | Ask.MAKER_ON:
            return f"I couldn't find who {made} {subject}."
        case Ask.GUEST_FROM | Ask.GUESTS_FROM:
            return f"I found no guest who is said to be from {subject} or to have made it."
        case _:
            assert_never(want)


def _role(role: str) -> str:
    return role.upper() if len(role) == _ABBREVIATED else role


def guests_from(place: str, guests: Mapping[str, Sequence[Episode]], *, all_asked: bool) -> str:
    """Name guests who are said to be from somewhere, a few with their episodes.

    There may be others, unless the question named the guest.
    """
    count = f" ({len(guests):,})" if len(guests) > 1 else ""
    few = not all_asked and len(guests) <= _NAMED
    names = [f"{name} (on {_few(on)})" if few and on else name for name, on in guests.items()]
    text = f"Said to be from {place}, now or in the past{count}: {_of_all(names[:_MANY], len(names))}."
    return text if all_asked else f"{text} There may be others."


def subjects(name: str, each: Sequence[str], more: int) -> str:
    """Say what each of somebody's episodes is about, one a line."""
    what = "What it is" if len(each) + more == 1 else "What they are"
    lead = f"{name} is in {_counted(len(each) + more)}. {what} about, by the notes or by what is said near the start:"
    rest = [f"And {more:,} more."] if more else []
    return "\n".join((lead, *(f"- {line}" for line in each), *rest))


def talks_about(words: Sequence[str]) -> str:
    """Name what somebody talks about far more often than others."""
    each = listed([f"“{word}”" for word in words])
    return f"Talks about {each} more than others do."


def not_on(name: str, show: str) -> str:
    """Say that somebody is in no episode of a show."""
    return f"{name} hasn't been on {show}."


def beside(told: str) -> str:
    """Say that the following passages have both the name and the subject."""
    return f"{told.removesuffix(':')}. Here the name comes up with that subject:"


def by_others(told: Found | NotFound, said: Found) -> Found:
    """Say that nobody of that name speaks, before what others say."""
    return replace(said, text=f"{told.text.removesuffix(':').removesuffix('.')}. Others talk about that:", told=None)


def several(name: str, people: Sequence[tuple[str, int]]) -> str:
    """Ask which of several people with a name is meant, each with their number of episodes."""
    each = [f"{person} ({_counted(episodes)})" for person, episodes in people]
    return f"Which {name} do you mean: {listed(each, 'or')}?"


def taken_for(typed: str, name: str, others: Sequence[str]) -> str:
    """Say whom we take part of a name for, and who else has it."""
    return f"I take {typed} to be {name}; there {'is' if len(others) == 1 else 'are'} also {listed(others)}."


def together(names: Sequence[str], episodes: Sequence[Episode]) -> str:
    """Say in which episodes people speak together, newest first."""
    both = "both" if len(names) == 2 else "all"
    count = f"{_counted(len(episodes))}: " if len(episodes) <= _NAMED + 1 else ""
    return f"{listed(names)} are {both} in {count}{_few(episodes)}."


def never_together(people: Sequence[tuple[str, int]]) -> str:
    """Say that some people are in no episode together, and how often each is on."""
    alone = [f"{name} is in {_counted(episodes)}" for name, episodes in people]
    return f"No episode has {listed([name for name, _ in people])} together. {listed(alone)}."


def beside_somebody(
    name: str, episodes: Sequence[Episode], people: Sequence[tuple[str, int]], total: int, part: str
) -> str:
    """Name those who are in some episodes with somebody, most frequent first, out of `total`."""
    if not episodes:
        return f"{name} isn't in any episode{of_part(part)}."
    if not people:
        return f"Nobody else is named in {_few(episodes)}."
    each = [other if len(episodes) == 1 else f"{other} ({count:,})" for other, count in people]
    where = _few(episodes) if len(episodes) == 1 else f"{_counted(len(episodes))}{of_part(part)}"
    return f"With {name} in {where}: {_of_all(each, total)}."


def without(name: str, other: str, episodes: Sequence[Episode], part: str) -> str:
    """Say in which episodes somebody is without another person, newest first."""
    if not episodes:
        return f"{name} isn't in any episode{of_part(part)} without {other}."
    return f"{name} is in {_counted(len(episodes))}{of_part(part)} without {other}{_which_of(episodes)}."


def interviewers(name: str, episodes: Sequence[Episode], hosts: Sequence[tuple[str, int]]) -> str:
    """Name who hosts the episodes with somebody, most frequent first."""
    each = listed([f"{host} ({count:,})" if len(episodes) > 1 else host for host, count in hosts])
    where = _few(episodes) if len(episodes) <= _NAMED else _counted(len(episodes))
    return f"{name} talks with {each}, in {where}."


def _which_of(episodes: Sequence[Episode]) -> str:
    """Name all of a few episodes, or some of many."""
    names = named(episodes)
    return f": {listed(names)}" if all_named(episodes) else f", including {listed(names[:_NAMED])}"


def pairs(people: Sequence[tuple[str, int]], among: Among) -> str:
    """Name pairs of people by the number of episodes they are in together, most first."""
    each = [f"{pair} ({episodes:,})" for pair, episodes in people]
    return f"Together most often in {among}: {'; '.join(each)}."


def on_each_show(people: Sequence[tuple[str, int]], total: int, shows: str) -> str:
    """Name those who speak in every one of some shows, each with their number of episodes there, most first."""
    each = [f"{name} ({episodes:,})" for name, episodes in people]
    who = "One person speaks" if total == 1 else f"{total:,} people speak"
    return f"{who} in each of {shows}: {_of_all(each, total)}."


def nobody_on_each(shows: str) -> str:
    """Say that nobody speaks in every one of some shows."""
    return f"I don't know of anyone who speaks in each of {shows}."


def since(newer: int) -> str:
    """Say how many episodes have come out since somebody's last."""
    if not newer:
        return "That's the newest episode."
    return f"{_counted(newer).capitalize()} {'has' if newer == 1 else 'have'} come out since."


def appearance(names: Sequence[str], ends: Sequence[Episode], episodes: int, part: str, *, first: bool) -> str:
    """Name the first or last episode of one or several people; one for each show without dates."""
    which, name = "first" if first else "last", listed(names)
    are = "is" if len(names) == 1 else "are together"
    if episodes == 1:
        return f"{name} {are} in one episode{of_part(part)}: {dated(ends[0])}."
    if len(ends) == 1:
        return f"The {which} of the {episodes:,} episodes{of_part(part)} with {name} is {dated(ends[0])}."
    each = listed([full_label(each) for each in ends])
    return f"{name} {are} in {episodes:,} episodes{of_part(part)}. The {which} of each show, {in_order(ends)}: {each}."


def is_in(name: str, episodes: Sequence[Episode], part: str) -> str:
    """Say in how many episodes somebody is, and in which, if there are few enough."""
    if not episodes:
        return f"{name} isn't in any episode{of_part(part)}."
    count = f"{name} is in {_counted(len(episodes))}{of_part(part)}"
    return f"{count}: {listed(named(episodes))}." if all_named(episodes) else f"{count}."


def all_named(episodes: Sequence[Episode]) -> bool:
    """Tell whether somebody's episodes are few enough to name all with their count."""
    return len(episodes) <= _ALL_NAMED


def on_more(people: Sequence[tuple[str, int]], part: str) -> str:
    """Say who of several people is in more episodes, most first."""
    (first, most), *others = people
    if all(count == most for _, count in others):
        return f"{listed([name for name, _ in people])} are in {_counted(most)}{of_part(part)} each."
    against = listed([f"{count:,} for {name}" for name, count in others])
    return f"{first} is in more: {_counted(most)}{of_part(part)}, against {against}."


def most_often(people: Sequence[tuple[str, int]], among: Among) -> str:
    """Name people by their number of episodes, most first."""
    each = [f"{name} ({episodes:,})" for name, episodes in people]
    return f"Heard most often in {among}: {listed(each)}."


def nth_guests(nth: int, told: Sequence[tuple[Sequence[str], Episode]]) -> str:
    """Name the nth guest of each show, or several who came together, and their episode; -1 is the last."""
    which = "last" if nth < 0 else _NTH[nth - 1]
    return " ".join(
        f"The {which} {'guest' if len(names) == 1 else 'guests'} on {episode.show} "
        f"{'was' if len(names) == 1 else 'were'} {listed(names)}, in {dated(episode)}."
        for names, episode in told
    )


def guests(people: Sequence[tuple[str, int]], total: int, tied: int, among: Among, want: Guests) -> str:
    """Name guests, each with their number of episodes, most first.

    Args:
        people: the guests to name, each with their number of episodes.
        total: number of guests there are.
        tied: number of further guests with as many episodes as the last who is named.
        among: the episodes that were searched.
        want: which guests the question is about.
    """
    most = want.top is not None
    each = [f"{name} ({episodes:,})" if episodes > 1 or most else name for name, episodes in people]
    if most:
        others = "One more guest has" if tied == 1 else f"Another {tied:,} guests have"
        as_many = f" {others} {people[-1][1]:,} too." if tied else ""
        return f"The guests with the most appearances{among.within}: {listed(each)}.{as_many}"
    who, were = ("One guest", "was") if total == 1 else (f"{total:,} guests", "were")
    where = f"in {among}"
    if want.shows > 1:
        where = f"{were} on more than one show"
    elif want.least > 1:
        where = f"{were} on{among.within.removeprefix(' on')} {_so_often(want.least)}"
    return f"{who} {where}: {_of_all(each, total)}."


def _so_often(least: int) -> str:
    return "more than once" if least == 2 else f"at least {least:,} times"


def no_guests(among: Among, want: Guests) -> str:
    """Say that nobody was a guest, or a guest in that many episodes or shows."""
    if not among.episodes:
        return no_such_part(among.part)
    if want.shows > 1:
        return "I don't know of anyone who was a guest on more than one show."
    if want.least > 1:
        return f"I don't know of anyone who was a guest{among.within} {_so_often(want.least)}."
    return f"I don't know of any guests in {among}."


def nobody_named(episodes: int) -> str:
    """Say that the speakers are unknown."""
    return f"The speakers in {_counted(episodes)} aren't named."


def speaks_in(name: str, episodes: Sequence[Episode], regular_of: Sequence[str] = ()) -> str:
    """Say in which episodes somebody speaks, newest first, and on which shows they are a regular."""
    if names_all(episodes):
        return f"{name} speaks in {_few(episodes)}."
    shows = Counter(each.show for each in episodes).most_common()
    is_ = f"{name} is a regular on {listed(regular_of)} and" if regular_of else name
    if len(shows) == 1:
        return f"{is_} speaks in {len(episodes):,} {'of its episodes' if regular_of else f'episodes of {shows[0][0]}'}."
    each = listed([f"{count:,} of {show}" for show, count in shows])
    return f"{is_} speaks in {len(episodes):,} episodes: {each}."


def in_role(asked: Standing, *, hosts: bool) -> str:
    """Say whether somebody is the host or guest that the question asks about, or which of the two."""
    role = "host" if hosts else "guest"
    if asked is Standing.HOST_OR_GUEST:
        return f"A {role}."
    return YES if hosts == (asked is Standing.IS_HOST) else f"No, a {role}."


def names_all(episodes: Sequence[Episode]) -> bool:
    """Tell whether somebody's episodes are few enough to name all."""
    return len(episodes) <= _NAMED + 1


def between(first: Episode, last: Episode) -> str:
    """Name somebody's first and latest episode, or only the latest if the shows differ."""
    if first.show != last.show or first == last:
        return f"The latest is {dated(last)}."
    return f"The first is {dated(first)} and the latest is {dated(last)}."


def in_words(said: Evidence, name: str = "") -> str:
    """Quote how somebody is introduced, and by whom; a long sentence is cut around `name`."""
    then = ", at the time" if AT_THE_TIME.search(said.text) else ""
    words = excerpt(said.text, _INTRODUCED, at=max(said.text.find(name), 0))
    return f"{said.speaker or 'Somebody'} in {label(said.episode)}{then}: “{words}”"


def unsaid(want: Want) -> str:
    """Say that what the question asks about somebody wasn't found."""
    match want:
        case Ask.HOME_OF:
            what = "where they live or come from"
        case Ask.WORK_OF:
            what = "where they work"
        case Ask.WORKED_BEFORE:
            what = "what they did before"
        case _:
            what = "who that is"
    return f"I couldn't find {what}."


def unsaid_at(name: str, place: str) -> str:
    """Say that what somebody does at a place wasn't found."""
    return f"I couldn't find what {name} does or did at {place}."


def on_place(name: str, place: str) -> str:
    """Introduce what somebody says about a place where they may have been."""
    return f"What {name} says about {place}:"


def beside_namesakes(told: Fact, somebody: Somebody) -> Fact:
    """Add who else has the name that was typed."""
    others = [
        f"{each.name} ({_counted(len(each.episodes))})" for each in somebody.candidates if each.name != somebody.name
    ]
    there_is = "There is" if len(others) == 1 else "There are"
    return replace(told, text=f"{told.text} {there_is} also {listed(others)}.") if others else told


def _few(episodes: Sequence[Episode]) -> str:
    """Name a few episodes, or some of many with their number."""
    if len(episodes) > _NAMED + 1:
        return f"{len(episodes):,} episodes, including {listed(named(episodes[:_NAMED]))}"
    return listed(named(episodes))


def _of_all(names: Sequence[str], total: int) -> str:
    """List some of `total` names, and how many more there are."""
    more = total - len(names)
    return listed([*names, f"{more:,} more"] if more else names)


def _counted(episodes: int) -> str:
    return "one episode" if episodes == 1 else f"{episodes:,} episodes"
