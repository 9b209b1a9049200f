"""What nobody talked about is told by its words: a library has them seldomer than English."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answering import sentences
from bot.operating.opening import open_assistant
from bot.port.messages import Answer, Assistant, Found, NotFound, Question, Unsure
from tests.bank.marking import TALK_LIBRARY
from tests.bot.answering.test_people import add

SMALL_TALK = (
    "Well, we had a long day, and the weather was good, so the bank was closed and we took the car home again.",
    "You know, people say that money and music are what they want, and the house is what they need.",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("off-topic")
    for number in range(1, 41):
        folder = library / f"hive-{number}"
        folder.mkdir()
        (folder / "episode.yaml").write_text(
            f"title: Talk {number}\nshow: Hive Talk\nnumber: {number}\nsource: the transcript\n"
        )
        bees = "Propolis keeps a hive clean: the bees gather propolis from trees, and we scrape it off the frames."
        turns = [f"**Ann Lee:** {bees}", *(f"**Bob Ray:** {each}" for each in SMALL_TALK)] * 5
        (folder / "transcript.md").write_text("\n\n".join(turns) + "\n")
    return open_assistant(library, library / "cache")


async def test_an_errand_in_the_library_s_own_words_is_answered_with_what_was_said(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("where can i get propolis for my hive"))

    assert isinstance(answer, Found)


async def test_what_may_be_advice_is_offered_however_much_a_question_sounds_like_an_errand(
    assistant: Assistant,
) -> None:
    answer = await assistant.ask(Question("how do i transfer bees to another hive"))

    assert isinstance(answer, Unsure)


@pytest.mark.parametrize("question", ["when is the bank open near my house", "how do i get a loan for a car"])
async def test_what_may_answer_is_not_offered_to_who_asks_about_the_world(assistant: Assistant, question: str) -> None:
    assert isinstance(await assistant.ask(Question(question)), NotFound)


@pytest.mark.parametrize("question", ["what did they say about the weather?", "money", "thoughts on music"])
async def test_a_bare_subject_is_answered_by_whatever_has_it_however_common_it_is(
    assistant: Assistant, question: str
) -> None:
    assert isinstance(await assistant.ask(Question(question)), Found)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("what happens when a child asks a hard question at work", Unsure),  # all of these are said, of other things
        ("how do submarines dive", NotFound),
    ],
)
async def test_who_describes_what_was_said_is_offered_what_comes_near(
    tmp_path: Path, question: str, kind: type[Answer]
) -> None:
    answer = await open_assistant(TALK_LIBRARY, tmp_path).ask(Question(question))

    assert isinstance(answer, kind)
    assert not isinstance(answer, Unsure) or answer.text == sentences.IN_OTHER_WORDS


async def test_of_several_shows_a_number_at_the_end_names_no_episode(tmp_path: Path) -> None:
    answer = await open_assistant(TALK_LIBRARY, tmp_path).ask(Question("who plays the mechanic in 13 going on 3"))

    assert isinstance(answer, NotFound)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("large")
    bees = "Propolis keeps a hive clean: the bees gather propolis from trees, and we scrape it off the frames."
    painted = "We painted the hives last year. My uncle was there when the hives were painted, and it rained."
    like = "A hive is like a chicken restaurant on a street where everybody gets the same old plate."
    for number in range(1, 101):
        turns = [bees, *SMALL_TALK * 12, *([like, SMALL_TALK[0]] if number == 50 else []), painted]
        add(home / "library", number, "\n\n".join(f"**Ann Lee:** {each}" for each in turns))
    return open_assistant(home / "library", home / "cache")


async def test_an_everyday_thing_that_a_large_library_has_in_a_metaphor_alone_is_not_offered(large: Assistant) -> None:
    answer = await large.ask(Question("anybody know a nice street with a restaurant, not just chicken"))

    assert isinstance(answer, NotFound), answer


async def test_what_tells_of_a_subject_without_advising_is_only_offered_to_who_seeks_advice(large: Assistant) -> None:
    told = await large.ask(Question("when were the hives painted"))
    advised = await large.ask(Question("we want to see our hives painted, bad idea?"))

    assert isinstance(told, Found), told
    assert isinstance(advised, Unsure), advised
