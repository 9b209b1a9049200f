"""Chooses which hits of a ranking are shown or offered, and in which order.

Whether there is an answer at all is judged in `lookup.py`; nothing is looked up here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache
from typing import Final, TypeVar

from bot.answering import sentences
from bot.answering.thresholds import FOUND, HERE, NOTED, SURELY_HERE
from bot.port.excerpts import BEFORE, SHORT
from bot.port.messages import (
    EpisodeId,
    Evidence,
    EvidenceKind,
    Fact,
    Found,
    Guess,
    ItemId,
    NotFound,
    Topic,
    Unsure,
)
from bot.understanding.request import Where
from knowledge.cutting import ends_asking
from knowledge.model import Passage, Quote
from knowledge.passages import sentences as sentences_in
from knowledge.search import Hit, Ranking
from knowledge.search.index.stemming import stems
from knowledge.search.question import BARE
from knowledge.search.words import bare, carries, places, split

_AnswerT = TypeVar("_AnswerT", bound=Fact | Found | Unsure | NotFound)

_NEAR: Final = 0.7
"""A hit with at least this share of the best score is shown or offered beside the best."""

BESIDE: Final = 0.5
"""A passage with at least this share of the best passage's score is shown too; one with less has only half."""

_FEW: Final = 6
"""Minimum number of words for a passage to say something by itself; "Yeah, Kubernetes." does not."""

_BRIEF: Final = 12
"""A passage shorter than this many words that has none of the subject needs what it replies to."""

_OF_ONE: Final = 2
"""Number of passages of one episode before other episodes come first."""

_GUESSES: Final = 4

_REMEMBERED: Final = 10_000
"""Number of words whose stems are cached; most of what is shown consists of the same few thousand."""

_CLOSE: Final = 0.95
"""Another speaker is shown at once with at least this share of the best confidence."""
_SIDES: Final = 3
"""Maximum number of passages by different people that are shown at once."""

_SHOWN: Final = 3
"""Number of passages that show how a name comes up."""
EVIDENCE: Final = 5
"""Maximum number of quotations in an answer."""
MORE: Final = 10
"""Maximum number of further quotations that are kept for "more"."""


def bearing(ranking: Ranking, sure: float) -> Iterator[tuple[Quote | Passage, float]]:
    """Choose words that bear on a question, best first, each with its confidence.

    A quote needs a confidence of `sure`: one that only shares a common word with the question doesn't bear on it.
    Short passages, and those that only ask, come later unless one asks at the best place. Last are passages that are on
    the subject only because of the words around them, and only from episodes that name it: in other episodes, the name
    of the person asked about is all that matched.
    """
    said = [hit for hit in ranking.hits if isinstance(hit.item, Passage)]
    naming = [hit for hit in said if hit.direct] or said
    least = BESIDE * max((hit.score for hit in naming), default=0.0)
    there, best = {hit.item.episode for hit in naming}, max((hit.score for hit in said), default=0.0)
    later: list[tuple[Passage, float]] = []
    around: list[tuple[Passage, float]] = []
    for hit in ranking.hits:
        item = hit.item
        if isinstance(item, Quote) and hit.confidence >= sure:
            yield item, hit.confidence
        if not isinstance(item, Passage) or hit.score < least or item.episode not in there:
            continue
        if not hit.direct:
            around.append((item, hit.confidence))
        elif len(item.text.split()) < _FEW or (ends_asking(item.text) and hit.score < best):
            later.append((item, hit.confidence))
        else:
            yield item, hit.confidence
    yield from (*later, *around)


def distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Leave out duplicates: some episodes are published in two shows."""
    return tuple({(each.speaker, each.text): each for each in reversed(tuple(evidence))}.values())[::-1]


def sentences_of(text: str) -> frozenset[str]:
    """List the sentences of a text that are long enough to say something."""
    return frozenset(sentence for sentence in sentences_in(text) if len(sentence.split()) >= _FEW)


def mixed(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Move the third and further passages of an episode behind those of other episodes."""
    counts: Counter[EpisodeId] = Counter()
    first: list[Evidence] = []
    later: list[Evidence] = []
    for each in evidence:
        counts[each.episode.id] += 1
        (first if counts[each.episode.id] <= _OF_ONE else later).append(each)
    return (*first, *later)


def near(ranking: Ranking) -> tuple[Hit, ...]:
    """List the best hit and those that score nearly as well."""
    return tuple(hit for hit in ranking.hits if hit.score >= _NEAR * ranking.hits[0].score)


def guesses(ranking: Ranking, title: Callable[[Topic], str]) -> tuple[Guess, ...]:
    """Offer the topics that were found, named by `title`, or otherwise the passages, as excerpts around the subject."""
    items = [hit.item for hit in near(ranking)]
    if topics := [Guess(item.id, title(item)) for item in items if isinstance(item, Topic)]:
        return tuple(topics[:_GUESSES])
    asked = wanted(ranking)
    said = [item for item in items if isinstance(item, Passage)][:_GUESSES]
    return tuple(
        Guess(item.id, sentences.around(item.text, densest(item.text, asked, sentences.GLIMPSE), item.speaker))
        for item in said
    )


def understood_first(answer: Found | Unsure) -> Found | Unsure:
    """Put brief replies without any word of the subject, such as "Yeah, exactly, that one.", last."""
    brief = [each for each in answer.evidence if _is_brief(each)]
    if not brief or answer.evidence[0] != brief[0]:
        return answer
    return replace(answer, evidence=(*(each for each in answer.evidence if each not in brief), *brief))


def _is_brief(said: Evidence) -> bool:
    return said.kind is EvidenceKind.PASSAGE and not said.spans and len(said.text.split()) < _BRIEF


