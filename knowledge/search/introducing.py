"""Finds the words that say who somebody is: a host's, who introduces a guest, or else their own about themselves.

Read from the beginning of an episode. Words that only greet ("We have Ann Lee, say hello") say nothing of anybody.
Whose introduction is wanted, and in which episodes, is none of its business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import dropwhile, takewhile
from typing import Final

from knowledge.model import Passage
from knowledge.passages import sentences
from knowledge.search.words import fold

BEGINNING: Final = 25
"""Passages of an episode among which people are introduced."""
I_AM: Final = r"\bI(?:'m| am)"
"""How people begin to say who they are."""
_SOON: Final = 60
"""Characters of a sentence before what tells who one is: "Yeah, thanks for having me, so I'm an engineer"."""
_OWN: Final = 2
"""Sentences that somebody is quoted with on themselves."""
_ROLE: Final = (
    r"\b(?:(?:co-?)?(?:creator|author|founder|inventor|maintainer)s?|maker|contributor|engineer|developer|designer|"
    r"architect|director|manager|president|scientist|researcher|professor|teacher|writer|programmer|advocate|evangelist|"
    r"consultant|organi[sz]er|editor|keeper|lead|head|chief|ceo|cto|cso|coo|cfo|vp|principal|journalist|lawyer|doctor|"
    r"student|analyst|officer|owner|fellow)\b"
)
_DOES: Final = r"(?:is|was|works?|worked|created|wrote|made|built|founded|started|runs?|leads?|maintains)\b"
_SPLIT_NAME: Final = re.compile(r"\b(?:St|Dr|Mr|Mrs|Ms|Jr|Sr|Prof|[A-Z])\.$")
"""What a sentence doesn't end with, though a full stop stands there: "Erik St. Martin"."""
_OF_ONESELF: Final = re.compile(
    r"(?<!if )(?<!when )(?<!that )(?<!because )(?<!as )"
    rf"{I_AM} (?:(?!your)[^,.?!]{{0,30}}?(?i:{_ROLE})|"
    r"(?:currently |now )?(?:based (?:in|out) |employed (?:at|by) |working (?:at|for) [A-Z]))"
    r"|\bI (?:currently |now |also )*"
    r"(?:work (?:at|for|on) [A-Z]|work as an? |live in [A-Z]|(?:co-?)?founded [A-Z])"
    r"|\b[Mm]y (?:background is|day job is|title is)"
)
"""What tells who one is, near the beginning of a sentence."""
GOES_ON: Final = re.compile(
    rf"(?:so |and |now )?(?:he|she|they|you may (?:also )?know (?:him|her|them))(?:'s|'re| are| as| {_DOES})"
    r"(?! (?:\w+ing|here|not|back|been|very|just|with)\b)",
    re.IGNORECASE,
)
"""How a sentence begins that says more of the person named before it."""


ANYWHERE: Final = re.compile("")
AT_WORK: Final = re.compile(
    rf"(?i:{_ROLE}[^.?!,]{{0,40}}|\bwork\w*|\bemployed) (?:at|of|for|with|from|by)(?: the)? [A-Z]|[A-Z]\w+ (?i:{_ROLE})"
)
"""What tells where one works: "an engineer at Wax", "I work for Wax"."""
_LIVES: Final = r"(?i:\b(?:lives|living|based|(?:all the way |calling )?from)(?: out of| in| near)?) (?-i:[A-Z])"
_OWN_HOME: Final = re.compile(
    rf"(?:{I_AM}|\bI)(?: \w+)? (?:live|living|based|grew up|was born|moved|come|from)"
    r"(?: in| near| out of| to| from)? [A-Z]"
)
"""What tells where one is from."""


def introduction(name: str, said: Iterable[Passage], where: re.Pattern[str] = ANYWHERE) -> Passage | None:
    """Return the first words of others that say who somebody is, or else their own, as a passage; None for none.

    Args:
        name: as others say it, in full.
        said: the beginnings of episodes, each in order, with speakers by their names in full.
        where: what has to be found in those words.
    """
    own: Passage | None = None
    for passage in said:
        if passage.speaker and fold(passage.speaker) == fold(name):
            words = of_oneself(passage.text)
            if own is None and words and where.search(words):
                own = replace(passage, text=words)
        elif (words := of_another(name, passage.text)) and where.search(words):
            return replace(passage, text=words)
    return own


def home_of(name: str, said: Iterable[Passage]) -> Passage | None:
    """Return the first sentence that says where somebody is from or lives, as a passage; None for none."""
    of_another = re.compile(rf"\b{re.escape(name)}\b[^.?!]{{0,60}}{_LIVES}")
    for passage in said:
        own = passage.speaker is not None and fold(passage.speaker) == fold(name)
        lives = _OWN_HOME if own else of_another
        if words := next(filter(lives.search, _whole(passage.text)), None):
            return replace(passage, text=words)
    return None


def is_role(words: str) -> bool:
    """Tell whether some words are what somebody may be somewhere: "lead designer"."""
    return re.search(rf"{_ROLE}$", words, re.IGNORECASE) is not None


def of_another(name: str, text: str) -> str:
    """Return what of a text says who somebody is: "Ann Lee, who keeps bees"; empty for none."""
    if name not in text:
        return ""
    named, whole = re.compile(rf"\b{re.escape(name)}\b"), list(_whole(text))
    for at, sentence in enumerate(whole):
        if any(_says_who(sentence, found) for found in named.finditer(sentence)):
            return sentence
        onward = " ".join(whole[at + 1 : at + 2])
        if name in sentence and GOES_ON.match(onward):
            return f"{sentence} {onward}"
    return ""


def of_oneself(text: str) -> str:
    """Return what somebody says on who they are: "I work as a baker. I live in Leeds."; empty for nothing."""
    own = takewhile(_tells_of_oneself, dropwhile(lambda each: not _tells_of_oneself(each), _whole(text)))
    return " ".join(list(own)[:_OWN])


def _says_who(sentence: str, name: re.Match[str]) -> bool:
    """Tell whether something is said of somebody right beside their name."""
    after, before = _beside_a_name()
    return bool(after.match(sentence, name.end()) or before.search(sentence, 0, name.start()))


@cache
def _beside_a_name() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Make the patterns of what stands after the name and before it; made with each name they would take 5 ms."""
    is_one = r"(?:is|was) (?:an?|the|our|my|one|currently)\b(?! (?:guest|show|next))"
    who_is = rf"who(?:'s| {_DOES})(?! (?:here|going|gonna|all|on|with us|joining)\b)"
    after = (
        rf",? (?:(?i:{who_is}|{is_one})|from (?!The\b)[A-Z]\S|of [A-Z])",
        r", (?i:an?|the) (?!show|one)",
        rf",? [^,.?!]{{0,40}}(?i:{_ROLE})(?<!s)",
        rf" (?i:is|joins|joined)[^.?!]{{0,40}}, who(?:'s| is)[^,.?!]{{0,40}}(?i:{_ROLE})",
    )
    return re.compile("|".join(after)), re.compile(rf"(?i:{_ROLE})[^.?!]{{0,40}}[, ]\Z")


def _tells_of_oneself(sentence: str) -> bool:
    found = _OF_ONESELF.search(sentence)
    return found is not None and found.start() <= _SOON


def _whole(text: str) -> Iterator[str]:
    """Split a text after its sentences, and not after "St." or an initial."""
    kept = ""
    for sentence in sentences(text):
        kept = f"{kept} {sentence}".strip()
        if not _SPLIT_NAME.search(kept):
            yield kept
            kept = ""
    if kept:
        yield kept
