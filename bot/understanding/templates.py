"""Sentence templates: what people say, as data, matched against the words of a question.

The notation is that of hassil (Home Assistant): `[optional]`, `(one|other)`, `<rule>`, `{slot}`, and `talk[s|ed|ing]`
for the forms of a word. Which templates there are is in `sentences/`, what a match means in `reader.py`.

hassil itself takes 3 to 47 ms a question and .7 s to start with 400 templates that have open slots. Here a template
becomes a regular expression when the first question has a word of each of its parts: .1 ms, and nothing to start.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from typing import Final

__all__ = ["Match", "Part", "Rules", "Template", "TemplateError", "Templates", "compiled", "filled", "parsed", "span"]

_SUFFIXED: Final = re.compile(r"^([^\[\]()<>{}|\s]+)([\[(])([^\[\]()<>{}\s]*)[\])]$")
_SPACE: Final = re.compile(" ")
_MARK: Final = re.compile(r"[\[\](){}<>| ]")
_BRACKETS: Final = frozenset("[](){}<>")
_OPENING: Final = "[(<{"
_CLOSING: Final = "])>}"
BEGINS: Final = "(?:(?<= )|^)"
"""Where a word begins, in a text in which a space follows every word."""
_SLOTS: Final = {
    "number": r"\d+(?:\.\d+)? ",
    "of_season": r"\d{1,4} ",
    "season": "SEASON ",
    "fullname": "PERSON ",
    "code": r"s\d{1,4}e\d+(?:\.\d+)? ",
    "episode": "EPISODE ",
    "show": "SHOW ",
    "quoted": "QUOTED ",
    "anyone": r"(?:PERSON |(?:[^ ]+ ){1,4}?)",
    "person": r"(?:PERSON |(?:[^ ]+ ){1,4}?)",
}
"""What a slot may hold, where it is not any words: a number, a name that was found before, a person's name in full or
else up to four words that may be one."""
_ANY: Final = "(?:(?!EPISODE |SEASON )[^ ]+ )+?"
_DEEPEST: Final = 12


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
        pattern: a regular expression in which a space follows every word.
        needs: of each of these sets, a text has at least one word if it matches.
        words: all words in it.
    """

    pattern: str
    needs: tuple[frozenset[str], ...] = ()
    words: frozenset[str] = frozenset()


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
    """One way of saying something.

    Attributes:
        needs: of each of these sets of words, a text has at least one if it matches.
    """

    def __init__(self, want: str, text: str, rules: Rules) -> None:
        """Read a template.

        Raises:
            TemplateError: it is not in the notation, or names a rule that is not there.
        """
        self.want = want
        self.text = text
        self._part = parsed(text, rules)
        self.needs = self._part.needs

    @property
    def words(self) -> frozenset[str]:
        """All words that stand in it."""
        return self._part.words

    def match(self, spaced: str) -> Match | None:
        """Match all of a text in which a space follows every word."""
        found = self._pattern.fullmatch(spaced)
        return self._matched(found) if found else None

    def search(self, spaced: str) -> Match | None:
        """Match the first part of such a text that fits."""
        begins = (0, *(found.end() for found in _SPACE.finditer(spaced)))
        found = next(filter(None, (self._pattern.match(spaced, begin) for begin in begins)), None)
        return self._matched(found) if found else None

    def prepare(self) -> None:
        """Make the regular expression now, which takes some milliseconds; else the first match makes it."""
        _ = self._pattern

    def _matched(self, found: re.Match[str]) -> Match:
        slots, words = filled(found), found.string.split()
        open_words = sum(word.islower() for begin, end in slots.values() for word in words[begin:end])
        return Match(self.want, slots, open_words, span(found))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return compiled(self._part)


class Templates:
    """Many templates, of which those are tried that share words with a text."""

    def __init__(self, templates: Iterable[Template]) -> None:
        self._by_word: defaultdict[str, list[tuple[int, Template]]] = defaultdict(list)
        self._open: list[tuple[int, Template]] = []
        for number, template in enumerate(templates):
            if not template.needs:
                self._open.append((number, template))
            for word in min(template.needs, key=len, default=()):
                self._by_word[word].append((number, template))

    def matches(self, words: Sequence[str]) -> list[Match]:
        """List the templates that fit all of these words: those with fewest words in slots first, else in order."""
        spaced = "".join(f"{word} " for word in words)
        found = ((number, match) for number, each in self._likely(words) if (match := each.match(spaced)))
        return [match for number, match in sorted(found, key=lambda each: (each[1].open_words, each[0]))]

    def inside(self, words: Sequence[str]) -> list[Match]:
        """List the templates without open words that fit a part of these words, the longest part first."""
        spaced = "".join(f"{word} " for word in words)
        found = ((number, match) for number, each in self._likely(words) if (match := each.search(spaced)))
        closed = [(number, match) for number, match in found if not match.open_words]
        return [
            match for number, match in sorted(closed, key=lambda each: (each[1].span[0] - each[1].span[1], each[0]))
        ]

    def prepare(self) -> None:
        """Make all regular expressions now, which takes about a second; else each is made when it is first needed."""
        for _, template in chain(self._open, chain.from_iterable(self._by_word.values())):
            template.prepare()

    def _likely(self, words: Sequence[str]) -> Iterator[tuple[int, Template]]:
        there = frozenset(words)
        likely = dict((*self._open, *(each for word in there for each in self._by_word.get(word, ()))))
        return (each for each in likely.items() if not any(map(there.isdisjoint, each[1].needs)))


