"""Which process runs which shards."""

from __future__ import annotations

import pytest

from adapters.discord.config import DiscordConfig
from bot.port.errors import ConfigError


@pytest.mark.parametrize(
    ("ids", "count", "told"),
    [
        ((0,), None, "DISCORD_SHARD_IDS needs DISCORD_SHARD_COUNT"),
        ((2,), 2, "has to name shards from 0 to 1"),
        ((-1,), 2, "has to name shards from 0 to 1"),
        ((), 2, "has to name shards from 0 to 1"),
    ],
)
def test_shards_that_are_not_there_are_refused(ids: tuple[int, ...], count: int | None, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        DiscordConfig("token", shard_ids=ids, shard_count=count)


def test_the_token_is_never_shown() -> None:
    assert "secret" not in repr(DiscordConfig("secret"))
