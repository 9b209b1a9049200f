"""The text of a question: sanitised, and tokenised into words.

Nothing here knows a language, or what a question means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from itertools import pairwise
from typing import Final

from bot.port.messages import LONGEST_QUESTION
from bot.understanding.coding import coded
from knowledge.search.words import SIGN

QUOTED: Final = "QUOTED"
"""Replaces quoted words in a text. Typed words are never in capitals here."""

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("‘’ʼ´`＇", "'"))
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories of invisible characters."""
_QUOTATION: Final = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]|(?:^|(?<=\s))'([^']+(?:'\w[^']*)*)'(?=[\s?!.,:;]|$)")
_NOT_WORDS: Final = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|<[^<>\s]+>|\[[^\[\]]*\]\([^()\s]*\)|\bhttps?://\S+|@(?:channel|everyone|here)\b"
)
"""Parts of a text that are no words: terminal escapes, tags that platforms use for names, links, calls to everybody."""
_WORD: Final = re.compile(
    r"\d{1,3}(?::\d\d){1,2}(?![\w:])"
    r"|(?:[^\W\d_]\.){2,}(?:'s)?(?!\w)"
    rf"|[^\W_]+(?:'[^\W_]+)*(?:[-.][^\W_]+(?:'[^\W_]+)*)*(?:{SIGN})?|#(?=\s?\d)|&(?= )"
)
"""A time such as 1:02:03, initials with their full stops, a word, or a sign used as one."""
_DRAWLED: Final = re.compile(r"([^\W\d])\1{2,}")
"""A letter three or more times in a row: "heyyyy"."""
_ENDS: Final = re.compile(r"[.?!;][^\w\s]*\s")
"""Punctuation that ends a sentence."""
_RESTS: Final = re.compile(r"[:,][^\w\s]*\s|\s[-–—]+\s")
"""Punctuation within a sentence."""


def clean(text: str) -> str:
    """Normalise compatibility forms and white space, drop invisible characters, and keep at most 2,000 characters.

    A longer text keeps both ends, since people put the question first or last.
    """
    longest = LONGEST_QUESTION
    if len(text) > longest:
        text = f"{text[: longest // 2 - 1]} {text[-longest // 2 :]}"
    folded = unicodedata.normalize("NFKC", _NOT_WORDS.sub(" ", text)).translate(_APOSTROPHES)
    if not (folded.isascii() and folded.isprintable()):
        folded = "".join(
            " " if each.isspace() else each
            for each in folded
            if each.isspace() or unicodedata.category(each) not in _HIDDEN
        )
    # Cut again, since normalisation may turn one character into eighteen.
    return " ".join(folded.split())[:longest]


class Pause(IntEnum):
    """The pause after a word."""

    NONE = 0
    COMMA = 1
    END = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question, or a name that replaces its words.

    Attributes:
        plain: the word in lower case and without apostrophes, such as `whos`; for a name its kind, in capitals.
        begin: the index of its first character in the text.
        end: the index after its last character.
        pause: the pause after it.
        named: the value of a name; None for a word.
    """

    plain: str
    begin: int
    end: int
    pause: Pause = Pause.NONE
    named: object = None


@dataclass(frozen=True)
class Text:
    """A text and its words; a quotation of two words or more is a single word."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The words as templates see them."""
        return tuple([word.plain for word in self.words])

    @cached_property
    def owning(self) -> tuple[str, ...]:
        """The words without possessive endings, "time" for "time's"; none if no word has one."""
        owned = [self.text[word.begin : word.end].endswith("'s") for word in self.words]
        if not any(owned):
            return ()
        return tuple(
            word.plain.removesuffix("s") if has else word.plain for word, has in zip(self.words, owned, strict=True)
        )

    @cached_property
    def coded(self) -> str:
        """The words as patterns see them, one character each."""
        return coded(self.plain)

    @cached_property
    def place(self) -> tuple[int, int, int]:
        """Identifies a part of a text: where its first word begins, where its last ends, and how many it has."""
        return (self.words[0].begin, self.words[-1].end, len(self.words)) if self.words else (0, 0, 0)

    @classmethod
    def of(cls, text: str) -> Text:
        """Tokenise a cleaned text."""
        return cls(text, tuple(_quotations(text, _words(text))))

    @cached_property
    def written(self) -> str:
        """The words as typed, with the punctuation between them but without the words left out."""
        if not self.words:
            return ""
        pieces = [self.text[self.words[0].begin : self.words[0].end]]
        for one, other in pairwise(self.words):
            gap = self.text[one.end : other.begin]
            pieces += (" " if any(map(str.isalnum, gap)) else gap, self.text[other.begin : other.end])
        return "".join(pieces)

    @property
    def quoted(self) -> str:
        """The longest quotation, empty if nothing is quoted."""
        return max((str(word.named) for word in self.words if word.plain == QUOTED), key=len, default="")

    def part(self, begin: int, end: int) -> Text:
        """Return some of the words, in the same text."""
        return Text(self.text, self.words[begin:end])

    def without(self, begin: int, end: int) -> Text:
        """Leave out some of the words."""
        return Text(self.text, (*self.words[:begin], *self.words[end:]))

    def joined(self, begin: int, end: int) -> Text:
        """Merge some of the words into one."""
        first, last = self.words[begin], self.words[end - 1]
        one = replace(first, end=last.end, pause=last.pause, named=None)
        return Text(self.text, (*self.words[:begin], one, *self.words[end:]))

    def quoting(self, typed: Text) -> Text:
        """Restore the quotations of the text as typed: corrected spelling would change what is being checked."""
        quoted = [word.named for word in typed.words if word.plain == QUOTED]
        places = [at for at, word in enumerate(self.words) if word.plain == QUOTED]
        if len(quoted) != len(places):
            return self
        as_typed = dict(zip(places, quoted, strict=True))
        words = (replace(word, named=as_typed[at]) if at in as_typed else word for at, word in enumerate(self.words))
        return Text(self.text, tuple(words))

    def read_as(self, words: Mapping[str, str]) -> Text:
        """Replace some plain words; the text stays as typed."""
        if words.keys().isdisjoint(self.plain):
            return self
        return Text(self.text, tuple(replace(word, plain=words.get(word.plain, word.plain)) for word in self.words))

    def going_on_after(self, titles: Collection[str], abbreviations: Collection[str]) -> Text:
        """Drop the pause after a title, and after other abbreviations except at the start: "No. The other one".

        Also drop it after an initial, if nothing but a name follows: "J. Doe".
        """
        goes_on = [
            at
            for at, word in enumerate(self.words)
            if self.text[word.end : word.end + 2] == ". "
            if word.plain in titles or (at and (word.plain in abbreviations or _is_initial(self, at)))
        ]
        words = tuple(replace(each, pause=Pause.NONE) if at in goes_on else each for at, each in enumerate(self.words))
        return Text(self.text, words) if goes_on else self

    def naming(self, begin: int, end: int, kind: str, named: object) -> Text:
        """Replace some words with one name."""
        first, last = self.words[begin], self.words[end - 1]
        word = Word(kind, first.begin, last.end, last.pause, named)
        return Text(self.text, (*self.words[:begin], word, *self.words[end:]))


