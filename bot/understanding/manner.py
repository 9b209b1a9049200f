"""Reads how a question is asked, apart from its subject: for a number, about the asker's own affairs, as a statement.

What it asks for is decided in `meaning.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.understanding.coding import coded
from bot.understanding.request import Request
from bot.understanding.sentences import lexicon
from bot.understanding.text import Text
from knowledge.cutting import ends_asking
from knowledge.search.question import Manner
from knowledge.search.words import joining, split

_BESIDE: Final = re.compile(r" (?:or|and) |,")
"""Comes between the name of a thing and what is beside it."""
_ARTICLE: Final = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)


def noted(request: Request) -> Request:
    """Note in a request how it and its clauses are asked, what it states, and which thing it names."""
    clauses = tuple([replace(each, manner=manner(each.text)) for each in request.clauses])
    clause = max(clauses, key=lambda each: each.about, default=None)
    return replace(
        request,
        clauses=clauses,
        manner=manner(request.subject or request.text),
        stated=_statement(clause.text if clause else request.subject),
        thing=_thing(request.guest_from or request.subject),
    )


def manner(text: str) -> Manner:
    """Tell how a question is asked."""
    words, asks = split(text), lexicon()
    counts = [found.end() for found in asks.counted.finditer(coded(words))]
    counted = (word.partition("'")[0] for at in counts for word in words[at : at + 1])
    return Manner(bool(counts), tuple(word for word in counted if word not in joining()), is_personal(text))


def is_personal(text: str) -> bool:
    """Tell whether a question is about the asker's own affairs: "when does my flight leave"."""
    asks = lexicon()
    there = asks.addressing.sub("", coded(split(text)))
    return bool(asks.own.search(there)) and not (asks.advising.search(there) or asks.advice.search(there))


def is_question(text: str) -> bool:
    """Tell whether words are a question by themselves: "is Go dead", "why is Go dead"."""
    first = next(iter(split(text)), "").replace("n't", "nt")
    return ends_asking(text) or first in lexicon().interrogative | lexicon().opening


def _statement(text: str) -> str:
    """Leave out what makes a statement a question: "Ann drop out of college" for "did Ann drop out of college"."""
    asked = Text.of(text)
    found = lexicon().stated.search(asked.coded)
    return asked.without(*found.span()).written if found else text


def _thing(subject: str) -> str:
    """Leave out what is beside the name of a thing: "the Redis database or others"."""
    return _ARTICLE.sub("", _BESIDE.split(subject)[0].strip(" ?!."))
