"""Finds the sentence of a text most worth quoting by itself, and rates it, by how it is phrased.

After Danescu-Niculescu-Mizil, Cheng, Kleinberg and Lee, "You had me at hello: How phrasing affects memorability"
(ACL 2012): what is remembered speaks of the world and not of its scene (few third persons, "a" rather than "the",
the present rather than the past), in distinctive words. And after Bendersky and Smith, "A Dictionary of Wisdom and
Wit" (2012): it says what is always or never so, about what concerns everybody. Nothing is read or chosen here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from knowledge.search import rarity
from knowledge.search.words import carries

SHORTEST: Final = 8
LONGEST: Final = 26
"""Words in a quote."""

_SENTENCE: Final = re.compile(
    r"""(?: ^ | (?<=[a-z][.!?]\ ) (?<!\b[DMS][rst][.]\ ) (?<!\bMrs[.]\ ) )
    [A-Z][a-z'’]*,?\ [a-zI] [^.!?…:;"“”()\[\]{}<>|*_#@/\\–—\r\n]{20,240} [.!] (?=\s|$)""",
    re.VERBOSE,
)
"""A sentence without links, brackets, markup or quoted speech, all of which need their context."""

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
"""Says something complete, without chatter, and not about the show itself."""

_LEANING = """
actually after again ah all alright also always and another any anyway as at awesome basically because before being
besides better both build but by can can't cause certain cool correct could did do does each eight either especially
even exactly excellent fair first five followed for four from go good great had half has have having he he'd he'll
he's hello her here here's hey hi him his hm how however i i'd i'll i'm i've in indeed instead interesting is it
it'd it'll it's its just last lastly let let's lets like look man many maybe mine more much my nah neither next nice
no nope nor not now of off oh ok okay on once one or other others otherwise our over parting perhaps please plus
rather returning right same saying second see she she's should six so some sometimes sorry speaking still such sure
take tell ten thank thanks that that'd that'll that's their them then there there's therefore these they they'd
they'll they're they've third this those though three to today totally true try trying two uh um up was we we'd
we'll we're we've well were what what's whatever where whereas whether which who who's whose with would wow yeah yep
yes yesterday yet you'd you'll you're you've yup
"""
_LEANS: Final = frozenset(_LEANING.split())
_LEANING_TOGETHER = {
    "a": "couple bit good lot really",
    "an": "example interesting",
    "if": "he i it it's she that that's there there's these they they're this those we we're",
    "the": "answer big biggest difference first idea last main next one only other point problem question reason same",
    "when": "he i i'm it she that they this we you're",
    "you": "asked did guys had just know mentioned said say see still think told try were",
}
_LEANS_TOGETHER: Final = frozenset(f"{one} {two}" for one, twos in _LEANING_TOGETHER.items() for two in twos.split())
"""Openings that go on from what was said before."""
_OPINES: Final = tuple(f"i {does} " for does in ("believe", "don't believe", "don't think", "hate", "love", "prefer"))
"""Openings of opinions; anything else that begins with "I" is about the speaker."""