def _words(text: str) -> Sequence[Word]:
    """List the words of a text, ignoring quotation marks."""
    found = list(_WORD.finditer(text))
    nexts = (*(each.start() for each in found[1:]), len(text))
    words = [
        Word(_folded(each[0]), *each.span(), _pause(text[each.end() : after], last=after == len(text)))
        for each, after in zip(found, nexts, strict=False)
    ]
    return _unnumbered(text, words)


def _folded(word: str) -> str:
    """Return a word in lower case, without apostrophes, and with "heyyyy" as "hey"."""
    bare = word.casefold().replace("'", "")
    return _DRAWLED.sub(r"\1", bare) if _DRAWLED.search(bare) else bare  # searching first takes a fifth of the time


def _unnumbered(text: str, words: Sequence[Word]) -> Sequence[Word]:
    """Drop the numbers of a list, and start a sentence at each: "1) who is the guest 2) how long is it"."""
    numbers = [n for n, word in enumerate(words) if word.plain.isdigit()]
    begins = {n for n in numbers if text[words[n].end : words[n].end + 1] == ")"}
    dotted = [n for n in numbers if text[words[n].end : words[n].end + 2] == ". "]
    counted = [words[n].plain for n in dotted] == [str(n) for n in range(1, len(dotted) + 1)]
    # "What is in episode 1. I missed it" has no list.
    if counted and len(dotted) > 1 and (not dotted[0] or words[dotted[0] - 1].pause is not Pause.NONE):
        begins.update(dotted)
    return [
        replace(word, pause=Pause.END) if n + 1 in begins else word for n, word in enumerate(words) if n not in begins
    ]


def _is_initial(text: Text, at: int) -> bool:
    """Tell whether a word is one capital letter, and all words after it are capitalised."""
    rest = text.words[at:]
    return len(rest[0].plain) == 1 < len(rest) and all(text.text[word.begin].isupper() for word in rest)


def plain(text: str) -> str:
    """Return the plain words of a text, separated by single spaces; quotation marks are ignored."""
    if ")" in text:
        return " ".join(word.plain for word in _words(text))  # a list number before it is no word
    return _folded(" ".join(_WORD.findall(text)))


def _pause(gap: str, *, last: bool) -> Pause:
    if gap == " ":
        return Pause.NONE
    after = f"{gap} " if last else gap
    return Pause.END if _ENDS.search(after) else Pause.COMMA if _RESTS.search(after) else Pause.NONE


def _quotations(text: str, words: Sequence[Word]) -> Iterator[Word]:
    at = 0
    for found in _QUOTATION.finditer(text):
        begin, end = found.span(1 if found[1] else 2)
        inside = [n for n in range(at, len(words)) if begin <= words[n].begin and words[n].end <= end]
        if len(inside) > 1 and any(map(str.isspace, text[begin:end].strip())):  # "/home/ann/rye" is a path
            yield from words[at : inside[0]]
            at = inside[-1] + 1
            gap = text[end : words[at].begin] if at < len(words) else ""
            yield Word(QUOTED, *found.span(), _pause(gap, last=at == len(words)), text[begin:end].strip())
    yield from words[at:]
