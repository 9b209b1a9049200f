"""The sentences the bot says, in one place, so that they can be read aloud and judged together.

Plain words without markup. Facts about episodes are worded in `facts.py`, what was checked in `verdicts.py`;
layout words belong to the adapters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.port import wording
from bot.port.excerpts import excerpt, spoken
from bot.port.messages import Episode, Evidence, Topic
from bot.port.wording import (
    clock,
    counted,
    dated,
    full_label,
    label,
    listed,
    long_date,
    named,
    short_number,
)
from bot.understanding.request import Where
from bot.understanding.shows import part_name
from bot.understanding.wants import Courtesy
from knowledge.model import Passage
from knowledge.search.transcript import Side

GLIMPSE = 60
"""Characters of a passage that stand for it."""

NO_QUOTES = "I found no line there that works as a quote on its own. Name a subject and I'll show what was said on it."
NOTHING_TO_QUOTE = "There are no transcripts to quote from. Name a subject and I'll say which episodes are about it."
NO_TOPICS = wording.NO_TOPICS
NO_TOPICS_NOTED = "No topics are listed here."
NO_SUCH_QUOTE = "I couldn't find a quote like that."
GONE = "That isn't in the library any more. Ask again and I'll look at what is there now."
NO_EPISODES = "The library is empty, so there's nothing to ask about yet."
UNSURE = "I'm not sure what you mean. One of these?"
MAYBE = "I'm not sure, but this may be it."
IN_OTHER_WORDS = "Nobody says it in those words. What comes nearest by its meaning:"
NO_VIEW = "I'm a program and have no view of my own."
TO_COME = "I can't tell the future."
UNKNOWN_HE = "I can't tell who you mean."
MAYBE_THAT = "I'm not sure that this is it. If it is:"
NO_NUMBER = "I find nobody giving a number for that. What comes nearest:"
NOT_SAID_SO = "I don't find that said."
NOBODY_SAYS_SO = f"{NOT_SAID_SO} What comes nearest:"
NOTHING_MORE = "That's all I have on it."
WHICH_WORDS = "Which words do you mean? Put them in the question and I'll look for them."
WORDS_HIDDEN = (
    "I can't see the words that you replied to. Put them in the question, or open the menu of that message "
    "and choose “Did they say this?” or “Ask Overheard”."
)
WHICH_EPISODE = "Which episode do you mean? Give me the show and the number."
WHICH_SHOW = "Which show?"
WHICH_ONE = "Which one do you mean? Name it and I'll look it up."
NOTHING_TO_REPEAT = "I haven't said anything here yet. Ask me about the episodes."
NOT_IN_THOSE_WORDS = "Nobody here said it in those words."
COMES_NEAREST = "This comes nearest."
ELSEWHERE = "Elsewhere:"
ELSEWHERE_THIS = "Elsewhere there is this:"
SORRY_WRONG = "Sorry. Here is what else I have."
SORRY_OTHER = "Sorry. Did you mean one of these?"
SORRY_AGAIN = "Sorry about that. Ask it in other words, and I'll look again."
UNDATED = "The library doesn't say when episodes came out."
UNPLACED = "The library doesn't say when episodes came out, and they have no numbers."
NO_SIDES = "I can't tell who agrees and who doesn't. "
CHORE = "I can't do that: all I do is look up what was said in the episodes."
PERSONAL = "I can't tell: I only look up what people said in the episodes. Ask me what they said on a subject."
WHICH_SUBJECT = "I'm not sure what you mean by that. Name the subject and I'll look it up."

_SHORT_SUBJECT = 3
"""Words of a subject that is said again; a longer one is most of a question."""

_UNHEARD = 3
"""Words that never come up that an answer names."""
_WORD = 40
"""Characters of such a word at most."""
_TOPICS_LISTED = 40
"""More than one episode has; of a whole library nobody reads the list to its end."""

COURTESIES = {
    Courtesy.GREETING: "Hello! Ask me what was said in the episodes.",
    Courtesy.THANKS: "You're welcome. Ask away whenever you like.",
    Courtesy.GOODBYE: "Bye! I'm here whenever you want to look something up.",
    Courtesy.COMPLIMENT: "Thank you! Ask away whenever you like.",
    Courtesy.CRITICISM: SORRY_AGAIN,
    Courtesy.TASTE: "I'm a program and have no views of my own: I look up what was said, and who said it.",
    Courtesy.PRAISE: "I'm here. Ask me what was said in the episodes.",
    Courtesy.PROGRAM: (
        "I'm a program, not a person, and there is no language model behind me: what I show was really said. "
        "I look up who said what in the episodes, and where to hear it."
    ),
    Courtesy.NOTHING: "Ask me anything about the episodes.",
    Courtesy.HELP: (
        "I look up what was said in podcast episodes: the words, who said them (if the speaker is named) "
        "and where to hear them. If the episodes don't say, I tell you so. Typos are fine."
    ),
}
"""Replies to a greeting, to thanks or to a question about the bot."""


def of_part(part: str) -> str:
    """Name a part of the library after what is there: " of Hive Talk"; empty for all of it."""
    return f" of {part}" if part else ""


def by(speaker: str | None) -> str:
    """Name who says something, behind what that is: " by Ann"; empty for anybody."""
    return f" by {speaker}" if speaker else ""


def on_its_day(episode: Episode, name: Callable[[Episode], str] = label) -> str:
    """Name an episode and the day on which it came out, where that is known."""
    return f"{name(episode)}, {long_date(episode.published)}" if episode.published else name(episode)


def examples(topics: Sequence[Topic], newest: Episode | None) -> tuple[str, ...]:
    """Give questions that this library can answer."""
    if newest is None:
        return ()
    if not topics:
        there = "Which episodes are there?"
        return (there, f"{label(newest)}?", f"Who speaks in {label(newest)}?") if newest.number else (there,)
    subjects = [f"{topic.title}?" for topic in topics[:2]]
    return (*subjects, "Who is the guest?", "What is it about?", "Give me a random quote")


def to_begin_with(subject: str | None, person: str | None) -> tuple[str, ...]:
    """Give questions on a subject and on somebody, as far as there is one; none without either."""
    on_it = (f"Which episodes talk about {subject}?", f"How often does {subject} come up?") if subject else ()
    return (*on_it, f"Has {person} been on?") if person else on_it


def others_on(subject: str, *, who_agrees: bool) -> str:
    """Introduce what others say on a subject, also where it was asked who is for or against it."""
    it = f"“{subject}”" if len(subject.split()) <= _SHORT_SUBJECT else "that"
    return f"{NO_SIDES if who_agrees else ''}Others on {it}:"


def no_other_views(subject: str) -> str:
    """Say that nobody else speaks of a subject."""
    return f"I found nobody else who says anything on “{subject}”."


def not_there(name: str, part: str) -> str:
    """Say that somebody whose words in an episode were asked for isn't in it."""
    return f"{name} isn't in {part}."


