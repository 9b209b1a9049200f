"""The sentences the bot says, in one place, so that they can be read aloud and judged together.

Plain words without markup. Sentences about facts are in `facts.py`, about people in `introductions.py`, about counts in
`count_sentences.py`, about quotations in `verdicts.py`; layout words belong to the adapters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.port import wording
from bot.port.excerpts import excerpt, spoken
from bot.port.messages import Episode, Evidence, Topic
from bot.port.wording import clock, counted, dated, full_label, label, listed, long_date, named, short_number
from bot.understanding.request import Where
from bot.understanding.shows import part_name
from bot.understanding.wants import Courtesy
from knowledge.model import Passage
from knowledge.search.digest import Turn
from knowledge.search.transcript import Side

GLIMPSE = 60
"""Maximum number of characters of a passage that is only offered."""

NO_QUOTES = (
    "I found no line there that works as a quote on its own. Name a subject and I'll show what was said about it."
)
NOTHING_TO_QUOTE = "There are no transcripts to quote. Name a subject and I'll tell you which episodes are about it."
NO_TOPICS = wording.NO_TOPICS
NO_TOPICS_NOTED = "No topics are listed here."
NO_SUCH_QUOTE = "I couldn't find a quote like that."
GONE = "That isn't in the library any more. Ask again and I'll look at what's there now."
NO_EPISODES = "The library is empty, so there's nothing to ask about yet."
UNSURE = "I'm not sure what you mean. One of these?"
MAYBE = "I'm not sure, but this may be it."
IN_OTHER_WORDS = "Nobody says it in those words. This is closest in meaning:"
NOBODY_COMPARES = "I found nobody who compares the two."
NO_VIEW = "I'm a program, so I have no opinion of my own."
TO_COME = "I can't predict the future."
UNKNOWN_HE = "I'm not sure who you mean."
MAYBE_THAT = "I'm not sure this is the one you mean. If it is:"
CLOSEST = "The closest I found:"
NO_NUMBER = f"I couldn't find anyone giving a number for that. {CLOSEST}"
NOT_SAID_SO = "I couldn't find anyone saying that."
NOBODY_SAYS_SO = f"{NOT_SAID_SO} {CLOSEST}"
NOTHING_MORE = "That's all I have on it."
WHICH_WORDS = "Which words do you mean? Put them in the question and I'll look for them."
WORDS_HIDDEN = (
    "I can't see the message you replied to. Put its words in your question, or open that message's menu "
    "and choose “Did they say this?” or “Ask Overheard”."
)
WHICH_EPISODE = "Which episode do you mean? Give me the show and the number."
WHICH_SHOW = "Which show?"
WHICH_ONE = "Which one do you mean? Name it and I'll look it up."
NOTHING_TO_REPEAT = "I haven't said anything here yet. Ask me about the episodes."
NOT_IN_THOSE_WORDS = "Nobody here said it in those words."
COMES_NEAREST = "This comes closest."
ELSEWHERE = "Elsewhere:"
ELSEWHERE_THIS = "Elsewhere, there's this:"
SORRY_WRONG = "Sorry about that. Here's what else I have."
SORRY_OTHER = "Sorry. Did you mean one of these?"
SORRY_AGAIN = "Sorry about that. Ask in other words and I'll look again."
UNDATED = "The library doesn't say when episodes came out."
UNPLACED = "The library doesn't say when episodes came out, and they have no numbers."
NO_SIDES = "I can't tell who agrees and who doesn't. "
CHORE = "I can't do that: all I do is look up what was said in the episodes."
PERSONAL = "I don't know that: I only look up what people said in the episodes. Ask me what they said about a subject."
WHICH_SUBJECT = "I'm not sure what you mean by that. Name a subject and I'll look it up."

_SHORT_SUBJECT = 3
"""Maximum number of words of a subject that we repeat; a longer one is most of a question."""

_UNHEARD = 3
"""Maximum number of words named that never come up."""
_WORD = 40
"""Maximum number of characters of a word that never comes up."""
_TOPICS_LISTED = 40
"""Maximum number of topics listed: more than any one episode has, and few enough to read."""

COURTESIES = {
    Courtesy.GREETING: "Hello! Ask me what was said in the episodes.",
    Courtesy.THANKS: "You're welcome. Ask away whenever you like.",
    Courtesy.GOODBYE: "Bye! I'm here whenever you want to look something up.",
    Courtesy.COMPLIMENT: "Thank you! Ask away whenever you like.",
    Courtesy.CRITICISM: SORRY_AGAIN,
    Courtesy.TASTE: "I'm a program, so I have no opinions of my own: I look up what was said, and who said it.",
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
"""Replies to greetings, thanks and questions about the bot."""


def of_part(part: str) -> str:
    """Name a part of the library after a noun: " of Hive Talk"; empty for the whole library."""
    return f" of {part}" if part else ""


def by(speaker: str | None) -> str:
    """Name a speaker after a noun: " by Ann"; empty for anybody."""
    return f" by {speaker}" if speaker else ""


def on_its_day(episode: Episode, name: Callable[[Episode], str] = label) -> str:
    """Name an episode and its date, if that is known."""
    return f"{name(episode)}, {long_date(episode.published)}" if episode.published else name(episode)


def examples(topics: Sequence[Topic], newest: Episode | None) -> tuple[str, ...]:
    """Return example questions that a library with notes can answer."""
    if newest is None:
        return ()
    if not topics:
        there = "Which episodes are there?"
        return (there, f"{label(newest)}?", f"Who speaks in {label(newest)}?") if newest.number else (there,)
    subjects = [f"{topic.title}?" for topic in topics[:2]]
    return (*subjects, "Who is the guest?", "What is it about?", "Give me a random quote")


def to_begin_with(subject: str | None, person: str | None) -> tuple[str, ...]:
    """Return example questions on a subject and a person; empty without either."""
    on_it = (f"Which episodes talk about {subject}?", f"How often does {subject} come up?") if subject else ()
    return (*on_it, f"Has {person} been on?") if person else on_it


def others_on(subject: str, *, who_agrees: bool) -> str:
    """Introduce what others say on a subject, with a caution if the question was who agrees."""
    it = f"“{subject}”" if len(subject.split()) <= _SHORT_SUBJECT else "that"
    return f"{NO_SIDES if who_agrees else ''}What others say about {it}:"


def no_other_views(subject: str) -> str:
    """Say that nobody else speaks of a subject."""
    return f"I found nobody else talking about “{subject}”."


def not_there(name: str, part: str) -> str:
    """Say that somebody isn't in an episode."""
    return f"{name} isn't in {part}."


