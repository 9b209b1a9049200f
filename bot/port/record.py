"""Writes an answer as one JSON object on one line, for other programs.

The fields are a contract: docs/json.md describes them, and none changes its name or meaning. What is asked for, and how
a record is handed over, is each adapter's business.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Literal, TypeAlias, assert_never

# Not typing's: pydantic, which makes a schema of these for some adapters, can't read that before Python 3.12.
from typing_extensions import TypedDict

from bot.port.messages import (
    MOST_EVIDENCE,
    Answer,
    Episode,
    Evidence,
    Fact,
    Found,
    Help,
    NotFound,
    Participant,
    Question,
    QuoteCheck,
    Several,
    Topic,
    Unsure,
    Voice,
)
from bot.port.wording import sorry

Kind: TypeAlias = Literal["found", "fact", "quote_check", "unsure", "not_found", "help", "several", "error"]
"""What an answer is; `error` for none."""


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
    id: str
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
    kind: Kind
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


class EpisodeRecord(TypedDict):
    """An episode; `published` as YYYY-MM-DD, `duration` in seconds."""

    id: str
    title: str
    show: str
    number: str | None
    season: int | None
    published: str | None
    duration: float | None
    hosts: list[str]
    guests: list[str]
    summary: str | None
    url: str | None


class EpisodeList(TypedDict):
    """Some episodes, and whether there are more."""

    episodes: list[EpisodeRecord]
    more: bool


class PersonRecord(TypedDict):
    """Somebody who takes part; `first` and `last` are ids of episodes, null for somebody who is only quoted."""

    name: str
    role: Literal["host", "guest"]
    shows: list[str]
    episodes: int
    first: str | None
    last: str | None


class PersonList(TypedDict):
    """Some people, and whether there are more."""

    people: list[PersonRecord]
    more: bool


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
    failed = _blank(question.text, "error", 0.0, _milliseconds(took))
    return {**failed, "answer": sorry(reference), "reference": reference}


def as_episode(episode: Episode) -> EpisodeRecord:
    """Put an episode into the fields of the contract."""
    return EpisodeRecord(
        id=episode.id,
        title=episode.title,
        show=episode.show,
        number=episode.number,
        season=episode.season,
        published=episode.published.isoformat() if episode.published else None,
        duration=episode.duration.total_seconds() if episode.duration else None,
        hosts=[person.name for person in episode.hosts],
        guests=[person.name for person in episode.guests],
        summary=episode.summary,
        url=episode.links.first,
    )


def as_person(person: Participant) -> PersonRecord:
    """Put somebody who takes part into the fields of the contract."""
    there = person.episodes
    return PersonRecord(
        name=person.name,
        role="host" if person.hosts else "guest",
        shows=list(dict.fromkeys(episode.show for episode in there)),
        episodes=len(there),
        first=there[-1].id if there else None,
        last=there[0].id if there else None,
    )


def kind_of(answer: Answer) -> Kind:
    """Name what an answer is."""
    match answer:
        case Found():
            return "found"
        case Fact():
            return "fact"
        case QuoteCheck():
            return "quote_check"
        case Unsure():
            return "unsure"
        case NotFound():
            return "not_found"
        case Help():
            return "help"
        case Several():
            return "several"
        case _:
            assert_never(answer)


def confidence_of(answer: Answer) -> float:
    """Say how sure an answer is, from 0 to 1: several are as sure as the least of them."""
    match answer:
        case Several(parts):
            return min(confidence_of(part.answer) for part in parts)
        case Help():
            return 1.0
        case Found() | Fact() | QuoteCheck() | Unsure() | NotFound():
            return answer.confidence
        case _:
            assert_never(answer)


def _record(question: str, answer: Answer, milliseconds: float) -> Record:
    record = _blank(question, kind_of(answer), confidence_of(answer), milliseconds)
    if isinstance(answer, Several):
        record["parts"] = [_record(part.asked, part.answer, milliseconds) for part in answer.parts]
        record["answer"] = "\n".join(part["answer"] for part in record["parts"])
        return record
    record["answer"] = answer.text
    match answer:
        case Found():
            record["topics"] = [_topic(each) for each in (*answer.topics, *answer.less_likely)]
            record["suggestions"] = _titles(answer.related)
        case Fact():
            record["suggestions"] = _titles(answer.related)
            record["counts"] = [
                CountRecord(label=each.label, count=each.count, unit=each.unit) for each in answer.counts
            ]
        case QuoteCheck():
            record["verdict"] = answer.verdict.value
            record["suggestions"] = _titles(answer.suggestions)
            record["people"] = list(answer.people)
            record["countless"] = answer.countless
            record["said_by"] = [_voice(each) for each in answer.said_by]
            record["differences"] = [DifferenceRecord(asked=each.asked, real=each.real) for each in answer.differences]
        case Unsure():
            record["suggestions"] = [guess.label for guess in answer.guesses]
        case NotFound():
            record["suggestions"] = _titles(answer.suggestions)
        case Help():
            record["suggestions"] = list(answer.examples)
        case _:
            assert_never(answer)
    if not isinstance(answer, Help):
        record["understood"] = answer.understood
    if isinstance(answer, Found | QuoteCheck | Unsure):
        record["evidence"] = [_evidence(piece) for piece in answer.evidence[:MOST_EVIDENCE]]
    return record


def _blank(question: str, kind: Kind, confidence: float, milliseconds: float) -> Record:
    return Record(
        question=question,
        kind=kind,
        confidence=confidence,
        understood=None,
        answer="",
        topics=[],
        evidence=[],
        verdict=None,
        suggestions=[],
        milliseconds=milliseconds,
        parts=[],
        reference=None,
        people=[],
        said_by=[],
        differences=[],
        countless=False,
        counts=[],
    )


def _topic(topic: Topic) -> TopicRecord:
    return TopicRecord(id=topic.id, title=topic.title, summary=topic.summary, episode=topic.episode)


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
        id=piece.id,
        spans=[list(span) for span in piece.spans],
    )


def _titles(topics: Iterable[Topic]) -> list[str]:
    return [topic.title for topic in topics]
