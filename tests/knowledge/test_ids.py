"""The names of episodes, topics and quotes."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ids import EPISODE_ID_LENGTH, ITEM_NAME_LENGTH, is_id, numbered, slug


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Extreme co-design", "extreme-co-design"),
        ("China's role in AI", "chinas-role-in-ai"),
        ("Café au lait?", "cafe-au-lait"),
        ("The most exciting developments are not just about", "the-most-exciting-developments-are"),
        ("x" * 60, "x" * ITEM_NAME_LENGTH),
    ],
)
def test_an_id_is_made_of_the_first_words(words: str, name: str) -> None:
    assert slug(words) == name


def test_words_without_plain_letters_get_an_id_of_their_own() -> None:
    assert is_id(slug("日本の話"), ITEM_NAME_LENGTH)
    assert slug("日本の話") != slug("中国の話")


def test_a_name_that_was_taken_a_thousand_times_stays_an_id() -> None:
    names = list(islice(numbered("x" * EPISODE_ID_LENGTH, EPISODE_ID_LENGTH), 1_200))

    assert len(set(names)) == len(names)
    assert all(is_id(name, EPISODE_ID_LENGTH) for name in names)


@pytest.mark.parametrize("text", ["", "Upper", "a--b", "-a", "a-", "a_b", "a b", "é", "a\n", "a" * 49])
def test_what_is_no_id_is_known(text: str) -> None:
    assert not is_id(text, EPISODE_ID_LENGTH)


@given(st.text(), st.sampled_from([EPISODE_ID_LENGTH, ITEM_NAME_LENGTH]))
def test_any_words_make_an_id(words: str, length: int) -> None:
    assert is_id(slug(words, length), length)


def test_the_longest_names_fit_an_item_id() -> None:
    assert len("e" * EPISODE_ID_LENGTH + "/topic/" + "t" * ITEM_NAME_LENGTH) <= 90
