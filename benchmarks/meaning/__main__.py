"""Makes the table of word meanings, and prints after each step how well it finds answers: `make meaning`.

By itself: `OPENBLAS_NUM_THREADS=1 python -m benchmarks.meaning [--shared FOLDER] [--vectors FOLDER] [--seed N]
[--into FOLDER]`; on one thread the same seed gives the same table. The teacher's vectors take a quarter of an hour or
more the first time. They are cached, so an interrupted run resumes.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Final

import numpy as np
from platformdirs import user_cache_path

from benchmarks import data
from benchmarks.data import Asked
from benchmarks.meaning import measuring, recipe
from benchmarks.meaning.transcripts import read, spoken
from knowledge.search import alike, meaning
from knowledge.search.meaning import Meanings, pack, unpack

_SHARED: Final = Path("../shared")
_SHIPPED: Final = Path(meaning.__file__).parent
_ORIGIN: Final = (
    "# Word pieces of all-MiniLM-L6-v2, then words common in English or in the Changelog's transcripts; see NOTICE."
)


def main() -> int:
    """Train, measure after each step, and write `meaning.npy` and `meaning.txt`."""
    given = _given()
    archive, asked = given.shared / "corpora/changelog-transcripts.tar.xz", given.shared / "eval/spoken_questions.jsonl"
    if not (archive.exists() and asked.exists()):
        print(f"No transcripts in {given.shared}; name their folder with --shared FOLDER", file=sys.stderr)
        return 2
    train, val = spoken(asked, "train"), spoken(asked, "val")
    library = measuring.Library(read(archive, {question.file for question in val}))
    sets = {"asked on air": measuring.asked_on_air(val), **measuring.written(_written("val"))}

    def report(name: str, meanings: Meanings) -> None:
        print(f"{time.perf_counter() - began:5.0f} s  {name}", flush=True)
        for kind, questions in sets.items():
            print(f"         {kind:12}  {library.measure(questions, meanings)}", flush=True)

    began = time.perf_counter()
    report("as shipped", Meanings.load())
    talk = read(archive, {question.file for question in train})
    for name, made in recipe.make(talk, train, _written("train"), given.vectors, given.seed):
        report(name, Meanings(*unpack(pack(made.table)), made.pieces))
    np.save(given.into / "meaning.npy", pack(made.table))
    np.save(given.into / "alike.npy", alike.coded(Meanings(*unpack(pack(made.table)), made.pieces).vocabulary.words))
    (given.into / "meaning.txt").write_text("\n".join([_ORIGIN, *made.pieces]) + "\n", encoding="utf-8")
    return 0


def _written(split: str) -> list[Asked]:
    return [*data.paraphrases(split), *data.stretches_asked_for(split)]


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.meaning", description=__doc__.partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=_SHARED, help="folder of corpora/ and eval/")
    parser.add_argument(
        "--vectors", type=Path, default=user_cache_path("overheard") / "teacher", help="where they are kept"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--into", type=Path, default=_SHIPPED, help="folder that the table is written to")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
