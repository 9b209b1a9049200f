"""Finds who is said to have made something, and which guests come from a place: "Ann Lee, the creator of Wax".

Counts only people named in those words, or who say it of themselves. Where to look, and who an episode's guests are, is
decided by the caller; other words about who somebody is are read in `introducing.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final, TypeAlias

from knowledge.model import Passage
from knowledge.passages import sentences
from knowledge.search.introducing import BEGINNING, GOES_ON, I_AM, ROLE
from knowledge.search.words import fold

_PARTS: Final = (
    *("creator", "co-creator", "creators", "author", "inventor"),
    *("founder", "co-founder", "founders", "co-founders"),
)
_LEADS: Final = ("founder and CEO", "co-founder and CEO", "founder and CTO", "co-founder and CTO")
_OF: Final = tuple(f"{part} of{the}" for the in ("", " the") for part in (*_PARTS, *_LEADS))
_MADE: Final = ("created", "founded", "co-founded", "invented")
_MADE_THE: Final = tuple(f"{made} the" for made in _MADE)
BEGUN: Final = ("started", "began", "wrote", "built", "launched")
"""Verbs before a name that only say who made it if nothing plainer does: many people "wrote Go"."""
_AT: Final = tuple(
    f"{part}{here} at" for here in ("", " here") for part in ("founder", "co-founder", "founders", *_LEADS)
)
_BY: Final = re.compile(
    r"\b(?:(?:was|were|is|been)|(?<=it)['’]s)(?: \w+)? "
    r"(?:built|created|developed|founded|invented|made|started|written) by ",
    re.IGNORECASE,
)
"""Precedes the maker's name, if the thing made is named before it in the same sentence or the previous one."""
_IT: Final = re.compile(r"(?:And |So )?(?:it|this|that)\b", re.IGNORECASE)
_OWN: Final = r"(?:(?:\w+ ){0,3}(?:project|framework|startup|app|library)|(?:new|own|programming) (?:company|language))"
"""What people call a thing of their own: "her new project"."""
MADE_BY: Final = "built created founded made started written wrote by project"
"""Words to search for to find sentences that say who made something."""


@dataclass(frozen=True, slots=True)
class Leads:
    """What stands beside a thing's name in words about who made or leads it.

    Attributes:
        before: right before the name: "creator of".
        after: right after the name: "creator" in "Wax creator Ann Lee".
    """

    before: tuple[str, ...]
    after: tuple[str, ...]


MADE: Final = Leads((*_OF, *_AT, "I created", "I founded", "who created", "who founded", *_MADE, *_MADE_THE), _PARTS)
_TITLED: Final = r"\b(?:author|wrote|written|creator|created|founder|founded)\b"
"""Says somebody made a thing that is named later in the same sentence."""
FROM: Final = ("here at", "work at", "work for", "working at", "working for", "worked at", "worked for")
"""Precedes the place that speakers say they are from, wherever it comes in a transcript."""
_WORKS: Final = r"\b(?:work\w*|engineer\w*|developer\w*|manage\w*|lead|head|team|CTO|CEO|founder|ran|I'm)\b"
"""What people say of themselves before the place they work at, in the same sentence."""
_I: Final = (
    r"\bI(?:['’](?:m|ve|d))?\b(?:(?!\b(?:he|she|they|you|we|it|who|folks|people|look|gonna|going)\b)[^.?!;]){0,80}"
)
"""Begins words about the speaker that mention nobody else."""
_LATER: Final = (
    r"\bI(?:['’]m|['’]ve been| am| was| have been| had been| used to)?(?: (?:actually|also|currently|now|still))* "
    rf"(?:work(?:ed|ing)?|(?:an?|the) [^,.?!]{{0,30}}?{ROLE}[^,.?!]{{0,25}})(?: (?:here|over|right))*"
)
"""Says that the speaker works somewhere, plainly enough to count after the beginning: "I'm the CEO here"."""
_HEADS: Final = "(?:CEO|CTO|(?:co-)?founder)"
"""Those who are plainly from what they lead."""
_DENIED: Final = re.compile(r"\b(?:not|never|no|if|wish|want|wanted)\b|n't\b", re.IGNORECASE)
"""Denies words after it in a sentence."""
_NAME: Final = r"\b(?-i:(?!The |And |But |So |Our |His |Her )[A-Z])[\w'-]+ (?-i:(?!CEO|CTO)[A-Z])[\w'-]+"
"""A first and a last name."""
_FAR: Final = 60
"""Maximum number of characters between a name and the words about the person."""
_KIND: Final = (
    "(?:project|company|library|framework|language|tool|package|community|conference|app|podcast|service|website)"
)
_SEVERAL: Final = re.compile(r"[\w-]+s of ", re.IGNORECASE)
"""Begins words about more than one person: "creators of"."""
_NEAR: Final = rf"[^.?!]{{0,{_FAR}}}"
"""What may stand between a name and the words about the person."""

