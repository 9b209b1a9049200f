"""Loads the development sets: talk, questions about it, and questions it doesn't answer. Nothing is measured here.

- QMSum (Zhong et al. 2021): questions about recorded meetings, with the turns that answer them.
- Questions really asked in the Changelog's transcripts, with the turn that answers; the asking turn is left out.
- `sets/paraphrases_*.jsonl`, written for this project: questions in other words than their answers.
- `sets/stretches_*.jsonl`, written for this project: three ways to ask for a turn: as a chapter heading, as somebody
  would who wants to hear it, and as somebody would who remembers none of its words.
- `sets/listeners_*.jsonl`, written for this project: questions that members of a podcast's chat would ask, each with
  the sentences that answer, given as a file, a turn and a range of its characters.
- CLINC150 (Larson et al. 2019) and NQ-open (Lee et al. 2019): questions that no episode answers.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import subprocess
import sys
import tarfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, cached_property
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any, Final

from knowledge.cutting import sentences_begin
from knowledge.model import Episode, EpisodeId, Passage
from knowledge.passages import Turn, passages, stretches
from knowledge.search import Search

SHARED: Final = Path("../shared")
_TRANSCRIPTS: Final = "corpora/changelog-transcripts.tar.xz"
HARMED: Final = 5
"""One in this many words of a half-remembered quotation is dropped, swapped or misspelt."""
_SETS: Final = Path(__file__).with_name("sets")
_TURN: Final = re.compile(r"^\*{2,3}([^*:\n]{1,60}?)\s*(?::[^*\n]*\*\*|\*\*\s*:)", re.MULTILINE)
_LONG: Final = 5
STRETCHES: Final = ("heading", "question", "paraphrase")
"""The three ways to ask for a turn in `sets/stretches_*.jsonl`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about an episode, and what answers it.

    Attributes:
        relevant: the numbers of the turns that answer, counted from 0.
        said: the exact sentences that answer, if more is known than the turn.
    """

    text: str
    episode: EpisodeId
    kind: str
    relevant: frozenset[int]
    said: tuple[str, ...] = ()

    def answered_by(self, words: str) -> bool:
        """Tell whether some words contain a whole answering sentence."""
        return any(each in _plain(words) for each in self.said)

    def seen_in(self, passages: Iterable[Passage]) -> float:
        """Return the share, in characters, of the answering sentences that some passages contain."""
        there = [_plain(each.text) for each in passages if each.episode == self.episode]
        seen = [each for each in self.said if any(each in text for text in there)]
        return sum(map(len, seen)) / sum(map(len, self.said))


@dataclass(frozen=True)
class Library:
    """Episodes that are searched together, and questions about them."""

    said: Mapping[EpisodeId, tuple[Passage, ...]]
    questions: tuple[Asked, ...]

    def among(self, episodes: Collection[EpisodeId]) -> Library:
        """Return a library of some of the episodes and the questions about them."""
        said = {id: self.said[id] for id in self.said if id in episodes}
        return Library(said, tuple(asked for asked in self.questions if asked.episode in said))

    def cut(self, passages: int) -> Library:
        """Return the first passages of each episode, and the questions they answer."""
        said = {id: self.said[id][:passages] for id in self.said}
        ends = {id: _turn(some[-1]) for id, some in said.items()}
        return Library(said, tuple(asked for asked in self.questions if max(asked.relevant) < ends[asked.episode]))

    def about(self, questions: Iterable[Asked]) -> Library:
        """Return the same episodes with other questions."""
        return replace(self, questions=tuple(questions))

    @cached_property
    def search(self) -> Search:
        """All episodes, searched as one library."""
        episodes = [Episode(id, id, "Episodes", "the transcript") for id in self.said]
        return Search.over(episodes, (passage for said in self.said.values() for passage in said))

    @cached_property
    def stretches(self) -> Mapping[EpisodeId, Sequence[tuple[Passage, ...]]]:
        """Each episode's stretches of talk, as the index groups them."""
        return {id: list(stretches(said)) for id, said in self.said.items()}

    @cached_property
    def turns(self) -> Mapping[str, range]:
        """The turns in each passage, by the passage's id."""
        found: dict[str, range] = {}
        for said in self.said.values():
            for passage, following in zip_longest(said, said[1:]):
                first = _turn(passage)
                last = _turn(following) - (not following.approximate) if following else first
                found[passage.id] = range(first, max(first, last) + 1)
        return found

    def hit(self, question: Asked, found: Iterable[Passage]) -> bool:
        """Tell whether at least half of the turns in some consecutive passages are relevant.

        If the answering sentences are known, tell whether one of them is in the passages.
        """
        read = tuple(found)
        if question.said:
            return read[0].episode == question.episode and any(question.answered_by(each.text) for each in read)
        turns = {turn for passage in read for turn in self.turns[passage.id]}
        return read[0].episode == question.episode and 2 * len(question.relevant & turns) >= len(turns)


