"""Judges where it is said who made something, and which guests are from somewhere: "Ann Lee, the creator of Wax".

Only who is named in those words, or says it of themselves, counts. Where they are looked for and who the guests of an
episode are is for the caller to know; what else tells who somebody is, is read in `introducing.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final, Protocol, TypeAlias

from knowledge.model import Passage
from knowledge.passages import sentences
from knowledge.search.introducing import BEGINNING, GOES_ON, I_AM
from knowledge.search.words import fold

_PARTS: Final = ("creator", "co-creator", "creators", "author", "inventor", "founder", "co-founder", "founders")
_LEADS: Final = ("founder and CEO", "co-founder and CEO", "founder and CTO", "co-founder and CTO")
_OF: Final = tuple(f"{part} of{the}" for the in ("", " the") for part in (*_PARTS, *_LEADS))
_MADE: Final = ("created", "founded", "invented")
_AT: Final = tuple(f"{part} at" for part in ("founder", "co-founder", "founders", *_LEADS))
MADE: Final = (*_OF, *_AT, "I created", "I founded", "who created", "who founded", *_MADE)
"""What stands before something that somebody made, where it is said who did."""
_TITLED: Final = r"\b(?:author|wrote|written|creator|created|founder|founded)\b"
"""What says, before the name of something in the same sentence, that somebody made it."""
FROM: Final = ("from", "from the", "at", "at the", "for", "for the", "CEO of", "CTO of", "founder of")
"""What stands before where somebody is from."""
_WORKS: Final = r"\b(?:work|working|engineer\w*|developer\w*|manager|lead|head|team|CTO|CEO|I'm)\b[^.?!]{0,30}"
"""What somebody says of themselves before that."""
_DENIED: Final = re.compile(r"\b(?:not|never|no|if|wish|want|wanted)\b|n't\b", re.IGNORECASE)
_NAME: Final = r"\b(?-i:[A-Z])[\w'-]+ (?-i:[A-Z])[\w'-]+"
_FAR: Final = 60
"""Characters between a name and what is said of the person, at most."""
_SEVERAL: Final = re.compile(r"[\w-]+s of ", re.IGNORECASE)
_NEAR: Final = rf"[^.?!]{{0,{_FAR}}}"
"""What may stand between a name and what is said of the person."""

Guests: TypeAlias = Callable[[Passage], Sequence[str]]
"""Lists the guests of a passage's episode by their names."""


def leading(role: str) -> tuple[str, ...]:
    """Return what stands before what somebody leads, where it is said who does: "CTO of", "CTO and founder of"."""
    also = ("", " and founder", " and co-founder")
    return tuple(f"{role}{more} {of}" for of in ("of", "at", "of the", "at the", "for") for more in also)


def makers(thing: str, said: Iterable[Passage], guests: Guests, leads: Sequence[str] = MADE) -> list[Passage]:
    """Choose what says who made something, of passages that have it after one of some leads: first, what names a guest.

    Of something with a name of several words, those too in which it stands further behind: "wrote a book called ...".
    """
    made, own = _made(thing, leads), _own(thing, leads)
    did = rf"{_NAME}(?: \w+)?{_did(thing)}"
    of_whom = re.compile(rf"{own}|{did}|{_NAME}{_NEAR}{made}|{made}[, ]*{_NAME}", re.IGNORECASE)
    # "You may know him as the creator of Redis" is of the guest who is named in the sentence before.
    of_a_guest = re.compile(made, re.IGNORECASE)
    found: list[tuple[bool, Passage]] = []
    for passage in said:
        text = fold(passage.text)
        named = any(fold(name) in text for name in guests(passage))
        if (of_a_guest if named else of_whom).search(passage.text):
            found.append((not named, passage))
    return [passage for _, passage in sorted(found, key=itemgetter(0))]


class Said(Protocol):
    """Words, and who said them."""

    @property
    def text(self) -> str:
        """The words."""
        ...

    @property
    def speaker(self) -> str | None:
        """Who said them; None where that is not known."""
        ...


