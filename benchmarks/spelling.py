"""How well misspelt words are corrected, by kind, with and without phonetic rules; names must not be changed.

Run by itself: `python -m benchmarks.spelling [ARCHIVE] [--episodes N]`, over N episodes of the archive that `scale`
takes. Each word is put into a question. Search only uses stems, so "modells" counts as right for "model".
"""

from __future__ import annotations

import argparse
import csv
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from math import inf
from pathlib import Path
from typing import Final, Literal, TypeAlias
from unittest.mock import patch

from benchmarks import speed
from benchmarks.data import imported
from benchmarks.scale import ARCHIVE
from bot.understanding.sentences import vocabulary
from knowledge.search import Search, spelling
from knowledge.search.index.cache import IndexCache
from knowledge.search.index.stemming import stems
from knowledge.search.words import split

_SET: Final = Path(__file__).with_name("sets") / "misspellings.tsv"
_EPISODES: Final = 200
_FRAME: Final = "what did they say about {} then"

Verdict: TypeAlias = Literal["right", "none", "wrong"]


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A word as typed, and the word meant, which is empty if the typed one must stay."""

    kind: str
    split: str
    typed: str
    meant: str


def misspellings() -> tuple[Misspelling, ...]:
    """Read the set of misspellings."""
    with _SET.open(encoding="utf-8", newline="") as lines:
        next(lines)
        return tuple(Misspelling(**row) for row in csv.DictReader(lines, delimiter="\t"))


def report(search: Search) -> None:
    """Print everything for one library."""
    every = [each for each in misspellings() if _can_be_meant(search, each)]
    print(f"Spelling ({len(every)} words that this library can tell)")
    for part in ("train", "test"):
        some = [each for each in every if each.split == part]
        heard, unheard = _judged(search, some, by_ear=True), _judged(search, some, by_ear=False)
        print(f"\n  {part:28} words   right none wrong   without sounds")
        for kind in heard:
            print(f"  {kind:28} {heard[kind].total():5}   {_shares(heard[kind])}   {_shares(unheard[kind])}")
    asks = [partial(search.spell, _FRAME.format(each.typed)) for each in every]
    print()
    speed.report("a question with a misspelt word", speed.timed(asks))
    known = [partial(search.spell, _FRAME.format(each.meant)) for each in every if each.meant]
    speed.report("the same, well spelt", speed.timed(known))


def _can_be_meant(search: Search, each: Misspelling) -> bool:
    """Tell whether the library knows the word meant; always true for words that must stay."""
    known = not search.spell(_FRAME.format(each.meant or each.typed)).unknown
    return known if each.meant else True


def _judged(search: Search, some: Iterable[Misspelling], *, by_ear: bool) -> dict[str, Counter[Verdict]]:
    judged: defaultdict[str, Counter[Verdict]] = defaultdict(Counter)
    # Each way asks with a different ending, so that no cached result is reused.
    with nullcontext() if by_ear else patch.object(spelling, "_misheard", return_value=inf):
        for each in some:
            verdict = _verdict(search, each, "?" if by_ear else "")
            judged[each.kind if each.meant else f"stays: {each.kind}"][verdict] += 1
            judged["all that are misspelt" if each.meant else "all that stay"][verdict] += 1
    return dict(sorted(judged.items(), key=lambda item: (item[0].startswith(("all", "stay")), item[0])))


def _verdict(search: Search, each: Misspelling, ending: str) -> Verdict:
    asked = _FRAME.format(each.typed) + ending
    got = search.spell(asked).text
    if _stems(got) == _stems(_FRAME.format(each.meant or each.typed)):
        return "right"
    return "none" if got == asked else "wrong"


def _stems(text: str) -> list[str]:
    return [stem for word in split(text) for stem in stems(word)]


def _shares(verdicts: Counter[Verdict]) -> str:
    order: Sequence[Verdict] = ("right", "none", "wrong")
    return "  ".join(f"{verdicts[each] / max(verdicts.total(), 1):.2f}" for each in order)


def _search(home: Path, archive: Path, episodes: int) -> Search:
    """Import an evenly spread sample of transcripts."""
    with tarfile.open(archive) as packed:
        packed.extractall(home / "source", filter="data")
    every = sorted(path for path in (home / "source").rglob("*.md") if path.parent != home / "source")
    for path in set(every) - set(every[:: max(1, len(every) // episodes)][:episodes]):
        path.unlink()
    imported(home)
    return IndexCache(home / "cache", vocabulary()).open(home / "library").search


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("archive", nargs="?", type=Path, default=ARCHIVE)
    parser.add_argument("--episodes", type=int, default=_EPISODES)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        report(_search(Path(folder), arguments.archive, arguments.episodes))
