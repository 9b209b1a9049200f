"""One piece of evidence, found again by the id that a button carries."""

from __future__ import annotations

from bot.port.messages import Assistant, Evidence, Found, ItemId


async def piece_of(assistant: Assistant, item: ItemId) -> Evidence | None:
    """Open the words that an id names; None where they are no longer in the library."""
    opened = await assistant.open(item)
    pieces = opened.evidence if isinstance(opened, Found) else ()
    return next((each for each in pieces if each.id == item), None)
