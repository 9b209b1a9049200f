"""Finds who is said to host a show: "I'm your host, Ann Lee", "my co-host, Bob Ray", "I'm Ann, and this is ...".

Judges the passages it is given; which those are, and how often it has to be said, is decided by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from knowledge.model import Passage
from knowledge.search.introducing import I_AM, whole_sentences

WORDS: Final = ("host", "hosts", "cohost", "cohosts")
"""Words for hosts, one of which is in most statements of this kind."""
SHOWN: Final = "this is"
"""What hosts say between their own name and the show's."""
_HOST: Final = r"(?:co-?)?hosts?\b(?! (?:of|for) (?:a|an|my|our|another)\b)"
_ANY: Final = r"(?:(?!guest|last|next)\w+ )?"
_OWN: Final = re.compile(
    rf"(?:{I_AM}|\bI(?:'ll| will| get to) be)(?: \w+)? (?:your|one of (?:your|the|our)) {_ANY}{_HOST}"
    rf"|{I_AM} [A-Z][^.?!]{{0,40}}\b(?:your|a) {_HOST}|\bmy {_ANY}{_HOST}"
)
"""What hosts say of themselves. Whoever has a co-host is a host."""
_BESIDE: Final = re.compile(rf"\b(?:my|our|your) {_ANY}{_HOST}(?: today| this week)?(?:,|:| is| are)? ")
"""What they say right before others' names, or their own."""
_AND: Final = re.compile(r",? and |, ")


def hosts(said: Iterable[Passage], people: Iterable[str], show: str) -> Iterator[tuple[str, Passage]]:
    """Yield each person said to host a show, with the sentence that says so as a passage.

    Args:
        said: passages that may say so, with the speakers' full names.
        people: the full names of people who may be named.
        show: the name of the show.
    """
    named = tuple(name for name in people if " " in name)
    this = re.compile(rf"(?:{I_AM}|\b[Mm]y name(?:'s| is)) [A-Z][^.?!]*\b{SHOWN} (?:the )?{re.escape(show)}\b", re.I)
    for passage in said:
        for sentence in whole_sentences(passage.text):
            for name in dict.fromkeys(_hosting(sentence, passage.speaker, named, this)):
                yield name, replace(passage, text=sentence)


def _hosting(sentence: str, speaker: str | None, people: tuple[str, ...], this: re.Pattern[str]) -> Iterator[str]:
    if speaker and (_OWN.search(sentence) or this.search(sentence)):
        yield speaker
    for found in _BESIDE.finditer(sentence):
        at: int | None = found.end()
        while at is not None and sentence.startswith(people, at):
            name = next(each for each in people if sentence.startswith(each, at))
            yield name
            onward = _AND.match(sentence, at + len(name))
            at = onward and onward.end()
