"""What people want from the bot: one value for each kind of question that it answers in its own way.

The subject, the place and the people of a question are in `request.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Literal, TypeAlias

from bot.port.messages import Episode, EpisodeId
from knowledge.search.transcript import Side


class FactKind(Enum):
    """The facts about an episode that people ask for."""

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
    """What people say to a bot without asking for anything in the library."""

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
    """Wants that need nothing beyond a subject, people and a place."""

    SAID = auto()
    """What was said about the subject, the want of any question that has no other."""
    EVERYTHING = auto()
    """Everything that the person said on the subject."""
    EPISODES_ON = auto()
    """Episodes about the subject."""
    WITH_PERSON = auto()
    """The episodes with somebody, and their part in them."""
    WHO_IS = auto()
    """Who somebody is: how they are introduced, and their episodes."""
    HOME_OF = auto()
    """Where somebody is from or lives."""
    WORK_OF = auto()
    """Where somebody works."""
    WORKED_BEFORE = auto()
    """What somebody did earlier in life."""
    BESIDE_PERSON = auto()
    """Who is in the same episodes as somebody."""
    WITHOUT_PERSON = auto()
    """The episodes with the first of two people but without the second."""
    INTERVIEWERS_OF = auto()
    """Who hosts the episodes with somebody."""
    PAIRS = auto()
    """The two people with the most episodes together."""
    ALL_HOSTS = auto()
    """Everybody who hosts or hosted a show."""
    ON_EACH_SHOW = auto()
    """Who speaks in every show that the question names."""
    TALKED_ABOUT = auto()
    """What somebody's episodes are about."""
    MADE_BY = auto()
    """Who made the subject."""
    MAKER_ON = auto()
    """The episodes with the maker of the subject."""
    GUESTS_FROM = auto()
    """The guests from the subject, such as a company."""
    GUEST_FROM = auto()
    """The one guest who is from the subject or made it."""
    DESCRIBED = auto()
    """The guest whom the subject describes."""
    ALL_EPISODES_ON = auto()
    """Every single episode about the subject."""
    TOPICS = auto()
    """Everything that there is to ask about."""
    MOST_TALKED_ABOUT = auto()
    """What is talked about most."""
    EPISODES = auto()
    """All episodes."""
    EPISODE_COUNT = auto()
    """The number of episodes."""
    WHERE_TO_START = auto()
    """The episode to start with."""
    APPEARANCES = auto()
    """The number of episodes with somebody."""
    QUOTE = auto()
    """A quote, on the subject if there is one."""
    LINES = auto()
    """A few things that somebody said, on any subject."""
    ANOTHER_QUOTE = auto()
    """Another quote of the same kind."""
    QUOTE_ON_THAT = auto()
    """A quote on the last subject."""
    MORE = auto()
    """More on the last subject."""
    ABOUT_THAT = auto()
    """The last subject again: the question names nothing but "it" or "that"."""
    OTHER = auto()
    """The next best answer in place of the last."""
    REPEAT = auto()
    """The last answer again."""
    WHO_ELSE_SAID = auto()
    """Everybody who said the words checked last."""
    OTHER_VIEWS = auto()
    """Other views on the subject: by people who weren't asked about and whose words weren't shown."""
    OTHERS = auto()
    """What other people say on the subject, whether they agree or not."""
    RECOMMEND = auto()
    """An episode or two to listen to, on any subject."""
    PERSONAL = auto()
    """How old, tall or rich somebody is."""
    NEXT_RELEASE = auto()
    """The date of the next episode."""
    WHO_SAID_FIRST = auto()
    """The first person who said the words checked last."""
    DOUBT = auto()
    """Whether the last answer is right."""
    WRONG = auto()
    """A complaint that the last answer isn't what was asked."""
    CHORE = auto()
    """A task that isn't looking something up: "write me a script", "set a timer"."""


@dataclass(frozen=True, slots=True)
class Social:
    """A greeting, thanks, a question about the bot, or no words at all."""

    courtesy: Courtesy


@dataclass(frozen=True, slots=True)
class FactOf:
    """A fact about an episode: the one that is named or found by person or subject, or else the last or newest."""

    kind: FactKind


@dataclass(frozen=True, slots=True)
class WhichEpisode:
    """An episode whose name is ambiguous or unknown.

    Attributes:
        number: its number; None for the latest or the first.
        episodes: the episodes with that name, newest first.
        first: whether the first is meant, if there is no number.
    """

    number: str | None
    episodes: tuple[Episode, ...]
    first: bool = False


@dataclass(frozen=True, slots=True)
class NoneBeside:
    """The episode after another of its show (`step` 1) or before it (-1), if there is none."""

    episode: EpisodeId
    step: int


@dataclass(frozen=True, slots=True)
class LatestOn:
    """The latest or the first episode about the subject."""

    first: bool


@dataclass(frozen=True, slots=True)
class Appearance:
    """The first or the last episode with somebody."""

    first: bool


