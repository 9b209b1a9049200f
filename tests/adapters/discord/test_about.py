"""What the bot says of itself."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from adapters.discord.about import draw_about
from adapters.discord.render import Scene
from bot.port.about import About
from tests.adapters.discord.stage import Stage, staged, text_of
from tests.fakes.assistant import NotingAssistant

pytestmark = pytest.mark.slow


async def test_it_tells_its_version_and_its_library_to_the_asker_alone(stage: Stage) -> None:
    result = await stage.server.slash("about")

    assert result.private
    assert f"Version {version('overheard')}." in text_of(result.shown)
    assert "I know 2 episodes of 2 shows; the newest is The Night Sky" in text_of(result.shown)
    assert "/privacy" in text_of(result.shown)


async def test_an_empty_library_is_told() -> None:
    async with staged(NotingAssistant(())) as stage:
        assert "no episodes" in text_of((await stage.server.slash("about")).shown)


def test_a_source_that_is_named_is_a_link() -> None:
    said = About(("Version 1.",), "https://source.example/overheard")

    assert "[Source](https://source.example/overheard)" in draw_about(said, Scene(1)).panels[0].text
