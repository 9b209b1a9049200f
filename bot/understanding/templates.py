"""Sentence templates: what people say, as data, matched against the words of a question.

The notation is that of hassil (Home Assistant): `[optional]`, `(one|other)`, `<rule>`, `{slot}`, and `talk[s|ed|ing]`
for the forms of a word. A slot in capitals lists its own words, `{SHOW:show[s]|podcast[s]}`, and its name says what
they mean. The templates are in `sentences/`; what a match means is decided in `meaning.py`.

With 400 templates that have open slots, hassil itself takes .7 s to start and 3 to 47 ms for each question. Here, an
index leaves few templates to try: those that can start with the question's first word, need no word that it lacks, and
have a place for each of its words. Each is compiled to a regular expression when first tried, so a question takes .3 ms
and starting takes nothing. The expressions are over words coded as one character each (`coding.py`), which compiles in
a quarter of the time.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
"""Slots for a name that was found earlier, each with the word that replaces such a name in a text."""
_NUMBERS: Final = frozenset({"number", "of_season", "of_year", "clock"})
"""Slots that take only numbers."""
_ANYBODY: Final = f"(?:{code('PERSON')}|.{{1,4}}?)"
"""Matches a person's full name, or up to four words that may be part of one."""
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
"""Patterns of the slots that don't take just any words."""
_ANY: Final = f"[^{code('EPISODE')}{code('SEASON')}{code('YEARS')}]+?"
"""Matches any words but the name of an episode, a season or a year."""
_DEEPEST: Final = 12
"""Maximum depth of rules within rules; deeper means that they refer to each other."""
_ANYTHING: Final = "*"
"""In `Fragment.begins`: any word."""
_NOTHING: Final = ""
"""In `Fragment.begins`: no word, since the part may match nothing."""
_ANY_WORD: Final = frozenset({_ANYTHING})


class TemplateError(ValueError):
    """A template cannot be read; the message has the template."""


@dataclass(frozen=True, slots=True)
class Match:
    """A template that fits some words.

    Attributes:
        want: what the template asks for, as the YAML files name it.
        slots: for each filled slot, the positions of its first word and of the one after its last, from 0.
        open_words: number of words in open slots that are no names; the fewer, the better the template fits.
        span: the positions of the first word that fits and of the one after the last, from 0.
    """

    want: str
    slots: Mapping[str, tuple[int, int]]
    open_words: int
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a template.

    Attributes:
        pattern: a regular expression over coded words.
        needs: sets of words; a text that matches has at least one word of each.
        words: all words in it.
        open: whether it matches words other than these, names and numbers.
        begins: the words with which a matching text can start, including `_ANYTHING` and `_NOTHING`.
        alone: whether it matches exactly one word, any of its own, and nothing else.
    """

    pattern: str
    needs: tuple[frozenset[str], ...] = ()
    words: frozenset[str] = frozenset()
    open: bool = False
    begins: frozenset[str] = _ANY_WORD
    alone: bool = False


class Rules:
    """Pieces that templates share, by name, parsed on first use."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._parts: dict[str, Fragment] = {}
        self.items: dict[str, Fragment] = {}

    def part(self, name: str, depth: int = 0) -> Fragment:
        """Return a rule as part of a template.

        Raises:
            TemplateError: there is no such rule, or it can't be parsed.
        """
        if name not in self._parts:
            if name not in self._texts:
                raise TemplateError(f"there is no rule <{name}>")
            self._parts[name] = parsed(self._texts[name], self, depth + 1)
        return self._parts[name]


class Template:
    """One way of saying something."""

    def __init__(self, want: str, text: str, rules: Rules) -> None:
        """Parse a template.

        Raises:
            TemplateError: it isn't in the notation, or names a rule that doesn't exist.
        """
        self.want = want
        self.part = parsed(text, rules)

    def match(self, words: Sequence[str], text: str) -> Match | None:
        """Match all of some words; `text` is the same words, coded."""
        return self._matched(self.pattern.fullmatch(text), words)

    def search(self, words: Sequence[str], text: str) -> Match | None:
        """Match the first part of some words that fits."""
        return self._matched(self.pattern.search(text), words)

    def _matched(self, found: re.Match[str] | None, words: Sequence[str]) -> Match | None:
        if found is None:
            return None
        slots = filled(found)
        taken = ((begin, end) for name, (begin, end) in slots.items() if name.islower())
        open_words = sum(word.islower() for begin, end in taken for word in words[begin:end])
        return Match(self.want, slots, open_words, found.span())

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The regular expression, compiled on first use: compiling all takes a quarter of a second."""
        return compiled(self.part)


class Templates:
    """Many templates, with an index of those that may fit a text.

    A set of templates is an integer with a bit for each, so that unions and intersections are single operations.
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
        """List the templates that fit all of these words: those with the fewest words in slots first."""
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
        """List the templates without open words that fit part of these words, the longest part first.

        Args:
            words: the words.
            wants: only templates for one of these wants; None for any.
            holding: only templates that have all of these words.
        """
        among = -1 if wants is None else _joined(self._of, wants)
        for word in holding:
            among &= self._with.get(word, 0)
        text = coded(words)
        found = filter(None, (each.search(words, text) for each in self.likely(words, among)))
        return sorted((each for each in found if not each.open_words), key=lambda match: match.span[0] - match.span[1])

    def prepare(self) -> None:
        """Compile all regular expressions now."""
        for template in self._templates:
            _ = template.pattern

    def likely(self, words: Sequence[str], among: int = -1) -> list[Template]:
        """List, in order, the templates in the set `among` that may fit these words or part of them."""
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
    """Return for each word the set of rows that have it."""
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


