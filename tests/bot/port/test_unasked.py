"""What is worth saying to people who didn't ask."""

from dataclasses import replace

import pytest

from bot.port.messages import Answer, Several
from bot.port.unasked import looks_like_a_question, worth_saying
from tests.fakes.assistant import CLOSE, EVERY_SINGLE_ANSWER, FACT, FOUND, NOT_FOUND, SEVERAL, UNSURE


@pytest.mark.parametrize("words", ["what about the comets?", "**who said so, then?**", "is it “snow is old”?"])
def test_a_question_ends_in_its_mark(words: str) -> None:
    assert looks_like_a_question(words)


@pytest.mark.parametrize("words", ["", "?", "really?", "oh really?", "what about the comets", "who? I did it."])
def test_what_is_no_question_to_everybody_is_passed_over(words: str) -> None:
    assert not looks_like_a_question(words)


@pytest.mark.parametrize("answer", [replace(FOUND, confidence=0.99), replace(FACT, confidence=1.0)])
def test_a_sure_answer_is_worth_it(answer: Answer) -> None:
    assert worth_saying(answer)


@pytest.mark.parametrize(
    "answer",
    [NOT_FOUND, UNSURE, replace(FOUND, confidence=0.9), replace(FACT, confidence=0.9), replace(CLOSE, confidence=0.5)],
)
def test_an_unsure_one_is_not(answer: Answer) -> None:
    assert not worth_saying(answer)


def test_of_several_answers_all_have_to_be() -> None:
    assert isinstance(SEVERAL, Several)
    assert not worth_saying(SEVERAL)


@pytest.mark.parametrize("answer", EVERY_SINGLE_ANSWER)
def test_every_answer_is_judged(answer: Answer) -> None:
    assert worth_saying(answer) in {True, False}
