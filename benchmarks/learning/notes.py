"""Fits how likely a topic or a quote answers a question: monotone boosted trees over features of `ranking.evidence`.

Trained on `sets/notes.jsonl`: invented episodes from many fields, with questions they answer, near misses and unrelated
questions, each asked of its episode, of its show, and of all episodes. Also on words from the notes, and on the
questions about the shipped episode in `tests/bank` that aren't held out.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import lightgbm
import numpy as np
from numpy.typing import NDArray

from benchmarks.learning import boosting
from benchmarks.learning.examples import telling
from bot.port.messages import Question
from bot.understanding.conversation import Thread
from bot.understanding.reader import Reader
from knowledge import library
from knowledge.library import SHIPPED
from knowledge.model import Episode, EpisodeId, ItemId, Quote, Topic
from knowledge.search import Search, ranking
from knowledge.search.confidence import NOTED
from knowledge.search.index.stemming import stems
from knowledge.search.trees import Table
from knowledge.search.words import carries, split
from tests.bank import marking

_SET: Final = Path(__file__).parents[1] / "sets/notes.jsonl"
_TREES: Final = 600
_SETTINGS: Final = {
    "objective": "binary",
    "learning_rate": 0.1,
    "min_data_in_leaf": 10,
    "feature_fraction": 0.4,
    "lambda_l2": 10.0,
}
_RIGHT: Final = 1.3
"""Weight of a right answer beside 1 for a wrong one, so that a confidence means the same for notes and talk."""
_NUMBERS: Final = ("uncounted", "unnamed")
"""Features too rare for the trees to notice: each gets a tree of its own with measured log odds."""
_MOSTLY: Final = 0.5
"""Minimum share of the question's weight that a note covers to count in measuring these odds."""
_SPEAKING_FOR: Final = {
    "covered": 1,
    "named": 1,
    "weight": 1,
    "rarest": 1,
    "meaning": 1,
    "meaning_below_best": -1,
    "name_meaning": 1,
    "name_meaning_below_best": -1,
    "strange": -1,
    "personal": -1,
    "uncounted": -1,
    "unnamed": -1,
}
"""Monotone constraints: more of a feature counts for an answer (1) or against it (-1); others are unconstrained."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about an episode's notes, and the names of the topics and quotes that answer it."""

    text: str
    kind: str
    episode: EpisodeId
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question to one library: the features of its candidates, and which of them answer."""

    asked: Asked
    show: str
    size: str
    features: Table
    right: NDArray[np.bool_]


def collection() -> tuple[list[Episode], list[Asked]]:
    """Read the episodes and the questions."""
    episodes, asked = [], []
    for number, line in enumerate(_SET.read_text(encoding="utf-8").splitlines()):
        read = json.loads(line)
        episode = _episode(EpisodeId(f"made-up-{number}"), read)
        episodes.append(episode)
        asked += [Asked(q["question"], q["kind"], episode.id, _answers(q)) for q in read["questions"]]
    return episodes, asked


def judged(episodes: Sequence[Episode], asked: Sequence[Asked]) -> Iterator[Judged]:
    """Ask each question of its episode, of its show and of all episodes."""
    shows = {show: [each for each in episodes if each.show == show] for show in dict.fromkeys(e.show for e in episodes)}
    groups = [("episode", [episode]) for episode in episodes]
    groups += [("show", of_one) for of_one in shows.values()]
    for size, group in (*groups, ("all", list(episodes))):
        search = Search.over(group)
        reader = Reader(group, {}, search.spell)
        by_id = {episode.id: episode for episode in group}
        theirs = [question for question in asked if question.episode in by_id]
        for question in (*theirs, *_subjects(group, episodes)):
            yield from _judge(search, reader, question, by_id[question.episode].show, size)


def fit(examples: Iterable[Judged], without: Iterable[str] = ()) -> list[Mapping[str, Any]]:
    """Fit on judged questions and return the roots of the trees; `without` names features to leave out."""
    gathered = list(examples)
    features = np.concatenate([each.features for each in gathered])
    right = np.concatenate([each.right for each in gathered])
    features[:, [NOTED.index(name) for name in without]] = 0
    stumps = [_stump(NOTED.index(name), features, right) for name in _NUMBERS]
    begun = sum(stump["right_child"]["leaf_value"] * (features[:, stump["split_feature"]] > 0) for stump in stumps)
    data = lightgbm.Dataset(
        features,
        label=right.astype(np.int8),
        weight=np.where(right, _RIGHT, 1.0),
        init_score=begun + np.log(right.sum() * _RIGHT / (~right).sum()),
        feature_name=list(NOTED),
    )
    constraints = [_SPEAKING_FOR.get(name, 0) for name in NOTED]
    fitted = lightgbm.train({**boosting.COMMON, **_SETTINGS, "monotone_constraints": constraints}, data, _TREES)
    always = {"leaf_value": float(np.log(right.sum() * _RIGHT / (~right).sum()))}
    return [always, *stumps, *(tree["tree_structure"] for tree in fitted.dump_model()["tree_info"])]


def _stump(column: int, features: Table, right: NDArray[np.bool_]) -> Mapping[str, Any]:
    """Return a tree with one split: by how many log odds a feature's presence lowers the chance of an answer."""
    mostly = features[:, NOTED.index("covered")] >= _MOSTLY
    there = features[:, column] > 0
    odds = [
        np.log((right & part).sum() + 0.5) - np.log((~right & part).sum() + 0.5)
        for part in (mostly & there, mostly & ~there)
    ]
    leaf = {"leaf_value": min(float(odds[0] - odds[1]), 0.0)}
    return {"split_feature": column, "threshold": 0.5, "left_child": {"leaf_value": 0.0}, "right_child": leaf}


