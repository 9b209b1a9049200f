"""Sentences that ask for nothing in the library: greetings, thanks, questions about the bot, chores.

How the bot replies to them is decided when answering.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.understanding.handlers.context import Handler, Sentence
from bot.understanding.request import Request
from bot.understanding.wants import Ask, Courtesy, Social
from knowledge.search.words import carries

_COURTESIES: Final[Mapping[str, Courtesy]] = {
    each.name.lower(): each for each in Courtesy if each is not Courtesy.NOTHING
}


def _courtesy(sentence: Sentence) -> Request | None:
    """Say something to the bot; None if it is rather a question about somebody or about the last subject."""
    courtesy, words, context = _COURTESIES[sentence.name], sentence.slots.plain, sentence.context
    lexicon, before = context.lexicon, context.before
    joined = words[0] in lexicon.joints and len(words) > 1 and carries(words[-1])
    if courtesy is Courtesy.PRAISE and joined and before.subject:
        return None  # "and testing?" after a question on a subject
    if not (lexicon.interrogative.isdisjoint(words) or lexicon.he.isdisjoint(words)):
        return None  # "is he ok now"
    of_it = bool(before.subject) and before.begun and not lexicon.it.isdisjoint(words)
    if courtesy in {Courtesy.HELP, Courtesy.PROGRAM} and of_it:
        return None  # "how does it work" is about what was asked before
    return replace(sentence.base, want=Social(courtesy))


def _chore(sentence: Sentence) -> Request:
    return Request(Ask.CHORE, sentence.base.text)


SENTENCES: Final[Mapping[str, Handler]] = {**dict.fromkeys(_COURTESIES, _courtesy), "chore": _chore}
"""Sentences that ask for nothing in the library, each with its handler."""
