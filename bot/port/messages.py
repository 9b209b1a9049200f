"""Everything that passes between the core and a platform: questions in, answers out.

Values and one protocol, no logic. An answer has content, never presentation: markup, buttons, colours and
limits belong to the adapters, thresholds and wording to the assistant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, NewType, Protocol, TypeAlias

from knowledge.model import EVERYWHERE, Episode, EpisodeId, ItemId, Quote, Scope, Topic

# Re-exported: adapters may not import `knowledge`, and find all values here.
__all__ = ["EVERYWHERE", "Episode", "EpisodeId", "ItemId", "Quote", "Scope", "Topic"]

LONGEST_QUESTION: Final = 2_000
"""Maximum number of characters of a question that the core reads; platforms also limit their input fields to it."""

ALL: Final = 1_000_000
"""A limit that is larger than any result."""

MOST_EVIDENCE: Final = 10
"""Maximum number of pieces of evidence in one answer."""

ConversationId = NewType("ConversationId", str)
"""Identifies a thread, a direct message or a terminal session; the adapter makes it, and the core doesn't parse it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as somebody typed it.

    Attributes:
        scope: the episode, or the show, to search unless the words name one; nothing else of it counts.
        conversation: what a follow-up ("and China?") refers to; None for a question without context.
        id: its id within the conversation, or None; if a process ended before answering, and another one repeats the
            question, a follow-up still refers to the same question before it.
        about: somebody else's words that it replies to, as in "is that true?"; "" if they can't be read.
    """

    text: str
    scope: Scope = EVERYWHERE
    conversation: ConversationId | None = None
    id: str | None = None
    about: str | None = None


class EvidenceKind(StrEnum):
    """Whether words were selected by hand or found in the transcript."""

    QUOTE = "quote"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quotation, and where it was said.

    Attributes:
        speaker: None if the source doesn't name one.
        start: time from the beginning of the episode; None if unknown.
        approximate: whether `start` is estimated, not marked in the transcript.
        aloud: whether the speaker reads somebody else's words aloud.
        url: opens the episode, at `start` if the site supports that; None if the library has no link.
        confidence: 0 to 1, how likely these words answer the question.
        spans: the parts of `text` that match the question, as start and end offsets, in order and disjoint; empty if
            the evidence was not found by its words.
    """

    id: ItemId
    kind: EvidenceKind
    text: str
    episode: Episode
    source: str
    confidence: float
    speaker: str | None = None
    start: timedelta | None = None
    approximate: bool = False
    url: str | None = None
    aloud: bool = False
    spans: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        places = [place for span in self.spans for place in span]
        if any(first >= second for first, second in pairwise(places)) or not all(
            0 <= place <= len(self.text) for place in places
        ):
            raise ValueError(f"{self.spans} are no stretches of {len(self.text)} characters")


@dataclass(frozen=True, slots=True)
class Guess:
    """A possible meaning of the question; `Assistant.open` shows it."""

    id: ItemId
    label: str


