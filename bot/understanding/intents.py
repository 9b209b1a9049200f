"""What somebody wants, read from the shape of the question.

Only the shape: whether a topic or a quotation is in the library is for the search to say. An intent that
needs particular words (a fact, a list, a greeting) holds only when nothing else is left in the question,
so "how long is it" asks for the length and "how long until AGI" does not. The shapes are in `phrasebook.py`.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from bot.understanding import phrasebook
from bot.understanding.text import Words


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
class Social:
    """A greeting, thanks, a question about the bot, or no words at all."""

    courtesy: Courtesy


@dataclass(frozen=True, slots=True)
class AskFact:
    """A fact about an episode."""

    kind: FactKind


@dataclass(frozen=True, slots=True)
class AskFactOn:
    """A fact about the episode that has most on a subject."""

    kind: FactKind
    about: str


@dataclass(frozen=True, slots=True)
class AskPerson:
    """What part a person has in an episode; the name is that of a host or a guest."""

    name: str


@dataclass(frozen=True, slots=True)
class ListTopics:
    """All there is to ask about."""


@dataclass(frozen=True, slots=True)
class ListEpisodes:
    """All episodes there are."""


@dataclass(frozen=True, slots=True)
class EpisodesOn:
    """The episodes that talk about these words."""

    about: str


@dataclass(frozen=True, slots=True)
class LatestOn:
    """The latest episode that talks about these words, or the first."""

    about: str
    first: bool


@dataclass(frozen=True, slots=True)
class Everything:
    """All that the person named in these words said on the rest of them."""

    words: str


@dataclass(frozen=True, slots=True)
class CheckQuote:
    """Whether these words were said; None means the ones shown last."""

    said: str | None


@dataclass(frozen=True, slots=True)
class WhoSaid:
    """Who said these words; None means the ones shown last."""

    said: str | None


@dataclass(frozen=True, slots=True)
class WantQuote:
    """A quote about these words; None means any quote."""

    about: str | None


@dataclass(frozen=True, slots=True)
class AnotherQuote:
    """One more quote of the kind drawn last."""


@dataclass(frozen=True, slots=True)
class QuoteOnThat:
    """A quote on what was talked about last."""


@dataclass(frozen=True, slots=True)
class More:
    """More on what was talked about last."""


@dataclass(frozen=True, slots=True)
class AboutThat:
    """What was talked about last, once more: the question names nothing but "it" or "that"."""


@dataclass(frozen=True, slots=True)
class Look:
    """Anything else: what the library has on these words."""

    words: str


Intent: TypeAlias = (
    Social
    | AskFact
    | AskFactOn
    | AskPerson
    | ListTopics
    | ListEpisodes
    | EpisodesOn
    | LatestOn
    | Everything
    | CheckQuote
    | WhoSaid
    | WantQuote
    | AnotherQuote
    | QuoteOnThat
    | More
    | AboutThat
    | Look
)


@dataclass(frozen=True, slots=True)
class Reading:
    """An intent, and whether the question says that it goes on from the one before ("and China?")."""

    intent: Intent
    follows: bool = False


_COURTESIES: tuple[tuple[Courtesy, re.Pattern[str]], ...] = (
    (Courtesy.HELP, phrasebook.HELP),
    (Courtesy.GREETING, phrasebook.GREETING),
    (Courtesy.THANKS, phrasebook.THANKS),
    (Courtesy.GOODBYE, phrasebook.GOODBYE),
    (Courtesy.PRAISE, phrasebook.PRAISE),
)

# In order: "what show is this called" asks for the show, "what's it called" for the title.
_FACTS: tuple[tuple[FactKind, re.Pattern[str]], ...] = (
    (FactKind.LINK, phrasebook.LINK),
    (FactKind.DATE, phrasebook.DATE),
    (FactKind.LENGTH, phrasebook.LENGTH),
    (FactKind.NUMBER, phrasebook.NUMBER),
    (FactKind.SUBTITLE, phrasebook.SUBTITLE),
    (FactKind.SHOW, phrasebook.SHOW),
    (FactKind.TITLE, phrasebook.TITLE),
    (FactKind.PEOPLE, phrasebook.PEOPLE),
    (FactKind.GUEST, phrasebook.GUEST),
    (FactKind.HOST, phrasebook.HOST),
    (FactKind.SOURCE, phrasebook.SOURCE),
    (FactKind.SUMMARY, phrasebook.SUMMARY),
)


def read(asked: Words, names: AbstractSet[str]) -> Reading:
    """Read the intent of a question whose spelling is mended.

    Args:
        asked: the question.
        names: the words of shows', hosts' and guests' names in lower case; they are no subject by themselves.
    """
    if not asked.plain:
        return Reading(Social(Courtesy.NOTHING))
    if courtesy := _courtesy(asked.plain):
        return Reading(Social(courtesy))
    if (lead := phrasebook.LEAD.match(asked.plain)) and lead.end() < len(asked.plain):
        asked = asked.after(lead.end())
        if courtesy := _courtesy(asked.plain):
            return Reading(Social(courtesy))
    if intent := _refers_back(asked):
        return Reading(intent, follows=True)
    if follows := phrasebook.FOLLOWS.match(asked.plain):
        return Reading(_asked(asked.after(follows.end()), names), follows=True)
    return Reading(_asked(asked, names))


def _courtesy(plain: str) -> Courtesy | None:
    return next((courtesy for courtesy, shape in _COURTESIES if shape.fullmatch(plain)), None)


def _refers_back(asked: Words) -> Intent | None:
    plain = asked.plain
    if phrasebook.MORE.fullmatch(plain):
        return More()
    if phrasebook.ANOTHER_ONE.fullmatch(plain):
        return AnotherQuote()
    if phrasebook.CHECK_THAT.fullmatch(plain):
        return CheckQuote(None)
    who = phrasebook.WHO_SAID.search(plain)
    if who and not asked.quoted and set(plain[who.end() :].split()) <= phrasebook.POINTING_BACK:
        before = plain[: who.start()]
        return WhoSaid(before) if subject(before) else WhoSaid(None)
    if phrasebook.QUOTE.search(plain) and not subject(plain, phrasebook.ASKING_FOR_A_QUOTE):
        return QuoteOnThat() if phrasebook.QUOTE_ON_THAT.search(plain) else None
    if not subject(plain) and phrasebook.ABOUT_THAT.search(plain) and not _fact(plain, frozenset()):
        return AboutThat()
    return None


def _asked(asked: Words, names: AbstractSet[str]) -> Intent:
    plain = asked.plain
    if on := phrasebook.EPISODES_ON.match(plain):
        on_what = asked.after(on.end())
        if subject(on_what.plain, phrasebook.EPISODE):
            return EpisodesOn(on_what.text)
    if everything := phrasebook.EVERYTHING.match(plain):
        return Everything(asked.after(everything.end()).text)
    if who := phrasebook.WHO_SAID.search(plain):
        return WhoSaid(asked.quoted or asked.after(_past(phrasebook.WHO_SAID_GLUE, plain, who.end())).text)
    if checked := _to_check(asked, names):
        return CheckQuote(checked)
    if latest := _latest_on(plain):
        on_what = asked.after(latest.end())
        if subject(on_what.plain, phrasebook.EPISODE):
            return LatestOn(on_what.text, latest["order"] in phrasebook.FIRST)
    if phrasebook.QUOTE.search(plain):
        about = subject(plain, phrasebook.ASKING_FOR_A_QUOTE | phrasebook.EPISODE)
        if not about and phrasebook.ANOTHER.search(plain):
            return AnotherQuote()
        return WantQuote(" ".join(about) or None)
    if _is_all(phrasebook.TOPICS, plain, names):
        return ListTopics()
    for shape in (phrasebook.WHO_IS, phrasebook.EPISODE_WITH):
        if (person := shape.match(plain)) and set(person["name"].split()) <= names:
            return AskPerson(person["name"])
    if _is_all(phrasebook.EPISODES, plain, names):
        return ListEpisodes()
    if kind := _fact(plain, names):
        return AskFact(kind)
    return _fact_on(asked, names) or Look(asked.text)


def _fact_on(asked: Words, names: AbstractSet[str]) -> AskFactOn | EpisodesOn | None:
    """Return the fact that is asked of an episode by its subject, None where none is; its name is one as well."""
    for one in filter(None, (shape.search(asked.plain) for shape in phrasebook.ONE_ON)):
        kind = _fact(f"{asked.plain[: one.start()]} the episode {asked.plain[one.end() :]}", names)
        if kind and kind not in _OF_THE_SUBJECT and subject(one["subject"], phrasebook.EPISODE | names):
            about = asked.between(*one.span("subject"))
            return EpisodesOn(about) if kind is FactKind.NUMBER else AskFactOn(kind, about)
    return None


_OF_THE_SUBJECT = frozenset({FactKind.SUMMARY, FactKind.OVERVIEW})
"""What is told best by what was said on the subject."""


def _to_check(asked: Words, names: AbstractSet[str]) -> str | None:
    """Return the words of "did they say ...?", or None where the question quotes nobody."""
    if asked.quoted and (
        asked.quoted.count(" ") >= _A_SENTENCE
        or not subject(Words(asked.text.replace(asked.quoted, " ")).plain, _BESIDES_A_QUOTE | names)
    ):
        return asked.quoted
    if not (check := phrasebook.CHECK.search(asked.plain)):
        return None
    if asked.quoted:
        return asked.quoted
    if phrasebook.ASKS_WHAT.search(asked.plain[: check.start()]):
        return None  # "what did they say in the one on bees": nothing is quoted
    rest = asked.after(_past(phrasebook.CHECK_GLUE, asked.plain, check.end()))
    quotes_somebody = " " in rest.plain and not phrasebook.NOT_WORDS.match(rest.plain)
    return rest.text if quotes_somebody else None


_A_SENTENCE = 4
"""Spaces from which words between quotation marks can only be meant as a quotation."""
_BESIDES_A_QUOTE = phrasebook.ASKING_FOR_A_QUOTE | phrasebook.EPISODE | {"verify", "check", "true", "real", "says"}


def _past(glue: re.Pattern[str], plain: str, start: int) -> int:
    found = glue.match(plain[start:])
    return start + (found.end() if found else 0)


def _fact(plain: str, names: AbstractSet[str]) -> FactKind | None:
    asked = (plain, _without(names, plain))  # "when did Hive Talk 7 come out"
    found = (kind for kind, shape in _FACTS if any(_is_all(shape, each, names) for each in asked))
    latest = FactKind.OVERVIEW if _is_all(phrasebook.LATEST, asked[1], names) else None
    return next(found, latest)


def wants_latest(plain: str) -> bool:
    """Tell whether plain text names the latest episode."""
    return phrasebook.LATEST.search(plain) is not None and _latest_on(plain) is None


def wants_first(plain: str) -> bool:
    """Tell whether plain text names the first episode instead."""
    named = phrasebook.LATEST.search(plain)
    return named is not None and not phrasebook.FIRST.isdisjoint(named[0].split())


def _latest_on(plain: str) -> re.Match[str] | None:
    return next(filter(None, (shape.search(plain) for shape in phrasebook.LATEST_ON)), None)


def _without(names: AbstractSet[str], plain: str) -> str:
    return " ".join(word for word in plain.split() if word not in names)


def _is_all(shape: re.Pattern[str], plain: str, names: AbstractSet[str]) -> bool:
    """Tell whether the text has the shape, and no subject besides it."""
    rest = shape.sub(" ", plain)
    return rest != plain and not any(not word.isdigit() for word in subject(rest, phrasebook.EPISODE | names))


def subject(plain: str, besides: AbstractSet[str] = frozenset()) -> tuple[str, ...]:
    """List the words of plain text that carry a subject, leaving out `besides`."""
    return tuple(word for word in plain.split() if word not in phrasebook.FILLER and word not in besides)
