"""What docs/discord.md tells is so."""

from __future__ import annotations

import re
from pathlib import Path

from adapters.discord.check import shown_as
from adapters.discord.sync import PERMISSIONS
from tests.adapters.discord.stage import Stage

PAGE = (Path(__file__).parents[3] / "docs/discord.md").read_text(encoding="utf-8")


def test_it_names_the_permissions_that_the_invitation_asks_for() -> None:
    listed = re.search(r"exactly what answering takes: (.+?)\.\n", PAGE, re.DOTALL)

    assert listed is not None
    assert set(re.findall(r"\*(.+?)\*", listed[1])) == {shown_as(name) for name, needed in PERMISSIONS if needed}


async def test_it_names_every_command_and_no_other(stage: Stage) -> None:
    commands = {command["name"] for command in stage.server.commands[None]}
    typed = set(re.findall(r"`/(\w+)`", PAGE))

    assert typed < commands
    assert all(f"**{menu}**" in PAGE for menu in commands - typed)