def compiled(part: Part, before: str = "", after: str = "") -> re.Pattern[str]:
    """Make a regular expression of a part; a slot that stands in it twice gets a number the second time."""
    numbers = count()
    pattern = re.sub(r"\(\?P<(\w+)>", lambda slot: f"(?P<{slot[1]}__{next(numbers)}>", part.pattern)
    return re.compile(f"{before}{pattern}{after}")


def filled(found: re.Match[str]) -> dict[str, tuple[int, int]]:
    """List the slots that a match has filled, each with its first word and the one after its last, counted from 0."""
    spaced = found.string
    return {
        name.partition("__")[0]: (spaced.count(" ", 0, found.start(name)), spaced.count(" ", 0, found.end(name)))
        for name, text in found.groupdict().items()
        if text
    }


def span(found: re.Match[str]) -> tuple[int, int]:
    """Return the first word of a match and the one after its last, counted from 0."""
    return found.string.count(" ", 0, found.start()), found.string.count(" ", 0, found.end())


def parsed(text: str, rules: Rules, depth: int = 0) -> Part:
    """Read a template or a part of one.

    Raises:
        TemplateError: it is not in the notation, or names a rule that is not there.
    """
    if depth > _DEEPEST:
        raise TemplateError(f"rules refer to each other without end: {text!r}")
    return _any_of(
        [_all_of([_item_of(item, rules, depth) for item in _split(each, " ")]) for each in _split(text, "|")]
    )


def _item_of(item: str, rules: Rules, depth: int) -> Part:
    """Read an item once: a few of them stand in most templates."""
    part = rules.items.get(item)
    if part is None:
        part = rules.items[item] = _item(item, rules, depth)
    return part


def _item(item: str, rules: Rules, depth: int) -> Part:
    inner = item[1:-1]
    if item.startswith("{") and item.endswith("}") and inner.isidentifier():
        return Part(f"(?P<{inner}>{_SLOTS.get(inner.rstrip('_'), _ANY)})")
    if item.startswith("<") and item.endswith(">"):
        return rules.part(inner, depth)
    if item.startswith("(") and item.endswith(")"):
        return parsed(inner, rules, depth + 1)
    if item.startswith("[") and item.endswith("]"):
        part = parsed(inner, rules, depth + 1)
        return Part(f"(?:{part.pattern})?", words=part.words)
    if suffixed := _SUFFIXED.match(item):
        stem, bracket, endings = suffixed.groups()
        forms = [stem + ending for ending in endings.split("|")] + ([stem] if bracket == "[" else [])
        return _any_of([_word(form) for form in forms])
    if set(item).intersection(_OPENING + _CLOSING + "|"):
        raise TemplateError(f"{item!r} is not in the notation")
    return _word(item)


def _word(word: str) -> Part:
    return Part(f"{re.escape(word)} ", (frozenset({word}),), frozenset({word}))


def _all_of(parts: Sequence[Part]) -> Part:
    needs = tuple(need for part in parts for need in part.needs)
    return Part("".join(part.pattern for part in parts), needs, frozenset().union(*(part.words for part in parts)))


def _any_of(parts: Sequence[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    needs: tuple[frozenset[str], ...] = ()
    if all(part.needs for part in parts):
        needs = (frozenset().union(*(min(part.needs, key=len) for part in parts)),)
    # Plain words before slots, and the longest first: a slot is to get only what nothing else can take.
    patterns = sorted((part.pattern for part in parts), key=lambda pattern: ("(?P<" in pattern, -len(pattern)))
    pattern = f"(?:{'|'.join(patterns)})"
    return Part(pattern, needs, frozenset().union(*(part.words for part in parts)))


def _split(text: str, at: str) -> Iterator[str]:
    """Divide a text outside brackets."""
    if not _BRACKETS.intersection(text):  # most are a word or two, and there are thousands
        yield from text.split(None if at == " " else at)
        return
    depth, begin = 0, 0
    for found in _MARK.finditer(text):
        mark = found[0]
        depth += (mark in _OPENING) - (mark in _CLOSING)
        if depth < 0:
            break
        if mark == at and not depth:
            if at != " " or text[begin : found.start()].strip():
                yield text[begin : found.start()].strip()
            begin = found.end()
    if depth:
        raise TemplateError(f"brackets do not match in {text!r}")
    if at != " " or text[begin:].strip():
        yield text[begin:].strip()
