"""What people type is made safe, and taken apart into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.port.messages import LONGEST_QUESTION
from bot.understanding.text import QUOTED, Pause, Text, clean, plain

ANYTHING = st.text(st.characters(), max_size=300)
TANGLED = st.lists(
    st.sampled_from(
        ["who", "it's", "1)", "2) ", "heyyyy", '"', "'", "“", "”", " ", ", ", ". ", "?", " - ", "# 4", "🐝", "é"]
    )
    | st.text(max_size=4),
    max_size=40,
).map("".join)
"""Pieces that mean something to whoever takes a text apart, in any order."""


def words(text: str) -> tuple[str, ...]:
    return Text.of(clean(text)).plain


@given(ANYTHING)
def test_cleaned_text_has_nothing_that_cannot_be_seen(text: str) -> None:
    cleaned = clean(text)

    assert all(each.isprintable() for each in cleaned)
    assert cleaned == cleaned.encode().decode()


def test_a_very_long_text_keeps_both_its_ends() -> None:
    cleaned = clean("what about agi " + "x" * 100_000 + " or china")

    assert cleaned.startswith("what about agi")
    assert cleaned.endswith("or china")
    assert len(cleaned) <= LONGEST_QUESTION


def test_a_character_that_becomes_eighteen_makes_no_text_too_long() -> None:
    assert len(clean("\ufdfa" * LONGEST_QUESTION)) <= LONGEST_QUESTION


def test_terminal_escapes_and_tags_are_no_words() -> None:
    assert clean("\x1b[31mwhat about agi\x1b[0m <@123456>") == "what about agi"
    assert clean("what about agi @channel <!here>?") == "what about agi ?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who's the guest?", "whos the guest"),
        ("Who’s the guest?", "whos the guest"),
        ("RLHF/co-design, v2.0!", "rlhf co-design v2.0"),
        ("¿Qué dijeron?", "qué dijeron"),
        ("heyyyy yooo", "hey yo"),
        ("in 2000 and 1111", "in 2000 and 1111"),
        ("what about #4", "what about # 4"),
        ("chips & china", "chips & china"),
        ("👍 ...", ""),
        ("", ""),
    ],
)
def test_plain_text_is_words_in_lower_case(text: str, expected: str) -> None:
    assert plain(clean(text)) == expected


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('did they say "compute is the currency"?', "compute is the currency"),
        ("did they say “compute is the currency”?", "compute is the currency"),
        ("did they say 'it isn't over yet' or not", "it isn't over yet"),
        ("«compute, he said, is king»", "compute, he said, is king"),
    ],
)
def test_what_is_between_quotation_marks_is_one_word(text: str, quoted: str) -> None:
    found = Text.of(clean(text))

    assert [word.named for word in found.words if word.plain == QUOTED] == [quoted]
    assert all(word.named is None for word in found.words if word.plain != QUOTED)


@pytest.mark.parametrize(
    "text", ['the "big" one', "who's there, it's me", 'an "open end', '""', "watch '/home/ann/rye'"]
)
def test_one_word_between_marks_is_no_quotation_nor_is_an_apostrophe(text: str) -> None:
    assert QUOTED not in words(text)


def test_two_quotations_are_two_words() -> None:
    assert words('"to be" or "not to be"') == (QUOTED, "or", QUOTED)


@pytest.mark.parametrize(
    ("text", "pauses"),
    [
        ("first, second", [Pause.COMMA, Pause.NONE]),
        ("first: second", [Pause.COMMA, Pause.NONE]),
        ("first - second", [Pause.COMMA, Pause.NONE]),
        ("first? second.", [Pause.END, Pause.END]),
        ("first; second!", [Pause.END, Pause.END]),
        ("1,000 v2.0", [Pause.NONE, Pause.NONE, Pause.NONE]),
        ('"one two", three', [Pause.COMMA, Pause.NONE]),
    ],
)
def test_where_a_text_pauses_is_known(text: str, pauses: list[Pause]) -> None:
    assert [word.pause for word in Text.of(clean(text)).words] == pauses


def test_the_numbers_of_a_list_are_left_out_and_a_question_begins_at_each() -> None:
    found = Text.of("1) who is the guest 2) how long is it")

    assert found.plain == ("who", "is", "the", "guest", "how", "long", "is", "it")
    assert [word.pause for word in found.words].index(Pause.END) == 3


def test_a_part_is_written_as_it_was_typed() -> None:
    found = Text.of("Who said: Compute, IS the currency?")

    assert found.part(2, 5).written == "Compute, IS the"
    assert found.part(3, 3).written == ""
    assert found.part(2, 6).written == "Compute, IS the currency"


def test_of_words_left_out_nothing_is_written() -> None:
    found = Text.of("honey on Hive Talk in winter").without(1, 4)

    assert found.plain == ("honey", "in", "winter")
    assert found.written == "honey in winter"


def test_a_name_is_taken_as_one_word_and_stands_for_something() -> None:
    found = Text.of("did Tomas Ortega, of all people").naming(1, 3, "PERSON", 7)

    assert found.plain == ("did", "PERSON", "of", "all", "people")
    assert (found.words[1].named, found.words[1].pause) == (7, Pause.COMMA)
    assert found.part(1, 2).written == "Tomas Ortega"


@given(ANYTHING | TANGLED)
def test_any_text_is_taken_apart_into_pieces_of_it_in_their_order(text: str) -> None:
    found = Text.of(clean(text))

    assert all(0 <= word.begin < word.end <= len(found.text) for word in found.words)
    assert all(one.end <= other.begin for one, other in zip(found.words, found.words[1:], strict=False))
    assert all(word.plain and " " not in word.plain for word in found.words)
    assert all(word.plain == QUOTED or word.plain == word.plain.casefold() for word in found.words)


@given(ANYTHING | TANGLED, st.integers(0, 50), st.integers(0, 50))
def test_any_part_is_a_piece_of_the_text_where_no_number_is_left_out(text: str, begin: int, length: int) -> None:
    found = Text.of("".join(each for each in clean(text) if not each.isdigit()))

    assert found.part(begin, begin + length).written in found.text
