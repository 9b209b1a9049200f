"""Distinguishes what a speaker thinks of something from mentions and from other people's opinions.

Judges by wording alone: "I love TypeScript" and "TypeScript is great" count; "he loves TypeScript", questions and
anything in quotation marks do not. Nothing is inferred beyond the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import pairwise
from typing import Final

from knowledge import lists
from knowledge.cutting import ends_asking, is_quoted, sentences_begin
from knowledge.search.index.stemming import stems
from knowledge.search.words import is_first_person, negates, whole_spans, whole_words

_NEAR: Final = 4
"""Maximum words between an opinion and its subject, and between the opinion and its holder."""
_IF: Final = frozenset({"if", "whether"})
"""Words before a subject that leave open whether the opinion is true."""
_IS: Final = frozenset({"is", "are", "was", "were", "isn't", "aren't", "be", "been", "am", "i'm", "we're"})
"""Forms of "be"."""
_FILLER: Final = "like"
"""A verb that people also say between two pauses: "think of -- like, generics"."""
_PAUSES: Final = ",-–—."
"""Signs of a pause."""
_BESIDE: Final = 2
"""Maximum words between "I think", which may introduce anything, and the subject."""
_OF_ONESELF, _OF_IT, _INTRODUCED = 30, 20, 10
"""Ratings of "I love it", "it is great" and "I think it"; words in between lower the first and the last."""


def opinion(text: str, asked: AbstractSet[str], verbs: AbstractSet[str] = frozenset()) -> int:
    """Rate how plainly a speaker says what they think of a subject, given by its stems; 0 if they don't.

    With `verbs`, such as those of `verbs_like`, rates only whether they do that, and a denial counts as 0.
    """
    places = (*sentences_begin(text), len(text))
    return max((_of_sentence(text, begin, end, asked, verbs) for begin, end in pairwise(places)), default=0)


def judges(word: str) -> bool:
    """Tell whether a folded word is a judgement of a thing: "great"."""
    return word in _opinions()[2]


def verbs_like(word: str) -> frozenset[str]:
    """Return the forms of an opinion verb such as "hates"; none for any other word."""
    return frozenset(verb for verb in _opinions()[0] if stems(verb) == stems(word))


def verbs_beside(word: str) -> tuple[str, ...]:
    """Return opinion verbs with much the same meaning as another: "love" for "likes"."""
    kinds = (kind for kind in _verbs() if any(stems(verb) == stems(word) for verb in kind))
    return tuple(verb for kind in kinds for verb in kind if stems(verb) != stems(word))


def _of_sentence(text: str, begin: int, end: int, asked: AbstractSet[str], verbs: AbstractSet[str]) -> int:
    # True of most sentences, and far cheaper than looking at each word.
    if (verbs and verbs.isdisjoint(whole_words(text[begin:end]))) or not asked <= frozenset(stems(text[begin:end])):
        return 0
    said = [(word, frozenset(stems(word)) & asked, begin + at) for word, at, _ in whole_spans(text[begin:end])]
    named = [place for place, (_, of_it, at) in enumerate(said) if of_it and not is_quoted(text, at)]
    if ends_asking(text[begin:end]) or {stem for place in named for stem in said[place][1]} != asked:
        return 0
    words = ["" if word == _FILLER and _is_aside(text, at) else word for word, _, at in said]
    if verbs:
        return 0 if any(map(negates, words)) else max(_plain(words, place, verbs) for place in named)
    return max(_of_place(words, place) for place in named)


def _is_aside(text: str, at: int) -> bool:
    """Tell whether a pause comes right before or after the filler at this offset: no verb."""
    return text[:at].rstrip().endswith(tuple(_PAUSES)) or text[at + len(_FILLER) :].lstrip().startswith(tuple(_PAUSES))


def _plain(words: Sequence[str], place: int, verbs: AbstractSet[str]) -> int:
    """Rate how near before the subject, at this index, speakers say that they do something."""
    near = (at for at in range(max(place - _NEAR - 1, 0), place) if words[at] in verbs)
    own = (at for at in near if any(map(is_first_person, words[max(at - _BESIDE, 0) : at])))
    return max((_OF_ONESELF - place + at for at in own), default=0)


def _of_place(words: Sequence[str], place: int) -> int:
    """Rate what is said of the word at this index."""
    does, is_, it_is, introduces = _opinions()

    def plain(verbs: AbstractSet[str], first: int, end: int, worth: int) -> int:
        there = (at for at in range(max(first, 0), min(end, len(words))) if words[at] in verbs)
        own = (at for at in there if _is_own(words[max(min(at, place) - _NEAR, 0) : at], does=verbs is not is_))
        return max((worth - abs(place - at) for at in own), default=0)

    after = words[place + 1 : place + 2 + _NEAR]
    stated = _IF.isdisjoint(words[max(place - _NEAR, 0) : place])
    return max(
        plain(does, place - _NEAR - 1, place, _OF_ONESELF),
        plain(is_, place - _NEAR - 1, place + 1 + _NEAR, _OF_ONESELF),
        _OF_IT if stated and after[:1] and after[0] in _IS and not it_is.isdisjoint(after) else 0,
        plain(introduces, place - _BESIDE - 1, place, _INTRODUCED),
    )


def _is_own(before: Sequence[str], *, does: bool) -> bool:
    """Tell whether the words before an opinion make it the speaker's: "I really love" does, "I was like" does not."""
    mine = () if does else ("my",)  # "my kids love it" is the kids' opinion
    own = next((at for at in range(len(before) - 1, -1, -1) if is_first_person(before[at]) or before[at] in mine), None)
    return own is not None and not (does and not _IS.isdisjoint(before[own:]))


@cache
def _opinions() -> Sequence[frozenset[str]]:
    return [frozenset(words.replace(";", " ").split()) for words in lists.lines(__file__, "opinions.txt")]


@cache
def _verbs() -> Sequence[Sequence[str]]:
    return [words.split() for words in lists.lines(__file__, "opinions.txt")[0].split(";")]
