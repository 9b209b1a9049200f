"""What programs and services that transcribe write as JSON, in the shapes that their documents show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest

from knowledge.formats.segments import BAD_START, NO_LIST, NO_OBJECT, NO_WORDS
from knowledge.formats.transcript import Transcript
from knowledge.formats.transcript_json import read_transcript_json


def _read(heard: object) -> Transcript:
    return read_transcript_json(json.dumps(heard).encode())


def _assemblyai(word: str, start: int, speaker: str | None) -> dict[str, object]:
    return {"text": word, "start": start, "end": start + 300, "confidence": 0.9, "speaker": speaker}


def _deepgram(word: str, start: float, speaker: int) -> dict[str, object]:
    said = {"word": word.strip(".").lower(), "punctuated_word": word}
    return {**said, "start": start, "end": start + 0.3, "speaker": speaker}


def _rev(word: str, start: float) -> list[dict[str, object]]:
    return [{"type": "text", "value": word, "ts": start}, {"type": "punct", "value": " "}]


def _amazon(word: str, start: str, speaker: str) -> dict[str, object]:
    said = {"confidence": "0.99", "content": word}
    return {"type": "pronunciation", "alternatives": [said], "start_time": start, "speaker_label": speaker}


def _speechmatics(word: str, start: float, speaker: str) -> dict[str, object]:
    return {"type": "word", "start_time": start, "alternatives": [{"content": word, "speaker": speaker}]}


def _elevenlabs(text: str, start: float, speaker: str, kind: str = "word") -> dict[str, object]:
    return {"text": text, "start": start, "end": start, "type": kind, "speaker_id": speaker}


_STOP: Mapping[str, object] = {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": "."}]}


@pytest.mark.parametrize(
    ("heard", "one", "other"),
    [
        pytest.param(
            {
                "status": "completed",
                "words": [_assemblyai("Hello", 500, "A")],
                "utterances": [_assemblyai("Hello there.", 500, "A"), _assemblyai("Forty hives.", 3_723_000, "B")],
            },
            "Speaker A",
            "Speaker B",
            id="AssemblyAI",
        ),
        pytest.param(
            {
                "utterances": None,
                "words": [
                    _assemblyai("Hello", 500, None),
                    _assemblyai("there.", 900, None),
                    _assemblyai("Forty", 3_723_000, None),
                    _assemblyai("hives.", 3_723_500, None),
                ],
            },
            None,
            None,
            id="AssemblyAI without speakers",
        ),
        pytest.param(
            {
                "results": {
                    "channels": [],
                    "utterances": [
                        {"start": 0.5, "transcript": "Hello there.", "words": [], "speaker": 0},
                        {"start": 3723, "transcript": "Forty hives.", "words": [], "speaker": 1},
                    ],
                }
            },
            "Speaker 0",
            "Speaker 1",
            id="Deepgram with utterances",
        ),
        pytest.param(
            {"results": {"channels": [{"alternatives": [{"words": [
                _deepgram("Hello", 0.5, 0), _deepgram("there.", 0.9, 0),
                _deepgram("Forty", 3723, 1), _deepgram("hives.", 3723.5, 1),
            ]}]}]}},
            "Speaker 0",
            "Speaker 1",
            id="Deepgram",
        ),
        pytest.param(
            {"results": {"channels": [
                {"alternatives": [{"words": [_deepgram("Forty", 3723, 1), _deepgram("hives.", 3723.5, 1)]}]},
                {"alternatives": [{"words": [_deepgram("Hello", 0.5, 0), _deepgram("there.", 0.9, 0)]}]},
            ]}},
            "Speaker 0",
            "Speaker 1",
            id="Deepgram with a channel a speaker",
        ),
        pytest.param(
            {"result": {"transcription": {"utterances": [
                {"text": "Hello there.", "start": 0.5, "speaker": 0},
                {"text": "Forty hives.", "start": 3723, "speaker": 1},
            ]}}},
            "Speaker 0",
            "Speaker 1",
            id="Gladia",
        ),
        pytest.param(
            {"monologues": [
                {"speaker": 0, "elements": [*_rev("Hello", 0.5), *_rev("there.", 0.9)]},
                {"speaker": 1, "elements": [*_rev("Forty", 3723), *_rev("hives.", 3724)]},
            ]},
            "Speaker 0",
            "Speaker 1",
            id="Rev AI",
        ),
        pytest.param(
            {"results": {"transcripts": [], "items": [
                _amazon("Hello", "0.5", "spk_0"), _amazon("there", "0.9", "spk_0"), _STOP,
                _amazon("Forty", "3723.0", "spk_1"), _amazon("hives", "3724.0", "spk_1"), _STOP,
            ]}},
            "spk_0",
            "spk_1",
            id="Amazon Transcribe",
        ),
        pytest.param(
            {"results": [
                _speechmatics("Hello", 0.5, "S1"), _speechmatics("there", 0.9, "S1"), _STOP,
                _speechmatics("Forty", 3723, "S2"), _speechmatics("hives", 3724, "S2"), _STOP,
            ]},
            "S1",
            "S2",
            id="Speechmatics",
        ),
        pytest.param(
            {"text": "", "words": [
                _elevenlabs("Hello", 0.5, "speaker_0"), _elevenlabs(" ", 0.8, "speaker_0", "spacing"),
                _elevenlabs("there.", 0.9, "speaker_0"), _elevenlabs("(laughter)", 1.5, "speaker_0", "audio_event"),
                _elevenlabs("Forty", 3723, "speaker_1"), _elevenlabs(" ", 3723.4, "speaker_1", "spacing"),
                _elevenlabs("hives.", 3724, "speaker_1"),
            ]},
            "speaker_0",
            "speaker_1",
            id="ElevenLabs",
        ),
        pytest.param(
            {"transcription": [
                {"offsets": {"from": 500, "to": 2000}, "text": " Hello there."},
                {"offsets": {"from": 3_723_000, "to": 3_725_000}, "text": " Forty hives."},
            ]},
            None,
            None,
            id="whisper.cpp",
        ),
        pytest.param(
            {"segments": [], "words": [
                {"word": "Hello", "start": 0.5}, {"word": "there.", "start": 0.9},
                {"word": "Forty", "start": 3723.0}, {"word": "hives.", "start": 3724.0},
            ]},
            None,
            None,
            id="OpenAI, words alone",
        ),
        pytest.param(
            [
                {"start": "00:00:00.500", "start_ms": 500, "speaker": "1", "voice": "Ann Lee", "text": "Hello there."},
                {"start": "01:02:03.000", "start_ms": 1, "speaker": "2", "voice": "", "text": "Forty hives."},
            ],
            "Ann Lee",
            "Speaker 2",
            id="Podlove",
        ),
    ],
)  # fmt: skip
def test_words_speakers_and_times_are_read(heard: object, one: str | None, other: str | None) -> None:
    read = _read(heard)

    assert [(turn.speaker, turn.text, turn.start) for turn in read.turns] == [
        (one, "Hello there.", timedelta(seconds=0.5)),
        (other, "Forty hives.", timedelta(hours=1, minutes=2, seconds=3)),
    ]
    assert read.findings == ()


def test_what_can_not_be_read_is_counted_and_the_rest_is_read() -> None:
    read = _read({"words": [7, {"start": 1, "type": "word"}, _elevenlabs("Hello.", -1, "Ann Lee")]})

    assert [(turn.speaker, turn.text, turn.start) for turn in read.turns] == [("Ann Lee", "Hello.", None)]
    assert {(finding.line, finding.reason) for finding in read.findings} == {
        (None, reason) for reason in (NO_OBJECT, NO_WORDS, BAD_START)
    }


@pytest.mark.parametrize(
    "heard", [None, {"results": {}}, {"utterances": []}, {"words": {}}, {"transcription": "Hello"}]
)
def test_what_is_of_no_service_is_said_to_be_no_transcript(heard: object) -> None:
    read = _read(heard)

    assert read.turns == ()
    assert NO_LIST in {finding.reason for finding in read.findings}
