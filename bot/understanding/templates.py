"""Sentence templates: what people say, as data, matched against the words of a question.

The notation is that of hassil (Home Assistant): `[optional]`, `(one|other)`, `<rule>`, `{slot}`, and `talk[s|ed|ing]`
for the forms of a word. Which templates there are is in `sentences/`, what a match means in `reader.py`.

hassil itself takes 3 to 47 ms a question and .7 s to start with 400 templates that have open slots. Here few are tried:
those that may begin as a question does, that need no word it lacks and have a place for each it has. Each of them
becomes a regular expression when it is tried for the first time: .3 ms, and nothing to start. It is one over words that
have a character each, see `coding.py`: made in a quarter of the time that one over letters takes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, zip_longest
from typing import Final

from bot.understanding.coding import code, coded, of_kinds, one_of

_SUFFIXED: Final = re.compile(r"^([^\[\]()<>{}|\s]+)([\[(])([^\[\]()<>{}\s]*)[\])]$")
_MARK: Final = re.compile(r"[\[\](){}<>| ]")
_BRACKETS: Final = frozenset("[](){}<>")
_OPENING: Final = "[(<{"
_CLOSING: Final = "])>}"
_NAMES: Final = {
    "season": "SEASON",
    "years": "YEARS",
    "fullname": "PERSON",
    "episode": "EPISODE",
    "show": "SHOW",
    "quoted": "QUOTED",
}
"""Slots for a name that was found before, and the word that stands for it."""
_NUMBERS: Final = frozenset({"number", "of_season", "of_year", "clock"})
_ANYBODY: Final = f"(?:{code('PERSON')}|.{{1,4}}?)"
_SLOTS: Final = {
    "number": of_kinds("year", "number"),
    "ordinal": of_kinds("late", "ordinal"),
    "late_ordinal": of_kinds("late", "late"),
    "of_season": of_kinds("year", "short"),
    "of_year": of_kinds("year", "year"),
    "code": of_kinds("code", "code"),
    "clock": of_kinds("clock", "clock"),
    "count": ".",
    "hours": ".",
    "minutes": ".",
    "anyone": _ANYBODY,
    "person": _ANYBODY,
    "hosting": ".{1,4}?",
}
"""What a slot may hold, where it is not any words: a number, a time, one word that may be a number, or a person's name
in full or else up to four words that may be one."""
_ANY: Final = f"[^{code('EPISODE')}{code('SEASON')}{code('YEARS')}]+?"
_DEEPEST: Final = 12
_ANYTHING: Final = "*"
_NOTHING: Final = ""
_ANY_WORD: Final = frozenset({_ANYTHING})


class TemplateError(ValueError):
    """A template cannot be read; the message has the template."""


@dataclass(frozen=True, slots=True)
class Match:
    """A template that fits all of some words.

    Attributes:
        want: what the template stands for.
        slots: for each slot that is filled, the first of its words and the one after its last, counted from 0.
        open_words: how many words stand in slots, names left out; the fewer, the better the template fits.
        span: the first word that fits and the one after the last, counted from 0.
    """

    want: str
    slots: Mapping[str, tuple[int, int]]
    open_words: int
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a template.

    Attributes:
        pattern: a regular expression over coded words.
        needs: of each of these sets, a text has at least one word if it matches.
        words: all words in it.
        open: whether other words may stand in it than these, names and numbers.
        begins: the words that a text may begin with if it matches: `_ANYTHING` for any, `_NOTHING` for none at all.
        alone: whether it matches its words, each by itself, and nothing else.
    """

    pattern: str
    needs: tuple[frozenset[str], ...] = ()
    words: frozenset[str] = frozenset()
    open: bool = False
    begins: frozenset[str] = _ANY_WORD
    alone: bool = False


class Rules:
    """Pieces that templates share, by name."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._parts: dict[str, Part] = {}
        self.items: dict[str, Part] = {}

    def part(self, name: str, depth: int = 0) -> Part:
        """Return a rule as part of a template.

        Raises:
            TemplateError: there is no such rule, or it cannot be read.
        """
        if name not in self._parts:
            if name not in self._texts:
                raise TemplateError(f"there is no rule <{name}>")
            self._parts[name] = parsed(self._texts[name], self, depth + 1)
        return self._parts[name]


class Template:
    """One way of saying something."""

    def __init__(self, want: str, text: str, rules: Rules) -> None:
        """Read a template.

        Raises:
            TemplateError: it is not in the notation, or names a rule that is not there.
        """
        self.want = want
        self.part = parsed(text, rules)

    def match(self, words: Sequence[str], text: str) -> Match | None:
        """Match all of some words, given coded as well."""
        return self._matched(self.pattern.fullmatch(text), words)

    def search(self, words: Sequence[str], text: str) -> Match | None:
        """Match the first part of such words that fits."""
        return self._matched(self.pattern.search(text), words)

    def _matched(self, found: re.Match[str] | None, words: Sequence[str]) -> Match | None:
        if found is None:
            return None
        slots = filled(found)
        open_words = sum(word.islower() for begin, end in slots.values() for word in words[begin:end])
        return Match(self.want, slots, open_words, found.span())

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The regular expression, made when it is first needed: to make all of them takes a quarter of a second."""
        return compiled(self.part)


