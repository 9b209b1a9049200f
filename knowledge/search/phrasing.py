"""Finds the sentence of a text most worth quoting by itself, and rates it by its phrasing.

After Danescu-Niculescu-Mizil, Cheng, Kleinberg and Lee, "You had me at hello: How phrasing affects memorability"
(ACL 2012): memorable words are about the world rather than the scene (few third persons, "a" rather than "the",
present rather than past) and distinctive. And after Bendersky and Smith, "A Dictionary of Wisdom and Wit" (2012): they
say what is always or never so, about what concerns everybody. Nothing is read or chosen here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from knowledge import lists
from knowledge.search import rarity
from knowledge.search.words import carries

SHORTEST: Final = 8
"""Minimum number of words in a quote."""
LONGEST: Final = 26
"""Maximum number of words in a quote."""

_SENTENCE: Final = re.compile(
    r"""(?: ^ | (?<=[a-z][.!?]\ ) (?<!\b[DMS][rst][.]\ ) (?<!\bMrs[.]\ ) )
    [A-Z][a-z'’]*,?\ [a-zI] [^.!?…:;"“”()\[\]{}<>|*_#@/\\–—\r\n]{20,240} [.!] (?=\s|$)""",
    re.VERBOSE,
)
"""A sentence without links, brackets, markup or quoted speech, which all need their context."""

_ALONE: Final = re.compile(
    r"""(?! .* (?: --|\ -\ |\d[.]|\s[.] ) )  # broken off
    (?! (?:\w+\ ){0,3}(?:caveat|definition|downside|example|fact|goal|moral|trend|upside)\b )  # comes to an explanation
    (?! \w+\ (?:asks|goes|says|shows|wonders|writes)\b )  # what others say
    (?! (?: (?!\b(?:\w+s|people|who|\w+one|\w+body|person)\b). )* \b(?:they|them|their|they're)\b )  # who?
    (?! \w+,\ (?:you|i|we) )  # to somebody by name
    (?! (?:if|when|while|since|once|because|unless|whether)\b [^,]* $ )  # half a sentence
    (?! .* \bthat\ \w+[^\Ws][.,!] )  # which? "the code that matters." is another
    (?! .* \b(?:that|this|here|it|so|them|then|those|these|there|too|either|well|him|her
        |to|also|would|could|might|though|yet)[.!]$ )
    (?! .* \b(?: welcome|sponsor\w*|listen(?:ers?|ing)|subscri\w*|episodes?|podcasts?|(?:the|a|our|my)\ shows?|merch
        |newsletter|transcripts?|links?|guests?|hosts?|check\ out|sign\ up|coupon|promo\w*|discount|website|dot\ com
        |thank\w*|congratulations|join(?:ing|\ us)|(?:short|quick)\ break|segment|interview|happy\ to
        |talking\ (?:to|about)|or\ (?:anything|something)|anything\ else|everything\ else
        |you\ know|i\ mean|sort\ of|kind\ of|um|uh|gonna|wanna|gotta|yeah|blah|bro|dude|stuff|okay|whatever|basically
        |exactly|,\ right|for\ (?:example|instance|sure)
        |(?:about|at|by|for|from|in|like|of|on|to|with|without)\ (?:that|this|it)
        |(?:that|this|the\ other|which)\ one|these|those|,\ that(?:'s|\ is)|that's\ (?:what|why|how)|he|she|his|her
        |(?:do|does|doing|than)\ that
        )\b )""",
    re.VERBOSE,
)
"""Makes sense by itself: complete, without chatter, and not about the show."""

