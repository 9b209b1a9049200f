"""Ranks topics, quotes and passages together, with a confidence that means something.

Reads what the index found and weighs it; the numbers that turn evidence into a confidence are in confidence.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop, heappush
from itertools import chain
from math import log
from typing import Final

from knowledge.model import Episode, Item, Quote, Topic
from knowledge.search.confidence import Noted, Said, of_noted
from knowledge.search.index.fulltext import Match, Stretch, stems
from knowledge.search.question import Query
from knowledge.search.spelling import Understood

_SPREAD: Final = (0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
"""Shares of its neighbours' scores that a passage gets, one, two, three ... places away: the host's question and the
guest's answer belong together."""
_CROWDING: Final = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""What is left of the score of passages this near to one already listed: ten passages in a row are one place."""
_PER_WORD: Final = 0.04
"""What each further word is worth in choosing which passage of a stretch to show."""
_ASKING: Final = 0.3
"""Weight of a word about the asking ("decision", "discuss"), beside 1 for one about the subject, in ranking."""
_AGAIN: Final = 2
"""A word said so often around a passage counts half as much as it ever can."""
_NEAR: Final = 3
"""How many words apart two words still count as near."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.

    Attributes:
        score: only comparable between hits of one ranking and one kind.
        confidence: 0 to 1, how likely this answers the question; never more than that of a hit before it.
        evidence: what there is for it, read closely; None where the confidence is that of a better hit, scaled down.
        direct: whether it has a telling word of the question itself, and not only what is said around it.
    """

    item: Item
    score: float
    confidence: float
    evidence: Said | Noted | None = None
    direct: bool = True


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a library has on a question.

    Attributes:
        understood: the question with its spelling corrected.
        hits: best first.
        confidence: 0 to 1, how likely the library answers the question at all.
    """

    understood: Understood
    hits: tuple[Hit, ...]
    confidence: float


def order(matches: Sequence[Match], limit: int) -> list[Match]:
    """Order passages with their neighbours in mind; returns the new scores."""
    near = _spread(matches)
    waiting = [(-near[match.place], number) for number, match in enumerate(matches)]
    heapify(waiting)
    chosen: list[Match] = []
    while waiting and len(chosen) < limit:
        score, number = heappop(waiting)
        match = matches[number]
        if -score != near[match.place]:  # crowded since it was put there
            heappush(waiting, (-near[match.place], number))
            continue
        chosen.append(Match(match.address, match.place, near.pop(match.place)))
        for steps, left in enumerate(_CROWDING, 1):
            for beside in (match.place - steps, match.place + steps):
                if beside in near:
                    near[beside] *= left
    return chosen


def _spread(matches: Sequence[Match]) -> dict[int, float]:
    scores = {match.place: match.score for match in matches}
    near = dict(scores)
    places = sorted(scores)
    for at, place in enumerate(places):
        for after in places[at + 1 : at + 1 + len(_SPREAD)]:
            steps = after - place
            if steps > len(_SPREAD):
                break
            near[after] += _SPREAD[steps - 1] * scores[place]
            near[place] += _SPREAD[steps - 1] * scores[after]
    return near


def idf(holding: int, of: int) -> float:
    """Return the inverse document frequency of BM25 (Robertson and Zaragoza 2009), never below 0."""
    return log(1 + (max(of, holding) - holding + 0.5) / (holding + 0.5)) if holding else 0.0


def weights(query: Query, holding: Mapping[str, int], of: int) -> dict[str, float]:
    """Weigh the stems to rank by; `holding` counts the documents with each, `of` all that are searched."""
    return {stem: idf(n, of) * (_ASKING if stem in query.asking else 1) for stem, n in holding.items()}


def speaks(speaker: str, stretch: Stretch) -> bool:
    """Return whether somebody whose name has all of these words speaks in a stretch of talk."""
    return any(_name(speaker) <= _name(passage.speaker) for passage in stretch.passages)


def telling(stretch: Stretch, weights: Mapping[str, float], speaker: str | None) -> int:
    """Choose which passage of a stretch to show: the one with most of the wanted words, the longer one among equals.

    With a speaker, who `speaks` in the stretch, one of theirs.
    """

    def tells(words: Sequence[str], said_by: Collection[str]) -> float:
        found = sum(weight for stem, weight in weights.items() if stem in words or stem in said_by)
        return found + _PER_WORD * len(words)

    if len(stretch.passages) == 1:
        return 0
    asked = _name(speaker)
    by = [_name(passage.speaker) for passage in stretch.passages]
    fitting = [n for n in range(len(by)) if asked <= by[n]]
    return max(fitting, key=lambda n: tells(stretch.apart[n], by[n]))


@lru_cache(maxsize=4096)
def _name(speaker: str | None) -> frozenset[str]:
    return frozenset(stems(speaker or ""))


def quote(query: Query, item: Quote, score: float) -> Hit:
    """Weigh a quote."""
    evidence = _noted(query, frozenset(stems(item.text)), 0.0, item.text)
    return Hit(item, score, of_noted(evidence), evidence)


def topic(query: Query, item: Topic, bearing: str, score: float) -> Hit:
    """Weigh a topic, by its names, its summary and the words of the quotes that bear on it."""
    names, words = _read(item, bearing)
    evidence = _noted(query, words, _named(query, names), item.summary)
    return Hit(item, score, of_noted(evidence), evidence)


def described(query: Query, episode: Episode) -> float:
    """Return how likely an episode's title and summary answer a question, 0 to 1."""
    names = tuple(frozenset(stems(name)) for name in (episode.title, episode.subtitle or ""))
    summary = episode.summary or ""
    return of_noted(_noted(query, frozenset(chain(*names, stems(summary))), _named(query, names), summary))


def _named(query: Query, names: Iterable[frozenset[str]]) -> float:
    return max(query.share(name) * len(name & query.telling.keys()) / max(len(name), 1) for name in names)


@lru_cache(maxsize=4096)
def _read(item: Topic, bearing: str) -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    """Take a topic's words apart: each of its names, and all there is."""
    names = tuple(frozenset(stems(name)) for name in (item.title, *item.names))
    return names, frozenset(chain(*names, stems(item.summary), stems(bearing)))


def _noted(query: Query, words: frozenset[str], named: float, text: str) -> Noted:
    uncounted = query.counting and not any(map(str.isdigit, text))
    unnamed = not query.counted <= words
    incomplete = query.event and not query.telling.keys() <= words
    strange = bool(query.strange)
    return Noted(
        query.share(words), named, query.weight_in(words), query.personal, uncounted, unnamed, incomplete, strange
    )


def said(query: Query, words: Sequence[str], around: Mapping[str, int]) -> Said:
    """Weigh a stretch of talk, by what is said in and around it."""
    here = {stem: n for stem in query.telling if (n := around.get(stem, 0))}
    weight = sum(query.worth(stem) * n / (n + _AGAIN) for stem, n in here.items())
    paired = sum(_near(first, second, words) for first, second in query.pairs) / max(len(query.pairs), 1)
    return Said(
        weight,
        rarest=max(query.telling.values()),
        found=max(map(query.worth, here), default=0.0),
        covered=query.share(here),
        paired=paired,
        personal=query.personal,
    )


def _near(first: str, second: str, words: Sequence[str]) -> bool:
    places = [at for at, word in enumerate(words) if word == first]
    return any(second in words[max(at - _NEAR, 0) : at + _NEAR + 1] for at in places)