def shown_in(episodes: Iterable[Episode]) -> str:
    """Say which episodes the words are from that were shown together."""
    return f"What I showed is from {listed([dated(each) for each in episodes])}."


def no_schedule(newest: Sequence[Episode]) -> str:
    """Say that nobody knows when the next episode comes out, and which are there."""
    last = "The newest here is" if len(newest) == 1 else "The newest here are"
    there = f" {last} {listed([dated(each) for each in newest])}." if newest else ""
    return f"I don't know when the next episode comes out.{there}"


def by_year(part: str, years: Sequence[tuple[int, int]], total: int) -> str:
    """Say how many episodes came out in each year; only how many there are where no day is known."""
    if not years:
        return f"{UNDATED} There {'is' if total == 1 else 'are'} {counted(total, 'episode')}{of_part(part)}."
    return "\n".join((f"Episodes{of_part(part)} by year:", *(f"{year}: {count:,}" for year, count in years)))


def drawn(evidence: Evidence) -> str:
    """Introduce a quote."""
    return f"Here's one from {label(evidence.episode)}."


def several_drawn(count: int, wanted: int, speaker: str | None) -> str:
    """Introduce several quotes, or as many as there are; of somebody, where only theirs are wanted."""
    if count < wanted:
        return f"I found {'only one' if count == 1 else f'{count} of them'}{by(speaker)}."
    return f"Here are {count}{by(speaker)}."


def no_sentence_on_that(speaker: str | None) -> str:
    """Say that nothing said on a subject stands by itself, and introduce a longer passage."""
    return f"I found no single sentence{by(speaker)} on that which works as a quote. The nearest is a longer passage."


