import pytest

from bot.port.messages import LONGEST_QUESTION, Help, Part, Several
from bot.understanding.text import clean


@pytest.mark.parametrize("parts", [0, 1, 4])
def test_several_questions_are_two_or_three(parts: int) -> None:
    with pytest.raises(ValueError, match="two or three"):
        Several((Part("what?", Help("Ask me.")),) * parts)


def test_the_longest_question_is_as_long_as_what_is_read() -> None:
    assert len(clean("x" * 10_000)) == LONGEST_QUESTION
