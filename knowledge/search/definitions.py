"""Tells words that say what something is from those that only mention it.

By their wording alone: "Nix is a package manager" and "SRE stands for …", but not "Nix is great", what stands between
quotation marks, or a question. How people ask for it, and ask to have it explained, is here, too.
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
"""What follows a word most often where it is defined."""

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
"""Asks somebody to explain, whether or not with a question mark."""

_TOLD: Final = re.compile(r"""\w[,:]? ["“][^"“”]*\?["”]\s*$""")
"""A question between quotation marks at the end of a sentence that begins before it."""

_SLOWLY: Final = r"(?:,? (?:basically|essentially|just|simply|actually|fundamentally|kind of|sort of|like|you know))*,?"
"""What people put before what matters."""
_BEGINS: Final = re.compile(
    r"(?:^(?P<lead>(?:[\w']+,? ){0,3})|[,;:–—-] (?:[\w']+ )?|\b(?:that|because|think|says?|so|and|but),? )"
    r"(?:an? |the )?$",
    re.IGNORECASE,
)
"""What stands before a word that a clause is about."""
_BEFORE: Final = 50
"""Characters of that which are looked at."""
_INSIDE: Final = re.compile(r"\b(?:in|of|to|with|for|by|on|from|at|not)\s+(?:an?|the)?\s*$", re.IGNORECASE)
"""What stands before a word that a clause is not about: "everything in Nix is a set"."""
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
"""What something is for says what it is, too."""
_OUTRIGHT, _A_KIND, _LOOSELY = 3, 2, 1
"""How plain a definition is: "it stands for", "it is a", "it is when"."""


def asks(text: str) -> bool:
    """Tell whether a text ends by asking something, or asks to have something explained."""
    return _ends_by_asking(text) or requests(text)


def _ends_by_asking(text: str) -> bool:
    """Tell whether a text ends in a question, and not in one that it only tells of: 'we asked, "How can we?"'."""
    return ends_asking(text) and _TOLD.search(text) is None


def requests(text: str) -> bool:
    """Tell whether a text asks to have something explained: "could you tell us what it is"."""
    return _REQUESTS.search(text) is not None


def definition(text: str, term: str) -> tuple[int, int]:
    """Rate how plainly a text says what something is, 0 where it doesn't, and return where the sentence begins."""
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
            if tells and _begins_a_clause(before) and not is_quoted(text, begin + found.start()):
                return worth
    return 0


def _begins_a_clause(before: str) -> bool:
    """Tell whether what stands before a word says no more of it: "so basically", but not "the Acme"."""
    found = None if _INSIDE.search(before) else _BEGINS.search(before, max(len(before) - _BEFORE, 0))
    return found is not None and not any(
        carries(word) and not word.endswith("ly") for word in split(found["lead"] or "")
    )


@lru_cache(maxsize=16)
def _patterns(words: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], int], ...]:
    """Return what finds a term where it is defined, the plainest first, with what each is worth."""
    if not words:
        return ()
    written = r"[\W_]+".join(map(re.escape, words)).removesuffix("s")
    name = rf"\b(?P<name>{written}s?){_SLOWLY}"
    of_it = ((_STANDS_FOR, _OUTRIGHT), (_IS + _SLOWLY + _A, _A_KIND), (_WHEN, _LOOSELY), (_FOR, _LOOSELY))
    return tuple((re.compile(rf"{name}(?P<what>{end})", re.IGNORECASE), worth) for end, worth in of_it)
