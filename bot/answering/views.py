"""Shows people's views on a subject: all that somebody says, what others say, and who says they love it.

The best passages on a subject by anybody are found in `finder.py`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from bot.answering import selection, sentences
from bot.answering.catalogue import Catalogue
from bot.answering.lookup import Lookup
from bot.answering.thresholds import BEARS, FOUND, MAYBE_SAID
from bot.port.messages import Fact, Found, ItemId, NotFound, Unsure
from bot.understanding.request import EVERYWHERE, Request
from bot.understanding.wants import Ask
from knowledge.cutting import ends_asking
from knowledge.search import Search

_EVERYTHING: Final = 10
"""Quotations shown if all of them are wanted; the most that an answer may have."""
_MANY: Final = 60
"""Hits that are read if the words of some people are left out."""
_OTHERS: Final = 3
"""Other people's passages that are shown at once."""


@dataclass(frozen=True, slots=True)
class Views:
    """Shows people's views in one library."""

    _catalogue: Catalogue
    _search: Search
    _lookup: Lookup

    def everything(self, request: Request) -> Fact | Found | Unsure | NotFound:
        """Show all that somebody said on a subject, best first, and nobody else's words."""
        where, name = request.where, request.person.name if request.person else ""
        labels = (name, *(request.person.labels if request.person else ()))
        scopes = [replace(where.scope, speaker=label) for label in labels]
        rankings = [
            self._search.find(request.subject, manner=request.worded.manner, scope=scope, limit=1) for scope in scopes
        ]
        ranking = max(rankings, key=lambda each: each.confidence)
        limit = _EVERYTHING + selection.MORE
        by = (self._search.said_by(str(each.speaker), request.subject, scope=each, limit=limit) for each in scopes)
        # The index finds what "Ann Lee" says by the whole name, and again by the short one.
        said = tuple(
            {each.id: each for theirs in by for each in theirs if not labels[1:] or each.speaker in labels}.values()
        )
        if not said and where.within is not None:
            return selection.elsewhere(where, self.everything(replace(request, where=EVERYWHERE)))
        if not said:
            return self._lookup.not_found(ranking, request)
        sure = ranking.confidence if ranking.hits else FOUND  # nothing but a name, such as "Go", ranks nothing
        evidence = selection.distinct(self._catalogue.evidence(each, sure) for each in said)
        best, more = selection.divided(evidence, _EVERYTHING)
        shown = selection.marked(best, selection.wanted(ranking))
        text = sentences.said_by_in(shown[0].speaker or name, (each.episode for each in shown))
        return Found(text, sure, evidence=shown, more=more, at_once=selection.EVIDENCE)

    def others(self, request: Request, known: Collection[str], seen: Collection[ItemId]) -> Found | NotFound:
        """Show a new passage by each person, except those in `known`, who says something on a subject."""
        ranking = self._search.find(
            request.subject, manner=request.worded.manner, scope=request.where.scope, limit=_MANY
        )
        said = (
            self._catalogue.evidence_of(selection.bearing(ranking, BEARS)) if ranking.confidence >= MAYBE_SAID else ()
        )
        theirs = [each for each in said if each.speaker not in known and each.id not in seen]
        firsts = {each.speaker or each.id: each for each in theirs[::-1] if not ends_asking(each.text)}
        evidence = tuple(firsts.values())[::-1]
        if not evidence:
            return NotFound(sentences.no_other_views(request.subject), ranking.confidence)
        best, more = selection.divided(evidence)
        shown = selection.marked(best, selection.wanted(ranking))
        text = sentences.others_on(request.subject, who_agrees=request.want is Ask.OTHER_VIEWS)
        return Found(text, ranking.confidence, evidence=shown, more=more, at_once=_OTHERS)

    def who_feels(self, verb: str, request: Request) -> Found | None:
        """Show where people say that they love something, or feel another way; None if nobody does."""
        said = self._search.feelings(verb, request.subject, scope=request.where.scope)
        evidence = selection.distinct(self._catalogue.evidence(each, 1.0) for each in said)
        found = selection.in_their_words(selection.marked(evidence, selection.stems_of(request.subject)))
        if found is None or not all(each.speaker for each in found.evidence):
            return found
        return replace(found, text=sentences.speak_of_it(found.evidence, "say", "so"), told=None)