def wanted(ranking: Ranking) -> frozenset[str]:
    """List the stems of a question's informative words."""
    return telling_stems(ranking.understood.text)


def densest(text: str, asked: AbstractSet[str], length: int = SHORT) -> int:
    """Return where an excerpt of `length` characters has most of the stems asked for: the position of the first one."""
    room = int(length * (1 - BEFORE))
    found = [begin for begin, _ in places(text, _bearing_on(asked))]
    return max(found, key=lambda at: sum(at <= other < at + room for other in found), default=0)


def stems_of(words: str) -> frozenset[str]:
    """List the stems of all words of a text."""
    return frozenset(stem for word in split(words) for stem in stems(word))


def telling_stems(words: str) -> frozenset[str]:
    """List the stems of the informative words of a text."""
    return frozenset(stem for word in split(words) if carries(word) for stem in stems(word))


def marked(evidence: Iterable[Evidence], asked: AbstractSet[str]) -> tuple[Evidence, ...]:
    """Mark the words in evidence that have one of the stems asked for."""
    bears = _bearing_on(asked)
    return tuple(replace(each, spans=tuple(places(each.text, bears))) for each in evidence)


def _bearing_on(asked: AbstractSet[str]) -> Callable[[str], bool]:
    """Return a predicate for words, as they are written, that have one of some stems."""
    return lambda written: not asked.isdisjoint(_stems_as_written(written))


@lru_cache(_REMEMBERED)
def _stems_as_written(written: str) -> tuple[str, ...]:
    return tuple(stems(bare(written)))


def answers(ranking: Ranking, least: float = FOUND) -> bool:
    """Tell whether what was found is sure enough to be the answer; `least` is the minimum confidence of passages."""
    noted = any(is_found(hit) for hit in ranking.hits if not isinstance(hit.item, Passage))
    return ranking.confidence >= (NOTED if noted else least) and is_there(ranking)


def is_found(hit: Hit) -> bool:
    """Tell whether a hit is sure enough to answer by itself."""
    return hit.confidence >= (FOUND if isinstance(hit.item, Passage) else NOTED)


def is_there(ranking: Ranking) -> bool:
    """Tell whether the best hit itself is likely to answer, not just some other place in the library."""
    return any(hit.here >= HERE for hit in ranking.hits[:1])


def seen(ranking: Ranking, evidence: Sequence[Evidence], together: int) -> int:
    """Choose how many passages to show at once: the best alone if it surely answers, otherwise several.

    On a bare subject, other people's views are worth showing too.
    """
    if len(wanted(ranking)) <= BARE:
        return at_once(evidence, together)
    return together if ranking.hits[0].here >= SURELY_HERE else max(together, min(_SIDES, len(evidence)))


def at_once(evidence: Sequence[Evidence], together: int = 1) -> int:
    """Choose how many to show: the best, which may be several `together`, and other people's that fit as well."""
    voices: set[str | None] = set()
    for count, each in enumerate(evidence[:_SIDES]):
        if each.speaker in voices or each.confidence < _CLOSE * evidence[0].confidence:
            return max(count, together)
        voices.add(each.speaker)
    return _SIDES


def shown(text: str, evidence: Sequence[Evidence], name: str) -> Found:
    """Show the first passages in which a name comes up, with the name marked, and keep some for "more"."""
    best, more = divided(evidence, _SHOWN)
    first = marked(best, stems_of(name))
    return Found(text, 1.0, evidence=first, more=more, at_once=at_once(first))


def reworded(answer: _AnswerT, change: Callable[[str], str]) -> _AnswerT:
    """Change an answer's text in both fields that have it."""
    said = replace(answer, text=change(answer.text))
    return said if not isinstance(said, Found) or said.told is None else replace(said, told=change(said.told))


def introduced(answer: _AnswerT, lead: str, otherwise: str = "") -> _AnswerT:
    """Put a sentence before an answer's text, or before `otherwise` if it has none."""
    return reworded(answer, lambda text: f"{lead} {text or otherwise}".rstrip())


def coming_near(answer: Found, lead: str) -> Found:
    """Say that nobody says what was asked, before the closest that was found."""
    return introduced(replace(answer, near=True), lead)


def led_by(ranking: Ranking, first: Sequence[Passage]) -> Ranking:
    """Put some passages first in a ranking, as sure answers."""
    if not first:
        return ranking
    sure = max(ranking.confidence, FOUND)
    others = tuple(hit for hit in ranking.hits if hit.item not in first)
    return replace(ranking, hits=(*(Hit(each, 1.0, sure, 0.0) for each in first), *others), confidence=sure)


def elsewhere(where: Where, answer: _AnswerT) -> _AnswerT:
    """Say that what was found is not from the part that the question is about."""
    nothing = isinstance(answer, NotFound)
    return answer if nothing else introduced(answer, sentences.nothing_there(where.part), sentences.ELSEWHERE_THIS)


def divided(evidence: Sequence[Evidence], most: int = EVIDENCE) -> tuple[tuple[Evidence, ...], tuple[ItemId, ...]]:
    """Split evidence, best first, into what an answer shows and the ids that are kept for "more"."""
    return tuple(evidence[:most]), tuple(each.id for each in evidence[most : most + MORE])


def in_their_words(evidence: Iterable[Evidence]) -> Found | None:
    """Show evidence, best first, without comment; None if there is none."""
    shown, more = divided(tuple(evidence))
    text, once = sentences.spoken_in(each.episode for each in shown), at_once(shown)
    return Found(text, FOUND, evidence=shown, more=more, at_once=once, told="") if shown else None


def is_said(ranking: Ranking) -> bool:
    """Tell whether the best hit is a passage, not a note."""
    return bool(ranking.hits) and isinstance(ranking.hits[0].item, Passage)
