"""The sentences about counts: numbers and lists; their bars are in `charts.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.answering.charts import Period
from bot.answering.facts import spoken
from bot.answering.sentences import UNDATED, by, in_order, of_part, on_its_day
from bot.port.messages import Bar, Episode, Evidence, Scope
from bot.port.wording import counted, label, listed, often
from bot.understanding.wants import Count, Group, Measure, Order

PARTS: Final = (("",), ("1st half", "2nd half"), ("1st third", "2nd third", "3rd third"))
"""Names of the parts of a show without dates, by the number of parts; a single one has nothing to compare with."""

_MORE: Final = 1.25
"""Minimum ratio of two rates for one to be called more than the other."""
_FORMS: Final = 4
"""Maximum number of other forms of a word that are named."""
_BY_WORDS: Final = "The library doesn't say how long episodes run. Going by the words in their transcripts, "
NO_TIMES: Final = "The transcripts have no times."
_HOURS: Final = 10
"""From this many hours, a chart leaves out the minutes."""
_TIED: Final = "It's a tie: "
_KINDS: Final = {
    Group.PERSON: "people",
    Group.GUEST: "guests",
    Group.SHOW: "shows",
    Group.EPISODE: "episodes",
    Group.YEAR: "years",
}
_BY_YEAR: Final = {
    Measure.MENTIONS: "Mentions",
    Measure.EPISODES: "Episodes",
    Measure.PEOPLE: "Speakers",
    Measure.GUESTS: "Guests",
    Measure.WORDS: "Words",
    Measure.TIME: "Speaking time",
    Measure.LENGTH: "Length",
}
_PLURAL: Final = "s"


@dataclass(frozen=True, slots=True)
class Basis:
    """What was counted, and where.

    Attributes:
        words: the words that are counted; empty for all words.
        scope: where, and whose words.
        searched: number of episodes with words to count.
        of: number of all episodes there, with a transcript or without.
        part: name of the part of the library, such as a show; empty for all of it.
        only: the one episode that the question is about.
        without: forms of the word that aren't counted because it is a name: "going" is no mention of "Go".
        in_any_form: the total with these.
    """

    words: str
    scope: Scope
    searched: int
    of: int
    part: str
    only: Episode | None
    without: tuple[str, ...] = ()
    in_any_form: int = 0

    @property
    def speaker(self) -> str | None:
        """Whose words are counted; None for everybody's."""
        return self.scope.speaker

    @property
    def label(self) -> str:
        """Label of a number that counts all words."""
        return self.speaker or self.part or "library"

    @property
    def said(self) -> str:
        """Quote the words."""
        return f"“{self.words}”"

    @property
    def comes_up(self) -> str:
        """Say who says the words, or that they come up."""
        return f"{self.speaker} says {self.said}" if self.speaker else f"{self.said} comes up"

    @property
    def there(self) -> str:
        """Name what was searched: "829 episodes of Go Time with transcripts"."""
        return label(self.only) if self.only else f"{counted(self.searched, 'episode')}{self.which}"

    @property
    def which(self) -> str:
        """Say which episodes were searched: " of Go Time with transcripts"."""
        if self.speaker:
            return f"{of_part(self.part)} in which {self.speaker} speaks"
        return f"{of_part(self.part)} with {'a transcript' if self.searched == 1 else 'transcripts'}"

    def some(self, episodes: int) -> str:
        """Name a number of the searched episodes: "12 of 829 episodes of Go Time with transcripts"."""
        return f"{episodes:,} of {self.there}" if self.searched > 1 else self.there


@dataclass(frozen=True, slots=True)
class Ranked:
    """A show, a person or an episode with its count, and the number of episodes that have it."""

    label: str
    count: int
    episodes: int
    episode: Episode | None = None


def _counted_in(basis: Basis) -> str:
    without = f", without {_forms(basis.without)}" if basis.without else ""
    return f"Counted in {'the ' if basis.searched > 1 and not basis.only else ''}{basis.there}{without}."


def in_all(measure: Measure, mentions: int, episodes: int, people: int, basis: Basis) -> str:
    """Say how often something is said, in how many episodes or by how many people."""
    times, of = often(mentions), basis.some(episodes)
    match measure:
        case _ if basis.only:
            said_by = f", said by {_people(people)}" if measure is Measure.PEOPLE else ""
            return f"{basis.comes_up} {times} in {basis.there}{said_by}."
        case Measure.EPISODES if not basis.speaker:
            return f"{of} {'mentions' if episodes == 1 else 'mention'} {basis.said}, {times} in all."
        case Measure.PEOPLE if not basis.speaker:
            return f"{_people(people)} {'says' if people == 1 else 'say'} {basis.said}, {times} in {of}."
        case _:
            return f"{basis.comes_up} {times}, in {of}."


