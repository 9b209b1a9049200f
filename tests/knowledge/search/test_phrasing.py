"""Only sentences that stand by themselves are quoted, and those that speak of more than their scene come first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.phrasing import LONGEST, SHORTEST, best

GOOD = "A swarm will never move before every scout agrees."
WORDS = [
    *("A", "Nobody", "You", "And", "It", "never", "is", "people", "bees", "the", "work,", "always", "don't", "you're"),
    *("than", "better", "Dr.", "e.g.", "it.", "hives.", "honey!", "keep?", "[laughter]", "“wow”", "--", "2.0", "\n"),
]


@pytest.mark.parametrize(
    "sentence",
    [
        "Code that you don't write doesn't have bugs.",
        "Nobody gets a second chance to make a first release.",
        "If something doesn't work for somebody, it means it doesn't work.",
        "I don't think anybody chooses a life like mine for the money.",
        "A garden isn’t ever done, you only stop for the winter.",
    ],
)
def test_a_sentence_that_stands_by_itself_is_quoted(sentence: str) -> None:
    found = best(sentence)

    assert found is not None
    assert (found.text, found.at) == (sentence, 0)


@pytest.mark.parametrize(
    "sentence",
    [
        "And nobody gets a second chance to make a first release.",  # leans on what was said before
        "It is always better to make a release than to talk of one.",
        "That's why people should always write the tests before the code.",
        "He is always better at work than people who never sleep.",
        "Exactly, people should always write the tests before the code.",
        "The other problem is that people never write the tests before the code.",
        "I always write the tests and people never believe me.",  # of oneself
        "Should people always write the tests before they write the code?",  # no statement
        "People should always write the tests before they write the code",
        "people should always write the tests before they write the code.",
        "If you always write the tests before you write the code.",
        "Anybody who always writes the tests without any of the code.",
        "People should always write the [laughter] tests before the code.",  # needs what is around it
        "People should always read www.example.com/tests before the code.",
        "People should always say “write the tests” before the code.",
        "People should always -- people should never write the tests before.",
        "Tomas, you should always write the tests before the code.",
        "People should never do anything like this without any of that.",
        "Everybody asks whether people should always write the tests.",  # comes to an explanation, or to others
        "The moral is people should never write tests after the code.",
        "Anybody who never sleeps with the hive in a storm.",
        "A swarm is always about people and that thing that moved.",  # which?
        "I don't think that people would ever be able to.",  # to what?
        "People who never hurry a hive are always early though.",
        "Nobody is ever late for any honey.",  # few words
        "Welcome back to the one place where people never stop learning.",  # keeps house
        "People should always thank our sponsors for everything that we do.",
        "Everybody who is listening should never miss an episode of ours.",
        "Everything is in the show notes, and the links are always below.",
        "Nobody is late.",  # too short, too long
        f"{'People should never hurry a hive ' * 6}.",
    ],
)
def test_what_needs_its_neighbours_or_keeps_house_is_not_quoted(sentence: str) -> None:
    assert best(sentence) is None


def test_the_sentence_is_taken_out_of_its_passage_as_it_stands() -> None:
    said = f"Yeah, Dr. Lind told me. {GOOD} And then it did."

    found = best(said)

    assert found is not None
    assert found.text == GOOD
    assert said[found.at :].startswith(GOOD)


def test_a_title_does_not_end_a_sentence() -> None:
    assert best("I never believed what Dr. Nobody should always be afraid of the hive.") is None


@pytest.mark.parametrize(
    ("general", "tied"),
    [
        ("A beekeeper is never better than the people around the hive.", "The beekeeper was better than people I met."),
        ("People should never be afraid of a swarm of bees.", "People should never be afraid of them or this thing."),
        ("A hive is always better than a jar of honey.", "A hive in Lisbon is always better than 40 in Porto."),
        (
            "People should always keep a hive in a garden of friends.",
            "People should always keep a hive, in a garden, of friends.",
        ),
        (
            "A garden is never better than the people in a garden.",
            "A garden is never better than the people who walked in a garden.",
        ),
        (
            "A melancholy orchard is never better than a forgotten hive.",
            "A single number is never better than a following part.",
        ),
        (
            "A melancholy orchard is never better than a forgotten hive.",
            "A zygomorphic orchard is never better than a forgotten hive.",
        ),
        (
            "A beekeeper is never better than the bees.",
            "A beekeeper is never better than the bees around the hive by the wall of a field.",
        ),
        ("A colony never forgets what every worker learns.", "A colony never forgets, as we learned, what they did."),
    ],
)
def test_what_speaks_of_the_world_is_worth_more_than_what_is_tied_to_its_scene(general: str, tied: str) -> None:
    first, second = best(general), best(tied)

    assert first is not None
    assert second is None or first.worth > second.worth
    chosen = best(f"{tied} {general}")
    assert chosen is not None
    assert chosen.text == general


def test_the_rarest_words_add_no_more_than_other_rare_ones() -> None:
    rare, rarest = best("An orchard is never better than its hives."), best("A quorum is never better than its hives.")

    assert rare is not None
    assert rarest is not None
    assert rare.worth == rarest.worth


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)))
def test_whatever_the_text_what_is_quoted_is_a_whole_sentence_of_it(text: str) -> None:
    found = best(text)

    if found is not None:
        assert text[found.at : found.at + len(found.text)] == found.text
        assert found.text[0].isupper()
        assert found.text[-1] in ".!"
        assert not any(mark in found.text[:-1] for mark in ".!?…[]“”\n")
        assert SHORTEST <= len(found.text.split()) <= LONGEST
        assert found.text.split()[0] not in {"And", "It"}
        assert found.at == 0 or text[found.at - 1] == " "
        assert found.worth >= 1
