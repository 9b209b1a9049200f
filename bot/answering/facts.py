"""States what the library says about episodes and people: who, when, how long, what about.

A fact that the library lacks is None, never a guess. Which episode is meant is decided in `episodes.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from bot.answering.sentences import on_its_day
from bot.port.excerpts import excerpt
from bot.port.messages import Episode
from bot.port.wording import counted, full_label, label, listed, long_date, named, places, short_number
from bot.understanding.wants import FactKind
from knowledge.model import Person

_NAMED = 4
"""Number of one person's newest episodes that are named."""
_PREPOSITION = {"guest": "on", "host": "of"}
_MISSING = {
    FactKind.NUMBER: "don't give an episode number",
    FactKind.SUBTITLE: "don't have a subtitle",
    FactKind.DATE: "don't say when it came out",
    FactKind.LENGTH: "don't say how long it is",
    FactKind.LINK: "don't have a link to it",
    FactKind.CHAPTERS: "don't say what is discussed when",
    FactKind.BEST: "don't say which parts are the best",
}
_SURELY_HOSTS = 10
"""Minimum number of a show's episodes for somebody who is in all of them to be a host."""
_LISTED = 8
"""Maximum number of names in a list, such as speakers, or topics in place of a summary."""


def state(kind: FactKind, episode: Episode, speakers: Sequence[str] = (), guests: Sequence[str] = ()) -> str | None:
    """State one fact in a sentence or two, by the notes or otherwise by who speaks; None if the library lacks it.

    `guests` are the speakers who are not regulars of the show.
    """
    noted = _by_notes(kind, episode)
    speak = f"{_some(speakers)} {'speaks' if len(speakers) == 1 else 'speak'} in"
    match kind:
        case _ if not speakers:
            return noted
        case FactKind.GUEST if not episode.guests and guests and set(guests) < set(speakers):
            return _by_voice(guests, [each for each in speakers if each not in guests], episode)
        case FactKind.GUEST | FactKind.HOST | FactKind.SUMMARY:
            return noted or f"{missing(kind, episode)} {speak} it."
        case FactKind.PEOPLE:
            return noted or f"{speak} {label(episode)}."
        case FactKind.OVERVIEW if not (episode.summary or episode.subtitle):
            return f"{noted} {speak} it."
        case _:
            return noted


def _by_notes(kind: FactKind, episode: Episode) -> str | None:
    here, numbered = label(episode), episode.number or episode.season is not None
    about = excerpt(episode.summary or episode.subtitle or "")
    match kind:
        case FactKind.GUEST:
            return _people("guest", episode)
        case FactKind.HOST:
            return _people("host", episode)
        case FactKind.PEOPLE:
            return " ".join(filter(None, (_people("host", episode), _people("guest", episode)))) or None
        case FactKind.NUMBER:
            return f"It's {full_label(episode)}." if numbered else None
        case FactKind.TITLE:
            return f"It's called “{episode.title}” ({here})."
        case FactKind.SUBTITLE:
            return f"The subtitle of {here} is “{episode.subtitle}”" if episode.subtitle else None
        case FactKind.SHOW:
            return f"It's {episode.show}."
        case FactKind.DATE:
            return f"{here} came out on {long_date(episode.published)}." if episode.published else None
        case FactKind.LENGTH:
            return f"{here} runs for {spoken(episode.duration)}." if episode.duration else None
        case FactKind.LINK:
            known = [url for _, url in places(episode)]
            return f"{here}: {'  '.join(known)}" if known else None
        case FactKind.SUMMARY:
            topics = f"The notes for {here} cover {_some([topic.title for topic in episode.topics])}."
            return about or (topics if episode.topics else None)
        case FactKind.SOURCE:
            return f"What I know about {here} comes from {episode.source}."
        case FactKind.CHAPTERS | FactKind.BEST:
            return None  # see `digests.py`
        case FactKind.OVERVIEW:
            return f"{on_its_day(episode, full_label)}. {about}".rstrip()


