"""Every reader under any bytes, and back from what it should read; hostile files in linear time."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from datetime import timedelta
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.formats.chapters import read_chapters
from knowledge.formats.markdown import read_markdown
from knowledge.formats.plain_text import read_plain_text
from knowledge.formats.rss import read_feed
from knowledge.formats.speakers import who
from knowledge.formats.subrip import read_subrip
from knowledge.formats.times import LONGEST, number, seconds, seconds_alone
from knowledge.formats.transcript import Finding, Transcript
from knowledge.formats.transcript_html import read_transcript_html
from knowledge.formats.transcript_json import read_transcript_json
from knowledge.formats.webvtt import read_webvtt
from knowledge.passages import Turn
from tests.fakes.examples import examples

Reader = Callable[[bytes], Transcript]

READERS: tuple[Reader, ...] = (
    read_webvtt,
    read_subrip,
    read_transcript_json,
    read_transcript_html,
    read_markdown,
    read_plain_text,
)
# fmt: off
PARTS = st.sampled_from([
    "WEBVTT", "\n", "\n\n", "\r\n", "00:01.000 --> 00:02.000", "0.8 --> 7.3", "1", "<v Ann>", "<v ", "</v>", "<", ">",
    ">> ", "- ", "&gt;&gt; ", "Ann Lee: ", "Bob:", "**Ann:** ", "**", "*", "_", "`", r"\[04:01\]", "[1:02:03]",
    r"\[", "[99:99]", "](", "Break: ", "00:00:05 ", "Ann  0:05", "(0:05)", "<cite>", "</cite>", "<time>0:01</time>",
    "-->", "<p>", "<div>", "&amp;", "&#xD800;", "\u00ad", "\ud7ff", "：", "\0", '{"segments": [',
    '{"body": "x", "startTime": ', '{"text": "x", "start": 1}', "1e999", "-1", "NaN", "[", "]", "}", ",", "---\n",
    "<rss>", "<channel>", "<item>", "<title>a</title>", "</item>", "<!ENTITY a 'b'>", "words. ", "Hello there. ",
    "你好。", "\u2028", '{"words": [', '{"results": [', '{"monologues": [{"elements": [',
    '{"type": "punct", "value": "."}',
    '{"text": "x", "start": 1e308, "speaker": 7}', '{"alternatives": [{"content": "x"}]}',
])
# fmt: on
BYTES = st.one_of(st.binary(max_size=200), st.lists(PARTS, max_size=30).map(lambda parts: "".join(parts).encode()))


def is_sound(turns: tuple[Turn, ...], findings: tuple[Finding, ...]) -> bool:
    times = [turn.start for turn in turns if turn.start is not None]
    words = [turn.text for turn in turns]
    return (
        times == sorted(times)
        and all(timedelta(0) <= time <= timedelta(seconds=LONGEST) for time in times)
        and all(text == " ".join(text.split()) and text.encode() is not None for text in words)
        and all(turn.speaker is None or who(turn.speaker) == turn.speaker for turn in turns)
        and all(finding.count > 0 and (finding.line is None or finding.line > 0) for finding in findings)
        and bool(turns or findings)
    )


@pytest.mark.parametrize("read", READERS)
@given(data=BYTES)
@examples(60)
def test_whatever_the_bytes_a_reader_returns_sound_turns(read: Reader, data: bytes) -> None:
    transcript = read(data)

    assert is_sound(transcript.turns, transcript.findings)


@given(data=BYTES)
@examples(60)
def test_whatever_the_bytes_feeds_and_chapters_return(data: bytes) -> None:
    for findings in (read_feed(data).findings, read_chapters(data).findings):
        assert all(finding.count > 0 for finding in findings)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "segments",
                    "chapters",
                    "speaker",
                    "startTime",
                    "start",
                    "body",
                    "text",
                    "words",
                    "word",
                    "title",
                    "endTime",
                    "toc",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(value=JSON)
@examples(80)
def test_whatever_the_json_the_readers_return(value: object) -> None:
    for key in ("segments", "chapters"):
        data = json.dumps({key: value}).encode()
        read_chapters(data)
        transcript = read_transcript_json(data)
        assert is_sound(transcript.turns, transcript.findings)


NAMES = st.sampled_from(["Ann Lee", "Bob Ray", "Tomas Ortega", "José Valim", "Speaker 1"])
SENTENCES = st.lists(
    st.sampled_from(["swarms", "move", "if", "scouts", "agree", "R&D", "café", "it's", "I", "5"]),
    min_size=3,
    max_size=9,
).map(lambda words: " ".join(words) + ".")
TURNS = st.lists(st.tuples(NAMES, SENTENCES, st.integers(1, 90)), min_size=1, max_size=8).map(
    lambda turns: tuple(
        Turn(name, f"{index} {text}", timedelta(seconds=start))
        for index, ((name, text, _), start) in enumerate(zip(turns, accumulate(gap for *_, gap in turns), strict=True))
    )
)


def clock(turn: Turn) -> str:
    return f"0{turn.start}"


def as_webvtt(turns: tuple[Turn, ...]) -> str:
    cues = (
        f"{clock(turn)}.000 --> {clock(turn)}.500\n<v {turn.speaker}>{html.escape(turn.text)}</v>\n\n" for turn in turns
    )
    return "WEBVTT\n\n" + "".join(cues)


def as_subrip(turns: tuple[Turn, ...]) -> str:
    return "".join(
        f"{index}\n{clock(turn)},000 --> {clock(turn)},500\n{turn.speaker}: {turn.text}\n\n"
        for index, turn in enumerate(turns, 1)
    )


def as_podcast_json(turns: tuple[Turn, ...]) -> str:
    return json.dumps(
        {
            "version": "1.0.0",
            "segments": [
                {
                    "speaker": turn.speaker,
                    "startTime": turn.start.total_seconds() if turn.start else 0,
                    "body": turn.text,
                }
                for turn in turns
            ],
        }
    )


def as_podcast_words(turns: tuple[Turn, ...]) -> str:
    return json.dumps(
        {
            "segments": [
                {"speaker": turn.speaker, "startTime": turn.start.total_seconds() if turn.start else 0, "body": word}
                for turn in turns
                for word in turn.text.split()
            ]
        }
    )


def as_html(turns: tuple[Turn, ...]) -> str:
    return "".join(
        f"<cite>{turn.speaker}:</cite><time>{turn.start}</time><p>{html.escape(turn.text)}</p>" for turn in turns
    )


def as_markdown(turns: tuple[Turn, ...]) -> str:
    return "".join(rf"**{turn.speaker}:** \[{clock(turn)}\] {html.escape(turn.text)}" + "\n\n" for turn in turns)


def as_plain_text(turns: tuple[Turn, ...]) -> str:
    return "".join(f"{clock(turn)} {turn.speaker}: {turn.text}\n" for turn in turns)


@pytest.mark.parametrize(
    ("read", "write"),
    [
        (read_webvtt, as_webvtt),
        (read_subrip, as_subrip),
        (read_transcript_json, as_podcast_json),
        (read_transcript_json, as_podcast_words),
        (read_transcript_html, as_html),
        (read_markdown, as_markdown),
        (read_plain_text, as_plain_text),
    ],
)
@given(turns=TURNS)
@examples(40)
def test_what_is_written_in_a_format_is_read_from_it(
    read: Reader, write: Callable[[tuple[Turn, ...]], str], turns: tuple[Turn, ...]
) -> None:
    transcript = read(write(turns).encode())

    assert transcript == Transcript(turns)


SUNG = st.lists(st.sampled_from(["la la la", "hey Jude", "better", "na na na"]), min_size=3, max_size=8)


@pytest.mark.parametrize(("read", "head"), [(read_webvtt, "WEBVTT\n\n"), (read_subrip, "")])
@given(lines=SUNG)
@examples(40)
def test_lines_are_read_once_each_whether_they_roll_or_not(read: Reader, head: str, lines: list[str]) -> None:
    rolled = [lines[0], *(shown for old, new in pairwise(lines) for shown in (f"{old}\n{new}", new))]

    for captions in (lines, rolled):
        cues = (f"00:00:{at:02}.000 --> 00:00:59.000\n{words}" for at, words in enumerate(captions))
        transcript = read((head + "\n\n".join(cues)).encode())
        assert [turn.text for turn in transcript.turns] == lines


@given(st.text(alphabet="0123456789:.,- ", max_size=14))
def test_a_clock_is_a_time_or_none(text: str) -> None:
    for time in (seconds(text), number(text), seconds_alone(text)):
        assert time is None or 0 <= time < LONGEST


# fmt: off
ROWS = [
    "<v ", "<", "**", "[", r"\[", "\\", "](", "](((", "_a ", ">> ", "- \n", "-->\n", "0:", "1:1 ", "A ", "Ann ",
    "a.", " ", "\n", "&", "&#", "\u2028", "<p>", "<div>", "<cite>", "</p>", "<!--", '{"', '{"a":', "[{", "`", "*a",
    "> ", "# ", "Ann:\n", "00:01 --> 00:02\n", "x" * 50, "**a:** \n\n",
]
# fmt: on


# Each would take minutes if any reader's time grew with the square of the file's length.
@pytest.mark.slow
@pytest.mark.unmeasured
@pytest.mark.parametrize("part", ROWS)
def test_no_row_of_anything_takes_long(part: str) -> None:
    row = (part * (50_000 // len(part))).encode()

    for read in READERS:
        read(b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + row)
        read(row)
    read_feed(row)
    read_feed(b"<rss><channel>" + row)
    read_chapters(row)
