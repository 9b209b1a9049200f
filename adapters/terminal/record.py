"""Writes an answer as one JSON object on one line, for other programs.

The fields are a contract: docs/json.md describes them, and none changes its name or meaning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import TypedDict, assert_never

from bot.port.messages import (
    Answer,
    Evidence,
    Fact,
    Found,
    Help,
    NotFound,
    Question,
    QuoteCheck,
    Several,
    Topic,
    Unsure,
    Voice,
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
    aloud: bool
    spans: list[list[int]]


class DifferenceRecord(TypedDict):
    """One place where the words asked about and the real ones part."""

    asked: str
    real: str


class VoiceRecord(TypedDict):
    """Somebody who said the words that were asked about; `first` and `last` name episodes."""

    speaker: str | None
    times: int
    exact: bool
    aloud: bool
    quoting: bool
    first: str | None
    last: str | None


class CountRecord(TypedDict):
    """One number of a statement that counts."""

    label: str
    count: int
    unit: str


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
    people: list[str]
    said_by: list[VoiceRecord]
    differences: list[DifferenceRecord]
    countless: bool
    counts: list[CountRecord]


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
    return _filled(question.text, _milliseconds(took), "error", sorry(reference), 0.0, reference=reference)


def _record(question: str, answer: Answer, milliseconds: float) -> Record:
    filled = partial(_filled, question, milliseconds)
    match answer:
        case Found(text, confidence, understood, topics, evidence, related):
            ranked = (*topics, *answer.less_likely)
            return filled("found", text, confidence, understood, ranked, evidence, _titles(related))
        case Fact(text, confidence):
            record = filled("fact", text, confidence, answer.understood, suggestions=_titles(answer.related))
            return {
                **record,
                "counts": [CountRecord(label=each.label, count=each.count, unit=each.unit) for each in answer.counts],
            }
        case QuoteCheck(text, confidence, verdict):
            record = filled("quote_check", text, confidence, answer.understood, evidence=answer.evidence)
            return {
                **record,
                "verdict": verdict.value,
                "suggestions": _titles(answer.suggestions),
                "people": list(answer.people),
                "countless": answer.countless,
                "said_by": [_voice(each) for each in answer.said_by],
                "differences": [DifferenceRecord(asked=each.asked, real=each.real) for each in answer.differences],
            }
        case Unsure(text, confidence, guesses, understood, evidence):
            labels = [guess.label for guess in guesses]
            return filled("unsure", text, confidence, understood, evidence=evidence, suggestions=labels)
        case NotFound(text, confidence, understood, suggestions):
            return filled("not_found", text, confidence, understood, suggestions=_titles(suggestions))
        case Help(text, examples):
            return filled("help", text, 1.0, suggestions=examples)
        case Several(parts):
            records = [_record(part.asked, part.answer, milliseconds) for part in parts]
            text = "\n".join(each["answer"] for each in records)
            return {**filled("several", text, min(each["confidence"] for each in records)), "parts": records}
        case _:
            assert_never(answer)


def _filled(
    question: str,
    milliseconds: float,
    kind: str,
    answer: str,
    confidence: float,
    understood: str | None = None,
    topics: Iterable[Topic] = (),
    evidence: Sequence[Evidence] = (),
    suggestions: Iterable[str] = (),
    reference: str | None = None,
) -> Record:
    return Record(
        question=question,
        kind=kind,
        confidence=confidence,
        understood=understood,
        answer=answer,
        topics=[_topic(topic) for topic in topics],
        evidence=[_evidence(piece) for piece in evidence[:_MOST]],
        verdict=None,
        suggestions=list(suggestions),
        milliseconds=milliseconds,
        parts=[],
        reference=reference,
        people=[],
        said_by=[],
        differences=[],
        countless=False,
        counts=[],
    )


def _voice(voice: Voice) -> VoiceRecord:
    return VoiceRecord(
        speaker=voice.speaker,
        times=voice.times,
        exact=voice.exact,
        aloud=voice.aloud,
        quoting=voice.quoting,
        first=voice.first.id if voice.first else None,
        last=voice.last.id if voice.last else None,
    )


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
        aloud=piece.aloud,
        spans=[list(span) for span in piece.spans],
    )


def _titles(topics: Iterable[Topic]) -> list[str]:
    return [topic.title for topic in topics]
