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
    "wen": "when",
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
a about above actually after again against ain't aint all alot already also altho although always am among an and
another any anybody anymore anyone anything anyway anywhere are aren't arent as at away basically bc be because been
before being below between bit both bout btw but by came can can't cant cause cmon com come comes coming could
couldn't couldnt cuz d definitely did didn't didnt do does doesn't doesnt doing don't dont down dunno during each
either else em especially even ever every everybody everyone everywhere few for fr from further get gets getting gimme
go goes going gonna got gotcha gotta had hadn't has hasn't hasnt have haven't havent having he hello her here hers hes
hey hi him his hmm honestly how however i idk if im imho imo in into is isn't isnt it its itself ive just kind kinda
lately lemme let lets like literally ll lol lot lots m made make makes many may maybe me might mine more most mostly
much must my myself nah neither never ngl no nobody noone nor not now nowadays nowhere of off often ok okay omg on
once one ones only onto or other others our ours out over own per perhaps please pls plz probably quite rather re
really rly rn s said same seem seems shall she shes should shouldn't shouldnt since smth so some somebody someone
something somewhere soon sort sth still such sure t tbh than thanks that thats the their theirs them themselves then
there theres these they theyre thing things this tho those though three through thx to tonight too truly two uh um
under until up upon us usually ve versus very via vs wanna want wants was wasn't wasnt way ways we well went were
weren't weve what whatever whats when whenever where wherever whether which while who whom whos whose why will with
within without won't wont would wouldn't wouldnt ya yeah yep yes yet yo you your youre yours yourself yup
"""
JOINING: Final = frozenset(_JOINING.split())
"""Words that hold a sentence together; they are no evidence for anything."""

_ASKING = """
according address addressed addresses answer answered anybody ask asked asking asks bits bring brought chapter chat
chatted comment commented comments conversation cover covered covers curious deal describe described describes
description descriptions detail details discuss discussed discusses discussing discussion discussions done episode
episodes exactly explain explained explains explanation find give given guest guests guy guys hear heard host hosts
idea ideas info information interested interesting interview interviews know learn line lines listen listened
listening look looking main mean means meeting mention mentioned mentioning mentionned mentions missed notes opinion
opinions part parts people phrase phrases podcast podcasts point pointed points question questions quote quoted quotes
recap refer referred regarding remark remarks remind right said say saying says section segment show shows speak
speaker speakers speaks specifically spoke stance statement statements story stuff summaries summarise summarize
summarized summary take takes talk talked talking talks tell telling tells think thinking thinks thought thoughts
thread told topic topics touch touched transcript view views wonder wondering word words
"""
ASKING: Final = frozenset(_ASKING.split())
"""Words about the asking itself, and others that go with any subject: they help a little to rank and prove nothing."""

_QUALIFYING = """
ability able across actual ago ahead alive allow allowed allows alone amazing anytime apart around aspect aspects
available awesome back backwards bad based basic become becomes becoming begin begins behind believe benefit best
better beyond big bigger biggest bold brief briefly bright broad broader broadly bunch call called calls care
carefully cares case cases catch catching caused causes central certain certainly change changed changes changing
claim claimed claims clear clearer clearly close closer common compare compared complete completely concept concepts
concern concerned concerns connection consider considered constantly continue continued continues cool core count
couple crazy crucial crucially current currently day days dead deep deeper deeply depend depends develop different
difficult difficulty direction directly dramatic dramatically dying early easier easily easy effect effects end ended
ends enough entire entirely especially essential essentially eventually everything evolve evolving exact exciting
expect expected expects extent extreme extremely fact factor factors fair fairly fake famous far fast faster feel
feels felt few fewer field fields final finally fine forever form forward free fresh full fully fundamental
fundamentally funny future gain gained gains general generally giant gigantic giving good grand great greater greatest
group groups grow growing grows half hand happen happened happening happens happy hard harder headed heading heads
heavily heavy help helpful helps high higher highest highly hit hits hold holding holds hope hot huge hugely hype
hyped immediate impact implication implications importance important impossible impressive improve improved
improvement improvements increase increasing increasingly incredible incredibly influence insane inside instead
involve involved involves issue issues keep keeping keeps kept key kinds large largely larger largest last lasting
late later latest lead leading leads least leave led left less level levels liable likely little loads long longer
longest low lower major massive matter matters meaningful meant mere merely middle minor modern moment month months
move moved movement moves moving multiple narrow near nearly necessary need needed needs new newer newest next nice
normal notable noteworthy obvious obviously odd old older opposite ordinary original outside overall overhyped
overrated own pace particular particularly past path perfect period perspective phase pick picked place places plain
play playing plays plenty pop popular position possible possibly potential potentially practical practice precise
precisely present pretty prevent previous primarily primary problem problems process progress proper properly purpose
put puts putting quick quickly rapid rapidly rare rarely rate reach reached reaching ready real realistic reality
realize reason reasons recent recently regular regularly relate related relation relationship relevant remain remains
remarkable remarkably require required requires respect rest result results rise rising role roles rough roughly
running sad scary scene scenes sense separate serious seriously set several shape shaped shapes shift shifted shifting
short shorter significant significantly silly similar simple simply single situation slow slower slowly small smaller
smallest solid solve solved solving somehow sometimes somewhat special specific speed spend spent stage stand stands
start started starting starts stay stays step steps stick stop stopped stops straight strange stretch stretches strong
stronger strongly struggle stuck stupid substantial substantially sudden suddenly suggest suggested suggests super
supposed sure surprising surprisingly tend tends term terms terrible thorough time times tiny today together tomorrow
tons top total totally toward towards true truly truth try trying turn turned turning turns type types typical
ultimately unclear understand understanding understood unique unlike unlikely unsolved upcoming update updates use
used useful uses using usual valuable various vast wait want wasted week weeks weird while whole wide wild wonderful
work worked working works world worried worry worse worst worth wrong year years yesterday
"""
QUALIFYING: Final = frozenset(_QUALIFYING.split())
"""Words that go with any subject and change it little: size, degree, time, worth, and verbs that say hardly more than
"be". It is a small gain to find one and a small loss to lack it."""

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
