"""What every platform says alike: said once, here, so that it can be read aloud and judged together.

Plain words without markup. What an answer itself says is worded in `bot/answering`; what only one platform has to
say, its adapter says.
"""

from __future__ import annotations

__all__ = ["sorry"]


def sorry(reference: str) -> str:
    """Apologise for a failure, with the reference it is logged under."""
    return f"Sorry, something went wrong on my side. Please try again, and if it keeps happening, report {reference}."
