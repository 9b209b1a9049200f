"""Tells whether what was found says what a question takes for granted: an amount, who did something, that it was done.

What is found is looked up in `lookup.py`.
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
from bot.understanding.request import Request
from knowledge.model import Passage, Quote
from knowledge.passages import sentences as sentences_in
from knowledge.search import Ranking, alike
from knowledge.search.numbers import has_amount
from knowledge.search.words import split

CLAIMED: Final = 3
"""Stretches of talk, the best, in which what a question says to have happened has to be named."""


@dataclass(frozen=True)
class Premises:
    """What questions to one library take for granted."""

    _catalogue: Catalogue

    def checked(self, ranking: Ranking, request: Request) -> Ranking:
        """Be unsure of words that lack what a question says to have happened, or a number where one is asked for.

        "How much did GitHub pay for GitLab" has an answer only where GitHub pays: talk of GitLab is none.
        """
        if not (request.done_by or request.done or request.amount) or not selection.is_said(ranking):
            return ranking
        best = [item for item, _ in islice(selection.bearing(ranking, BEARS), CLAIMED)]
        giving = [
            each
            for each in best
            if isinstance(each, Passage) and _gives_number(each.text, selection.wanted(ranking), request)
        ]
        if giving and giving[0] is not best[0]:
            ranking = replace(ranking, hits=selection.led_by(ranking, giving).hits)
        undone = bool(request.people) and not self._tells_done(best, request)
        lacking = undone or not self._names_who(best, request) or (request.amount and not giving)
        return replace(ranking, confidence=min(ranking.confidence, UNSURE)) if lacking else ranking

    def _names_who(self, said: Sequence[Quote | Passage | Evidence], request: Request) -> bool:
        """Tell whether some words name who is said to have done something, or are theirs."""
        if not request.done_by:
            return True
        around = (f"{each.text} {each.speaker or ''} {self._title(each)}" for each in said)
        return selection.stems_of(request.done_by) <= selection.stems_of(" ".join(around))

    def _title(self, each: Quote | Passage | Evidence) -> str:
        return (each.episode if isinstance(each, Evidence) else self._catalogue.episodes[each.episode]).title

    @staticmethod
    def _tells_done(said: Iterable[Quote | Passage | Evidence], request: Request) -> bool:
        """Tell whether some words say what is said to have been done, of somebody who speaks by them or of them."""
        if not request.done:
            return True
        names = selection.stems_of(" ".join(each.name.partition(" ")[0] for each in request.people))
        of_them = (
            each.text
            for each in said
            if not names or is_any_of(request.people, each.speaker) or names & selection.stems_of(each.text)
        )
        told = [each for each in of_them if selection.stems_of(request.done_to) <= selection.stems_of(each)]
        return alike.tells(request.done, split(" ".join(told)))

    def how_sure(self, shown: Sequence[Evidence], ranking: Ranking, request: Request) -> str:
        """Say what some words lack of what was asked, if they do."""
        if request.amount and not any(_gives_number(each.text, selection.wanted(ranking), request) for each in shown):
            return sentences.NO_NUMBER
        said = self._names_who(shown, request) and (
            self._tells_done(shown, request) or _is_told(shown, ranking, request)
        )
        # What a thing did is put in so many words that theirs may be others: "why did ICOs turn into a bubble".
        return sentences.MAYBE if said or not request.people else sentences.NOBODY_SAYS_SO

    def is_by_chance(self, item: Quote | Passage, ranking: Ranking) -> bool:
        """Tell whether words have of what was asked only a year, or whom they speak to by name: both go with anything.

        "Adam, how was 2018?" says nothing on why Adam left in 2018.
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
    """Tell whether the first words have all that is asked but for what was done: where else it may be told.

    Who speaks of "my 12 months of Docker in production at a bank" says where they worked then.
    """
    others = selection.wanted(ranking) - selection.stems_of(request.done)
    return len(others) >= CLAIMED and others <= selection.stems_of(shown[0].text)


def _gives_number(text: str, asked: Collection[str], request: Request) -> bool:
    """Tell whether words on what is asked have a sentence with a number and what is said to have been done."""
    if not request.amount:
        return False
    others = set(asked) - selection.stems_of(f"{request.done} {request.done_by}")
    if 2 * len(others & selection.stems_of(text)) < len(others):
        return False
    for sentence in sentences_in(text):
        words = split(sentence)
        counts = has_amount(sentence) or not request.amount.isdisjoint(words)
        if counts and (not request.done or alike.tells(request.done, words)):
            return True
    return False
