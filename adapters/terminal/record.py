"""Writes an answer as one JSON object on one line, for other programs.

The fields are a contract: docs/json.md describes them, and none changes its name or meaning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypedDict, assert_never

from bot.port.messages import (
    Answer,
    Evidence,
    Fact,
    Found,
    Help,
    NotFound,
    Part,
    Question,
    QuoteCheck,
    Several,
    Topic,
    Unsure,
)
from bot.port.wording import sorry

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
    parts: list[Record]
    reference: str | None


def as_line(record: Record) -> str:
    """Write a record in ASCII, without a line end.

    Lone surrogates, which UTF-8 can't hold, and all control characters become JSON escapes.
    """
    # json leaves DEL alone, a control character to some terminals.
    return json.dumps(record).replace("\x7f", "\\u007f")


def as_record(question: Question, answer: Answer, took: timedelta) -> Record:
    """Put an answer into the fields of the contract."""
    return _record(question.text, answer, _milliseconds(took))


def as_failure(question: Question, reference: str, took: timedelta) -> Record:
    """Put a failure, logged under a reference, into the fields of the contract."""
    return Record(
        question=question.text,
        kind="error",
        confidence=0.0,
        understood=None,
        answer=sorry(reference),
        topics=[],
        evidence=[],
        verdict=None,
        suggestions=[],
        milliseconds=_milliseconds(took),
        parts=[],
        reference=reference,
    )


def _record(question: str, answer: Answer, milliseconds: float) -> Record:
    own = _own(answer)
    return Record(
        question=question,
        kind=own.kind,
        confidence=own.confidence,
        understood=own.understood,
        answer=own.answer,
        topics=[_topic(topic) for topic in own.topics],
        evidence=[_evidence(piece) for piece in own.evidence[:_MOST]],
        verdict=own.verdict,
        suggestions=list(own.suggestions),
        milliseconds=milliseconds,
        parts=[_record(part.asked, part.answer, milliseconds) for part in own.parts],
        reference=None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    """What a kind of answer has of what a record holds."""

    kind: str
    answer: str
    confidence: float
    understood: str | None = None
    topics: tuple[Topic, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    verdict: str | None = None
    suggestions: Iterable[str] = ()
    parts: tuple[Part, ...] = ()


def _own(answer: Answer) -> _Own:
    match answer:
        case Found(text, confidence, understood):
            return _Own(
                kind="found",
                answer=text,
                confidence=confidence,
                understood=understood,
                topics=answer.topics,
                evidence=answer.evidence,
                suggestions=_titles(answer.related),
            )
        case Fact(text, confidence):
            return _Own(
                kind="fact",
                answer=text,
                confidence=confidence,
                understood=answer.understood,
                suggestions=_titles(answer.related),
            )
        case QuoteCheck(text, confidence):
            return _Own(
                kind="quote_check",
                answer=text,
                confidence=confidence,
                understood=answer.understood,
                evidence=answer.evidence,
                verdict=answer.verdict.value,
                suggestions=_titles(answer.suggestions),
            )
        case Unsure(text, confidence, guesses, understood):
            labels = [guess.label for guess in guesses]
            return _Own(kind="unsure", answer=text, confidence=confidence, understood=understood, suggestions=labels)
        case NotFound(text, confidence, understood):
            titles = _titles(answer.suggestions)
            return _Own(kind="not_found", answer=text, confidence=confidence, understood=understood, suggestions=titles)
        case Help(text, examples):
            return _Own(kind="help", answer=text, confidence=1.0, suggestions=examples)
        case Several(parts):
            each = [_own(part.answer) for part in parts]
            text = "\n".join(own.answer for own in each)
            return _Own(kind="several", answer=text, confidence=min(own.confidence for own in each), parts=parts)
        case _:
            assert_never(answer)


def _milliseconds(took: timedelta) -> float:
    return round(took / timedelta(milliseconds=1), 3)


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
