"""Podcasting 2.0 and Whisper transcripts, and chapters: JSON that nobody vouches for."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from knowledge.formats import read_transcript
from knowledge.formats.chapters import NO_START, NO_TITLE, Chapter, read_chapters
from knowledge.formats.segments import BAD_START, NO_LIST, NO_OBJECT, NO_WORDS, NOT_JSON, TOO_DEEP
from knowledge.formats.text import NOT_UTF8, NUL
from knowledge.formats.transcript import Transcript
from knowledge.formats.transcript_json import read_transcript_json


def podcast(*segments: object, indent: int | None = None) -> bytes:
    return json.dumps({"version": "1.0.0", "segments": segments}, indent=indent).encode()


def said(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def test_a_speaker_holds_until_another_one_is_named() -> None:
    read = read_transcript_json(
        podcast(
            {"speaker": "Ann", "startTime": 0.5, "endTime": 2, "body": "Hello to you all."},
            {"startTime": 2, "body": "Welcome to the show."},
            {"speaker": "Bob", "startTime": "3.5", "body": "Thanks for having me."},
        )
    )

    assert said(read) == [
        ("Ann", "Hello to you all."),
        ("Ann", "Welcome to the show."),
        ("Bob", "Thanks for having me."),
    ]
    assert [turn.start for turn in read.turns] == [timedelta(seconds=time) for time in (0.5, 2, 3.5)]


def test_a_file_that_names_a_speaker_on_each_segment_says_nothing_of_one_without() -> None:
    speakers = ["Ann", "Ann", None, "Bob", "Bob"]
    read = read_transcript_json(podcast(*({"speaker": who, "body": "Hello to all."} for who in speakers)))

    assert [turn.speaker for turn in read.turns] == speakers


@pytest.mark.parametrize("space", ["", " "])
def test_single_words_become_sentences_by_one_speaker(space: str) -> None:
    spoken = [("Ann", word) for word in ("Hello", "there", ".", "All", "well", "?")] + [("Bob", "Yes"), ("Bob", "!")]
    bodies = [(who, word if word in ".?!" else space + word) for who, word in spoken]

    read = read_transcript_json(
        podcast(*({"speaker": who, "startTime": at, "body": body} for at, (who, body) in enumerate(bodies)))
    )

    assert said(read) == [("Ann", "Hello there."), ("Ann", "All well?"), ("Bob", "Yes!")]
    assert [turn.start for turn in read.turns] == [timedelta(seconds=time) for time in (0, 3, 6)]


def test_words_without_a_full_stop_end_where_a_pause_begins() -> None:
    read = read_transcript_json(
        podcast(*({"startTime": at, "body": word} for at, word in ((0, "one"), (1, "two"), (9, "three"))))
    )

    assert [turn.text for turn in read.turns] == ["one two", "three"]


def test_broken_segments_are_told_by_line_and_counted_and_the_rest_is_read() -> None:
    read = read_transcript_json(
        podcast(
            {"startTime": 0, "body": "The first words."},
            7,
            {"startTime": 1},
            {"startTime": -1, "body": "Before it all."},
            [],
            indent=1,
        )
    )

    assert [turn.text for turn in read.turns] == ["The first words.", "Before it all."]
    assert [(finding.line, finding.reason, finding.count) for finding in read.findings] == [
        (8, NO_OBJECT, 2),
        (9, NO_WORDS, 1),
        (12, BAD_START, 1),
    ]


def test_whisper_names_no_speaker_and_one_with_labels_keeps_them() -> None:
    read = read_transcript_json(
        json.dumps(
            {
                "text": "",
                "segments": [
                    {"start": 0.0, "end": 2.0, "text": " Hello there, all."},
                    {"start": 2.0, "speaker": "SPEAKER_01", "text": " Hi to you too."},
                ],
            }
        ).encode()
    )

    assert said(read) == [(None, "Hello there, all."), ("SPEAKER_01", "Hi to you too.")]


def test_whisper_words_stand_in_for_missing_text() -> None:
    read = read_transcript_json(
        json.dumps({"segments": [{"start": 1, "words": [{"word": " Good"}, {"word": " day."}, 3]}]}).encode()
    )

    assert said(read) == [(None, "Good day.")]


def test_either_kind_is_recognized_by_its_keys() -> None:
    assert said(read_transcript("a.json", podcast({"speaker": "Ann", "body": "One two three."}))) == [
        ("Ann", "One two three.")
    ]
    assert said(read_transcript("a.json", b'[{"start": 1, "text": "One two three."}]')) == [(None, "One two three.")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"segments": [', NOT_JSON),
        (b"[" * 200_000, TOO_DEEP),
        (b'{"a":' * 200_000, TOO_DEEP),
        (b"[" + b"9" * 5000 + b"]", NOT_JSON),
        (b'{"words": []}', NO_LIST),
        (b'"text"', NO_LIST),
    ],
)
def test_what_is_no_transcript_is_said_to_be_none(data: bytes, reason: str) -> None:
    for read in (read_transcript_json(data), read_transcript("a.json", data)):
        assert read.turns == ()
        assert reason in {finding.reason for finding in read.findings}


def test_a_lone_surrogate_is_dropped() -> None:
    read = read_transcript_json(b'{"segments": [{"speaker": "Ann \\ud800 Lee", "body": "It is \\ud800 fine."}]}')

    assert (read.turns[0].speaker, read.turns[0].text) == ("Ann Lee", "It is fine.")


def test_chapters_are_read_by_their_start_and_hidden_ones_left_out() -> None:
    read = read_chapters(
        b"""{"version": "1.2.0", "chapters": [
            {"startTime": 10.5, "title": "Tea &amp; cake"},
            {"startTime": 0, "endTime": 10, "title": "Hello"},
            {"startTime": 5, "toc": false, "title": "Picture"},
            {"title": "No start"},
            {"startTime": 1e999, "title": "Never"},
            {"startTime": 3}]}"""
    )

    assert read.chapters == (
        Chapter("Hello", timedelta(0), timedelta(seconds=10)),
        Chapter("Tea & cake", timedelta(seconds=10.5)),
    )
    assert [(finding.line, finding.reason, finding.count) for finding in read.findings] == [
        (5, NO_START, 2),
        (7, NO_TITLE, 1),
    ]


def test_chapters_that_are_none_are_said_to_be_none() -> None:
    assert read_chapters(b"nope").findings[0].reason == NOT_JSON
    assert read_chapters(b"\0").chapters == ()


@pytest.mark.parametrize(("flaw", "reason"), [(b"\0", NUL), (b"\x97", NOT_UTF8)])
def test_what_had_to_be_guessed_to_read_it_is_told_by_line_beside_what_is_wrong_in_it(flaw: bytes, reason: str) -> None:
    transcript = read_transcript_json(b'{"segments": [\n7,\n{"start": 1, "text": "Good ' + flaw + b'day to you."}]}')
    chapters = read_chapters(b'{"chapters": [\n7,\n{"startTime": 1, "title": "Good ' + flaw + b'day"}]}')

    assert len(transcript.turns) == len(chapters.chapters) == 1
    for findings in (transcript.findings, chapters.findings):
        assert [(finding.line, finding.reason) for finding in findings] == [(3, reason), (2, NO_OBJECT)]