def _people(count: int) -> str:
    return "One named person" if count == 1 else f"{count:,} named people"


def talked_about(words: Sequence[tuple[str, int]], basis: Basis) -> str:
    """Name the words that come up far more often than in English, each with its count."""
    each = listed([f"“{word}” ({count:,} times)" for word, count in words])
    where = f"in {basis.part}" if basis.part else "here"
    return f"Words that come up far more often {where} than in everyday English: {each}. Ask about any of them."


def favourites(words: Sequence[tuple[str, int]], basis: Basis) -> str:
    """Name the words that somebody says far more often than others, each with its count."""
    each = listed([f"“{word}” ({count:,} times)" for word, count in words])
    where = f" in {basis.part}" if basis.part else ""
    return f"Words that {basis.speaker} says{where} far more often than others do: {each}. Ask about any of them."


def most_often(top: Sequence[Ranked]) -> str:
    """Name the episodes in which something comes up most."""
    return f"Most often in {_each(Measure.MENTIONS, top)}."


def _each(measure: Measure, ranked: Sequence[Ranked]) -> str:
    def amount(count: int) -> str:
        return spoken(timedelta(minutes=count)) if measure is Measure.TIME else f"{count:,}"

    return listed([f"{each.label} ({amount(each.count)})" for each in ranked])


def alike(basis: Basis, forms: Sequence[str]) -> str:
    """Name the other forms of a word that were counted with it, unless that is only its plural, or were left out."""
    if basis.without:
        return f" With {_forms(basis.without)}, that makes {basis.in_any_form:,}."
    asked = basis.words.casefold()
    others = [each for each in forms if each not in {asked, asked + _PLURAL}]
    return f" That includes {_forms(others)}." if others else ""


def _forms(forms: Sequence[str]) -> str:
    return listed([f"“{each}”" for each in forms[:_FORMS]])


def ranked(want: Count, shown: Sequence[Ranked], of: int, basis: Basis, unnamed: int) -> str:
    """Say who or what has the most, in a sentence, or as a list if the question asks for several."""
    rest = [_counted_in(basis)]
    if unnamed:
        more = "One more is" if unnamed == 1 else f"Another {unnamed:,} are"
        rest.insert(0, f"{more} by people the transcripts don't name.")
    if want.top is not None and want.top > 1 and len(shown) > 1:
        lines = (f"{n}. {each.label}: {_amount(want.measure, each.count)}" for n, each in enumerate(shown, 1))
        return "\n".join((f"{titled(want, len(shown), of, basis)}:", *lines, " ".join(rest)))
    others = f"Then {_each(want.measure, shown[1:])}." if shown[1:] else ""
    of_them = "Of the guests, " if want.by is Group.GUEST else ""
    return " ".join(filter(None, (f"{of_them}{_leading(want, shown[0], of, basis)}", others, *rest)))


def _amount(measure: Measure, count: int) -> str:
    match measure:
        case Measure.WORDS:
            return counted(count, "word")
        case Measure.TIME:
            return f"about {spoken(timedelta(minutes=count))}"
        case Measure.EPISODES:
            return counted(count, "episode")
        case Measure.PEOPLE:
            return _people(count)
        case Measure.GUESTS:
            return counted(count, "guest")
        case _:
            return often(count)


def bars(measure: Measure, shown: Iterable[Ranked]) -> Iterator[Bar]:
    """Make the bars of a ranking."""
    for each in shown:
        hours, minutes = divmod(each.count, 60)
        figure = f"{each.count:,}"
        if measure is Measure.TIME:
            figure = f"{hours:,} h" if hours >= _HOURS else f"{hours} h {minutes} min" if hours else f"{minutes} min"
        yield Bar(each.label, each.count, figure, _amount(measure, each.count))


