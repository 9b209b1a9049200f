"""What a question asks for: the one value that understanding hands to answering.

Answering decides by these fields what is wanted. It reads `text` only to compare its words with what it found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.port.messages import Episode, EpisodeId, Scope
from bot.understanding.wants import Want
from knowledge.search.question import PLAIN, Manner

MOST_OF_A_GUEST: Final = 10
"""Number of episodes up to which somebody counts as a guest. A guest's episodes say what the guest talks about and who
they are; a regular's are about everything."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody named in a question.

    Attributes:
        name: as the library writes it, or as typed if the library knows nobody of that name.
        episodes: those in which they speak or take part, newest first; empty for a stranger.
        speaks: whether a transcript has this name as a speaker.
        namesakes: other speakers who may be meant if only part of a name was typed, most frequent first.
        labels: other names by which transcripts know the same person, such as "Ann".
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
    def has_many_episodes(self) -> bool:
        """Whether they are in more episodes than a guest."""
        return len(self.episodes) > MOST_OF_A_GUEST

    @property
    def is_guest(self) -> bool:
        """Whether they are in few episodes, and a host of none of these."""
        hosts = any(host.name == self.name for each in self.episodes for host in each.hosts)
        return self.known and not (self.has_many_episodes or hosts)

    @property
    def candidates(self) -> tuple[Somebody, ...]:
        """Everybody who may be meant and is in the library, likeliest first."""
        return tuple(each for each in self.all if each.known)

    @property
    def heard(self) -> Somebody | None:
        """The likeliest person meant who speaks in a transcript; None if nobody does."""
        return next((each for each in self.all if each.speaks), None)

    @property
    def speaking(self) -> tuple[str, ...]:
        """The transcripts' names for all speakers who may be meant, likeliest first."""
        return tuple(name for each in self.all if each.speaks for name in (each.name, *each.labels))


Years: TypeAlias = tuple[int, int]
"""The first and last year of a range. In "since 2020" the last is the greatest possible year."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where to look for an answer.

    Attributes:
        episode: the only episode to look in; None for several.
        within: the episodes to look in, such as those of a show; None for all.
        part: what people call those episodes: a show's name, "season 2", "season 2 of Hive Talk".
        show: the show that the question names, as the library writes it.
        season: the season that the question names.
        year: the year or the range of years that the question names.
        named: whether the question itself names the episode.
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
        """The same, as the search takes it."""
        return Scope(self.episode, self.within)

    def has(self, episode: EpisodeId) -> bool:
        """Tell whether an episode is among those to look in."""
        return self.within is None or episode in self.within

    @classmethod
    def of(cls, scope: Scope) -> Where:
        """Take a scope that has no name."""
        return cls(scope.episode, scope.within)


EVERYWHERE = Where()


@dataclass(frozen=True, slots=True)
class Worded:
    """How a question is worded, apart from what it asks for.

    Attributes:
        manner: how it asks about its subject.
        statement: the question as a statement: "Ann drop out of college" for "did Ann drop out of college".
        thing: the thing or place that the subject names, without what is beside it: "Redis" in "the Redis or others".
        made: its verb for "made": "wrote" in "who is the author of it".
        alone: whether it says all that it asks, so that somebody in an episode may have asked the same word for word.
    """

    manner: Manner = PLAIN
    statement: str = ""
    thing: str = ""
    made: str = "made"
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Premise:
    """What a question takes for granted, so that nothing answers it unless somebody says so.

    Attributes:
        by: what is said to have done something, if that isn't a speaker: "github" in "how much did github pay".
        done: what was done, or what "how many" counts: "leave" in "why did Ann leave Wax".
        to: the show to which it was done, if any: "Hive Talk" in "why did Ann leave Hive Talk".
        amount: words for numbers, if it asks how much; an answer must have one of them, or digits. Otherwise empty.
    """

    by: str = ""
    done: str = ""
    to: str = ""
    amount: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Trait:
    """What a yes-or-no question asks of a person, or a question when or why takes for granted.

    Attributes:
        done: verbs for what they did, any of which counts: "leave" in "did Ann leave Wax"; empty for what they are.
        rest: the other words: "Wax", or "a lawyer" in "is Ann a lawyer"; some of them are informative.
        made: whether they made what `rest` names.
        asks: "when" or "why", if the question takes it for granted and asks that; otherwise empty.
    """

    done: tuple[str, ...]
    rest: str
    made: bool = False
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a longer question.

    Attributes:
        about: how much of the question's subject it has: the sum over its words of the probability that each belongs
            to the subject.
        surely: whether only a plain answer to it counts.
        manner: how it is asked.
    """

    text: str
    about: float
    surely: bool = False
    manner: Manner = PLAIN


