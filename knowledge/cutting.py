"""Tells where words may be cut out of what somebody said without turning its sense round.

A piece that begins between quotation marks shows what others say as the speaker's own view, and one that begins with
"And" or "Which" is half a thought. Nothing is reworded, and nothing is looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from knowledge import lists

_MARK: Final = re.compile(r'(?P<closing>(?<=[^\s(\[“])["”])|["“]')
"""A quotation mark: it closes where it stands right behind something, and opens elsewhere."""
_MARKS: Final = '"“”'
_QUOTED: Final = re.compile(r'["“][^"“”]*["”]')
_SENTENCE_BEGINS: Final = re.compile(r"[.!?…][\"'”’)\]]*\s+")
_WORD: Final = re.compile(r"(?:\[[^\]]*\]|\W)*(\w+)")
"""The first word, behind what is told in brackets: "[laughs] And so"."""
_NEAR: Final = 240
"""Characters before a thought is gone on with, at most; a quotation is given from its beginning, however far."""


def sentences_begin(text: str, before: int | None = None) -> list[int]:
    """List where the sentences of a text begin, up to a place or all."""
    within = text if before is None else text[: max(before, 0)]
    return [0, *(found.end() for found in _SENTENCE_BEGINS.finditer(within) if found.end() < len(text))]


def ends_asking(text: str) -> bool:
    """Tell whether a text ends with a question mark, whatever mark closes behind it."""
    return text.rstrip(" '\"”’").endswith("?")


def is_quoted(text: str, at: int) -> bool:
    """Tell whether a place stands between quotation marks, which may have opened before the text."""
    if not any(mark in text for mark in _MARKS):
        return False
    before = _last_mark(text, at)
    following = _MARK.search(text, at) if before is None else None
    return not before["closing"] if before else following is not None and following["closing"] is not None


def own_words(text: str, is_own: Callable[[str], bool] = lambda _: False) -> str:
    """Leave out what somebody quotes, unless it is their own by what stands before it in the sentence: "I was like"."""

    def left(quoted: re.Match[str]) -> str:
        before = text[sentences_begin(text, quoted.start())[-1] : quoted.start()]
        return quoted[0] if is_own(before) else " "

    return _QUOTED.sub(left, text)


def beside_quotation(text: str, begin: int, end: int) -> str:
    """Return what there is beside words that are quoted: before them, and after the mark that closes behind them."""
    closing = next((mark.end() for mark in _MARK.finditer(text, end) if mark["closing"]), len(text))
    return _MARK.sub("", text[:begin]) + text[closing:]


def is_beginning(text: str, at: int = 0) -> bool:
    """Tell whether what is said from a place on makes sense without what is before it.

    Not where it begins between quotation marks, or with a word that goes on from what was said before.
    """
    return not (_goes_on(text, at) or is_quoted(text, at))


def with_its_beginning(text: str, before: Iterable[str]) -> str:
    """Put as much of what was said right before a text in front of it as it can't do without.

    `before` is what was said, the latest first, and is read no further than that. The text comes back as it is where
    it lacks nothing, or where its beginning is not there.
    """
    if is_beginning(text):
        return text
    inside, said = is_quoted(text, 0), ""
    for piece in before:
        said = f"{piece} {said}"
        if not inside or _MARK.search(said):
            break
    whole, at = f"{said}{text}", len(said)
    mark = _last_mark(whole, at) if inside else None
    if mark and not mark["closing"]:
        return whole[sentences_begin(whole, mark.start())[-1] :]
    near = (
        [start for start in reversed(sentences_begin(whole, at - 1)) if at - start <= _NEAR]
        if _goes_on(text, 0)
        else []
    )
    return whole[next((start for start in near if is_beginning(whole, start)), near[0] if near else at) :]


def _last_mark(text: str, at: int) -> re.Match[str] | None:
    return next(reversed(list(_MARK.finditer(text, 0, at))), None)


def _goes_on(text: str, at: int) -> bool:
    word = _WORD.match(text, at)
    return word is not None and word[1].lower() in lists.words(__file__, "continuing.txt")
