"""What the words of a question are for: asking, chatting, joining, or saying what it is about.

Word lists and how to take a sentence apart. Nothing here knows a library.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE: Final = re.compile(r"['’]s$")

CHAT: Final = {
    "abt": "about",
    "cuz": "because",
    "dont": "don't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "hows": "how's",
    "ppl": "people",
    "r": "are",
    "rly": "really",
    "teh": "the",
    "thats": "that's",
    "thier": "their",
    "theyre": "they're",
    "u": "you",
    "ur": "your",
    "wat": "what",
    "wats": "what's",
    "whats": "what's",
    "wheres": "where's",
    "whos": "who's",
    "whys": "why's",
    "wht": "what",
    "wut": "what",
    "waht": "what",
    "y": "why",
}
"""How people type in a hurry -> the words they mean; only words that say nothing about the subject."""

_JOINING = """
a about above after again against ain't all also although am among an and another any anybody anyone anything are
aren't as at be because been before being below between both btw but by can can't could couldn't cuz d did didn't do
does doesn't doing don't done down during each either else ever every few for from further get gets getting go goes
going gonna got gotta had hadn't has hasn't have haven't having he her here hers him his how i idk if imho imo in
into is isn't it its itself just kind kinda let like ll lol lot lots m made make makes many may maybe me might mine
more most much must my myself neither no nor not now of off ok okay omg on once one ones only onto or other others
our ours out over own per please pls plz quite rather re really rn s same shall she should shouldn't since so some
somebody someone something sort still such t tbh than thanks that the their theirs them themselves then there these
they thing things this those though through thx to too under until up upon us ve very via wanna want wants was
wasn't way ways we were weren't what whatever when where whether which while who whom whose why will with within
without won't would wouldn't yeah yes yet yo you your yours yourself
"""
JOINING: Final = frozenset(_JOINING.split())
"""Words that hold a sentence together; they are no evidence for anything."""

_ASKING = """
according address addressed addresses answer answered ask asked asking asks bring brought comment commented comments
conversation cover covered covers describe described describes detail details discuss discussed discusses discussing
discussion discussions episode episodes explain explained explains explanation find give given guest guests hear
heard host hosts idea ideas info information interview interviews know learn main meeting mention mentioned
mentioning mentions notes opinion opinions people podcast podcasts point pointed points question questions quote
quoted quotes regarding remark remarks said say saying says show shows speak speaker speakers speaks spoke stance
stuff summaries summarise summarize summarized summary take takes talk talked talking talks tell telling tells think
thinking thinks thought thoughts told topic topics touch touched transcript view views word words
"""
ASKING: Final = frozenset(_ASKING.split())
"""Words about the asking itself: they say that something was said, not what."""


def fold(text: str) -> str:
    """Write text in lower case and without accents, so that "Café" and "cafe" are one word."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def split(text: str) -> list[str]:
    """Take text apart into its words, folded, without possessive endings; "don't" stays one word."""
    return [word for word, _, _ in spans(text)]


def spans(text: str) -> list[tuple[str, int, int]]:
    """List the words of a text, folded and without possessive endings, with where each begins and ends in it."""
    found = []
    for match in _WORD.finditer(text):
        bare = _POSSESSIVE.sub("", match.group())
        found.append((fold(bare).replace("’", "'"), match.start(), match.start() + len(bare)))
    return found


def carries(word: str) -> bool:
    """Tell whether a folded word says what a question is about."""
    return word not in JOINING and word not in ASKING
