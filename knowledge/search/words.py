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
a about above actually after again against ain't all already also although always am among an and another any
anybody anymore anyone anything anyway are aren't as at away basically be because been before being below between
bit both btw but by came can can't com come comes coming could couldn't cuz d definitely did didn't do does doesn't
doing don't down during each either else especially even ever every few for from further get gets getting go goes
going gonna got gotta had hadn't has hasn't have haven't having he hello her here hers hey hi him his hmm honestly
how however i idk if imho imo in into is isn't it its itself just kind kinda lately let like literally ll lol lot
lots m made make makes many may maybe me might mine more most mostly much must my myself neither never no nor not
now nowadays of off often ok okay omg on once one ones only onto or other others our ours out over own per perhaps
please pls plz probably quite rather re really rn s said same seem seems shall she should shouldn't since so some
somebody someone something soon sort still such sure t tbh than thanks that the their theirs them themselves then
there these they thing things this those though through thx to tonight too truly uh um under until up upon us
usually ve versus very via vs wanna want wants was wasn't way ways we well were weren't what whatever when whenever
where wherever whether which while who whom whose why will with within without won't would wouldn't yeah yes yet yo
you your yours yourself
"""
JOINING: Final = frozenset(_JOINING.split())
"""Words that hold a sentence together; they are no evidence for anything."""

_ASKING = """
according address addressed addresses answer answered anybody ask asked asking asks bits bring brought chat chatted
comment commented comments conversation cover covered covers curious deal describe described describes detail
details discuss discussed discusses discussing discussion discussions done enough episode episodes exactly explain
explained explains explanation far find fine give given guest guests guy guys happen happened happening happens hear
heard host hosts idea ideas info information interested interesting interview interviews keep keeps know learn
listen listened listening long look looking main matter matters mean means meeting mention mentioned mentioning
mentions missed moment need needed needs notes opinion opinions part parts people podcast podcasts point pointed
points question questions quote quoted quotes recap refer referred regarding remark remarks right said say saying
says section segment show shows speak speaker speakers speaks specifically spoke stance story stuff summaries
summarise summarize summarized summary take takes talk talked talking talks tell telling tells think thinking thinks
thought thoughts thread today together told tomorrow topic topics touch touched transcript try trying used view
views wonder wondering word words work working works yesterday
"""
ASKING: Final = frozenset(_ASKING.split())
"""Words about the asking itself, and others that go with any subject: they help a little to rank and prove nothing."""


_PREAMBLE: Final = re.compile(
    r"""\b(?:
    (?:can|could|would|will)\ (?:you|u)\ (?:please\ )?(?:tell|give|show|remind|explain|find|help)(?:\ to)?
        (?:\ (?:me|us))?
    | (?:tell|give|show|remind|help)\ (?:me|us)
    | i(?:'d|\ would)?\ (?:just\ |really\ |also\ )?(?:want(?:ed)?|need(?:ed)?|like|love|try|trying)\ to
        \ (?:know|hear|find|learn|understand)
    | i(?:'?m|\ am|\ was|'?ve\ been)?\ (?:just\ )?
        (?:wondering|wonder|curious|listening|listened|missed|heard|think|thought|guess|remember|recall|believe)
    | (?:do|does)\ (?:you|u|anyone|anybody)\ (?:know|remember|recall)
    )\b""",
    re.VERBOSE,
)
"""Ways into a question that speak of whoever asks without being about them."""
_ASKER: Final = frozenset(("i", "i'd", "i'll", "i'm", "i've", "im", "ive", "me", "mine", "my", "myself"))


def fold(text: str) -> str:
    """Write text in lower case and without accents, so that "Café" and "cafe" are one word."""
    if text.isascii():
        return text.lower()
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


def personal(text: str) -> bool:
    """Tell whether a question is about whoever asks it ("when does my flight leave"), which no episode can answer."""
    rest = _PREAMBLE.sub(" ", fold(text).replace("’", "'"))
    return any(word in _ASKER for word in split(rest))