_LIST: Final = re.compile(r"[A-Z][\w'-]+(?:(?:,? and|,)? [A-Z][\w'-]+)+")
"""Lists names: "Ann, Bo and Cy"."""
_KINDS: Final = re.compile(rf" {_KIND}$", re.IGNORECASE)

Guests: TypeAlias = Callable[[Passage], Sequence[str]]
"""Returns the names of the guests in a passage's episode."""


def without_kind(thing: str) -> str:
    """Remove the kind of thing after its name: "the Wax conference" is "the Wax"."""
    return _KINDS.sub("", thing)


def leading(role: str) -> Leads:
    """Return what stands beside the name of something whose leader is meant: "CTO of", "CTO and founder of"."""
    also = ("", " and founder", " and co-founder", "/founder", "/co-founder", " here", " and co-founder here")
    of = [f"{role}{more} {of}" for of in ("of", "at", "of the", "at the", "for") for more in also]
    return Leads((*of, "who runs") if role.casefold() == "ceo" else tuple(of), (role,))


def makers(thing: str, said: Iterable[Passage], guests: Guests, leads: Leads = MADE) -> list[Passage]:
    """Choose passages that say who made something, given passages with its name after a lead; guests' come first.

    If the thing has a name of several words, it may also stand further behind: "wrote a book called ...".
    """
    made, own = _made(thing, leads), _own(thing, leads)
    did = rf"{_NAME}(?: \w+)?{_did(thing)}"
    of_whom = re.compile(rf"{own}|{did}|{_NAME}{_NEAR}{made}|{made}[, ]*{_NAME}", re.IGNORECASE)
    # "You may know him as the creator of Redis" is about the guest named in the sentence before.
    told = _told(thing, leads)
    of_a_guest = re.compile(f"{made}|{told.pattern}", re.IGNORECASE)
    found: list[tuple[bool, Passage]] = []
    for passage in said:
        text, those = fold(passage.text), guests(passage)
        named = any(fold(name) in text for name in those) or (len(those) == 1 and _affirms(told, passage.text))
        for each in of_a_guest.finditer(passage.text):
            before, after = passage.text[: each.start()], passage.text[each.end() :]
            named = named or any(_first_name_ends(name, before) for name in those) or bool(_listed(after, those))
        by = leads == MADE and (
            re.match(rf"(?:(?:our|the) [^.?!]{{0,{_FAR}}})?{_NAME}", _made_by(thing, passage.text))
            or _owner(thing, passage.text, those)
        )
        if by or (of_a_guest if named else of_whom).search(passage.text):
            found.append((not named, passage))
    return [passage for _, passage in sorted(found, key=itemgetter(0))]


def named_makers(
    thing: str, text: str, speaker: str | None, people: Iterable[str], guests: Sequence[str], leads: Leads = MADE
) -> tuple[str, ...]:
    """Return which people, given by their full names, are said to have made something.

    Their names stand beside the words that say so, or in the sentence before, where `guests` may go by first name.
    """
    if speaker and _affirms(re.compile(_own(thing, leads), re.IGNORECASE), text):
        return (speaker,)
    if len(guests) == 1 and speaker not in guests and _affirms(_told(thing, leads), text):
        return tuple(guests)
    if leads == MADE and (owner := _owner(thing, text, guests)):
        return owner
    if leads == MADE and (by := _made_by(thing, text)):
        return tuple(name for name in people if " " in name and by.startswith(name))[:1]
    said, made = list(sentences(text)), re.compile(f"{_made(thing, leads)}|{_did(thing)}", re.IGNORECASE)
    for at, sentence in enumerate(said):
        if not (found := made.search(sentence)):
            continue
        if beside := _beside(sentence[: found.start()], sentence[found.end() :], people):
            return beside if _SEVERAL.match(found[0]) else beside[:1]
        if first := [name for name in guests if _first_name_ends(name, sentence[: found.start()])]:
            return tuple(first[:1])
        if listed := _listed(" ".join((sentence[found.end() :], *said[at + 1 :])), guests):
            return listed
        begin = next((n for n in range(at, 0, -1) if not GOES_ON.match(said[n])), 0)
        before = [name for name in guests if re.search(rf"\b{re.escape(name.partition(' ')[0])}\b", said[begin])]
        if begin < at and len(before) == 1:
            return (before[0],)
    return ()