def no_quote_by(speaker: str) -> str:
    """Say that nobody of that name is quoted."""
    return f"I couldn't find a quote by {speaker}."


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through.

    Attributes:
        only: the one episode, None for all of them.
        noted: whether there are topics or quotes; `spoken` likewise for transcripts.
    """

    only: Episode | None
    episodes: int
    noted: bool
    spoken: bool

    def __str__(self) -> str:
        """Name it: "the transcripts of 2,063 episodes"."""
        transcripts = "transcript" if self.only else "transcripts"
        kinds = listed([kind for kind, there in (("notes", self.noted), (transcripts, self.spoken)) if there])
        of = f" of {label(self.only)}" if self.only else f" of {self.episodes:,} episodes" if self.episodes > 1 else ""
        return f"the {kinds or 'notes'}{of}"


def nothing_in(searched: Searched, unheard: Sequence[str] = ()) -> str:
    """Say that nothing was found, and where; name the words that are never said there."""
    if not unheard:
        return f"I looked through {searched} and found nothing on that."
    words = listed([f"“{excerpt(word, _WORD)}”" for word in unheard[:_UNHEARD]])
    return f"I looked through {searched}: {words} never come{'s' if len(unheard) == 1 else ''} up."


def around(words: str, at: int, speaker: str | None) -> str:
    """Show the words of a passage around a place, and who says them where that is known."""
    shown = excerpt(words, GLIMPSE, at=at)
    return f"{speaker}: “{shown}”" if speaker else f"“{shown}”"


def spoken_in(episodes: Iterable[Episode]) -> str:
    """Introduce words found in transcripts."""
    return f"From {_one_or_several(episodes)}:"


def said_by_in(speaker: str, episodes: Iterable[Episode]) -> str:
    """Introduce what one person said."""
    return f"{speaker} in {_one_or_several(episodes)}:"


def _one_or_several(episodes: Iterable[Episode]) -> str:
    labels = list(dict.fromkeys(map(label, episodes)))
    return labels[0] if len(labels) == 1 else "several episodes"


def by_others(name: str) -> str:
    """Introduce what others said where one person's words were asked for."""
    return f"I found nothing on that from {name}, but others talk about it:"


def maybe_by_others(name: str) -> str:
    """Introduce what others said that may be meant, where one person's words were asked for."""
    return f"I found nothing on that from {name}. From others, this may be it:"


def nobody_names(name: str) -> str:
    """Introduce what comes nearest to a name that nobody says with its number."""
    return f"Nobody here says “{name}”. What comes nearest:"


def nothing_there(part: str) -> str:
    """Say that a part of the library has nothing on something."""
    return f"I found nothing on that in {part}."


def nothing_more_but(topic: Topic) -> str:
    """Say that a subject is used up, and go on to the one beside it."""
    return f"{NOTHING_MORE} Related: “{topic.title}”. {topic.summary}"


def without_a_quote(topic: Topic) -> str:
    """Say that a topic has no quote, and what there is instead."""
    return f"The notes have no quote on that, but they do say: {topic.summary}"


def topics_of(episode: Episode | None, topics: Sequence[Topic], part: str = "") -> str:
    """List the topics of an episode, a part of the library or all of it, one a line; of very many the first."""
    where = f"The notes for {label(episode)} cover" if episode else f"The notes{of_part(part)} cover"
    if len(topics) == 1:
        return f"{where} one topic: {topics[0].title}."
    more = len(topics) - _TOPICS_LISTED
    rest = (f"and {more} more. Name a subject to look it up.",) if more > 0 else ()
    return "\n".join((f"{where} {len(topics)} topics:", *(topic.title for topic in topics[:_TOPICS_LISTED]), *rest))


def part_of_library(where: Where) -> str:
    """Name the part of the library that is listed: " in season 2 of Hive Talk"; empty for all of it."""
    of_a_show = where.season is None and where.show is not None
    part = part_name(where.show, where.season, where.year)
    return f" {'of' if of_a_show else 'in'} {part}" if part else ""


def episodes_are(episodes: Sequence[Episode], total: int, of: str) -> str:
    """List episodes, of a part of the library or of all, newest first; or only say how many there are."""
    if not episodes:
        return f"There {'is one episode' if total == 1 else f'are {total:,} episodes'}{of}."
    if total == 1:
        return f"There is one episode{of}: {full_label(episodes[0])}."
    newest = "" if total == len(episodes) else ". The newest"
    return f"There are {total:,} episodes{of}{newest}: {listed(named(episodes))}."


