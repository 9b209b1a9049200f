"""Breaks words into lines of similar width.

Pure: a function that measures words is passed in. No fonts, no drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

_STEPS = 12
"""Number of bisections when balancing lines; enough for less than a pixel in any picture."""


def evened(words: str, width: float, width_of: Callable[[str], float]) -> Sequence[str]:
    """Break words into as few lines as possible, and balance their widths."""
    lines = filled(words, width, width_of)
    narrow, wide = width / 2, width
    for _ in range(_STEPS):
        middle = (narrow + wide) / 2
        attempt = filled(words, middle, width_of)
        if len(attempt) > len(lines):
            narrow = middle
        else:
            wide, lines = middle, attempt
    return lines


def filled(words: str, width: float, width_of: Callable[[str], float]) -> Sequence[str]:
    """Break words into lines greedily; a word wider than a line is broken too."""
    lines: list[str] = []
    filled, space = 0.0, width_of(" ")
    for word in words.split(" "):
        for piece in _pieces(word, width, width_of):
            taken = width_of(piece)
            if lines and filled + space + taken <= width:
                lines[-1] += f" {piece}"
                filled += space + taken
            else:
                lines.append(piece)
                filled = taken
    return lines


def _pieces(word: str, width: float, width_of: Callable[[str], float]) -> Iterator[str]:
    if width_of(word) <= width:
        yield word
        return
    piece, taken = "", 0.0
    for letter in word:
        wider = taken + width_of(letter)
        if piece and wider > width:
            yield piece
            piece, wider = "", width_of(letter)
        piece, taken = piece + letter, wider
    yield piece
