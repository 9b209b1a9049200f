"""Who said it: a real quote and four names, made of what an assistant can be asked anyway.

Platforms only draw it. Nothing is kept: the quote's id says who is right, whenever somebody presses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from bot.port.messages import ALL, Assistant, Completion, ConversationId, Evidence, Found, ItemId, QuoteFilter, Scope
from bot.port.opened import piece_of

NAMES: Final = 4
_TRIES: Final = 12
"""Speakers of whom a quote is looked for; not everybody has said something that is worth quoting."""

WHO_SAID_IT: Final = "Who said it?"
REVEAL: Final = "Reveal"
TOO_FEW_NAMES: Final = f"That takes at least {NAMES} people whose names I know, and I don't have that many here yet."


@dataclass(frozen=True, slots=True)
class Riddle:
    """A quote, and the names of whom it may be by.

    Attributes:
        quote: its speaker is the right one.
        names: four, in any order, the speaker's among them.
    """

    quote: Evidence
    names: tuple[str, ...]


async def riddle(
    assistant: Assistant, place: ConversationId | None, random: Random, show: str | None = None
) -> Riddle | None:
    """Make a riddle that was not set in this place yet; None where fewer than four people are known by name.

    Everybody is as likely to be quoted, and to be one of the other three, however much they speak. Of a show that is
    named, all of it is.
    """
    scope = Scope(show=show)
    known = {choice.label for choice in await assistant.complete(Completion.SPEAKER, "", ALL, scope)}
    if len(known) < NAMES:
        return None
    within = frozenset(each.id for each in await assistant.episodes(limit=ALL, scope=scope)) if show else None
    speakers = sorted(known)
    for speaker in random.sample(speakers, min(_TRIES, len(speakers))):
        drawn = await assistant.random_quote(QuoteFilter(scope=Scope(None, within, speaker), conversation=place))
        quote = drawn.evidence[0] if isinstance(drawn, Found) and drawn.evidence else None
        if quote is None or quote.speaker not in known or quote.aloud or _gives_away(quote):
            continue
        others = random.sample([name for name in speakers if name != quote.speaker], NAMES - 1)
        names = [quote.speaker, *others]
        random.shuffle(names)
        return Riddle(quote, tuple(names))
    return None


async def revealed(assistant: Assistant, quote: ItemId) -> Found | None:
    """Tell who said the quote of a riddle; None where it is gone."""
    said = await piece_of(assistant, quote)
    return Found(f"It was {said.speaker}.", 1.0, evidence=(said,)) if said is not None and said.speaker else None


async def judged(assistant: Assistant, quote: ItemId, guessed: str, shown: Callable[[str], str] = str) -> Found | None:
    """Say whether a guess is right, the same way; `shown` writes a name as it was offered."""
    told = await revealed(assistant, quote)
    if told is None:
        return None
    speaker = told.evidence[0].speaker or ""
    right = guessed == shown(speaker)
    return replace(told, text=f"Right, it was {speaker}!" if right else f"No, it wasn't {guessed}: it was {speaker}.")


def _gives_away(quote: Evidence) -> bool:
    """Whether the words themselves name who said them."""
    words = quote.text.casefold()
    return any(name in words for name in (quote.speaker or "").casefold().split() if len(name) > 2)
