import pytest

from bot.port.messages import Answer, Part, Several
from bot.port.visibility import for_the_asker_alone, may_be_shared
from tests.fakes.assistant import CLOSE, EXACT, FACT, FOUND, HELP, NOT_FOUND, NOT_SAID, SEVERAL, UNSURE

NOTHING = Several((Part("rice?", NOT_FOUND), Part("tea?", UNSURE)))
DENIED = Several((Part("rice?", NOT_FOUND), Part("did they say it?", NOT_SAID)))


@pytest.mark.parametrize("answer", [FOUND, FACT, EXACT, CLOSE, SEVERAL])
def test_what_answers_is_for_everybody(answer: Answer) -> None:
    assert not for_the_asker_alone(answer)
    assert may_be_shared(answer)


@pytest.mark.parametrize("answer", [UNSURE, NOT_FOUND, HELP, NOTHING])
def test_what_does_not_answer_is_for_the_asker(answer: Answer) -> None:
    assert for_the_asker_alone(answer)
    assert not may_be_shared(answer)


@pytest.mark.parametrize("answer", [NOT_SAID, DENIED])
def test_that_nobody_said_it_is_for_the_asker_to_share(answer: Answer) -> None:
    assert for_the_asker_alone(answer)
    assert may_be_shared(answer)