def shown_in(episodes: Sequence[Episode]) -> str:
    """Name the episodes of words that were shown together, in order."""
    first, *others = map(dated, episodes)
    rest = f", the rest from {listed(others)}" if others else ""
    return f"{'The first words I showed you are' if others else 'What I showed you is'} from {first}{rest}."


def no_schedule(newest: Sequence[Episode]) -> str:
    """Say that the next release is unknown, and name the newest episodes."""
    last = "The newest here is" if len(newest) == 1 else "The newest here are"
    there = f" {last} {listed([dated(each) for each in newest])}." if newest else ""
    return f"I don't know when the next episode comes out.{there}"


def by_year(part: str, years: Sequence[tuple[int, int]], total: int) -> str:
    """Say how many episodes came out in each year, or if there are no dates, how many there are."""
    if not years:
        return f"{UNDATED} There {'is' if total == 1 else 'are'} {counted(total, 'episode')}{of_part(part)}."
    return "\n".join((f"Episodes{of_part(part)} by year:", *(f"{year}: {count:,}" for year, count in years)))


def drawn(evidence: Evidence) -> str:
    """Introduce a quote."""
    return f"Here's one from {label(evidence.episode)}."


def several_drawn(count: int, wanted: int, speaker: str | None) -> str:
    """Introduce several quotes, perhaps fewer than were wanted, of a speaker or of anybody."""
    if count < wanted:
        return f"I found only {'one' if count == 1 else count}{by(speaker)}."
    return f"Here are {count}{by(speaker)}."


def no_sentence_on_that(speaker: str | None) -> str:
    """Say that no single sentence on a subject works as a quote, and introduce what comes closest."""
    return f"I found no quote{by(speaker)} on that that stands by itself. This comes closest:"


def no_quote_by(speaker: str, *, on_that: bool = False) -> str:
    """Say that there is no quote by somebody, or none on the wanted subject."""
    return f"I couldn't find a quote by {speaker}{' on that' if on_that else ''}."


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched.

    Attributes:
        only: the one episode that was searched; None for all of them.
        noted: whether there are topics or quotes.
        spoken: whether there are transcripts.
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
    """Say that nothing was found and where; name the words that never come up there."""
    if not unheard:
        return f"I looked through {searched} and found nothing on that."
    words = listed([f"“{excerpt(word, _WORD)}”" for word in unheard[:_UNHEARD]])
    return f"I looked through {searched}: {words} never come{'s' if len(unheard) == 1 else ''} up."


