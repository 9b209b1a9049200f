"""WebVTT and SubRip: cues, voices, and the oddities that are common in the wild."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from knowledge.formats.cues import BAD_TIME, STRAY
from knowledge.formats.subrip import read_subrip
from knowledge.formats.transcript import Transcript
from knowledge.formats.utterances import BACKWARDS, NOTHING, REPEATED
from knowledge.formats.webvtt import NO_HEADER, read_webvtt


def said(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def starts(transcript: Transcript) -> list[float | None]:
    return [turn.start.total_seconds() if turn.start is not None else None for turn in transcript.turns]


def vtt(*cues: str) -> bytes:
    return ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode()


def test_a_voice_holds_until_another_one_is_named() -> None:
    read = read_webvtt(
        vtt(
            "00:01.000 --> 00:02.000\n<v Ann Lee>Hello.",
            "00:02.000 --> 00:03.000\nAnd welcome.",
            "00:03.000 --> 00:04.000\n<v Bob>Thanks.",
        )
    )

    assert said(read) == [("Ann Lee", "Hello."), ("Ann Lee", "And welcome."), ("Bob", "Thanks.")]
    assert starts(read) == [1, 2, 3]


def test_words_before_a_colon_are_nobody_where_a_voice_says_who_speaks() -> None:
    read = read_webvtt(
        vtt(
            "00:01.000 --> 00:02.000\n<v Ann>Remember: be kind.",
            "00:02.000 --> 00:03.000\n<v Bob>Posit Connect: it is great.",
            "00:03.000 --> 00:04.000\n<v Ann>Remember: go on.",
            "00:04.000 --> 00:05.000\n<v Bob>I will.",
        )
    )

    assert said(read) == [
        ("Ann", "Remember: be kind."),
        ("Bob", "Posit Connect: it is great."),
        ("Ann", "Remember: go on."),
        ("Bob", "I will."),
    ]


def test_a_dash_before_a_voice_is_no_word() -> None:
    read = read_webvtt(
        vtt("00:01.000 --> 00:02.000\n- <v Ann>Hi.\n- <v Bob>Hello.", "00:02.000 --> 00:03.000\n–<v Ann>So.")
    )

    assert said(read) == [("Ann", "Hi."), ("Bob", "Hello."), ("Ann", "So.")]


def test_an_arrow_among_words_is_no_time() -> None:
    read = read_subrip(b"1\n00:00:01,000 --> 00:00:02,000\n(f: a --> b is a function\nand so is g\n")

    assert said(read) == [(None, "(f: a --> b is a function and so is g")]
    assert read.findings == ()


def test_two_voices_in_one_cue_are_two_turns_and_the_second_has_no_start_of_its_own() -> None:
    read = read_webvtt(
        vtt("00:01.000 --> 00:05.000\n<v Ann>Is it?</v> <v.loud Bob>It is.</v>", "00:05.000 --> 00:06.000\nSure.")
    )

    assert said(read) == [("Ann", "Is it?"), ("Bob", "It is."), ("Bob", "Sure.")]
    assert starts(read) == [1, None, 5]


def test_numbered_labels_are_kept_as_the_transcript_has_them() -> None:
    assert said(read_webvtt(vtt("00:01.000 --> 00:02.000\n<v Speaker 1>Hi."))) == [("Speaker 1", "Hi.")]


def test_a_mark_for_a_change_of_speaker_leaves_the_speaker_unknown() -> None:
    read = read_webvtt(
        vtt(
            "00:01.000 --> 00:02.000\n<v Ann>Hi.",
            "00:02.000 --> 00:03.000\n- Who's there?\n- Me.",
            "00:03.000 --> 00:04.000\nGo on. >> I will.",
        )
    )

    assert said(read) == [("Ann", "Hi."), (None, "Who's there?"), (None, "Me."), (None, "Go on."), (None, "I will.")]


def test_an_escaped_mark_for_a_change_may_carry_a_name() -> None:
    read = read_webvtt(vtt("00:01.000 --> 00:02.000\n&gt;&gt; ANN LEE: Hello.", "00:02.000 --> 00:03.000\nAll good."))

    assert said(read) == [("ANN LEE", "Hello."), ("ANN LEE", "All good.")]


def test_entities_are_decoded_and_tags_are_gone() -> None:
    read = read_webvtt(vtt("00:01.000 --> 00:02.000\n<i>R&amp;D</i> isn&#39;t <c.red>cheap</c> &lt;yet&gt;"))

    assert said(read) == [(None, "R&D isn't cheap <yet>")]


def test_short_hours_commas_carriage_returns_and_a_byte_order_mark_are_tolerated() -> None:
    read = read_webvtt(
        b"\xef\xbb\xbfWEBVTT\r\n\r\n0:00:02,440 --> 0:00:04,000\r\nHello.\r\n\r\n100:08.000 --> 100:09.000\r\nBye.\r\n"
    )

    assert read.findings == ()
    assert starts(read) == [2.44, 6008]


def test_notes_styles_and_cue_names_are_not_words() -> None:
    read = read_webvtt(
        vtt(
            "NOTE made by\na machine",
            "STYLE\n::cue { color: red }",
            "12\n00:01.000 --> 00:02.000\nHello.",
            "introduction\n00:02.000 --> 00:03.000\n42",
        )
    )

    assert said(read) == [(None, "Hello."), (None, "42")]


def test_a_cue_whose_end_is_not_after_its_start_is_read() -> None:
    assert starts(read_webvtt(vtt("00:05.000 --> 00:05.000\nHello."))) == [5]


def test_a_missing_header_is_told_with_its_line() -> None:
    read = read_webvtt(b"00:01.000 --> 00:02.000\nHello.\n00:02.000 --> 00:03.000\nBye.\n")

    assert said(read) == [(None, "Hello."), (None, "Bye.")]
    assert [(finding.line, finding.reason) for finding in read.findings] == [(1, NO_HEADER)]


def test_a_cue_with_a_broken_time_keeps_its_words_and_is_told_and_counted() -> None:
    read = read_webvtt(
        vtt(
            "00:10.000 --> 00:11.000\nOne two.",
            "00:99.000 --> 00:99.500\nthree four",
            "x --> y\nfive six",
            "00:20.000 --> 00:21.000\nSeven.",
        )
    )

    assert [(finding.line, finding.reason, finding.count) for finding in read.findings] == [(6, BAD_TIME, 2)]
    assert starts(read) == [10, None, None, 20]


def test_one_time_far_too_late_does_not_discredit_those_behind_it() -> None:
    read = read_webvtt(vtt(*(f"00:{second:02}.000 --> 00:59.000\nWord {second}." for second in (1, 2, 50, 4, 5))))

    assert starts(read) == [1, 2, None, 4, 5]
    assert [(finding.line, finding.reason) for finding in read.findings] == [(9, BACKWARDS)]


def test_rolling_captions_are_read_once() -> None:
    read = read_webvtt(
        vtt(
            "00:00:01.000 --> 00:00:02.000\nso<00:00:01.500><c> today</c>",
            "00:00:02.000 --> 00:00:02.010\nso today\n ",
            "00:00:02.010 --> 00:00:03.000\nso today\nwe<00:00:02.500><c> talk</c>",
        )
    )

    assert " ".join(turn.text for turn in read.turns) == "so today we talk"


def test_a_machine_that_repeats_itself_is_heard_once_and_told() -> None:
    read = read_webvtt(vtt(*(f"00:{second:02}.000 --> 00:59.000\nThank you." for second in range(30))))

    assert said(read) == [(None, "Thank you.")]
    assert [(finding.line, finding.reason) for finding in read.findings] == [(3, REPEATED)]


def test_a_refrain_is_kept_and_what_goes_on_for_minutes_is_not() -> None:
    refrain = read_webvtt(vtt(*(f"00:{second:02}.000 --> 00:59.000\nWe will rock you." for second in range(6))))
    loop = read_webvtt(vtt(*(f"{minute:02}:00.000 --> {minute:02}:59.000\nThank you." for minute in range(4))))

    assert said(refrain) == [(None, "We will rock you.")] * 6
    assert refrain.findings == ()
    assert said(loop) == [(None, "Thank you.")]


def test_a_line_that_is_sung_twice_is_not_taken_for_one_that_rolls() -> None:
    sung = ["na na na\nhey Jude", "na na na\nhey Jude", "hey Jude\nna na", "better<00:09.500><c> better</c>"]
    again = "better<00:10.500><c> better</c>"
    read = read_webvtt(vtt(*(f"00:{at:02}.000 --> 00:59.000\n{words}" for at, words in enumerate([*sung, again]))))

    assert [turn.text for turn in read.turns] == [
        "na na na hey Jude",
        "na na na hey Jude",
        "hey Jude na na",
        "better better",
        "better better",
    ]


def test_captions_that_roll_are_read_once_in_subrip_too() -> None:
    shown = ["so today", "so today\nwe talk", "we talk", "we talk\nabout bees", "about bees", "about bees\nabout bees"]
    read = read_subrip(
        "\n\n".join(f"{at}\n00:00:{at:02},000 --> 00:00:59,000\n{w}" for at, w in enumerate(shown)).encode()
    )

    assert [turn.text for turn in read.turns] == ["so today", "we talk", "about bees", "about bees"]


@pytest.mark.parametrize("read", [read_webvtt, read_subrip])
def test_a_time_may_be_a_number_of_seconds(read: Callable[[bytes], Transcript]) -> None:
    transcript = read(b"WEBVTT\n\n1\n0.860 --> 7.380\nHello.\n\n2\n3661,5 --> 3662\nBye.\n\n3\n4000 --> 4001\nGone.\n")

    assert starts(transcript) == [0.86, 3661.5, 4000]


@pytest.mark.parametrize(
    "captions",
    [
        ["Ann Lee: Hello.", "Ann Lee: I am Ann.", "Who is there?", "Bob Ray: I am.", "Bob Ray: Bob."],
        ["Ann Lee: Hello.", "Ann Lee: I am Ann.", "Who is there?"],
        ["Ann Lee: Hello.", *["Words."] * 150, "Bob Ray: Bye."],
    ],
)
def test_a_file_that_names_some_captions_alone_says_nothing_of_the_others(captions: list[str]) -> None:
    voiced = [f"<v {name}>{words}" if words else name for name, _, words in (each.partition(": ") for each in captions)]
    for read in (captions, voiced):
        transcript = read_webvtt(vtt(*(f"{at}.0 --> 99.0\n{words}" for at, words in enumerate(read))))

        assert all(turn.speaker is None for turn in transcript.turns if turn.text in {"Who is there?", "Words."})


def test_a_label_that_strays_into_captions_is_no_speaker() -> None:
    alone = ["We use it a lot.", "Posit Connect: it is great.", "So we do.", "And more."]
    among = [
        "Ann: Hi.",
        "So",
        "Bob: Yes.",
        "well",
        "Posit Connect: it is great",
        "and so",
        "Ann: Oh.",
        "no",
        "Bob: Ah.",
    ]

    for captions in (alone, among):
        read = read_webvtt(vtt(*(f"{at}.0 --> 99.0\n{words}" for at, words in enumerate(captions))))

        assert "Posit Connect" not in {turn.speaker for turn in read.turns}
        assert any(turn.text.startswith("Posit Connect: it is great") and not turn.speaker for turn in read.turns)


def test_a_file_without_words_says_so() -> None:
    assert [finding.reason for finding in read_webvtt(b"WEBVTT\n").findings] == [NOTHING]


def test_subrip_names_hold_and_what_may_be_no_name_is_nobodys() -> None:
    read = read_subrip(
        b"1\n00:00:00,000 --> 00:00:02,000\nAdam Curry: Hello.\n\n2\n00:00:02,000 --> 00:00:03,000\nso: what now?\n\n"
        b"3\n00:00:03,000 --> 00:00:04,000\nDivya: Hi.\n\n4\n00:00:04,000 --> 00:00:05,000\nRust: it's great.\n\n"
        b"5\n00:00:05,000 --> 00:00:06,000\n<b>Divya:</b> Bye.\n\n6\n00:00:06,000 --> 00:00:07,000\nNote: the end.\n"
    )

    assert said(read) == [
        ("Adam Curry", "Hello."),
        ("Adam Curry", "so: what now?"),
        ("Divya", "Hi."),
        (None, "Rust: it's great."),
        ("Divya", "Bye."),
        ("Divya", "Note: the end."),
    ]


def test_subrip_words_may_have_an_empty_line_among_them_and_none_behind_them() -> None:
    read = read_subrip(b"1\n00:00:01,000 --> 00:00:02,000\nOne\n\nmore.\n2\n00:00:02,500 --> 00:00:03,000\nTwo.\n")

    assert said(read) == [(None, "One more."), (None, "Two.")]
    assert read.turns[1].start == timedelta(seconds=2.5)


def test_words_that_stand_in_no_cue_are_told() -> None:
    read = read_webvtt(
        vtt(
            "00:01.000 --> 00:02.000\nHello.",
            "Not in\nany cue.",
            "NOTE by hand",
            "intro\n00:03.000 --> 00:04.000\nBye.",
        )
    )

    assert said(read) == [(None, "Hello."), (None, "Bye.")]
    assert [(finding.line, finding.reason, finding.count) for finding in read.findings] == [(6, STRAY, 1)]


def test_a_line_of_one_space_above_words_does_not_end_their_cue() -> None:
    read = read_webvtt(
        vtt(
            "00:00.160 --> 00:02.390\n \nwelcome<00:00.480><c> back</c>",
            "00:02.390 --> 00:02.400\nwelcome back\n ",
            "00:02.400 --> 00:05.190\nwelcome back\ntoday<00:02.720><c> we</c>",
        )
    )

    assert said(read) == [(None, "welcome back"), (None, "today we")]
    assert starts(read) == [0.16, 2.4]


def test_a_break_of_html_parts_words() -> None:
    assert said(read_webvtt(vtt("00:01.000 --> 00:02.000\nSwarms<br>move<BR />on."))) == [(None, "Swarms move on.")]
    assert said(read_subrip(b"1\n00:00:01,000 --> 00:00:02,000\nSwarms<br/>move.\n")) == [(None, "Swarms move.")]
