"""Turns become passages, passages become stretches of talk."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import EpisodeId, Passage
from knowledge.passages import Turn, is_label, passages, stretches

EPISODE = EpisodeId("bees")


def made(*turns: Turn, duration: timedelta | None = None) -> tuple[Passage, ...]:
    return passages(turns, episode=EPISODE, source="the transcript", duration=duration)


def at(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_one_speakers_successive_turns_are_one_passage() -> None:
    (passage,) = made(Turn("Ann", "Bees sleep."), Turn("Ann", "They really do."))

    assert (passage.text, passage.speaker) == ("Bees sleep. They really do.", "Ann")


def test_a_passage_has_one_speaker() -> None:
    said = made(Turn("Ann", "Do bees sleep?"), Turn("Bob", "Yes."), Turn("Ann", "Where?"))

    assert [passage.speaker for passage in said] == ["Ann", "Bob", "Ann"]
    assert [passage.number for passage in said] == [0, 1, 2]
    assert said[1].id == "bees/passage/1"


@pytest.mark.parametrize(
    "label",
    ["Speaker 1", "SPEAKER_00", "speaker", "Host 2", "Spk-3", "Unknown Speaker", "Speaker A", "S2", "Male Voice"],
)
def test_a_label_is_nobodys_name(label: str) -> None:
    assert is_label(label)
    assert [passage.speaker for passage in made(Turn(label, "Bees sleep."), Turn("Ann", "Yes."))] == [None, "Ann"]


@pytest.mark.parametrize("name", ["Ann Speaker", "S. Lee", "Voice of America", "Speakers Corner", "Persona"])
def test_a_name_with_a_labels_word_is_a_name(name: str) -> None:
    assert not is_label(name)


def test_words_behind_another_label_are_another_passage() -> None:
    said = made(Turn("Speaker 1", "Do bees sleep?"), Turn("Speaker 2", "Yes."), Turn(None, "Where?"))

    assert [(passage.speaker, passage.text) for passage in said] == [
        (None, "Do bees sleep?"),
        (None, "Yes."),
        (None, "Where?"),
    ]


def test_a_long_turn_is_parted_between_sentences() -> None:
    said = made(Turn("Ann", "A bee is a small animal that lives in a hive. " * 20))

    assert len(said) > 2
    assert all(passage.text.endswith("hive.") for passage in said)
    assert all(len(passage.text.split()) < 90 for passage in said)


def test_a_turn_without_full_stops_is_parted_all_the_same() -> None:
    said = made(Turn("Ann", "buzz " * 1000))

    assert all(len(passage.text.split()) <= 90 for passage in said)


def test_a_passage_begins_when_its_first_turn_does() -> None:
    said = made(Turn("Ann", "One two.", at(0)), Turn("Bob", "Three.", at(5)))

    assert [(passage.start, passage.approximate) for passage in said] == [(at(0), False), (at(5), False)]


def test_a_start_between_two_marks_is_in_proportion_to_the_words() -> None:
    turns = (Turn("Ann", "one two", at(10)), Turn("Bob", "three four"), Turn("Ann", "five", at(30)))

    assert [(passage.start, passage.approximate) for passage in made(*turns)] == [
        (at(10), False),
        (at(20), True),
        (at(30), False),
    ]


def test_the_length_of_the_episode_times_what_comes_after_the_last_mark() -> None:
    said = made(Turn("Ann", "one two", at(0)), Turn("Bob", "three four"), duration=at(40))

    assert said[1].start == at(20)


def test_before_the_first_mark_time_counts_from_the_beginning() -> None:
    said = made(Turn("Ann", "one two"), Turn("Bob", "three four"), Turn("Ann", "five", at(40)))

    assert [(passage.start, passage.approximate) for passage in said] == [
        (at(0), True),
        (at(20), True),
        (at(40), False),
    ]


def test_without_any_mark_nothing_is_timed() -> None:
    said = made(Turn("Ann", "one"), duration=at(9))

    assert (said[0].start, said[0].approximate) == (None, False)


def test_after_the_last_mark_time_goes_on_at_the_pace_so_far() -> None:
    said = made(Turn("Ann", "one two", at(0)), Turn("Bob", "three four", at(20)), Turn("Ann", "five"))

    assert (said[2].start, said[2].approximate) == (at(40), True)


def test_a_pause_between_two_marks_belongs_to_nobody() -> None:
    said = made(
        Turn("Ann", "one two", at(0)), Turn("Bob", "three four"), Turn(None, "", at(40)), Turn("Ann", "five", at(160))
    )

    assert [(passage.start, passage.approximate) for passage in said] == [
        (at(0), False),
        (at(20), True),
        (at(160), False),
    ]


def test_without_a_length_the_last_mark_holds_to_the_end() -> None:
    said = made(Turn("Ann", "one", at(2)), Turn("Bob", "two"))

    assert (said[1].start, said[1].approximate) == (at(2), True)


def test_marks_on_turns_without_words_do_no_harm() -> None:
    said = made(Turn("Ann", "", at(1)), Turn("Bob", "two", at(2)), Turn("Ann", " "))

    assert len(said) == 1


@given(st.lists(st.tuples(st.sampled_from(["Ann", "Bob", None]), st.text(max_size=200)), max_size=12))
def test_no_word_is_lost_or_changed(turns: list[tuple[str | None, str]]) -> None:
    said = made(*(Turn(speaker, text) for speaker, text in turns))

    assert " ".join(passage.text for passage in said).split() == " ".join(text for _, text in turns).split()


def test_a_stretch_holds_some_sixty_words_of_one_episode() -> None:
    talk = [Turn(name, "so the bees cluster around the queen in winter") for name in ("Ann", "Bob") * 15]
    other = passages([Turn("Eve", "Hello.")], episode=EpisodeId("wasps"), source="the transcript")

    grouped = list(stretches((*made(*talk), *other)))

    assert [passage for stretch in grouped for passage in stretch] == [*made(*talk), *other]
    assert {len(stretch) for stretch in grouped[:-2]} == {7}
    assert grouped[-1] == other
    assert not list(stretches(()))
