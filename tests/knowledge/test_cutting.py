"""Where a piece of what somebody said may begin: never inside what they quote, and not in the middle of a thought."""

from __future__ import annotations

import pytest

from knowledge.cutting import is_beginning, with_its_beginning

TREND = 'It goes well. There is a trend of "Let us keep no bees.'


@pytest.mark.parametrize(
    ("text", "before", "whole"),
    [
        (
            'Let us buy honey", and I hate it.',
            TREND,
            'There is a trend of "Let us keep no bees. Let us buy honey", and I hate it.',
        ),
        ("And so the wax melts.", "I left. The sun is out.", "The sun is out. And so the wax melts."),
        (
            "Which costs a lot.",
            "We build. But hives break. So we buy new ones.",
            "We build. But hives break. So we buy new ones. Which costs a lot.",
        ),
        ("[laughs] But it was fun.", "We fell in.", "We fell in. [laughs] But it was fun."),
    ],
)
def test_what_a_piece_goes_on_from_is_put_in_front_of_it(text: str, before: str, whole: str) -> None:
    assert with_its_beginning(text, [before]) == whole


def test_a_quotation_is_sought_as_far_back_as_it_goes() -> None:
    assert with_its_beginning('Sell the hives."', ["Then rest.", 'He said "Sell the honey.']) == (
        'He said "Sell the honey. Then rest. Sell the hives."'
    )


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Bees sleep in winter.", "And that is that."),
        ('He said "No" and left.', 'She said "Yes.'),
        ('A 27" hive is too wide.', "We measured it."),
        ("Andrew keeps bees.", "That is that."),
        ("And so on.", "A sentence without an end that is read out of a list of hives, " + "one more hive, " * 30),
    ],
)
def test_a_piece_that_begins_by_itself_stays_as_it_is(text: str, before: str) -> None:
    assert with_its_beginning(text, [before]) == text


@pytest.mark.parametrize("text", ['"Yes", she said.', "Orders come in.", "Likely it rains.", "", "“No” is a word."])
def test_these_are_beginnings(text: str) -> None:
    assert is_beginning(text)
