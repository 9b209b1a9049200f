"""Offers passages with some of a question's words, or close in meaning, if nothing answers all of it.

Whether anything answers the whole question is judged in `lookup.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.answering import selection, sentences
from bot.answering.catalogue import Catalogue
from bot.answering.nearness import RARE
from bot.answering.selection import stems_of
from bot.answering.thresholds import MAYBE_SAID, NEAR
from bot.port.excerpts import TELLING
from bot.port.messages import Evidence, Unsure
from bot.understanding.request import EVERYWHERE, Request
from knowledge.model import Passage
from knowledge.search import Alignment, Hit, Ranking, Search
from knowledge.search.inflection import inflected_alike
from knowledge.search.question import Query
from knowledge.search.rarity import frequency
from knowledge.search.words import carries, split

_HALF: Final = 1 / 2
"""Minimum share of a question's weight that a passage has to have to be offered."""
_MOST: Final = 2 / 3
"""Minimum share of a question's weight for an offered passage to be called a possible answer."""
_TIED: Final = 0.6
"""Minimum share of a question's weight in two words that are said with a hyphen: “local-first apps”."""
_TOGETHER: Final = 2
"""Minimum number of informative words that one person says together for it not to be coincidence."""
_TERM: Final = 3
"""Minimum number of episodes in which two words are adjacent for them to be a term: "feature flags"."""
_OFTEN: Final = 3
"""Minimum number of places with a name for an episode to be one that says something on it."""
_LOOKED_AT: Final = 15
"""Maximum number of one speaker's passages that are read."""
_SHOWN: Final = 2
_DESCRIBED: Final = 4
"""Minimum number of informative words for a question to be a description."""
_MEANT: Final = 3
"""Maximum number of passages shown that are close in meaning to a description."""
_WIDEST: Final = 1_000_000
"""Maximum number of passages compared by meaning: of more, too many mean about the same, and it takes 0.1 s or more."""


