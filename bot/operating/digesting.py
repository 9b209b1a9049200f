"""Writes the weekly digest of a server or a workspace: what people asked there, and what they asked in vain.

How a report is made and worded is in `report/`. What people of other servers wrote is never in it. What was asked where
not everybody could read it is counted, and not quoted.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.operating.report.lines import digest
from bot.operating.report.values import compiled
from bot.port.logbook import Logbook, Place, Records
from bot.port.posting import Digest
from knowledge.search.meaning import Meanings

_WEEK = 7


async def digest_of(logbook: Logbook, whole: str) -> Digest | None:
    """Write the digest of the last week, `whole` being the platform, a slash and the id; None where nothing was asked.

    Raises:
        StateAwayError: it can't be read at the moment.
    """
    platform, _, server = whole.partition("/")
    records = await logbook.read(_WEEK, Place(platform, server))
    # Questions are grouped on a thread: that takes up to two seconds, and people are waiting for answers.
    return await asyncio.to_thread(_written, records)


def in_the_open(records: Records) -> Records:
    """Leave out what was asked where not everybody could read it."""
    return replace(records, missed=tuple(each for each in records.missed if each.place.channel))


def _written(records: Records) -> Digest | None:
    if not (records.questions or records.missed or records.votes):
        return None
    report = compiled(in_the_open(records), Meanings.load())
    return Digest(digest(report), gaps=bool(report.gaps))
