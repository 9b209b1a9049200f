"""Cuts long texts down to what a chat has room for, around what was asked for.

Whole words in, whole words out; nothing is reworded. What a transcript tells in brackets is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from textwrap import shorten
from typing import Final

from bot.port.messages import Evidence
from knowledge import lists
from knowledge.cutting import is_beginning, is_quoted, sentences_begin

SHORT: Final = 300
"""Characters of an episode's summary that are shown; some feeds write pages."""
BEFORE: Final = 0.25
"""Share of what is shown that comes before what was asked for."""
TELLING: Final = 600
"""Characters of the words that answer best, about; longer ones are cut to the sentences that answer."""
_LABEL: Final = re.compile(r"(\s*)\[([^\[\]]{1,80})\]([.,;:!?…]*)")
_TIME: Final = re.compile(r"\d+:[\d:. ]*\d")
_LACKING: Final = ("unint", "inaud")
"""How labels begin that stand for words which nobody could write down."""
_GAP: Final = "[…]"
_MARKS: Final = " \t\r\n.,;:!?…'\"“”‘’()-–—"


def words_alone(text: str) -> str:
    """Put as many spaces for what a transcript tells beside the words, such as "[laughs]" or "[jingle 00:10]".

    Where words are lacking, "[…]" says so. All else stays where it is, so that places in the text hold.
    """
    alone = _LABEL.sub(_unlabelled, text)
    return alone if alone.strip(_MARKS) else text


def spoken(text: str) -> str:
    """Return the words alone, one space between them; a text without labels as it is."""
    alone = words_alone(text)
    return text if alone == text else " ".join(alone.split())


def _unlabelled(label: re.Match[str]) -> str:
    before, told, after = label.groups()
    words = re.findall(r"[a-z][a-z'-]*", told.lower())
    if words and words[0].startswith(_LACKING):
        return f"{before}{_GAP}{after}".ljust(len(label[0]))
    if not _TIME.search(told) and lists.words(__file__, "noises.txt").isdisjoint((*words[:1], *words[-1:])):
        return label[0]
    goes_on = label.string[label.start() - 1 : label.start()].isalnum()
    return (after if goes_on else "").ljust(len(label[0]))


def excerpt(text: str, length: int = SHORT, *, at: int = 0) -> str:
    """Cut a text down to about so many characters: from where the sentence begins, or shortly before a place, on."""
    if len(text) <= length:
        return spoken(text)
    text = words_alone(text)
    earliest = max(at - int(length * BEFORE), 0)
    sentences = [begin for begin in sentences_begin(text, at) if begin > earliest]
    begin = sentences[-1] if sentences else text.rfind(" ", 0, earliest) + 1
    shown = shorten(text[begin:], length, placeholder=" …", break_on_hyphens=False)
    return f"… {shown}" if begin else shown


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike.

    Attributes:
        bold: whether they matched what was asked.
        url: what they open.
    """

    words: str
    bold: bool = False
    url: str | None = None


def quoted(evidence: Evidence) -> tuple[Run, ...]:
    """Take a quotation apart into what matched and the rest, in one paragraph; a long one is cut to what answers.

    What was found by other things than its words is not cut, and where all of it matched nothing stands out.
    """
    text = words_alone(evidence.text)
    begin, end = _stretch(text, evidence.spans)
    places = [begin, *(min(max(place, begin), end) for span in evidence.spans for place in span), end]
    runs = [Run(text[first:last], bool(odd % 2)) for odd, (first, last) in enumerate(pairwise(places))]
    if not any(run.words.strip(_MARKS) for run in runs if not run.bold):
        runs = [Run(text[begin:end])]
    # Cut out of what somebody quotes, it is still no words of their own.
    mark = '"' if begin and is_quoted(text, begin) else ""
    before, after = (f"… {mark}" if begin else ""), (" …" if text[end:].strip() else "")
    return tuple(_in_one_paragraph((Run(before), *runs, Run(after))))


def _stretch(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Choose whole sentences, one after the other, in which most of what matched is said, and where they open."""
    if not spans or len(text) <= TELLING:
        return 0, len(text.rstrip())
    borders = [*sentences_begin(text), len(text)]
    fitting = ((borders[first], _last(borders, first)) for first in range(len(borders) - 1))

    def worth(stretch: tuple[int, int]) -> tuple[int, bool, int, int]:
        begin, end = stretch
        said = sum(begin <= place < end for place, _ in spans)
        # Half full is full enough: what answers had better come first.
        return said, is_beginning(text, begin), min(end - begin, TELLING // 2), begin

    begin, end = max(fitting, key=worth)
    if end - begin > TELLING:
        begin, end = _around(text, begin, end, next(place for place, _ in spans if place >= begin))
    return begin, begin + len(text[begin:end].rstrip())


def _last(borders: Sequence[int], first: int) -> int:
    """Return where the last sentence ends that fits; the first has to, however long."""
    fitting = (border for border in reversed(borders[first + 1 :]) if border - borders[first] <= TELLING)
    return next(fitting, borders[first + 1])


def _around(text: str, begin: int, end: int, at: int) -> tuple[int, int]:
    """Cut a sentence that is too long at words, so that what matched at a place is seen."""
    earliest = max(begin, at - int(TELLING * BEFORE))
    begin = begin if earliest == begin else max(text.rfind(" ", begin, earliest) + 1, begin)
    space = text.rfind(" ", at, begin + TELLING)
    return begin, end if end - begin <= TELLING else (space if space > at else min(end, begin + TELLING))


def _in_one_paragraph(runs: Iterable[Run]) -> Iterator[Run]:
    """Put one space for whatever divides words, outside of what stands out, and make one run of neighbours alike."""
    pieces = [
        (piece, run.bold and not piece.isspace()) for run in runs for piece in re.split(r"(\s+)", run.words) if piece
    ]
    shown = ""
    for bold, group in groupby(_with_gaps(pieces), key=itemgetter(1)):
        words = "".join(" " if piece.isspace() else piece for piece, _ in group)
        words = words.lstrip() if not shown or shown.endswith(" ") else words
        if words:
            shown = words
            yield Run(words, bold)


def _with_gaps(pieces: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Let a gap between two words that stand out stand out with them, so that they are one run."""
    for number, (piece, bold) in enumerate(pieces):
        inside = 0 < number < len(pieces) - 1 and pieces[number - 1][1] and pieces[number + 1][1]
        yield piece, bold or (piece.isspace() and inside)