@dataclass(frozen=True)
class Offering:
    """Offers passages of one library."""

    _catalogue: Catalogue
    _search: Search

    def partly_said(self, request: Request) -> Unsure | None:
        """Offer what the person asked about says with some of the words; None if they have too few.

        "Does Ann rescue wildlife" has no answer if she only talks about wildlife, but that is what is meant.
        """
        said = max(self._partly_said(request), key=lambda each: each[0], default=None)
        if said is None:
            return None
        share, passage = said
        text = sentences.MAYBE if share >= _MOST else sentences.NOBODY_SAYS_SO
        return self._offered(text, (self._catalogue.evidence(passage, MAYBE_SAID),), request.subject)

    def _partly_said(self, request: Request) -> Iterator[tuple[float, Passage]]:
        names = request.person.speaking if request.person and request.words_of and request.subject else ()
        for name in names:
            scope = replace(request.where.scope, speaker=name)
            ranking = self._search.find(
                request.subject, manner=request.worded.manner, scope=scope, kinds=(Passage,), limit=_LOOKED_AT
            )
            theirs = (hit.item for hit in ranking.hits if isinstance(hit.item, Passage) and hit.direct)
            for passage in (each for each in theirs if each.speaker == name):
                for each in self._search.answering(ranking.asked, passage, speaker=name, length=TELLING, most=1):
                    if share := _share(ranking.asked.query, each.text):
                        yield share, each

    def on_a_term(self, ranking: Ranking, request: Request) -> Unsure | None:
        """Offer what is said on the most informative term of a description: "complaining about cookie banners"."""
        query = ranking.asked.query
        pair = max(query.pairs, key=query.weight_in, default=None)
        if pair is None or request.people or request.of_little or query.personal or query.strange:
            return None
        if min(map(query.worth, pair)) < RARE or query.share(pair) < _HALF:
            return None
        exact = self.word_for_word(" ".join(map(query.written.__getitem__, pair)), ranking, request)
        return self._offered(sentences.MAYBE, exact[:_SHOWN], request.subject) if is_term(exact) else None

    def on_a_name(self, ranking: Ranking, request: Request) -> Unsure | None:
        """Offer what is said on a rare name in a question, such as "varroa" in "any varroa gossip"; None for no name.

        It is one that English hardly has, and that an episode has often. None also if the likeliest words have it.
        """
        query, where = ranking.asked.query, request.where.scope
        if request.people or request.of_little or request.of_an_assistant or query.strange:
            return None
        rare = [stem for stem, word in query.written.items() if query.worth(stem) >= RARE and _is_a_name(stem, word)]
        for name in sorted(rare, key=query.worth, reverse=True):
            if ranking.confidence >= MAYBE_SAID and any(
                name in stems_of(each.text) for each in _said(ranking.hits[:1])
            ):
                return None
            places = self._search.episodes(query.written[name], scope=where).items()
            if often := next((episode for episode, count in places if count >= _OFTEN), None):
                there = replace(where, episode=often)
                near = self._search.find(request.subject, scope=there, kinds=(Passage,), limit=_LOOKED_AT).hits
                said = [each for each in _said(near) if name in stems_of(each.text)][:_SHOWN]
                shown = tuple(self._catalogue.evidence(each, MAYBE_SAID) for each in said)
                return self._offered(sentences.MAYBE, shown, request.subject) if shown else None
        return None

    def hyphenated(self, ranking: Ranking, request: Request) -> tuple[Evidence, ...]:
        """List where two words of a question are said with a hyphen between them, best first.

        Empty if that is no term, or if the question says much more than these words.
        """
        query = ranking.asked.query
        for pair in sorted(query.pairs, key=query.weight_in, reverse=True):
            if query.share(pair) >= _TIED:
                one, other = map(query.written.__getitem__, pair)
                tied = re.compile(rf"\b{re.escape(one)}-{re.escape(other)}\b", re.IGNORECASE)
                exact = self.word_for_word(f"{one} {other}", ranking, request, written=tied)
                if is_term(exact):
                    return exact
        return ()

    def word_for_word(
        self, phrase: str, ranking: Ranking, request: Request, *, written: re.Pattern[str] | None = None
    ) -> tuple[Evidence, ...]:
        """List where a phrase is said word for word, and `written` in a certain way, best first."""
        ranked = {hit.item.id: place for place, hit in enumerate(ranking.hits)}
        said: Iterable[Alignment] = self._search.verbatim(phrase, scope=request.where.scope)
        said = (each for each in said if each.exact and (written is None or written.search(each.item.text)))
        best_first = sorted(said, key=lambda each: ranked.get(each.item.id, len(ranked)))
        return selection.mixed(selection.distinct(map(self._catalogue.evidence_at, best_first)))

    def in_other_words(self, ranking: Ranking, request: Request) -> Unsure | None:
        """Offer the passages closest in meaning to a description; None if they are far off or it is no description.

        "Nursing mom, no place at the office" has hardly a word of "I didn't wanna stop breastfeeding".
        """
        elsewhere = request.people or request.of_little or request.where != EVERYWHERE or self._search.size > _WIDEST
        few = sum(map(carries, split(request.subject))) < _DESCRIBED
        if elsewhere or few or ranking.asked.query.strange or ranking.confidence < NEAR / 2:
            return None
        near = self._search.find(
            request.subject, manner=request.worded.manner, kinds=(Passage,), limit=_MEANT, widely=True
        )
        query = near.asked.query
        if near.confidence < NEAR or query.strange or len(query.telling) < _DESCRIBED:
            return None
        said = ((hit.item, hit.confidence) for hit in near.hits if isinstance(hit.item, Passage))
        shown = selection.distinct(self._catalogue.evidence_of(said))
        return Unsure(sentences.IN_OTHER_WORDS, near.confidence, (), evidence=shown)

    @staticmethod
    def _offered(text: str, evidence: tuple[Evidence, ...], asked: str) -> Unsure:
        shown = (replace(each, confidence=MAYBE_SAID) for each in evidence)
        return Unsure(text, MAYBE_SAID, (), evidence=selection.marked(shown, selection.telling_stems(asked)))


def is_term(said: Iterable[Evidence]) -> bool:
    """Tell whether adjacent words are a term: several episodes have them."""
    return len({each.episode.id for each in said}) >= _TERM


def _is_a_name(stem: str, word: str) -> bool:
    """Tell whether English hardly has a word in any form."""
    return not (word.isdigit() or frequency(word) or frequency(stem))


def _said(hits: Iterable[Hit]) -> list[Passage]:
    return [hit.item for hit in hits if isinstance(hit.item, Passage)]


def _share(query: Query, text: str) -> float:
    """Return the share of a question's weight that a text has; 0 for one common word, or one with less than half."""
    words = set(split(text))
    said = stems_of(text)
    there = {
        stem
        for stem in query.telling
        if stem in said or any(inflected_alike(query.written[stem], word) for word in words)  # "broke" says "break"
    }
    share = query.share(there)
    rare = share >= _HALF and any(query.worth(stem) >= RARE for stem in there)
    return share if len(there) >= _TOGETHER or rare else 0.0
