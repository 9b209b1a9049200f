"""Reads texts that fit no sentence: their clauses, one of which may be the question, and unusual courtesies.

Texts that fit a sentence are read in `matching.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.understanding.entities import Place
from bot.understanding.intents import Intents
from bot.understanding.names import EPISODE, SEASON, YEARS
from bot.understanding.request import EVERYWHERE, Clause, Request, Somebody
from bot.understanding.sentences import Language, Lexicon
from bot.understanding.slots import names_something, without_speakers
from bot.understanding.text import Pause, Text
from bot.understanding.wants import Ask, Courtesy, Social

STORY: Final = 16
"""Number of words from which a sentence is a story with a question somewhere in it."""
_SURELY_ABOUT: Final = 1.0
"""Minimum number of words of a sentence expected to be its subject for others to be asides."""
_ASIDE: Final = 1 / 6
"""Maximum number of words of an aside expected to be its subject, relative to that of the sentence beside it."""
_LONGEST_COURTESY: Final = 10
"""Maximum number of words of a message in which one word makes it a courtesy."""


def anything(lexicon: Lexicon, text: Text, kept: Text, place: Place) -> Request:
    """Ask what was said about all words of a text, given with (`text`) and without (`kept`) those that limit it."""
    if place.named and place.named.bare:
        place, names = Place(EVERYWHERE), frozenset({SEASON, YEARS})
    else:
        names = frozenset({EPISODE, SEASON, YEARS})
    if place.unclear and place.unclear.number is not None:
        return Request(place.unclear, text.written)
    words = tuple(word for word in kept.words if word.plain not in names)
    people = tuple(word.named for word in words if isinstance(word.named, Somebody))
    rest = _without_asides(lexicon, without_speakers(replace(kept, words=words)))
    clauses = clauses_of(lexicon, rest)
    courtesy = _courtesy(lexicon, text) if len(kept.words) == len(text.words) else None
    subject = rest.written or kept.written
    # "Do Ann and Bob bake for a living" asks one thing of both, not what each of them says.
    theirs = len(people) == 1
    return Request(Ask.SAID, text.written, subject, place.where, people, clauses, words_of=theirs, otherwise=courtesy)


def _without_asides(lexicon: Lexicon, text: Text) -> Text:
    """Leave out what comes before or after the subject and is neither on it nor a question: "I'm about to quit tbh".

    Its words may be rarer than those of the question, and would be found instead.
    """
    likely = Intents.load().subjects(text)
    if len(likely) < len(text.words):
        return text
    parts, begin = list[tuple[int, int, float]](), 0
    for part in divided(text, Pause.COMMA):
        end = begin + len(part.words)
        parts.append((begin, end, sum(likely[begin:end])))
        begin = end
    first, last, most = max(parts, key=lambda part: part[2], default=(0, 0, 0.0))
    kept = [part for part in parts if part[2] > most * _ASIDE or text.plain[part[0]] in lexicon.interrogative]
    surely = most >= _SURELY_ABOUT or names_something(text.part(first, last))
    return text.part(kept[0][0], kept[-1][1]) if surely else text


def _courtesy(lexicon: Lexicon, text: Text) -> Social | None:
    """Return the courtesy that a short message is; None if it asks something."""
    if (
        len(text.words) > _LONGEST_COURTESY
        or lexicon.asks.search(text.coded)
        or Intents.load().asks_what_was_said(text)
    ):
        return None
    for language in lexicon.languages:
        begin, end = bared(text, language)
        ends = {text.plain[begin], text.plain[end - 1], text.plain[0], text.plain[-1]}
        for kind, words in language.courtesies.items():
            if not ends.isdisjoint(words):
                return Social(Courtesy[kind.upper()])
    return None


def clauses_of(lexicon: Lexicon, text: Text) -> tuple[Clause, ...]:
    """Divide a text at its pauses, and a story also at words such as "so"; a single clause gives nothing.

    People bury questions in stories. The subject of the story is no part of the question.
    """
    parts = list(divided(text, Pause.COMMA))
    if len(text.words) >= STORY or lexicon.recalled.search(text.coded):
        parts = [each for part in parts for each in _jointed(lexicon, part)]
    return tuple(Clause(part.written, sum(Intents.load().subjects(part))) for part in parts) if len(parts) > 1 else ()


def _jointed(lexicon: Lexicon, text: Text) -> Iterator[Text]:
    there, begin = text.coded, 0
    cuts = {found.span() for found in lexicon.joint.finditer(there)}
    starts = (found.start() for found in lexicon.before.finditer(there))
    cuts.update((first, first) for first in starts if first and text.plain[first - 1] not in lexicon.tied)
    for cut, after in sorted(cuts):
        if begin < cut:
            yield text.part(begin, cut)
        begin = max(begin, after)
    if begin < len(text.words):
        yield text.part(begin, len(text.words))


def divided(text: Text, pause: Pause) -> Iterator[Text]:
    """Divide a text after each word with at least this pause."""
    begin = 0
    for at, word in enumerate(text.words, 1):
        if word.pause >= pause or at == len(text.words):
            yield text.part(begin, at)
            begin = at


def bared(text: Text, language: Language) -> tuple[int, int]:
    """Return the start and end of a text without the words that people put around a question."""
    begin, end = 0, len(text.words)
    while (found := language.lead.match(text.coded, begin)) and found.end() < end:
        begin = found.end()
    while found := language.tail.search(text.coded, begin + 1, end):
        end = found.start()
    return begin, end
