"""Everything that crosses the border between the core and a platform: questions in, answers out.

Values and one protocol, no logic. An answer says what there is, never how it looks: markup, buttons,
colours and limits belong to the adapters, thresholds and wording to the assistant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, NewType, Protocol, TypeAlias

from bot.port.verdicts import Difference, Verdict, Voice
from knowledge.model import EVERYWHERE, Episode, EpisodeId, ItemId, Quote, Scope, Topic

# Handed on: adapters see no knowledge, and all values that cross the border from one place.
__all__ = ["Difference", "Episode", "EpisodeId", "ItemId", "Quote", "Scope", "Topic", "Verdict", "Voice"]

LONGEST_QUESTION: Final = 2_000
"""Characters of a question that the core reads; platforms that can limit what is typed do so here."""

ALL: Final = 1_000_000
"""More than there can be of anything, where a number has to be given."""

MOST_EVIDENCE: Final = 10
"""Pieces of evidence in one answer."""

ConversationId = NewType("ConversationId", str)
"""Names a thread, a direct message or a terminal session; made by the adapter, opaque to the core."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked, as they typed it.

    Attributes:
        episode: ask this episode only; None asks the whole library.
        conversation: what a follow-up ("and China?") refers back to; None stands alone.
        id: what names it in its conversation, None for nothing: if a process ended over it, and another asks it once
            more, it refers to what it referred to at first.
        show: ask this show, as the library writes it, or this episode, by its id, unless the words name a place; what
            is gone is none. So it is wherever a show is named.
        about: words of somebody else that it replies to, which "is that true?" means; "" where they can't be seen.
    """

    text: str
    episode: EpisodeId | None = None
    conversation: ConversationId | None = None
    id: str | None = None
    show: str | None = None
    about: str | None = None


class EvidenceKind(StrEnum):
    """Whether words were picked out by hand or found in the transcript."""

    QUOTE = "quote"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that were said, letter for letter, and where.

    Attributes:
        speaker: None where the source does not name one.
        start: time from the beginning of the episode, None where unknown.
        approximate: whether `start` is worked out rather than marked in the transcript.
        aloud: whether the speaker reads somebody else's words aloud.
        url: opens the episode, at `start` where the place allows it; None where the library has no link.
        confidence: 0 to 1, how likely these words answer what was asked.
        spans: the stretches of `text` that match what was asked, each from its first character up to the one after its
            last, in order and apart; none where words were not what they were found by.
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
    """Something the question may have meant; `Assistant.open` shows it."""

    id: ItemId
    label: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the library has on a question.

    Attributes:
        text: the plain words to show first; one short paragraph, or several divided by a line feed.
        confidence: 0 to 1.
        understood: the question, where a word of it was taken for another; None elsewhere.
        topics: best first; may be empty where only spoken words match.
        evidence: best first, at most ten; may be empty where a topic has no quotes. What was said at a time, or around
            some words, is in the order in which it was said.
        place: the episode of the first topic, where no evidence is from there and would name it.
        related: what to ask about next.
        more: further evidence that `Assistant.open` shows, best first.
        less_likely: further topics, best first, which programs may weigh and people are not shown; ten with `topics`.
        at_once: how many of `evidence` people see before they press for more.
        told: what of `text` is left to say where title and evidence are seen; None for all of it.
        near: whether `text` says that nobody says what was asked, to which the evidence only comes near.
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
        label: of what: the words that were counted, or a show, a person, an episode or a year.
        count: how many.
        unit: of which kind: "mentions", "episodes", "people", "words", "minutes".
    """

    label: str
    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement about an episode or the library: a guest, a host, a number, a date, a length, a title, a summary.

    Attributes:
        text: as in `Found`; the lines of a list, or of a chart made of block characters, end in a line feed.
        episodes: what the statement is about, at least one.
        counts: the numbers of a statement that counts, in the order of `text`.
    """

    text: str
    episodes: tuple[Episode, ...]
    understood: str | None = None
    related: tuple[Topic, ...] = ()
    counts: tuple[Tally, ...] = ()
    confidence: float = field(default=1.0, kw_only=True)


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """Whether somebody said it, with the real words.

    Attributes:
        asked: the words that were checked.
        evidence: the places where they were said, those of `people` first, at most ten; for `OPPOSITE`,
            `OTHER_NUMBER` and `NOT_FOUND` what comes nearest, which may be nothing.
        differences: in order, between `asked` and the first evidence; empty where those are the same words; for
            `NOT_FOUND` the word that makes it another statement.
        suggestions: for `NOT_FOUND`, what can be asked about instead.
        people: who is asked about; empty where it is anybody.
        said_by: everybody who said the words, or nearly, those of `people` first.
        countless: whether they come up in so many places that not all were counted.
        told: as in `Found`.
        heard: whether what was said was looked through, and not only notes on it: then nobody said what isn't found.
        quoted: whether the very words were asked about; else somebody may have said so in others.
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
    """The question may mean several things, or what was found may not be it.

    Attributes:
        guesses: what may be meant, best first.
        evidence: words that may be the answer, best first; there are guesses or evidence, or both.
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
        suggestions: what can be asked about instead; empty where the library has no topics.
        nearest: what comes nearest of what was said, for `Assistant.open`.
    """

    text: str
    confidence: float
    understood: str | None = None
    suggestions: tuple[Topic, ...] = ()
    nearest: tuple[ItemId, ...] = ()


