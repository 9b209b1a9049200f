"""What people want of the bot: every kind of question that the bot answers in its own way.

Kinds alone; on what subject, where and of whom is in `request.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Literal, TypeAlias

from bot.port.messages import Episode, EpisodeId
from knowledge.search.transcript import Side


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
    CHAPTERS = auto()
    BEST = auto()


class Courtesy(Enum):
    """What people say to a bot that asks for nothing in the library."""

    GREETING = auto()
    THANKS = auto()
    GOODBYE = auto()
    COMPLIMENT = auto()
    CRITICISM = auto()
    PRAISE = auto()
    TASTE = auto()
    HELP = auto()
    PROGRAM = auto()
    NOTHING = auto()


class Ask(Enum):
    """What is wanted, where there is no more to say about it than subject, people and place."""

    SAID = auto()
    """What was said about the subject: anything that is none of the others."""
    EVERYTHING = auto()
    """All that the person said on the subject."""
    EPISODES_ON = auto()
    """The episodes that talk about the subject."""
    WITH_PERSON = auto()
    """What part somebody has, and in which episodes."""
    WHO_IS = auto()
    """The same, and how somebody is introduced."""
    HOME_OF = auto()
    """Where somebody is from, or lives."""
    WORK_OF = auto()
    """Where somebody works."""
    BESIDE_PERSON = auto()
    """Who is in episodes with somebody."""
    WITHOUT_PERSON = auto()
    """The episodes that the first of two people is in, and the second is not."""
    INTERVIEWERS_OF = auto()
    """Who hosts the episodes with somebody."""
    PAIRS = auto()
    """Which two people are in most episodes together."""
    ALL_HOSTS = auto()
    """Everybody who hosts or hosted a show."""
    ON_EACH_SHOW = auto()
    """Who speaks in each of the shows that are named."""
    TALKED_ABOUT = auto()
    """What somebody's episodes are about."""
    MADE_BY = auto()
    """Who made the subject."""
    MAKER_ON = auto()
    """The episodes with who made the subject."""
    GUESTS_FROM = auto()
    """The guests who are from the subject, such as a company."""
    GUEST_FROM = auto()
    """The one guest who is from the subject, or made it."""
    ALL_EPISODES_ON = auto()
    """Every single episode that talks about the subject."""
    TOPICS = auto()
    """All there is to ask about."""
    MOST_TALKED_ABOUT = auto()
    """What is talked about most."""
    EPISODES = auto()
    """All episodes there are."""
    EPISODE_COUNT = auto()
    """How many episodes there are."""
    WHERE_TO_START = auto()
    """Which episode to begin with."""
    APPEARANCES = auto()
    """In how many episodes somebody is."""
    QUOTE = auto()
    """A quote, about the subject if there is one."""
    LINES = auto()
    """Some of all that somebody said."""
    ANOTHER_QUOTE = auto()
    """One more quote of the kind drawn last."""
    QUOTE_ON_THAT = auto()
    """A quote on what was talked about last."""
    MORE = auto()
    """More on what was talked about last."""
    ABOUT_THAT = auto()
    """What was talked about last, once more: the question names nothing but "it" or "that"."""
    OTHER = auto()
    """Not what was shown last but the next best."""
    REPEAT = auto()
    """The last answer once more."""
    WHO_ELSE_SAID = auto()
    """Everybody who said the words that were checked last."""
    OTHER_VIEWS = auto()
    """What others say on the subject than those who are asked about, and whose words were shown."""
    OTHERS = auto()
    """What others say on the subject, where nobody asks who agrees."""
    RECOMMEND = auto()
    """An episode or two to listen to, on no subject."""
    PERSONAL = auto()
    """How old, tall or rich somebody is."""
    NEXT_RELEASE = auto()
    """When the next episode comes out."""
    WHO_SAID_FIRST = auto()
    """Who said the words that were checked last before anybody else did."""
    DOUBT = auto()
    """Whether the last answer is right."""
    WRONG = auto()
    """The last answer is not what was asked for."""
    CHORE = auto()
    """To have something done that is no looking up: "write me a script", "set a timer"."""


@dataclass(frozen=True, slots=True)
class Social:
    """A greeting, thanks, a question about the bot, or no words at all."""

    courtesy: Courtesy


@dataclass(frozen=True, slots=True)
class FactOf:
    """A fact about an episode: the one that is named, or by person or subject, or else the last or newest."""

    kind: FactKind


@dataclass(frozen=True, slots=True)
class WhichEpisode:
    """An episode that its name does not single out: several have it, or none.

    Attributes:
        number: None for the latest or the first.
        episodes: those of that name, newest first.
    """

    number: str | None
    episodes: tuple[Episode, ...]
    first: bool = False


@dataclass(frozen=True, slots=True)
class NoneBeside:
    """The episode after another of its show (1), or before it (-1), where there is none."""

    episode: EpisodeId
    step: int


@dataclass(frozen=True, slots=True)
class LatestOn:
    """The latest episode that talks about the subject, or the first."""

    first: bool


@dataclass(frozen=True, slots=True)
class Appearance:
    """When somebody was first on, or last."""

    first: bool


class Standing(Enum):
    """What it is asked if somebody is, or how often they are on."""

    IS_HOST = auto()
    IS_GUEST = auto()
    HOST_OR_GUEST = auto()
    ON_AGAIN = auto()
    ALWAYS_ON = auto()


