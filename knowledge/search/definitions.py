"""Distinguishes words that say what something is from those that only mention it.

Judges by wording alone: "Nix is a package manager" and "SRE stands for …" define, "Nix is great" does not, nor does a
question or anything in quotation marks. Also knows how people ask for a definition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from knowledge.cutting import ends_asking, is_quoted, sentences_begin
from knowledge.search.opinions import judges
from knowledge.search.words import carries, split

LEADS: Final = ("is", "are", "stands for")
"""What most often follows a term where it is defined."""

ASKING: Final = (
    "what is {}",
    "what is a {}",
    "what are {}",
    "what {} is",
    "what {} are",
    "explain {}",
    "what {} means",
)
"""How people ask what something is."""
_REQUESTS: Final = re.compile(
    r"\b(?:can|could|would|will) you\b[^.?!]*\b(?:explain|describe|define|tell|walk|give|talk|share|take)\b"
    r"|\b(?:explain|tell us|tell me|describe)(?: to \w+)? (?:what|how)\b"
    r"|\btell (?:us|me)(?: a (?:little )?bit| more| something)? about\b",
    re.IGNORECASE,
)
"""Asks somebody to explain, with or without a question mark."""

_TOLD: Final = re.compile(r"""\w[,:]? ["“][^"“”]*\?["”]\s*$""")
"""A question in quotation marks at the end of a sentence that begins before it."""

_SLOWLY: Final = r"(?:,? (?:basically|essentially|just|simply|actually|fundamentally|kind of|sort of|like|you know))*,?"
"""Fillers that people say before the point."""
_BEGINS: Final = re.compile(
    r"(?:^(?P<lead>(?:[\w']+,? ){0,3})|[,;:–—-] (?:[\w']+ )?|\b(?:that|because|think|says?|so|and|but),? )"
    r"(?:an? |the )?$",
    re.IGNORECASE,
)
"""What precedes the subject of a clause."""
_BEFORE: Final = 50
"""Characters before a term in which to look for the beginning of its clause."""
_INSIDE: Final = re.compile(r"\b(?:in|of|to|with|for|by|on|from|at|not)\s+(?:an?|the)?\s*$", re.IGNORECASE)
"""What precedes a term that is not the subject of its clause: "everything in Nix is a set"."""
_STANDS_FOR: Final = r"(?: stands? for| refers? to|(?: is|'s) (?:short for|an acronym|defined as))\b"
_IS: Final = r"(?: is| are|'s|,? which (?:is|are)|,? (?:it|that)(?: is|'s)| -+ (?:it|that)(?: is|'s))"
_A: Final = r" an? (?!(?:really|very|pretty|part|bit|lot|(?:\w+ )?(?:thing|word|term|name))\b)(?:[\w-]+ ?){1,3}"
_WHEN: Final = (
    r"(?: means| (?:is|are)(?: all)? (?:when|where|how|about|something|any|multiple|two|three)) (?:[\w-]+ ?){1,3}"
)
_FOR: Final = (
    r"(?: (?:is|are)(?: \w+ly)? (?:focused on|designed (?:to|for)|meant (?:to|for)|built (?:to|for)|used (?:to|for)|"
    r"there to|intended (?:to|for)|all about)| (?:lets|allows|enables|helps) (?:you|people|us|teams|developers)\b)"
    r" (?:[\w-]+ ?){1,3}"
)
"""Says what something is for, which counts as a loose definition."""
_TO_NEWCOMERS: Final = re.compile(
    r"\bthe uninitiated\b"
    r"|\b(?:for|if) (?:(?:anyone|anybody|those|people|listeners|folks)(?: of you)? (?:who|that) |you)"
    r"(?: \w+)?(?: (?:don't|do not|haven't|have not|aren't|are not|never)|'re not| not)? ?"
    r"(?:know|heard|familiar|aware|come across|seen|used)\b",
    re.IGNORECASE,
)
"""Tells listeners who don't know a thing what it is: "for those who haven't heard of it"."""
OUTRIGHT, _A_KIND, _LOOSELY = 3, 2, 1
"""How plain a definition is: "it stands for" or "for the uninitiated, it is", "it is a", "it is when"."""


def asks(text: str) -> bool:
    """Tell whether a text ends with a question, or asks for an explanation."""
    return _ends_by_asking(text) or requests(text)


def _ends_by_asking(text: str) -> bool:
    """Tell whether a text ends with a question of its own, not one that it reports: 'we asked, "How can we?"'."""
    return ends_asking(text) and _TOLD.search(text) is None


def requests(text: str) -> bool:
    """Tell whether a text asks for an explanation: "could you tell us what it is"."""
    return _REQUESTS.search(text) is not None


def definition(text: str, term: str) -> tuple[int, int]:
    """Rate how plainly a text defines a term, 0 if it doesn't, and return where the defining sentence begins."""
    patterns = _patterns(tuple(split(term)))
    places = (*sentences_begin(text), len(text))
    rated = ((_of_sentence(text, begin, end, patterns), -begin) for begin, end in pairwise(places))
    rate, begin = max(rated, default=(0, 0))
    return rate, -begin


def _of_sentence(text: str, begin: int, end: int, patterns: Sequence[tuple[re.Pattern[str], int]]) -> int:
    sentence = text[begin:end].replace("’", "'")
    if _ends_by_asking(sentence):
        return 0
    for pattern, worth in patterns:
        for found in pattern.finditer(sentence):
            before = sentence[: found.start()]
            what = split(found["what"])
            # "A goroutine is a goroutine."
            tells = not any(map(judges, what)) and split(found["name"])[-1] not in what
            if tells and not is_quoted(text, begin + found.start()):
                if _TO_NEWCOMERS.search(before):
                    return OUTRIGHT
                if _begins_a_clause(before):
                    return worth
    return 0


def _begins_a_clause(before: str) -> bool:
    """Tell whether nothing before a term qualifies it: "so basically" doesn't, "the Acme" does."""
    found = None if _INSIDE.search(before) else _BEGINS.search(before, max(len(before) - _BEFORE, 0))
    return found is not None and not any(
        carries(word) and not word.endswith("ly") for word in split(found["lead"] or "")
    )


@lru_cache(maxsize=16)
def _patterns(words: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], int], ...]:
    """Return patterns of a term's definitions, plainest first, with their ratings."""
    if not words:
        return ()
    written = r"[\W_]+".join(map(re.escape, words)).removesuffix("s")
    name = rf"\b(?P<name>{written}s?){_SLOWLY}"
    whose = rf"{_IS}(?: [\w-]+(?:'s)?){{1,3}}"
    of_it = ((_STANDS_FOR, OUTRIGHT), (_IS + _SLOWLY + _A, _A_KIND), (_WHEN, _LOOSELY), (_FOR, _LOOSELY), (whose, 0))
    return tuple((re.compile(rf"{name}(?P<what>{end})", re.IGNORECASE), worth) for end, worth in of_it)