def _first_name_ends(name: str, before: str) -> bool:
    """Tell whether words end with somebody's first name and what may follow it: "Sid, the"."""
    is_one = r"(?:(?:,| is| who is|, who is|, who's)? (?:the |an? )?|,? you)$"
    return re.search(rf"\b{re.escape(name.partition(' ')[0])}{is_one}", before) is not None


def _listed(after: str, guests: Sequence[str]) -> tuple[str, ...]:
    """Return the guests, two or more, whom words list soon, if only by first name: "founders: Ann, Bo and Cy"."""
    listed = _LIST.search(after[: 2 * _FAR])
    words = set(re.findall(r"[\w'-]+", listed[0])) if listed else set()
    names = tuple(name for name in guests if name.partition(" ")[0] in words)
    return names if len(names) > 1 else ()


def strange_maker(thing: str, text: str, leads: Leads = MADE) -> str | None:
    """Return any name beside the words that say who made something, even a stranger's; None if there is none."""
    for found in re.finditer(f"{_made(thing, leads)}|{_did(thing)}", text, re.IGNORECASE):
        before = re.findall(_NAME, text[max(found.start() - _FAR, 0) : found.start()])
        after = re.match(rf"[, ]*({_NAME})", text[found.end() :])
        if before or after:
            return before[-1] if before else str(after and after[1])
    return None


def _beside(before: str, after: str, people: Iterable[str]) -> tuple[str, ...]:
    """Return the names right before, last first; failing that, the name that the words after begin with."""
    whole = [name for name in people if " " in name]
    names: list[str] = []
    for end, name in sorted(((before.rfind(name) + len(name), name) for name in whole if name in before), reverse=True):
        if len(before) - end > _FAR or re.search(_NAME, before[end:]):
            break
        names.append(name)
        before = before[: end - len(name)]
    if names or re.search(_NAME, before[-_FAR:]):
        return tuple(names)
    onward = re.sub(r"^[\s,–-]*(?:it's (?:only |none other than )?)?", "", after)
    return tuple(name for name in whole if onward.startswith(name))[:1]


def _made(thing: str, leads: Leads) -> str:
    it = re.escape(thing)
    # The author of "Go Recipes", the founder of the Go Guild and the creator of Ruby on Rails made no language.
    no_more = rf"(?!(?<=author of {it}) (?-i:[A-Z])|(?<= the {it}) (?-i:[A-Z])| on (?-i:[A-Z]))"
    nouns = "|".join(lead for lead in leads.before if lead not in {*_MADE, *_MADE_THE})
    made = (
        rf"(?:{nouns}) (?:(?-i:[A-Z])\w+ on )?{it}\b{no_more}|\b{it}(?:['’]s)? (?:{'|'.join(leads.after)})\b(?!['’]s)"
    )
    return rf"(?:{made}|{_TITLED}{_NEAR}\b{it}\b)" if leads == MADE and " " in thing else rf"(?:{made})"


def _did(thing: str) -> str:
    # "I wrote Wax for ten years" is about using it.
    return rf" (?:(?:{'|'.join(_MADE)}) {_itself(thing)}|(?:{'|'.join(BEGUN)}) {_itself(thing)}(?! for (?!the\b)))"


def _itself(thing: str) -> str:
    # "She created Go programs" is not about Go itself; "the Go project" is.
    ended = r"[,.;:?!)\"]|$| (?:and|as|at|about|because|for|in|to|very|when|while|with|\w+ly|\d+)\b"
    return rf"(?:the )?{re.escape(thing)}(?: {_KIND})?(?={ended})"


def _own(thing: str, leads: Leads) -> str:
    did = rf"\bI (?:created|founded|co-founded) {re.escape(thing)}\b(?! (?-i:[A-Z]))|\bI(?: \w+)?{_did(thing)}"
    did = rf"{did}|\bmy {_called(thing)}" if leads == MADE else did
    am = rf"{I_AM} [^.?!]{{0,20}}|\bI was(?: \w+)?(?: one of)?(?: the| an?)?(?: \w+)? "
    return rf"{did}|(?:{am}){_made(thing, leads)}"


