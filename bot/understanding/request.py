"""What somebody wants, read from a question: the one value between understanding and answering.

Nothing after this looks at a question's text to find out what it means.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from bot.port.messages import Episode, EpisodeId, Scope


class FactKind(Enum):
    """What a fact is about."""

    GUEST = auto()
    HOST = auto()
    PEOPLE = auto()
    NUMBER = auto()
    TITLE = auto()
    SUBTITLE = auto()
    SHOW = auto()
    DATE = auto()
    LENGTH = auto()
    LINK = auto()
    SUMMARY = auto()
    SOURCE = auto()
    OVERVIEW = auto()


class Courtesy(Enum):
    """What people say to a bot that asks for nothing in the library."""

    GREETING = auto()
    THANKS = auto()
    GOODBYE = auto()
    PRAISE = auto()
    HELP = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody who is named in a question.

    Attributes:
        name: as the library writes it, or as it was typed where nobody of that name is known.
        episodes: where they speak or take part, newest first; empty for a stranger.
        speaks: whether the name is a speaker's in a transcript.
        namesakes: other speakers who may have been meant, where only a part of the name was typed; most heard first.
    """

    name: str
    episodes: tuple[Episode, ...] = ()
    speaks: bool = False
    namesakes: tuple[Somebody, ...] = ()

    @property
    def all(self) -> tuple[Somebody, ...]:
        """Everybody who may be meant, likeliest first."""
        return (self, *self.namesakes)

    @property
    def known(self) -> bool:
        """Whether the library knows who is meant."""
        return bool(self.episodes)

    @property
    def heard(self) -> tuple[Somebody, ...]:
        """Those who may be meant and speak in a transcript, likeliest first."""
        return tuple(each for each in self.all if each.speaks)


@dataclass(frozen=True, slots=True)
class Where:
    """Where to look for an answer.

    Attributes:
        episode: in this one alone.
        within: in these, such as those of a show; None for all there are.
        part: what people call those: a show's name, "season 2", "season 2 of Hive Talk".
        show: the show that was named, as the library writes it.
        season: the season that was named.
        named: whether the question names the episode.
    """

    episode: EpisodeId | None = None
    within: frozenset[EpisodeId] | None = None
    part: str = ""
    show: str | None = None
    season: int | None = None
    named: bool = False

    @property
    def scope(self) -> Scope:
        """What the search takes."""
        return Scope(self.episode, self.within)

    @classmethod
    def of(cls, scope: Scope) -> Where:
        """Name no part, only say where."""
        return cls(scope.episode, scope.within)


EVERYWHERE = Where()


@dataclass(frozen=True, slots=True)
class Social:
    """A greeting, thanks, a question about the bot, or no words at all."""

    courtesy: Courtesy


@dataclass(frozen=True, slots=True)
class FactOf:
    """A fact about an episode: the one that is named, or by person or subject, or else the last or newest."""

    kind: FactKind


@dataclass(frozen=True, slots=True)
class Appearances:
    """What part somebody has, and in which episodes."""


@dataclass(frozen=True, slots=True)
class ListTopics:
    """All there is to ask about."""


@dataclass(frozen=True, slots=True)
class ListEpisodes:
    """All episodes there are."""


@dataclass(frozen=True, slots=True)
class WhichEpisode:
    """An episode that cannot be told from its name: several have it, or none.

    Attributes:
        number: None for the latest or the first.
        episodes: those of that name, newest first.
    """

    number: str | None
    episodes: tuple[Episode, ...]
    first: bool = False


@dataclass(frozen=True, slots=True)
class EpisodesOn:
    """The episodes that talk about the subject."""


@dataclass(frozen=True, slots=True)
class LatestOn:
    """The latest episode that talks about the subject, or the first."""

    first: bool


@dataclass(frozen=True, slots=True)
class Everything:
    """All that the person said on the subject."""


@dataclass(frozen=True, slots=True)
class CheckQuote:
    """Whether these words were said; None means the ones shown last."""

    words: str | None


@dataclass(frozen=True, slots=True)
class WhoSaid:
    """Who said these words; None means the ones shown last."""

    words: str | None


@dataclass(frozen=True, slots=True)
class WantQuote:
    """A quote, about the subject if there is one."""


@dataclass(frozen=True, slots=True)
class AnotherQuote:
    """One more quote of the kind drawn last."""


@dataclass(frozen=True, slots=True)
class QuoteOnThat:
    """A quote on what was talked about last."""


@dataclass(frozen=True, slots=True)
class Compare:
    """What was said about two subjects, side by side.

    Attributes:
        sides: the subjects.
        surely: whether it is a comparison; else ("energy and china") it may be one subject.
    """

    sides: tuple[str, str]
    surely: bool


@dataclass(frozen=True, slots=True)
class More:
    """More on what was talked about last."""


@dataclass(frozen=True, slots=True)
class AboutThat:
    """What was talked about last, once more: the question names nothing but "it" or "that"."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One of those listed last, counted from 1; -1 is the last."""

    number: int


@dataclass(frozen=True, slots=True)
class OtherOne:
    """Not what was shown last but the next best."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """The last answer once more."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Whether the last answer is right."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """The last answer is not what was asked for."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about the subject: anything that is none of the others."""


Want: TypeAlias = (
    Social
    | FactOf
    | Appearances
    | ListTopics
    | ListEpisodes
    | WhichEpisode
    | EpisodesOn
    | LatestOn
    | Everything
    | CheckQuote
    | WhoSaid
    | WantQuote
    | AnotherQuote
    | QuoteOnThat
    | Compare
    | More
    | AboutThat
    | Pick
    | OtherOne
    | Repeat
    | Doubt
    | Wrong
    | Said
)
"""Closed: whoever answers matches on all of them and ends in `assert_never`."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a longer question.

    Attributes:
        asks: whether it has a word that people ask with, besides what they tell.
    """

    text: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Request:
    """A question, understood.

    Attributes:
        want: what for.
        text: the question with its spelling corrected and names in full.
        subject: what is left when all that was understood is taken out; the search sees this and nothing else.
        where: what it is limited to.
        people: who is asked about, in the order of the question.
        clauses: the subject's clauses, where it has more than one.
        courtesy: what it is if nothing is found on its words; None where it asks for something.
        words_of: whether the words of the person are asked for, and not what others say on the subject.
        about_people: whether something about a person is asked that is not their words ("is Ann married").
    """

    want: Want
    text: str
    subject: str = ""
    where: Where = EVERYWHERE
    people: tuple[Somebody, ...] = ()
    clauses: tuple[Clause, ...] = ()
    about_people: bool = False
    words_of: bool = False
    courtesy: Courtesy | None = None

    @property
    def person(self) -> Somebody | None:
        """The first who is asked about."""
        return self.people[0] if self.people else None
