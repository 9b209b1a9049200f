"""Asks thousands of absurd questions, cut from what was really said, to see whether any raises.

Run by itself: `python -m benchmarks.hostile [ARCHIVE] [--questions N] [--all]`, over 200 episodes, or all.
Quality isn't measured. It fails if anything raises, and prints the question; its number reproduces it.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tarfile
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks.data import imported
from benchmarks.scale import ARCHIVE
from bot.operating.opening import open_assistant
from bot.port.messages import Assistant, ConversationId, Question
from bot.understanding.sentences import vocabulary
from knowledge.model import EpisodeId
from knowledge.search.index.cache import IndexCache, Indexed

_EPISODES: Final = 200
_QUESTIONS: Final = 20_000
_PASSAGES: Final = 20
"""Number of passages per episode that questions are cut from."""
_TURNS: Final = 6
"""Number of consecutive questions in one conversation."""
_PRINTED: Final = 20
"""Maximum number of failures printed with their traceback."""
_SLOWEST: Final = 5
_FRAMES: Final = (
    "{}",
    "{}?",
    "what did {} say about {}?",
    "did {} say {}?",
    'did they say "{}"?',
    "verify: {}",
    '"{}" {}',
    "who said {}?",
    "what about {}",
    "and {}?",
    "{} vs {}",
    "{} and {}?",
    "compare {} with {}",
    "a quote by {} on {}",
    "everything {} said about {}",
    "the latest episode about {}",
    "which episodes with {} are on {}",
    "who is {}? how long is {}? what is {}",
    "1) {} 2) {} 3) {} 4) {}",
    "{} in episode {}",
    "{}, {}; {} - {}",
    "#{}",
    "the runtime of {}",
    "no, {}",
)
_ALONE: Final = (
    "2",
    "the first one",
    "the last one",
    "no, the other one",
    "who said that?",
    "what else?",
    "repeat that",
    "are you sure?",
    "another one",
    "any quote on that?",
    "what did he say about it",
    "what is this episode about",
    "wrong",
)
_TRICKS: Final = (
    *"\"'“”«»()[]{}<>|*_`~#@&%$/\\^+-–—:;,.!?…\u0301\u200d\u202e\ufdfa\x00\n\t🐝ßİ½²٣",
    "' OR 1=1 --",
    "<@U1>",
    "{subject}",
    "EPISODE",
    "PERSON",
    "QUOTED",
    "s1e99999999999",
    "99999999999999999999",
    "\ud800",
)


@dataclass(frozen=True, slots=True)
class _Material:
    """The material that questions are cut from."""

    passages: Sequence[str]
    names: Sequence[str]
    words: Sequence[str]


def report(archive: Path, episodes: int | None, questions: int) -> int:
    """Ask, print, and return the number of questions that raised."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        library, cache = _imported(archive, home, episodes), home / "cache"
        indexed = IndexCache(cache, vocabulary()).open(library)
        asked = _questions(_material(indexed), questions)
        return asyncio.run(_ask(open_assistant(library, cache), asked))


def _imported(archive: Path, home: Path, episodes: int | None) -> Path:
    with tarfile.open(archive) as packed:
        packed.extractall(home / "source", filter="data")
    every = sorted(path for path in (home / "source").rglob("*.md") if path.parent != home / "source")
    count = min(episodes or len(every), len(every))
    for path in set(every) - {every[number * len(every) // count] for number in range(count)}:
        path.unlink()
    print(f"  {imported(home)}")
    return home / "library"


def _material(indexed: Indexed) -> _Material:
    chance = random.Random("material")
    passages: list[str] = []
    names: set[str] = set()
    for episode in indexed.library.episodes:
        said = list(indexed.search.said_in(EpisodeId(episode.id)))
        drawn = chance.sample(said, min(_PASSAGES, len(said)))
        passages += [passage.text for passage in drawn]
        names.update(passage.speaker for passage in drawn if passage.speaker)
        names.update((episode.title, episode.show, f"{episode.show} {episode.number}", episode.number or "1"))
    return _Material(passages, sorted(names), sorted(vocabulary()))


def _questions(material: _Material, count: int) -> Iterator[str]:
    return (_question(material, random.Random(number)) for number in range(count))


def _question(material: _Material, chance: random.Random) -> str:
    if chance.random() < 1 / 12:
        return chance.choice(_ALONE)
    frame = chance.choice(_FRAMES)
    text = frame.format(*(_piece(material, chance) for _ in range(frame.count("{}"))))
    while chance.random() < 1 / 3:
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(_TRICKS) + text[at:]
    return text


def _piece(material: _Material, chance: random.Random) -> str:
    kind = chance.randrange(6)
    if kind == 0:
        return chance.choice(material.names)
    if kind == 1:
        return " ".join(chance.choices(material.words, k=chance.randint(1, 6)))
    if kind == 2:
        return chance.choice(chance.choice(material.names).split() or [""])
    words = chance.choice(material.passages).split()
    begin = chance.randrange(len(words) or 1)
    longest = chance.choice((2, 6, 12, 40, 400))
    return " ".join(words[begin : begin + chance.randint(1, longest)])


async def _ask(assistant: Assistant, questions: Iterator[str]) -> int:
    times: list[tuple[float, int, str]] = []
    raised = 0
    for number, question in enumerate(questions):
        conversation = ConversationId(f"{number // _TURNS}")
        began = perf_counter()
        try:
            await assistant.ask(Question(question, conversation=conversation))
        except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
            raised += 1
            if raised <= _PRINTED:
                print(f"\n  {number}: {question!r}\n{''.join(traceback.format_exception(error, limit=-4))}")
        times.append(((perf_counter() - began) * 1000, number, question))
    times.sort()
    (p50, *_), (p99, *_) = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"  {len(times):,} questions, {raised} raised   p50 {p50:.1f} ms   p99 {p99:.1f} ms; the slowest:")
    for took, number, question in times[: -_SLOWEST - 1 : -1]:
        print(f"  {took:6.0f} ms   {number}, {len(question)} characters: {question[:100]!r}")
    return raised


def main() -> int:
    """Read the arguments and ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", nargs="?", type=Path, default=ARCHIVE)
    parser.add_argument("--questions", type=int, default=_QUESTIONS)
    parser.add_argument("--all", action="store_true", help="index all episodes")
    given = parser.parse_args()
    if not given.archive.exists():
        print(f"No transcripts at {given.archive}: name their archive, as in `python -m benchmarks.hostile ARCHIVE`.")
        return 2
    return min(report(given.archive, None if given.all else _EPISODES, given.questions), 1)


if __name__ == "__main__":
    sys.exit(main())