class Templates:
    """Many templates, of which those are tried that may fit a text.

    A set of templates is a number with a bit for each, so that sets are joined and intersected in one step.
    """

    def __init__(self, templates: Iterable[Template]) -> None:
        self._templates = tuple(templates)
        parts = [template.part for template in self._templates]
        self._begin = _indexed(part.begins for part in parts)
        self._with = _indexed(part.words for part in parts)
        self._of = _indexed((template.want,) for template in self._templates)
        self._open = sum(1 << number for number, part in enumerate(parts) if part.open)
        needed = Counter(word for part in parts for need in part.needs for word in need)
        ranked = [sorted(part.needs, key=lambda need: sum(needed[word] for word in need)) for part in parts]
        # One index for the rarest need of every template, one for the next rarest, and so on.
        self._meeting = [_indexed(needs) for needs in zip_longest(*ranked, fillvalue=_ANY_WORD)]

    def matches(self, words: Sequence[str]) -> list[Match]:
        """List the templates that fit all of these words: those with fewest words in slots first, else in order."""
        if not words:
            return []
        among = _joined(self._begin, (words[0], _ANYTHING))
        for word in words:
            if word.islower():
                among &= self._with.get(word, 0) | self._open
        text = coded(words)
        found = filter(None, (each.match(words, text) for each in self.likely(words, among)))
        return sorted(found, key=lambda match: match.open_words)

    def inside(
        self, words: Sequence[str], wants: Iterable[str] | None = None, holding: Iterable[str] = ()
    ) -> list[Match]:
        """List the templates without open words that fit a part of these words, the longest part first.

        Args:
            words: the words.
            wants: what the templates stand for, None for anything.
            holding: words that stand in all of the templates.
        """
        among = -1 if wants is None else _joined(self._of, wants)
        for word in holding:
            among &= self._with.get(word, 0)
        text = coded(words)
        found = filter(None, (each.search(words, text) for each in self.likely(words, among)))
        return sorted((each for each in found if not each.open_words), key=lambda match: match.span[0] - match.span[1])

    def prepare(self) -> None:
        """Make all regular expressions now."""
        for template in self._templates:
            _ = template.pattern

    def likely(self, words: Sequence[str], among: int = -1) -> list[Template]:
        """List, in their order, those of some templates that may fit these words or a part of them."""
        there = (*frozenset(words), _ANYTHING)
        left = among & ((1 << len(self._templates)) - 1)
        for meeting in self._meeting:
            left = left and left & _joined(meeting, there)
        found = []
        while left:
            lowest = left & -left
            found.append(self._templates[lowest.bit_length() - 1])
            left ^= lowest
        return found


def _indexed(rows: Iterable[Iterable[str]]) -> dict[str, int]:
    """Return for each word the set of the rows that have it."""
    index: defaultdict[str, int] = defaultdict(int)
    for number, words in enumerate(rows):
        for word in words:
            index[word] |= 1 << number
    return index


def _joined(index: Mapping[str, int], words: Iterable[str]) -> int:
    found = 0
    for word in words:
        found |= index.get(word, 0)
    return found


def compiled(part: Part, before: str = "", after: str = "") -> re.Pattern[str]:
    """Make a regular expression of a part; a slot that stands in it twice gets a number the second time."""
    numbers = count()
    pattern = re.sub(r"\(\?P<(\w+)>", lambda slot: f"(?P<{slot[1]}__{next(numbers)}>", part.pattern)
    return re.compile(f"{before}{pattern}{after}")


def filled(found: re.Match[str]) -> dict[str, tuple[int, int]]:
    """List the slots that a match has filled, each with its first word and the one after its last, counted from 0."""
    return {name.rpartition("__")[0]: found.span(name) for name, text in found.groupdict().items() if text}


