"""Listen in …: the players under an answer, and the one that somebody chose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.port import forgetting
from bot.port.players import LISTEN_IN, Player
from bot.port.wording import STALE
from knowledge.model import Links
from tests.adapters.discord.stage import Stage, offered, staged, text_of
from tests.bot.state.conftest import opened
from tests.fakes.assistant import NIGHT_SKY, NotingAssistant
from tests.fakes.discord_server import ANN, BOB

pytestmark = pytest.mark.slow

LINKS = Links(spotify="https://open.spotify.com/episode/abc", apple="https://podcasts.apple.com/1?i=2")


def listened() -> NotingAssistant:
    return NotingAssistant((replace(NIGHT_SKY, links=LINKS),))


def opens(message: dict[str, object]) -> str:
    """Return the address of the first link button."""
    parts = [part for row in message["components"] for part in row["components"]]  # type: ignore[attr-defined]
    return next(str(part["url"]) for part in parts if "url" in part)


async def test_a_choice_opens_the_words_and_is_kept_for_whoever_chose(database_url: str) -> None:
    async with opened(database_url) as state, staged(listened(), state=state) as stage:
        answer = await stage.players(await stage.server.mention("comets"))
        pressed = await stage.choose(answer, Player.APPLE, member=BOB)
        await stage.restart(listened())
        chosen = [await state.players.of(f"discord/{each}") for each in (ANN, BOB)]
        timed = await stage.choose(answer, Player.SPOTIFY)
        later = await stage.server.mention("comets")
        await stage.server.slash("privacy")
        await state.forgetting.forget(f"discord/{ANN}")

        assert offered(answer)[:2] == ["Spotify", "Apple Podcasts"]
        assert LISTEN_IN in str(answer["components"])
        assert pressed.private
        assert opens(pressed.shown) == LINKS.apple
        assert "opens at the beginning" in text_of(pressed.shown)
        assert chosen == [None, Player.APPLE]
        assert "?t=" in opens(timed.shown)
        assert "From now on" in text_of(timed.shown)
        assert opens(later) == opens(timed.shown)
        assert await state.players.of(f"discord/{ANN}") is None
        assert any("player" in line for line in forgetting.KEPT)


async def test_where_nothing_is_kept_nothing_is_promised() -> None:
    async with staged(listened()) as stage:
        pressed = await stage.choose(await stage.players(await stage.server.mention("comets")), Player.SPOTIFY)

    assert text_of(pressed.shown) == "Listen in Spotify:"


async def test_a_database_that_is_away_still_opens_the_words() -> None:
    async with opened("postgresql://x@127.0.0.1:1/x") as state, staged(listened(), state=state) as stage:
        pressed = await stage.choose(await stage.players(await stage.server.mention("comets")), Player.SPOTIFY)

    assert text_of(pressed.shown) == "Listen in Spotify:"


async def test_words_or_a_player_that_are_gone_are_said_to_be_stale(stage: Stage) -> None:
    answer = await stage.server.mention("comets")
    pressed = await stage.server.press(answer, "listen:night-sky-7/quote/gone", chosen="spotify")
    offered = await stage.server.press(answer, "players:night-sky-7/quote/gone")
    unknown = await stage.server.press(answer, "listen:night-sky-7/quote/snowball", chosen="gramophone")

    assert [text_of(each.shown) for each in (pressed, offered, unknown)] == [STALE] * 3
