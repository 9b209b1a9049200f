"""Which part of a message may answer all of it."""

from __future__ import annotations

import pytest

from bot.answering.catalogue import Catalogue
from bot.answering.finder import Finder
from bot.answering.premises import Premises
from bot.answering.thresholds import FOUND
from bot.understanding.request import Clause, Request
from bot.understanding.wants import Ask
from knowledge.model import ItemId, Passage
from knowledge.search import Search
from tests.bot.answering.test_off_topic import SMALL_TALK
from tests.bot.conftest import HONEY

BEES = "Propolis keeps a hive clean: the bees gather propolis from trees, and we scrape it off the frames."
RARE = (
    "It was a fatal mistake.",
    "They kept refusing the offer.",
    "Two swarms merge in spring.",
    "That is quite unrelated to it.",
    "Their histories are long.",
)
ERROR = "fatal offer refusing to merge unrelated histories in spring"


@pytest.fixture(scope="module")
def search() -> Search:
    talk = [text for rare in RARE * 8 for text in (*(BEES, *SMALL_TALK) * 5, rare)]
    said = (
        Passage(ItemId(f"{HONEY.id}/passage/{number}"), HONEY.id, number, text, "the transcript")
        for number, text in enumerate(talk)
    )
    return Search.over((HONEY,), said)


@pytest.mark.parametrize("word", ["hive", "bees"])
def test_one_common_word_beside_what_nobody_said_is_unsure_though_it_answers_alone(search: Search, word: str) -> None:
    text = f"lol {word} again, {ERROR}"
    clauses = (Clause(ERROR, 0.9), Clause(f"lol {word} again", 0.7))
    finder = Finder(search, Premises(Catalogue((), lambda _: None, {}, {})))

    found = finder.find(Request(Ask.SAID, text, text, clauses=clauses))

    assert search.find(word, limit=1).confidence >= FOUND
    assert found.confidence < FOUND


def test_a_clause_that_says_nearly_all_of_a_question_does_not_answer_in_its_place(search: Search) -> None:
    text, clause = "refusing to merge histories in the house", "refusing to merge histories"
    finder = Finder(search, Premises(Catalogue((), lambda _: None, {}, {})))

    found = finder.find(Request(Ask.SAID, text, text, clauses=(Clause(clause, 2.0),)))

    assert found.understood.text == text
