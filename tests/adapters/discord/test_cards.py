"""Quotations as pictures: the button, the picture attached, and what is said where there is none."""

import threading
from datetime import timedelta

import pytest

from bot.port.cards import CARD, TOO_LONG, NotDrawn, Shape
from bot.port.messages import Evidence
from bot.port.wording import DELETE, STALE
from tests.adapters.discord.stage import config, labels, staged, text_of
from tests.fakes.assistant import SNOWBALL
from tests.fakes.discord_server import BOB

pytestmark = pytest.mark.slow

drawn_on: list[int] = []


def draws(said: Evidence, shape: Shape) -> bytes | NotDrawn:
    drawn_on.append(threading.get_ident())
    return f"{said.id} {shape.name}".encode()


def refuses(_: Evidence, __: Shape) -> bytes | NotDrawn:
    return NotDrawn(TOO_LONG)


async def test_a_quotation_is_shown_as_a_picture_for_everybody_drawn_beside_the_loop() -> None:
    async with staged(draw=draws) as stage:
        answer = await stage.server.mention("comets")
        await stage.restart()
        shown = await stage.click(answer, CARD, member=BOB)

        [file] = stage.server.files
        assert file.endswith(b" WIDE")
        assert file.split()[0].decode() in str(answer["components"])
        assert not shown.private
        assert shown.shown["content"].startswith("— The Night Sky #7 · [▶ ")
        assert labels(shown.shown) == [DELETE]
        assert drawn_on[-1] != threading.get_ident()
        assert not stage.server.complaints


@pytest.mark.parametrize("private", [True, False])
async def test_a_picture_is_as_private_as_its_answer_even_if_it_takes_long(private: bool) -> None:
    async with staged(draw=draws, setup=config(patience=timedelta())) as stage:
        answer = await stage.server.slash("ask", question="comets", private=private)
        await stage.server.until(lambda: private or answer.deleted)  # a public one comes after the "thinking"
        shown = await stage.click(answer.shown, CARD)
        await stage.server.until(lambda: private or shown.deleted)

        assert len(stage.server.files) == 1
        assert shown.private is private
        assert not stage.server.complaints


async def test_what_cannot_be_drawn_is_told_to_whoever_pressed() -> None:
    async with staged(draw=refuses) as stage:
        shown = await stage.click(await stage.server.mention("comets"), CARD)

        assert (shown.private, text_of(shown.shown)) == (True, TOO_LONG)
        assert not stage.server.files


async def test_what_is_gone_is_no_picture() -> None:
    async with staged(draw=draws) as stage:
        answer = await stage.server.mention("comets")
        shown = await stage.server.press(answer, "card:night-sky-7/quote/gone")

        assert (shown.private, text_of(shown.shown)) == (True, STALE)


async def test_without_the_libraries_there_is_no_button_and_an_old_one_says_so() -> None:
    async with staged() as stage:
        answer = await stage.server.mention("comets")
        shown = await stage.server.press(answer, f"card:{SNOWBALL.id}")

        assert CARD not in labels(answer)
        assert text_of(shown.shown) == STALE