_STATING = """
are aren't be become becomes believe can can't cannot comes do does doesn't don't get gets has hasn't have haven't
is isn't knows learns loves make makes matters means must need needs never should shouldn't takes that's thinks
wants will won't works would you'll you're
"""
_STATES: Final = frozenset(_STATING.split())
"""A statement about the present has one of these..."""
_SINGLED_OUT: Final = frozenset(["that", "which", "who", "whose"])
"""... and another where it begins with "anybody who"."""
_ALL = """
always anybody anyone anything aren't best better can't cannot doesn't don't easier easiest every everybody everyone
everything harder hardest human humans isn't less matter matters means more most must never nobody nothing only
people person rather secret should shouldn't somebody someone something than unless without won't worse worst
"""
_OF_ALL: Final = frozenset(_ALL.split())
_LIFE = """
afraid art beautiful beauty brain brave change children community complexity craft creative creativity culture
curiosity curious death die dream ego empathy fail failure family fear freedom friend friends future happiness happy
hard hate heart history hope humility idea ideas job joy kids kind kindness learn learning life live lives living
love loves luck magic mind mistake mistakes money nature pain people power respect simple simplicity stories story
success suffering talent teach time trust truth work world wrong
"""
_OF_LIFE: Final = frozenset(_LIFE.split())
_OF_ANYBODY: Final = frozenset(["a", "an", "are", "if", "is", "until", "you", "you're", "your", "yourself"])
_SCENE = """
actually ago been came did got guy guys had he he's her here him his i i'd i'll i'm i've it it's its just last like
me my now our really said she she's started that's their them there there's these they they're they've thing things this
those thought today told us used very wanted was we we're we've week went were year yesterday
"""
_OF_THE_SCENE: Final = frozenset(_SCENE.split())
_PHRASING: Final = (
    {"the": -0.4}
    | dict.fromkeys(_OF_THE_SCENE, -1.0)
    | dict.fromkeys(_OF_ANYBODY, 0.3)
    | dict.fromkeys(_OF_LIFE, 0.9)
    | dict.fromkeys(_OF_ALL, 1.0)
)
"""What each word adds."""
_TELLS: Final = 1 / 20
"""What a distinctive word adds, per unit of its weight."""
_DISTINCTIVE: Final = 6.0
"""Highest weight that counts; rarer words are jargon."""
_PAST: Final = -0.5
"""What a word adds that looks like a past tense."""
_PAUSE: Final = -0.3
"""What a comma adds."""
_IN_PARTICULAR: Final = -1.2
"""What a name, a number, an instruction, something in progress or a very rare word adds."""
_PARTICULAR: Final = re.compile(
    r"""(?<=\ )(?!I\b)[A-Z]\w* | \d+ | \bI'(?:ll|d|m)\b | \b[Yy]ou\ (?:(?:don't|only|also|still|always|probably)\ )?
        (?:can|could|have|get|got|might|may|just|need|would|want|probably)\b
    | (?:'re|\b(?:is|are|been|be))\ (?:\w+ly\ |so\ |also\ |all\ )?\w+ing\b""",
    re.VERBOSE,
)
_NOTHING_SPECIAL: Final = 1_000
"""Worth of a sentence whose words add nothing."""
_EVEN: Final = 4
_BREVITY: Final = 0.85
"""How much brevity counts: with 0 not at all, with 1 the shortest sentence would nearly always win."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence worth quoting.

    Attributes:
        text: a part of the text, letter for letter.
        at: where it begins in it.
        worth: from 1; the higher, the better.
    """

    text: str
    at: int
    worth: int


def best(text: str) -> Sentence | None:
    """Choose the sentence most worth quoting, None where no sentence makes sense by itself."""
    general = (each for each, words in _standing(text) if not (_OF_ALL | _OF_LIFE).isdisjoint(words))
    return max(general, key=lambda each: each.worth, default=None)


def standing(text: str) -> Iterator[Sentence]:
    """Yield the sentences that make sense by themselves, whatever they are about."""
    return (each for each, _ in _standing(text))


def _standing(text: str) -> Iterator[tuple[Sentence, list[str]]]:
    for found in _SENTENCE.finditer(text):
        plain = found[0].replace("’", "'").lower()
        words = [word.strip(",.!'") for word in plain.split()]
        if (
            SHORTEST <= len(words) <= LONGEST
            and (plain.startswith(_OPINES) or not _leans(words))
            and sum(word in _STATES for word in words) > (words[1] in _SINGLED_OUT)
            and _ALONE.match(plain)
        ):
            yield Sentence(found[0], found.start(), _worth(found[0], words)), words


def _leans(words: Sequence[str]) -> bool:
    return words[0] in _LEANS or words[0].endswith("ly") or f"{words[0]} {words[1]}" in _LEANS_TOGETHER


def _worth(sentence: str, words: Sequence[str]) -> int:
    particular = len(_PARTICULAR.findall(sentence)) * _IN_PARTICULAR + sentence.count(",") * _PAUSE
    adds = sum(map(_adds, set(words))) + particular
    return max(round(_NOTHING_SPECIAL * (1 + adds / float((len(words) + _EVEN) ** _BREVITY))), 1)


@lru_cache(10_000)
def _adds(word: str) -> float:
    phrased = _PHRASING.get(word, 0.0) + (_PAST if word.endswith("ed") else 0.0)
    if not carries(word):
        return phrased
    if not rarity.frequency(word):
        return phrased + _IN_PARTICULAR
    return phrased + _TELLS * min(rarity.weight(word, holding=0, of=0), _DISTINCTIVE)