def _told(thing: str, leads: Leads) -> re.Pattern[str]:
    """Return a pattern for telling people that they made something."""
    told = rf"\byou(?:['’]re| are) [^.?!]{{0,20}}{_made(thing, leads)}"
    did = rf"\byou{_did(thing)}|\byour {_called(thing)}"
    return re.compile(rf"{told}|{did}" if leads == MADE else told, re.IGNORECASE)


def _called(thing: str) -> str:
    return rf"{_OWN}(?:,| called| named) {re.escape(thing)}\b(?! (?-i:[A-Z]))"


def _owner(thing: str, text: str, guests: Sequence[str]) -> tuple[str, ...]:
    """Return the guest whose project a thing is said to be: "Wax is Ann's new project"."""
    said = re.search(rf"\b{re.escape(thing)} is ((?-i:[A-Z])[\w -]+)['’]s? {_OWN}\b", text, re.IGNORECASE)
    whose = said[1] if said else ""
    return tuple(name for name in guests if whose in {name, name.partition(" ")[0]})[:1]


def _made_by(thing: str, text: str) -> str:
    """Return what follows "was made by" or similar words about a thing; empty if there are none."""
    name = r"[ .-]".join(map(re.escape, thing.split()))  # "gopherize.me"
    right_before, anywhere = (re.compile(rf"\b{name}\b{end}", re.IGNORECASE) for end in (f"{_NEAR}$", ""))
    said = list(sentences(text))
    for sentence, earlier in zip(said, ("", *said), strict=False):
        if not (found := _BY.search(sentence)):
            continue
        it = _IT.match(sentence) and anywhere.search(earlier)
        if it or right_before.search(sentence, 0, found.start()):
            return sentence[found.end() :]
    return ""


def guests_from(place: str, said: Iterable[Passage], guests: Guests) -> dict[str, Passage]:
    """Return the guests who are from a place, each with the first passage that says so, from passages that name it.

    Speakers have the names that `guests` returns. What others say counts only near the beginning of an episode.
    """
    there = rf"(?:the )?{re.escape(place)}\b"
    early = re.compile(rf"(?-i:{_I})(?:(?<= )(?:at|for) {there}|(?<=I'm )from {there})", re.IGNORECASE)
    late = re.compile(rf"{_LATER} (?:at|for|of) {there}", re.IGNORECASE)
    addressed = re.compile(
        rf"\byou(?:'re| are|r| work)\b[^.,?!]{{0,{_FAR}}} (?:for|from|at|{_HEADS} of) {there}",
        re.IGNORECASE,
    )
    works = re.compile(rf"{_WORKS}[^.?!]* {there}", re.IGNORECASE)
    found: dict[str, Passage] = {}
    for passage in said:
        names = guests(passage)
        is_early = passage.number <= BEGINNING
        for name in names if is_early else set(names) & {passage.speaker}:
            first = name.partition(" ")[0]
            alone = sum(each.partition(" ")[0] == first for each in names) == 1
            if name == passage.speaker:
                says = early if is_early and works.search(passage.text) else late
            else:
                says = _is_from(name, first if alone else "", there)
            to_them = len(names) == 1 and name != passage.speaker and _affirms(addressed, passage.text)
            if name not in found and (to_them or _affirms(says, passage.text)):
                found[name] = passage
    return found


@lru_cache
def _is_from(name: str, first: str, there: str) -> re.Pattern[str]:
    """Return a pattern for somebody being from a place, by full name or, unless empty, by first name."""
    at = rf"(?:from|at|(?:is|works) with|{_HEADS} of) {there}"
    ways = [rf"{re.escape(name)}{_NEAR} {at}"]
    if first:
        joins = r"who|is(?! gonna| going)|works|worked|also|currently|now|an?|the|you are|you work"
        ways.append(rf"\b{re.escape(first)}(?:,? (?:{joins})\b[^.,?!]{{0,{_FAR}}})? {at}")
    return re.compile("|".join(ways), re.IGNORECASE)


def _affirms(says: re.Pattern[str], text: str) -> bool:
    """Tell whether a sentence matches a pattern without denying it before."""
    found = ((each, says.search(each)) for each in sentences(text))
    return any(said and not _DENIED.search(each, 0, said.end()) for each, said in found)
