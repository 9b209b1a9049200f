"""What people type is made safe, and its words are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.text import Words, clauses, clean

ANYTHING = st.text(st.characters(), max_size=300)


@given(ANYTHING)
def test_cleaned_text_has_nothing_that_cannot_be_seen(text: str) -> None:
    cleaned = clean(text)

    assert all(each.isprintable() for each in cleaned)
    assert cleaned == cleaned.encode().decode()


def test_a_very_long_text_keeps_both_its_ends() -> None:
    cleaned = clean("what about agi " + "x" * 100_000 + " or china")

    assert cleaned.startswith("what about agi")
    assert cleaned.endswith("or china")
    assert len(cleaned) <= 2_000


def test_terminal_escapes_and_tags_are_no_words() -> None:
    assert clean("\x1b[31mwhat about agi\x1b[0m <@123456>") == "what about agi"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Who's the guest?", "whos the guest"),
        ("RLHF/co-design, v2.0!", "rlhf co-design v2.0"),
        ("¿Qué dijeron?", "qué dijeron"),
        ("👍 ...", ""),
    ],
)
def test_plain_text_is_words_in_lower_case(text: str, plain: str) -> None:
    assert Words(clean(text)).plain == plain


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('did they say "compute is the currency"?', "compute is the currency"),
        ("did they say “compute is the currency”?", "compute is the currency"),
        ("did they say 'it isn't over yet' or not", "it isn't over yet"),
        ('the "big" one', None),
        ("who's there, it's me", None),
    ],
)
def test_the_words_between_quotation_marks_are_found(text: str, quoted: str | None) -> None:
    assert Words(clean(text)).quoted == quoted


@given(ANYTHING, st.integers(0, 400))
def test_the_words_after_a_place_are_the_last_words(text: str, place: int) -> None:
    words = Words(clean(text))

    assert words.plain.endswith(words.after(place).plain)


def test_the_rest_of_a_question_keeps_how_it_was_typed() -> None:
    words = Words("Who said: Compute IS the currency?")

    assert words.after(len("who said")).text == "Compute IS the currency"


def test_a_short_question_is_divided_only_where_it_pauses() -> None:
    assert clauses("new here, is it about chips and agi?") == ("new here", "is it about chips and agi")


def test_a_story_is_divided_into_its_clauses() -> None:
    story = (
        "so I was cooking dinner and the radio was on, and then somebody mentioned chips. "
        "what was it they said about china?"
    )

    assert "about china" in clauses(story)


def test_a_story_is_divided_after_whose_opinion_it_tells() -> None:
    story = (
        "My neighbour is a teacher and keeps telling everybody he meets, and my boss insists that models are too big"
    )

    assert "models are too big" in clauses(story)
