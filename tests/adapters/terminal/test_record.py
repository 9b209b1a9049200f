import json
from datetime import timedelta

import pytest
from hypothesis import given

from adapters.terminal.record import Record, as_failure, as_line, as_record
from bot.port.messages import Answer, Question
from tests.fakes.assistant import (
    BY_OTHERS,
    CLOSE,
    EVERY_ANSWER,
    EXACT,
    FACT,
    FOUND,
    HELP,
    MAYBE,
    NOT_FOUND,
    NOT_SAID,
    OPPOSITE,
    SEVERAL,
    SNOWBALL,
    UNSURE,
)
from tests.fakes.hostile import hostile_answers, hostile_text

FIELDS = [
    "question",
    "kind",
    "confidence",
    "understood",
    "answer",
    "topics",
    "evidence",
    "verdict",
    "suggestions",
    "milliseconds",
    "parts",
    "reference",
    "people",
    "said_by",
    "differences",
    "countless",
    "counts",
]
TOOK = timedelta(microseconds=1234)


def record(answer: Answer) -> Record:
    return as_record(Question("anything?"), answer, TOOK)


@pytest.mark.parametrize("answer", EVERY_ANSWER)
def test_every_kind_of_answer_has_the_same_fields(answer: Answer) -> None:
    assert list(record(answer)) == FIELDS


def test_found_carries_topics_evidence_and_what_to_ask_next() -> None:
    assert record(FOUND) == {
        "question": "anything?",
        "kind": "found",
        "confidence": 0.93,
        "understood": "comets",
        "answer": FOUND.text,
        "topics": [
            {
                "id": "night-sky-7/topic/comets",
                "title": "Comets",
                "summary": "Comets are called dirty snowballs, and a hobby worth having.",
                "episode": "night-sky-7",
            }
        ],
        "evidence": [
            {
                "kind": "quote",
                "text": SNOWBALL.text,
                "speaker": None,
                "episode": "night-sky-7",
                "start": 3723.0,
                "approximate": False,
                "url": "https://sky.example/7?t=3723",
                "confidence": 0.9,
                "aloud": False,
                "spans": [],
            },
            {
                "kind": "passage",
                "text": "So you look up,\nand there it is.",
                "speaker": None,
                "episode": "night-sky-7",
                "start": 184.0,
                "approximate": True,
                "url": None,
                "confidence": 0.6,
                "aloud": False,
                "spans": [],
            },
        ],
        "verdict": None,
        "suggestions": ["Solar eclipses", "Oolong"],
        "milliseconds": 1.234,
        "parts": [],
        "reference": None,
        "people": [],
        "said_by": [],
        "differences": [],
        "countless": False,
        "counts": [],
    }


@pytest.mark.parametrize(
    ("answer", "kind", "verdict", "suggestions"),
    [
        (FACT, "fact", None, ["Comets"]),
        (CLOSE, "quote_check", "close", []),
        (BY_OTHERS, "quote_check", "by_others", []),
        (OPPOSITE, "quote_check", "opposite", []),
        (NOT_SAID, "quote_check", "not_found", ["Comets"]),
        (UNSURE, "unsure", None, ["Comets", "Oolong"]),
        (NOT_FOUND, "not_found", None, ["Comets", "Oolong"]),
        (HELP, "help", None, ["What about comets?", "Who is the host?"]),
    ],
)
def test_each_kind_goes_by_its_name(answer: Answer, kind: str, verdict: str | None, suggestions: list[str]) -> None:
    written = record(answer)

    assert (written["kind"], written["verdict"], written["suggestions"]) == (kind, verdict, suggestions)


def test_words_that_may_be_the_answer_are_evidence() -> None:
    written = record(MAYBE)

    assert (written["kind"], written["suggestions"]) == ("unsure", ["Oolong"])
    assert written["evidence"][0]["text"] == SNOWBALL.text


def test_a_checked_quotation_has_who_is_asked_about_who_said_it_and_what_differs() -> None:
    said, differing = record(EXACT), record(CLOSE)

    assert said["people"] == ["Mia Stone"]
    assert said["said_by"] == [
        {
            "speaker": "Mia Stone",
            "times": 2,
            "exact": True,
            "aloud": False,
            "quoting": False,
            "first": "night-sky-7",
            "last": "night-sky-7",
        },
        {"speaker": None, "times": 1, "exact": True, "aloud": False, "quoting": False, "first": None, "last": None},
    ]
    assert differing["differences"] == [{"asked": "ice ball", "real": "snowball"}]


def test_several_answers_are_records_within_a_record() -> None:
    written = record(SEVERAL)

    assert written["kind"] == "several"
    assert written["confidence"] == NOT_FOUND.confidence
    assert written["answer"].splitlines() == [part.answer.text for part in SEVERAL.parts]
    assert written["parts"] == [as_record(Question(part.asked), part.answer, TOOK) for part in SEVERAL.parts]


def test_a_failure_has_the_same_fields_and_a_reference() -> None:
    written = as_failure(Question("anything?"), "abc123", TOOK)

    assert list(written) == FIELDS
    assert (written["kind"], written["reference"]) == ("error", "abc123")
    assert "abc123" in written["answer"]


def test_help_is_always_sure() -> None:
    assert record(HELP)["confidence"] == 1.0
    assert record(HELP)["understood"] is None


@given(hostile_text, hostile_answers)
def test_any_words_make_one_printable_ascii_line_that_reads_back(question: str, answer: Answer) -> None:
    line = as_line(as_record(Question(question), answer, TOOK))

    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["question"] == question
    assert json.loads(line) == as_record(Question(question), answer, TOOK)
