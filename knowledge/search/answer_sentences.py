"""Selects the sentences that answer a question from the talk around a stretch that was found.

A stretch is found by what it is about, but the answer is often said a sentence or two away. This module computes
features of each sentence; a learned model in `answer_sentences.json` says what they are worth together. Nothing is
searched here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from knowledge.cutting import ends_asking, is_beginning, sentences_begin
from knowledge.model import Passage
from knowledge.search import trees
from knowledge.search.index.stemming import stems
from knowledge.search.meaning import Floats, Meanings
from knowledge.search.parts import part
from knowledge.search.signals import EmbeddedQuery
from knowledge.search.trees import EPSILON, Table

FITTED: Final = Path(__file__).with_name("answer_sentences.json")
REACH: Final = range(-2, 4)
"""Distances from the stretch found, in stretches, at which to look for the answer: of 1,471 answers 73% lie there, and
47% in the stretch itself."""
_BARE: Final = 1
"""Maximum telling words of a bare subject. Sentences on a subject contain its words; answers to a question may not."""
_BRIEF: Final = 5
"""Maximum words of a sentence that says little without the next."""
_LEAD: Final = 240
"""Maximum characters added before or after a sentence because it makes no sense without them."""
_ROOM: Final = 150
"""Characters that must be left of the length for adding another passage."""
_LONGEST: Final = 8
"""Cap on how many sentences by the same person count."""
_LOOK_AHEAD: Final = 6
"""How many of the same person's next sentences may contain the question of `asks_next`."""

