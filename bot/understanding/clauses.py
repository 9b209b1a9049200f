"""Reads what fits no sentence: the clauses of a text, of which one may ask, and courtesies in nobody's words.

What fits a sentence is read in `matching.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.understanding.intents import Intents
from bot.understanding.names import EPISODE, SEASON, YEARS, Place
from bot.understanding.request import EVERYWHERE, Clause, Request, Somebody
from bot.understanding.sentences import Language, Lexicon
from bot.understanding.slots import without_speakers
from bot.understanding.text import Pause, Text
from bot.understanding.wants import Ask, Courtesy, Social

STORY: Final = 16
"""Words from which a sentence is a story: what it asks is somewhere in it."""
_MESSAGE: Final = 10
"""Words of the longest message that is taken for a courtesy by a word in it."""


def anything(lexicon: Lexicon, text: Text, kept: Text, place: Place) -> Request:
    """Read what fits no sentence, with the words that limit it and without: what was said about all of it."""
    if place.named and place.named.bare:
        place, names = Place(EVERYWHERE), frozenset({SEASON, YEARS})
    else:
        names = frozenset({EPISODE, SEASON, YEARS})
    if place.unclear and place.unclear.number is not None:
        return Request(place.unclear, text.written)
    words = tuple(word for word in kept.words if word.plain not in names)
    people = tuple(word.named for word in words if isinstance(word.named, Somebody))
    rest = without_speakers(replace(kept, words=words))
    clauses = clauses_of(lexicon, rest)
    courtesy = _courtesy(lexicon, text) if len(kept.words) == len(text.words) else None
    subject = rest.written or kept.written
    return Request(
        Ask.SAID, text.written, subject, place.where, people, clauses, words_of=bool(people), otherwise=courtesy
    )


def _courtesy(lexicon: Lexicon, text: Text) -> Social | None:
    """Tell what a short message is that asks for nothing."""
    if len(text.words) > _MESSAGE or lexicon.asks.search(text.coded) or Intents.load().asks_what_was_said(text):
        return None
    for language in lexicon.languages:
        begin, end = bared(text, language)
        ends = {text.plain[begin], text.plain[end - 1], text.plain[0], text.plain[-1]}
        for kind, words in language.courtesies.items():
            if not ends.isdisjoint(words):
                return Social(Courtesy[kind.upper()])
    return None


def clauses_of(lexicon: Lexicon, text: Text) -> tuple[Clause, ...]:
    """Divide a text where it pauses, and a story where it goes on as well; a text of one clause has none.

    People bury a question in a story. What the story is about is no part of the question.
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
    """Divide a text after the words at which it pauses so long or longer."""
    begin = 0
    for at, word in enumerate(text.words, 1):
        if word.pause >= pause or at == len(text.words):
            yield text.part(begin, at)
            begin = at


def bared(text: Text, language: Language) -> tuple[int, int]:
    """Return where a text begins and ends without what is said around a question."""
    begin, end = 0, len(text.words)
    while (found := language.lead.match(text.coded, begin)) and found.end() < end:
        begin = found.end()
    while found := language.tail.search(text.coded, begin + 1, end):
        end = found.start()
    return begin, end