def around(words: str, at: int, speaker: str | None) -> str:
    """Quote a passage around a position, with its speaker if known."""
    shown = excerpt(words, GLIMPSE, at=at)
    return f"{speaker}: “{shown}”" if speaker else f"“{shown}”"


def spoken_in(episodes: Iterable[Episode]) -> str:
    """Introduce passages by their episodes."""
    return f"From {_one_or_several(episodes)}:"


def said_by_in(speaker: str, episodes: Iterable[Episode]) -> str:
    """Introduce what one person said."""
    return f"{speaker} in {_one_or_several(episodes)}:"


def _one_or_several(episodes: Iterable[Episode]) -> str:
    labels = list(dict.fromkeys(map(label, episodes)))
    return labels[0] if len(labels) == 1 else "several episodes"


def by_others(name: str) -> str:
    """Introduce other people's words, for want of one person's."""
    return f"I found nothing on that from {name}, but others talk about it:"


def maybe_by_others(name: str) -> str:
    """Introduce other people's words that may be meant, for want of one person's."""
    return f"I found nothing on that from {name}. This, from somebody else, may be it:"


def nobody_names(name: str) -> str:
    """Introduce the closest to a name that nobody says with its number."""
    return f"Nobody here says “{name}”. {CLOSEST}"


def nothing_there(part: str) -> str:
    """Say that a part of the library has nothing on something."""
    return f"I found nothing on that in {part}."


def nothing_more_but(topic: Topic) -> str:
    """Say that a topic is exhausted, and go on to a related one."""
    return f"{NOTHING_MORE} Related: “{topic.title}”. {topic.summary}"


def without_a_quote(topic: Topic) -> str:
    """Say that a topic has no quote, and give its summary instead."""
    return f"The notes have no quote on that, but they do say: {topic.summary}"


def topics_of(episode: Episode | None, topics: Sequence[Topic], part: str = "") -> str:
    """List the topics of an episode or of a part of the library, one a line, up to a maximum."""
    where = f"The notes for {label(episode)} cover" if episode else f"The notes{of_part(part)} cover"
    if len(topics) == 1:
        return f"{where} one topic: {topics[0].title}."
    more = len(topics) - _TOPICS_LISTED
    rest = (f"and {more} more. Name a subject to look it up.",) if more > 0 else ()
    return "\n".join((f"{where} {len(topics)} topics:", *(topic.title for topic in topics[:_TOPICS_LISTED]), *rest))


def part_of_library(where: Where) -> str:
    """Name a part of the library after "episodes": " in season 2 of Hive Talk"; empty for the whole library."""
    of_a_show = where.season is None and where.show is not None
    part = part_name(where.show, where.season, where.year)
    return f" {'of' if of_a_show else 'in'} {part}" if part else ""


def episodes_are(episodes: Sequence[Episode], total: int, of: str) -> str:
    """List episodes, newest first, or only say how many there are."""
    if not episodes:
        return f"There {'is one episode' if total == 1 else f'are {total:,} episodes'}{of}."
    if total == 1:
        return f"There is one episode{of}: {full_label(episodes[0])}."
    newest = "" if total == len(episodes) else ". The newest"
    return f"There are {total:,} episodes{of}{newest}: {listed(named(episodes))}."


