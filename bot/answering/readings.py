"""Chooses between two readings of a question by what is found: by itself, or as going on from what was talked about.

Both are read in `bot/understanding/follow_ups.py`; `answerer.py` answers them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from bot.answering.selection import stems_of, telling_stems
from bot.port.messages import Answer, Found, Unsure
from bot.understanding.conversation import Thread
from bot.understanding.request import EVERYWHERE, Closer, Request

Reply: TypeAlias = tuple[Answer, Thread]


def going_on(request: Request, closer: Closer, before: Thread, replied: Callable[[Request, Thread], Reply]) -> Reply:
    """Answer a question by itself if that is on what was just talked about, otherwise as going on from that."""
    said, thread = replied(replace(request, closer=None), before)
    there = isinstance(said, Found | Unsure) and _is_there(said, request, closer.request, before)
    if there and isinstance(said, Found):
        return said, thread
    answer, further = replied(closer.request, before)
    silent = not isinstance(said, Found)
    found = isinstance(answer, Found) and (closer.surely or silent or _is_on_both(answer, request, closer.request))
    likely = isinstance(answer, Unsure) and (closer.surely or silent) and not there
    of_others = closer.surely and closer.request.where != EVERYWHERE and not (there or request.words_of)
    if found or likely or (of_others and isinstance(said, Found | Unsure)):
        kept = further if closer.surely else thread
        of_the_show = closer.request.where.within == before.where.within
        where = before.where if of_the_show else request.where
        return answer, replace(further, where=where, subject=kept.subject, subjects=kept.subjects)
    return said, thread


def _is_there(found: Found | Unsure, request: Request, closer: Request, before: Thread) -> bool:
    """Tell whether what was found is on what a question goes on from: somebody's episodes, or the last subject."""
    person = request.person
    if not found.evidence:
        return True
    first = found.evidence[0]
    if person and not person.has_many_episodes:
        return first.episode in person.episodes
    shown = closer.where != EVERYWHERE and closer.where.has(first.episode.id)
    last = closer.about if closer.about == before.subject else ""
    return shown or not telling_stems(last).isdisjoint(stems_of(first.text))


def _is_on_both(found: Found, request: Request, closer: Request) -> bool:
    """Tell whether words that were found are on a question and on the last subject as well, if there is one."""
    subjects = [stems for subject in (request.subject, closer.about) if (stems := telling_stems(subject))]
    said = (stems_of(each.text) for each in found.evidence)
    return any(not any(map(each.isdisjoint, subjects)) for each in said)
