"""How things are named and said alike everywhere; the one place where these sentences are spelled out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.port import wording
from bot.port.messages import Found, Verdict, Voice
from tests.fakes.assistant import (
    BY_OTHERS,
    CLOSE,
    EXACT,
    FACT,
    FOUND,
    HELP,
    NIGHT_SKY,
    NOT_FOUND,
    NOT_SAID,
    OPPOSITE,
    PASSAGE,
    SNOWBALL,
    STEEP,
    TEA_TIME,
    UNSURE,
    evidence,
)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(-3, "0:00"), (0, "0:00"), (7.9, "0:07"), (754, "12:34"), (3723, "1:02:03"), (360000, "100:00:00")],
)
def test_a_time_reads_as_in_a_player(seconds: float, written: str) -> None:
    assert wording.clock(timedelta(seconds=seconds)) == written


def test_a_moment_that_was_worked_out_is_about_right() -> None:
    assert wording.moment(evidence(SNOWBALL)) == "1:02:03"
    assert wording.moment(PASSAGE) == "around 3:04"
    assert wording.moment(evidence(STEEP)) is None


def test_a_date_reads_as_people_write_it() -> None:
    assert wording.long_date(date(2026, 3, 1)) == "1 March 2026"


def test_an_episode_goes_by_its_number_and_without_one_by_its_title() -> None:
    assert wording.label(NIGHT_SKY) == "The Night Sky #7"
    assert wording.label(replace(NIGHT_SKY, season=2)) == "The Night Sky S2E7"
    assert wording.label(TEA_TIME) == "“Leaves and Water” (Tea Time)"


def test_an_episode_in_full_has_its_title_unless_that_says_nothing_new() -> None:
    assert wording.full_label(NIGHT_SKY) == "The Night Sky #7: Comets & Eclipses"
    assert wording.full_label(replace(NIGHT_SKY, title="the night sky 7")) == "The Night Sky #7"
    assert wording.full_label(TEA_TIME) == "“Leaves and Water” (Tea Time)"


def test_an_answer_has_a_headline_where_that_says_something() -> None:
    several = replace(FACT, episodes=(NIGHT_SKY, TEA_TIME))
    answers = (
        FOUND,
        Found("Said:", 1.0),
        FACT,
        several,
        EXACT,
        CLOSE,
        BY_OTHERS,
        OPPOSITE,
        NOT_SAID,
        UNSURE,
        NOT_FOUND,
        HELP,
    )

    assert [wording.headline(answer) for answer in answers] == [
        "Comets",
        "",
        "",
        "",
        "✔ Yes, word for word",
        "≈ Nearly, but not word for word",
        "✘ Not Lex: Mia Stone did",
        "✘ No, the opposite",
        "✘ Nobody said that",
        "",
        "",
        "Ask Overheard",
    ]


def test_a_verdict_says_who_it_was_and_no_more_than_is_known() -> None:
    unnamed = replace(EXACT, said_by=(Voice(None, 1),))
    nearly = replace(BY_OTHERS, said_by=(Voice("Mia Stone", 1, exact=False), Voice("Al", 2), Voice("Bo", 1)))
    aloud = replace(BY_OTHERS, people=("Lex", "Bo"), said_by=(Voice("Mia Stone", 1, aloud=True),))

    assert wording.headline(unnamed) == "✔ Word for word, but nobody is named"
    assert wording.headline(nearly) == "✘ Not Lex: Mia Stone nearly did, and 2 others"
    assert wording.headline(aloud) == "✘ Not Lex or Bo: Mia Stone read it aloud"
    assert wording.headline(replace(BY_OTHERS, said_by=())) == "✘ Not Lex"
    assert wording.headline(replace(NOT_SAID, evidence=EXACT.evidence, quoted=False)) == "Not in those words"
    assert wording.headline(replace(NOT_SAID, people=("Lex",))) == "✘ Nothing like it from Lex"
    assert (
        wording.headline(replace(NOT_SAID, people=("Lex",), evidence=EXACT.evidence))
        == "✘ Lex didn't say it in those words"
    )
    assert wording.headline(replace(NOT_SAID, heard=False)) == "✘ I can't find that"
    assert wording.headline(replace(OPPOSITE, verdict=Verdict.OTHER_NUMBER)) == "✘ No, not that number"


def test_a_byline_says_who_and_where_and_when_as_far_as_that_is_known() -> None:
    dated = replace(PASSAGE, speaker="Mia Stone", episode=replace(NIGHT_SKY, published=date(2021, 2, 1)))

    assert wording.byline(PASSAGE) == ("The Night Sky #7",)
    assert wording.byline(dated) == ("Mia Stone", "The Night Sky #7", "1 Feb 2021")
    assert wording.byline(replace(dated, aloud=True))[0] == "read aloud by Mia Stone"
    assert wording.listen(evidence(SNOWBALL)) == "▶ 1:02:03"
    assert wording.listen(evidence(STEEP)) == "▶ Listen"


def test_sources_are_named_once_each() -> None:
    assert wording.taken_from(["the notes", "the transcript", "the notes"]) == "From the notes and the transcript"
    assert wording.taken_from([]) == ""


def test_the_wait_is_in_whole_seconds() -> None:
    assert wording.wait(timedelta(seconds=0.2)).endswith("try again in 1 second.")
    assert wording.wait(timedelta(seconds=29.1)).endswith("try again in 30 seconds.")


def test_an_apology_has_the_reference() -> None:
    assert "abc123" in wording.sorry("abc123")
