import io
import re
import sys
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from rich.console import Console
from rich.style import Style

from adapters.terminal.client import TerminalClient
from adapters.terminal.render import (
    Addresses,
    AskThis,
    Offers,
    draw,
    draw_episodes,
    draw_topics,
    lay_out,
    safe,
    safe_label,
)
from bot.port.messages import Answer, Found, Verdict
from bot.port.presentation import InContext, Open
from knowledge.model import Links
from tests.fakes.assistant import (
    COMETS,
    ECLIPSES,
    EVERY_ANSWER,
    EXACT,
    FACT,
    FOUND,
    HELP,
    MAYBE,
    NIGHT_SKY,
    NOT_FOUND,
    OOLONG,
    PASSAGE,
    SEVERAL,
    SNOWBALL,
    STEEP,
    TEA_TIME,
    UNSURE,
    evidence,
)
from tests.fakes.hostile import hostile_answers, hostile_text

_OBEYED = {"Cc", "Cf", "Cs"}


def shown(answer: Answer, offers: Offers = Offers.NAMED, width: int | None = None) -> str:
    return lay_out(draw(answer, offers), Console(file=io.StringIO()), width).plain


def test_evidence_is_a_quotation_with_speaker_episode_time_and_link() -> None:
    text = shown(FOUND)

    assert "│ “A comet is a dirty snowball with a travel plan”" in text
    assert "│ — The Night Sky #7 · ▶ 1:02:03" in text
    assert "│ https://sky.example/7?t=3723" in text


def test_a_passage_is_one_paragraph_and_says_that_its_time_is_worked_out() -> None:
    text = shown(Found("Said here:", 0.6, evidence=(PASSAGE,)))

    assert "│ “So you look up, and there it is.”" in text
    assert "│ — The Night Sky #7 · around 3:04" in text


def test_a_named_speaker_and_an_episode_without_a_number_are_called_by_their_names() -> None:
    assert "— Ada Ford · “Leaves and Water” (Tea Time)\n" in shown(Found("A quote:", 1.0, evidence=(evidence(STEEP),)))


def test_what_was_understood_is_told_first() -> None:
    assert shown(FOUND).startswith("Understood as “comets”\n")


def test_several_questions_are_answered_one_under_the_other_and_go_on_counting() -> None:
    text = shown(SEVERAL)

    assert text.startswith("What are comets?\nComets are called dirty snowballs")
    assert "\n\nWho hosts it?\nMia Stone is the host" in text
    assert text.endswith("\n\nHow do I cook rice?\nThe notes don't mention that.\n\nAsk about: Comets, Oolong\n")
    assert [each for part in SEVERAL.parts for each in draw(part.answer, Offers.NUMBERED).picks] == list(
        draw(SEVERAL, Offers.NUMBERED).picks
    )


def test_guesses_are_numbered_where_they_can_be_picked() -> None:
    drawing = draw(UNSURE, Offers.NUMBERED)

    assert drawing.picks == (Open((COMETS.id,)), Open((OOLONG.id,)))
    assert "   1  Comets\n   2  Oolong" in shown(UNSURE, Offers.NUMBERED)


def test_words_that_may_be_the_answer_come_before_other_meanings() -> None:
    text = shown(MAYBE, Offers.NUMBERED)

    assert text.index(f"“{SNOWBALL.text}”") < text.index("Or did you mean:\n   1  Oolong")


def test_what_cannot_be_picked_has_no_number() -> None:
    assert draw(UNSURE, Offers.NAMED).picks == ()
    assert "- Comets\n- Oolong" in shown(UNSURE)
    assert "Related: Solar eclipses, Oolong" in shown(FOUND)


def test_related_topics_and_more_evidence_go_on_counting() -> None:
    drawing = draw(FOUND, Offers.NUMBERED)

    assert drawing.picks == (Open((STEEP.id,)), Open((ECLIPSES.id,)), Open((OOLONG.id,)))
    assert "More on this:\n   1  1 more quotation\n" in shown(FOUND, Offers.NUMBERED)
    assert "Related:\n   2  Solar eclipses\n   3  Oolong\n" in shown(FOUND, Offers.NUMBERED)


def test_evidence_that_need_not_be_seen_at_once_waits_behind_more() -> None:
    many = Found("Said:", 0.9, evidence=(PASSAGE, evidence(STEEP)), more=(SNOWBALL.id,), at_once=1)

    assert shown(many).count("│ “") == 1
    assert draw(many, Offers.NUMBERED).picks == (Open((STEEP.id, SNOWBALL.id)), InContext(PASSAGE.id))
    assert "More on this:\n   1  2 more quotations\n   2  In context\n" in shown(many, Offers.NUMBERED)


def test_the_words_that_matched_are_bold() -> None:
    piece = replace(PASSAGE, text="A comet is\na snowball", spans=((2, 7),))
    (line, *_) = draw(Found("", 1.0, evidence=(piece,), told=""), Offers.NAMED).lines

    assert line.text.plain == "“A comet is a snowball”"
    assert [line.text.plain[span.start : span.end] for span in line.text.spans if "bold" in str(span.style)] == [
        "comet"
    ]


