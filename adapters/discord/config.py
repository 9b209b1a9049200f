"""How the Discord adapter is set up.

Values only: where they come from is the settings' business; nothing here reads the environment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from bot.port.errors import ConfigError
from bot.port.limits import PER_CHANNEL, PER_MEMBER, Rate

DISCORD_API = "https://discord.com/api/v10"


@dataclass(frozen=True, slots=True)
class DiscordConfig:
    """One application, and where it is let in; raises ConfigError where the shards make no sense.

    Attributes:
        test_guild: the only server that gets the commands, and gets them at once; None registers them everywhere.
        shard_ids: the shards this process runs; None for all of them. Needs `shard_count`.
        shard_count: shards over all processes; None asks Discord for its advice.
        api_url: the root of the HTTP API, with its version.
        gateway_url: where the websocket is; None asks the HTTP API.
        feedback: whether answers get buttons to rate them by.
        message_content: whether Discord is asked for what isn't said to the bot; it has to be allowed in the portal.
        patience: how long an answer may take before the asker is shown that it is on its way.
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
        """Whether this process is the one, among several, that tells Discord about the commands."""
        return self.shard_ids is None or 0 in self.shard_ids