_OPINES: Final = tuple(f"i {does} " for does in ("believe", "don't believe", "don't think", "hate", "love", "prefer"))
"""Openings of opinions; anything else beginning with "I" is about the speaker."""
_SINGLED_OUT: Final = frozenset(["that", "which", "who", "whose"])
"""Relative pronouns: with one as the second word ("anybody who"), a sentence needs a second stating word."""
_ADDS: Final = {"definite": -0.4, "of the scene": -1.0, "of anybody": 0.3, "of life": 0.9, "of all": 1.0}
"""What a word of each kind adds to the worth; if it is of several kinds, the last one counts."""
_PER_WEIGHT: Final = 1 / 20
"""What a telling word adds per unit of its weight."""
_DISTINCTIVE: Final = 6.0
"""Cap on the weight of a word: rarer words are jargon."""
_PAST: Final = -0.5
"""What a word ending like a past tense adds."""
_PAUSE: Final = -0.3
"""What a comma adds."""
_IN_PARTICULAR: Final = -1.2
"""What a name, number, instruction, progressive form or word unknown to English adds."""
_PARTICULAR: Final = re.compile(
    r"""(?<=\ )(?!I\b)[A-Z]\w* | \d+ | \bI'(?:ll|d|m)\b | \b[Yy]ou\ (?:(?:don't|only|also|still|always|probably)\ )?
        (?:can|could|have|get|got|might|may|just|need|would|want|probably)\b
    | (?:'re|\b(?:is|are|been|be))\ (?:\w+ly\ |so\ |also\ |all\ )?\w+ing\b""",
    re.VERBOSE,
)
"""Names, numbers, instructions and progressive forms."""
_NOTHING_SPECIAL: Final = 1_000
"""Worth of a sentence whose words add nothing."""
_EVEN: Final = 4
"""Words added to a length, so that brevity counts less among short sentences."""
_BREVITY: Final = 0.85
"""Exponent of the length that divides worth: 0 would ignore brevity, with 1 the shortest would nearly always win."""


@dataclass(frozen=True, slots=True)
class QuotableSentence:
    """A sentence worth quoting.

    Attributes:
        text: its words, letter for letter.
        at: its offset in the text, in characters.
        worth: from 1; higher is better.
    """

    text: str
    at: int
    worth: int


def _kinds() -> Mapping[str, frozenset[str]]:
    return lists.kinds(__file__, "phrasing.txt")


def best(text: str) -> QuotableSentence | None:
    """Return the sentence most worth quoting, None if no sentence makes sense by itself."""
    general = _kinds()["of all"] | _kinds()["of life"]
    found = (each for each, words in _standing(text) if not general.isdisjoint(words))
    return max(found, key=lambda each: each.worth, default=None)


def standing(text: str) -> Iterator[QuotableSentence]:
    """Yield the sentences that make sense by themselves, whatever they are about."""
    return (each for each, _ in _standing(text))


def _standing(text: str) -> Iterator[tuple[QuotableSentence, list[str]]]:
    stating = _kinds()["stating"]
    for found in _SENTENCE.finditer(text):
        plain = found[0].replace("’", "'").lower()
        words = [word.strip(",.!'") for word in plain.split()]
        if (
            SHORTEST <= len(words) <= LONGEST
            and (plain.startswith(_OPINES) or not _leans(words))
            and sum(word in stating for word in words) > (words[1] in _SINGLED_OUT)
            and _ALONE.match(plain)
        ):
            yield QuotableSentence(found[0], found.start(), _worth(found[0], words)), words


def leans(word: str) -> bool:
    """Tell whether a word begins sentences that refer to what was said before, such as "alright" or "basically"."""
    return word in _kinds()["leaning"] or word.endswith("ly")


def _leans(words: Sequence[str]) -> bool:
    """Tell whether an opening refers to what was said before."""
    first, second = words[:2]
    return leans(first) or second in _kinds().get(f"leaning after {first}", frozenset())


def _worth(sentence: str, words: Sequence[str]) -> int:
    particular = len(_PARTICULAR.findall(sentence)) * _IN_PARTICULAR + sentence.count(",") * _PAUSE
    adds = sum(map(_adds, set(words))) + particular
    return max(round(_NOTHING_SPECIAL * (1 + adds / float((len(words) + _EVEN) ** _BREVITY))), 1)


@lru_cache(10_000)
def _adds(word: str) -> float:
    kinds = (worth for kind, worth in reversed(_ADDS.items()) if word in _kinds()[kind])
    phrased = next(kinds, 0.0) + (_PAST if word.endswith("ed") else 0.0)
    if not carries(word):
        return phrased
    if not rarity.frequency(word):
        return phrased + _IN_PARTICULAR
    return phrased + _PER_WEIGHT * min(rarity.weight(word, holding=0, of=0), _DISTINCTIVE)
