"""What a reply to somebody else's words asks: whether they were said, by whom, or what there is on them.

A question is read like any other (`reader.py`); here only what points elsewhere ("is that true?") is put to the words
that are replied to. Whose words those are, and how they are come by, is the adapters' business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.understanding.conversation import Thread
from bot.understanding.request import Request
from bot.understanding.text import Text
from bot.understanding.wants import Ask, CheckQuote, Courtesy, Social, WhoSaid


def thread_on(words: str) -> Thread:
    """Begin a conversation with words that somebody else wrote."""
    return Thread(subject=words, checked=words)


def pointed(requests: Sequence[Request], words: str, *, asks: bool) -> Iterator[Request]:
    """Put requests to the words that they point to; leave out those that ask about nothing else.

    `asks` is whether there is a question mark: without one, "true" is a courtesy.
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
    quoted = max((str(word.named) for word in Text.of(words).words if word.named), key=len, default="")
    return CheckQuote(quoted or words, bool(quoted))