def parsed(text: str, rules: Rules, depth: int = 0) -> Part:
    """Read a template or a part of one.

    Raises:
        TemplateError: it is not in the notation, or names a rule that is not there.
    """
    if depth > _DEEPEST:
        raise TemplateError(f"rules refer to each other without end: {text!r}")
    return any_of([_all_of([_item_of(item, rules, depth) for item in items]) for items in _divided(text)])


def _item_of(item: str, rules: Rules, depth: int) -> Part:
    """Read an item once: a few of them stand in most templates."""
    part = rules.items.get(item)
    if part is None:
        part = rules.items[item] = _item(item, rules, depth)
    return part


def _item(item: str, rules: Rules, depth: int) -> Part:
    inner = item[1:-1]
    if item.startswith("{") and item.endswith("}") and inner.isidentifier():
        slot = inner.rstrip("_")
        if name := _NAMES.get(slot):
            only = frozenset({name})
            return Part(f"(?P<{inner}>{code(name)})", (only,), begins=only)
        return Part(f"(?P<{inner}>{_SLOTS.get(slot, _ANY)})", open=slot not in _NUMBERS)
    if item.startswith("<") and item.endswith(">"):
        return rules.part(inner, depth)
    if item.startswith("(") and item.endswith(")"):
        return parsed(inner, rules, depth + 1)
    if item.startswith("[") and item.endswith("]"):
        part = parsed(inner, rules, depth + 1)
        pattern = f"{part.pattern}?" if part.alone else f"(?:{part.pattern})?"
        return Part(pattern, (), part.words, part.open, part.begins | {_NOTHING})
    if suffixed := _SUFFIXED.match(item):
        stem, bracket, endings = suffixed.groups()
        forms = [stem + ending for ending in endings.split("|")] + ([stem] if bracket == "[" else [])
        return any_of([_word(form) for form in forms])
    if set(item).intersection(_OPENING + _CLOSING + "|"):
        raise TemplateError(f"{item!r} is not in the notation")
    return _word(item)


def _word(word: str) -> Part:
    only = frozenset({word})
    return Part(code(word), (only,), only, begins=only, alone=True)


def _all_of(parts: Sequence[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    return Part(
        "".join(part.pattern for part in parts),
        tuple(need for part in parts for need in part.needs),
        _together(part.words for part in parts),
        any(part.open for part in parts),
        _beginnings(parts),
    )


def _beginnings(parts: Sequence[Part]) -> frozenset[str]:
    """Return the words that a row of parts may begin with: those of the second as well if the first may be left out."""
    found: frozenset[str] = frozenset({_NOTHING})
    for part in parts:
        found = (found - {_NOTHING}) | part.begins
        if _NOTHING not in part.begins:
            break
    return found


def any_of(parts: Sequence[Part]) -> Part:
    """Return a part that matches whatever one of some parts does."""
    if len(parts) == 1:
        return parts[0]
    words = _together(part.words for part in parts)
    if all(part.alone for part in parts):  # most are
        return Part(one_of(words), (words,), words, begins=words, alone=True)
    needs: tuple[frozenset[str], ...] = ()
    if all(part.needs for part in parts):
        needs = (_together(min(part.needs, key=len) for part in parts),)
    alone = one_of(_together(part.words for part in parts if part.alone))
    patterns = [part.pattern for part in parts if not part.alone] + [alone] * bool(alone)
    # Plain words before slots, and the longest first: a slot is to get only what nothing else can take.
    patterns.sort(key=lambda pattern: ("(?P<" in pattern, pattern == alone, -len(pattern)))
    return Part(
        f"(?:{'|'.join(patterns)})" if len(patterns) > 1 else patterns[0],
        needs,
        words,
        any(part.open for part in parts),
        _together(part.begins for part in parts),
    )


def _together(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _divided(text: str) -> list[list[str]]:
    """Divide a text at each "|" outside brackets, and what is between at spaces."""
    if not _BRACKETS.intersection(text):  # most are a word or two, and there are thousands
        return [each.split() for each in text.split("|")]
    rows: list[list[str]] = [[]]
    depth, begin = 0, 0
    for found in _MARK.finditer(text):
        mark, at = found[0], found.start()
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth -= 1
            if depth < 0:
                break
        elif not depth:
            if begin < at:
                rows[-1].append(text[begin:at])
            if mark == "|":
                rows.append([])
            begin = at + 1
    if depth:
        raise TemplateError(f"brackets do not match in {text!r}")
    if begin < len(text):
        rows[-1].append(text[begin:])
    return rows
