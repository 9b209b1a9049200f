"""Judges whether real words that differ from those asked about make the same statement.

In a short statement every word counts: its subject, its verb and all others have to be there, in one sentence. The
words that may differ are in `differing.txt`, those that hedge in `hedges.txt`. How similar longer statements have to be
is decided in `attribution.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from typing import Final

from bot.answering.nearness import pronoun
from knowledge import lists
from knowledge.cutting import sentences_begin
from knowledge.search import Alignment
from knowledge.search.aligning import is_misspelt
from knowledge.search.inflection import inflected_alike
from knowledge.search.numbers import is_number
from knowledge.search.quotations import asides, compared
from knowledge.search.words import WORD, carries, chat, fold, is_first_person, reported_as, uncontracted, whole_words

SHORT: Final = 8
"""Minimum number of words for a statement to stay the same without one of them."""
_ENDING: Final = 2
"""Maximum letters of an ending that derives a word from another: "accidental" from "accident"."""

_ENDS: Final = re.compile(r"[.!?…][\"'”’)\]]*\s+(?![a-z])|;\s|[,:]\s*[\"“]|,[\"”]\s")
"""Where a sentence or a quoted one begins or ends; an ellipsis before a small letter is a pause."""
_CLOSES: Final = re.compile(r"\W*?(?:[.!?…]|$)")
"""Follows the last word of a sentence."""

_LITTLE: Final = ("little", "be", "have")
"""The kinds of words in `differing.txt` that are no difference worth naming."""
_ALIKE: Final = ("remain", "have", "anybody", "somebody", "anything")
"""The kinds of words in `differing.txt` that may replace each other."""

_YOU: Final = frozenset({"you", "your"})

_CONTRACTED: Final = {"am": "m", "is": "s", "are": "re", "will": "ll", "have": "ve"}
"""Verbs, and what is left of them after an apostrophe."""
_NEGATED: Final = {"can": "ca", "will": "wo"}
"""Verbs that change before "n't"."""
_CONTRACTIBLE: Final = re.compile(
    rf"\b(?P<subject>i|you|we|they|he|she|it|that|there|what|who)(?: (?P<long>{'|'.join(_CONTRACTED)})\b(?! not\b)"
    rf"|['’](?P<short>{'|'.join(_CONTRACTED.values())})\b)"
    r"|\b(?P<verb>do|does|did|is|are|was|were|has|have|had|would|could|should|can|will)(?: not\b|not\b)"
    r"|\b\w+n['’]t\b",
    re.IGNORECASE,
)
"""What may be written as one word or as two."""
_CONTRACTIONS: Final = 3
"""Number of them that may be written in either way; each doubles the ways."""


def is_kept(found: Alignment, asked: str, *, quoted: bool) -> bool:
    """Tell whether real words make the short statement asked about, apart from numbers and negations.

    Words that are not `quoted` may report it: "he hates it" for "I hate it".
    """
    if _runs_over(found) and not _ENDS.search(asked):
        return False
    kept = (_is_beside(found, *each) or _is_kept(*each, quoted=quoted) for each in found.differences)
    return _names(asked) <= set(WORD.findall(found.words)) and all(kept)


def _runs_over(found: Alignment) -> bool:
    """Tell whether words run over the end of a sentence, unless they are whole sentences."""
    text = found.item.text
    if not _ENDS.search(text, found.begin, found.end):
        return False
    return not (found.begin in sentences_begin(text, found.begin) and _CLOSES.match(text, found.end))


def _names(asked: str) -> set[str]:
    """Return the names that are no telling words in lower case: "Go" in "I like Go", unless it is a title."""
    later = WORD.findall(asked)[1:]
    names = {word for word in later if word[0].isupper() and not carries(fold(word))}
    return names if 2 * sum(word[0].isupper() for word in later) <= len(later) else set()


def _is_beside(found: Alignment, asked: str, real: str) -> bool:
    """Tell whether words only lead to a statement, which they deny, or are an aside in it."""
    text = found.item.text
    denies = found.opposed and found.words.startswith(real)
    return not asked and (denies or real in {text[begin:end] for begin, end in asides(text)})


def _is_kept(asked: str, real: str, *, quoted: bool) -> bool:
    """Tell whether a difference neither loses nor replaces nor adds a word that tells something."""
    lost, added = list[str](), _parts(real)
    for word in _parts(asked):
        if other := next((each for each in added if _is_alike(word, each, quoted=quoted)), None):
            added.remove(other)
        elif real or not is_first_person(word):  # "loved every minute" leaves out "I"
            lost.append(word)
    little = _of("little")
    replaces = not little.issuperset(whole_words(asked))  # "I like writing" is not "I never write"
    idle = _of(*_LITTLE) if replaces else _of(*_LITTLE, "added")
    return little.issuperset(lost) and all(word in idle or word.endswith("ly") for word in added)


def _parts(words: str) -> list[str]:
    """Split words for comparing, into "it" and "s" for "it's", without numbers and negations."""
    parts = [part for word in compared(words) for part in chat().get(word, word).split("'")]
    return [part for part in parts if not (is_number(part) or part in _of("denying"))]


def _is_alike(asked: str, real: str, *, quoted: bool) -> bool:
    """Tell whether one word says about the same as another: another form of it, or misspelt."""
    if inflected_alike(asked, real) or is_misspelt(asked, real) or hedges(asked) & hedges(real):
        return True
    if any(asked in words and real in words for words in map(_of, _ALIKE)):
        return True
    derived = carries(asked) and real.startswith(asked) and len(real) <= len(asked) + _ENDING
    return not quoted and (derived or real in reported_as(asked))


def hedges(words: str) -> set[str]:
    """Return the hedges in some words: "will" for "I'll", "should" for "have to"."""
    said = [word.rpartition("'")[2] for word in compared(words)]
    return {kind for kind, listed in lists.kinds(__file__, "hedges.txt").items() if not listed.isdisjoint(said)}


def reports(asked: str, real: str) -> bool:
    """Tell whether words only report others: "he thinks" for "I think", but not for "you think"."""
    if (pronoun(real) in _YOU) is not (pronoun(asked) in _YOU):
        return False
    one, other = (words.removesuffix(" to") for words in (asked, fold(real)))
    reported = other in reported_as(one) or inflected_alike(one, other)
    return reported or ("'ll" in f"{one} {other}" and all(map(reports, compared(one), compared(other))))


def written_ways(words: str) -> Iterator[str]:
    """Yield words as they are written, and with contractions written out or not: "it's" for "it is"."""
    places = [*islice(_CONTRACTIBLE.finditer(words), _CONTRACTIONS)]
    for changed in product((False, True), repeat=len(places)):
        way, end = "", 0
        for place, other in zip(places, changed, strict=True):
            way, end = f"{way}{words[end : place.start()]}{_otherwise(place) if other else place[0]}", place.end()
        yield f"{way}{words[end:]}"


def _otherwise(found: re.Match[str]) -> str:
    """Contract two words, or write one contraction out."""
    subject, long, short, verb = (found[name] for name in ("subject", "long", "short", "verb"))
    if long:
        return f"{subject}'{_CONTRACTED[long.lower()]}"
    if short:
        return f"{subject} {next(each for each, other in _CONTRACTED.items() if other == short.lower())}"
    if verb:
        return f"{_NEGATED.get(verb.lower(), verb)}n't"
    return " ".join(uncontracted(fold(found[0]).replace("’", "'")))


def is_worth_naming(asked: str, real: str, *, quoted: bool) -> bool:
    """Tell whether two stretches differ by more than little words or contractions: "it's" is "it is".

    Where the very words aren't asked about, another form of a word is no difference either, nor an "I" left out.
    """
    told, said = _telling(asked), _telling(real)
    if not quoted:
        said = [word for word in said if not is_first_person(word)]
    return told != said if quoted or len(told) != len(said) else not all(map(inflected_alike, told, said))


def _telling(words: str) -> list[str]:
    parts = (part.partition("'")[0] for word in whole_words(words) for part in uncontracted(word))
    return [each for each in parts if each not in _of(*_LITTLE)]


@cache
def _of(*kinds: str) -> frozenset[str]:
    """Return the words of some kinds in `differing.txt`."""
    listed = lists.kinds(__file__, "differing.txt")
    return frozenset().union(*(listed[kind] for kind in kinds))