def shows_are(shows: Sequence[tuple[str, int]], total: int) -> str:
    """List shows with how many episodes each has."""
    named = listed([f"{show} ({count})" for show, count in shows])
    return f"There are {total:,} episodes in {len(shows)} shows: {named}."


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose episodes are listed.

    Attributes:
        speaker: who says there what was asked for; empty for anybody.
        present: who is in all of them.
    """

    speaker: str = ""
    present: tuple[str, ...] = ()

    @property
    def episodes(self) -> str:
        """Say whose they are: " with Ann Lee"."""
        return f" with {listed(names)}" if (names := self.present or tuple(filter(None, (self.speaker,)))) else ""


ANYBODY = Whose()


def episodes_on(subject: str, episodes: Sequence[Episode], total: int, whose: Whose, *, said: bool) -> str:
    """List the episodes that mention something, best first; without `said`, its words may stand apart."""
    shown, those = listed(named(episodes)), _that_mention(subject, total, whose, said=said)
    if total == len(episodes):
        return f"{those}: {shown}."
    others = f"Ask for “all episodes{whose.episodes} about {subject}” to see the others."
    return f"{those}. The ones with the most on it: {shown}. {others}"


def all_episodes_on(subject: str, episodes: Sequence[Episode], total: int, whose: Whose, *, said: bool) -> str:
    """List the episodes that mention something, a line each show, by number; some of very many."""
    shows: dict[str, list[Episode]] = {}
    for episode in episodes:
        shows.setdefault(episode.show, []).append(episode)
    some = "" if total == len(episodes) else f" The {len(episodes):,} with the most on it"
    lines = (
        f"{label(theirs[0])}{''.join(f', {short_number(each) or each.title}' for each in theirs[1:])}"
        for theirs in shows.values()
    )
    return "\n".join((f"{_that_mention(subject, total, whose, said=said)}{f'.{some}' if some else ''}:", *lines))


def none_with(whose: Whose, subject: str) -> str:
    """Say that no episode with some people mentions something."""
    return f"I found no episode{whose.episodes} that mentions “{subject}”."


def _that_mention(subject: str, total: int, whose: Whose, *, said: bool) -> str:
    """Say how many episodes mention something, or only fit it."""
    if whose.speaker:
        return f"{whose.speaker} talks about “{subject}” in {'one episode' if total == 1 else f'{total:,} episodes'}"
    verb = "mention" if said else "fit"
    one = f"One episode{whose.episodes} {verb}s “{subject}”"
    return one if total == 1 else f"{total:,} episodes{whose.episodes} {verb} “{subject}”"


def most_on(episode: Episode, fact: str) -> str:
    """Tell a fact of the episode that has most on a subject."""
    return f"{label(episode)} has the most on that. {fact}"


def described(episodes: Sequence[Episode], about: str) -> str:
    """Name the episodes whose title or summary is on something of which there are no words to show."""
    here = "I have no words to quote on that, but"
    if len(episodes) > 1:
        return f"{here} {len(episodes)} episodes are about it: {listed(named(episodes))}."
    return f"{here} one episode is about it: {on_its_day(episodes[0], full_label)}. {about}".rstrip()


def episodes_of(number: str, episodes: Sequence[Episode]) -> str:
    """Name the episodes, of several shows or seasons, that have a number."""
    return f"There are {len(episodes)} episodes numbered {number}: {listed(named(episodes))}."


def undated(episodes: Sequence[Episode], *, first: bool) -> str:
    """Name the last episode of each show, or the first, where no day tells which of them is the latest."""
    shown, which = listed(named(episodes)), "first" if first else "last"
    return f"{UNDATED} The {which} episode of each show, by number: {shown}."


def in_order(episodes: Iterable[Episode]) -> str:
    """Say by what the episodes of each show are in order where no day tells."""
    return "by number" if all(each.number for each in episodes) else "in the library's order"


def latest_on(subject: str, episodes: Sequence[Episode], whose: Whose = ANYBODY, *, first: bool, much: bool) -> str:
    """Name the latest episode that mentions something or has much on it, or the first; of each show if no day tells."""
    which = "first" if first else "most recent"
    that = f"with much on “{subject}”" if much else f"that mentions “{subject}”"
    that = f"in which {whose.speaker} talks about “{subject}”" if whose.speaker else f"{that}{whose.episodes}"
    if len(episodes) == 1:
        return f"The {which} episode {that} is {on_its_day(episodes[0], full_label)}."
    shown = listed(named(episodes))
    return f"{UNDATED} The {which} episode of each show {that}: {shown}."


def speak_of_it(evidence: Sequence[Evidence], speak: str = "talk", of_it: str = "about it") -> str:
    """Say who speaks of something, of those whose words are shown; or who does what else a verb says."""
    names = list(dict.fromkeys(each.speaker for each in evidence if each.speaker))
    return f"{listed(names)} {speak}{'s' if len(names) == 1 else ''} {of_it}:"


def no_such_part(part: str) -> str:
    """Say that no episode of a season is in the library."""
    return f"The library has no episode of {part}."


def no_such_number(number: str) -> str:
    """Say that an episode is not in the library."""
    return f"Episode {number} isn't in the library."


def none_beside(episode: Episode, step: int) -> str:
    """Say that an episode is the last of its show (1), or the first (-1)."""
    return f"There is none: {full_label(episode)} is the {'latest' if step > 0 else 'first'} episode of {episode.show}."


def said_at(episode: Episode, time: timedelta) -> str:
    """Introduce what is said at a time of an episode."""
    return f"At {clock(time)} in {label(episode)}:"


def cannot_tell_at(episode: Episode, time: timedelta, end: timedelta | None, *, spoken: bool) -> str:
    """Say why it isn't known what is said at a time of an episode."""
    if not spoken:
        return f"There is no transcript of {label(episode)}, so I can't tell what is said at {clock(time)}."
    if end is None:
        return f"The transcript of {label(episode)} has no times, so I can't tell what is said at {clock(time)}."
    return f"{label(episode)} is over by {clock(time)}: its transcript ends at about {clock(end)}."


