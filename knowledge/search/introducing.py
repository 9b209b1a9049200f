"""Finds the words that say who somebody is: a host's who introduces a guest, or otherwise their own about themselves.

Read from the beginning of an episode; what people say of themselves later has to name what they do and where.
Greetings ("We have Ann Lee, say hello"), praise and jokes ("Ann is our thing", or what people laugh at) say nothing
about anybody. A show introduces itself, too. Whose introduction to look for, and in which episodes, is decided by the
caller.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import dropwhile, takewhile
from typing import Final, TypeAlias

from knowledge.model import Passage
from knowledge.passages import sentences
from knowledge.search.words import fold

BEGINNING: Final = 25
"""Number of passages at the start of an episode in which people are introduced."""
I_AM: Final = r"\bI(?:'m| am)"
"""How people begin to say who they are."""
_SOON: Final = 90
"""Maximum number of characters before words on who somebody is: "Yeah, thanks for having me, so I'm an engineer"."""
_OWN: Final = 2
"""Maximum number of sentences quoted from somebody about themselves."""
ROLE: Final = (
    r"\b(?:(?:co-?)?(?:creator|author|founder|inventor|maintainer)s?|maker|contributor|engineer|developer|designer|"
    r"architect|director|manager|president|scientist|researcher|professor|teacher|writer|programmer|advocate|evangelist|"
    r"consultant|organi[sz]er|editor|keeper|lead|head|chief|ceo|cto|cso|coo|cfo|vp|principal|journalist|lawyer|doctor|"
    r"student|analyst|officer|owner|fellow)\b(?!['’]s)"
)
_ONE: Final = rf"(?:{ROLE}|\b\w{{2,}}(?:eer|ist|ian|keeper|smith|er|or)s?\b)"
"""A word for what somebody is, or one with such an ending: "a beekeeper", "an organist"."""
_PRAISE: Final = r"(?! (?:most|best|greatest|only|nicest|first|last|guest|show|one|next|other|full)\b)"
_AS_ONE: Final = rf"(?:an?|the|our|my|one of (?:the|our))\b{_PRAISE}[^,.?!]{{0,60}}?{_ONE}"
"""Says what somebody is, in general or in a place: "a baker", "our lead engineer"."""
_DOES: Final = r"(?:works?|worked|created|wrote|made|built|founded|started|runs?|leads?|maintains)\b"
_SPLIT_NAME: Final = re.compile(r"\b(?:St|Dr|Mr|Mrs|Ms|Jr|Sr|Prof|[A-Z])\.$")
"""Abbreviations whose full stop does not end a sentence: "Erik St. Martin"."""
_OF_ONESELF: Final = re.compile(
    r"(?<!if )(?<!when )(?<!that )(?<!because )(?<!as )"
    rf"{I_AM} (?!not\b|no\b|never\b)(?:(?!your)[^,.?!]{{0,30}}?(?i:{ROLE})|"
    r"(?:currently |now )?(?:based (?:in|out) |employed (?:at|by) |working (?:at|for) [A-Z]))"
    r"|\bI (?:currently |now |also )*"
    r"(?:work (?:at|for|on) [A-Z]|work as an? |live in [A-Z]|(?:co-?)?founded [A-Z])"
    r"|\b[Mm]y (?:background is|day job is|title is)"
)
"""What people say of themselves near the beginning of a sentence."""
_AT_A_PLACE: Final = re.compile(
    rf"{I_AM} (?!not\b|no\b|never\b)[^,.?!]{{0,30}}?(?i:{ROLE})[^,.?!]{{0,25}} (?:at|of|for|with)(?: the)? [A-Z]"
    rf"|\bI (?:currently |now |also )*(?:work (?:at|for) [A-Z]|work as an? |(?:co-?)?founded [A-Z])"
    rf"|\b[Ww]here I(?:'m| am)(?: (?:working|now|currently))*(?: at)?,?(?: at)? [A-Z]"
    rf"|\bat [A-Z]\w+,? where I(?:'m| am) working\b|\b[Mm]y (?:day )?job is at [A-Z]"
    rf"|\b[Mm]y (?:job|role|title)(?: is|'s)?(?: being)?(?: as)?(?: an?| the)? (?i:{ROLE})"
)
"""Says who the speaker is wherever it comes in a transcript: "I'm the CEO here at Wax"."""
_SUPPOSED: Final = re.compile(
    r"\b(?:if|when|whenever|imagine|suppose|thinks?|thought|say|like|as though|because|that|pretend|not|never)\b"
    r"[^.?!]*$",
    re.IGNORECASE,
)
"""Precedes words that are hypothetical: "let's say I'm a developer at Wax"."""
_ADDRESSED: Final = re.compile(
    rf"\b[Yy]ou(?:'re| are)(?: currently| now| also| actually)? (?:an?|the) [^,.?!]{{0,40}}?(?i:{ROLE})"
    r"[^,.?!]{0,25} (?:at|of|for|with)(?: the)? [A-Z]|\b[Yy]ou work (?:at|for) [A-Z]"
)
"""Says to somebody who they are: "You're the founder of Wax"."""
_WHERE_THEY_ARE: Final = re.compile(
    r"\b[A-Z]\w+(?:,| [-–])? (?:that's |which is )?where you(?:'re| are)"
    r"(?: working)?(?: at)? (?:now|today|these days)\b"
)
"""Says in passing where somebody works: "what you've done at Wax - that's where you're at now"."""
_LAUGHTER: Final = re.compile(r"\[(?:laugh|chuckl|joking)", re.IGNORECASE)
"""How transcripts mark laughter and jokes."""
GOES_ON: Final = re.compile(
    rf"(?:so |and |now )?(?:he|she|they|you may (?:also )?know (?:him|her|them))(?:'s|'re| is| was| are| as| {_DOES})"
    r"(?! (?:\w+ing|here|not|back|been|very|just|with)\b)",
    re.IGNORECASE,
)
"""Begins a sentence that says more about the person named before it."""


_TELLS_MORE: Final = re.compile(
    rf"(?:so |and |now )?(?:he|she|they)(?:'s| is|'re| are| was) "
    rf"(?:{_AS_ONE}|[^,.?!]{{0,20}}{ROLE}|(?:currently |now )?(?:at|from|with) (?-i:[A-Z]))"
    rf"|(?:so |and |now )?(?:he|she) {_DOES}"
    r"|you may (?:also )?know (?:him|her|them) as\b",
    re.IGNORECASE,
)
"""Begins a sentence about the person named before it that also says who they are."""
_NAMED: Final = re.compile(r"\b[A-Z][\w'-]+ [A-Z][\w'-]+")
"""Any full name: after one, "she" may mean somebody else."""
ANYWHERE: Final = re.compile("")
"""Matches any text."""
MADE: Final = re.compile(
    r"\b(?:co-?)?(?:creator|author|inventor|founder|maintainer)s? (?:and \w+ )?(?:of|behind)\b"
    r"|\b(?:created|invented|(?:co-?)?founded|wrote|built) (?:the )?[A-Z]"
)
"""Says what somebody made."""
_I_MADE: Final = re.compile(
    r"\bI (?:originally |actually |first |also )?"
    r"(?:created|invented|(?:co-?)?founded|wrote|built|made|started|released) (?P<thing>(?!I\b)[A-Z][\w.+-]*\w)"
)
_MUCH_NAMED: Final = 10
"""Minimum number of times something is named in the words of its maker's episodes."""
AT_THE_TIME: Final = re.compile(r"\b(?:right now|currently|at the moment|these days|nowadays)\b", re.IGNORECASE)
"""Marks what may no longer be true."""
AT_WORK: Final = re.compile(
    rf"(?i:{ROLE}[^.?!,]{{0,40}}|\bwork\w*|\bemployed) (?:at|of|for|with|from|by)(?: the)? [A-Z]|[A-Z]\w+ (?i:{ROLE})"
)
"""Says where somebody works: "an engineer at Wax", "I work for Wax"."""
_LIVES: Final = r"(?i:\b(?:lives|living|based|(?:all the way |calling )?from)(?: out of| in| near)?) (?-i:[A-Z])"
_PLACE: Final = r"[A-Z][\w.]+(?: [A-Z]\w+)*(?! (?:land|world|mode|\w+s)\b)\b"
"""A possible town or country, but not as in "in Elixir land"."""
_OWN_HOME: Final = re.compile(
    rf"(?:{I_AM}|\bI)(?: [a-z]\w*)? (?:live|living|based|grew up|(?:was )?born(?: and raised)?|moved|come|from)"
    rf"(?: in| near| out of| to| from)?(?: the)? {_PLACE}"
)
"""Says where the speaker lives or comes from."""
_IS_IN: Final = re.compile(
    rf"(?:^|[,;] ){I_AM}(?: here| over here| still)? in {_PLACE}(?:, [A-Z]\w+)?(?:[;.!]|, and\b|$)"
)
"""Says where the speaker is, and so lives if nothing says otherwise: "I'm in London; Dave is in Australia"."""


