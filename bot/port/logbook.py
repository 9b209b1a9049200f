"""A log for the host of a community: how questions are answered, which are not, and how people rate answers.

Values, the store's interface, and the evaluation of an answer. Never names an asker, and keeps the words of a question
only if it was not answered, or if somebody rated its answer. No SQL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType, assert_never

from bot.port.errors import StateAwayError
from bot.port.messages import Answer, Episode, Evidence, Fact, Found, Help, NotFound, QuoteCheck, Several, Unsure
from bot.port.wording import full_label, label

AnswerId = NewType("AnswerId", str)
"""Identifies an answer to rate; reveals nothing about the asker."""

LONGEST_WORDS: Final = 500
"""Maximum number of characters of a question to store."""


class Outcome(StrEnum):
    """How a question was answered."""

    FOUND = "found"
    FACT = "fact"
    QUOTE_CHECK = "quote_check"
    UNSURE = "unsure"
    NOT_FOUND = "not_found"

    @property
    def answered(self) -> bool:
        """Whether the person who asked learned something."""
        return self not in {Outcome.UNSURE, Outcome.NOT_FOUND}


@dataclass(frozen=True, slots=True)
class AskedIn:
    """Where a question was asked.

    Attributes:
        platform: "discord" or "slack".
        server: the id of the server or workspace; empty for none, as in a direct message on Discord.
        channel: its id, if everybody in the server or workspace can read it; "" otherwise, as it may reveal who asked.
    """

    platform: str
    server: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an answer was about.

    Attributes:
        name: the id of a topic or an episode.
        label: its title.
    """

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What to record of one question and its answer.

    Attributes:
        words: the question as asked; None if it was answered.
        nearest: what the library has that is closest to an unanswered question; None if nothing is close.
    """

    outcome: Outcome
    subject: Subject | None = None
    words: str | None = None
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that was not answered."""

    words: str
    at: datetime
    place: AskedIn
    outcome: Outcome
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Questions:
    """The number of questions of a day, in UTC, with one outcome."""

    day: date
    outcome: Outcome
    count: int


@dataclass(frozen=True, slots=True)
class Asked:
    """How often answers were about a subject."""

    subject: Subject
    count: int


@dataclass(frozen=True, slots=True)
class Vote:
    """Somebody's rating of an answer; `words` are the question's, None if they were deleted before."""

    useful: bool
    at: datetime
    place: AskedIn
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """All records of some days.

    Attributes:
        today: the last of them, in UTC.
        days: how many.
        missed: newest first.
        questions: by day, oldest first.
        subjects: most frequent first.
        votes: newest first.
    """

    today: date
    days: int
    missed: tuple[Missed, ...] = ()
    questions: tuple[Questions, ...] = ()
    subjects: tuple[Asked, ...] = ()
    votes: tuple[Vote, ...] = ()


class Logbook:
    """The store of the log; this one stores nothing."""

    def note(self, words: str, place: AskedIn, answer: Answer) -> AnswerId | None:  # noqa: ARG002 - nothing is stored
        """Record a question and its answer; return the id to rate it by, None if ratings aren't possible.

        Never waits and never raises: records are written a little later.
        """
        return None

    async def rate(self, answer: AnswerId, person: str, place: AskedIn, *, useful: bool, words: str | None) -> bool:  # noqa: ARG002
        """Store a person's rating of an answer, replacing an earlier one; return whether it is their first.

        `words` are the question's, if the caller knows them.

        Raises:
            StateAwayError: it is not kept.
        """
        raise StateAwayError("nothing is kept")

    async def forget(self, person: str) -> None:
        """Delete all ratings of a person, named as for `rate`, or all records of a workspace.

        Raises:
            StateAwayError: not everything was deleted.
        """

    async def settle(self, of: AskedIn, words: Collection[str]) -> None:
        """Delete the unanswered questions of a server or workspace with exactly these words: they have an answer now.

        Raises:
            StateAwayError: not all of them are deleted.
        """

    async def read(self, days: int, of: AskedIn | None = None) -> Records:  # noqa: ARG002 - nothing was kept
        """Return the records of the last days, including today; only of one server or workspace, if given.

        Raises:
            StateAwayError: they can't be read.
        """
        raise StateAwayError("nothing is kept: OVERHEARD_DATABASE_URL is off")


def entries(words: str, answer: Answer) -> Iterator[Entry]:
    """Return what to record of an answer, an entry for each question of a message; nothing for a greeting."""
    match answer:
        case Several(parts):
            for part in parts:
                yield from entries(part.asked, part.answer)
        case Found(topics=(topic, *_)):
            yield Entry(Outcome.FOUND, Subject(topic.id, topic.title))
        case Found(evidence=evidence):
            yield Entry(Outcome.FOUND, _of_episode(evidence[0].episode) if evidence else None)
        case Fact(episodes=episodes):
            yield Entry(Outcome.FACT, _of_episode(episodes[0]) if len(episodes) == 1 else None)
        case QuoteCheck(verdict=verdict, evidence=evidence):
            said = verdict.said and evidence
            yield Entry(Outcome.QUOTE_CHECK, _of_episode(evidence[0].episode) if said else None)
        case Unsure(guesses=guesses, evidence=evidence):
            near = guesses[0].label if guesses else _words_of(evidence[0]) if evidence else None
            yield Entry(Outcome.UNSURE, words=words, nearest=near)
        case NotFound(confidence=confidence, suggestions=suggestions):
            # Without any confidence nothing is near, and what is suggested is what most people ask about.
            near = suggestions[0].title if confidence and suggestions else None
            yield Entry(Outcome.NOT_FOUND, words=words, nearest=near)
        case Help():
            return
        case _:
            assert_never(answer)


def _of_episode(episode: Episode) -> Subject:
    return Subject(episode.id, full_label(episode))


def _words_of(evidence: Evidence) -> str:
    return f"“{' '.join(evidence.text.split())}” ({label(evidence.episode)})"
