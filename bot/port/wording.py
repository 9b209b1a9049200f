"""The words that all platforms share, in one place, so that they can be read aloud and judged together.

Plain words without markup. Answers are worded in `bot/answering`, what only one platform says in its adapter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from difflib import get_close_matches
from math import ceil
from typing import assert_never

from bot.port.messages import (
    Episode,
    Evidence,
    Fact,
    Found,
    Help,
    NotFound,
    QuoteCheck,
    SingleAnswer,
    Unsure,
    Verdict,
)
from knowledge.links import clock as clock  # said here too: adapters don't see `knowledge`

_NEAREST = 3
_TITLED = 5
"""Maximum length of a list of episodes that gives their titles."""

OR_MEANT = "Or did you mean"
ANOTHER_QUOTE = "Another quote"
AROUND = "In context"
NEAREST = "Show the closest"
MORE_NEAR = "What else comes close"
"""Offers more if nothing plainly answers; a number would make it look well founded."""
RELATED = "Related"
INSTEAD = "Ask about"
SHARE = "Share"
DELETE = "🗑"
USEFUL = "👍"
NOT_USEFUL = "👎"
IS_USEFUL = "Helpful"
IS_NOT_USEFUL = "Not helpful"

NO_EPISODES = "There are no episodes here yet."
NO_TOPICS = "No topics are listed here. Ask in your own words and I'll look for what was said."
STALE = "That's from an older message and no longer works. Please ask me again."
THANKS = "Thanks! The people who run me will see that, without your name. You can still change your mind."
NOT_KEPT = "I can't save that at the moment. Please try again later."
RESTARTING = "I'm just restarting. Please ask me again in a moment."

SAID_TOO = "the original has"
"""Introduces words that were said but are missing from a half-remembered quotation."""
NOT_SAID = "wasn't said"
"""Follows words of a half-remembered quotation that were not said."""


def headline(answer: SingleAnswer) -> str:
    """Return the title of an answer; empty if its text is enough."""
    match answer:
        case Found(topics=topics):
            return topics[0].title if topics else ""
        case QuoteCheck():
            return _verdict(answer)
        case Help():
            return "Ask Overheard"
        case Fact() | Unsure() | NotFound():
            return ""
        case _:
            assert_never(answer)


def _verdict(check: QuoteCheck) -> str:
    match check.verdict:
        case Verdict.EXACT if check.people and check.said_by and not check.said_by[0].speaker:
            return "✔ Word for word, but nobody is named"
        case Verdict.EXACT if check.people and check.said_by and check.said_by[0].quoting:
            return "✔ Word for word, as a quotation"
        case Verdict.EXACT:
            return "✔ Yes, word for word"
        case Verdict.CLOSE if _reported(check):
            return "✔ Yes, in about these words"
        case Verdict.CLOSE:
            return "≈ Nearly, but not word for word"
        case Verdict.BY_OTHERS:
            return f"✘ {reader} only read it aloud" if (reader := only_read_by(check)) else _by_others(check)
        case Verdict.OPPOSITE:
            return "✘ No, the opposite"
        case Verdict.OTHER_NUMBER:
            return "✘ No, not that number"
        case Verdict.NOT_FOUND if not check.heard:
            return "✘ I can't find that"
        case Verdict.NOT_FOUND if check.evidence:
            words = not_in_those_words(check.people) if check.people else "Not in those words"
            return f"✘ {words}" if check.quoted else words  # what is shown may say so in others
        case Verdict.NOT_FOUND if check.people:
            return f"✘ Nothing like it from {listed(check.people, 'or')}"
        case Verdict.NOT_FOUND:
            return "✘ Nobody said that"
        case _:
            assert_never(check.verdict)


def only_read_by(check: QuoteCheck) -> str | None:
    """Return who of the people asked about read the words aloud, unless somebody said them; None if nobody did."""
    readers = (each.speaker for each in check.said_by if each.speaker in check.people)
    return next(readers, None) if all(each.aloud for each in check.said_by) else None


def not_in_those_words(people: Sequence[str]) -> str:
    """Say that somebody didn't put it like that, whatever they said."""
    who = f"Neither {listed(people, 'nor')} said" if people[1:] else f"{people[0]} didn't say"
    return f"{who} it in those words"


def _reported(check: QuoteCheck) -> bool:
    """Tell whether somebody says of themselves exactly what the question reports: "he loves it"."""
    told = check.quoted or check.differences or not check.said_by
    return not told and bool(check.said_by[0].speaker) and not check.said_by[0].quoting


def _by_others(check: QuoteCheck) -> str:
    people = f"✘ Not {listed(check.people, 'or')}"
    names = list(dict.fromkeys(each.speaker for each in check.said_by if each.speaker))
    if not names:
        return people
    first = next(each for each in check.said_by if each.speaker)
    did = "did" if first.exact else "nearly did"
    did = "read it aloud" if first.aloud else "quoted it" if first.quoting else did
    others = f", and {counted(len(names) - 1, 'other')}" if names[1:] else ""
    return f"{people}: {names[0]} {did}{others}"


