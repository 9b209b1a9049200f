"""Numbers are the same in words and in figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.numbers import Counted, counted, in_words, is_number, numbers
from knowledge.search.words import whole_words


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("five of 5", ["5", "5"]),
        ("twenty-five", ["25"]),
        ("25 people", ["25"]),
        ("two hundred hives and one hundred twenty-three bees", ["200", "123"]),
        ("two dozen", ["24"]),
        ("2 million", ["2000000"]),
        ("70 or 80", ["70", "80"]),
        ("two three minutes", ["2", "3"]),
        ("the 2nd and the second", ["2th", "2th"]),
        ("the twenty-first of 2018", ["21th", "2018"]),
        ("10x as many", ["10x"]),
        ("no number at all", []),
    ],
)
def test_a_number_is_the_same_in_words_and_in_figures(text: str, values: list[str]) -> None:
    assert numbers(whole_words(text)) == values


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("5", ("five",)),
        ("25", ("twenty", "five")),
        ("21st", ("twenty", "first")),
        ("2018", ("2018",)),
        ("bee", ("bee",)),
    ],
)
def test_figures_are_written_in_words_up_to_a_hundred(figures: str, words: tuple[str, ...]) -> None:
    assert in_words(figures) == words


def test_what_is_counted_is_told_with_its_number() -> None:
    assert counted(whole_words("it took two or three long hours, and 5")) == [
        Counted("2", "two", "or"),
        Counted("3", "three", "long"),
    ]


def test_what_only_looks_like_a_number_is_none() -> None:
    assert not any(map(is_number, ("bee", "often", "tend", "")))


@given(st.from_regex(r"\A\d{1,4}(st|nd|rd|th)?\Z"))
def test_any_figures_are_written_in_words_or_stay_as_they_are(figures: str) -> None:
    written = in_words(figures)

    assert written == (figures,) or not any(character.isdigit() for word in written for character in word)


def test_a_place_in_an_order_that_has_no_word_stays_as_it_is() -> None:
    assert in_words("0th") == ("0th",)
