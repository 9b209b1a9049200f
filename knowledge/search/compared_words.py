"""Words split for comparing: "don't" is "do" and "not", "25" is "twenty five", and "need to" is one word.

Each keeps its place in the text, which is shown letter for letter. What is compared is decided in `quotations`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from knowledge.search.numbers import in_words, is_number
from knowledge.search.words import uncontracted, whole_spans, written_out

Span: TypeAlias = tuple[str, int, int]
_REMEMBERED: Final = 20_000
"""Words for which we cache their parts."""
_OBLIGING: Final = frozenset({"ought", "need", "needs", "needed", "has", "have", "had", "got"})
"""Words that oblige before "to": "ought to", "have to"."""
_COMPARED_AS: Final = {
    **dict.fromkeys(("must", *(f"{verb} to" for verb in _OBLIGING)), "should"),
    **dict.fromkeys(("instead of", "rather than"), "not"),
}
"""Replacements for comparing: "it does not need to be" denies "it should be", and "with juice instead of milk" matches
"with juice, not milk". Differences are shown in the words that were said."""
_SECOND: Final = frozenset({"to", "of", "than"})
"""Second words of the phrases in `_COMPARED_AS`, to skip most words quickly."""


@dataclass(frozen=True, slots=True)
class ComparedWords:
    """Words split for comparing: "don't" into "do" and "not", "25" into "twenty" and "five"; "need to" is one.

    Attributes:
        whole: the words as written, with their spans in the text.
        parts: the words they are split into.
        of: for each part, the index of its whole word.
    """

    text: str
    whole: Sequence[Span]
    parts: Sequence[str]
    of: Sequence[int]

    @classmethod
    def of_text(cls, text: str) -> ComparedWords:
        """Split a text."""
        return cls._apart(text, _joined(whole_spans(text)))

    @classmethod
    def _apart(cls, text: str, whole: Sequence[Span]) -> ComparedWords:
        parts = [(part, at) for at, (word, _, _) in enumerate(whole) for part in _parts(word)]
        return cls(text, whole, [part for part, _ in parts], [at for _, at in parts])

    def without(self, stretches: Sequence[tuple[int, int]]) -> ComparedWords:
        """Return the words outside some spans of the text."""
        left = [span for span in self.whole if not any(begin <= span[1] < end for begin, end in stretches)]
        return self._apart(self.text, left)

    def written_as(self, other: ComparedWords) -> ComparedWords:
        """Join two words if the other text only has them as one: "burn out" for "burnout"."""
        own, others = ([word for word, _, _ in each.whole] for each in (self, other))
        run_on = "".join(own)
        together = {word for word in others if word in run_on}.difference(own)
        return self._apart(self.text, _run_together(self.whole, together, " ".join(others))) if together else self

    def through(self, first: int, last: int) -> tuple[int, int]:
        """Return the range of whole words of the parts [first, last); an empty range for no parts."""
        return (self.of[first], self.of[last - 1] + 1) if last > first else (self._at(first), self._at(first))

    def parts_of(self, first: int, last: int) -> tuple[int, int]:
        """Return the range of parts of the whole words [first, last)."""
        return bisect_left(self.of, first), bisect_left(self.of, last)

    def written(self, first: int, last: int) -> str:
        """Return the text of whole words, letter for letter, with everything between them."""
        return self.text[self.whole[first][1] : self.whole[last - 1][2]] if last > first else ""

    def typed(self, first: int, last: int) -> str:
        """Return whole words as they are compared."""
        return " ".join(word for word, _, _ in self.whole[first:last])

    def _at(self, part: int) -> int:
        return self.of[part] if part < len(self.of) else len(self.whole)


def _joined(spans: Sequence[Span]) -> Sequence[Span]:
    """Join phrases that are compared as one word, such as "need to" and "instead of"."""
    joined: list[Span] = []
    for word, begin, end in spans:
        if word in _SECOND and joined and (both := f"{joined[-1][0]} {word}") in _COMPARED_AS:
            joined.append((both, joined.pop()[1], end))
        else:
            joined.append((word, begin, end))
    return joined


def _run_together(spans: Iterable[Span], words: Collection[str], apart: str) -> Sequence[Span]:
    """Join two words if together they are one of `words` and the other text lacks them as two."""
    joined: list[Span] = []
    for word, begin, end in spans:
        before = joined[-1][0] if joined else ""
        if joined and (both := before + word) in words and f"{before} {word}" not in apart:
            joined.append((both, joined.pop()[1], end))
        else:
            joined.append((word, begin, end))
    return joined


@lru_cache(_REMEMBERED)
def _parts(word: str) -> tuple[str, ...]:
    word = written_out(word)
    if word in _COMPARED_AS:
        return (_COMPARED_AS[word],)
    if word.endswith("'ll"):
        return word.removesuffix("'ll"), "will"
    parts = in_words(word) if is_number(word) else uncontracted(word)
    return tuple(_COMPARED_AS.get(part, part) for part in parts)
