"""Finding the real words behind half-remembered ones."""

import pytest

from knowledge.model import EVERYWHERE, Episode, EpisodeId, Scope
from knowledge.passages import Turn, passages
from knowledge.search import Search
from knowledge.search.quotations import Quotation


def test_words_said_one_after_the_other_are_exact(search: Search) -> None:
    best = search.quotation("compute REMAINS the currency of AI", scope=EVERYWHERE)[0]

    assert best.exact
    assert best.words == "Compute remains the currency of AI"
    assert not best.differences


def test_a_half_remembered_quotation_says_what_differs(search: Search) -> None:
    best = search.quotation("compute is the currency of AI development", scope=EVERYWHERE)[0]

    assert not best.exact
    assert best.similarity > 0.7
    assert best.differences == (("is", "remains"),)


def test_words_shared_by_chance_are_not_alike(search: Search) -> None:
    assert all(
        found.similarity < 0.5 for found in search.quotation("I like the best pizza of New York", scope=EVERYWHERE)
    )


def test_one_telling_word_in_common_is_chance(search: Search) -> None:
    assert search.quotation("hardware is everything", scope=EVERYWHERE)[0].similarity < 0.5


def test_a_word_nearly_right_is_a_difference_all_the_same(search: Search) -> None:
    best = search.quotation("whoever controls the best hardwares wins", scope=EVERYWHERE)[0]

    assert not best.exact
    assert best.words == "whoever controls the best hardware wins"
    assert best.similarity > 0.9


def test_the_same_words_in_another_spelling_are_a_difference() -> None:
    said = passages([Turn("Ann Lee", "The colour of mice is grey")], episode=EpisodeId("mice"), source="the transcript")
    search = Search.over([Episode(EpisodeId("mice"), "Mice", "Show", "the transcript")], said)

    assert search.quotation("the colour of mice is grey", scope=EVERYWHERE)[0].exact
    assert search.quotation("the color of mice is gray", scope=EVERYWHERE)[0].differences == (
        ("color", "colour"),
        ("gray", "grey"),
    )


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("The whole team had a burnout after that launch.", "the whole team had a burn out after that launch"),
        ("We burn out because nobody reads open source code.", "we burnout because nobody reads opensource code"),
    ],
)
def test_two_words_are_the_one_that_they_make_together(said: str, asked: str) -> None:
    spoken = passages([Turn("Ann Lee", said)], episode=EpisodeId("rest"), source="the transcript")

    search = Search.over([Episode(EpisodeId("rest"), "Rest", "Show", "the transcript")], spoken)
    found = search.quotation(asked, scope=EVERYWHERE)[0]

    assert found.differences == ()
    assert found.words == said.rstrip(".")


def test_two_words_that_others_write_as_two_stay_two() -> None:
    said = "Go away. You will find a way out of this."
    spoken = passages([Turn("Ann Lee", said)], episode=EpisodeId("maze"), source="the transcript")

    search = Search.over([Episode(EpisodeId("maze"), "Maze", "Show", "the transcript")], spoken)

    assert (
        search.quotation("you'll always find a way out of this", scope=EVERYWHERE)[0].words
        == "You will find a way out of this"
    )


def test_more_words_than_were_said_are_differences(search: Search) -> None:
    best = search.quotation(
        "and then he said thanks for having me I began with one hive on a balcony and it was great fun",
        scope=EVERYWHERE,
    )[0]

    assert best.words == "Thanks for having me. I began with one hive on a balcony"
    assert ("and then he said", "") in best.differences


def test_words_of_a_transcript_are_found_too(search: Search) -> None:
    best = search.quotation("that keeps her warm until the crocuses bloom", scope=EVERYWHERE)[0]

    assert best.exact
    assert best.item.speaker == "Bob Ray"
    assert best.item.text[best.begin : best.end] == best.words


def test_what_is_not_in_the_episode_asked_about_is_not_found(search: Search) -> None:
    assert not any(found.exact for found in search.quotation("currency of AI", scope=Scope(EpisodeId("talk"))))


def test_a_few_joining_words_are_never_exact(search: Search) -> None:
    assert not any(found.exact for found in search.quotation("of the", scope=EVERYWHERE))


