"""Writes an answer as one JSON object on one line, for other programs.

The fields are a contract: docs/json.md describes them, and none changes its name or meaning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple, TypedDict, assert_never

from bot.port.messages import Answer, Evidence, Fact, Found, Help, NotFound, Question, QuoteCheck, Topic, Unsure

__all__ = ["EvidenceRecord", "Record", "TopicRecord", "as_line", "as_record"]

_MOST = 10
"""How many pieces of evidence a record has at most."""


class TopicRecord(TypedDict):
    """A topic that was found."""

    id: str
    title: str
    summary: str
    episode: str


class EvidenceRecord(TypedDict):
    """Words that were said; `start` in seconds from the beginning of the episode."""

    kind: str
    text: str
    speaker: str | None
    episode: str
    start: float | None
    approximate: bool
    url: str | None
    confidence: float


class Record(TypedDict):
    """One answered question."""

    question: str
    kind: str
    confidence: float
    understood: str | None
    answer: str
    topics: list[TopicRecord]
    evidence: list[EvidenceRecord]
    verdict: str | None
    suggestions: list[str]
    milliseconds: float


def as_line(question: Question, answer: Answer, took: timedelta) -> str:
    """Write the record in ASCII, without a line end.

    Lone surrogates, which UTF-8 can't hold, and all control characters become JSON escapes.
    """
    # json leaves DEL alone, a control character to some terminals.
    return json.dumps(as_record(question, answer, took)).replace("\x7f", "\\u007f")


def as_record(question: Question, answer: Answer, took: timedelta) -> Record:
    """Put an answer into the fields of the contract."""
    own = _own(answer)
    return Record(
        question=question.text,
        kind=own.kind,
        confidence=1.0 if isinstance(answer, Help) else answer.confidence,
        understood=None if isinstance(answer, Help) else answer.understood,
        answer=answer.text,
        topics=[_topic(topic) for topic in own.topics],
        evidence=[_evidence(piece) for piece in own.evidence[:_MOST]],
        verdict=own.verdict,
        suggestions=list(own.suggestions),
        milliseconds=round(took / timedelta(milliseconds=1), 3),
    )


class _Own(NamedTuple):
    """What only some kinds of answer have."""

    kind: str
    suggestions: Iterable[str]
    topics: tuple[Topic, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    verdict: str | None = None


def _own(answer: Answer) -> _Own:
    match answer:
        case Found():
            return _Own("found", _titles(answer.related), answer.topics, answer.evidence)
        case Fact():
            return _Own("fact", _titles(answer.related))
        case QuoteCheck():
            suggestions = _titles(answer.suggestions)
            return _Own("quote_check", suggestions, evidence=answer.evidence, verdict=answer.verdict.value)
        case Unsure():
            return _Own("unsure", (guess.label for guess in answer.guesses))
        case NotFound():
            return _Own("not_found", _titles(answer.suggestions))
        case Help():
            return _Own("help", answer.examples)
        case _:
            assert_never(answer)


def _topic(topic: Topic) -> TopicRecord:
    return TopicRecord(id=topic.id, title=topic.title, summary=topic.summary, episode=topic.episode)


def _evidence(piece: Evidence) -> EvidenceRecord:
    return EvidenceRecord(
        kind=piece.kind.value,
        text=piece.text,
        speaker=piece.speaker,
        episode=piece.episode.id,
        start=None if piece.start is None else piece.start.total_seconds(),
        approximate=piece.approximate,
        url=piece.url,
        confidence=piece.confidence,
    )


def _titles(topics: Iterable[Topic]) -> list[str]:
    return [topic.title for topic in topics]