def there(shared: Path) -> bool:
    """Tell whether the development sets are in a folder."""
    return (shared / "eval/qmsum/meetings.jsonl.gz").exists() and (shared / _TRANSCRIPTS).exists()


def meetings(shared: Path, split: str) -> Library:
    """Read the meetings that a split of QMSum asks about."""
    asked = [line for line in _lines(shared / "eval/qmsum/questions.jsonl") if line["split"] == split]
    wanted = {line["meeting"] for line in asked}
    with gzip.open(shared / "eval/qmsum/meetings.jsonl.gz", "rt", encoding="utf-8") as lines:
        read = [each for each in map(json.loads, lines) if each["meeting"] in wanted]
    said = {
        EpisodeId(each["meeting"]): _passages(
            EpisodeId(each["meeting"]), ((n, turn["speaker"], turn["text"]) for n, turn in enumerate(each["turns"]))
        )
        for each in read
    }
    return Library(said, tuple(map(_about_a_meeting, asked)))


def podcasts(shared: Path, split: str) -> Library:
    """Read the transcripts that a split of the spoken questions is about, without the asking turns."""
    lines = [line for line in _lines(shared / "eval/spoken_questions.jsonl") if line["split"] == split]
    asking: defaultdict[str, set[int]] = defaultdict(set)
    for line in lines:
        asking[line["file"]].add(line["asked_in"])
    texts = _transcripts(shared)
    said = {}
    for file, asked_in in asking.items():
        spoken = ((n, *turn) for n, turn in enumerate(texts[file]) if n not in asked_in)
        said[EpisodeId(file)] = _passages(EpisodeId(file), spoken)
    asked = (Asked(x["question"], EpisodeId(x["file"]), "spoken", frozenset({x["answered_in"]})) for x in lines)
    return Library(said, tuple(asked))


def paraphrases(split: str) -> list[Asked]:
    """Read a split's questions about `podcasts` that share hardly a word with their answers."""
    lines = _lines(_SETS / f"paraphrases_{split}.jsonl")
    return [Asked(x["question"], EpisodeId(x["file"]), "paraphrase", frozenset({x["turn"]})) for x in lines]


def stretches_asked_for(split: str) -> list[Asked]:
    """Read a split's three ways to ask for each of many turns of `podcasts`; their kinds are `STRETCHES`."""
    lines = _lines(_SETS / f"stretches_{split}.jsonl")
    return [Asked(x[kind], EpisodeId(x["file"]), kind, frozenset({x["turn"]})) for x in lines for kind in STRETCHES]


def listeners(shared: Path, split: str) -> list[Asked]:
    """Read a split's questions by listeners of `podcasts`, each with the sentences that answer.

    Questions of the kind "own" share no words with their answers.
    """
    asked = []
    for line in _lines(_SETS / f"listeners_{split}.jsonl"):
        _, turn = _transcripts(shared)[line["file"]][line["turn"]]
        words = turn[line["begin"] : line["end"]]
        said = tuple(_plain(words[begin:end]) for begin, end in pairwise((*sentences_begin(words), len(words))))
        relevant = frozenset({line["turn"]})
        kind = "own" if line.get("own") else "listener"
        asked.append(Asked(line["question"], EpisodeId(line["file"]), kind, relevant, said))
    return asked