@dataclass(frozen=True, slots=True)
class Found:
    """An answer from the library.

    Attributes:
        text: plain text to show first; one short paragraph, or several separated by line feeds.
        confidence: 0 to 1.
        understood: the question as read, if a word was corrected; otherwise None.
        topics: best first; may be empty if only spoken words match.
        evidence: best first, at most ten; may be empty if a topic has no quotes. In spoken order for talk at a time or
            around some words.
        place: the episode of the first topic, if no evidence is from that episode.
        related: what to ask about next.
        more: further evidence that `Assistant.open` shows, best first.
        less_likely: further topics for programs, not shown to people; best first, at most ten together with `topics`.
        at_once: number of pieces of `evidence` to show before a press for more.
        told: the part of `text` to show beside the title and the evidence; None for all of it.
        near: whether `text` says that nobody said this, and the evidence is only similar.
    """

    text: str
    confidence: float
    understood: str | None = None
    topics: tuple[Topic, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    related: tuple[Topic, ...] = ()
    more: tuple[ItemId, ...] = ()
    place: Episode | None = None
    less_likely: tuple[Topic, ...] = ()
    at_once: int = MOST_EVIDENCE
    told: str | None = None
    near: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """One number of a statement.

    Attributes:
        label: what was counted: words, or a show, a person, an episode or a year.
        unit: "mentions", "episodes", "people", "words", "minutes".
    """

    label: str
    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart.

    Attributes:
        size: what its length stands for; not negative.
        figure: the number to write at its end: "0.53".
        amount: the same with its unit, or what it was worked out from: "146 in 274 episodes".
    """

    label: str
    size: float
    figure: str
    amount: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers to compare at a glance, for platforms that take a picture.

    Attributes:
        title: what the bars show.
        bars: at least two; in order of time if `over_time`, otherwise as ranked.
        lines: the end of the statement's `text`, which says the same in characters, so that a picture can replace it;
            "" if the text has no bars.
    """

    title: str
    bars: tuple[Bar, ...]
    lines: str = ""
    over_time: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement about an episode or the library: a guest, a host, a number, a date, a length, a title, a summary.

    Attributes:
        text: as in `Found`; the lines of a list, or of a chart made of block characters, end in a line feed.
        episodes: the episodes that the statement is about, at least one.
        counts: the numbers in the statement, in the order of `text`.
        chart: the numbers to draw; None if there are too few.
    """

    text: str
    episodes: tuple[Episode, ...]
    understood: str | None = None
    related: tuple[Topic, ...] = ()
    counts: tuple[Tally, ...] = ()
    chart: Chart | None = None
    confidence: float = field(default=1.0, kw_only=True)


class Verdict(StrEnum):
    """Whether some words were said, and by the person asked about."""

    EXACT = "exact"
    """Word for word, by the person asked about; by anybody if there is none, or if the source names no speakers."""
    CLOSE = "close"
    """Except for a few words, by the same people as for `EXACT`."""
    BY_OTHERS = "by_others"
    """Not by the person asked about, but by others."""
    OPPOSITE = "opposite"
    """With a negation added or missing, which makes it another statement."""
    OTHER_NUMBER = "other_number"
    """With another number, which makes it another statement."""
    NOT_FOUND = "not_found"
    """By nobody; the evidence is only similar."""

    @property
    def said(self) -> bool:
        """Whether somebody said the words, or nearly."""
        return self in {Verdict.EXACT, Verdict.CLOSE, Verdict.BY_OTHERS}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the words asked about differ from the real ones; either side may be empty."""

    asked: str
    real: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who said some words, and how often.

    Attributes:
        speaker: None for all unnamed speakers together.
        times: number of places in the library.
        exact: whether word for word, not just nearly.
        aloud: whether they read somebody else's words aloud.
        quoting: whether they quote somebody else, by quotation marks in the transcript or by what they say beside it.
        source: whom they credit, if they give a full name; otherwise empty.
        first: the episode of the first time; None if the order is unknown. `last` likewise.
    """

    speaker: str | None
    times: int
    exact: bool = True
    aloud: bool = False
    quoting: bool = False
    first: Episode | None = None
    last: Episode | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """Whether somebody said it, with the real words.

    Attributes:
        asked: the words that were checked.
        evidence: where the words were said, first by `people`; at most ten. For `OPPOSITE`, `OTHER_NUMBER` and
            `NOT_FOUND`, the most similar words, which may be none.
        differences: in order, between `asked` and the first evidence; empty where those are the same words; for
            `NOT_FOUND` the word that makes it another statement.
        suggestions: for `NOT_FOUND`, what can be asked about instead.
        people: the speakers asked about; empty for anybody.
        said_by: everybody who said the words, or nearly, first those of `people`.
        countless: whether there are too many places to count them all.
        told: as in `Found`.
        heard: whether transcripts were searched, not only notes: then nobody said words that aren't found.
        quoted: whether the question is about exact words; otherwise somebody may have said so in other words.
    """

    text: str
    confidence: float
    verdict: Verdict
    asked: str
    understood: str | None = None
    evidence: tuple[Evidence, ...] = ()
    differences: tuple[Difference, ...] = ()
    suggestions: tuple[Topic, ...] = ()
    people: tuple[str, ...] = ()
    said_by: tuple[Voice, ...] = ()
    countless: bool = False
    told: str | None = None
    heard: bool = True
    quoted: bool = True

    @property
    def further_differences(self) -> tuple[Difference, ...]:
        """The differences that `text`, which quotes the first few, leaves out."""
        return tuple(
            part
            for part in self.differences
            if not all(f"“{each}”" in self.text for each in (part.asked, part.real) if each)
        )


@dataclass(frozen=True, slots=True)
class Unsure:
    """The question is ambiguous, or the evidence may not answer it.

    Attributes:
        guesses: possible meanings, best first.
        evidence: possible answers, best first; guesses and evidence are not both empty.
    """

    text: str
    confidence: float
    guesses: tuple[Guess, ...]
    understood: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """The library does not mention it.

    Attributes:
        confidence: 0 to 1, that the question is answered after all; low.
        suggestions: topics to ask about instead; empty if the library has none.
        nearest: the most similar words that were said, for `Assistant.open`.
    """

    text: str
    confidence: float
    understood: str | None = None
    suggestions: tuple[Topic, ...] = ()
    nearest: tuple[ItemId, ...] = ()


@dataclass(frozen=True, slots=True)
class Help:
    """What to ask; also the reply to a greeting, to thanks and to an empty question."""

    text: str
    examples: tuple[str, ...] = ()


SingleAnswer: TypeAlias = Found | Fact | QuoteCheck | Unsure | NotFound | Help
"""An answer to one question."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions in a message.

    Attributes:
        asked: the question as understood; shown above its answer, so `answer.understood` need not be.
    """

    asked: str
    answer: SingleAnswer


@dataclass(frozen=True, slots=True)
class Several:
    """The answers to several questions in one message, or both sides of a comparison.

    Attributes:
        parts: two or three, in the order asked.
    """

    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        # Renderers divide a message's space among the parts; more than three would leave too little for each.
        if not 2 <= len(self.parts) <= 3:
            raise ValueError(f"several questions are two or three, not {len(self.parts)}")


Answer: TypeAlias = SingleAnswer | Several
"""A closed union: a renderer matches on all seven and ends in `assert_never`."""


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes may be drawn.

    Attributes:
        about: a topic in any words, or its id; None draws from all.
        scope: where, and whose.
        conversation: where it is shown; no quote is repeated there before all others have been drawn.
    """

    about: str | None = None
    scope: Scope = EVERYWHERE
    conversation: ConversationId | None = None


class Completion(StrEnum):
    """What to complete half-typed text to."""

    TOPIC = "topic"
    EPISODE = "episode"
    SPEAKER = "speaker"
    PERSON = "person"
    """Speakers, hosts and guests."""


class Division(StrEnum):
    """How to break down a count."""

    SHOW = "show"
    PERSON = "person"
    EPISODE = "episode"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Choice:
    """One completion: the words to show and the value to send back."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part in episodes.

    Attributes:
        hosts: whether they host a show or are regulars of one; otherwise they are a guest.
        episodes: those in which they speak or take part, newest first; empty if they are only quoted.
    """

    name: str
    hosts: bool
    episodes: tuple[Episode, ...]


class Assistant(Protocol):
    """Answers questions about the library. Never raises because of what a person typed."""

    async def ask(self, question: Question) -> Answer:
        """Answer a question of any length in any language."""

    async def verify(self, words: str, scope: Scope = EVERYWHERE) -> QuoteCheck | Help:
        """Check whether these words were said, and return the real ones; help if there are no words.

        Quotations from there come first. If the scope has a speaker, the verdict is about them.
        """

    async def open(self, *items: ItemId, conversation: ConversationId | None = None) -> Found | Fact | NotFound:
        """Show the item of a guess, a related topic or `Found.more`; not found if none exists any more.

        An episode is shown as its summary (`Fact`), anything else as `Found`.
        """

    async def around(self, item: ItemId, conversation: ConversationId | None = None) -> Found | NotFound:
        """Show some evidence with the half minute before and after it; not found if it no longer exists.

        `Found.evidence` is in spoken order, and `Found.more` continues it.
        """

    async def random_quote(self, wanted: QuoteFilter) -> Found | NotFound:
        """Draw one quote, the only piece in `Found.evidence`."""

    async def count(self, words: str, by: Division | None = None, scope: Scope = EVERYWHERE) -> Answer:
        """Count how often some words occur, in all their forms; help if there are no words."""

    async def topics(self, scope: Scope = EVERYWHERE) -> tuple[Topic, ...]:
        """List the topics of an episode or a show in the library's order; empty if the episode no longer exists."""

    async def episodes(self, matching: str = "", limit: int = 25, scope: Scope = EVERYWHERE) -> tuple[Episode, ...]:
        """List episodes, best match first, then newest first; only those of the show, if any of them match."""

    async def episode(self, id: EpisodeId) -> Episode | None:
        """Look up one episode."""

    async def people(self, matching: str = "", limit: int = 25) -> tuple[Participant, ...]:
        """List speakers, hosts and guests, best match first, then those in the most episodes."""

    async def complete(
        self, kind: Completion, typed: str, limit: int = 25, scope: Scope = EVERYWHERE
    ) -> Sequence[Choice]:
        """Complete what somebody is typing, fuzzily, best first, at most `limit`; from the show, if it has any."""

    async def renewed(self, since: int) -> int:
        """Wait until the library's edition is newer than `since`, and return its number; -1 is older than any."""
