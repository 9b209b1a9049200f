"""Tells who made something, and which guests came from somewhere, in the words of whoever says it.

Nobody is named who isn't named there. Who somebody is, is told in `people.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.answering import introductions, selection
from bot.answering.catalogue import Catalogue
from bot.answering.people import Biographer
from bot.port.messages import Evidence, Found
from bot.understanding.request import Request
from knowledge.model import Passage, Scope
from knowledge.passages import sentences
from knowledge.search import Search
from knowledge.search.introducing import BEGINNING
from knowledge.search.words import fold

_MADE: Final = (
    "creator of",
    "co-creator of",
    "creators of",
    "author of",
    "inventor of",
    "founder of",
    "co-founder of",
    "founders of",
    "I created",
    "I founded",
    "who created",
    "who founded",
)
"""What stands before something that somebody made, where it is said who did."""
_FROM: Final = ("from", "at", "for")
_WORKS: Final = (
    r"\b(?:work|working|engineer\w*|developer\w*|manager|lead|head|team|CTO|CEO|I'm)\b[^.?!]{0,30} (?:at|for|from) "
)
"""What somebody says before the name of where they are."""
_DENIED: Final = re.compile(r"\b(?:not|never|no|if|wish|want|wanted)\b|n't\b", re.IGNORECASE)
_NAME: Final = r"\b(?-i:[A-Z])[\w'-]+ (?-i:[A-Z])[\w'-]+"
_NEAR: Final = 60
"""Characters between a name and what is said of whoever has it."""
_SHOWN: Final = 3
_MORE: Final = 10


class Roles:
    """Who made what, and who is from where, in one library."""

    def __init__(self, catalogue: Catalogue, search: Search, people: Biographer) -> None:
        self._catalogue = catalogue
        self._search = search
        self._people = people

    def makers(self, request: Request) -> Found | None:
        """Show where it is said who made something, first where that person speaks; None where it isn't said."""
        made = _bare(request.subject)
        said = [each for lead in _MADE for each in self._names_maker(lead, made, request)]
        said.sort(key=lambda each: not any(self._named_in(each)))
        return self._found(introductions.makers(made), said, made)

    def _names_maker(self, lead: str, made: str, request: Request) -> Iterator[Passage]:
        own = lead.startswith("I ")
        titled = r"(?! (?-i:[A-Z]))" if lead == "author of" else ""  # "author of Go in Practice" made no language
        phrase = rf"{re.escape(lead)} {re.escape(made)}\b{titled}"
        named = (
            phrase
            if own
            else rf"{_NAME}[^.?!]{{0,{_NEAR}}}{phrase}|{phrase}[, ]*{_NAME}|\bI(?:'m| am) [^.?!]{{0,20}}{phrase}"
        )
        says = re.compile(named, re.IGNORECASE)
        for each in self._search.mentions(f"{lead} {made}", scope=request.where.scope).passages:
            # "You may know him as the creator of Redis" is of whoever is named in the sentence before.
            said = says.search(each.text)
            if said or (not own and re.search(phrase, each.text, re.IGNORECASE) and any(self._named_in(each))):
                yield each

    def _guests_of(self, passage: Passage) -> Sequence[str]:
        return self._people.guests_of(self._catalogue.episodes[passage.episode])

    def _named_in(self, passage: Passage) -> Iterator[str]:
        """Yield the guests of an episode whom a passage names in full."""
        text = fold(passage.text)
        return (name for name in self._guests_of(passage) if fold(name) in text)

    def guests_from(self, request: Request) -> Found | None:
        """Show where guests say, or are said, to be from somewhere, each once; None where that isn't said of any."""
        place = _bare(request.subject)
        guests: dict[str, Passage] = {}
        for lead in (f"{each} {the}".strip() for each in _FROM for the in ("", "the")):
            for each in self._beginnings(f"{lead} {place}", request):
                for name in self._guests_of(each):
                    if name not in guests and _is_from(name, each, place, self._catalogue.name(each.speaker or "")):
                        guests[name] = each
        if not guests:
            return None
        written = self._search.mentions(place, scope=Scope(next(iter(guests.values())).episode)).written or place
        return self._found(introductions.guests_from(written, tuple(guests)), guests.values(), place)

    def _beginnings(self, phrase: str, request: Request) -> Iterable[Passage]:
        found = self._search.mentions(phrase, scope=request.where.scope).passages
        return (each for each in found if each.number <= BEGINNING)

    def _found(self, text: str, said: Iterable[Passage], subject: str) -> Found | None:
        evidence: Sequence[Evidence] = selection.distinct(self._catalogue.evidence(each, 1.0) for each in said)
        if not evidence:
            return None
        more = tuple(each.id for each in evidence[_SHOWN : _SHOWN + _MORE])
        shown = selection.marked(evidence[:_SHOWN], selection.stems_of(subject))
        return Found(text, 1.0, evidence=shown, more=more, at_once=selection.at_once(shown))


def _is_from(name: str, passage: Passage, place: str, speaker: str) -> bool:
    """Tell whether a passage says that somebody is from a place, or works there."""
    there = rf"(?:the )?{re.escape(place)}\b"
    of_others = rf"{re.escape(name)}[^.?!]{{0,{_NEAR}}} (?:from|at) {there}"
    says = re.compile(rf"{_WORKS}{there}" if name == speaker else of_others, re.IGNORECASE)
    found = ((each, says.search(each)) for each in sentences(passage.text))
    return any(told and not _DENIED.search(each, 0, told.end()) for each, told in found)


def _bare(subject: str) -> str:
    """Leave out what stands beside the name of a thing: "the Redis database or others"."""
    first = re.split(r" (?:or|and) |,", subject)[0]
    return re.sub(r"^(?:the|a|an) ", "", first.strip(" ?!."), flags=re.IGNORECASE)
