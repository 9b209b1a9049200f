"""What people did earlier is found in their own plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import EpisodeId, ItemId, Passage
from knowledge.search.formerly import formerly


def said(text: str, speaker: str = "Ann Lee", number: int = 1) -> Passage:
    return Passage(ItemId(f"a/passage/{number}"), EpisodeId("a"), number, text, "the transcript", speaker)


@pytest.mark.parametrize(
    "words",
    [
        "I was a baker by trade, and I joined Rye House in 2013.",
        "I worked at Rye House for six years.",
        "I used to work for Rye House.",
        "Before that I ran a mill with my brother.",
        "My first job was at a mill.",
        "I've been working as an engineer at a mill.",
    ],
)
def test_what_somebody_did_is_found(words: str) -> None:
    told = formerly("Ann Lee", [said("Bread is hard. " + words)])

    assert told is not None
    assert told.text == words


@pytest.mark.parametrize(
    "words",
    [
        "I work for Rye House now.",
        "Imagine I was a baker at Rye House.",
        "I was not a baker.",
        "And since I changed the name twice before that, I can have many birthdays.",
        "She worked at Rye House.",
    ],
)
def test_what_somebody_does_now_or_never_did_is_nothing(words: str) -> None:
    assert formerly("Ann Lee", [said(words)]) is None


def test_only_their_own_words_count() -> None:
    assert formerly("Ann Lee", [said("I worked at Rye House.", "Bob Ray")]) is None


def test_words_on_what_came_after_are_left_out() -> None:
    both = [said("I joined Wax Works in 2020."), said("I left Rye House for it.", number=2)]

    told = formerly("Ann Lee", both, "wax works")

    assert told is not None
    assert told.text == "I left Rye House for it."


def test_plain_words_come_before_likely_ones() -> None:
    both = [said("I joined Wax Works in 2020."), said("Before that I worked as a teacher.", number=2)]

    told = formerly("Ann Lee", both)

    assert told is not None
    assert told.text == "Before that I worked as a teacher."


@given(st.lists(st.text(), max_size=3), st.text())
def test_any_words_can_be_looked_through(texts: list[str], besides: str) -> None:
    assert formerly("Ann Lee", [said(each) for each in texts], besides) is None or texts
