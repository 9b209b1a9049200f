"""Finds where speech can be cut without changing its meaning.

An excerpt that begins inside quotation marks presents somebody else's view as the speaker's own, and one that begins
with "And" or "Which" is half a thought. Nothing is reworded, and nothing is looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from knowledge import lists

_MARK: Final = re.compile(r'(?P<closing>(?<=[^\s(\[“])["”])|["“]')
"""A quotation mark. It closes if it directly follows a word or punctuation, and opens otherwise."""
_MARKS: Final = '"“”'
_QUOTED: Final = re.compile(r'["“][^"“”]*["”]')
_SENTENCE_BEGINS: Final = re.compile(r"[.!?…][\"'”’)\]]*\s+")
_WORD: Final = re.compile(r"(?:\[[^\]]*\]|\W)*(\w+)")
"""The first word, after any stage directions in brackets: "[laughs] And so"."""
_NEAR: Final = 240
"""Maximum number of characters to go back for the start of a thought; a quotation's start is sought at any distance."""


def sentences_begin(text: str, before: int | None = None) -> list[int]:
    """List the offsets at which sentences begin, all of them or those up to `before`."""
    within = text if before is None else text[: max(before, 0)]
    return [0, *(found.end() for found in _SENTENCE_BEGINS.finditer(within) if found.end() < len(text))]


def ends_asking(text: str) -> bool:
    """Return whether a text ends with a question mark, ignoring any quotation mark after it."""
    return text.rstrip(" '\"”’").endswith("?")


def is_quoted(text: str, at: int) -> bool:
    """Return whether an offset is inside quotation marks, even ones opened before the text begins."""
    if not any(mark in text for mark in _MARKS):
        return False
    before = _last_mark(text, at)
    following = _MARK.search(text, at) if before is None else None
    return not before["closing"] if before else following is not None and following["closing"] is not None


def own_words(text: str, is_own: Callable[[str], bool]) -> str:
    """Remove quotations, except those of the speaker's own words.

    `is_own` decides by what precedes the quotation in its sentence, such as "I was like".
    """

    def kept(quoted: re.Match[str]) -> str:
        before = text[sentences_begin(text, quoted.start())[-1] : quoted.start()]
        return quoted[0] if is_own(before) else " "

    return _QUOTED.sub(kept, text)


def beside_quotation(text: str, begin: int, end: int) -> str:
    """Return the text around a quotation: before it, and after its closing mark."""
    closing = next((mark.end() for mark in _MARK.finditer(text, end) if mark["closing"]), len(text))
    return _MARK.sub("", text[:begin]) + text[closing:]


def is_beginning(text: str, at: int = 0) -> bool:
    """Return whether the text from an offset on makes sense by itself.

    It doesn't if it begins inside quotation marks, or with a word that continues an earlier thought.
    """
    return not (_goes_on(text, at) or is_quoted(text, at))


def with_its_beginning(text: str, before: Iterable[str]) -> str:
    """Prepend as much of the preceding speech as a text needs to make sense.

    `before` yields that speech, latest first, and is read only as far as necessary. The text is returned unchanged if
    it is complete, or if its beginning can't be found.
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
