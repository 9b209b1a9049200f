"""Markdown, HTML and plain text: names and times as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from knowledge.formats import LARGEST, TOO_LARGE, read_transcript, suffix_of
from knowledge.formats.markdown import read_markdown
from knowledge.formats.plain_text import read_plain_text
from knowledge.formats.speakers import who
from knowledge.formats.text import NOT_TEXT, NOT_UTF8, NUL
from knowledge.formats.transcript import Transcript
from knowledge.formats.transcript_html import CUT, paragraphs_of, read_transcript_html
from knowledge.formats.utterances import BAD_TIME, NOTHING
from knowledge.passages import Turn


def said(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def starts(transcript: Transcript) -> list[float | None]:
    return [turn.start.total_seconds() if turn.start is not None else None for turn in transcript.turns]


def test_markdown_names_hold_and_both_ways_of_writing_them_are_read() -> None:
    read = read_markdown(b"**Ann Lee:** Hello.\n\nStill me.\n\n**Bob**: Hi.\n\n***Cy:** Hey.\n\n**Dee:**Yo\nthere.\n")

    assert said(read) == [
        ("Ann Lee", "Hello."),
        ("Ann Lee", "Still me."),
        ("Bob", "Hi."),
        ("Cy", "Hey."),
        ("Dee", "Yo there."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        b"**[00:10] Ann Lee:** Hello.",
        b"**Ann Lee [0:10]:** Hello.",
        b"[00:00:10] **Ann Lee:** Hello.",
        b"\\[00:10\\] **Ann Lee**: Hello.",
        b"[0:10](https://youtu.be/abcdefghijk?t=10) **Ann Lee:** Hello.",
    ],
)
def test_a_markdown_time_may_stand_before_or_beside_a_name(line: bytes) -> None:
    read = read_markdown(b"**Bob:** Hi.\n\n" + line + b"\n")

    assert said(read) == [("Bob", "Hi."), ("Ann Lee", "Hello.")]
    assert starts(read) == [None, 10]


def test_an_address_with_a_space_in_it_is_no_words() -> None:
    assert said(read_markdown(b"**Ann:** See [bees](https://x.org/a b?c=d) now.\n")) == [("Ann", "See bees now.")]


def test_a_colon_after_a_markdown_time_makes_no_name() -> None:
    read = read_markdown(b"**Ann Lee:** \\[00:10\\] The :has() selector.\n")

    assert read.turns == (Turn("Ann Lee", "The :has() selector.", timedelta(seconds=10)),)


def test_plain_text_with_both_times_of_each_line_is_read_as_such() -> None:
    read = read_transcript(
        "a.txt", b"[00:00:00.000 --> 00:00:02.500]   Hello there.\n[00:00:02.500 --> 00:00:04.000]   Swarms move.\n"
    )

    assert said(read) == [(None, "Hello there."), (None, "Swarms move.")]
    assert starts(read) == [0, 2.5]


def test_markdown_times_are_read_however_they_are_written() -> None:
    read = read_markdown(
        rb"**Ann:** \[00:30\] One. \[04:01.12\] Two. [1:02:03] Three. \[100:08\] Four. \[01:52:02:25\] Five. "
        rb"\[ 01:53:02.13\] Six. \[01:54**:** 51.07\] Seven."
    )

    assert starts(read) == [30, 241, 3723, 6008, 6722, 6782, 6891]
    assert " ".join(turn.text for turn in read.turns) == "One. Two. Three. Four. Five. Six. Seven."


def test_markdown_brackets_that_are_no_times_stay_words() -> None:
    read = read_markdown(
        rb"**Ann:** \[laughs\] In \[2019\] we had \[9.9\] and [a link](https://x.org/(y)) to \[00:32: .13\] it."
    )

    assert said(read) == [("Ann", "[laughs] In [2019] we had [9.9] and a link to"), ("Ann", "it.")]
    assert [(finding.line, finding.reason) for finding in read.findings] == [(1, BAD_TIME)]


def test_markdown_breaks_are_nobodys_and_give_the_time_at_both_their_ends() -> None:
    read = read_markdown(
        b"**Ann:** [00:10] One.\n\n**Break:** \\[01:00\\] to \\[03:00\\]\n\nAn advertisement.\n\n**Bob:** Two.\n"
    )

    assert read.turns == (
        Turn("Ann", "One.", timedelta(seconds=10)),
        Turn(None, "", timedelta(minutes=1)),
        Turn(None, "An advertisement.", timedelta(minutes=3)),
        Turn("Bob", "Two."),
    )


def test_markdown_markup_and_invisible_characters_are_gone_and_the_words_stay() -> None:
    read = read_markdown(
        "---\ntitle: x\n---\n# Heading\n\n**Ann:** Soft\u00adhyphen *and* **bold** and `code` &#39;quoted&#39; "
        "snake_case_name _really_ 2 * 3 * 4 \\*star\\*\n\n> quoted\n\n- listed\n\n***\n".encode()
    )

    assert [text for _, text in said(read)] == [
        "Softhyphen and bold and code 'quoted' snake_case_name really 2 * 3 * 4 *star*",
        "quoted",
        "listed",
    ]


def test_markdown_without_bold_names_may_have_plain_ones() -> None:
    read = read_markdown(b"Ann Lee: Hello.\n\nMore.\n\n**Bob** never said a word.\n")

    assert said(read) == [("Ann Lee", "Hello."), ("Ann Lee", "More."), ("Ann Lee", "Bob never said a word.")]


def test_markdown_a_known_name_in_bold_needs_no_colon() -> None:
    read = read_markdown(b"**Ann Lee:** Hello.\n\n**Bob:** Hi.\n\n**Ann Lee** Yeah.\n")

    assert said(read)[-1] == ("Ann Lee", "Yeah.")


def test_html_as_podcasting_2_has_it() -> None:
    read = read_transcript_html(
        b"<!DOCTYPE html><html><head><title>No words</title></head><body><nav>Menu</nav>"
        b"<cite>Ann Lee:</cite><time>0:00</time><p>Hello <b>you</b> &amp; all</p>"
        b"<cite>Bob:</cite><time>[1:02]</time><p>Hi.</p><time>soon</time><p>More<br>words</p><script>no()</script></body></html>"
    )

    assert said(read) == [("Ann Lee", "Hello you & all"), ("Bob", "Hi."), ("Bob", "More"), ("Bob", "words")]
    assert starts(read) == [0, 62, None, None]
    assert [(finding.line, finding.count) for finding in read.findings] == [(1, 1)]


def test_html_without_citations_is_read_like_plain_text() -> None:
    read = read_transcript_html(b"<div><p><time>0:05</time> Ann Lee: Hello.</p><p>More.</p><p>Bob Ray: Hi.</p></div>")

    assert said(read) == [("Ann Lee", "Hello."), ("Ann Lee", "More."), ("Bob Ray", "Hi.")]
    assert starts(read) == [5, None, None]


def test_html_nested_without_end_is_cut_and_told() -> None:
    read = read_transcript_html(b"<p>Hello.</p>" + b"<div>" * 5000 + b"<p>Deep.</p>")

    assert CUT in {finding.reason for finding in read.findings}
    assert said(read)[0] == (None, "Hello.")


@pytest.mark.parametrize("page", [b"", b"<!-- nothing -->", b"<p></p>", b"<script>alert(1)</script>"])
def test_html_without_words_says_so(page: bytes) -> None:
    assert [finding.reason for finding in read_transcript_html(page).findings] == [NOTHING]


def test_paragraphs_of_a_description() -> None:
    assert paragraphs_of("<p>One <i>two</i>.</p><ul><li>Three</li></ul>") == ("One two.", "Three")


def test_plain_text_with_a_time_before_each_line() -> None:
    read = read_plain_text(
        b"00:00:01 Hello there.\n00:00:05 Ann Lee: More\nand on.\n\n[00:00:09] Bob Ray: Hi.\n0:99:00 What?\n"
    )

    assert said(read) == [(None, "Hello there."), ("Ann Lee", "More and on."), ("Bob Ray", "Hi."), ("Bob Ray", "What?")]
    assert starts(read) == [1, 5, 9, None]
    assert [(finding.line, finding.count) for finding in read.findings] == [(6, 1)]


def test_words_before_a_colon_are_nobody_right_below_a_name() -> None:
    read = read_plain_text(b"Ann [0:01]\nRemember: be kind.\n\nBob [0:05]\nOne Thing: go.\n\nAnn [0:09]\nYes.\n")

    assert said(read) == [("Ann", "Remember: be kind."), ("Bob", "One Thing: go."), ("Ann", "Yes.")]


def test_plain_text_with_name_and_time_above_each_paragraph() -> None:
    read = read_plain_text(
        b"Ann Lee  00:01\nHello there\nyou all.\n\nBob (00:05):\nHi.\n\n"
        b"Ann Lee [1:02:03]: Bye.\nMonday at 10:30 is fine.\n"
    )

    assert said(read) == [
        ("Ann Lee", "Hello there you all."),
        ("Bob", "Hi."),
        ("Ann Lee", "Bye. Monday at 10:30 is fine."),
    ]
    assert starts(read) == [1, 5, 3723]


_HEADED = ("{clock}\n{name}\n{words}\n\n", "{name}\n{clock}\n{words}\n\n", "[{clock}] - {name}\n{words}\n\n")


@pytest.mark.parametrize(
    "form", [*_HEADED, "[{name}] ({clock} - 2:00:00)\n{words}\n\n", "{name}\n{clock} --> 2:00:00\n{words}\n"]
)
def test_plain_text_with_name_and_time_in_any_order_over_each_paragraph(form: str) -> None:
    said = [("Ann Lee", "0:01", "Hello there."), ("Bob", "0:07.5", "Forty hives."), ("Ann Lee", "1:00:07", "How?")]
    read = read_plain_text("".join(form.format(name=name, clock=at, words=text) for name, at, text in said).encode())

    assert [(turn.speaker, turn.text) for turn in read.turns] == [(name, text) for name, _, text in said]
    assert [turn.start for turn in read.turns] == [timedelta(seconds=at) for at in (1, 7.5, 3607)]


@pytest.mark.parametrize("form", _HEADED)
@pytest.mark.parametrize("titles", [("Swarms", "Winter Feeding", "The Queen"), ("so what", "we all", "so what")])
def test_plain_text_titles_and_captions_over_paragraphs_are_no_names(titles: tuple[str, ...], form: str) -> None:
    text = "".join(form.format(name=title, clock=f"0:0{at}", words="Hello there.") for at, title in enumerate(titles))

    assert {turn.speaker for turn in read_plain_text(text.encode()).turns} == {None}


@pytest.mark.parametrize(
    "credit",
    [
        "Transcribed by https://otter.ai",
        "(Transcribed by TurboScribe.ai. Go Unlimited to remove this message.)",
        "Subtitles by the Amara.org community",
        "This transcript was generated automatically with descript.com",
    ],
)
def test_what_a_program_writes_of_itself_at_either_end_is_nobodys_words(credit: str) -> None:
    for text in (f"{credit}\n\nAnn Lee: Hello there.", f"Ann Lee: Hello there.\n\n{credit}"):
        assert [turn.text for turn in read_plain_text(text.encode()).turns] == ["Hello there."]
    assert read_plain_text(credit.encode()).findings[0].reason == NOTHING


@pytest.mark.parametrize("words", ["Transcribed by Ann, with love.", "Created by bees. See bees.com for more."])
def test_what_somebody_says_of_how_it_was_made_stays(words: str) -> None:
    assert [turn.text for turn in read_plain_text(f"Hello there.\n\n{words}".encode()).turns][-1] == words


def test_plain_text_a_time_of_day_is_no_mark() -> None:
    read = read_plain_text(b"12:30 was when we met.\n\nIt was fine.\n")

    assert said(read) == [(None, "12:30 was when we met."), (None, "It was fine.")]
    assert starts(read) == [None, None]


def test_plain_text_without_anything_is_paragraphs() -> None:
    read = read_plain_text(b"One\ntwo.\r\n\r\nThree: it's all there.\r\rFour.")

    assert said(read) == [(None, "One two."), (None, "Three: it's all there."), (None, "Four.")]


def test_a_single_word_before_a_colon_is_a_name_only_if_it_comes_back() -> None:
    once = read_plain_text(b"Ann Lee: Hi.\n\nRust: it's great.\n\nMore.\n\nAnn Lee: Bye.\n")
    twice = read_plain_text(b"Divya: Hi.\n\nNote: this.\n\nDivya: Bye.\n")

    assert said(once) == [("Ann Lee", "Hi."), (None, "Rust: it's great."), (None, "More."), ("Ann Lee", "Bye.")]
    assert said(twice) == [("Divya", "Hi."), ("Divya", "Note: this."), ("Divya", "Bye.")]


@pytest.mark.parametrize(
    ("label", "speaker"),
    [("Ann Lee:", "Ann Lee"), (" **Ann** ", "Ann"), ("Break", None), ("", None), ("...", None), ("x" * 61, None)],
)
def test_who_a_label_names(label: str, speaker: str | None) -> None:
    assert who(label) == speaker


@pytest.mark.parametrize("label", ["Audience member 2", "Man in audience", "Caller", "Caller 3", "Unknown speaker"])
def test_a_label_that_tells_only_where_somebody_sits_or_that_they_are_unknown_is_nobodys(label: str) -> None:
    assert who(label) is None


def test_a_name_in_other_letters_and_a_wide_colon() -> None:
    assert said(read_plain_text("田中：こんにちは。\n\n田中：さようなら。\n".encode())) == [
        ("田中", "こんにちは。"),
        ("田中", "さようなら。"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_the_encodings_that_say_what_they_are(encoding: str) -> None:
    assert said(read_plain_text("Café.".encode(encoding))) == [(None, "Café.")]


def test_text_in_another_encoding_is_told_with_its_line() -> None:
    read = read_plain_text(b"One.\n\nCaf\xe9 \x93here\x94.")

    assert said(read)[1] == (None, "Café “here”.")
    assert [(finding.line, finding.reason) for finding in read.findings] == [(3, NOT_UTF8)]


def test_a_nul_in_a_text_is_left_out_and_told() -> None:
    read = read_plain_text(b"One.\n\nTwo\0 words, and caf\xc3\xa9.")

    assert said(read) == [(None, "One."), (None, "Two words, and café.")]
    assert [(finding.line, finding.reason) for finding in read.findings] == [(3, NUL)]


@pytest.mark.parametrize(
    "data", [b"\0\1\2", b"\xff\xfe\x00", "Words.".encode("utf-16-le"), b"Caf\xe9 and so on.\0", b"PK\3\4 a few words\0"]
)
def test_what_is_no_text_is_said_to_be_none(data: bytes) -> None:
    assert [finding.reason for finding in read_plain_text(data).findings] == [NOT_TEXT, NOTHING]


@pytest.mark.parametrize(
    ("name", "data", "suffix"),
    [
        ("a.txt", b"\xef\xbb\xbfWEBVTT\n", ".vtt"),
        ("a", b'{"segments": []}', ".json"),
        ("a.md", b"{curly} words", ".md"),
        ("a.MARKDOWN", b"words", ".md"),
        ("a.htm", b"words", ".html"),
        ("a", b"<!DOCTYPE html><p>", ".html"),
        ("a.txt", b"1\n00:00:01,000 --> 00:00:02,000\nwords", ".srt"),
        ("a.txt", "WEBVTT\n".encode("utf-16"), ".vtt"),
        ("a.txt", b"\xfe\xff" + "1\n0:01 --> 0:02\nwords".encode("utf-16-be"), ".srt"),
        ("a.srt", b"words", ".srt"),
        ("a.txt", b"[00:00:07] **Ann Lee:** words", ".md"),
        ("a.txt", b"An aside\n\n**Ann**: words", ".md"),
        ("a.txt", b"so **very** bold: words", ".txt"),
        ("a", b"words", ".txt"),
    ],
)
def test_a_format_is_known_by_its_beginning_or_its_name(name: str, data: bytes, suffix: str) -> None:
    assert suffix_of(name, data) == suffix


@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.json", "a.html", "a.md", "a.txt"])
def test_every_format_has_its_reader(name: str) -> None:
    assert read_transcript(name, b"").turns == ()


def test_a_file_larger_than_any_transcript_is_not_read() -> None:
    assert [finding.reason for finding in read_transcript("a.txt", bytes(LARGEST + 1)).findings] == [TOO_LARGE]