_SIDES = {Side.BEFORE: "Right before that", Side.AFTER: "Right after that", Side.AROUND: "What was said around that"}


def said_beside(episode: Episode, side: Side) -> str:
    """Introduce what was said before, after or around some words."""
    return f"{_SIDES[side]}, in {label(episode)}:"


def nothing_beside(episode: Episode, side: Side, *, spoken: bool) -> str:
    """Say why there is nothing to show beside some words."""
    if not spoken:
        return f"There is no transcript of {label(episode)}, only notes, so I can't tell what was said around that."
    end = {Side.BEFORE: "That is where the transcript begins.", Side.AFTER: "That is where the transcript ends."}
    return end.get(side, f"I couldn't find these words in the transcript of {label(episode)}.")


_BY_A_PROGRAM = "picked from its transcript by a program"


def told_by_itself(episode: Episode, announced_: Passage, turns: Sequence[Passage], *, quoted: bool) -> str:
    """Tell what an episode without notes is about, in words from it; lines worth quoting may follow."""
    lines = [f"Nobody wrote a summary of {label(episode)}. In its own words, {_BY_A_PROGRAM}:", announced(announced_)]
    lines += ("The talk turns to:", *map(_turn, turns))
    return "\n".join((*lines, "Worth quoting:") if quoted else lines)


def announced(passage: Passage) -> str:
    """Show what is announced near the start of an episode."""
    by = f"{passage.speaker} says" if passage.speaker else "it says"
    return f"Near the start {by}: “{spoken(passage.text)}”"


def turns_of(episode: Episode, turns: Sequence[Passage]) -> str:
    """List what the talk of an episode turns to, for want of chapters."""
    return "\n".join(
        (f"There are no chapters of {label(episode)}. What it turns to, {_BY_A_PROGRAM}:", *map(_turn, turns))
    )


def _turn(passage: Passage) -> str:
    by = f" ({passage.speaker})" if passage.speaker else ""
    return f"{_at(passage.start, approximate=passage.approximate)}“{spoken(passage.text)}”{by}"


def _at(time: timedelta | None, *, approximate: bool) -> str:
    return "" if time is None else f"{'around ' if approximate else ''}{clock(time)} "


def chapters(episode: Episode, topics: Sequence[Topic]) -> str:
    """List the topics of an episode with their times; without, where the notes give none."""
    if all(topic.start is None for topic in topics):
        return topics_of(episode, topics)
    return "\n".join(
        (f"{label(episode)}, by its notes:", *(f"{_at(each.start, approximate=False)}{each.title}" for each in topics))
    )


def best_of(episode: Episode) -> str:
    """Introduce the lines of an episode that are worth quoting."""
    return f"Nobody chose the best parts of {label(episode)}. Worth quoting by how it is put, {_BY_A_PROGRAM}:"


def picked_from(episode: Episode) -> str:
    """Introduce the quotes that the notes of an episode have."""
    return f"What the notes for {label(episode)} quote:"


def to_start_with(episodes: Sequence[Episode]) -> str:
    """Name the latest and the first episode to somebody who asks where to begin."""
    latest, *first = map(dated, episodes)
    if not first:
        return f"There is one episode: {latest}."
    return f"The notes don't say where to start. The latest episode here is {latest}; the first is {first[0]}."


def recommended(episodes: Sequence[Episode]) -> str:
    """Name some episodes, drawn at random, to somebody who asks for any."""
    drawn = listed([full_label(each) for each in episodes])
    return f"I can't tell what you'd like, but here is what chance picks: {drawn}. Or name a subject."


def last_of_each(told: Sequence[str]) -> str:
    """Tell something of the last episode of each show, where no day tells which of them is the latest."""
    return "\n".join((f"{UNDATED} Of the last episode of each show, by number:", *told))
