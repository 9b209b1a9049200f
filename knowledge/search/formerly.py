"""Finds what people say they did earlier in life: "before that I worked at Wax", "I joined Wax in 2013".

Who somebody is now is found in `introducing.py`. Whose words to look through is decided by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from knowledge.model import Passage
from knowledge.search.introducing import ROLE, supposes, whole_sentences
from knowledge.search.words import fold

LEADS: Final = ("I worked", "I used to work", "I was working", "I have worked", "I've worked")
"""What people say before "at", "for" or "as" and what they did, for searching everything that regulars say."""
_SENTENCES: Final = 2
"""Maximum number of sentences quoted."""
_WORK: Final = rf"(?:(?:at|for|with) (?-i:[A-Z])|(?:as )?an? [^,.?!]{{0,30}}?{ROLE})"
_DID: Final = "(?: (?:was|used to|had|have|been|previously|formerly|originally|also|just))"
_PLAINLY: Final = re.compile(
    rf"\bI(?:['’]d|['’]ve)?(?:{_DID}* worked|{_DID}+ work(?:ing)?) {_WORK}"
    rf"|\bI(?:['’]d been|['’]ve been)?(?:{_DID}| used to be)* (?<!\bI )(?!not\b)(?:\w+ ){{0,2}}{_WORK}"
    r"|\b(?:before (?:that|this|then)|previously|prior to (?:that|this)),? I (?:\w+ed|was|did|ran|wrote|built|taught)\b"
    r"|\bmy (?:first|last|previous|old|former) (?:job|company|role|gig|employer|career) (?:was|at)\b",
    re.IGNORECASE,
)
"""Says what the speaker did or was."""
_LIKELY: Final = re.compile(
    r"\bI (?:joined|left|started (?:out )?at|came from) (?-i:[A-Z])"
    r"|\bI spent [^.?!]{0,30}(?:years|months) (?:at|with)\b",
    re.IGNORECASE,
)
"""Says where the speaker went to or from."""


def formerly(name: str, said: Iterable[Passage], besides: str = "") -> Passage | None:
    """Return the first plain words of somebody on what they did earlier, or else likely ones, as a passage, or None.

    Words that name what the question puts after it, `besides`, are on that: "before Wax".
    """
    likely: Passage | None = None
    for passage in said:
        if fold(passage.speaker or "") != fold(name):
            continue
        whole = list(whole_sentences(passage.text))
        for at, sentence in enumerate(whole):
            plainly, perhaps = _PLAINLY.search(sentence), _LIKELY.search(sentence)
            found = plainly or perhaps
            if not found or supposes(sentence[: found.start()]) or (besides and fold(besides) in fold(sentence)):
                continue
            words = replace(passage, text=" ".join(whole[at : at + _SENTENCES]))
            if plainly:
                return words
            likely = likely or words
    return likely
