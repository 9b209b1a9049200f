import pytest

from bot.port.messages import Help, Part, Several


@pytest.mark.parametrize("parts", [0, 1, 4])
def test_several_questions_are_two_or_three(parts: int) -> None:
    with pytest.raises(ValueError, match="two or three"):
        Several((Part("what?", Help("Ask me.")),) * parts)