_OF_A_SHOW: Final = "(?:the|an?|your|our|where|about)"
"""Follows a show's name where its description begins."""
_BEGUN: Final = 2
"""Words after `_OF_A_SHOW` that have to be equal in two descriptions of a show."""
_SHOW: Final = re.compile(r"\b(?:podcast|show|series|program)\b", re.IGNORECASE)
_WITH_US: Final = (
    r"(?:\b(?:joined|accompanied)(?: \w+){0,4} by|\bwith (?:me|us)(?: \w+)?(?: is| are|,)|\bhere with(?! us)|"
    r"\bguests?(?: \w+)?(?: is| are|,)|\bwelcome(?: back)?,?|\bnone other than|\bwe(?:'ve got| have))\b"
)
"""Precedes the name of a guest who is present."""
_ONWARD: Final = r"(?:(?!\b(?:who|that|about|by|like|said|knew|knows)\b)[^.?!]){0,80}"
"""Words between `_WITH_US` and the guest's name that lead to nobody else: not "we have somebody who knew her"."""
_GREETED: Final = r"(?:,? (?:is here|is with us|(?:joins|is joining) (?:us|me))\b|[.!,]+ (?:hello|hi|hey|welcome)\b)"
"""Follows the name of a guest who is present."""


Called: TypeAlias = Callable[[Passage], Sequence[str]]
"""Returns what somebody is called in a passage's episode, the full name first."""