def titled(want: Count, shown: int, of: int, basis: Basis) -> str:
    """Entitle a ranking, or numbers by year, which a chart shows in order of time."""
    if want.by is Group.YEAR:
        said = f"{' that mention' if want.measure is Measure.EPISODES else ' of'} {basis.said}" if basis.words else ""
        return f"{_BY_YEAR[want.measure]}{said}{by(basis.speaker)}{of_part(basis.part)} by year"
    most, fewest = ("least", "fewest") if want.order is Order.LEAST else ("most", "most")
    match want:
        case Count(Measure.EPISODES):
            rank = f"with the {fewest} episodes{f' that mention {basis.said}' if basis.words else ''}"
        case Count(Measure.WORDS, Group.PERSON | Group.GUEST):
            rank = f"who say the {most}{_around(basis)}"
        case Count(Measure.WORDS):
            rank = f"with the {fewest} words{_around(basis)}"
        case Count(Measure.TIME):
            rank = f"with the {most} speaking time{_around(basis)}"
        case Count(Measure.PEOPLE):
            rank = f"with the {fewest} speakers{_who_say(basis)}"
        case Count(Measure.GUESTS):
            rank = f"with the {fewest} guests"
        case Count(by=Group.PERSON | Group.GUEST):
            rank = f"who say {basis.said} {most} often"
        case _:
            rank = f"that mention {basis.said} {most} often"
    return f"The {shown} {_KINDS[want.by or Group.EPISODE]} {rank}{f', of {of:,}' if of > shown else ''}"


def _leading(want: Count, first: Ranked, of: int, basis: Basis) -> str:
    amount, inside = _amount(want.measure, first.count), f"in {counted(first.episodes, 'episode')}"
    most, fewest = ("least", "fewest") if want.order is Order.LEAST else ("most", "most")
    match want:
        case Count(Measure.MENTIONS, Group.PERSON | Group.GUEST):
            return f"{first.label} says {basis.said} {most} often: {amount}, {inside}."
        case Count(Measure.MENTIONS, Group.EPISODE):
            return f"{basis.said} comes up {most} often in {first.label}: {amount}."
        case Count(Measure.MENTIONS):
            return f"{basis.said} comes up {most} often in {first.label}: {amount}, {inside}."
        case Count(Measure.EPISODES, Group.PERSON | Group.GUEST):
            says = f"says {basis.said}" if basis.words else "speaks"
            return f"{first.label} {says} in the {fewest} episodes: {first.count:,}."
        case Count(Measure.EPISODES) if basis.words:
            kinds = counted(of, _KINDS[want.by or Group.EPISODE].removesuffix("s"))
            return f"{basis.said} comes up in {kinds}, {most} of all in {first.label}, in {amount}."
        case Count(Measure.EPISODES):
            return f"{first.label} has the {fewest} episodes with transcripts: {first.count:,}."
        case Count(Measure.PEOPLE):
            return f"{first.label} has the {fewest} speakers{_who_say(basis)}: {amount}."
        case Count(Measure.GUESTS):
            return f"{first.label} has the {fewest} guests: {first.count:,}."
        case Count(Measure.WORDS, Group.PERSON | Group.GUEST):
            return f"{first.label} says the {most}{_around(basis)}: {amount}, {inside}."
        case Count(Measure.TIME, Group.PERSON | Group.GUEST):
            return f"{first.label} has the {most} speaking time{_around(basis)}: {amount}, {inside}."
        case Count(Measure.TIME):
            return f"{first.label} has the {most} speaking time{_around(basis)}: {amount}."
        case _:
            return f"The {most} is said{_around(basis)} in {first.label}: {amount}."


def _around(basis: Basis) -> str:
    """Say that only the passages with the words are counted."""
    return f" in passages that mention {basis.said}" if basis.words else ""


def _who_say(basis: Basis) -> str:
    return f" who say {basis.said}" if basis.words else ""


def words(count: int, basis: Basis) -> str:
    """Say how many words are said, or are in the passages with the subject."""
    if basis.words:
        who = basis.speaker or "somebody"
        return f"The passages in which {who} says {basis.said} have {counted(count, 'word')} in all."
    if basis.speaker:
        where = label(basis.only) if basis.only else f"{counted(basis.searched, 'episode')}{of_part(basis.part)}"
        return f"{basis.speaker} says {counted(count, 'word')} in {where}."
    return f"There {'is' if count == 1 else 'are'} {counted(count, 'word')} in {basis.there}."


def people(count: int, basis: Basis) -> str:
    """Say how many people speak."""
    return f"{_people(count)} {'speaks' if count == 1 else 'speak'} in {basis.there}."


def speaks_in(count: int, basis: Basis) -> str:
    """Say in how many episodes somebody speaks."""
    return (
        f"{basis.speaker or 'Somebody'} speaks in {counted(count, 'episode')}{of_part(basis.part)}, by the transcripts."
    )


def minutes(count: int, episodes: int, said: int, basis: Basis) -> str:
    """Say for how many minutes somebody speaks, or passages with the subject run, and how many words that is."""
    known = f"in {counted(episodes, 'episode')} whose times are known"
    who = f"{basis.speaker} speaks" if basis.speaker else "People speak"
    if basis.words:
        who = f"Talk that mentions {basis.said}{by(basis.speaker)} runs"
    return f"{who} for {_amount(Measure.TIME, count)} {known}. {words(said, basis)}"


