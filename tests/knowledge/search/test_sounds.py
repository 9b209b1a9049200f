"""What words sound like, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search import sounds


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("fonetik", "phonetic"),
        ("sikology", "psychology"),
        ("nollij", "knowledge"),
        ("skedule", "schedule"),
        ("kubernetties", "kubernetes"),
        ("definately", "definitely"),
        ("recieve", "receive"),
        ("kwestion", "question"),
        ("laff", "laugh"),
        ("naycher", "nature"),
        ("ofishal", "official"),
        ("arkitekcher", "architecture"),
        ("thum", "thumb"),
        ("onest", "honest"),
    ],
)
def test_a_word_written_by_ear_sounds_like_the_one_that_was_meant(written: str, meant: str) -> None:
    assert not set(sounds.keys(written)).isdisjoint(sounds.keys(meant))


@pytest.mark.parametrize(("one", "other"), [("marimo", "madrid"), ("cat", "cap"), ("ale", "lea")])
def test_other_words_sound_different(one: str, other: str) -> None:
    assert set(sounds.keys(one)).isdisjoint(sounds.keys(other))


def test_letters_that_sound_this_way_or_that_are_read_both_ways() -> None:
    assert sounds.readings("tech") == ("tix", "tik")


def test_vowels_and_the_voice_are_heard_in_a_reading_alone() -> None:
    assert sounds.readings("pit") != sounds.readings("bad")
    assert sounds.keys("pit") == sounds.keys("bad")


@given(st.text(max_size=200))
def test_any_text_is_read_in_a_few_ways_and_never_with_a_digit(text: str) -> None:
    assert len(sounds.readings(text)) <= 4
    assert not any(sound.isdigit() for key in sounds.keys(text) for sound in key)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=30))
def test_a_doubled_consonant_sounds_like_one(word: str) -> None:
    for letter in "bdflmnprt":
        assert sounds.alike(letter, letter)
        assert sounds.keys(f"{word}o{letter}{letter}o") == sounds.keys(f"{word}o{letter}o")