def named_makers(
    thing: str, words: Said, people: Iterable[str], guests: Sequence[str], leads: Sequence[str] = MADE
) -> tuple[str, ...]:
    """Return who is said in some words to have made something, of some people by their whole names.

    Right beside it, or in the sentence that they go on from, where first names will do for `guests`.
    """
    if words.speaker and _affirms(re.compile(_own(thing, leads), re.IGNORECASE), words.text):
        return (words.speaker,)
    said, made = list(sentences(words.text)), re.compile(f"{_made(thing, leads)}|{_did(thing)}", re.IGNORECASE)
    for at, sentence in enumerate(said):
        if not (found := made.search(sentence)):
            continue
        if beside := _beside(sentence[: found.start()], sentence[found.end() :], people):
            return beside if _SEVERAL.match(found[0]) else beside[:1]
        begin = next((n for n in range(at, 0, -1) if not GOES_ON.match(said[n])), 0)
        before = [name for name in guests if re.search(rf"\b{re.escape(name.split()[0])}\b", said[begin])]
        if begin < at and len(before) == 1:
            return (before[0],)
    return ()


def strange_maker(thing: str, text: str, leads: Sequence[str] = MADE) -> str | None:
    """Return the name beside the words that say who made something, whoever's it is; None without one."""
    for found in re.finditer(f"{_made(thing, leads)}|{_did(thing)}", text, re.IGNORECASE):
        before = re.findall(_NAME, text[max(found.start() - _FAR, 0) : found.start()])
        after = re.match(rf"[, ]*({_NAME})", text[found.end() :])
        if before or after:
            return before[-1] if before else str(after and after[1])
    return None


def _beside(before: str, after: str, people: Iterable[str]) -> tuple[str, ...]:
    """Return the names right before the end of some words, last first; or else the one that others begin with."""
    whole = [name for name in people if " " in name]
    names: list[str] = []
    for end, name in sorted(((before.rfind(name) + len(name), name) for name in whole if name in before), reverse=True):
        if len(before) - end > _FAR or re.search(_NAME, before[end:]):
            break
        names.append(name)
        before = before[: end - len(name)]
    if names or re.search(_NAME, before[-_FAR:]):
        return tuple(names)
    return tuple(name for name in whole if after.lstrip(", ").startswith(name))[:1]


def _made(thing: str, leads: Sequence[str]) -> str:
    it = re.escape(thing)
    # "The author of Go Recipes" made no language, the founder of the Go Guild neither, that of Ruby on Rails no Ruby.
    no_more = rf"(?!(?<=author of {it}) (?-i:[A-Z])|(?<= the {it}) (?-i:[A-Z])| on (?-i:[A-Z]))"
    nouns = "|".join(lead for lead in leads if lead not in _MADE)
    made = rf"(?:{nouns}) (?:(?-i:[A-Z])\w+ on )?{it}\b{no_more}"
    return rf"(?:{made}|{_TITLED}{_NEAR}\b{it}\b)" if leads == MADE and " " in thing else rf"(?:{made})"


def _did(thing: str) -> str:
    # "She created Go programs" made no language.
    ended = r"[,.;:?!)\"]|$| (?:and|as|at|because|for|in|to|very|when|while|\w+ly)\b"
    return rf" (?:{'|'.join(_MADE)}) {re.escape(thing)}(?={ended})"


def _own(thing: str, leads: Sequence[str]) -> str:
    return rf"\bI (?:created|founded) {re.escape(thing)}\b|{I_AM} [^.?!]{{0,20}}{_made(thing, leads)}"


def guests_from(place: str, said: Iterable[Passage], guests: Guests) -> dict[str, Passage]:
    """Return the guests who are from a place, by passages that have it after one of `FROM`; each with the first.

    Speakers are named there as `guests` names them. Only what is said near the beginning of an episode counts.
    """
    there = rf"(?:the )?{re.escape(place)}\b"
    own = re.compile(rf"{_WORKS} (?:at|for|from) {there}", re.IGNORECASE)
    found: dict[str, Passage] = {}
    for passage in (each for each in said if each.number <= BEGINNING):
        for name in guests(passage):
            says = own if name == passage.speaker else _is_from(name, there)
            if name not in found and _affirms(says, passage.text):
                found[name] = passage
    return found


@lru_cache
def _is_from(name: str, there: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(name)}{_NEAR} (?:from|at|(?:CEO|CTO|founder) of) {there}", re.IGNORECASE)


def _affirms(says: re.Pattern[str], text: str) -> bool:
    """Tell whether a sentence says something and doesn't deny it before."""
    found = ((each, says.search(each)) for each in sentences(text))
    return any(said and not _DENIED.search(each, 0, said.end()) for each, said in found)