@dataclass(frozen=True, slots=True)
class MostOften:
    """Who was on in most episodes; so many of them, None where that isn't said."""

    top: int | None


@dataclass(frozen=True, slots=True)
class Guests:
    """Who was a guest, those with most episodes first.

    Attributes:
        least: in at least so many episodes.
        shows: of at least so many shows.
        top: so many of them; None for all.
        nth: only the first (1) or another by when each was first on, or the last (-1); None for all.
    """

    least: int = 1
    shows: int = 1
    top: int | None = None
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class HostsBeside:
    """Who hosted a show before somebody did, or else after; without somebody, who did at first, or began last."""

    before: bool


@dataclass(frozen=True, slots=True)
class RoleIn:
    """Who has a role in the subject, such as a company's "CEO"."""

    role: str


@dataclass(frozen=True, slots=True)
class RoleOn:
    """The episodes with who has a role in the subject."""

    role: str


@dataclass(frozen=True, slots=True)
class WhoFeels:
    """Who says that they do what a verb says to the subject, such as "hates"."""

    verb: str


@dataclass(frozen=True, slots=True)
class CheckQuote:
    """Whether these words were said; None means the ones shown last.

    Attributes:
        quoted: whether they stand between quotation marks; others may be a subject put in a sentence.
    """

    words: str | None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class WhoSaid:
    """Who said these words; None means the ones shown last.

    Attributes:
        quoted: whether they stand between quotation marks; other words may only name a subject.
        nth: which of the ones shown last, counted from 1, -1 for the last; None for the one talked about.
    """

    words: str | None
    quoted: bool = False
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class Compare:
    """What was said about two or three subjects, side by side.

    Attributes:
        sides: the subjects.
        surely: whether it is a comparison; else ("energy and china") it may be one subject.
    """

    sides: tuple[str, ...]
    surely: bool


@dataclass(frozen=True, slots=True)
class Pick:
    """One of those listed last, counted from 1; -1 is the last."""

    number: int


class Measure(Enum):
    """What is counted."""

    MENTIONS = auto()
    """How often the subject is said."""
    EPISODES = auto()
    """In how many episodes it is said, or how many there are, or how many somebody speaks in."""
    PEOPLE = auto()
    """How many people say it, or speak at all."""
    GUESTS = auto()
    """How many guests there are."""
    WORDS = auto()
    """How many words are said."""
    TIME = auto()
    """How long is spoken, where times are known."""
    LENGTH = auto()
    """How long an episode is."""


class Group(Enum):
    """By what a count is divided."""

    SHOW = auto()
    PERSON = auto()
    GUEST = auto()
    """The same without those who host or are regulars where it is said."""
    EPISODE = auto()
    YEAR = auto()


class Order(Enum):
    """Which part of what was counted is wanted."""

    MOST = auto()
    LEAST = auto()
    FIRST = auto()
    LAST = auto()


@dataclass(frozen=True, slots=True)
class Count:
    """How much there is of something: in all, or in each show, person, episode or year.

    Attributes:
        by: None for one number for all that is asked about.
        order: what comes first where it is divided; `FIRST` and `LAST` ask when the subject was mentioned.
        top: how many parts are wanted; None where the question doesn't say.
    """

    measure: Measure
    by: Group | None = None
    order: Order = Order.MOST
    top: int | None = None


@dataclass(frozen=True, slots=True)
class MoreOften:
    """Which of some subjects is said most often, or who of two people says the subject more often.

    Attributes:
        sides: the subjects; None where two people are asked about, by how much they talk where there is no subject.
        measure: how often they are said, or in how many episodes.
    """

    sides: tuple[str, ...] | None
    measure: Measure = Measure.MENTIONS


@dataclass(frozen=True, slots=True)
class AtTime:
    """What is said at a time, from the beginning of the episode."""

    time: timedelta


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said before or after what was shown last, or around it."""

    side: Side


Want: TypeAlias = (
    Ask
    | Social
    | FactOf
    | WhichEpisode
    | NoneBeside
    | LatestOn
    | Appearance
    | Standing
    | MostOften
    | MoreOften
    | Guests
    | HostsBeside
    | RoleIn
    | RoleOn
    | WhoFeels
    | CheckQuote
    | WhoSaid
    | Compare
    | Pick
    | Count
    | AtTime
    | Beside
)
"""Closed: an answerer matches on all of them and ends in `assert_never`."""

GoingBack: TypeAlias = Literal[
    Ask.WHO_ELSE_SAID,
    Ask.WHO_SAID_FIRST,
    Ask.OTHER_VIEWS,
    Ask.OTHERS,
    Ask.MORE,
    Ask.ABOUT_THAT,
    Ask.OTHER,
    Ask.DOUBT,
    Ask.WRONG,
    Ask.REPEAT,
]
"""What is asked of the last answer alone."""
Credit: TypeAlias = Literal[Ask.MADE_BY, Ask.MAKER_ON, Ask.GUESTS_FROM, Ask.GUEST_FROM] | RoleIn | RoleOn
"""Who made or leads something, or is from somewhere."""
Counted: TypeAlias = (
    Literal[Ask.BESIDE_PERSON, Ask.WITHOUT_PERSON, Ask.INTERVIEWERS_OF, Ask.PAIRS, Ask.ON_EACH_SHOW, Ask.APPEARANCES]
    | Appearance
    | MostOften
    | Guests
)
"""Who is on with whom, how often, when first and last."""
