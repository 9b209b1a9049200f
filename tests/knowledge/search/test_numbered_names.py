"""Which words are a name with a number, by which it is told from others of the name."""

import pytest

from knowledge.search.numbers import numbered_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("GPT-7", "GPT-7"),
        ("what changed in php 9", "php 9"),
        ("go 1.18", "go 1.18"),
        ("python 5 release", "python 5"),
        ("llama2 on a phone", "llama2"),
    ],
)
def test_a_number_behind_a_name_is_a_part_of_it(words: str, name: str) -> None:
    assert numbered_name(words) == name


@pytest.mark.parametrize(
    "words",
    ["kubernetes 5 years later", "the top 5 of them", "react 2019", "kubernetes 5 million", "k8s", "gpt-4o", "testing"],
)
def test_a_count_a_year_and_a_word_with_a_figure_in_it_are_none(words: str) -> None:
    assert numbered_name(words) is None
