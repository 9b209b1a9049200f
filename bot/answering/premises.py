"""Checks that passages say what a question takes for granted: who did something, that it was done, and an amount.

The passages are found in `finder.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Final

from bot.answering import selection, sentences
from bot.answering.attribution import is_any_of
from bot.answering.catalogue import Catalogue
from bot.answering.thresholds import BEARS, UNSURE
from bot.port.messages import Evidence
from bot.understanding.request import Premise, Request
from knowledge.model import Passage, Quote
from knowledge.passages import sentences as sentences_in
from knowledge.search import Ranking, alike
from knowledge.search.numbers import has_amount
from knowledge.search.words import split

CLAIMED: Final = 3
"""Number of best passages, one of which has to name what the question takes for granted."""


@dataclass(frozen=True)
class Premises:
    """Checks presuppositions against one library."""

    _catalogue: Catalogue

    def checked(self, ranking: Ranking, request: Request) -> Ranking:
        """Lower the confidence if the passages lack what a question takes for granted, or a number it asks for.

        "How much did GitHub pay for GitLab" has an answer only where GitHub pays; talk about GitLab is none.
        """
        if request.premise == Premise() or not selection.is_said(ranking):
            return ranking
        best = [item for item, _ in islice(selection.bearing(ranking, BEARS), CLAIMED)]
        giving = [
            each
            for each in best
            if isinstance(each, Passage) and _gives_number(each.text, selection.wanted(ranking), request.premise)
        ]
        if giving and giving[0] is not best[0]:
            ranking = replace(ranking, hits=selection.led_by(ranking, giving).hits)
        undone = bool(request.people) and not self._tells_done(best, request)
        lacking = undone or not self._names_who(best, request) or (request.premise.amount and not giving)
        return replace(ranking, confidence=min(ranking.confidence, UNSURE)) if lacking else ranking

    def _names_who(self, said: Sequence[Quote | Passage | Evidence], request: Request) -> bool:
        """Tell whether passages name, or are spoken by, the one who did something according to the question."""
        if not request.premise.by:
            return True
        around = (f"{each.text} {each.speaker or ''} {self._title(each)}" for each in said)
        return selection.stems_of(request.premise.by) <= selection.stems_of(" ".join(around))

    def _title(self, each: Quote | Passage | Evidence) -> str:
        return (each.episode if isinstance(each, Evidence) else self._catalogue.episodes[each.episode]).title

    @staticmethod
    def _tells_done(said: Iterable[Quote | Passage | Evidence], request: Request) -> bool:
        """Tell whether passages by or about the people asked about say what the question says was done."""
        if not request.premise.done:
            return True
        names = selection.stems_of(" ".join(each.name.partition(" ")[0] for each in request.people))
        of_them = (
            each.text
            for each in said
            if not names or is_any_of(request.people, each.speaker) or names & selection.stems_of(each.text)
        )
        told = [each for each in of_them if selection.stems_of(request.premise.to) <= selection.stems_of(each)]
        return alike.tells(request.premise.done, split(" ".join(told)))

    def how_sure(self, shown: Sequence[Evidence], ranking: Ranking, request: Request) -> str:
        """Introduce evidence by what it lacks of the question, if anything."""
        if request.premise.amount and not any(
            _gives_number(each.text, selection.wanted(ranking), request.premise) for each in shown
        ):
            return sentences.NO_NUMBER
        said = self._names_who(shown, request) and (
            self._tells_done(shown, request) or _is_told(shown, ranking, request)
        )
        # A thing's doing may be put in many other words: "why did ICOs turn into a bubble".
        return sentences.MAYBE if said or not request.people else sentences.NOBODY_SAYS_SO

    def is_by_chance(self, item: Quote | Passage, ranking: Ranking) -> bool:
        """Tell whether a passage shares only a year, or the first name of the person addressed, with the question.

        Both go with anything: "Adam, how was 2018?" says nothing about why Adam left in 2018.
        """
        wanted = selection.wanted(ranking)
        if not any(map(str.isdigit, wanted)):
            return False
        there = wanted & selection.stems_of(item.text)
        telling = {stem for stem in wanted if not stem.isdigit()} - self._first_names
        return bool(there and telling) and there.isdisjoint(telling) and any(map(str.isdigit, there))

    @cached_property
    def _first_names(self) -> frozenset[str]:
        names = {name for there in self._catalogue.speakers.values() for name in there}
        return frozenset(stem for name in names for stem in selection.stems_of(name.partition(" ")[0]))


def _is_told(shown: Sequence[Evidence], ranking: Ranking, request: Request) -> bool:
    """Tell whether the first passage has all of the question except what was done, which it may say in other words.

    "My 12 months of Docker in production at a bank" says where somebody worked then.
    """
    others = selection.wanted(ranking) - selection.stems_of(request.premise.done)
    return len(others) >= CLAIMED and others <= selection.stems_of(shown[0].text)


def _gives_number(text: str, asked: Collection[str], premise: Premise) -> bool:
    """Tell whether a text on the subject has a sentence with both a number and what the question says was done."""
    if not premise.amount:
        return False
    others = set(asked) - selection.stems_of(f"{premise.done} {premise.by}")
    if 2 * len(others & selection.stems_of(text)) < len(others):
        return False
    for sentence in sentences_in(text):
        words = split(sentence)
        counts = has_amount(sentence) or not premise.amount.isdisjoint(words)
        if counts and (not premise.done or alike.tells(premise.done, words)):
            return True
    return False
