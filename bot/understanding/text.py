"""Reads what a person typed: the text made safe to work with, and its words.

Nothing here knows what a question means; that is `intents.py`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

_LONGEST = 2_000
"""Characters of a question that are read. A chat message is shorter; what is longer is a paste."""

_APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼ´`＇", "'"))
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_QUOTATION = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]|(?:^|(?<=\s))'([^']+(?:'\w[^']*)*)'(?=[\s?!.,:;]|$)")
_NOT_WORDS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|<[^<>\s]+>")
"""What stands in a text for other things than words: terminal escapes, and tags such as platforms put for a name."""
_LONG = 16
"""Words from which a question is a story."""

_STOP = re.compile(r"[.?!;:,]+(?:\s|$)|\s[-–—]+\s")
_JOINT = re.compile(
    r"\s(?:and|but|because|cause|bc|so|which|where|whether|if|or|then|while"
    r"|(?:keeps? )?(?:says|saying|insists|insisting|claims|claiming|thinks|swears|reckons|argues|arguing)(?: that)?"
    r"|(?:told me|convinced|convinced me|certain|adamant)(?: that)?|(?:started|went|goes|going) on)\s"
    r"|(?<!\bof)(?<!\bto)(?<!\bfor)(?<!\bwith)\s(?=(?:about|how|when|what|why|who)\s)"
)
"""Where a story goes on: at conjunctions, after whose opinion it is, and before what asks."""
_ASKS = re.compile(
    r"\b(?:what|whats|how|why|who|where|does|do|did|is there|was there|are there|any|anything|something|some|about"
    r"|regarding|remember|recall"
    r"|mention\w*|discuss\w*|talk\w*|cover\w*|note[sd]?|episode|tell|explain|pull up|remind)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*(?:[-.][^\W_]+(?:'[^\W_]+)*)*")


def clean(text: str) -> str:
    """Fold compatibility forms and white space, drop what can't be seen, keep at most 2,000 characters.

    Of a longer text both ends are kept: people put the question first or last.
    """
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2 - 1]} {text[-_LONGEST // 2 :]}"
    folded = unicodedata.normalize("NFKC", _NOT_WORDS.sub(" ", text)).translate(_APOSTROPHES)
    seen = (
        " " if each.isspace() else each
        for each in folded
        if each.isspace() or unicodedata.category(each) not in _HIDDEN
    )
    return " ".join("".join(seen).split())[:_LONGEST]


def clauses(text: str) -> tuple[str, ...]:
    """Divide a text where it pauses, and a long one at its conjunctions as well.

    People bury a question in a story. What the story is about is no part of the question.
    """
    parts = _STOP.split(text)
    if len(_WORD.findall(text)) >= _LONG:
        parts = [clause for part in parts for clause in _JOINT.split(part)]
    return tuple(clause for part in parts if (clause := part.strip()))


def asks(clause: str) -> bool:
    """Tell whether a clause has a word that people ask with, besides what they tell."""
    return _ASKS.search(clause) is not None


class Words:
    """Cleaned text and the words in it.

    Attributes:
        text: as typed.
        plain: the words in lower case without apostrophes, one space between: "Who's the guest?" is `whos the guest`.
        quoted: the longest stretch between quotation marks that has two words or more, None where there is none.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._found = tuple(_WORD.finditer(text))
        self.plain = " ".join(word[0].casefold().replace("'", "") for word in self._found)

    @cached_property
    def quoted(self) -> str | None:
        """Find the words between quotation marks, once."""
        stretches = ((found[1] or found[2]).strip() for found in _QUOTATION.finditer(self.text))
        return max((each for each in stretches if " " in Words(each).plain), key=len, default=None)

    def instead(self, start: int, end: int, words: str) -> Words:
        """Return the words with others in place of those from `start` to `end` in `plain`."""
        begin, done = self._span(start, end)
        return Words(" ".join(f"{self.text[:begin]}{words}{self.text[done:]}".split()))

    def between(self, start: int, end: int) -> str:
        """Return the text of the words from `start` to `end` in `plain`."""
        begin, done = self._span(start, end)
        return self.text[begin:done]

    def _span(self, start: int, end: int) -> tuple[int, int]:
        first, following = len(self.plain[:start].split()), len(self.plain[:end].split())
        return self._found[first].start(), self._found[following - 1].end()

    def after(self, position: int) -> Words:
        """Return the words from a position in `plain` on, with the text they stand in."""
        skipped = len(self.plain[:position].split())
        if skipped >= len(self._found):
            return Words("")
        return Words(self.text[self._found[skipped].start() :].strip(" \"“”'?!.:,"))
