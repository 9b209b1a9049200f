"""Reads how a question is worded: whether it asks for a number, about the asker's own affairs, what it states.

What it asks for is decided in `meaning.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.understanding.coding import coded
from bot.understanding.request import Request, Worded
from bot.understanding.sentences import lexicon
from knowledge import lists
from knowledge.cutting import ends_asking
from knowledge.search.index.stemming import stems
from knowledge.search.question import Manner
from knowledge.search.words import carries, joining, spans, split

_SAME: Final = 2
"""Minimum number of words of a question that somebody in an episode asked word for word."""
_BESIDE: Final = re.compile(r" (?:or|and) |,")
"""Comes between the name of a thing and what is beside it."""
_ARTICLE: Final = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)


def noted(request: Request) -> Request:
    """Note in a request how it and its clauses are worded."""
    clauses = tuple([replace(each, manner=manner(each.text)) for each in request.clauses])
    clause = max(clauses, key=lambda each: each.about, default=None)
    asked = manner(request.subject or request.text)
    # "Advice for a junior" and "I'm a junior, any tips?" ask for advice, and neither word is part of the subject.
    advice = asked.advice or _seeks_advice(coded(split(request.text)))
    worded = Worded(
        replace(asked, advice=advice),
        _statement(clause.text if clause else request.subject),
        _thing(request.guest_from or request.subject),
        _made(request.text),
        _is_alone(request),
    )
    return replace(request, clauses=clauses, worded=worded)


def manner(text: str) -> Manner:
    """Tell how a question is asked."""
    words, asks = split(text), lexicon()
    ends = [found.end() for found in asks.counted.finditer(coded(words))]
    counted = (word.partition("'")[0] for end in ends for word in words[end : end + 1])
    rest = asks.addressing.sub("", coded(words))
    elsewhere = _seeks_advice(rest) or asks.reporting.search(rest)
    personal = bool(asks.own.search(rest)) and not elsewhere
    nouns = tuple(word for word in counted if word not in joining())
    return Manner(bool(ends), nouns, personal, _seeks_advice(coded(words)))


def _seeks_advice(there: str) -> bool:
    return bool(lexicon().advising.search(there) or lexicon().advice.search(there))


def is_question(text: str) -> bool:
    """Tell whether words are a question by themselves: "is Go dead", "why is Go dead"."""
    first = next(iter(split(text)), "").replace("n't", "nt")
    return ends_asking(text) or first in lexicon().interrogative | lexicon().opening


def _statement(text: str) -> str:
    """Leave out what makes a statement a question: "Ann drop out of college" for "did Ann drop out of college"."""
    words = spans(text)
    found = lexicon().stated.search(coded(word for word, _, _ in words))
    if found is None:
        return text
    begin, end = found.span()
    return text[: words[begin][1]] + (text[words[end][1] :] if end < len(words) else "")


def _thing(subject: str) -> str:
    """Leave out what is beside the name of a thing: "the Redis database or others"."""
    return _ARTICLE.sub("", _BESIDE.split(subject)[0].strip(" ?!."))


def _made(text: str) -> str:
    """Return a question's verb for "made": "wrote" for "the author of it" and "who was it written by"."""
    making = lists.kinds(__file__, "making.txt").items()
    return next((verb for word in split(text) for verb, forms in making if word in forms), "made")


def _is_alone(request: Request) -> bool:
    """Tell whether a question of several words has its subject in them, unlike "how does it work"."""
    words = split(request.text)
    telling = len(words) >= _SAME and any(map(carries, words))
    return telling and set(stems(request.subject)) <= set(stems(request.text))
