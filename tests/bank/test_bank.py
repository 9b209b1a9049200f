"""The assistant answers a bank of questions as members of a chat would write them.

Matching is changed by reading `questions.yaml` alone. `held_out.yaml` holds others of the same kinds; a failure there
tells its rates and none of its questions.
"""

from __future__ import annotations

import pytest

from bot.operating.opening import open_assistant
from tests.bank import marking

pytestmark = pytest.mark.slow

RIGHT = 0.97
RIGHT_UNREAD = 0.95
ANSWERED_THOUGH_UNANSWERABLE = 0.02


async def test_nearly_every_question_is_answered_right_and_nothing_is_made_up() -> None:
    read = await marking.mark(open_assistant(), marking.read(marking.QUESTIONS))
    unread = await marking.mark(open_assistant(), marking.read(marking.HELD_OUT))

    told = "\n".join([f"{marking.rates(read)}", *(wrong for mark in read for wrong in mark.wrong)])
    assert marking.right(read + unread) >= RIGHT, told
    assert marking.right(unread) >= RIGHT_UNREAD, marking.rates(unread)
    assert marking.answered_unanswerable(read + unread) <= ANSWERED_THOUGH_UNANSWERABLE
