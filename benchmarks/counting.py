"""What counting questions cost over a large library, and whether their numbers are right.

Run by itself: `python -m benchmarks.counting LIBRARY [--cache FOLDER] [--read N]`, over a library
filled by `overheard import`. Subjects are drawn from its own words, as many rare as common. Counts are compared with
those from reading the transcripts of N episodes word by word.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import Final

from benchmarks.speed import answered, report
from bot.operating.opening import open_assistant
from bot.port.messages import Assistant, Question
from bot.understanding.sentences import prepare, vocabulary
from knowledge.model import EpisodeId, Scope
from knowledge.search import Search
from knowledge.search.index.cache import IndexCache
from knowledge.search.index.forward import words_in
from knowledge.search.index.stemming import stems
from knowledge.search.words import carries

_ASKED: Final = 300
"""Number of questions of each kind."""
_READ: Final = 60
_SUBJECTS: Final = 400
_KINDS: Final = {
    "how often": "how often do they talk about {}",
    "how many episodes": "how many episodes mention {}",
    "who most": "who talks most about {}",
    "which show most": "which show talks most about {}",
    "how long": "how many minutes did they talk about {}",
    "people per show": "how many people mention {} per show",
    "top five": "top 5 episodes about {}",
    "first": "when did they first mention {}",
    "lately": "is {} talked about more lately",
}
_OTHERS: Final = (
    "who talks the most",
    "the longest episode",
    "how many speakers are there",
    "how many words are there",
)


def measure(library: Path, cache: Path, read: int) -> None:
    """Print how long questions of each kind take, and how many counts are right."""
    random_ = random.Random(4)
    indexed = IndexCache(cache, vocabulary()).open(library)
    ids = sorted(episode.id for episode in indexed.library.episodes)
    chosen = random_.sample(ids, min(read, len(ids)))
    subjects = _subjects(indexed.search, chosen, random_)
    print(f"{len(ids):,} episodes, {len(subjects)} subjects of one and two words")
    _check(indexed.search, chosen, subjects)
    prepare()
    assistant = open_assistant(library, cache)
    every: list[str] = []
    for kind, question in _KINDS.items():
        asked = [question.format(random_.choice(subjects)) for _ in range(_ASKED)]
        every += asked
        report(kind, answered(assistant, asked))
    report("without a subject", answered(assistant, _OTHERS * 25))
    report("all with a subject, mixed", answered(assistant, random_.sample(every, len(every))))
    report("the same, in processor time", _worked(assistant, every))


def _worked(assistant: Assistant, questions: Sequence[str]) -> tuple[float, float]:
    """Return the median and the 99th percentile of CPU time, which other load hardly affects."""

    async def ask() -> list[float]:
        times: list[float] = []
        for question in questions:
            began = process_time()
            await assistant.ask(Question(question))
            times.append(process_time() - began)
        return sorted(times)

    times = asyncio.run(ask())
    return times[len(times) // 2] * 1000, times[int(len(times) * 0.99)] * 1000


def _subjects(search: Search, episodes: Sequence[EpisodeId], random_: random.Random) -> list[str]:
    """Draw single words and pairs that occur, each equally likely however often it occurs."""
    single, pairs = set[str](), set[str]()
    for words in _said(search, episodes):
        telling = [word.isalpha() and carries(word) for word in words]
        single.update(word for word, tells in zip(words, telling, strict=True) if tells)
        pairs.update(
            f"{first} {second}"
            for (first, one), (second, other) in pairwise(zip(words, telling, strict=True))
            if one and other
        )
    half = _SUBJECTS // 2
    return [*random_.sample(sorted(single), half), *random_.sample(sorted(pairs), half)]


def _said(search: Search, episodes: Sequence[EpisodeId]) -> Iterator[list[str]]:
    return (words_in(passage.text) for id in episodes for passage in search.said_in(id))


def _check(search: Search, episodes: Sequence[EpisodeId], subjects: Sequence[str]) -> None:
    """Compare counts with those from reading every word of some episodes."""
    scope = Scope(within=frozenset(episodes))
    wanted = {subject: tuple(stem for word in subject.split() for stem in stems(word)) for subject in subjects}
    read = Counter[tuple[str, ...]]()
    for words in _said(search, episodes):
        of_words = [(stems(word) or [""])[0] for word in words]
        read.update((stem,) for stem in of_words)
        read.update(pairwise(of_words))
    right = sum(search.counting.mentions(each, scope=scope).amounts.total == read[wanted[each]] for each in subjects)
    print(f"  counts that are those of reading {len(episodes)} episodes: {right} of {len(subjects)}")


def main() -> int:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--read", type=int, default=_READ)
    given = parser.parse_args()
    if not given.library.exists():
        print(f"No library at {given.library}: fill one with `overheard import`.")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        measure(given.library, given.cache or Path(folder), given.read)
    return 0


if __name__ == "__main__":
    sys.exit(main())
