"""How well the right passage is found, clean and misspelt, beside what others would use.

A hit is a passage at least half of whose turns are relevant. The peers rank the same stretches of talk of sixty words
that the index holds, with the speakers' names, which serves them better than single passages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import mean
from typing import Final

from rapidfuzz import fuzz, process

from benchmarks.data import Asked, Meetings, misspelt
from knowledge.model import EpisodeId, Passage, Scope
from knowledge.passages import stretches
from knowledge.search.index.fulltext import stems
from knowledge.search.words import carries, split

_DEPTH: Final = 20

Ranked = Callable[[str, EpisodeId], Sequence[tuple[Passage, ...]]]
"""A question and where it is asked -> stretches or single passages, best first."""


def report(meetings: Meetings, split_: str) -> None:
    """Print MRR, R@1 and R@5 of ours and of the peers."""
    print(f"\nFinding the passage (QMSum {split_}; MRR, R@1, R@5)")
    ours = _ours(meetings)
    for name, ranked in {"overheard": ours, "bm25s": _bm25s(meetings), "token_set_ratio": _fuzzy(meetings)}.items():
        for kind in ("specific", "topic"):
            asked = [question for question in meetings.asked(split_) if question.kind == kind]
            clean = _scores(meetings, asked, ranked, lambda text: text)
            slips = _scores(meetings, asked, ranked, lambda text: misspelt(text, text))
            print(f"  {name:16} {kind:9} clean {_row(clean)}   typos {_row(slips)}   cost {clean[0] - slips[0]:+.3f}")


def _scores(
    meetings: Meetings, asked: Iterable[Asked], ranked: Ranked, typed: Callable[[str], str]
) -> tuple[float, float, float]:
    places = [
        next(
            (
                place
                for place, found in enumerate(ranked(typed(question.text), question.meeting))
                if _relevant(meetings, question, found)
            ),
            None,
        )
        for question in asked
    ]
    return (
        mean(0 if place is None else 1 / (place + 1) for place in places),
        mean(place == 0 for place in places),
        mean(place is not None and place < 5 for place in places),
    )


def _relevant(meetings: Meetings, question: Asked, found: tuple[Passage, ...]) -> bool:
    turns = {turn for passage in found for turn in meetings.turns[passage.id]}
    return 2 * len(question.relevant & turns) >= len(turns)


def _row(scores: tuple[float, float, float]) -> str:
    return " ".join(f"{score:.3f}" for score in scores)


def _ours(meetings: Meetings) -> Ranked:
    def ranked(text: str, meeting: EpisodeId) -> list[tuple[Passage, ...]]:
        hits = meetings.search.find(text, scope=Scope(meeting), kinds=(Passage,), limit=_DEPTH).hits
        return [(hit.item,) for hit in hits if isinstance(hit.item, Passage)]

    return ranked


def _bm25s(meetings: Meetings) -> Ranked:
    import bm25s

    indices = {}
    grouped = {meeting: list(stretches(said)) for meeting, said in meetings.said.items()}
    for meeting in {question.meeting for question in meetings.questions}:
        indices[meeting] = bm25s.BM25()
        indices[meeting].index([_stemmed(_text(stretch)) for stretch in grouped[meeting]], show_progress=False)

    def ranked(text: str, meeting: EpisodeId) -> list[tuple[Passage, ...]]:
        depth = min(_DEPTH, len(grouped[meeting]))
        known = [stem for stem in _stemmed(text) if stem in indices[meeting].vocab_dict]
        if not known:
            return []
        numbers, _ = indices[meeting].retrieve([known], k=depth, show_progress=False)
        return [grouped[meeting][number] for number in numbers[0]]

    return ranked


def _fuzzy(meetings: Meetings) -> Ranked:
    grouped = {meeting: list(stretches(said)) for meeting, said in meetings.said.items()}
    texts = {meeting: [_text(stretch).lower() for stretch in held] for meeting, held in grouped.items()}

    def ranked(text: str, meeting: EpisodeId) -> list[tuple[Passage, ...]]:
        found = process.extract(text.lower(), texts[meeting], scorer=fuzz.token_set_ratio, limit=_DEPTH)
        return [grouped[meeting][number] for _, _, number in found]

    return ranked


def _text(stretch: tuple[Passage, ...]) -> str:
    return " ".join(f"{passage.speaker} {passage.text}" for passage in stretch)


def _stemmed(text: str) -> list[str]:
    return [stem for word in split(text) if carries(word) for stem in stems(word)]