def test_words_that_run_on_into_the_next_passage_are_found_in_both() -> None:
    story = " ".join(f"In year {n} we moved the {n} hives and lost {n + 3} queens." for n in range(11, 40))
    episode = EpisodeId("bees")
    said = passages([Turn("Ann Lee", story)], episode=episode, source="the transcript")
    search = Search.over([Episode(episode, "Bees", "Hive Talk", "the transcript")], said)
    words = (*said[1].text.split()[-7:], *said[2].text.split()[:7])

    best = search.quotation(" ".join(words), scope=EVERYWHERE)[0]

    assert best.exact
    assert best.item.id == said[1].id
    assert best.item.text == f"{said[1].text} {said[2].text}"


def test_misspelt_common_words_do_not_hide_a_quotation(search: Search) -> None:
    best = search.quotation("Tehy clutser aruond the qeuen adn shievr", scope=EVERYWHERE)[0]

    assert best.item.speaker == "Bob Ray"
    assert best.similarity > 0.6
    assert best.differences


def test_a_first_or_last_word_that_only_resembles_the_real_one_stands_for_it() -> None:
    said = passages(
        [Turn("Ann", "Some say the internet is a series of tubes, and no truck.")],
        episode=EpisodeId("talk"),
        source="s",
    )
    search = Search.over([Episode(EpisodeId("talk"), "Talk", "Show", "s")], said)

    (last, *_) = search.quotation("the internet is a series of toobs", scope=EVERYWHERE)
    (first, *_) = search.quotation("Sum say the internet is a series of tubes", scope=EVERYWHERE)
    (more, *_) = search.quotation("the internet is a series of tubes yesterday", scope=EVERYWHERE)

    assert last.differences == (("toobs", "tubes"),)
    assert first.differences == (("sum", "Some"),)
    assert more.differences == (("yesterday", ""),)


def test_all_places_of_the_same_words_are_found() -> None:
    episode = EpisodeId("talk")
    turns = [Turn(name, "It's turtles all the way down, they say.") for name in ("Ann", "Bob", "Cora")]
    said = passages(turns, episode=episode, source="s")
    search = Search.over([Episode(episode, "Talk", "Show", "s")], said)

    assert {each.item.speaker for each in search.verbatim("turtles all the way down", scope=EVERYWHERE)} == {
        "Ann",
        "Bob",
        "Cora",
    }
    assert [each.item.speaker for each in search.verbatim("all the way", scope=Scope(speaker="Bob"))] == ["Bob"]
    assert search.verbatim("turtles all the way up", scope=EVERYWHERE) == ()
    assert search.verbatim("its turtles", scope=EVERYWHERE) == ()
    assert search.verbatim("", scope=EVERYWHERE) == ()


def test_a_slip_is_a_difference(search: Search) -> None:
    best = search.quotation("whoever controls the best hardwares wins", scope=EVERYWHERE)[0]

    assert best.differences == (("hardwares", "hardware"),)


def test_a_negation_moved_a_little_denies_the_same_and_one_moved_far_does_not() -> None:
    text = "It is not good to open the hive in winter but to wait for spring."
    said = passages([Turn("Ann", text)], episode=EpisodeId("talk"), source="s")
    search = Search.over([Episode(EpisodeId("talk"), "Talk", "Show", "s")], said)

    (little, *_) = search.quotation(
        "it not is good to open the hive in winter but to wait for spring", scope=EVERYWHERE
    )
    (far, *_) = search.quotation("it is good to open the hive in winter but not to wait for spring", scope=EVERYWHERE)

    assert not little.opposed
    assert far.opposed


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "bees sleep at night." I doubt it.', True),
        ("He said “bees sleep at night” and left.", True),
        ('"Bees sleep at night" is on the cover.', True),
        ('He said "Hello." But bees sleep at night.', False),
        ("Bees sleep at night.", False),
        ('"Bees sleep at night."', False),
        ('A 3" frame, and bees sleep at night.', False),
    ],
)
def test_words_in_quotation_marks_are_told_from_the_speakers_own(text: str, *, quoted: bool) -> None:
    (said,) = passages([Turn("Ann", text)], episode=EpisodeId("talk"), source="s")
    found = Quotation("bees sleep at night", lambda _: 1.0).along(said)

    assert found
    assert found.in_quotation_marks is quoted
