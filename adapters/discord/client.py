"""The connection: passes discord.py's events to the parts that handle them.

Answers, draws and decides nothing.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial

import discord

from bot.port.backend import Backend
from bot.port.feedback import Feedback
from bot.port.metering import Metered, MeteredLimits
from bot.port.posting import Post
from bot.port.serving import InFlight
from bot.port.state import Delivery
from bot.port.wording import counted

from . import about
from .button_presses import ButtonPresses
from .chat import Chat
from .collaborators import Collaborators
from .commands import Tree, register
from .config import DiscordConfig
from .conversation import ConversationNames
from .filling import COMMAND, Fill
from .interactions import Interactions
from .posting import send_post
from .replies import Replies
from .settings import SettingsEditor
from .sync import invite, remove_leftovers, sync
from .translations import Translations
from .wishing import Wishing, tell_member

_log = logging.getLogger(__name__)

_LONGEST_WAIT = 60.0
"""Maximum number of seconds that discord.py waits for a rate limit before it gives up a request."""

_SERVERS_COME_WITHIN = 0.5
"""Seconds without another server after which discord.py considers the list complete; only the log waits for it."""

_NAMED = 10
"""Maximum number of servers to log and to check for leftover commands; a bot in more has outgrown its test server."""


class OverheardClient(discord.AutoShardedClient):
    """One bot on Discord, without unbounded caches; privileged intents only if configured.

    Attributes:
        connected: set once the gateway has accepted the bot.
        in_flight: the questions being answered.
    """

    def __init__(self, config: DiscordConfig, backend: Backend, *, again: bool = False) -> None:
        """Create the client; `again` is whether it replaces another one, which has logged its introduction."""
        # Otherwise discord.py warns about missing voice libraries, which the bot doesn't need.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=discord.Intents(
                guilds=True, guild_messages=True, dm_messages=True, message_content=config.message_content
            ),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            guild_ready_timeout=_SERVERS_COME_WITHIN,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_ratelimit_timeout=_LONGEST_WAIT,
            shard_count=config.shard_count,
        )
        self.shard_ids = list(config.shard_ids) if config.shard_ids is not None else None
        self._config = config
        self._backend = backend
        self.connected = asyncio.Event()
        self.in_flight = InFlight()
        self._introduced = again
        self._may_have_leftovers = False
        self.tree = Tree(self)
        self._chat, self._presses = self._parts()

    def _parts(self) -> tuple[Chat, ButtonPresses]:
        """Put together what answers messages and presses, and add the commands."""
        config, backend, state, assistant = self._config, self._backend, self._backend.state, self._backend.assistant
        wishing, feedback = Wishing(state), Feedback(state.logbook, asks=config.feedback)
        collaborators = Collaborators(
            state,
            MeteredLimits(state.limits(config.per_member, config.per_channel), "discord", backend.meter),
            ConversationNames(state.notes),
            self.in_flight,
            config.patience,
            feedback,
            cards=backend.draw is not None,
            draw_chart=backend.draw_chart,
            reads_all=config.message_content,
        )
        metered = Metered(assistant, "discord", backend.meter)
        interactions = Interactions(collaborators)
        replies = Replies(metered, wishing.offer, backend.draw, state.players)
        register(self.tree, interactions, assistant, replies, wishing)
        about.register(self.tree, interactions, assistant)
        SettingsEditor(state, assistant, config.message_content).register(self.tree, interactions)
        Fill(backend.gaps, assistant).register(self.tree, interactions)
        presses = ButtonPresses(interactions, assistant, replies, feedback, wishing, state.forgetting)
        return Chat(metered, collaborators, wishing.offer), presses

    async def setup_hook(self) -> None:
        """Set the translator of the commands."""
        await self.tree.set_translator(Translations())

    async def register_commands(self) -> None:
        """Register the commands with Discord if they changed; call it once logged in."""
        if self._config.registers_commands:
            self._may_have_leftovers = await sync(self.tree, self._config.test_guild)

    async def errands(self) -> None:
        """Do what nobody is asking for right now, until cancelled."""

        async def answer(left: Delivery) -> None:
            if self.user is not None:
                await self._chat.take_over(left, self, self.user)

        async def post(post: Post) -> None:
            await send_post(self, post, self._backend.gaps.hint(post.place, COMMAND))

        tell = partial(tell_member, self, self._backend.state.place_settings)
        await self._backend.errands("discord", answer=answer, tell=tell, post=post)

    async def on_connect(self) -> None:
        """Record that the gateway has accepted the bot."""
        self.connected.set()

    async def on_ready(self) -> None:
        """Log who the bot is, once; the event recurs after a lost session."""
        if self._introduced or self.user is None:
            _log.info("Discord: here again")
            return
        self._introduced = True
        names = [repr(guild.name) for guild in self.guilds[:_NAMED]]
        rest = len(self.guilds) - len(names)
        _log.info("Discord: %s (%s) is here", self.user, self.user.id)
        listed = f": {', '.join(names)}{f' and {rest} more' if rest else ''}" if names else ""
        _log.info("Discord: in %s%s", counted(len(self.guilds), "server"), listed)
        _log.info("Discord: invite with %s", invite(self.application_id or self.user.id, self._config.test_guild))
        if self._may_have_leftovers:
            await remove_leftovers(self.tree, self.guilds[:_NAMED])

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Register the commands in the test guild as soon as the bot joins it."""
        if guild.id == self._config.test_guild and self._config.registers_commands:
            await sync(self.tree, self._config.test_guild)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Log a lost connection; discord.py restores it."""
        if self.connected.is_set() and not self.is_closed():
            _log.warning("Discord: connection %s is lost; trying again", shard_id)
            self._backend.meter.reconnected("discord")

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Log a restored connection."""
        _log.info("Discord: connection %s is back", shard_id)

    async def on_message(self, message: discord.Message) -> None:
        """Pass on a message."""
        if self.user is not None:
            await self._chat.hear(message, self.user)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Pass on presses and forms; commands go through the tree."""
        if interaction.type in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            await self._presses.pressed(interaction)
