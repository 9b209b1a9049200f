"""Judges whether words say of somebody what a yes-or-no question asks: "I'm British" for "is Ann British".

Only plain statements count, by the people themselves or about them by name: nothing denied, supposed, planned, asked or
quoted. Which words are read is decided in `people.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

from bot.answering.selection import stems_of, telling_stems
from bot.understanding.request import Trait
from knowledge import lists
from knowledge.cutting import ends_asking, is_quoted, sentences_begin
from knowledge.search.inflection import inflected_alike
from knowledge.search.words import negates, whole_words

_I: Final = ("i",)
_TAG: Final = re.compile(r", (?:right|yeah|correct|no)\?$")
"""Ends a statement: "You're a baker, right?"."""
_BEFORE: Final = 3
"""Number of words before somebody that may leave open whether the rest is true: "let's say I'm a lawyer"."""
_BETWEEN: Final = 3
"""Maximum number of words between "I'm" and what somebody is, or between "I" and the verb."""
_ONWARD: Final = 12
"""Maximum number of words after the verb in which the rest has to be."""


def told(trait: Trait, text: str, names: Iterable[str] = ()) -> str:
    """Return the first sentence in which the speaker, or somebody named, is said to have a trait; empty if none is.

    Args:
        trait: what to look for.
        text: what one person says.
        names: what the person is called; none for the speaker.
    """
    called = [tuple(whole_words(name)) for name in names] or [_I]
    begins = (begin for begin in sentences_begin(text) if not text[begin].islower())  # not after "U.S."
    for begin, end in pairwise((*begins, len(text))):
        sentence = text[begin:end].strip()
        asked = ends_asking(sentence) and not _TAG.search(sentence)
        if not (asked or is_quoted(text, begin)):
            parts = _parts(sentence)
            says = any(_says(trait, parts, at) for name in called for at in _after(name, parts))
            if says and (not trait.asks or _answers(trait.asks, parts)):
                return sentence
    return ""


def _parts(sentence: str) -> list[str]:
    """Split a sentence into words without quotations, and "I'm" into two."""
    return list(chain.from_iterable(word.split("'") for word in whole_words(sentence.partition('"')[0])))


def _after(name: Sequence[str], parts: Sequence[str]) -> Iterator[int]:
    """Yield the index after each place of a name, unless it is only supposed what comes then."""
    for at in range(len(parts) - len(name) + 1):
        supposed = not _of("supposing").isdisjoint(parts[max(at - _BEFORE, 0) : at])
        if tuple(parts[at : at + len(name)]) == tuple(name) and not supposed:
            yield at + len(name)


def _says(trait: Trait, parts: Sequence[str], at: int) -> bool:
    """Tell whether the words from an index on say that the somebody before it has a trait."""
    return _did(trait, parts, at) if trait.done else _is(trait, parts, at)


def _answers(asks: str, parts: Sequence[str]) -> bool:
    """Tell whether words have a time, or a reason."""
    return not _of(asks).isdisjoint(parts) or (asks == "when" and any(map(str.isdigit, parts)))


def _is(trait: Trait, parts: Sequence[str], at: int) -> bool:
    begin = next((n for n in range(at, len(parts)) if not _is_beside(parts[n])), len(parts))
    if begin == len(parts) or parts[begin] not in _of("be"):
        return False
    telling = telling_stems(trait.rest)
    near = range(begin + 1, min(begin + 2 + _BETWEEN, len(parts)))
    first = next((n for n in near if not telling.isdisjoint(stems_of(parts[n]))), None)
    if first is None:
        return False
    words = whole_words(trait.rest)
    leads_on = _of("leading").difference(words)  # "I'm talking to a lawyer", "I'm like a lawyer"
    between = parts[begin + 1 : first]
    does = between[:1] and between[0].endswith("ing")  # "I'm hiring a lawyer", but not "I'm a practicing lawyer"
    plain = not (does or any(negates(word) or word in leads_on for word in between))
    return plain and telling <= stems_of(" ".join(parts[first : first + len(words) + _BETWEEN]))


def _is_beside(word: str) -> bool:
    return word in _of("beside") or word.endswith("ly")


def _did(trait: Trait, parts: Sequence[str], at: int) -> bool:
    near = range(at, min(at + _BETWEEN + 1, len(parts)))
    verb = next((n for n in near if any(inflected_alike(done, parts[n]) for done in trait.done)), None)
    if verb is None or any(negates(word) or word == "t" for word in parts[at:verb]):
        return False
    before, after = parts[at:verb], parts[verb + 1 : verb + 1 + _ONWARD]
    if not _of("planning").isdisjoint(before) and _of("deciding").isdisjoint(before):
        return False
    telling = telling_stems(trait.rest)
    if not telling <= stems_of(" ".join(after)):
        return False
    return not trait.made or _names(telling, after)


def _names(telling: frozenset[str], after: Sequence[str]) -> bool:
    """Tell whether the thing made has the name: "a bundler called Rollup", but not "a Rollup plugin"."""
    first = next(n for n, word in enumerate(after) if not telling.isdisjoint(stems_of(word)))
    lead = after[:first]
    return not _of("calling").isdisjoint(lead[-1:]) or _of("article").issuperset(lead)


def _of(kind: str) -> frozenset[str]:
    return lists.kinds(__file__, "oneself.txt")[kind]