def shows_are(shows: Sequence[tuple[str, int]], total: int) -> str:
    """List shows, each with its number of episodes."""
    named = listed([f"{show} ({count})" for show, count in shows])
    return f"There are {total:,} episodes in {len(shows)} shows: {named}."


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose episodes are listed.

    Attributes:
        speaker: who says it there; empty for anybody.
        present: the people who are in all of them.
    """

    speaker: str = ""
    present: tuple[str, ...] = ()

    @property
    def episodes(self) -> str:
        """Name the people after "episodes": " with Ann Lee"."""
        return f" with {listed(names)}" if (names := self.present or tuple(filter(None, (self.speaker,)))) else ""


ANYBODY = Whose()


class Fit(StrEnum):
    """How well episodes fit a subject, as a verb."""

    MENTIONED = "mention"
    TOGETHER = "fit"
    PERHAPS = "may fit"


def episodes_on(subject: str, episodes: Sequence[Episode], total: int, whose: Whose, fit: Fit) -> str:
    """List the episodes that mention or fit a subject, best first."""
    shown, those = listed(named(episodes)), _that_mention(subject, total, whose, fit)
    if total == len(episodes):
        return f"{those}: {shown}."
    others = f"Ask for “all episodes{whose.episodes} about {subject}” to see the rest."
    return f"{those}. The ones with the most on it: {shown}. {others}"


def all_episodes_on(subject: str, episodes: Sequence[Episode], total: int, whose: Whose, fit: Fit) -> str:
    """List the episodes that mention or fit a subject, one line for each show, up to a maximum."""
    shows: dict[str, list[Episode]] = {}
    for episode in episodes:
        shows.setdefault(episode.show, []).append(episode)
    some = "" if total == len(episodes) else f" The {len(episodes):,} with the most on it"
    lines = (
        f"{label(theirs[0])}{''.join(f', {short_number(each) or each.title}' for each in theirs[1:])}"
        for theirs in shows.values()
    )
    return "\n".join((f"{_that_mention(subject, total, whose, fit)}{f'.{some}' if some else ''}:", *lines))


def none_with(whose: Whose, subject: str) -> str:
    """Say that no episode with some people mentions a subject."""
    return f"I found no episode{whose.episodes} that mentions “{subject}”."


def _that_mention(subject: str, total: int, whose: Whose, fit: Fit) -> str:
    """Say how many episodes mention or fit a subject."""
    if whose.speaker:
        talks = "may talk" if fit is Fit.PERHAPS else "talks"
        return f"{whose.speaker} {talks} about “{subject}” in {'one episode' if total == 1 else f'{total:,} episodes'}"
    verb = fit if total > 1 or fit is Fit.PERHAPS else f"{fit}s"
    return f"{'One episode' if total == 1 else f'{total:,} episodes'}{whose.episodes} {verb} “{subject}”"


def most_on(episode: Episode, fact: str) -> str:
    """State a fact about the episode that has the most on a subject."""
    return f"{label(episode)} has the most on that. {fact}"


def described(episodes: Sequence[Episode], about: str) -> str:
    """Name the episodes whose title or summary is on a subject without any quotable words."""
    here = "I have no words to quote on that, but"
    if len(episodes) > 1:
        return f"{here} {len(episodes)} episodes are about it: {listed(named(episodes))}."
    return f"{here} one episode is about it: {on_its_day(episodes[0], full_label)}. {about}".rstrip()


def episodes_of(number: str, episodes: Sequence[Episode]) -> str:
    """Name the episodes of several shows or seasons that have the same number."""
    return f"There are {len(episodes)} episodes numbered {number}: {listed(named(episodes))}."


def undated(episodes: Sequence[Episode], *, first: bool) -> str:
    """Name the last or first episode of each show, because without dates their order is unknown."""
    shown, which = listed(named(episodes)), "first" if first else "last"
    return f"{UNDATED} The {which} episode of each show, by number: {shown}."


def in_order(episodes: Iterable[Episode]) -> str:
    """Say what orders the episodes of each show without dates."""
    return "by number" if all(each.number for each in episodes) else "in the library's order"


def latest_on(subject: str, episodes: Sequence[Episode], whose: Whose = ANYBODY, *, first: bool, much: bool) -> str:
    """Name the latest or first episode that mentions a subject or has a lot on it; one for each show without dates."""
    which = "first" if first else "most recent"
    that = f"with a lot on “{subject}”" if much else f"that mentions “{subject}”"
    that = f"in which {whose.speaker} talks about “{subject}”" if whose.speaker else f"{that}{whose.episodes}"
    if len(episodes) == 1:
        return f"The {which} episode {that} is {on_its_day(episodes[0], full_label)}."
    shown = listed(named(episodes))
    return f"{UNDATED} The {which} episode of each show {that}: {shown}."


def speak_of_it(evidence: Sequence[Evidence], speak: str = "talk", of_it: str = "about it") -> str:
    """Introduce evidence by its speakers: "Ann and Bob talk about it:"."""
    names = list(dict.fromkeys(each.speaker for each in evidence if each.speaker))
    return f"{listed(names)} {speak}{'s' if len(names) == 1 else ''} {of_it}:"


def no_such_part(part: str) -> str:
    """Say that the library lacks a part, such as a season."""
    return f"The library has no episodes from {part}."


def no_such_number(number: str) -> str:
    """Say that an episode is not in the library."""
    return f"Episode {number} isn't in the library."


def none_beside(episode: Episode, step: int) -> str:
    """Say that an episode is the last of its show (1), or the first (-1)."""
    return f"There is none: {full_label(episode)} is the {'latest' if step > 0 else 'first'} episode of {episode.show}."


def said_at(episode: Episode, time: timedelta) -> str:
    """Introduce what is said at a time in an episode."""
    return f"At {clock(time)} in {label(episode)}:"


def cannot_tell_at(episode: Episode, time: timedelta, end: timedelta | None, *, spoken: bool) -> str:
    """Say why we can't tell what is said at a time in an episode."""
    if not spoken:
        return f"There's no transcript of {label(episode)}, so I can't tell you what is said at {clock(time)}."
    if end is None:
        return f"The transcript of {label(episode)} has no times, so I can't tell you what is said at {clock(time)}."
    return f"{label(episode)} is over by {clock(time)}: its transcript ends at about {clock(end)}."


