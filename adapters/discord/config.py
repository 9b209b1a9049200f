"""The configuration of the Discord adapter.

Values only; `bot/operating/settings.py` reads them from the environment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from bot.port.errors import ConfigError
from bot.port.limits import PER_CHANNEL, PER_MEMBER, Rate

DISCORD_API = "https://discord.com/api/v10"


@dataclass(frozen=True, slots=True)
class DiscordConfig:
    """One application and its servers; raises ConfigError if the shards are inconsistent.

    Attributes:
        test_guild: the only server to register the commands in, immediately; None registers them everywhere.
        shard_ids: the shards this process runs; None for all of them. Needs `shard_count`.
        shard_count: shards of all processes; None takes the number that Discord recommends.
        api_url: the root of the HTTP API, with its version.
        gateway_url: the address of the websocket; None asks the HTTP API.
        feedback: whether answers have buttons that rate them.
        message_content: whether to request messages that don't mention the bot; the portal has to allow it.
        patience: how long an answer may take before the bot acknowledges the question.
    """

    token: str = field(repr=False)
    test_guild: int | None = None
    shard_ids: tuple[int, ...] | None = None
    shard_count: int | None = None
    api_url: str = DISCORD_API
    gateway_url: str | None = None
    per_member: Rate = PER_MEMBER
    per_channel: Rate = PER_CHANNEL
    feedback: bool = True
    message_content: bool = False
    patience: timedelta = timedelta(milliseconds=500)

    def __post_init__(self) -> None:
        if self.shard_ids is None:
            return
        if self.shard_count is None:
            raise ConfigError("DISCORD_SHARD_IDS needs DISCORD_SHARD_COUNT, the number of shards over all processes")
        if not self.shard_ids or not all(0 <= number < self.shard_count for number in self.shard_ids):
            raise ConfigError(f"DISCORD_SHARD_IDS has to name shards from 0 to {self.shard_count - 1}")

    @property
    def registers_commands(self) -> bool:
        """Whether this process, among several, registers the commands."""
        return self.shard_ids is None or 0 in self.shard_ids
