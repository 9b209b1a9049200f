"""Finds where words were said by their wording: word for word or nearly so, and where a name is mentioned.

Answers to a question, in whatever words, are found in `search.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from heapq import nlargest
from itertools import chain, pairwise
from operator import attrgetter, itemgetter
from typing import Final

from knowledge.cutting import ends_asking
from knowledge.model import EVERYWHERE, Item, Passage, Quote, Scope, Topic
from knowledge.search import quotations
from knowledge.search.base import SearchBase, is_by
from knowledge.search.index.fulltext import ROOM, TextIndex, TextMatch
from knowledge.search.index.stemming import stems
from knowledge.search.mentions import Mentions, Name
from knowledge.search.quotations import Alignment, Quotation
from knowledge.search.words import reported_as, split, whole_words

_ALIGNED: Final = 20
"""Maximum number of quotes and of passages to align with a half-remembered quotation."""
_SOUGHT: Final = 10
"""Number of words of a quotation that are looked up, the rarest: common ones cost most and find nothing."""
_SKIMMED: Final = 100
"""Stretches skimmed for passages worth aligning."""
PLACES: Final = 500
"""Maximum number of places read, for very common words."""
_MOSTLY_SPEAKERS: Final = 500
"""Number of stretches with a name above which most have it only as their speaker's, so we check before reading."""
_READ_ASKED: Final = 50
"""Maximum number of places read where a question may have been asked."""
_READ_CAPITALS: Final = 40
"""Maximum number of stretches read to see whether a word has a capital."""
_READ: Final = 3
"""Number of best alignments that we extend into neighbouring passages."""
_ONWARD: Final = 0.1
"""How much more similar two passages together have to be than the best one alone."""


