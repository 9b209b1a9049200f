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
    "adn": "and",
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
    "thye": "they",
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
before being below beside besides between bit both bout btw but by came can can't cant cause cmon com come comes
coming could couldn't couldnt cuz d definitely despite did didn't didnt do does doesn't doesnt doing don't dont down
dunno during each either else em especially even ever every everybody everyone everywhere except few for fr from
further get gets getting gimme go goes going gonna got gotcha gotta had hadn't has hasn't hasnt have haven't havent
having he hello her here hers hes hey hi him his hmm honestly how however i idk if im imho imo in into is isn't isnt
it its itself ive just kind kinda lately lemme let lets like literally ll lol lot lots m made make makes many may
maybe me might mine more most mostly much must my myself nah neither never ngl no nobody noone nor not now nowadays
nowhere of off often ok okay omg on once one ones only onto or other others our ours out over own per perhaps please
pls plz probably quite rather re really rly rn s said same seem seems shall she shes should shouldn't shouldnt since
smth so some somebody someone something somewhere soon sort sth still such sure t tbh than thanks that thats the their
theirs them themselves then there theres these they theyre thing things this tho those though three through thx to
tonight too toward towards truly two uh um under unless until up upon us usually ve versus very via vs wanna want
wants was wasn't wasnt way ways we well went were weren't weve what whatever whats when whenever where whereas
wherever whether which while who whom whos whose why will with within without won't wont would wouldn't wouldnt ya
yeah yep yes yet yo you your youre yours yourself yup
"""
JOINING: Final = frozenset(_JOINING.split())
"""Words that hold a sentence together; they are no evidence for anything."""

_ASKING = """
according address addressed addresses answer answered anybody ask asked asking asks bits bring brought chapter chat
chatted comment commented comments conversation cover covered covers curious deal describe described describes
description descriptions detail details discuss discussed discusses discussing discussion discussions done episode
episodes exactly explain explained explains explanation find give given guest guests guy guys hear heard host hosts
idea ideas info information interested interesting interview interviews know learn line lines listen listened
listening look looking main mean meaning meanings means meeting mention mentioned mentioning mentionned mentions
missed notes opinion opinions part parts people phrase phrases podcast podcasts point pointed points question
questions quote quoted quotes recap refer referred regarding remark remarks remind right role roles said say saying
says section segment show shows speak speaker speakers speaks specifically spoke stance statement statements story
stuff subtitle summaries summarise summarize summarized summary take takes talk talked talking talks tell telling
tells think thinking thinks thought thoughts thread title titles told topic topics touch touched transcript view views
wonder wondering word words
"""
ASKING: Final = frozenset(_ASKING.split())
"""Words about the asking itself, and others that go with any subject: they help a little to rank and prove nothing."""

_QUALIFYING = """
ability able absolutely accept accord achieve acknowledge across actual add admit adopt affect affordable ago agree
ahead aim alarming alive allege allow allowed allows alone amaze amazing ambitious amount angle annoy annoying anytime
apart apparent appeal appear apply appreciate argue around arrive aspect aspects assume attach attempt attention
attitude attribute available aware awesome back background backwards bad balance barely based basic battle bear beat
become becomes becoming begin begins behind believe benefit best better beyond big bigger biggest bite blame blow boil
bold boost bore boring bother bottom bound branch break brief briefly bright bring broad broader broadly brutal bunch
burn bury busy call called calls calm capable care carefully cares carry case cases catch catching caused causes
cautious cease central certain certainly chance change changed changes changing chapter characterize chase cheap
cheaper cheapest circle cite claim claimed claims clear clearer clearly closer combine comfortable commit common
company compare compared complain complete completely complex complicate complicated comprehensive concept concepts
concern concerned concerns conclude conclusion confident confirm confuse confused confusing connect connection
consequence consider considered constantly contain context continue continued continues contradict contribute convince
convinced cool core correct count couple crack crazy create critical critique crowd crucial crucially curious current
currently cut damn daunting day days dead debate decent decide deep deeper deeply define degree deliver deny depend
depends depict describe desperate destroy determine develop differ difference different difficult difficulty direction
directly disagree disappear disappoint discover dismiss distinct distinguish divide dominate doom doubt doubtful
doubts down drag dramatic dramatically draw drive driver driving drop drown due dying early earn ease easier easily
easy eat eaten edge effect effects elaborate element embrace emerge emphasis emphasize enable encourage end ended ends
engage enjoy enormous enough ensure entire entirely entitle envision equal equip err escape especially essential
essentially estimate evaluate eventually everything evidence evolve evolving exact examine example excellent except
exceptional excite excited exciting exclude exclusively exist expand expect expected expects expensive explore expose
express extend extent extreme extremely face fact factor factors fade fail fair fairly faith fake fall false familiar
famous fancy far fascinate fascinating fast faster fate favor favour fear feel feels felt few fewer field fields
figure fill final finally fine first fit fix fixed flat flip focus folks follow force foresee forever form forward
frame frankly free frequent frequently fresh fuel full fully fundamental fundamentally funny fuss future gain gained
gains gather general generally generic genuine giant gigantic gist give giving glad glimpse goal gonna good grab
gradual grand grant grasp grateful great greater greatest gripe ground group groups grow growing grows guarantee guess
guys half hand handle hang happen happened happening happens happy hard harder hate headed heading headline heads
heavily heavy help helpful helps high higher highest highlight highly hint historic hit hits hold holding holds honest
hope horrible hot hour huge hugely hurt hype hyped ideal identify ignore illustrate imagine immediate impact
implication implications imply importance important impossible impress impressed impressive improve improved
improvement improvements increase increasing increasingly incredible incredibly inevitable influence ingredient insane
inside insight insist inspire instead intend intense interest introduce investigate involve involved involves
irrelevant issue issues item join judge jump justify keep keeping keeps kept key kindly kinds knowledge lack large
largely larger largest last lasting late later latest lay lead leading leads leap least leave led left legit lend less
lesson level levels liable likely link list listen little live load loads logic logical long longer longest loom lose
loud love low lower luck lucky mainstream maintain major manage manner mark mass massive matter matters maximum
meaningful meant measure mere merely mess message middle mild mind minor miss mistake mix modern modest moment month
months move moved movement moves moving multiple mystery nag name narrative narrow nature near nearly necessary need
needed needless needs negative neglect nervous neutral new newer newest next nice nonsense normal notable notably
noted notes noteworthy notice notion objective observe obstacle obvious obviously occur odd offer old older omit
opinion opposed opposite opt optimum ordinary original outline outlook outside overall overcome overhyped overrate
overrated overview owe own pace particular particularly pass past path pause peak perceive perfect period permit
perspective persuade phase phenomenon phrased pick picked pin pitch place places plain plausible play playing plays
please plenty point pop popular portion portray pose position positive possible possibly potential potentially
practical practice praise pray precise precisely predict prefer prepare presence present pressing pretend pretty
prevent previous pricey primarily primary priority problem problems process produce progress promise promising promote
proof proper properly prospect prove proven provide punch pure purpose pursue push put puts putting question quick
quickly quit raise random ranks rapid rapidly rare rarely rate rather rational reach reached reaching react ready real
realise realistic reality realize reason reasons recent recently recognise recognize recommend reduce refer reflect
refuse regard regular regularly reject relate related relation relationship relevant reliable rely remain remains
remark remarkable remarkably remarks remember remind remove repeat replace reply report represent require required
requires resolve respect respond rest result results reveal revisit rid ridiculous rise rising risky role roles roll
rough roughly rude running sad sake satisfied save scare scared scary scenario scene scenes seat second secret section
see seek seen select send sense sentence separate serious seriously serve set settle several shake shall shame shape
shaped shapes sharp shift shifted shifting shine shock shocking short shorter shout show significance significant
significantly silly similar simple simply single sit situation skeptical skip slide slight slip slow slower slowly
small smaller smallest smooth solid solve solved solving somehow sometimes somewhat spark special specific speculate
speed spend spent spread stage stance stand stands start started starting starts stay stays steal step steps stick
stir stop stopped stops story straight strange stress stretch stretches strict strike striking strong stronger
strongly struggle stuck stunning stupid subject substantial substantially subtle succeed success successful sudden
suddenly suffer suggest suggested suggests sum summed super support supposed sure surprise surprised surprising
surprisingly survive suspect swear tackle tackled tail tale team tease tempt tend tends term terms terrible theme
theory think thorough threat threaten throw tie tight time times tiny tired title today together tomorrow tone tons
top topic total totally touch tough toward towards trace track transform translate trap treat tremendous trend trick
tricky trigger trivial trouble true truly trust truth try trying turn turned turning turns tweak type types typical
ultimately unclear underestimate understand understanding understood unexpected unfair unfortunate unique unite unlike
unlikely unusual upcoming urge urgent use used useful uses using usual utter vague valid valuable various vary vast
verdict verge vibe view vital wait wake want warn warned warning warnings waste wasted watch weak weakness week weeks
weigh weird welcome while whole wide wild wise wish wonder wonderful word work worked working works world worried
worry worse worst worth wreck wrong year years yesterday yield
"""
QUALIFYING: Final = frozenset(_QUALIFYING.split())
"""Words that go with any subject and change it little: size, degree, time, worth, and verbs that say hardly more than
"be". It is a small gain to find one and a small loss to lack it."""
_NO_ADVERBS: Final = frozenset(["anomaly", "assembly", "family", "italy", "july", "monopoly", "reply", "supply"])
_ENDINGS: Final = (("s", ""), ("es", ""), ("d", ""), ("ed", ""), ("ing", ""), ("ing", "e"), ("ies", "y"), ("ied", "y"))
_ADVERB: Final = 6
"""Letters from which a word that ends in -ly is taken for an adverb."""


_COUNTING: Final = re.compile(r"\bhow (?:many|much)\b(?: ([^\W_]+))?")
_HAPPENED: Final = re.compile(
    r"\b(?:how|when|where) (?:did|was|were) (?!they|it|that|this|anyone|someone|the (?:episode|show|podcast)\b)"
    r"|\b(?:story|history|origins?) (?:of|behind|about|how)\b|\bhow \S+ (?:got|came|began|became)\b"
)
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
"""Ways into a question that speak of the person who asks without being about them."""
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


def qualifies(word: str) -> bool:
    """Tell whether a folded word only says how, how much or how well: one of the list, a form of one, or an adverb."""
    if word in QUALIFYING or (word.endswith("ly") and len(word) >= _ADVERB and word not in _NO_ADVERBS):
        return True
    bases = (word.removesuffix(ending) + instead for ending, instead in _ENDINGS if word.endswith(ending))
    return any(base in QUALIFYING or (base[-2:-1] == base[-1:] and base[:-1] in QUALIFYING) for base in bases)


def counts(text: str) -> bool:
    """Tell whether a question asks how many or how much, which only a figure answers."""
    return _COUNTING.search(fold(text)) is not None


def counted(text: str) -> tuple[str, ...]:
    """List the folded words that a question asks the number of, "people" in "how many people"; measures are none."""
    return tuple(word for word in _COUNTING.findall(fold(text)) if word and word not in JOINING and not qualifies(word))


def happened(text: str) -> bool:
    """Tell whether a question asks how or when something came about: "how did she start it", "the story behind it"."""
    return _HAPPENED.search(fold(text)) is not None


def personal(text: str) -> bool:
    """Tell whether a question is about the person who asks ("when does my flight leave"); no episode can answer it."""
    rest = _PREAMBLE.sub(" ", fold(text).replace("’", "'"))
    return any(word in _ASKER for word in split(rest))
