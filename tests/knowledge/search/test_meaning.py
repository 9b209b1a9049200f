"""Texts about the same lie near each other, whatever their words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.meaning import STEPS, Meanings, pack, similarities, unpack

MEANINGS = Meanings.load()


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("layoffs", "people getting fired", "a cluster of kubernetes"),
        ("dog", "a puppy", "a compiler"),
        ("how do I get people to stop quitting", "retention of employees", "rendering a web page"),
    ],
)
def test_what_means_the_same_is_nearer_than_what_does_not(text: str, near: str, far: str) -> None:
    vector = MEANINGS.vector(text)

    assert vector @ MEANINGS.vector(near) > vector @ MEANINGS.vector(far)


@pytest.mark.parametrize("text", ["", "?!", "\u0631\u0628\u0645\u0627", "x" * 100_000])
def test_what_has_no_known_word_points_nowhere(text: str) -> None:
    assert not MEANINGS.vector(text).any()


def test_a_word_in_many_pieces_means_something() -> None:
    assert MEANINGS.vector("kubernetesification").any()


@given(st.text())
def test_any_other_text_has_a_vector_of_length_one(text: str) -> None:
    length = float(np.linalg.norm(MEANINGS.vector(text)))

    assert length == 0 or length == pytest.approx(1, abs=1e-4)


def test_compact_vectors_are_as_near_as_the_vectors_themselves() -> None:
    texts = ["bees survive the winter", "the price of chips", ""]
    asked = MEANINGS.vector("what does a hive do in the cold")

    compact = similarities(asked, MEANINGS.vectors(texts))

    assert compact == pytest.approx([float(asked @ MEANINGS.vector(text)) for text in texts], abs=4 / STEPS)
    assert not len(similarities(asked, MEANINGS.vectors([])))


def test_what_is_packed_is_unpacked() -> None:
    table = np.array([[1.0, -0.5], [0.0, 0.25]], np.float32)

    rows, scales = unpack(pack(table))

    assert rows * scales[:, None] == pytest.approx(table, abs=0.01)
