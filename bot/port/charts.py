"""A statement's chart as a picture: how one is got, and what it says where it can't be seen.

How it looks, and the libraries that draw it, are an adapter's business, as with the cards.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from bot.port.messages import Answer, Chart, Fact

_log = logging.getLogger(__name__)

FILE: Final = "chart.png"

DrawChart: TypeAlias = Callable[[Chart], bytes | None]
"""Draws a PNG, or returns None if the font lacks letters of it. Takes up to 100 ms, so not in an event loop.

Safe on any thread.
"""


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A PNG of a chart, and the same in words for those who can't see it."""

    title: str
    picture: bytes
    described: str


async def chart_of(answer: Answer, draw: DrawChart | None) -> DrawnChart | None:
    """Draw the chart of an answer, beside the loop; None if it has none, or it can't be drawn."""
    if draw is None or not isinstance(answer, Fact) or answer.chart is None:
        return None
    try:
        picture = await asyncio.to_thread(draw, answer.chart)
    except Exception as error:  # noqa: BLE001 - whatever breaks, the answer says the same in words
        _log.warning("A chart could not be drawn, so it is shown as text", exc_info=error)
        return None
    return None if picture is None else DrawnChart(answer.chart.title, picture, described(answer.chart))


def described(chart: Chart) -> str:
    """Say what a chart shows, with every number."""
    return f"Bar chart. {chart.title}: {'; '.join(f'{each.label}: {each.amount}' for each in chart.bars)}."


def beside_its_picture(fact: Fact) -> Fact:
    """Leave out the lines that a picture of the chart shows."""
    lines = fact.chart.lines if fact.chart else ""
    return replace(fact, text=fact.text.removesuffix(lines).rstrip("\n")) if lines else fact