def _by_voice(guests: Sequence[str], regulars: Sequence[str], episode: Episode) -> str:
    """Name the speakers of an episode who are no regulars as its guests, for want of notes."""
    are = "is the guest" if len(guests) == 1 else "are the guests"
    return f"{_some(guests)} {are} on {label(episode)}, with {_some(regulars)}."


def hosts(show: str, spans: Mapping[str, Sequence[Episode]]) -> str:
    """Name those who are introduced as hosts of a show, each with their episodes, oldest first."""
    if len(spans) == 1:
        return f"{next(iter(spans))} hosts {show}."
    return f"Introduced as hosts of {show}: {_with_spans(spans)}."


def noted_hosts(show: str, counts: Sequence[tuple[str, int]]) -> str:
    """Name those who host a show, each with the number of episodes they host."""
    each = listed(tuple(f"{name} ({counted(episodes, 'episode')})" for name, episodes in counts))
    return f"{counted(len(counts), 'host')} of {show}: {each}."


def hosts_here(episode: Episode, names: Sequence[str]) -> str:
    """Name those who are introduced as hosts of an episode."""
    are = "is introduced as the host" if len(names) == 1 else "are introduced as the hosts"
    return f"{listed(names)} {are} of {label(episode)}."


def hosts_heard(episode: Episode, names: Sequence[str]) -> str:
    """Name the speakers of an episode who are introduced as hosts of the show in other episodes."""
    host, speak = ("a host", "speaks") if len(names) == 1 else ("hosts", "speak")
    return f"{listed(names)}, introduced elsewhere as {host} of {episode.show}, {speak} in {label(episode)}."


def hosted_at_an_end(show: str, spans: Mapping[str, Sequence[Episode]], *, first: bool) -> str:
    """Name the first regulars of a show or those who joined last, each with their episodes."""
    lead = f"Heard on {show} from the first episodes" if first else f"The latest to join {show}"
    return f"{lead}: {_with_spans(spans)}."


def hosted_beside(show: str, name: str, spans: Mapping[str, Sequence[Episode]], *, earlier: bool) -> str:
    """Name the regulars of a show before or after somebody, each with their episodes, oldest first."""
    return f"Heard regularly on {show} {'before' if earlier else 'after'} {name}: {_with_spans(spans)}."


def nobody_hosted(show: str, name: str, *, earlier: bool) -> str:
    """Say that nobody is known to have hosted a show before or after somebody."""
    return f"I don't know of anyone who hosted {show} {'before' if earlier else 'after'} {name}."


def heard_mostly(spans: Mapping[str, Sequence[Episode]]) -> str:
    """Name who hosts a show by how often they are heard, each with their episodes; empty if nobody does."""
    hosts = "Also a host" if len(spans) == 1 else "Also hosts"
    return f"{hosts}, by how often they're on: {_with_spans(spans)}." if spans else ""


def also_heard(spans: Mapping[str, Sequence[Episode]]) -> str:
    """Name who else is heard in many episodes of a show, each with these; empty if nobody is."""
    return f"Also heard often: {_with_spans(spans)}." if spans else ""


def heard_without_host(show: str, spans: Mapping[str, Sequence[Episode]], episodes: Sequence[Episode]) -> str:
    """Name who is heard most on a show without introduced hosts, each with their episodes, oldest first."""
    in_every = all(len(theirs) == len(episodes) for theirs in spans.values())
    if in_every and len(episodes) >= _SURELY_HOSTS:
        host = "hosts" if len(spans) == 1 else "host"
        return f"{listed(tuple(spans))} {host} {show}: they're in all {len(episodes):,} episodes."
    unsaid = "nobody says who hosts it."
    if any(len(theirs) < len(episodes) for theirs in spans.values()):
        return f"Heard most on {show}: {_with_spans(spans)}; {unsaid}"
    are = "is" if len(spans) == 1 else "are"
    every = {1: "the only episode", 2: "both episodes"}.get(len(episodes), f"all {len(episodes):,} episodes")
    return f"{listed(tuple(spans))} {are} in {every} of {show}; {unsaid}"


