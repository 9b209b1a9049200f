"""Which sentences around a place are shown as the answer, and how they are found again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Episode, EpisodeId, ItemId, Passage, Scope
from knowledge.passages import Turn, passages
from knowledge.search import Search
from knowledge.search.parts import part, passage_of, through, words_at

EPISODE = EpisodeId("hive-1")
LEARNED = (
    ("Ann Lee", "Welcome back to the show, it is good to have all of you here with us on this rainy evening."),
    (
        "Ann Lee",
        "Cy Dorn has kept hives on the roof of the opera for ten years. How much honey did the opera roof give?",
    ),
    (
        "Cy Dorn",
        "That is a great question, people ask me all the time. The first year we had ninety jars of honey up there.",
    ),
    ("Cy Dorn", "After that the lime trees in the park were felled. So it was barely thirty jars in the second year."),
    ("Ann Lee", "We have to talk about smoke as well. Smoke makes the bees eat, and a bee that eats doesn't sting."),
)


def search(*said: tuple[str, str], start: timedelta | None = None) -> Search:
    turns = (Turn(speaker, text, start) for speaker, text in said)
    return Search.over(
        [Episode(EPISODE, "On roofs", "Hive Talk", "the notes")], passages(turns, episode=EPISODE, source="talk")
    )


def answer(over: Search, question: str, *, length: int = 400, speaker: str | None = None) -> Passage:
    scope = Scope(speaker=speaker)
    ranking = over.find(question, scope=scope)
    found = next(hit.item for hit in ranking.hits if isinstance(hit.item, Passage))
    return over.answering(ranking.asked, found, speaker=speaker, length=length)[0]


@pytest.fixture(scope="module")
def talk() -> Search:
    return search(*LEARNED, start=timedelta(minutes=1))


def test_the_reply_is_shown_and_not_the_question_that_has_all_words(talk: Search) -> None:
    shown = answer(talk, "how much honey did the opera roof give?")

    assert shown.speaker == "Cy Dorn"
    assert "ninety jars" in shown.text


def test_an_answer_runs_on_into_what_the_same_person_says_next_and_no_further(talk: Search) -> None:
    shown = answer(talk, "how much honey did the opera roof give?", length=1_000)

    assert shown.text.endswith("So it was barely thirty jars in the second year.")


def test_an_answer_is_about_as_long_as_there_is_room(talk: Search) -> None:
    assert len(answer(talk, "how much honey did the opera roof give?", length=80).text) <= 130


def test_of_a_bare_subject_the_sentence_that_names_it_is_shown(talk: Search) -> None:
    assert "Smoke makes the bees eat" in answer(talk, "smoke").text


def test_where_somebody_is_asked_for_only_their_words_are_shown(talk: Search) -> None:
    assert answer(talk, "honey on the opera roof", speaker="Ann Lee").speaker == "Ann Lee"


def test_an_answer_does_not_begin_in_the_middle_of_a_thought() -> None:
    over = search(
        ("Ann Lee", "The mayor wanted us gone from the roof. So we moved all hives to the cemetery by night."),
    )

    assert answer(over, "why were hives moved to the cemetery", length=400).text.startswith("The mayor")


def test_where_all_is_questions_the_passage_itself_is_shown() -> None:
    over = search(("Ann Lee", "Who moved the hives to the cemetery?"))

    assert answer(over, "hives in the cemetery").text == "Who moved the hives to the cemetery?"


def test_what_somebody_asks_about_a_subject_is_shown_rather_than_their_yeah() -> None:
    over = search(
        ("Cy Dorn", "My neighbour was about to quit beekeeping, he told me so at the market."),
        ("Ann Lee", "That's true. Yeah."),
        ("Cy Dorn", "All of his friends are there on Sundays, and he would miss them."),
        ("Ann Lee", "Yeah, why would you quit beekeeping if that is where your friends are?"),
    )

    assert "quit beekeeping" in answer(over, "quitting beekeeping", speaker="Ann Lee").text


def test_words_that_begin_later_in_a_passage_have_a_later_time(talk: Search) -> None:
    (whole,) = (each for each in talk.said_in(EPISODE) if "ninety jars" in each.text)
    shown = part(whole, whole.text.index("The first year"), "The first year we had ninety jars of honey up there.")

    assert whole.start is not None
    assert shown.start is not None
    assert shown.start > whole.start
    assert shown.approximate


def test_an_answer_is_found_again_by_its_id(talk: Search) -> None:
    shown = answer(talk, "how much honey did the opera roof give?", length=120)

    assert passage_of(shown.id) is not None
    assert talk.get(shown.id) == shown


@pytest.mark.parametrize("end", ["#words0+0", "#words5+99999", "#words99999+5"])
def test_an_id_of_words_that_are_not_there_finds_nothing(talk: Search, end: str) -> None:
    (whole,) = (each for each in talk.said_in(EPISODE) if "Welcome" in each.text)

    assert talk.get(ItemId(f"{whole.id}{end}")) is None


_SENTENCE = st.from_regex(r"[A-Z][a-z]{1,8}( [a-z]{1,8}){0,6}[.!?]", fullmatch=True)


@given(st.lists(st.lists(_SENTENCE, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=4), st.data())
def test_any_part_is_found_again_by_its_id(said: list[str], data: st.DataObject) -> None:
    there = [
        Passage(ItemId(f"hive-1/passage/{number}"), EPISODE, number, text, "talk", "Ann Lee")
        for number, text in enumerate(said)
    ]
    begin = data.draw(st.integers(0, len(said[0]) - 1))
    end = data.draw(st.integers(begin + 1, len(" ".join(said))))
    shown = part(there[0], begin, " ".join(said)[begin:end])

    assert shown == there[0] or words_at(shown.id, there[0], there[1:]) == shown


def test_an_answer_does_not_end_with_a_question_for_something_else() -> None:
    over = search(("Ann Lee", "Smoke makes bees eat, and full bees are slow. Why would anybody go without?"))

    assert answer(over, "what does smoke do to bees").text == "Smoke makes bees eat, and full bees are slow."


def test_what_is_read_aloud_does_not_run_on_into_what_the_reader_says() -> None:
    turns = [Turn("Cy Dorn", "Dear Cy, my bees are asleep.", aloud=True), Turn("Cy Dorn", "Mine are awake.")]
    said = list(passages(turns, episode=EPISODE, source="talk"))
    over = Search.over([Episode(EPISODE, "On roofs", "Hive Talk", "the notes")], said)

    assert [list(over.onward(each)) for each in said] == [[], []]


@pytest.mark.parametrize(("end", "runs_through"), [(12, 1), (30, 2), (50, 3)])
def test_a_part_goes_through_the_passages_that_it_runs_into(end: int, runs_through: int) -> None:
    said = [
        Passage(ItemId(f"hive-1/passage/{number}"), EPISODE, number, "The hive is full.", "talk", "Ann Lee")
        for number in range(4)
    ]
    shown = part(said[0], 4, " ".join(each.text for each in said)[4:end])

    assert through(shown.id, said) == said[:runs_through]
    assert through(said[0].id, said) == said[:1]
