"""What the bot says of itself."""

from __future__ import annotations

import pytest

from adapters.discord.about import draw_about
from adapters.discord.card import Scene
from bot.port.about import About, about
from tests.adapters.discord.stage import Stage, text_of

pytestmark = pytest.mark.slow


async def test_it_tells_its_version_and_its_library_to_the_asker_alone(stage: Stage) -> None:
    result = await stage.server.slash("about")

    assert result.private
    assert all(line in text_of(result.shown) for line in (await about(stage.assistant, "/privacy")).lines)


def test_a_source_that_is_named_is_a_link() -> None:
    said = About(("Version 1.",), "https://source.example/overheard")

    assert "[Source](https://source.example/overheard)" in (draw_about(said, Scene(1)).embeds[0].description or "")
