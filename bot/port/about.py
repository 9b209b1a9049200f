"""What the bot says of itself: its version, what it can look through, what it keeps, where its source is.

Alike on every platform. Whoever runs it from a source of their own names that in `pyproject.toml`, under
`[project.urls]`, as Source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import metadata
from typing import Final

from bot.port.messages import ALL, Assistant, Episode
from bot.port.wording import NO_EPISODES, counted, dated

TITLE: Final = "About Overheard"


@dataclass(frozen=True, slots=True)
class About:
    """What there is to say: lines of plain words, and the address of the source, if it has one."""

    lines: Sequence[str]
    source: str | None


async def about(assistant: Assistant, privacy: str) -> About:
    """Say what this is; `privacy` is what to type to see what is kept."""
    project = metadata("overheard")
    links = dict(each.split(", ", 1) for each in project.get_all("Project-URL") or [])
    lines = (
        f"Version {project['Version']}. I show words that were really said; no language model, nothing made up.",
        _library(await assistant.episodes(limit=ALL)),
        f"What I keep of you, and how to delete it: {privacy}",
    )
    return About(lines, links.get("Source"))


def _library(episodes: Sequence[Episode]) -> str:
    if not episodes:
        return NO_EPISODES
    shows = counted(len({each.show for each in episodes}), "show")
    return f"I know {counted(len(episodes), 'episode')} in {shows}; the newest is {dated(episodes[0])}."