class Standing(Enum):
    """Questions about somebody's part in a show: host or guest, on again, always on."""

    IS_HOST = auto()
    IS_GUEST = auto()
    HOST_OR_GUEST = auto()
    ON_AGAIN = auto()
    ALWAYS_ON = auto()


@dataclass(frozen=True, slots=True)
class OnTimes:
    """Whether somebody is in at least and at most a number of episodes; None for no such limit."""

    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class MostOften:
    """The `top` people with the most episodes; None if the question gives no number."""

    top: int | None


@dataclass(frozen=True, slots=True)
class Guests:
    """The guests, those with the most episodes first.

    Attributes:
        least: minimum number of episodes.
        shows: minimum number of shows.
        top: maximum number of guests to list; None for all.
        nth: the only guest wanted, in order of first appearance, counted from 1, or -1 for the last; None for all.
    """

    least: int = 1
    shows: int = 1
    top: int | None = None
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class HostsBeside:
    """Who hosted a show before or after somebody; without a person, the first host or the latest."""

    before: bool


@dataclass(frozen=True, slots=True)
class RoleIn:
    """The person with a role, such as "CEO", in the subject, such as a company."""

    role: str


@dataclass(frozen=True, slots=True)
class RoleOn:
    """The episodes with the person who has a role in the subject."""

    role: str


@dataclass(frozen=True, slots=True)
class WhoFeels:
    """The people who say that they have a feeling about the subject, given by its verb, such as "hates"."""

    verb: str


@dataclass(frozen=True, slots=True)
class CheckQuote:
    """Whether some words were said.

    Attributes:
        words: the words; None for those shown last.
        quoted: whether they are in quotation marks; if not, they may only put a subject into a sentence.
    """

    words: str | None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class WhoSaid:
    """Who said some words.

    Attributes:
        words: the words; None for those shown last.
        quoted: whether they are in quotation marks; if not, they may only name a subject.
        nth: which of those shown last, counted from 1, -1 for the last; None for the one talked about.
    """

    words: str | None
    quoted: bool = False
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class Compare:
    """What was said about two or three subjects, side by side.

    Attributes:
        sides: the subjects.
        surely: whether it is certainly a comparison; "energy and china" may be one subject.
    """

    sides: tuple[str, ...]
    surely: bool


@dataclass(frozen=True, slots=True)
class Pick:
    """An item listed last, counted from 1; -1 for the last."""

    number: int


class Measure(Enum):
    """What to count."""

    MENTIONS = auto()
    """Mentions of the subject."""
    EPISODES = auto()
    """Episodes that mention the subject, or in which somebody speaks, or all."""
    PEOPLE = auto()
    """People who mention the subject, or who speak at all."""
    GUESTS = auto()
    """Guests."""
    WORDS = auto()
    """Words spoken."""
    TIME = auto()
    """Speaking time, where times are known."""
    LENGTH = auto()
    """The length of an episode."""


class Group(Enum):
    """What to group a count by."""

    SHOW = auto()
    PERSON = auto()
    GUEST = auto()
    """By person, without hosts and regulars of the show."""
    EPISODE = auto()
    YEAR = auto()


class Order(Enum):
    """Which group of a count is wanted, or which mention."""

    MOST = auto()
    LEAST = auto()
    FIRST = auto()
    LAST = auto()


@dataclass(frozen=True, slots=True)
class Count:
    """A number: in total, or for each show, person, episode or year.

    Attributes:
        measure: what to count.
        by: what to group by; None for the total.
        order: which group comes first; `FIRST` and `LAST` ask when the subject was mentioned.
        top: the number of groups wanted; None if the question doesn't say.
    """

    measure: Measure
    by: Group | None = None
    order: Order = Order.MOST
    top: int | None = None


@dataclass(frozen=True, slots=True)
class MoreOften:
    """The subject that is mentioned most often, or the one of two people who mentions the subject more often.

    Attributes:
        sides: the subjects; None to compare two people, by how much they talk if there is no subject.
        measure: whether to count mentions or episodes.
    """

    sides: tuple[str, ...] | None
    measure: Measure = Measure.MENTIONS


@dataclass(frozen=True, slots=True)
class AtTime:
    """What is said at a time, counted from the start of the episode."""

    time: timedelta


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said before, after or around the passage shown last."""

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
    | OnTimes
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
"""A closed union: the answerer matches on all members and ends in `assert_never`."""

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
"""Wants about the last answer alone."""
Credit: TypeAlias = Literal[Ask.MADE_BY, Ask.MAKER_ON, Ask.GUESTS_FROM, Ask.GUEST_FROM] | RoleIn | RoleOn
"""Wants for the person who made or leads something or is from somewhere."""
Counted: TypeAlias = (
    Literal[Ask.BESIDE_PERSON, Ask.WITHOUT_PERSON, Ask.INTERVIEWERS_OF, Ask.PAIRS, Ask.ON_EACH_SHOW, Ask.APPEARANCES]
    | Appearance
    | OnTimes
    | MostOften
    | Guests
)
"""Wants for who is on with whom, how often, first or last."""
