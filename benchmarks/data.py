"""The development sets, as a library that can be searched; nothing is measured here.

QMSum (Zhong et al. 2021): people's questions about recorded meetings, with the turns that answer them; each meeting is
an episode. CLINC150 (Larson et al. 2019): questions that no episode answers.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final

from knowledge.model import Episode, EpisodeId, Passage
from knowledge.passages import Turn, passages
from knowledge.search import Search

_LONG: Final = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a meeting and the numbers of the turns that answer it."""

    text: str
    meeting: EpisodeId
    kind: str
    split: str
    relevant: frozenset[int]


@dataclass(frozen=True)
class Meetings:
    """All meetings, their questions, and questions that none of them answers."""

    said: dict[EpisodeId, tuple[Passage, ...]]
    questions: tuple[Asked, ...]
    off_topic: tuple[str, ...]

    @classmethod
    def load(cls, folder: Path) -> Meetings:
        """Read `qmsum/` and `off_topic.jsonl` in a folder."""
        with gzip.open(folder / "qmsum/meetings.jsonl.gz", "rt", encoding="utf-8") as lines:
            meetings = [json.loads(line) for line in lines]
        with (folder / "qmsum/questions.jsonl").open(encoding="utf-8") as lines:
            questions = tuple(_asked(json.loads(line)) for line in lines)
        with (folder / "off_topic.jsonl").open(encoding="utf-8") as lines:
            off_topic = tuple(json.loads(line)["question"] for line in lines)
        said = {EpisodeId(m["meeting"]): _passages(EpisodeId(m["meeting"]), m["turns"]) for m in meetings}
        return cls(said, questions, off_topic)

    def asked(self, split: str) -> list[Asked]:
        """Return the questions of a split."""
        return [question for question in self.questions if question.split == split]

    @cached_property
    def search(self) -> Search:
        """All meetings, searched as one library."""
        episodes = [Episode(id_, id_, "Meetings", "the transcript") for id_ in self.said]
        return Search.over(episodes, (passage for said in self.said.values() for passage in said))

    @cached_property
    def turns(self) -> dict[str, range]:
        """The turns that each passage is made of."""
        found: dict[str, range] = {}
        for said in self.said.values():
            for passage, following in pairwise((*said, None)):
                first = _turn(passage)
                last = _turn(following) - (not following.approximate) if following else first
                found[passage.id] = range(first, max(first, last) + 1)
        return found

    def hit(self, question: Asked, passage_id: str) -> bool:
        """Tell whether at least half of a passage's turns are relevant."""
        turns = self.turns[passage_id]
        return 2 * len(question.relevant.intersection(turns)) >= len(turns)


def misspelt(text: str, seed: str) -> str:
    """Make one random slip in half of the words of five letters or more, always the same for the same seed."""
    chance = random.Random(seed)
    words = text.split(" ")
    return " ".join(_slip(word, chance) if len(word) >= _LONG and chance.random() < 1 / 2 else word for word in words)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return chance.choice(slips)


def _passages(meeting: EpisodeId, turns: Iterable[dict[str, str]]) -> tuple[Passage, ...]:
    # The turn's number stands for its time, so that a passage still knows where it came from.
    marked = [Turn(turn["speaker"], turn["text"], timedelta(seconds=n)) for n, turn in enumerate(turns)]
    return passages(marked, episode=meeting, source="the transcript")


def _turn(passage: Passage) -> int:
    return int(passage.start.total_seconds()) if passage.start else 0


def _asked(line: dict[str, object]) -> Asked:
    match line:
        case {"question": str(text), "meeting": str(meeting), "kind": str(kind), "split": str(split)}:
            spans = line["relevant_turns"]
            assert isinstance(spans, list)  # noqa: S101
            relevant = frozenset(turn for first, last in spans for turn in range(first, last + 1))
            return Asked(text, EpisodeId(meeting), kind, split, relevant)
    raise ValueError(f"not a question: {line}")