_WINDOWS: Final = {"": (0, 0), "_after": (-1, 0), "_before": (-4, -1), "_near": (-1, 1), "_around": (-2, 2)}
"""Suffixes of features over neighbouring sentences, with the first and last of them relative to the sentence."""
_BACK: Final = -min(back for back, _ in _WINDOWS.values())
_ON: Final = max(on for _, on in _WINDOWS.values())
_MEASURES: Final = ("covered", "alike", "meaning")
NAMES: Final = (
    *(f"{measure}{window}" for measure in _MEASURES for window in _WINDOWS),
    *(f"{measure}{window}_below_best" for measure in _MEASURES for window in ("", "_around")),
    "words",  # logarithm of its number of words
    "apart",  # distance from the stretch found, in stretches; negative before it
    "begins",  # 1 if it makes sense without what was said before it
    "said_before",  # how many sentences the same person says just before it, up to 8
    "said_after",  # and just after it
    "asks_next",  # 1 if one of the next six of these is a question
    "answers",  # 1 if the sentence before it is, by any speaker
    "asked_words",  # number of telling words in the question
)
"""The features of a sentence, in the order of the columns of `features`.

- covered: share of the question's weight that the sentence contains. alike: the same, but a missing word counts by the
  cosine between it and the nearest piece of a word. meaning: cosine between question and sentence.
- ..._after: over the sentence and the one before it. _before: over the four before it. _near, _around: over it and its
  neighbours up to one or two away.
- ..._below_best: the feature minus its maximum over all sentences, 0 or below.
"""
_COVERED: Final = NAMES.index("covered")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage.

    Attributes:
        text: its words.
        begin: where it begins in the passage, in characters.
        end: where the next one begins.
        apart: distance of its stretch from the one found; negative before it.
        asks: whether it is a question.
    """

    passage: Passage
    text: str
    begin: int
    end: int
    apart: int
    asks: bool

    @classmethod
    def of(cls, passage: Passage, begin: int, end: int, apart: int) -> Sentence:
        """Cut a sentence out of a passage."""
        text = passage.text[begin:end].rstrip()
        return cls(passage, text, begin, end, apart, ends_asking(text))

    @property
    def begins(self) -> bool:
        """Whether it makes sense without what was said before it."""
        return is_beginning(self.passage.text, self.begin)

    def goes_on_from(self, other: Sentence) -> bool:
        """Tell whether the same person says it right after another sentence."""
        before, this = other.passage, self.passage
        return before.voice == this.voice and this.number - before.number <= 1


def sentences(stretches: Iterable[tuple[int, Sequence[Passage]]]) -> list[Sentence]:
    """Split consecutive stretches of talk into sentences; each comes with its distance from the stretch found."""
    return [
        Sentence.of(passage, begin, end, apart)
        for apart, stretch in stretches
        for passage in stretch
        for begin, end in pairwise((*sentences_begin(passage.text), len(passage.text)))
    ]


def answers(
    talk: Sequence[Sentence], asked: EmbeddedQuery, speaker: str | None, length: int, most: int
) -> list[Passage]:
    """Return the sentences that answer best, each extended to a passage by one person; several if they are short.

    Args:
        talk: the sentences around a place, in order.
        asked: the question, with at least one telling word.
        speaker: only this person's words count; None for anybody's.
        length: approximate number of characters in all; a single sentence may be longer.
        most: maximum number of passages, best first. Returns none if only questions have the question's words.
    """
    theirs = frozenset(stems(speaker or ""))
    fitting = {
        number
        for number, each in enumerate(talk)
        if not each.asks and theirs <= frozenset(stems(each.passage.speaker or ""))
    }
    if not fitting:
        return []
    table = features(talk, asked)
    if speaker and not any(table[number, _COVERED] for number in fitting):
        return []  # only their "Yeah, that's true."
    if len(asked.query.telling) <= _BARE:
        fitting = {number for number in fitting if table[number, _COVERED]} or fitting
    scores = trees.load(FITTED).values(table)
    chosen: list[Passage] = []
    while fitting and len(chosen) < most and (length >= _ROOM or not chosen):
        best = max(fitting, key=lambda number: float(scores[number]))
        first, last = _grown(talk, scores, _beginning(talk, best), best, length)
        while talk[last].asks and not table[last, _COVERED]:  # a question that leads to another subject
            last -= 1
        if _leads_on(talk, last):
            last += 1
        chosen.append(_joined(talk[first : last + 1]))
        length -= len(chosen[-1].text)
        fitting -= set(range(first - 1, last + 2))
    return chosen


def _leads_on(talk: Sequence[Sentence], last: int) -> bool:
    """Tell whether a sentence only introduces the next: "That's a hard one.", "A couple of examples..."."""
    if last + 1 == len(talk) or not talk[last + 1].goes_on_from(talk[last]) or len(talk[last + 1].text) > _LEAD:
        return False
    said = talk[last].text.rstrip()
    return said.endswith(("...", "…", ":")) or len(said.split()) <= _BRIEF


def _joined(chosen: Sequence[Sentence]) -> Passage:
    passages = dict.fromkeys(each.passage for each in chosen)
    begin, end = chosen[0].begin, chosen[-1].end
    cut = {chosen[-1].passage: slice(0, end), chosen[0].passage: slice(begin, end if len(passages) == 1 else None)}
    text = " ".join(passage.text[cut.get(passage, slice(None))].rstrip() for passage in passages)
    return part(chosen[0].passage, begin, text)


def _beginning(talk: Sequence[Sentence], best: int) -> int:
    """Go back from a sentence to one that makes sense by itself, if that is near; otherwise return the sentence."""
    room = _LEAD
    first = best
    while not talk[first].begins:
        if not first or not talk[first].goes_on_from(talk[first - 1]) or len(talk[first - 1].text) >= room:
            return best
        first -= 1
        room -= len(talk[first].text) + 1
    return first


def _grown(talk: Sequence[Sentence], scores: Floats, first: int, last: int, length: int) -> tuple[int, int]:
    """Add what the same person says before and after, the better side first, as long as there is room."""
    begins = first
    room = length - sum(len(each.text) + 1 for each in talk[first : last + 1])
    while beside := [
        number
        for number, before in ((first - 1, first), (last + 1, last + 1))
        if 0 <= number < len(talk) and before < len(talk) and talk[before].goes_on_from(talk[before - 1])
        if len(talk[number].text) < room
    ]:
        number = max(beside, key=lambda each: float(scores[each]))
        room -= len(talk[number].text) + 1
        first, last = min(first, number), max(last, number)
    return next(number for number in range(first, begins + 1) if talk[number].begins or number == begins), last


def features(talk: Sequence[Sentence], asked: EmbeddedQuery) -> Table:
    """Return the features of sentences, (sentences, NAMES); needs a sentence and a question with a telling word."""
    covered, alike, meant = _measured([each.text for each in talk], asked)
    worth = np.array(list(asked.query.telling.values()), np.float32)
    worth /= max(float(worth.sum()), EPSILON)
    # Padded with zeros by hand; `np.pad` takes five times as long.
    said = np.zeros((2, _BACK + len(talk) + _ON, len(worth)), np.float32)
    said[:, _BACK : _BACK + len(talk)] = covered, np.maximum(covered, alike)
    summed = np.zeros((_BACK + 1 + len(talk) + _ON, meant.shape[1]), np.float32)
    summed[_BACK + 1 : _BACK + 1 + len(talk)] = meant
    summed = np.cumsum(summed, axis=0)
    columns: dict[str, ArrayLike] = {
        "words": np.log1p([len(each.text.split()) for each in talk]),
        "apart": [each.apart for each in talk],
        "begins": [each.begins for each in talk],
        **_by_turn(talk),
        "answers": [False, *(before.asks for before in talk[:-1])],
        "asked_words": len(worth),
    }
    for window, (back, on) in _WINDOWS.items():
        steps = [said[:, _BACK + step : _BACK + step + len(talk)] for step in range(back, on + 1)]
        columns["covered" + window], columns["alike" + window] = np.max(steps, axis=0) @ worth
        together = summed[_BACK + on + 1 :][: len(talk)] - summed[_BACK + back :][: len(talk)]
        length = np.maximum(np.sqrt(np.einsum("ij,ij->i", together, together)), EPSILON)
        columns["meaning" + window] = together @ asked.vector / length
    table = np.empty((len(talk), len(NAMES)), np.float32)
    for column, name in enumerate(NAMES):
        feature = np.asarray(columns[name.removesuffix("_below_best")])
        table[:, column] = feature - feature.max() if name.endswith("_below_best") else feature
    return table


def _by_turn(talk: Sequence[Sentence]) -> dict[str, ArrayLike]:
    """Return for each sentence how much the same person says around it, and whether a question follows."""
    before, after, asks = [0] * len(talk), [0] * len(talk), [False] * len(talk)
    asking = [each.asks for each in talk]
    for number in range(1, len(talk)):
        before[number] = before[number - 1] + 1 if talk[number].goes_on_from(talk[number - 1]) else 0
    for number in range(len(talk) - 2, -1, -1):
        after[number] = after[number + 1] + 1 if before[number + 1] else 0
        asks[number] = True in asking[number + 1 : number + 1 + min(after[number], _LOOK_AHEAD)]
    return {"said_before": np.minimum(before, _LONGEST), "said_after": np.minimum(after, _LONGEST), "asks_next": asks}


def _measured(texts: Sequence[str], asked: EmbeddedQuery) -> tuple[Floats, Floats, Floats]:
    """Return three features of each text: its telling words, the cosine of its nearest piece to each, its vector."""
    meanings, telling = Meanings.load(), list(asked.query.telling)
    there = [frozenset(stems(text)) for text in texts]
    covered = np.array([[stem in words for stem in telling] for words in there], np.float32)
    pieces = [meanings.vocabulary.rows(text) for text in texts]
    ends = list(accumulate(map(len, pieces)))
    alike, meant = np.zeros_like(covered), np.zeros((len(texts), meanings.dimensions), np.float32)
    said = [number for number, of_one in enumerate(pieces) if of_one]
    if said:
        begins = [ends[number] - len(pieces[number]) for number in said]
        rows = np.fromiter((row for of_one in pieces for row in of_one), np.uint32, ends[-1])
        known, at = np.unique(rows, return_inverse=True)
        near = asked.words @ meanings.of_pieces(known).T
        alike[said] = np.maximum(np.maximum.reduceat(near[:, at], begins, axis=1).T, 0)
        meant[said] = np.add.reduceat(meanings.weighed(known)[at], begins, axis=0)
        meant /= np.maximum(np.linalg.norm(meant, axis=1, keepdims=True), EPSILON)
    return covered, alike, meant