def off_topic(shared: Path, split: str) -> list[str]:
    """Read questions that no episode answers; the 500 from CLINC150's test split count as `val`."""
    more = [line["question"] for line in _lines(shared / "eval/off_topic_more.jsonl") if line["split"] == split]
    return more + ([line["question"] for line in _lines(shared / "eval/off_topic.jsonl")] if split == "val" else [])


def questions(shared: Path, split: str) -> dict[str, list[str]]:
    """Read plain questions by source: podcasts, listeners (with headings), meetings, NQ-open, CLINC150.

    `train` adds those about the notes of invented episodes, whether the notes answer them or not.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    if split == "train":
        about = [asked for episode in _lines(_SETS / "notes.jsonl") for asked in episode["questions"]]
        found["notes"] = [asked["question"] for asked in about if asked["kind"] != "off"]
    found["listeners"] = [asked.text for asked in stretches_asked_for(split) if asked.kind != "paraphrase"]
    for file in ("spoken_questions.jsonl", "qmsum/questions.jsonl", "off_topic_more.jsonl"):
        for line in _lines(shared / "eval" / file):
            if line["split"] == split:
                found[line.get("source", file)].append(line["question"])
    return found


def misspelt(text: str, seed: str) -> str:
    """Misspell about half of the words of five letters or more; the same seed gives the same misspellings."""
    chance = random.Random(seed)
    words = text.split(" ")
    return " ".join(_slip(word, chance) if len(word) >= _LONG and chance.random() < 1 / 2 else word for word in words)


def half_remembered(words: Sequence[str], chance: random.Random) -> str:
    """Drop, swap or misspell one in every `HARMED` words."""
    words = list(words)
    for at in sorted(chance.sample(range(len(words)), max(1, round(len(words) / HARMED))), reverse=True):
        match chance.choice(("dropped", "swapped", "misspelt")):
            case "dropped":
                del words[at]
            case "swapped" if at + 1 < len(words):
                words[at], words[at + 1] = words[at + 1], words[at]
            case _:
                slip = chance.randrange(len(words[at]))
                words[at] = words[at][:slip] + chance.choice("abcdefghijklmnopqrstuvwxyz") + words[at][slip + 1 :]
    return " ".join(words)


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


def _passages(episode: EpisodeId, turns: Iterable[tuple[int, str, str]]) -> tuple[Passage, ...]:
    # The turn's number serves as its time, so that a passage still knows where it came from.
    marked = [Turn(speaker, text, timedelta(seconds=n)) for n, speaker, text in turns]
    return passages(marked, episode=episode, source="the transcript")


def _plain(words: str) -> str:
    return " ".join(words.split())


def _turn(passage: Passage) -> int:
    return int(passage.start.total_seconds()) if passage.start else 0


def _about_a_meeting(line: Mapping[str, Any]) -> Asked:
    relevant = frozenset(turn for first, last in line["relevant_turns"] for turn in range(first, last + 1))
    return Asked(line["question"], EpisodeId(line["meeting"]), line["kind"], relevant)


@cache
def _transcripts(shared: Path) -> Mapping[str, list[tuple[str, str]]]:
    """Read the turns of all transcripts, each a speaker and their words, by the file's path."""
    with tarfile.open(shared / _TRANSCRIPTS) as archive:
        files = ((member.name.removeprefix("./"), archive.extractfile(member)) for member in archive)
        return {name: list(_turns(file.read().decode())) for name, file in files if file and name.endswith(".md")}


def _turns(text: str) -> Iterator[tuple[str, str]]:
    begins = list(_TURN.finditer(text))
    for begin, following in pairwise((*begins, None)):
        if begin:
            yield begin.group(1), text[begin.end() : following.start() if following else None].strip()


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def imported(home: Path) -> str:
    """Import a folder's `source` into its `library`, with the index in its `cache`; return the line that sums it up.

    An import may skip files, and says so.
    """
    command = [sys.executable, "-m", "bot", "import", str(home / "source"), "--library", str(home / "library")]
    settings = {**os.environ, "OVERHEARD_CACHE": str(home / "cache")}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=settings)  # noqa: S603 - our own
    return counted(done.stdout) or done.stderr.strip()


def counted(said: str) -> str:
    """Find the line in which an import counts what happened to the files."""
    return next((line for line in said.splitlines() if " added, " in line), "")