def introduction(
    name: str, said: Iterable[Passage], where: re.Pattern[str] = ANYWHERE, called: Called | None = None
) -> Passage | None:
    """Return the first words by others that introduce somebody by full name, as a passage.

    Failing that, their own words, or words about them by a short name, or words to them; None if there are none.

    Args:
        name: the full name, as others say it.
        said: the beginnings of episodes, each in order, with the speakers' full names.
        where: a pattern that the words have to contain.
        called: returns what else others call them; None for nothing.
    """
    likely: dict[str, Passage] = {}
    told_them: Passage | None = None
    for passage in said:
        if passage.speaker and fold(passage.speaker) == fold(name):
            _note(likely, "own", passage, of_oneself(passage.text), where)
            if told_them and told_them.episode == passage.episode:
                _note(likely, "to them", told_them, to_another(told_them.text), where)
            told_them = None
            continue
        goes_on = told_them and (told_them.speaker, told_them.episode) == (passage.speaker, passage.episode)
        told_them = passage if to_another(passage.text) else told_them if goes_on else None
        if (words := of_another(name, passage.text)) and where.search(words):
            return replace(passage, text=words)
        for short in (called(passage) if called else ())[1:]:
            _note(likely, "of them", passage, of_another(short, passage.text), where)
    return next((likely[kind] for kind in ("own", "of them", "to them") if kind in likely), None)


def _note(likely: dict[str, Passage], kind: str, passage: Passage, words: str, where: re.Pattern[str]) -> None:
    """Keep the first words of each kind that say who somebody is."""
    if words and kind not in likely and where.search(words):
        likely[kind] = replace(passage, text=words)


@lru_cache(maxsize=16)
def made_beside(name: str) -> re.Pattern[str]:
    """Return a pattern that finds what somebody made close to their name, so that nobody else can be meant."""
    called = re.escape(name)
    return re.compile(rf"{called}.{{0,{_SOON}}}?(?:{MADE.pattern})|(?:{MADE.pattern}).{{0,{_SOON}}}?{called}")


def made_by_them(name: str, said: Iterable[Passage]) -> tuple[str, Passage] | None:
    """Return what somebody says they made, with the sentence as a passage; None if they don't.

    Of several things, the one named most often in all these words: people talk for an hour about their own creation.
    """
    every = list(said)
    made: list[tuple[str, bool, Passage]] = []
    for passage in every:
        for sentence in _plain(passage.text) if fold(passage.speaker or "") == fold(name) else ():
            if found := _I_MADE.search(sentence):
                plainly = not supposes(sentence[: found.start()])
                made.append((found["thing"], plainly, replace(passage, text=sentence)))
    counts = {thing: sum(each.text.count(thing) for each in every) for thing, _, _ in made}
    # "So I wrote Wax" is plainer than "when I wrote Wax".
    thing, _, words = max(made, key=lambda each: (counts[each[0]], each[1]), default=("", False, None))
    return (thing, words) if words and counts[thing] >= _MUCH_NAMED else None


