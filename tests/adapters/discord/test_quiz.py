"""Who said it, in Discord."""

from __future__ import annotations

import pytest

from bot.port.quiz import REVEAL, TOO_FEW_NAMES
from bot.port.wording import STALE
from tests.adapters.discord.stage import labels, staged, text_of
from tests.bot.port.test_quiz import PEOPLE, SAID, panel
from tests.fakes.assistant import NotingAssistant
from tests.fakes.discord_server import BOB

pytestmark = pytest.mark.slow


async def test_a_guess_is_judged_in_private_and_the_reveal_is_for_everybody() -> None:
    async with staged(panel()) as stage:
        asked = (await stage.server.slash("quiz")).shown
        speaker = next(who for who, words in zip(PEOPLE, SAID, strict=False) if words in text_of(asked))
        wrong_name = next(name for name in labels(asked)[:4] if name != speaker)
        right = await stage.click(asked, speaker, member=BOB)
        wrong = await stage.click(asked, wrong_name)
        await stage.restart(panel())
        revealed = await stage.click(asked, REVEAL)

    assert sorted(labels(asked)[:4]) == sorted(PEOPLE[:4])
    assert right.private
    assert f"Right, it was {speaker}!" in text_of(right.shown)
    assert wrong.private
    assert f"No, it wasn't {wrong_name}: it was {speaker}." in text_of(wrong.shown)
    assert not revealed.private
    assert f"It was {speaker}." in text_of(revealed.shown)


async def test_a_library_with_too_few_names_says_so_and_a_riddle_whose_quote_is_gone_is_stale() -> None:
    async with staged(panel()) as stage:
        asked = (await stage.server.slash("quiz")).shown
        await stage.restart(NotingAssistant())
        gone = [await stage.click(asked, label) for label in (labels(asked)[0], REVEAL)]
        none = await stage.server.slash("quiz")

    assert none.private
    assert text_of(none.shown) == TOO_FEW_NAMES
    assert [text_of(each.shown) for each in gone] == [STALE] * 2
