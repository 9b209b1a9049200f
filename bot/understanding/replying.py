"""Applies a reply to the message it replies to: whether its words were said, by whom, or what else was said on them.

The reply is read like any other question (`reader.py`). Here, requests such as "is that true?" are pointed at the
message. Adapters find the message.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.understanding.conversation import Thread
from bot.understanding.request import Request
from bot.understanding.text import Text
from bot.understanding.wants import Ask, CheckQuote, Courtesy, Social, WhoSaid


def thread_on(words: str) -> Thread:
    """Start a conversation with somebody else's message."""
    return Thread(subject=words, checked=words)


def pointed(requests: Sequence[Request], words: str, *, asks: bool) -> Iterator[Request]:
    """Point requests at a message, and drop those that ask for nothing beyond it.

    `asks` is whether the reply has a question mark: without one, "true" is a courtesy.
    """
    for request in requests:
        match request.want:
            case Ask.ABOUT_THAT | Ask.MORE | Social(Courtesy.NOTHING):
                pass
            case Ask.DOUBT | CheckQuote(None):
                yield replace(request, want=_check(words))
            case Social(Courtesy.PRAISE) if asks:
                yield replace(request, want=_check(words))
            case WhoSaid(None):
                yield replace(request, want=WhoSaid(words), subject=words)
            case _:
                yield request


def _check(words: str) -> CheckQuote:
    quoted = Text.of(words).quoted
    return CheckQuote(quoted or words, bool(quoted))