def _with_spans(spans: Mapping[str, Sequence[Episode]]) -> str:
    """Name people, each with the number and the range of their episodes."""
    each = (f"{name} ({counted(len(theirs), 'episode')}{_span(theirs)})" for name, theirs in spans.items())
    return listed(tuple(each))


def _span(episodes: Sequence[Episode]) -> str:
    numbers = [number for each in episodes if (number := short_number(each))]
    return f", {numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else f", {numbers[0]}" if numbers else ""


def missing(kind: FactKind, episode: Episode) -> str:
    """Say that the library does not have a fact."""
    if kind is FactKind.SUMMARY:
        return f"{label(episode)} has no summary."
    if kind in {FactKind.GUEST, FactKind.PEOPLE}:
        return f"I couldn't find who the guest on {label(episode)} is."
    if kind is FactKind.HOST:
        return f"I couldn't find who hosts {label(episode)}."
    lack = _MISSING.get(kind, "don't say")
    return f"The notes for {label(episode)} {lack}."


def person(said: frozenset[str], episodes: Iterable[Episode]) -> tuple[str, tuple[Episode, ...]] | None:
    """Say where somebody is a guest or host by the notes, with these episodes; None if the notes don't name them.

    Args:
        said: the words of the name, in lower case.
        episodes: newest first.
    """
    for role in ("guest", "host"):
        parts = [
            (someone.name, episode)
            for episode in episodes
            for someone in _in_role(episode, role)
            if _is_called(someone, said)
        ]
        if parts:
            name = parts[0][0]
            theirs = tuple(episode for named, episode in parts if named == name)
            part = f"the {role}" if all(len(_in_role(episode, role)) == 1 for episode in theirs) else f"a {role}"
            return f"{name} is {part} {_PREPOSITION[role]} {_some(named(theirs), _NAMED)}.", theirs
    return None


def _is_called(someone: Person, said: frozenset[str]) -> bool:
    """Tell whether words are exactly one of a person's names: "Ann Lee" isn't "Ann Lee Smith"."""
    return any(frozenset(name.casefold().split()) == said for name in (someone.name, *someone.also))


def does_not_speak_in(name: str, episode: Episode, speakers: Sequence[str]) -> str:
    """Say that somebody doesn't speak in an episode, and who does, if that is known."""
    others = f" {_some(speakers)} {'does' if len(speakers) == 1 else 'do'}." if speakers else ""
    return f"{name} doesn't speak in {label(episode)}.{others}"


def _in_role(episode: Episode, role: str) -> Sequence[Person]:
    return episode.guests if role == "guest" else episode.hosts


def about_as_long(episode: Episode, length: timedelta) -> str:
    """Say how long an episode is, going by its transcript."""
    return f"{label(episode)} runs for about {spoken(length)}, going by the times in its transcript."


def spoken(length: timedelta) -> str:
    """Write a duration as people say it: "2 hours 31 minutes"."""
    minutes = max(1, round(length.total_seconds() / 60))
    hours, minutes = divmod(minutes, 60)
    parts = [counted(count, unit) for count, unit in ((hours, "hour"), (minutes, "minute")) if count]
    return " ".join(parts)


def _people(role: str, episode: Episode) -> str | None:
    people = _in_role(episode, role)
    names = listed([someone.name for someone in people])
    where = f"{_PREPOSITION[role]} {label(episode)}"
    if len(people) > 1:
        return f"The {role}s {where} are {names}."
    return f"The {role} {where} is {names}." if people else None


def _some(names: Sequence[str], most: int = _LISTED) -> str:
    """List names, and how many more there are."""
    more = len(names) - most
    return listed([*names[:most], f"{more} more"] if more > 1 else names)