@dataclass(frozen=True, slots=True)
class Help:
    """What one may ask; also the reply to a greeting, to thanks and to an empty question."""

    text: str
    examples: tuple[str, ...] = ()


SingleAnswer: TypeAlias = Found | Fact | QuoteCheck | Unsure | NotFound | Help
"""An answer to one question."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions in a message.

    Attributes:
        asked: the question as understood; it stands above its answer, so `answer.understood` need not be shown.
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
        # Renderers share a message's room out among the parts; more than three would leave each too little.
        if not 2 <= len(self.parts) <= 3:
            raise ValueError(f"several questions are two or three, not {len(self.parts)}")


Answer: TypeAlias = SingleAnswer | Several
"""Closed: a renderer matches on all seven and ends in `assert_never`."""


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes may be drawn.

    Attributes:
        about: a topic in any words, or its id; None draws from all.
        scope: where from, and by whom.
        conversation: where it is shown; no quote comes twice there until all others have.
        show: draw from this show where nothing else limits it.
    """

    about: str | None = None
    scope: Scope = EVERYWHERE
    conversation: ConversationId | None = None
    show: str | None = None


class Completion(StrEnum):
    """What a half-typed word is to be completed to."""

    TOPIC = "topic"
    EPISODE = "episode"
    SPEAKER = "speaker"
    PERSON = "person"
    """Speakers, hosts and guests."""


class Division(StrEnum):
    """By what a count is divided."""

    SHOW = "show"
    PERSON = "person"
    EPISODE = "episode"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Choice:
    """One completion: the words to show and the value to send back."""

    label: str
    value: str


class Assistant(Protocol):
    """Answers questions about the library. Never raises for anything that a person typed."""

    async def ask(self, question: Question) -> Answer:
        """Answer a question of any length in any language."""

    async def verify(self, words: str, episode: EpisodeId | None = None, show: str | None = None) -> QuoteCheck | Help:
        """Say whether these words were said, and what was said really; help where there are no words.

        What was said in the episode, or else in the show, comes first.
        """

    async def open(self, *items: ItemId, conversation: ConversationId | None = None) -> Found | Fact | NotFound:
        """Show what a guess, a related topic or `Found.more` names; not found where all of it is gone.

        An episode is shown as its summary (`Fact`), anything else as `Found`.
        """

    async def around(self, item: ItemId, conversation: ConversationId | None = None) -> Found | NotFound:
        """Show what was said in the half minute before and after some evidence, with it; not found where it is gone.

        `Found.evidence` is in the order in which it was said, and `Found.more` goes on from there.
        """

    async def random_quote(self, wanted: QuoteFilter) -> Found | NotFound:
        """Draw one quote; `Found.evidence` holds just that."""

    async def count(self, words: str, by: Division | None = None, episode: EpisodeId | None = None) -> Answer:
        """Count how often some words come up, in all forms of them; help where there are no words."""

    async def topics(self, episode: EpisodeId | None = None, show: str | None = None) -> tuple[Topic, ...]:
        """List the topics in the library's order, of an episode or else of a show; empty for an episode that is gone.

        A show that is gone is none, here and wherever one is named.
        """

    async def episodes(self, matching: str = "", limit: int = 25, show: str | None = None) -> tuple[Episode, ...]:
        """List episodes, best match first, newest first among equals; those of a show, where any of it match."""

    async def episode(self, id: EpisodeId) -> Episode | None:
        """Look up one episode."""

    async def complete(
        self, kind: Completion, typed: str, limit: int = 25, show: str | None = None
    ) -> Sequence[Choice]:
        """Complete what somebody is typing, fuzzily, best first, never more than `limit`; of a show, if any are."""

    async def renewed(self, since: int) -> int:
        """Wait until a library answers that is newer than the one of this number; -1 is older than any."""
