"""`/overheard fill`: the managers of a workspace answer questions that the bot could not, in a dialogue.

`bot/port/gaps.py` lists the questions and writes the answers; nothing is decided here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.port import gaps
from bot.port.errors import StateAwayError
from bot.port.gaps import Filling, Gaps
from bot.port.messages import EpisodeId

from . import blocks as b
from .destinations import Destination
from .incoming import Form, Source
from .outbox import Outbox
from .places import whole_of
from .render import Message, notice
from .settings import NOT_ALLOWED, NOT_KNOWN, TOO_LATE
from .views import View, form_dialogue

FILL_DIALOGUE: Final = "fill_dialogue"
COMMAND: Final = "/overheard fill"
_MISSED, _QUESTION, _EPISODE, _AT, _TOPIC = "missed", "fill_question", "fill_episode", "at", "topic"
FIELDS: Final = frozenset({_MISSED, _QUESTION, _EPISODE, _AT, _TOPIC})
"""The dialogue's fields, read when it is submitted."""

_LISTED_WITHIN: Final = 1.0
"""Time limit in seconds for listing the questions: Slack allows three to open a dialogue."""
_SHORT: Final = 100


@dataclass(frozen=True, slots=True)
class Fill:
    """Takes what answers a question in one workspace."""

    _gaps: Gaps
    _outbox: Outbox

    async def open(self, source: Source, to: Destination) -> None:
        """Open the dialogue; or say why nothing can be filled in."""
        refusal = await self._refusal(source)
        if refusal is not None or source.trigger is None:
            await self._outbox.whisper(notice(refusal or TOO_LATE), to)
            return
        dialogue = fill_dialogue(await self._asked(source))
        await self._outbox.open(dialogue, source, notice(TOO_LATE))

    async def save(self, sent: Form) -> Message:
        """Write down the answer, and say what answers the question now."""
        if (refusal := await self._refusal(sent.source)) is not None:
            return notice(refusal)
        picked = {name: sent.picked.get(name, "").strip() for name in FIELDS}
        filling = Filling(
            picked[_QUESTION] or picked[_MISSED], EpisodeId(picked[_EPISODE]), picked[_AT], picked[_TOPIC]
        )
        return notice(await self._gaps.fill(whole_of(sent.source.team), filling))

    async def _refusal(self, source: Source) -> str | None:
        if (manages := await self._outbox.manages(source.user)) is not True:
            return NOT_KNOWN if manages is None else NOT_ALLOWED
        return self._gaps.refusal(whole_of(source.team))

    async def _asked(self, source: Source) -> Sequence[str]:
        try:
            async with asyncio.timeout(_LISTED_WITHIN):
                return await self._gaps.asked(whole_of(source.team))
        except (StateAwayError, TimeoutError):
            return ()


def fill_dialogue(asked: Sequence[str]) -> View:
    """Draw the dialogue: a listed or typed question, an episode, and a time or a topic in it."""
    options = [b.option(words, words) for words in asked if b.fits(words, b.OPTION_VALUE)][: b.OPTIONS]
    listed = b.static_select("What I couldn't answer", _MISSED, options)
    typed = b.text_input(_QUESTION, "What people ask", longest=gaps.LONGEST)
    at, topic = b.text_input(_AT, "12:30", longest=_SHORT), b.text_input(_TOPIC, "Its title", longest=gaps.LONGEST)
    others = (("When it is said there", _AT, at), ("Or the topic of that episode that answers it", _TOPIC, topic))
    fields = [
        *([b.input_block("What was asked", _MISSED, listed, optional=True)] if options else []),
        b.input_block("Or in other words" if options else "What was asked", _QUESTION, typed, optional=bool(options)),
        b.input_block("The episode that answers it", _EPISODE, b.external_select("Find an episode", _EPISODE)),
        *(b.input_block(label, name, element, optional=True) for label, name, element in others),
    ]
    return form_dialogue(FILL_DIALOGUE, gaps.TITLE, "Answer", fields)
