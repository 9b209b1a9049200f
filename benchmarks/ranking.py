"""How well the right passage is found, clean and misspelt, beside other search libraries.

A hit is a passage at least half of whose turns are relevant. Ours are the passages that an answer shows. The peers rank
the index's own sixty-word stretches of talk with the speakers' names, which suits them better than single passages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import mean
from typing import Final

from rapidfuzz import fuzz, process

from benchmarks.data import Asked, Library, misspelt
from bot.port.excerpts import TELLING
from bot.understanding.manner import manner
from knowledge.model import EVERYWHERE, EpisodeId, Passage, Scope
from knowledge.search.index.stemming import stems
from knowledge.search.words import carries, split

_DEPTH: Final = 20

Ranked = Callable[[str, EpisodeId | None], Sequence[tuple[Passage, ...]]]
"""A question and the episode to search, or None for the whole library -> stretches or single passages, best first."""


@dataclass(frozen=True, slots=True)
class Task:
    """Questions of one kind to a library.

    Attributes:
        inside: whether each is asked within its own episode or over the whole library.
        slips: whether to ask them misspelt as well.
    """

    name: str
    library: Library
    questions: Sequence[Asked]
    inside: bool
    slips: bool = True


def report(tasks: Iterable[Task]) -> None:
    """Print MRR, R@1 and R@5 for us and the peers."""
    print("\nFinding the passage (MRR, R@1, R@5)")
    for task in tasks:
        ways: dict[str, Ranked] = {"overheard": ours(task.library), "bm25s": _bm25s(task)}
        if task.inside:
            ways["token_set_ratio"] = _fuzzy(task.library)
        for name, ranked in ways.items():
            clean = scores(task, ranked, lambda text: text)
            line = f"  {task.name:34} {name:16} clean {_row(clean)}"
            if task.slips:
                slips = scores(task, ranked, lambda text: misspelt(text, text))
                line += f"   typos {_row(slips)}   cost {clean[0] - slips[0]:+.3f}"
            print(line)


def scores(task: Task, ranked: Ranked, typed: Callable[[str], str]) -> tuple[float, float, float]:
    """Return MRR, R@1 and R@5, with the questions typed as given."""
    places = [
        _place(task, question, ranked(typed(question.text), _where(task, question))) for question in task.questions
    ]
    return (
        mean(0 if place is None else 1 / (place + 1) for place in places),
        mean(place == 0 for place in places),
        mean(place is not None and place < 5 for place in places),
    )


def ours(library: Library) -> Ranked:
    """Rank as answers do, without thresholds."""

    def ranked(text: str, episode: EpisodeId | None) -> list[tuple[Passage, ...]]:
        scope = Scope(episode) if episode else EVERYWHERE
        hits = library.search.find(text, manner=manner(text), scope=scope, kinds=(Passage,), limit=_DEPTH).hits
        return [(hit.item,) for hit in hits if isinstance(hit.item, Passage)]

    return ranked


def report_seen(name: str, library: Library, questions: Iterable[Asked]) -> None:
    """Print how much of the answering sentences is visible at first, in the found passage and in what we show of it."""
    for place, inside in (("in the episode", True), (f"over {len(library.said)} episodes", False)):
        seen: list[tuple[float, float]] = []
        for question in questions:
            scope = Scope(question.episode) if inside else EVERYWHERE
            ranking = library.search.find(
                question.text, manner=manner(question.text), scope=scope, kinds=(Passage,), limit=1
            )
            found = [hit.item for hit in ranking.hits if isinstance(hit.item, Passage)]
            shown = [
                each for passage in found for each in library.search.answering(ranking.asked, passage, length=TELLING)
            ]
            seen.append((question.seen_in(found), question.seen_in(shown)))
        passage, answer = (mean(shares) for shares in zip(*seen, strict=True))
        print(f"  {name}, {place:24} seen first of the answer: its passage {passage:.3f}, what is shown {answer:.3f}")


def _where(task: Task, question: Asked) -> EpisodeId | None:
    return question.episode if task.inside else None


def _place(task: Task, question: Asked, found: Iterable[tuple[Passage, ...]]) -> int | None:
    return next((place for place, each in enumerate(found) if task.library.hit(question, each)), None)


def _row(each: tuple[float, float, float]) -> str:
    return " ".join(f"{score:.3f}" for score in each)


def _bm25s(task: Task) -> Ranked:
    import bm25s

    library = task.library
    among: Mapping[EpisodeId | None, Sequence[tuple[Passage, ...]]] = dict(library.stretches.items())
    if not task.inside:
        among = {None: list(chain.from_iterable(library.stretches.values()))}
    indices = {}
    for place in {_where(task, question) for question in task.questions}:
        indices[place] = bm25s.BM25()
        indices[place].index([_stemmed(_text(stretch)) for stretch in among[place]], show_progress=False)

    def ranked(text: str, episode: EpisodeId | None) -> list[tuple[Passage, ...]]:
        known = [stem for stem in _stemmed(text) if stem in indices[episode].vocab_dict]
        if not known:
            return []
        numbers, _ = indices[episode].retrieve([known], k=min(_DEPTH, len(among[episode])), show_progress=False)
        return [among[episode][number] for number in numbers[0]]

    return ranked


def _fuzzy(library: Library) -> Ranked:
    texts = {id: [_text(stretch).lower() for stretch in held] for id, held in library.stretches.items()}

    def ranked(text: str, episode: EpisodeId | None) -> list[tuple[Passage, ...]]:
        assert episode is not None  # noqa: S101
        found = process.extract(text.lower(), texts[episode], scorer=fuzz.token_set_ratio, limit=_DEPTH)
        return [library.stretches[episode][number] for _, _, number in found]

    return ranked


def _text(stretch: tuple[Passage, ...]) -> str:
    return " ".join(f"{passage.speaker} {passage.text}" for passage in stretch)


def _stemmed(text: str) -> list[str]:
    return [stem for word in split(text) if carries(word) for stem in stems(word)]