def said_later(name: str, said: Iterable[Passage]) -> Passage | None:
    """Return the first sentence in which somebody says what they do and where, as a passage; None if there is none."""
    for passage in said:
        if passage.speaker and fold(passage.speaker) == fold(name):
            for sentence in _plain(passage.text):
                found = _AT_A_PLACE.search(sentence)
                if found and not supposes(sentence[: found.start()]):
                    return replace(passage, text=sentence)
    return None


AT_WORK_LEADS: Final = ("I work", "I am", "I'm", "I worked", "I'm working", "I'm working now", "my day job is")
"""What people say before "at" or "for" and their place of work, for searching everything that regulars say."""
AT_HOME_LEADS: Final = ("I live", "I'm based", "I'm", "I am", "I moved")
"""What people say before "in" or "to" and where they live."""


def supposes(before: str) -> bool:
    """Tell whether words make what follows them hypothetical: "let's say I'm a developer at Wax"."""
    return _SUPPOSED.search(before) is not None


def at_place(name: str, place: str, said: Iterable[Passage]) -> Passage | None:
    """Return the first sentence in which somebody says they are or were at a place, as a passage, or None."""
    there = rf"(?:here |over )?(?:at|for|with|from|joined|left|join|leave)(?: the)? {re.escape(place)}\b"
    own = re.compile(rf"(?:{I_AM}|\bI(?:'ve| have| had)?)(?: (?!not\b|never\b)[\w']+){{0,5}}? {there}", re.IGNORECASE)
    for passage in said:
        theirs = whole_sentences(passage.text) if fold(passage.speaker or "") == fold(name) else ()
        if words := next(filter(own.search, theirs), None):
            return replace(passage, text=words)
    return None


def home_of(name: str, said: Iterable[Passage]) -> Passage | None:
    """Return the first sentence that says where somebody lives or comes from, as a passage; None if there is none."""
    nobody_else = rf"(?:(?!{_NAMED.pattern})[^.?!]){{0,60}}"
    of_another = re.compile(rf"\b{re.escape(name)}\b{nobody_else}{_LIVES}")
    is_in: Passage | None = None
    for passage in said:
        own = passage.speaker is not None and fold(passage.speaker) == fold(name)
        lives = _OWN_HOME if own else of_another
        if words := next(filter(lives.search, whole_sentences(passage.text)), None):
            return replace(passage, text=words)
        if own and is_in is None and (words := next(filter(_IS_IN.search, whole_sentences(passage.text)), None)):
            is_in = replace(passage, text=words)
    return is_in


def of_show(show: str, said: Iterable[Passage]) -> Passage | None:
    """Return a sentence that describes a show, beginning with the words used in most episodes; None if there is none.

    Said in a single episode, it has to call it a show: "Hive Talk, where we wonder" may be said in passing.
    """
    begin = rf"(?P<begun>{_OF_A_SHOW}(?: [\w']+){{{_BEGUN}}})"
    is_one = re.compile(rf"\b{re.escape(show)}(?:,|:| [-–])?(?: is)? {begin}[^.?!]*", re.IGNORECASE)
    begun: dict[str, dict[str, Passage]] = {}
    called: Passage | None = None
    for passage in said:
        for sentence in whole_sentences(passage.text):
            if found := is_one.search(sentence):
                told = replace(passage, text=sentence)
                begun.setdefault(fold(found["begun"]), {}).setdefault(passage.episode, told)
                called = called or (told if _SHOW.search(found[0]) else None)
    most = max(begun.values(), key=len, default={})
    return next(iter(most.values())) if len(most) > 1 else called


def is_there(name: str, text: str) -> bool:
    """Tell whether a host says that somebody is present: "I'm joined by Ann Lee", "Ann Lee. Hello, Ann"."""
    named = rf"\b{re.escape(name)}\b"
    return re.search(rf"{_WITH_US}{_ONWARD}{named}(?!['’]s)|{named}{_GREETED}", text, re.IGNORECASE) is not None