@dataclass(frozen=True, slots=True)
class Closer:
    """The same question, going on from what was just talked about.

    Attributes:
        request: that question, of what was just shown or with the last subject. Its `about` is the last subject if any
            answer has to be on that.
        surely: whether the question surely goes on from that, so that a likely answer to this beats a sure one on
            anything else.
    """

    request: Request
    surely: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """A question, understood.

    Attributes:
        want: what kind of answer is wanted.
        text: the question with its spelling corrected and names in full.
        subject: what remains once everything understood is taken out. This is what we search for.
        where: the episodes to which the question limits the answer.
        people: the people asked about, in the order of the question.
        clauses: the clauses of the subject, if it has more than one.
        worded: what answering has to know of its words.
        about_people: whether it asks something about a person other than their words ("is Ann married", "what do they
            say about Ann").
        words_of: whether it asks for the person's own words, not for what others say on the subject.
        premise: what it takes for granted.
        trait: what it asks of the person: "British" in "is Ann British"; None if it asks nothing like that.
        instead: phrases with which people reject the thing to be replaced ("without Redux"), if it asks for a
            replacement.
        whether: whether it asks if somebody was on, so that the answer starts with yes or no.
        points_back: whether it refers to something earlier ("who was he"). If nothing came before, it means no episode.
        unknown_he: whether it asks for the words of "him" or "her" though we don't know who that is.
        of_taste: whether it asks what the bot likes or thinks.
        to_come: whether it asks about the future.
        besides: what to leave out of the subject: "rye" in "what do they bake besides rye".
        no_such_part: the year that we ignored because no episode is known to be from it; otherwise empty.
        nearby: the episode talked about last, to try if nothing plainly answers elsewhere; None if there is none.
        closer: the same question, going on from what was just talked about, for want of a sure answer on that; None if
            it surely doesn't go on.
        of_an_assistant: whether it is a typical request to a digital assistant, about an alarm or an account.
        of_the_world: whether it is about the world at large ("who won the cup") rather than about what was said. Then
            only plain answers are shown, not likely ones.
        otherwise: what is wanted if nothing said answers it; None if we don't know.
        guest_from: the company or place whose guests are asked about, if nobody is named; otherwise empty.
        count: how many quotes are wanted.
        term: what to define: "Nix" in "what is Nix". Empty if it asks for no definition.
        of_its_name: whether it asks where the term got its name.
        feeling: the verb, if it asks whether somebody feels that way: "love" in "does Ann love monorepos".
        about: what the conversation is about after it, if the subject is a whole question: "habit" for "how do I build
            a habit". Otherwise empty.
    """

    want: Want
    text: str
    subject: str = ""
    where: Where = EVERYWHERE
    people: tuple[Somebody, ...] = ()
    clauses: tuple[Clause, ...] = ()
    worded: Worded = Worded()
    about_people: bool = False
    guest_from: str = ""
    words_of: bool = False
    premise: Premise = Premise()
    trait: Trait | None = None
    instead: tuple[str, ...] = ()
    whether: bool = False
    points_back: bool = False
    unknown_he: bool = False
    of_taste: bool = False
    to_come: bool = False
    besides: str = ""
    no_such_part: str = ""
    nearby: Where | None = None
    closer: Closer | None = None
    of_an_assistant: bool = False
    of_the_world: bool = False
    otherwise: Want | None = None
    count: int = 1
    term: str = ""
    of_its_name: bool = False
    feeling: str = ""
    about: str = ""

    @property
    def of_little(self) -> bool:
        """Whether probably nobody talked about it, so that anything that seems to answer does so by chance."""
        return self.of_an_assistant or self.of_the_world

    @property
    def person(self) -> Somebody | None:
        """The first person asked about."""
        return self.people[0] if self.people else None
