"""Counts are exact: of stems, of phrases that stand together, of the right people, wherever they are asked about."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import EVERYWHERE, Episode, EpisodeId, ItemId, Passage, Scope
from knowledge.search import Search
from knowledge.search.counting import Counting

_BEES, _TEA = EpisodeId("bees"), EpisodeId("tea")


def _said(episode: EpisodeId, *turns: tuple[str | None, str], seconds: int | None = None) -> list[Passage]:
    return [
        Passage(
            ItemId(f"{episode}/passage/{number}"),
            episode,
            number,
            text,
            "the transcript",
            speaker,
            None if seconds is None else timedelta(seconds=seconds * number),
        )
        for number, (speaker, text) in enumerate(turns)
    ]


def _counting(*said: list[Passage]) -> Counting:
    ids = [passages[0].episode for passages in said]
    episodes = [Episode(id, str(id), "Hive Talk", "the transcript") for id in ids]
    return Search.over(episodes, [passage for passages in said for passage in passages]).counting


@pytest.fixture
def counting() -> Counting:
    return _counting(
        _said(_BEES, ("Ann Lee", "We test the honey. Tests are open"), ("ANN LEE", "source. Don't panic."), seconds=10),
        _said(_TEA, ("Bob Ray", "Open source tea is tested tea."), (None, "I test tea. Open source, open source!")),
    )


def test_every_form_of_a_word_is_counted_and_told(counting: Counting) -> None:
    mentions = counting.mentions("testing")

    assert mentions.amounts.total == 4
    assert mentions.forms[0] == "test"
    assert set(mentions.forms) == {"test", "tests", "tested"}


@pytest.mark.parametrize(("asked", "times"), [("C++", 3), ("c#", 1), ("C", 2), ("hash", 1), ("C++17", 1)])
def test_signs_that_make_another_word_of_one_are_part_of_it(asked: str, times: int) -> None:
    counting = _counting(_said(_BEES, ("Ann Lee", "I like C++ and C#, not C. Café, C; C++? # hash #4. C++17.")))

    assert counting.mentions(asked).amounts.total == times


def test_other_spellings_and_irregular_forms_are_counted_and_told() -> None:
    counting = _counting(
        _said(_BEES, ("Ann Lee", "An impostor, imposters, an imposter and imposture. Two mice."), (None, "A mouse."))
    )

    impostors = counting.mentions("impostor")

    assert impostors.amounts.total == 3
    assert set(impostors.forms) == {"impostor", "imposters", "imposter"}
    assert counting.mentions("mouse").forms == counting.mentions("mice").forms
    assert counting.mentions("two mice").amounts.total == 1


def test_half_of_a_word_with_a_hyphen_is_no_mention() -> None:
    hyphens = _said(
        _BEES, ("Ann Lee", "My path is a zig-zag. Zig-based, not C-based."), ("Bob Ray", "Zig! An on-line zig.")
    )
    counting = _counting(hyphens)

    assert counting.mentions("zig").amounts.total == 3
    assert counting.mentions("based").amounts.total == 2
    assert counting.mentions("line").amounts.total == 0


def test_half_of_a_word_with_a_hyphen_is_no_mention_in_any_form() -> None:
    counting = _counting(_said(_BEES, ("Ann Lee", "They e-mail us. I E-MAILED you, and mailed it by mail.")))

    assert counting.mentions("mail").amounts.total == 2
    assert counting.mentions("mailed").amounts.total == 2


def test_a_phrase_stands_together_in_one_passage(counting: Counting) -> None:
    mentions = counting.mentions("open source")

    assert counting.by_episode(mentions.amounts) == {_TEA: 3}


def test_the_same_words_are_counted_for_one_person_and_episode_after_the_other(counting: Counting) -> None:
    scopes = (Scope(), Scope(speaker="Bob Ray"), Scope(episode=_BEES), Scope(episode=_TEA), Scope())

    assert [counting.mentions("tea", scope=scope).amounts.total for scope in scopes] == [3, 2, 0, 3, 3]


def test_turns_count_as_whose_they_are_however_the_name_is_written(counting: Counting) -> None:
    assert counting.by_speaker(counting.mentions("test").amounts) == {"Ann Lee": 2, "Bob Ray": 1}
    assert counting.by_speaker(counting.words(scope=EVERYWHERE)) == {"Ann Lee": 10, "Bob Ray": 6}
    assert counting.words(scope=Scope(speaker="ann lee")).total == 10
    assert counting.episodes_of_speakers(counting.words(scope=EVERYWHERE)) == {"Ann Lee": 1, "Bob Ray": 1}


@pytest.mark.parametrize(
    ("scope", "count"),
    [
        (Scope(_BEES), 0),
        (Scope(within=frozenset({_TEA})), 3),
        (Scope(speaker="Bob Ray"), 1),
        (Scope(EpisodeId("no")), 0),
    ],
)
def test_only_what_is_asked_about_is_counted(counting: Counting, scope: Scope, count: int) -> None:
    assert counting.mentions("open source", scope=scope).amounts.total == count


@pytest.mark.parametrize("words", ["", "...", "zebra", "open zebra", "x" * 100, "tea " * 50])
def test_what_is_not_said_is_counted_as_nothing(counting: Counting, words: str) -> None:
    assert counting.mentions(words).amounts.total == 0
    assert counting.mentions(words).forms == ()


def test_the_first_and_the_last_passage_of_an_episode_are_found(counting: Counting) -> None:
    mentions = counting.mentions("tea")

    first, last = (counting.passage_at(mentions, _TEA, last=last) for last in (False, True))

    assert first is not None
    assert last is not None
    assert (first.speaker, last.speaker) == ("Bob Ray", None)
    assert counting.passage_at(mentions, _BEES) is None


def test_time_is_counted_from_one_known_start_to_the_next(counting: Counting) -> None:
    assert counting.by_episode(counting.milliseconds(scope=EVERYWHERE)) == {_BEES: 10_000}


def test_mentions_can_be_limited_to_some_forms(counting: Counting) -> None:
    tests = counting.written(counting.mentions("testing"), ("test", "tests"))

    assert tests.amounts.total == 3
    assert set(tests.forms) == {"test", "tests"}
    assert counting.by_episode(tests.amounts) == {_BEES: 2, _TEA: 1}


def test_words_and_time_can_be_those_of_some_passages(counting: Counting) -> None:
    honey = counting.mentions("honey").amounts

    assert counting.words(scope=EVERYWHERE, among=honey).total == 7
    assert counting.milliseconds(scope=EVERYWHERE, among=honey).total == 10_000
    assert counting.milliseconds(scope=EVERYWHERE, among=counting.mentions("tea").amounts).total == 0


def test_the_speakers_of_each_episode_are_those_with_a_name(counting: Counting) -> None:
    speakers = counting.speakers_of_episodes(counting.mentions("open").amounts)

    assert speakers == {_BEES: {"Ann Lee"}, _TEA: {"Bob Ray"}}


def test_an_empty_library_has_nothing_to_count() -> None:
    counting = Search.over(()).counting

    assert not counting.searched(EVERYWHERE)
    assert (
        counting.words(scope=EVERYWHERE).total
        == counting.mentions("tea").amounts.total
        == counting.milliseconds(scope=EVERYWHERE).total
        == 0
    )


_WORDS = st.sampled_from(["go", "going", "tests", "testing", "open", "source", "opened", "Tea", "tea's", "42"])


@given(st.lists(st.lists(st.lists(_WORDS, min_size=1, max_size=8), min_size=1, max_size=6), min_size=1, max_size=4))
def test_counts_are_those_of_reading_everything(library: list[list[list[str]]]) -> None:
    said = [
        _said(EpisodeId(f"e{n}"), *((f"Speaker {at % 2}", " ".join(turn)) for at, turn in enumerate(turns)))
        for n, turns in enumerate(library)
    ]

    counting = _counting(*said)

    tests = Counter(p.speaker for passages in said for p in passages for w in p.text.split() if w.startswith("test"))
    assert counting.by_speaker(counting.mentions("test").amounts) == tests
    pairs = sum(
        first in {"open", "opened"} and second == "source"
        for turns in library
        for turn in turns
        for first, second in pairwise(turn)
    )
    assert counting.mentions("open source").amounts.total == pairs
