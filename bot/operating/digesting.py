"""Writes the weekly digest of a server or workspace: what people asked there, and what was not answered.

`report/` compiles and words it. It never quotes what people wrote in other servers. Questions that not everybody in the
server or workspace could read are only counted.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.operating.report.lines import digest
from bot.operating.report.values import compiled
from bot.port.logbook import AskedIn, Logbook, Records
from bot.port.posting import WeeklyQuestions
from knowledge.search.meaning import Meanings

_WEEK = 7


async def digest_of(logbook: Logbook, whole: str) -> WeeklyQuestions | None:
    """Write the digest of the last week in a place such as `discord/123`; None if nothing was asked.

    Raises:
        StateAwayError: the logbook can't be read at the moment.
    """
    platform, _, server = whole.partition("/")
    records = await logbook.read(_WEEK, AskedIn(platform, server))
    # On a thread, because grouping questions takes up to two seconds, and people are waiting for answers.
    return await asyncio.to_thread(_digest, records)


def in_the_open(records: Records) -> Records:
    """Remove the questions that not everybody there could read."""
    return replace(records, missed=tuple(each for each in records.missed if each.place.channel))


def _digest(records: Records) -> WeeklyQuestions | None:
    if not (records.questions or records.missed or records.votes):
        return None
    report = compiled(in_the_open(records), Meanings.load())
    return WeeklyQuestions(digest(report), gaps=bool(report.gaps))
