"""Imports two thousand real transcripts: how fast, with how much memory, and whether anything is silently lost.

Run by itself: `python -m benchmarks.importing [ARCHIVE]`. The archive has Markdown transcripts in one folder per show,
by default the Changelog's public ones (CC BY-SA 4.0). It is unpacked into a temporary folder.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.data import counted
from knowledge.formats import read_transcript
from knowledge.formats.transcript import Transcript
from knowledge.library import read
from knowledge.library.statistics import EpisodePart, measure
from knowledge.library.transcripts import transcript_of
from knowledge.passages import Turn

ARCHIVE: Final = Path("../shared/corpora/changelog-transcripts.tar.xz")

_FEWEST_KEPT: Final = 0.97
"""Minimum share of a file's whitespace-separated words to be read; the rest are names, times and markup."""
_MOST_SPEAKERS: Final = 40
_NAME: Final = re.compile(r"^#{0,6} ?\*{2,3}[^*\n]{1,80}?(?::\*{0,3}|\*\*:)", re.MULTILINE)
_TIME: Final = re.compile(r"\\?\[\s?\d{1,3}:[\d:.* ]+\\*\]")


@dataclass(frozen=True, slots=True)
class _Read:
    path: Path
    size: int
    words: int
    transcript: Transcript

    @property
    def kept(self) -> float:
        """Return the share of a file's words that were read."""
        return sum(len(turn.text.split()) for turn in self.transcript.turns) / max(1, self.words)


def report(archive: Path = ARCHIVE) -> None:
    """Print everything."""
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder, "source"), Path(folder, "library")
        with tarfile.open(archive) as packed:
            packed.extractall(source, filter="data")
        # First, while this process is small: on Linux a child's peak starts at its parent's size.
        _imports(source, library)
        _readers(sorted(path for path in source.rglob("*.md") if path.parent != source))
        _check(library)


def _readers(paths: Sequence[Path]) -> None:
    began = time.perf_counter()
    transcripts = [(path, read_transcript(path.name, path.read_bytes())) for path in paths]
    took = time.perf_counter() - began
    reads = [_compared(path, transcript) for path, transcript in transcripts]
    turns = [turn for each in reads for turn in each.transcript.turns if turn.text]
    words = sum(len(turn.text.split()) for turn in turns)
    size = sum(each.size for each in reads)
    print(f"Readers: {len(reads):,} files, {size / 1e6:.0f} MB in {took:.1f} s ({size / 1e6 / took:.0f} MB/s)")
    print(f"  {len(turns):,} paragraphs, {words:,} words, {len({turn.speaker for turn in turns}):,} names")
    print(f"  with a speaker {_share(turns, lambda turn: turn.speaker is not None)}")
    marked = [each for each in reads if any(turn.start is not None for turn in each.transcript.turns)]
    print(f"  with times {len(marked):,} files, {sum(turn.start is not None for turn in turns):,} times")
    least = min(reads, key=lambda each: each.kept)
    print(f"  of a file's words at least {least.kept:.1%} kept ({least.path.name})")
    for each in reads:
        speakers = {turn.speaker for turn in each.transcript.turns}
        if each.kept < _FEWEST_KEPT or not each.transcript.turns or len(speakers) > _MOST_SPEAKERS:
            print(f"  implausible: {each.path.name}, {each.kept:.1%} of its words, {len(speakers)} speakers")
        for finding in each.transcript.findings:
            print(f"  {each.path.name}:{finding.line}: {finding.reason} ({finding.count})")


def _compared(path: Path, transcript: Transcript) -> _Read:
    text = path.read_text(encoding="utf-8")
    said = _TIME.sub(" ", _NAME.sub(" ", text))
    return _Read(path, path.stat().st_size, len(said.split()), transcript)


def _imports(source: Path, library: Path) -> None:
    print("Imports (a process each)")
    _import("all of it", source, library)
    _import("again, nothing changed", source, library)
    changed = next(path for path in sorted(source.rglob("*.md")) if path.parent != source)
    changed.write_text(changed.read_text(encoding="utf-8") + "\n\nAnd goodbye.\n", encoding="utf-8")
    _import("again, one file changed", source, library)


def _import(what: str, source: Path, library: Path) -> None:
    command = [sys.executable, "-m", "bot", "import", str(source), "--library", str(library)]
    began = time.perf_counter()
    # This includes indexing, which takes much of the time.
    settings = {**os.environ, "OVERHEARD_CACHE": str(library.with_name("cache"))}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=settings)  # noqa: S603, our own command
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  {what}: {took:.1f} s, at most {peak:.0f} MB so far; {counted(done.stdout)}")


def _check(library: Path) -> None:
    began = time.perf_counter()
    episodes = read(library).episodes
    opened = time.perf_counter() - began
    sums = measure((episode, transcript_of(library / episode.id)) for episode in episodes)
    took = time.perf_counter() - began
    print(f"Check: {took:.1f} s ({opened:.1f} s of them for the {len(episodes):,} episode.yaml)")
    print(
        f"  {sums.words:,} words, named {sums.named / sums.words:.1%}, timed {sums.timed / sums.words:.1%}, "
        f"without times {len(sums.without.get(EpisodePart.TIMES, ()))}, "
        f"without names {len(sums.without.get(EpisodePart.NAMES, ()))}"
    )


def _share(turns: Sequence[Turn], true: Callable[[Turn], bool]) -> str:
    return f"{sum(map(true, turns)) / len(turns):.2%}"


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else ARCHIVE
    if not given.exists():
        print(f"No transcripts at {given}: name their archive, as in `python -m benchmarks.importing ARCHIVE`.")
        sys.exit(2)
    report(given)