class Wording(SearchBase):
    """Finds words in a library."""

    def quotation(self, words: str, *, scope: Scope) -> tuple[Alignment, ...]:
        """Find where half-remembered words were really said: exact matches first, then the most similar."""
        return self.resembling(words, self.verbatim(words, scope=scope), scope=scope)

    def resembling(self, words: str, exact: Sequence[Alignment], *, scope: Scope) -> tuple[Alignment, ...]:
        """Return what `quotation` returns, given what `verbatim` found in the same scope.

        Words that run on into the same speaker's next passage are found in both together, under the id of the first.
        """
        laid = self._laying(words)
        seen = {match.item.id for match in exact}
        alike = (match for item in self._likely(words, scope) if item.id not in seen and (match := laid(item)))
        found = sorted((*exact, *alike), key=quotations.likeness, reverse=True)
        if not found or found[0].exact:
            return tuple(found)
        onward = filter(None, (laid(item) for match in found[:_READ] for item in self.onward(match.item)))
        longer = (match for match in onward if match.exact or match.similarity > found[0].similarity + _ONWARD)
        return tuple(sorted((*found, *longer), key=quotations.likeness, reverse=True))

    def verbatim(self, words: str, *, scope: Scope) -> tuple[Alignment, ...]:
        """Find all places with exactly these words in one passage; very common words are found in some places only.

        Places where a negation right before them was left out are included, but not exact.
        """
        noted = map(self._item, self._notes.phrased(stems(words), scope, PLACES))
        spoken = self._spoken.passages(self._spoken.phrased(stems(words), scope, PLACES))
        items = self._theirs(chain(noted, spoken), scope)
        return tuple(filter(None, map(Quotation(words, self._weight_of).verbatim, items)))

    def capitals(self, phrase: str, word: str) -> tuple[int, int]:
        """Count how often a word of letters in a phrase has a capital, and how often not, in some of the places."""
        passages = self._spoken.passages(self._spoken.phrased(stems(phrase), EVERYWHERE, _READ_CAPITALS))
        written = re.compile(rf"\b{re.escape(phrase)}\b".replace(word, f"({word})", 1), re.IGNORECASE)
        found = [each[1][0].isupper() for passage in passages for each in written.finditer(passage.text)]
        return sum(found), len(found) - sum(found)

    def asked(self, words: str, *, scope: Scope) -> Iterator[Passage]:
        """Yield passages that end with exactly this question; of very many, some."""
        sought = whole_words(words)
        for passage in self._spoken.passages(self._spoken.phrased(stems(words), scope, _READ_ASKED)):
            if ends_asking(passage.text) and whole_words(passage.text)[-len(sought) :] == sought:
                yield passage

    def countless(self, words: str, *, scope: Scope = EVERYWHERE) -> bool:
        """Tell whether words may have been said in more places than `verbatim` finds."""
        return len(self._spoken.phrased(stems(words), scope, PLACES)) == PLACES

    def mentions(self, name: str, *, scope: Scope = EVERYWHERE) -> Mentions:
        """Find the episodes that mention a name, word for word, and passages to show for it."""
        found = sorted(self._spoken.phrased(stems(name), scope, max(self.size, 1)), key=attrgetter("place"))
        if len(found) > _MOSTLY_SPEAKERS:
            said = self.counting.said_in(stems(name))
            found = [match for match in found if match.place in said] or found
        read = ((match.place // ROOM, partial(self._passages, match)) for match in found)
        return Name(name).mentions(read, unknown=not self.knows(name))

    def said_after(self, leads: Iterable[str], name: str, *, scope: Scope = EVERYWHERE) -> Iterator[Passage]:
        """Yield passages in which a name comes right after a lead such as "known as", lead by lead."""
        said = [f"{lead} {name}" for lead in leads]
        if not self._spoken.says_any(map(stems, said)):  # the common case, ten times as fast as trying each lead
            return iter(())
        return (each for words in said for each in self.mentions(words, scope=scope).passages)

    def said_early(self, name: str, passages: int, *, scope: Scope) -> Iterator[Passage]:
        """Yield the passages with a name, word for word, among the first few of each episode."""
        sought = Name(name)
        said = self.counting.passages_begun(self.counting.mentions(name, scope=scope), passages)
        return (each for each in said if sought.written(each.text))

    def _passages(self, match: TextMatch) -> tuple[Passage, ...]:
        return self._spoken.read(match.address).passages

    def mentioned_beside(self, name: str, words: str, *, scope: Scope) -> tuple[Passage, ...]:
        """Find passages with a name, in stretches that also have telling words of a subject, best first."""
        telling = self._query(self._understood(words, EVERYWHERE), scope).telling
        said = self._spoken.passages(self._spoken.phrased_beside(stems(name), telling, scope))
        sought = Name(name)
        return tuple(passage for passage in said if sought.written(passage.text))

    def _likely(self, words: str, scope: Scope) -> Iterator[Quote | Passage]:
        """Choose the items worth aligning with these words."""
        meant = self.spell(words).text
        typed = split(words)
        either = (*typed, *split(meant), *map("".join, pairwise(typed)))  # "burn out" is "burnout"
        weights = {stem: self._weight(word, stem) for word in either for stem in stems(word)}
        known = ((stem, weight) for stem, weight in weights.items() if self._holding(stem))
        heaviest = dict(nlargest(_SOUGHT, known, key=itemgetter(1)))
        best = partial(TextIndex.best, weights=heaviest, fields={"words": 1.0}, scope=scope)
        noted = map(self._item, best(self._notes, limit=_ALIGNED))
        said = self._theirs(self._spoken.passages(best(self._spoken, limit=_SKIMMED)), scope)
        likely = quotations.likeliest(meant, (item for item in said if isinstance(item, Passage)), _ALIGNED)
        items = (*self._theirs(noted, scope), *likely, *self._reported(meant, scope))
        return iter({item.id: item for item in items}.values())

    def _reported(self, words: str, scope: Scope) -> Iterator[Quote | Passage]:
        """Find the words after "he", in any form: for "he uses Vim", "use Vim", which its speaker says with "I"."""
        first, *rest = whole_words(words) or [""]
        if not (rest and reported_as(first)):
            return iter(())
        said = self._spoken.phrased(stems(" ".join(rest)), scope, _ALIGNED)
        return self._theirs(self._spoken.passages(said), scope)

    def _laying(self, words: str) -> Callable[[Quote | Passage], Alignment | None]:
        """Return a function that aligns both the words as typed and as corrected, and takes the better."""
        meant, typed = self.spell(words).text, Quotation(words, self._weight_of)
        if whole_words(meant) == whole_words(words):
            return typed.along
        corrected = Quotation(meant, self._weight_of)
        return lambda item: quotations.closest(typed.along(item), corrected.along(item))

    @staticmethod
    def _theirs(items: Iterable[Item], scope: Scope) -> Iterator[Quote | Passage]:
        """Keep what is said, leaving out topics and other speakers than the scope's."""
        theirs = frozenset(stems(scope.speaker or ""))
        return (item for item in items if not isinstance(item, Topic) and is_by(item, theirs))

    def onward(self, item: Quote | Passage) -> Iterator[Passage]:
        """Join a passage with the one before and the one after it, where the same person speaks."""
        if isinstance(item, Quote):
            return
        beside = {passage.number: passage for passage in self._spoken.beside(item)}
        for first, second in pairwise(filter(None, map(beside.get, range(item.number - 1, item.number + 2)))):
            if first.voice == second.voice:
                yield replace(first, text=f"{first.text} {second.text}")

    def told_in(self, words: str, text: str) -> float:
        """Return the share of the telling words that a text has, 0 to 1; see `quotations.told_in`."""
        return quotations.told_in(words, text, self.knows)