def is_role(words: str) -> bool:
    """Tell whether words end with a role: "lead designer"."""
    return re.search(rf"{ROLE}$", words, re.IGNORECASE) is not None


def is_for_somebody(words: str) -> bool:
    """Tell whether words end with one for what people are, by its meaning or its form: "clinical psychologist"."""
    return re.search(rf"{_ONE}$", words, re.IGNORECASE) is not None


def of_another(name: str, text: str) -> str:
    """Return the part of a text that says who somebody is: "Ann Lee, who keeps bees"; empty if none does."""
    if name not in text:
        return ""
    named, whole = re.compile(rf"\b{re.escape(name)}\b"), list(_plain(text))
    for at, sentence in enumerate(whole):
        if any(_says_who(sentence, found) for found in named.finditer(sentence)):
            return sentence
        onward = " ".join(whole[at + 1 : at + 2])
        if name in sentence and _TELLS_MORE.match(onward) and not _NAMED.search(sentence.rpartition(name)[2]):
            return f"{sentence} {onward}"
    return ""


def to_another(text: str) -> str:
    """Return what somebody is told about who they are: "You're the founder of Wax, right?"; empty for nothing."""
    return next(filter(_tells_another, _plain(text)), "")


def _tells_another(sentence: str) -> bool:
    found = _ADDRESSED.search(sentence)
    told = found is not None and not supposes(sentence[: found.start()])
    return told or _WHERE_THEY_ARE.search(sentence) is not None


def of_oneself(text: str) -> str:
    """Return what speakers say about who they are: "I work as a baker. I live in Leeds."; empty for nothing."""
    own = takewhile(_tells_of_oneself, dropwhile(lambda each: not _tells_of_oneself(each), whole_sentences(text)))
    return " ".join(list(own)[:_OWN])


def _says_who(sentence: str, name: re.Match[str]) -> bool:
    """Tell whether words right beside this name say who it is."""
    after, before = _beside_a_name()
    return bool(after.match(sentence, name.end()) or before.search(sentence, 0, name.start()))


def prepare() -> None:
    """Compile the patterns that the first question about a person would wait for."""
    _beside_a_name()


@cache
def _beside_a_name() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile the patterns for the words after a name and before it; compiling them for each name would take 5 ms."""
    # "We had Ann Lee on the show, she is the author of ..."
    in_passing = rf"(?: [a-z']+){{1,4}}[,;] (?i:he|she)(?:'s| is) (?i:{_AS_ONE})"
    is_one = rf"(?:is (?:{_AS_ONE}|currently\b)|was (?:an?|the)\b{_PRAISE}[^,.?!]{{0,60}}?{ROLE})"
    who_is = rf"who(?:'s| is| was) (?:{_AS_ONE}|(?:currently |now |also )?(?:at|from|with|based)\b)|who {_DOES}"
    after = (
        rf"[,;]? (?:(?i:{who_is}|{is_one})|of [A-Z])",
        r",? (?:here )?(?:with us,? |on the show )?from (?:the )?(?!The\b)[A-Z]\S",
        in_passing,
        rf", (?i:{_AS_ONE})",
        rf",? (?:(?!like\b)[^,.?!]){{0,40}}(?i:{ROLE})(?<!s)",
        rf" (?i:is|joins|joined)[^.?!]{{0,40}}, who(?:'s| is)[^,.?!]{{0,40}}(?i:{ROLE})",
    )
    return re.compile("|".join(after)), re.compile(rf"(?i:{ROLE})[^.?!]{{0,40}}[, ]\Z")


def _tells_of_oneself(sentence: str) -> bool:
    found = _OF_ONESELF.search(sentence)
    return found is not None and found.start() <= _SOON


def _plain(text: str) -> Iterator[str]:
    """Yield the sentences of a text that nobody laughs at."""
    whole = list(whole_sentences(text))
    for sentence, after in zip(whole, (*whole[1:], ""), strict=False):  # a text may have none
        if not (_LAUGHTER.search(sentence) or _LAUGHTER.match(after)):
            yield sentence


def whole_sentences(text: str) -> Iterator[str]:
    """Split a text into sentences, but not after "St." or an initial."""
    kept = ""
    for sentence in sentences(text):
        kept = f"{kept} {sentence}".strip()
        if not _SPLIT_NAME.search(kept):
            yield kept
            kept = ""
    if kept:
        yield kept
