"""Shows the closest to words that nobody said, or that the people asked about didn't say.

How close it is, is judged in `nearness.py` and worded in `verdicts.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.answering import verdicts
from bot.answering.catalogue import Catalogue
from bot.answering.nearness import Statement
from bot.port.messages import Difference, Evidence, QuoteCheck, Topic, Verdict
from bot.understanding.request import Where
from knowledge.cutting import ends_asking, sentences_begin
from knowledge.model import Passage, Scope
from knowledge.search import Alignment, Search
from knowledge.search.parts import part, passage_of
from knowledge.search.quotations import refers_back

_TOPICS: Final = 10


class Unsaid:
    """Answers about words that were not said in one library."""

    def __init__(self, catalogue: Catalogue, search: Search) -> None:
        self._catalogue = catalogue
        self._search = search

    def by_anybody(
        self,
        said: str,
        where: Where,
        people: Sequence[str],
        nearest: Alignment | None,
        instead: Difference | None,
        *,
        theirs: bool,
    ) -> QuoteCheck:
        """Say that words were not said, and show the nearest, if it is worth showing.

        `instead` is the word that makes the nearest another statement; `theirs` tells whether the nearest is by the
        people asked about, or nobody is asked about.
        """
        statement = self.statement(said)
        near = nearest and (statement.is_like(nearest) if theirs else statement.is_told_in(nearest.words))
        shown = nearest if near else None
        evidence = (self._catalogue.evidence_at(shown),) if shown else ()
        if shown and theirs and (other := statement.other_number(shown.item.text)):
            return _with_another_number(said, people, evidence, other)
        searched = self._catalogue.searched(where.episode)
        quoting = shown is not None and statement.is_quoted_in(shown.item.text)
        another_speaker = None if theirs or not evidence else evidence[0].speaker
        told = verdicts.nearest_by(another_speaker, instead, quoting=quoting)
        return QuoteCheck(
            verdicts.not_said(searched, evidence),
            1.0,
            Verdict.NOT_FOUND,
            said,
            evidence=evidence,
            differences=(instead,) if instead and evidence else (),
            suggestions=self._suggestions(said, where),
            people=tuple(people),
            told=told if evidence and searched.spoken else None,
            heard=searched.spoken,
        )

    def by_them(self, check: QuoteCheck, theirs: Iterable[Evidence], most: int) -> QuoteCheck | None:
        """Say that the people asked about didn't say some words, and show what they said on it; None if nothing."""
        statement = self.statement(check.asked)
        whole = [each for each in (self._going_on(each, statement) for each in theirs) if statement.is_on_it(each.text)]
        # A question states nothing, so it comes last.
        whole.sort(key=lambda each: (statement.worth(each.text), not ends_asking(each.text)), reverse=True)
        on_it = list({passage_of(each.id) or each.id: each for each in reversed(whole)}.values())[::-1]
        if not on_it:
            return None
        nearest = on_it[0].text
        if other := statement.other_number(nearest):
            return _with_another_number(check.asked, check.people, on_it[:most], other)
        told = verdicts.nearest_by(None, quoting=statement.is_quoted_in(nearest))
        return replace(
            check,
            text=verdicts.not_said_by(check.people, told),
            verdict=Verdict.NOT_FOUND,
            evidence=tuple(on_it[:most]),
            differences=(),
            said_by=(),
            told=told,
        )

    def statement(self, words: str) -> Statement:
        """Return words as a statement."""
        return Statement(words, self._search.told_in)

    def _going_on(self, evidence: Evidence, statement: Statement) -> Evidence:
        """Add what the same person says right before or after, if both together say more of the statement."""
        passage = self._search.get(passage_of(evidence.id) or evidence.id)
        if not isinstance(passage, Passage):
            return evidence
        joined = list(self._search.onward(passage))
        best = max(joined, key=lambda each: statement.worth(each.text), default=passage)
        if statement.gains(evidence.text, best.text):
            told = statement.trimmed(best.text)
            return self._shown(best, best.text.index(told), told, evidence.confidence)
        earlier = next((each for each in joined if each.number < passage.number), None)
        begins = passage.text.startswith(statement.trimmed(passage.text))
        if earlier is None or not (begins and refers_back(statement.words)):
            return evidence
        # In "I think that is unacceptable", "that" is said right before.
        last = sentences_begin(earlier.text, len(earlier.text) - len(passage.text) - 1)[-1]
        return self._shown(earlier, last, earlier.text[last:], evidence.confidence)

    def _shown(self, joined: Passage, begin: int, text: str, confidence: float) -> Evidence:
        """Show two joined passages from a position on, or both if the position is in the second."""
        first = self._search.get(joined.id)
        if not isinstance(first, Passage):
            return self._catalogue.evidence(joined, confidence)
        words = part(first, begin, text) if begin < len(first.text) else part(first, 0, joined.text)
        return self._catalogue.evidence(words, confidence)

    def _suggestions(self, said: str, where: Where) -> tuple[Topic, ...]:
        near = self._search.find(said, scope=Scope(where.episode), kinds=(Topic,), limit=_TOPICS)
        topics = [hit.item for hit in near.hits if isinstance(hit.item, Topic)]
        return self._catalogue.to_ask_instead(topics, where.episode)


def _with_another_number(
    asked: str, people: Sequence[str], nearest: Sequence[Evidence], difference: Difference
) -> QuoteCheck:
    return verdicts.checked(asked, Verdict.OTHER_NUMBER, people, nearest, (), (difference,), few=False, quoted=False)