def more(count: int) -> str:
    """Offer what else there is."""
    return f"{count:,} more"


def titled(question: str) -> str:
    """Capitalize one of several questions as the title of its answer."""
    return f"{question[:1].upper()}{question[1:]}"


def asked(question: str) -> str:
    """Repeat a question for those who have not seen it."""
    return f"Asked: {question}"


def understood_as(question: str) -> str:
    """Say how a question was understood, if that differs from what was typed."""
    return f"Understood as “{question}”"


def taken_from(sources: Iterable[str]) -> str:
    """Name the sources of an answer; empty if there are none."""
    named = list(dict.fromkeys(sources))
    return f"From {listed(named)}" if named else ""


def byline(evidence: Evidence) -> tuple[str, ...]:
    """Return the speaker, the episode and the date of some words, as far as they are known."""
    who = evidence.speaker and (f"read aloud by {evidence.speaker}" if evidence.aloud else evidence.speaker)
    day = evidence.episode.published
    return tuple(filter(None, (who, label(evidence.episode), f"{day.day} {day:%b %Y}" if day else None)))


def moment(evidence: Evidence) -> str | None:
    """Return the time at which something was said; None if unknown."""
    if evidence.start is None:
        return None
    return f"around {clock(evidence.start)}" if evidence.approximate else clock(evidence.start)


def listen(evidence: Evidence) -> str:
    """Offer to play something, at its time if known."""
    return f"▶ {moment(evidence) or 'Listen'}"


def label(episode: Episode) -> str:
    """Name an episode briefly: the show and the number, or the title if it has no number."""
    number = short_number(episode)
    return f"{episode.show} {number}" if number else f"“{episode.title}” ({episode.show})"


def full_label(episode: Episode) -> str:
    """Name an episode by show, number and title, unless the title only repeats the others."""
    says_more = _bare(episode.title) != _bare(label(episode))
    return f"{label(episode)}: {episode.title}" if episode.number and says_more else label(episode)


def named(episodes: Sequence[Episode]) -> Sequence[str]:
    """Name episodes, with their titles if there are only a few."""
    return [full_label(each) if len(episodes) <= _TITLED else label(each) for each in episodes]


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def short_number(episode: Episode) -> str | None:
    """Write `#494`, or `S2E5` if numbers restart each season; None if there is no number."""
    if not episode.number:
        return None
    return f"S{episode.season}E{episode.number}" if episode.season is not None else f"#{episode.number}"


def places(episode: Episode) -> list[tuple[str, str]]:
    """List where an episode can be heard or read about, as names and URLs."""
    links = episode.links
    known = (
        ("Episode page", links.page),
        ("YouTube", links.youtube),
        ("Spotify", links.spotify),
        ("Apple Podcasts", links.apple),
        ("Audio", links.audio),
    )
    return [(name, url) for name, url in known if url is not None]


def long_date(day: dt.date) -> str:
    """Write a date as people read it: 1 March 2026."""
    # Not %-d, which Windows doesn't know.
    return f"{day.day} {day:%B %Y}"


def dated(episode: Episode, name: Callable[[Episode], str] = full_label) -> str:
    """Name an episode, with its date if known."""
    return f"{name(episode)} ({long_date(episode.published)})" if episode.published else name(episode)


def counted(count: int, noun: str) -> str:
    """Write a count with its noun: "1 episode", "2,063 episodes"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def share(part: float) -> str:
    """Write a share from 0 to 1 as a percentage: never 100% if something is missing, nor 0% if there is something."""
    percent = 100 * part
    return f"{percent:.0f}%" if percent in {0, 100} or 1 <= percent <= 99 else "under 1%" if percent < 1 else "over 99%"


def often(count: int) -> str:
    """Write how often: "once", "twice", "1,234 times"."""
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def listed(names: Sequence[str], last: str = "and") -> str:
    """Write names as people list them: "a, b and c"."""
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def nearest(wanted: str, known: Iterable[str], none: str) -> str:
    """Name what is spelt most like something that doesn't exist; `none` if nothing is known."""
    near = get_close_matches(wanted, list(known), n=_NEAREST, cutoff=0)
    return f"the closest: {', '.join(near) or none}"


def unknown_episode(words: str) -> str:
    """Say that no episode goes by these words."""
    return f"I don't know an episode called “{words}”."


def wait(time: timedelta) -> str:
    """Ask for patience, in whole seconds."""
    seconds = max(1, ceil(time.total_seconds()))
    return f"That's a lot of questions at once. Please try again in {seconds} second{'' if seconds == 1 else 's'}."


def sorry(reference: str) -> str:
    """Apologise for a failure, with the reference it is logged under."""
    return (
        "Sorry, something went wrong on my side. Please try again. "
        f"If it keeps happening, tell the people who run me: {reference}."
    )
