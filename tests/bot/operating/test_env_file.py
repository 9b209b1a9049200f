"""A `.env` file is changed in its places, whole or not at all, and is its owner's alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.operating import env_file

KEPT = "# mine\nOVERHEARD_KEEP_DAYS=30\n\n# the bot\nexport discord_token=old # here\nnonsense\nSLACK_PORT=\n"


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    env_file.write(tmp_path / ".env", {"DISCORD_TOKEN": "MTA.abc"})

    assert env_file.values(tmp_path / ".env") == {"DISCORD_TOKEN": "MTA.abc"}
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [".env"]


def test_values_are_set_in_their_places_and_all_else_stays() -> None:
    changed = env_file.merged(KEPT, {"DISCORD_TOKEN": "new", "SLACK_PORT": "3001", "SLACK_HOST": "::1"})

    assert changed == (
        "# mine\nOVERHEARD_KEEP_DAYS=30\n\n# the bot\nDISCORD_TOKEN=new\nnonsense\nSLACK_PORT=3001\nSLACK_HOST=::1\n"
    )


def test_a_file_without_a_last_line_end_and_one_of_windows_are_kept_as_they_are() -> None:
    assert env_file.merged("SLACK_PORT=1", {"SLACK_HOST": "x"}) == "SLACK_PORT=1\nSLACK_HOST=x\n"
    assert env_file.merged("A=1\r\nB=2\r\n", {"A": "3"}) == "A=3\r\nB=2\r\n"


@pytest.mark.parametrize("value", ["C:\\Users\\Ann's\\hive", "/home/ann lee/# hive", "a=b\"c'", "häuser"])
def test_any_value_is_read_as_it_was_written(tmp_path: Path, value: str) -> None:
    env_file.write(tmp_path / ".env", {"OVERHEARD_LIBRARY": value})

    assert env_file.values(tmp_path / ".env") == {"OVERHEARD_LIBRARY": value}


def test_what_cant_be_finished_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=1\n", encoding="utf-8")

    with pytest.raises(UnicodeEncodeError):
        env_file.write(tmp_path / ".env", {"B": "\udcff"})

    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(".env", "A=1\n")]
