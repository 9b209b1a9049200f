"""What somebody wants, read from a question: the one value between understanding and answering.

Nothing after this looks at a question's text to find out what it means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.port.messages import Episode, EpisodeId, Scope
from bot.understanding.wants import Want

MOST_OF_A_GUEST: Final = 10
"""Episodes of somebody up to which they are rather a guest: these tell what they talk about, and are read for who they
are; regulars talk about everything."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody who is named in a question.

    Attributes:
        name: as the library writes it, or as it was typed where nobody of that name is known.
        episodes: where they speak or take part, newest first; empty for a stranger.
        speaks: whether the name is a speaker's in a transcript.
        namesakes: other speakers who may have been meant, where only a part of the name was typed; most frequent first.
        labels: other names, such as "Ann", by which transcripts name the same person.
    """

    name: str
    episodes: tuple[Episode, ...] = ()
    speaks: bool = False
    namesakes: tuple[Somebody, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[Somebody, ...]:
        """Everybody who may be meant, likeliest first."""
        return (self, *self.namesakes)

    @property
    def known(self) -> bool:
        """Whether the library knows who is meant."""
        return bool(self.episodes)

    @property
    def is_regular(self) -> bool:
        """Whether they are in more episodes than a guest would be."""
        return len(self.episodes) > MOST_OF_A_GUEST

    @property
    def candidates(self) -> tuple[Somebody, ...]:
        """Those who may be meant and whom the library knows, likeliest first."""
        return tuple(each for each in self.all if each.known)

    @property
    def speaking(self) -> tuple[str, ...]:
        """The names, in transcripts, of those who may be meant and speak in one, likeliest first."""
        return tuple(name for each in self.all if each.speaks for name in (each.name, *each.labels))


Years: TypeAlias = tuple[int, int]
"""The first and the last of some years; of "since 2020" the last is the greatest there may be."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where to look for an answer.

    Attributes:
        episode: in this one alone.
        within: in these, such as those of a show; None for all there are.
        part: what people call those: a show's name, "season 2", "season 2 of Hive Talk".
        show: the show that was named, as the library writes it.
        season: the season that was named.
        year: the year that was named, or the first and the last of several.
        named: whether the question names the episode.
    """

    episode: EpisodeId | None = None
    within: frozenset[EpisodeId] | None = None
    part: str = ""
    show: str | None = None
    season: int | None = None
    year: int | Years | None = None
    named: bool = False

    @property
    def scope(self) -> Scope:
        """What the search takes."""
        return Scope(self.episode, self.within)

    def has(self, episode: EpisodeId) -> bool:
        """Tell whether an episode is in the part."""
        return self.within is None or episode in self.within

    @classmethod
    def of(cls, scope: Scope) -> Where:
        """Name no part, only say where."""
        return cls(scope.episode, scope.within)


EVERYWHERE = Where()


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a longer question.

    Attributes:
        about: how much of the question's subject is in it: of how many words, each as likely as it is one of them.
        surely: whether it is asked for only where something plainly answers it.
    """

    text: str
    about: float
    surely: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A question, understood.

    Attributes:
        want: what for.
        text: the question with its spelling corrected and names in full.
        subject: what is left when all that was understood is taken out; the search sees this and nothing else.
        term: what it asks the meaning of: "Nix" in "what is Nix"; empty in any other.
        of_its_name: whether it asks how that came by its name.
        feeling: the verb where it asks whether somebody does that: "love" in "does Ann love monorepos".
        where: what it is limited to.
        people: who is asked about, in the order of the question.
        clauses: the subject's clauses, where it has more than one.
        count: how many are wanted, of quotes.
        of_the_world: whether it is rather about the world at large ("who won the cup") than about what was talked of:
            then only what plainly answers is shown, and nothing that may.
        otherwise: what is wanted if nothing answers on its words; None where that is not known.
        guest_from: the company or place whose guests' words are asked for, where none is named; empty otherwise.
        words_of: whether the words of the person are asked for, and not what others say on the subject.
        about_people: whether something about a person is asked that is not their words ("is Ann married", "what do they
            say about Ann").
        done_by: what is said to have done something, and is nobody who speaks: "github" in "how much did github pay".
        done: what that is, what "how many" counts, or what somebody who speaks is said to have done: "leave" in "why
            did Ann leave Wax".
        done_to: the show that it was done to, if it was: "Hive Talk" in "why did Ann leave Hive Talk".
        amount: where it is asked how much that was, the words for numbers, of which one has to be in an answer without
            digits.
        instead: where something is asked for in place of another, how people say that: "without Redux".
        whether: whether it is asked if somebody was on, which "yes" answers.
        points_back: whether it points to what went before ("who was he"): where nothing did, no episode is meant.
        unknown_he: whether it asks for the words of "him" or "her" where nobody was named who that may be.
        of_taste: whether it asks what the bot likes or thinks; `to_come` whether it asks for what is to come.
        besides: what is left out of the subject: "rye" in "what do they bake besides rye".
        no_such_part: the year, named as a part of the library, to which the question was not limited because no episode
            is known to be of it; empty otherwise.
        nearby: the one episode that was just talked about, where what is found nowhere plainly may be; None for none.
        of_an_assistant: whether it is what people ask an assistant, about an alarm or an account, rather than talk.
    """

    want: Want
    text: str
    subject: str = ""
    where: Where = EVERYWHERE
    people: tuple[Somebody, ...] = ()
    clauses: tuple[Clause, ...] = ()
    about_people: bool = False
    guest_from: str = ""
    words_of: bool = False
    done_by: str = ""
    done: str = ""
    done_to: str = ""
    amount: frozenset[str] = frozenset()
    instead: tuple[str, ...] = ()
    whether: bool = False
    points_back: bool = False
    unknown_he: bool = False
    of_taste: bool = False
    to_come: bool = False
    besides: str = ""
    no_such_part: str = ""
    nearby: Where | None = None
    of_an_assistant: bool = False
    of_the_world: bool = False
    otherwise: Want | None = None
    count: int = 1
    term: str = ""
    of_its_name: bool = False
    feeling: str = ""

    @property
    def of_little(self) -> bool:
        """Whether it is likely that nobody talked about it, so that what may answer is there by chance."""
        return self.of_an_assistant or self.of_the_world

    @property
    def person(self) -> Somebody | None:
        """The first who is asked about."""
        return self.people[0] if self.people else None
