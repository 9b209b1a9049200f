"""What the README tells about Discord is so."""

from __future__ import annotations

import re
from pathlib import Path

from adapters.discord.check import shown_as
from adapters.discord.sync import PERMISSIONS
from tests.adapters.discord.stage import Stage

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("\n## In Discord\n")[2].partition("\n## ")[0]


def test_it_names_the_permissions_that_the_invitation_asks_for() -> None:
    listed = re.search(r"exactly what answering takes: (.+?)\.\n", SECTION, re.DOTALL)

    assert listed is not None
    assert set(re.findall(r"\*(.+?)\*", listed[1])) == {shown_as(name) for name, needed in PERMISSIONS if needed}


async def test_it_names_every_command_and_no_other(stage: Stage) -> None:
    commands = {command["name"] for command in stage.server.commands[None]}
    typed = set(re.findall(r"`/(\w+)`", SECTION))

    assert typed < commands
    assert all(f"**{menu}**" in SECTION for menu in commands - typed)
