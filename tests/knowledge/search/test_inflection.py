"""Forms of a word are told from what is only derived from it."""

from __future__ import annotations

import pytest

from knowledge.search.inflection import inflected_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("test", "tests"),
        ("testing", "tested"),
        ("cache", "caching"),
        ("run", "running"),
        ("study", "studied"),
        ("process", "processes"),
        ("go", "go"),
        ("mice", "mouse"),
        ("colours", "colored"),
        ("imposter", "impostors"),
        ("built", "building"),
        ("wrote", "written"),
    ],
)
def test_forms_of_a_word_are_alike(one: str, other: str) -> None:
    assert inflected_alike(one, other)
    assert inflected_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("access", "accessibility"), ("develop", "developer"), ("universe", "universal"), ("s", "ss"), ("red", "ring")],
)
def test_what_is_derived_from_a_word_is_another_word(one: str, other: str) -> None:
    assert not inflected_alike(one, other)
    assert not inflected_alike(other, one)