def no_times(said: int, basis: Basis) -> str:
    """Say how much is said, if no transcript has times."""
    return f"{NO_TIMES} {words(said, basis)}"


@dataclass(frozen=True, slots=True)
class Lengths:
    """The episodes whose lengths are compared.

    Attributes:
        known: number of episodes whose length is known.
        of: number of all episodes.
        unit: "minutes", or "words" if no times are known.
        part: what people call them; empty for the whole library.
        worked_out: whether some lengths are derived from a transcript.
        estimated: number of lengths derived from the words alone, for want of times.
    """

    known: int
    of: int
    unit: str
    part: str
    worked_out: bool
    estimated: int

    @property
    def caveats(self) -> str:
        """Say how many lengths are estimated from words, and how many are unknown; empty if none are."""
        of_one = "The length of one is estimated from its number of words."
        of_some = f"The lengths of {self.estimated:,} are estimated from their number of words."
        by_words = of_one if self.estimated == 1 else of_some if self.estimated else ""
        unknown = self.of - self.known
        others = "one other runs" if unknown == 1 else f"{unknown:,} others run"
        return " ".join(filter(None, (by_words, f"I don't know how long {others}." if unknown else "")))

    def sentence(self, text: str) -> str:
        """Start a sentence, saying first if it goes by words instead of times."""
        return _sentence(f"{_BY_WORDS if self.unit == 'words' else ''}{text}")

    def long(self, length: int) -> str:
        """Write a length: "about 60 minutes"."""
        return f"{'about ' if self.worked_out else ''}{counted(length, self.unit.removesuffix('s'))}"


def on_subject(subject: str, part: str) -> str:
    """Name the episodes that talk about something: "those of Go Time about “rust”"."""
    return f"those{of_part(part)} about “{subject}”"


def with_somebody(name: str, part: str) -> str:
    """Name the episodes that somebody is in: "those of Go Time with Ann"."""
    return f"those{of_part(part)} with {name}"


def lengths(want: Count, shown: Sequence[Ranked], among: Lengths) -> str:
    """Name the longest or shortest episodes."""
    word = "shortest" if want.order is Order.LEAST else "longest"
    if want.top is not None and want.top > 1 and len(shown) > 1:
        noun = among.unit.removesuffix("s")
        lines = (f"{n}. {each.label}: {counted(each.count, noun)}" for n, each in enumerate(shown, 1))
        title = among.sentence(f"the {len(shown)} {word} episodes{of_part(among.part)}:")
        return "\n".join(filter(None, (title, *lines, among.caveats)))
    first = f"the {word} episode{of_part(among.part)} is {shown[0].label}, at {among.long(shown[0].count)}."
    others = f"Then {_each(Measure.LENGTH, shown[1:])}." if shown[1:] else ""
    return " ".join(filter(None, (among.sentence(first), others, among.caveats)))


def average(length: int, among: Lengths) -> str:
    """Say how long episodes are on average, in their unit."""
    these = f"the {counted(among.known, 'episode')}{of_part(among.part)}"
    text = f"on average, {these} {'run for' if among.unit == 'minutes' else 'have'} {among.long(length)}."
    return f"{among.sentence(text)} {among.caveats}".rstrip()


def more_often(counts: Sequence[tuple[str, int]], basis: Basis, *, of_people: bool) -> str:
    """Compare subjects or people by how often each is said or speaks, most first."""
    (first, most), (second, fewer), *others = counts
    if of_people and not basis.words:
        text = f"{first} says {counted(most, 'word')}, {second} {counted(fewer, 'word')}."
    elif of_people:
        text = f"{first} says {basis.said} {often(most)}, {second} {_or_never(fewer)}."
    else:
        further = "".join(f", “{label}” {_or_never(count)}" for label, count in others)
        text = f"“{first}” comes up {often(most)}, “{second}” {_or_never(fewer)}{further}."
    lead = _TIED if most == fewer else ""
    return f"{lead}{text} {_counted_in(basis)}"


def in_more_episodes(counts: Sequence[tuple[str, int]], basis: Basis) -> str:
    """Compare subjects by their number of episodes, most first."""
    (first, most), *others = counts
    further = "".join(f", “{label}” in {count:,}" for label, count in others)
    lead = _TIED if most == others[0][1] else ""
    return f"{lead}“{first}” comes up in {counted(most, 'episode')}{further}. {_counted_in(basis)}"


