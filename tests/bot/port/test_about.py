"""What the bot says of itself, alike on every platform."""

from __future__ import annotations

from importlib.metadata import version

from bot.port.about import about
from tests.fakes.assistant import NotingAssistant


async def test_it_names_its_version_its_library_and_where_privacy_is_explained() -> None:
    said = await about(NotingAssistant(), "/privacy")

    assert said.lines[0].startswith(f"Version {version('overheard')}.")
    assert said.lines[1].startswith("I know 2 episodes in 2 shows; the newest is The Night Sky")
    assert said.lines[2].endswith("/privacy")


async def test_an_empty_library_is_told() -> None:
    assert (await about(NotingAssistant(()), "/privacy")).lines[1] == "There are no episodes here yet."
