"""Tells what a show is about: how it introduces itself, and what is talked about most in it.

What an episode is about is told in `digests.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.answering import introductions
from bot.answering.catalogue import Catalogue
from bot.answering.counts import Counts
from bot.port.messages import Fact
from bot.understanding.request import Request
from bot.understanding.shows import Shows
from knowledge.model import Passage
from knowledge.search import Search, introducing

_LISTED: Final = 10


@dataclass(frozen=True, slots=True)
class Portraits:
    """What the shows of one library are about."""

    _catalogue: Catalogue
    _shows: Shows
    _search: Search
    _counts: Counts

    def of_show(self, request: Request) -> Fact | None:
        """Tell what the show that is named is about; None where a part of it is, or where nothing tells."""
        where = request.where
        if where.show is None or where.episode or where.season is not None or where.year is not None:
            return None
        own = self._own_words(where.show, request)
        quoted = introductions.in_words(self._catalogue.evidence(own, 1.0, after_others=True)) if own else ""
        talked = self._counts.talked_about(request)
        if not (quoted or talked):
            return None
        text = " ".join(filter(None, (quoted, talked.text if talked else "")))
        return replace(talked, text=text) if talked else Fact(text, self._shows.episodes_of(where.show)[:_LISTED])

    def _own_words(self, show: str, request: Request) -> Passage | None:
        """Find the sentence by which a show says most often what it is."""
        said = self._search.said_early(show, introducing.BEGINNING, scope=request.where.scope)
        return introducing.of_show(show, map(self._catalogue.credited, said))