def _or_never(count: int) -> str:
    return often(count) if count else "never"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def no_lengths(part: str) -> str:
    """Say that the lengths of episodes are unknown."""
    return f"The library doesn't say how long the episodes{of_part(part)} are."


def mentioned(shown: Sequence[Evidence], total: int, episodes: int, basis: Basis, *, last: bool) -> str:
    """Introduce the first or the last mention, or that of each show."""
    which = "last" if last else "first"
    in_all = f" It comes up {often(total)}, in {basis.some(episodes)}." if total > 1 else ""
    if len(shown) == 1:
        only = "only" if total == 1 else which
        who = shown[0].speaker or "an unnamed speaker"
        return f"The {only} mention of {basis.said} is by {who}, in {on_its_day(shown[0].episode)}.{in_all}"
    order = in_order(each.episode for each in shown)
    return f"{UNDATED} The {which} mention of {basis.said}{by(basis.speaker)} in each show, {order}.{in_all}"


def year_of_most(most: Period, of: int, basis: Basis) -> str:
    """Name the year in which something is said most often, of those with episodes."""
    when = f"Most often in {most.label}" if of > 1 else f"All in {most.label}"
    times = f"{often(most.count)}{' that year' if of > 1 else ''}"
    return f"{when}: {basis.comes_up} {times}. {_counted_in(basis)}"


def over_time(periods: Sequence[Period], basis: Basis, *, dated: bool) -> str:
    """Say whether something is said more than before; `dated` is whether the periods are years or months."""
    first, last = periods[0], periods[-1]
    before = Period("", sum(each.count for each in periods[:-1]), sum(each.episodes for each in periods[:-1]))
    if len(periods) == 1:
        where = f"{basis.there}, all from {last.label}" if dated else basis.there
        return f"{basis.said} comes up {often(last.count)}, in {where}; there's nothing earlier to compare."
    if last.rate >= before.rate * _MORE:
        verdict = "more than before"
    elif before.rate >= last.rate * _MORE:
        verdict = "less than before"
    else:
        verdict = "about as much as before"
    lately = f"in {last.label}" if dated else f"in the last {last.label.split()[-1]} of each show's episodes"
    earlier = f"from {first.label} to {periods[-2].label}" if dated and len(periods) > 2 else "before that"
    said = f"{basis.said} is said{by(basis.speaker)} {_average(last)} per episode"
    rates = _sentence(f"{lately}, {said}; {earlier}, {_average(before)}.")
    if not dated:
        how = "The library doesn't say when episodes came out, so going by their numbers"
        return f"{how}: {verdict}. {rates} {_counted_in(basis)}"
    top = max(periods, key=lambda each: each.rate)
    most = f" It peaks in {top.label}, at {_average(top)}." if top is not last and len(periods) > 2 else ""
    return f"{_sentence(verdict)}. {rates}{most} {_counted_in(basis)}"


def _average(period: Period) -> str:
    exact = period.times.removesuffix(".00").removesuffix(".0")
    return "once" if exact == "1" else f"{exact} times"


def rates(basis: Basis) -> str:
    """Entitle a chart of average counts."""
    return f"{basis.said}{by(basis.speaker)}: times per episode"


def unsaid(basis: Basis) -> str:
    """Say that nobody says it, and where we searched."""
    every = f"the one episode{basis.which}" if basis.searched == 1 else f"any of the {basis.there}"
    who = f"{basis.speaker} doesn't say" if basis.speaker else "Nobody says"
    return f"{who} {basis.said} in {label(basis.only) if basis.only else every}."


def elsewhere(mentions: int, episodes: int, anywhere: Basis) -> str:
    """Add how often it is said by others or in other episodes."""
    return f"Elsewhere, {in_all(Measure.MENTIONS, mentions, episodes, 0, anywhere)}"


def even_so(found: str) -> str:
    """Add what a search for the separate words finds."""
    return f"Counting its words separately, and the notes: {found}"


def does_not_speak(name: str) -> str:
    """Say that somebody speaks in no transcript."""
    return f"{name} doesn't speak in any of the transcripts."


def no_transcripts(basis: Basis) -> str:
    """Say that there are no words to count."""
    there = f"are no transcripts{of_part(basis.part) or ' in the library'}"
    return f"There {f'is no transcript of {label(basis.only)}' if basis.only else there}, so I can't count that."


def nobody_named(basis: Basis) -> str:
    """Say that the transcripts name no speakers."""
    return f"The transcripts don't name who speaks. {_counted_in(basis)}"
