"""Summarises an episode in its own words: its announcement, the turns of the talk, and lines worth quoting.

For episodes without notes. Everything is cut out of the transcript, letter for letter:

- The talk turns where the words before and after a place have least in common (TextTiling, Hearst 1997), by stems and
  by meaning, each over a few stretches of talk.
- A turn is shown by the words that set its part apart from the others, and the beginning of a sentence soon after it
  with most of them.
- An announcement is the words near the start that name what comes up again later, rare words counting most, and above
  all those with which people open a show ("today", "joined", "talking").

Whether there are better notes, and how to word the digest, is decided by the caller.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import chain, pairwise
from math import log1p
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge import lists
from knowledge.model import Passage
from knowledge.passages import sentences
from knowledge.search import quotable
from knowledge.search.index.stemming import stems
from knowledge.search.phrasing import best
from knowledge.search.words import carries, split

Numbers: TypeAlias = NDArray[np.float64]
Weigh: TypeAlias = Callable[[str], float]
"""Returns the weight of a stem, by its rarity in the library."""

_FEWEST: Final = 12
"""Minimum number of stretches for a digest; a shorter transcript is read just as quickly."""
_WINDOW: Final = 5
"""Stretches compared on each side of a possible boundary."""
_WORDS_OF_A_TURN: Final = 1_200
"""Approximate number of words for each turn."""
_TURNS: Final = (4, 8)
"""Minimum and maximum number of turns."""
_APART: Final = 4
"""Minimum number of stretches between two turns."""
_SHARE: Final = 0.4
"""Share of a part, from its start, in which to look for its half sentence."""
_SOON: Final = 4
"""Minimum number of stretches in which to look for a part's half sentence, if it has that many."""
_COMMON: Final = 0.33
"""Share of the stretches above which a stem is too common to set parts apart."""
_HALF: Final = range(6, 19)
"""Lengths of a half sentence in words."""
_ANNOUNCED: Final = range(8, 61)
"""Lengths of an announcement in words."""
_START: Final = 700
"""Number of words from the start in which to look for an announcement."""
_START_SHARE: Final = 0.1
"""Share of an episode's words in which to look for an announcement, if that is fewer."""
_LATER: Final = 0.3
"""Factor for an announcement at the end of the words searched, falling linearly from 1 at the start."""
_ASKING: Final = 1.5
"""Factor for an open question: it is mostly the host's, and turns the talk."""
_LEANING: Final = 0.4
"""Factor for a half sentence that says little by itself."""
_WORDS: Final = "digest.txt"
"""File of words that begin half sentences of that kind, that begin open questions, and that announce."""
_TERMS: Final = 3
"""Maximum number of words that set a part apart to show."""
_COURTEOUS: Final = re.compile(
    r"\b(?:welcome|thanks?|thank you|joining|glad|happy to|sponsors?|show notes|listeners|this episode|break)\b",
    re.IGNORECASE,
)
"""Greetings, thanks and housekeeping."""
_RAREST: Final = 6.0
"""Cap on the weight of a stem: rarer ones are names that come up once."""
_SENTENCES: Final = 3
"""Maximum number of sentences in an announcement."""
_INTRODUCED: Final = 1.0
"""Added to an announcement's factor for each other speaker whom it names in full."""
_ANNOUNCING: Final = 1.0
"""Added to an announcement's factor for each word with which people open a show."""
_EVEN: Final = 8
"""Words added to a length, so that brevity counts less among very short pieces."""
_BREVITY: Final = 0.7
"""Exponent of the length that divides worth; with 1, the shortest piece with one telling word would win."""
_LINES: Final = 3
"""Maximum number of lines worth quoting."""
_LEAST_TELLING: Final = 2
"""Minimum number of telling words in a line worth quoting."""
_ALIKE: Final = 2
"""Letters that a word shares with its stem."""
_AROUND_WORDS: Final = """.,;:!?…"“”()[]*"""
_PAUSES: Final = " ,;:–—-"
"""Punctuation cut off the end of a half sentence."""
_CLAUSE: Final = re.compile(r"\S.*?(?:[,;:…–—]+(?=\s)|\.{3}|\s-(?=\s)|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of talk.

    Attributes:
        apart: the stems of each passage.
        meaning: its compact vector, (dimensions,).
    """

    passages: tuple[Passage, ...]
    apart: Sequence[Sequence[str]]
    meaning: NDArray[np.int8]

    @property
    def stems(self) -> Iterator[str]:
        """The stems of all its words."""
        return chain.from_iterable(self.apart)


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the talk turns to something else.

    Attributes:
        terms: the words that most set apart what follows, as they are mostly written; may be empty.
        words: the beginning of a sentence about it.
    """

    terms: tuple[str, ...]
    words: Passage


@dataclass(frozen=True, slots=True)
class Digest:
    """An episode in its own words, each piece cut from a passage, letter for letter.

    Attributes:
        announced: words near the start that say what it is about.
        turns: what the talk turns to, in order.
        lines: quotable sentences, in order; may be empty.
    """

    announced: Passage
    turns: tuple[Turn, ...]
    lines: tuple[Passage, ...]


def digest(blocks: Sequence[Block], weigh: Weigh) -> Digest | None:
    """Summarise an episode, given its stretches in order; None if it is too short or announces nothing."""
    if len(blocks) < _FEWEST:
        return None
    said = tuple(chain.from_iterable(block.passages for block in blocks))
    named = any(passage.speaker for passage in said)  # then words without a speaker are an advertisement or a clip
    holding, weights = _recurring(blocks, weigh)
    theirs = [each for each in said if each.speaker or not named]
    people = frozenset(chain.from_iterable(stems(name) for name in {each.speaker for each in theirs if each.speaker}))
    recurring = {stem: weight * log1p(holding[stem] - 1) for stem, weight in weights.items() if stem not in people}
    first = _announced(theirs, recurring)
    if first is None:
        return None
    # A stem in many stretches doesn't set a part apart, and people call each other by name throughout.
    most = max(len(blocks) * _COMMON, 3)
    telling = {stem: weight for stem, weight in weights.items() if holding[stem] <= most and stem not in people}
    starts = (0, *_boundaries(blocks, telling), len(blocks))
    parts = [blocks[begin:end] for begin, end in pairwise(starts)]
    weighed = zip(parts, _apart(parts, telling), strict=True)
    turns = filter(None, (_turn(part, its_own, named=named) for part, its_own in weighed))
    return Digest(first, tuple(turn for turn in turns if turn.words.text not in first.text), _lines(theirs))


def _recurring(blocks: Iterable[Block], weigh: Weigh) -> tuple[Counter[str], dict[str, float]]:
    """Count the stretches that contain each recurring stem, and return its weight."""
    holding = Counter(chain.from_iterable(set(block.stems) for block in blocks))
    weights = {s: min(weigh(s), _RAREST) for s, count in holding.items() if count > 1 and carries(s)}
    return holding, weights


def _boundaries(blocks: Sequence[Block], telling: Mapping[str, float]) -> list[int]:
    """Find the stretches that begin a new part, in order, without the first."""
    numbers = {stem: number for number, stem in enumerate(telling)}
    weights, columns = np.array([*telling.values()]), max(len(numbers), 1)
    there = [np.array([numbers[stem] for stem in block.stems if stem in numbers], np.int64) for block in blocks]
    words = np.stack([np.bincount(each, weights[each], columns) for each in there], dtype=np.float64)
    meanings = np.stack([block.meaning for block in blocks]).astype(np.float64)
    depth = _depths(_cohesion(words)) + _depths(_cohesion(meanings - meanings.mean(axis=0)))
    length = sum(len(apart) for block in blocks for apart in block.apart)
    wanted = min(max(round(length / _WORDS_OF_A_TURN), _TURNS[0]), _TURNS[1]) - 1
    chosen: list[int] = []
    for place in np.argsort(-depth, kind="stable") + 1:
        ends = (0, len(blocks), *chosen)
        if len(chosen) < wanted and all(abs(int(place) - other) >= _APART for other in ends):
            chosen.append(int(place))
    return sorted(chosen)


def _cohesion(rows: Numbers) -> Numbers:
    """Return the cosine between the rows before and after each boundary, (rows, features) -> (rows - 1,)."""
    sums = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
    places = np.arange(1, len(rows))
    before = sums[places] - sums[np.maximum(places - _WINDOW, 0)]
    after = sums[np.minimum(places + _WINDOW, len(rows))] - sums[places]
    lengths = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    cosines: Numbers = np.sum(before * after, axis=1) / np.maximum(lengths, 1e-9)
    return cosines


def _depths(cohesion: Numbers) -> Numbers:
    """Return how deep each boundary lies below the peaks on both sides, in standard deviations of all boundaries."""
    depth = np.array([_peak(cohesion[place::-1]) + _peak(cohesion[place:]) for place in range(len(cohesion))])
    return depth / max(float(depth.std()), 1e-9)


def _peak(climbing: Numbers) -> float:
    """Return how far values climb from the first before they fall."""
    top = climbing[0]
    for each in climbing[1:]:
        if each < top:
            break
        top = each
    return float(top - climbing[0])


def _apart(parts: Sequence[Sequence[Block]], telling: Mapping[str, float]) -> Iterator[dict[str, float]]:
    """Weigh the stems of each part by how often they occur there and how much they set it apart."""
    counts = [Counter(chain.from_iterable(block.stems for block in part)) for part in parts]
    among = Counter(chain.from_iterable(block.stems for part in parts for block in part))
    for count in counts:
        yield {
            stem: telling[stem] * (times - 1) * times / among[stem] for stem, times in count.items() if stem in telling
        }


def _turn(part: Sequence[Block], weights: Mapping[str, float], *, named: bool) -> Turn | None:
    """Choose the half sentence that shows a part, soon after its beginning; None if there is none."""
    soon = part[: max(round(len(part) * _SHARE), min(_SOON, len(part)))]
    said = (each for block in soon for each in zip(block.passages, block.apart, strict=True))
    best_worth, chosen = 0.0, None
    for passage, found in said:
        likely = (passage.speaker or not named) and _most(set(found), weights) > best_worth
        for sentence in _located(passage.text, sentences(passage.text)) if likely else ():
            most = _most(_stems(sentence.text), weights)
            for piece in _halves(sentence) if most > best_worth else ():
                worth = _worth(piece.text, weights) * (_ASKING if piece.asks else 1.0)
                worth *= _LEANING if _begins(piece.text, "leaning") else 1.0
                if worth > best_worth:
                    best_worth, chosen = worth, (passage, piece)
    return Turn(tuple(_terms(part, weights)), _cut(*chosen)) if chosen else None


def _terms(part: Iterable[Block], weights: Mapping[str, float]) -> Iterator[str]:
    """Yield the words of the weightiest stems, each in the form that is said most."""
    top = nlargest(_TERMS, weights, key=lambda stem: weights[stem])
    forms: dict[str, Counter[str]] = {stem: Counter() for stem in top if weights[stem] > 0}
    begins = tuple(stem[:_ALIKE] for stem in forms)
    for passage in chain.from_iterable(block.passages for block in part):
        for word in passage.text.split() if begins else ():
            written = word.strip(_AROUND_WORDS).partition("'")[0]
            if written.casefold().startswith(begins) and carries(written.casefold()):
                for stem in forms.keys() & _stems(written):
                    forms[stem][written] += 1
    yield from (counted.most_common(1)[0][0] for counted in forms.values() if counted)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a text, with where it begins and whether it belongs to a question."""

    text: str
    at: int
    asks: bool = False


def _halves(sentence: _Piece) -> Iterator[_Piece]:
    """Yield the first clauses of a sentence that have the length of a half sentence, unless they are a courtesy."""
    for clause in _CLAUSE.finditer(sentence.text):
        piece = sentence.text[: clause.end()].rstrip(_PAUSES)
        length = len(piece.split())
        if length >= _HALF.stop:
            break
        if length in _HALF and not piece.count('"') % 2 and not _COURTEOUS.search(piece):
            yield _Piece(piece, sentence.at, piece.endswith("?") and _begins(piece, "open"))


def _begins(piece: str, how: str) -> bool:
    first = next(iter(split(piece)), "").partition("'")[0]
    return first in lists.kinds(__file__, _WORDS)[how]


def _telling(text: str) -> int:
    return sum(map(carries, split(text)))


def _located(text: str, parts: Iterable[str]) -> Iterator[_Piece]:
    end = 0
    for part in parts:
        at = text.index(part, end)
        end = at + len(part)
        yield _Piece(part, at)


def _stems(text: str) -> set[str]:
    return set(stems(text))


def _sum(found: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum([weights[stem] for stem in found if stem in weights])


def _most(found: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return an upper bound of the worth of a half sentence with some of these stems."""
    return _sum(found, weights) * _ASKING / _length(_HALF.start)


def _length(words: int) -> float:
    return float((words + _EVEN) ** _BREVITY)


def _worth(text: str, weights: Mapping[str, float]) -> float:
    return _sum(_stems(text), weights) / _length(len(text.split()))


def _announced(said: Sequence[Passage], weights: Mapping[str, float]) -> Passage | None:
    """Choose a few sentences near the start that name the most recurring words, and other speakers."""
    people = [frozenset(stems(name)) for name in {each.speaker for each in said if each.speaker} if " " in name]
    start = min(_START, _START_SHARE * sum(len(passage.text.split()) for passage in said))
    candidates: list[tuple[float, _Piece, Passage]] = []
    words = 0
    for passage in said:
        share = 1 - (1 - _LATER) * words / start
        for piece in _runs(passage.text):
            found = _stems(piece.text)
            speaking = frozenset(stems(passage.speaker or ""))
            introduced = sum(person <= found for person in people if person != speaking)
            announcing = len(lists.kinds(__file__, _WORDS)["announcing"].intersection(split(piece.text)))
            worth = _sum(found, weights) / _length(len(piece.text.split()))
            worth *= (1 + _INTRODUCED * introduced) * (1 + _ANNOUNCING * announcing)
            candidates.append((share * worth, piece, passage))
        words += len(passage.text.split())
        if words >= start:
            break
    chosen = max(candidates, key=lambda each: each[0], default=None)
    return _cut(chosen[2], chosen[1]) if chosen else None


def _runs(text: str) -> Iterator[_Piece]:
    """Yield the runs of sentences that have the length of an announcement."""
    parts = list(_located(text, sentences(text)))
    for first, begin in enumerate(parts):
        for end in parts[first : first + _SENTENCES]:
            run = text[begin.at : end.at + len(end.text)]
            if len(run.split()) in _ANNOUNCED:
                yield _Piece(run, begin.at)


def _cut(passage: Passage, piece: _Piece) -> Passage:
    approximate = passage.approximate or (passage.start is not None and piece.at > 0)
    return replace(passage, text=piece.text, approximate=approximate)


def _lines(said: Iterable[Passage]) -> tuple[Passage, ...]:
    """Choose the few sentences most worth quoting, in order."""
    found = ((best(passage.text), passage) for passage in said)
    worth = [(each.worth, passage) for each, passage in found if each and _telling(each.text) >= _LEAST_TELLING]
    chosen = sorted(worth, key=lambda each: each[0], reverse=True)[:_LINES]
    lines = filter(None, (quotable.within(passage) for _, passage in chosen))
    return tuple(sorted(lines, key=lambda each: each.number))