def test_where_the_terminal_opens_words_no_address_is_written_out() -> None:
    drawings = [draw(answer, Offers.NAMED, Addresses.BEHIND_WORDS) for answer in (FOUND, FACT)]
    spans = [span for drawing in drawings for line in drawing.lines for span in line.text.spans]

    assert not any("https://" in line.text.plain for drawing in drawings for line in drawing.lines)
    assert [span.style.link for span in spans if isinstance(span.style, Style) and span.style.link] == [
        "https://sky.example/7?t=3723",
        "https://sky.example/7",
    ]


def test_short_evidence_is_shown_all_at_once() -> None:
    five = Found("Here are 5.", 1.0, evidence=(evidence(SNOWBALL), evidence(STEEP)) * 2 + (evidence(SNOWBALL),))

    assert shown(five).count("│ “") == 5
    assert not draw(five, Offers.NUMBERED).picks


def test_examples_of_help_can_be_asked_by_number() -> None:
    assert draw(HELP, Offers.NUMBERED).picks == (AskThis("What about comets?"), AskThis("Who is the host?"))


def test_a_fact_names_its_episode_and_where_to_open_it() -> None:
    assert "  — The Night Sky #7: Comets & Eclipses\n    https://sky.example/7\n" in shown(FACT)


def test_an_episode_without_a_page_opens_where_it_can_be_heard() -> None:
    heard = replace(FACT.episodes[0], links=Links(audio="https://sky.example/7.mp3"))

    assert "https://sky.example/7.mp3" in shown(replace(FACT, episodes=(heard,)))


def test_not_found_offers_what_can_be_asked_instead() -> None:
    assert shown(NOT_FOUND) == "The notes don't mention that.\n\nAsk about: Comets, Oolong\n"


def test_lists_show_titles_and_the_ids_that_commands_take() -> None:
    console = Console(file=io.StringIO())

    assert lay_out(draw_topics([COMETS], Offers.NAMED), console, None).plain == "- Comets\n"
    episodes = lay_out(draw_episodes([NIGHT_SKY, TEA_TIME], Offers.NAMED), console, None).plain
    assert episodes.splitlines() == [
        "- night-sky-7 · The Night Sky #7: Comets & Eclipses",
        "- tea-time-1 · “Leaves and Water” (Tea Time)",
    ]


@pytest.mark.parametrize("answer", EVERY_ANSWER)
def test_a_narrow_screen_breaks_words_but_no_address(answer: Answer) -> None:
    rows = shown(answer, Offers.NUMBERED, 40).splitlines()

    assert all(len(row) <= 40 for row in rows if "https://" not in row)
    assert sum("https://sky.example/7" in row for row in rows) == shown(answer).count("https://sky.example/7")


def test_nothing_that_a_terminal_obeys_is_left() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))

    left = {character for character in safe(everything) if unicodedata.category(character) in _OBEYED}

    assert left == {"\n"}


def test_whole_escape_sequences_go_and_words_stay() -> None:
    assert (
        safe("\x1b[1;31mred\x1b[0m and \x1b]8;;https://evil.example\x07link\x1b]8;;\x1b\\ \x9b2Jhere")
        == "red and link here"
    )
    assert safe("\x1b]0;never ended") == "]0;never ended"
    assert safe("one\r\ntwo\rthree\u2028four\tfive") == "one\ntwo\nthree\nfour five"
    assert safe("caf\ud800e \u202eabc\u200b") == "caf\ufffde abc"


def test_a_label_is_one_short_line() -> None:
    assert safe_label("a\nb  c") == "a b c"
    assert len(safe_label("word " * 10_000)) <= 160


@given(hostile_text)
def test_safe_changes_nothing_the_second_time(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@given(hostile_answers)
def test_hostile_words_are_only_ever_shown(answer: Answer) -> None:
    for offers in Offers:
        for width in (None, 30):
            text = shown(answer, offers, width)

            assert not {each for each in text if unicodedata.category(each) in _OBEYED} - {"\n"}
            text.encode()


@given(answer=hostile_answers)
def test_every_answer_fits_every_encoding(answer: Answer) -> None:
    for encoding in ("ascii", "latin-1", "utf-8"):
        screen = io.TextIOWrapper(io.BytesIO(), encoding=encoding)

        TerminalClient(io.StringIO(), screen).answer(answer)

        assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", screen.buffer.getvalue())


def test_typography_is_spelt_out_where_the_encoding_lacks_it() -> None:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="ascii")

    TerminalClient(io.StringIO(), screen).answer(Found("A quote:", 1.0, evidence=(evidence(STEEP),)))

    assert screen.buffer.getvalue().decode().splitlines()[2:] == [
        '| "Three minutes, never four"',
        '| - Ada Ford - "Leaves and Water" (Tea Time)',
    ]


def test_a_topic_that_nothing_is_quoted_of_names_its_episode() -> None:
    assert "— The Night Sky #7" in shown(replace(FOUND, evidence=(), place=FOUND.evidence[0].episode))


def test_what_only_comes_near_is_offered_uncounted() -> None:
    near = (replace(FOUND, near=True), replace(EXACT, evidence=EXACT.evidence * 2, verdict=Verdict.NOT_FOUND))

    assert all("1  What else comes close\n" in shown(each, Offers.NUMBERED) for each in near)


def test_further_places_of_a_checked_quotation_are_offered() -> None:
    check = replace(EXACT, evidence=(EXACT.evidence * 5))

    assert "4 more quotations" in shown(check, Offers.NUMBERED)