def write(roots: Sequence[Mapping[str, Any]], file: Path) -> None:
    """Write the model as the search reads it."""
    boosting.write(roots, list(NOTED), file)


def of_the_bank(file: Path) -> Iterator[Judged]:
    """Ask the shipped episode the questions of a bank."""
    episodes = library.read(SHIPPED).episodes
    search = Search.over(episodes)
    reader = Reader(episodes, {}, search.spell)
    for entry in marking.read(file):
        if entry.library == marking.SHIPPED and len(entry.turns) == 1:
            turn, unanswerable = entry.turns[0], entry.category in marking.UNANSWERABLE
            if unanswerable or (turn.topics and "found" in turn.kinds):
                answers = frozenset() if unanswerable else frozenset(turn.topics)
                asked = Asked(turn.ask, "near" if unanswerable else "answer", episodes[0].id, answers)
                yield from _judge(search, reader, asked, marking.SHIPPED, "bank")


def _judge(search: Search, reader: Reader, question: Asked, show: str, size: str) -> Iterator[Judged]:
    first = reader.read(Question(question.text), Thread()).requests[0]
    embedded, notes = search.notes(first.subject or question.text, manner=first.worded.manner)
    if notes:
        right = np.array([note.item.id.rpartition("/")[2] in question.answers for note in notes], np.bool_)
        yield Judged(question, show, size, ranking.evidence(embedded, notes), right)


def _episode(id: EpisodeId, read: Mapping[str, Any]) -> Episode:
    topics = tuple(
        Topic(ItemId(f"{id}/topic/{number}"), id, each["title"], each["summary"], "the notes")
        for number, each in enumerate(read["topics"])
    )
    quotes = tuple(
        Quote(ItemId(f"{id}/quote/q{number}"), id, each["text"], "the notes", each.get("speaker"))
        for number, each in enumerate(read["quotes"])
    )
    return Episode(id, read["title"], read["show"], "the notes", topics=topics, quotes=quotes)


def _subjects(group: Sequence[Episode], others: Sequence[Episode]) -> Iterator[Asked]:
    """Ask for words from each episode, answered by every note that has them, and for a mix that none answers."""
    chance = random.Random(group[0].id)
    for episode in group:
        texts = _texts(episode)
        quotes = [quote.text for quote in episode.quotes]
        drawn = [draw(some) for some in (list(texts.values()), quotes) for draw in (_telling, _pairs)]
        words = [chance.choice(found) for found in drawn if found]
        for asked in words:
            wanted = set(stems(asked))
            having = (name for name, text in texts.items() if wanted <= set(stems(text)))
            yield Asked(asked, "answer", episode.id, frozenset(having))
        other = chance.choice([each for each in others if each.show != episode.show])
        more = chance.choice(_telling(_texts(other).values()))
        half = chance.choice(("{} for {}", "how many {1} are at the {0}", "{1} {0}")).format(words[0], more)
        yield Asked(half, "near", episode.id, frozenset())


def _pairs(texts: Iterable[str]) -> list[str]:
    pairs = (pair for text in texts for pair in pairwise(split(text)))
    return [" ".join(pair) for pair in pairs if all(map(carries, pair)) and any(map(telling, pair))]


def _texts(episode: Episode) -> dict[str, str]:
    notes = {topic.id: f"{topic.title} {topic.summary}" for topic in episode.topics}
    notes |= {quote.id: quote.text for quote in episode.quotes}
    return {id.rpartition("/")[2]: text for id, text in notes.items()}


def _telling(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in split(text) if telling(word)]


def _answers(question: Mapping[str, Any]) -> frozenset[str]:
    return frozenset() if question["at"] is None else frozenset([str(question["at"])])