_SIDES = {Side.BEFORE: "Right before that", Side.AFTER: "Right after that", Side.AROUND: "What was said around that"}


def said_beside(episode: Episode, side: Side) -> str:
    """Introduce what was said before, after or around some words."""
    return f"{_SIDES[side]}, in {label(episode)}:"


def nothing_beside(episode: Episode, side: Side, *, spoken: bool) -> str:
    """Say why there is nothing to show before, after or around some words."""
    if not spoken:
        return f"There's no transcript of {label(episode)}, only notes, so I can't tell what was said around that."
    end = {Side.BEFORE: "That is where the transcript begins.", Side.AFTER: "That is where the transcript ends."}
    return end.get(side, f"I couldn't find those words in the transcript of {label(episode)}.")


_BY_A_PROGRAM = "picked by a program"


def told_by_itself(episode: Episode, announced_: Passage, turns: Sequence[Turn], *, quoted: bool) -> str:
    """Say in its own words what an episode without notes is about; quotable lines may follow."""
    lines = [f"{label(episode)} has no summary. In its own words, {_BY_A_PROGRAM}:", announced(announced_)]
    lines += ("The conversation turns to:", *map(_turn, turns))
    return "\n".join((*lines, "Worth quoting:") if quoted else lines)


def announced(passage: Passage) -> str:
    """Show what is announced near the start of an episode."""
    by = f"{passage.speaker} says" if passage.speaker else "it says"
    return f"Near the start, {by}: “{spoken(passage.text)}”"


def turns_of(episode: Episode, turns: Sequence[Turn]) -> str:
    """List the turns in an episode's conversation, for want of chapters."""
    return "\n".join(
        (f"{label(episode)} has no chapters. Turns in the conversation, {_BY_A_PROGRAM}:", *map(_turn, turns))
    )


def _turn(turn: Turn) -> str:
    words = turn.words
    terms = f"{', '.join(turn.terms)}: " if turn.terms else ""
    by = f" ({words.speaker})" if words.speaker else ""
    return f"{_at(words.start, approximate=words.approximate)}{terms}“{spoken(words.text)}”{by}"


def _at(time: timedelta | None, *, approximate: bool) -> str:
    return "" if time is None else f"{'around ' if approximate else ''}{clock(time)} "


def chapters(episode: Episode, topics: Sequence[Topic]) -> str:
    """List the topics of an episode, with their times if the notes have any."""
    if all(topic.start is None for topic in topics):
        return topics_of(episode, topics)
    return "\n".join(
        (f"{label(episode)}, by its notes:", *(f"{_at(each.start, approximate=False)}{each.title}" for each in topics))
    )


def best_of(episode: Episode) -> str:
    """Introduce the most quotable lines of an episode."""
    return f"Nobody has chosen the best parts of {label(episode)}. These lines, {_BY_A_PROGRAM}, may be worth quoting:"


def picked_from(episode: Episode) -> str:
    """Introduce the quotes in an episode's notes."""
    return f"Quoted in the notes for {label(episode)}:"


def to_start_with(episodes: Sequence[str]) -> str:
    """List the latest and the first episode, each with what it is about, as places to start."""
    if len(episodes) == 1:
        return f"There is one episode: {episodes[0]}"
    return "\n".join(("The notes don't say where to start. The latest episode and the first one:", *episodes))


def recommended(episodes: Sequence[Episode]) -> str:
    """Recommend some random episodes."""
    drawn = listed([full_label(each) for each in episodes])
    if len(episodes) == 1:
        return f"There is one episode: {drawn}."
    return f"I don't know what you'd like, so I picked at random: {drawn}. Or name a subject."


def last_of_each(told: Sequence[str]) -> str:
    """State a fact about the last episode of each show, because without dates their order is unknown."""
    return "\n".join((f"{UNDATED} For the last episode of each show, by number:", *told))