def compiled(part: Fragment, before: str = "", after: str = "") -> re.Pattern[str]:
    """Compile a part; slots are numbered, since group names must be unique and a slot may occur twice."""
    numbers = count()
    pattern = re.sub(r"\(\?P<(\w+)>", lambda slot: f"(?P<{slot[1]}__{next(numbers)}>", part.pattern)
    return re.compile(f"{before}{pattern}{after}")


def filled(found: re.Match[str]) -> dict[str, tuple[int, int]]:
    """Return for each filled slot the positions of its first word and of the one after its last, from 0."""
    return {name.rpartition("__")[0]: found.span(name) for name, text in found.groupdict().items() if text}


def parsed(text: str, rules: Rules, depth: int = 0) -> Fragment:
    """Parse a template or part of one.

    Raises:
        TemplateError: it isn't in the notation, or names a rule that doesn't exist.
    """
    if depth > _DEEPEST:
        raise TemplateError(f"rules refer to each other without end: {text!r}")
    return any_of([_all_of([_item_of(item, rules, depth) for item in items]) for items in _divided(text)])


def _item_of(item: str, rules: Rules, depth: int) -> Fragment:
    """Parse an item, once: most templates have a few in common."""
    part = rules.items.get(item)
    if part is None:
        part = rules.items[item] = _item(item, rules, depth)
    return part


def _item(item: str, rules: Rules, depth: int) -> Fragment:
    inner = item[1:-1]
    meaning, colon, listed = inner.partition(":")
    if item.startswith("{") and item.endswith("}") and colon and meaning.isidentifier() and meaning.isupper():
        part = parsed(listed, rules, depth + 1)
        return replace(part, pattern=f"(?P<{meaning}>{part.pattern})", alone=False)
    if item.startswith("{") and item.endswith("}") and inner.isidentifier():
        slot = inner.rstrip("_")
        if name := _NAMES.get(slot):
            only = frozenset({name})
            return Fragment(f"(?P<{inner}>{code(name)})", (only,), begins=only)
        return Fragment(f"(?P<{inner}>{_SLOTS.get(slot, _ANY)})", open=slot not in _NUMBERS)
    if item.startswith("<") and item.endswith(">"):
        return rules.part(inner, depth)
    if item.startswith("(") and item.endswith(")"):
        return parsed(inner, rules, depth + 1)
    if item.startswith("[") and item.endswith("]"):
        part = parsed(inner, rules, depth + 1)
        pattern = f"{part.pattern}?" if part.alone else f"(?:{part.pattern})?"
        return Fragment(pattern, (), part.words, part.open, part.begins | {_NOTHING})
    if suffixed := _SUFFIXED.match(item):
        stem, bracket, endings = suffixed.groups()
        forms = [stem + ending for ending in endings.split("|")] + ([stem] if bracket == "[" else [])
        return any_of([_word(form) for form in forms])
    if set(item).intersection(_OPENING + _CLOSING + "|"):
        raise TemplateError(f"{item!r} is not in the notation")
    return _word(item)


def _word(word: str) -> Fragment:
    only = frozenset({word})
    return Fragment(code(word), (only,), only, begins=only, alone=True)


def _all_of(parts: Sequence[Fragment]) -> Fragment:
    if len(parts) == 1:
        return parts[0]
    return Fragment(
        "".join(part.pattern for part in parts),
        tuple(need for part in parts for need in part.needs),
        _together(part.words for part in parts),
        any(part.open for part in parts),
        _beginnings(parts),
    )


def _beginnings(parts: Sequence[Fragment]) -> frozenset[str]:
    """Return the words with which a sequence of parts can start: those of the second, too, if the first is optional."""
    found: frozenset[str] = frozenset({_NOTHING})
    for part in parts:
        found = (found - {_NOTHING}) | part.begins
        if _NOTHING not in part.begins:
            break
    return found


def any_of(parts: Sequence[Fragment]) -> Fragment:
    """Return a part that matches whatever any of some parts matches."""
    if len(parts) == 1:
        return parts[0]
    words = _together(part.words for part in parts)
    if all(part.alone for part in parts):  # most are
        return Fragment(one_of(words), (words,), words, begins=words, alone=True)
    needs: tuple[frozenset[str], ...] = ()
    if all(part.needs for part in parts):
        needs = (_together(min(part.needs, key=len) for part in parts),)
    alone = one_of(_together(part.words for part in parts if part.alone))
    patterns = [part.pattern for part in parts if not part.alone] + [alone] * bool(alone)
    # Plain words before slots, and the longest first, so that a slot gets only what nothing else matches.
    patterns.sort(key=lambda pattern: ("(?P<" in pattern, pattern == alone, -len(pattern)))
    return Fragment(
        f"(?:{'|'.join(patterns)})" if len(patterns) > 1 else patterns[0],
        needs,
        words,
        any(part.open for part in parts),
        _together(part.begins for part in parts),
    )


def _together(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _divided(text: str) -> list[list[str]]:
    """Divide a text at each "|" outside brackets, and each part at spaces outside brackets."""
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
