"""The slash commands and context menus: their names, options and completions.

Each passes its options to `Interactions`; nothing is answered here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import TypeAlias

import discord
from discord import app_commands

from bot.port.messages import LONGEST_QUESTION, Assistant, Choice, Completion
from bot.port.wording import STALE

from .card_parts import offered
from .conversation import channel_of
from .hearing import forwarded, spoken
from .interactions import Interactions, apologise, tell
from .quiz import set_riddle
from .refusals import Whisper
from .replies import Replies
from .wishing import Wishing

_log = logging.getLogger(__name__)

_Choices: TypeAlias = list[app_commands.Choice[str]]
_Completer: TypeAlias = Callable[[discord.Interaction, str], Coroutine[None, None, _Choices]]

_COMPLETED_WITHIN = 2.0
"""Time limit in seconds for completions: Discord waits three, and can't be asked for more."""

_Words: TypeAlias = app_commands.Range[str, 1, LONGEST_QUESTION]


class Tree(app_commands.CommandTree[discord.AutoShardedClient]):
    """A tree whose commands can be installed for a server or a user, and whose errors reach the asker."""

    def __init__(self, client: discord.AutoShardedClient) -> None:
        super().__init__(
            client,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        self._whisper = Whisper()

    async def on_error(
        self, interaction: discord.Interaction[discord.AutoShardedClient], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the asker about an error before `Interactions` took over, such as a command of an older version."""
        older = isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch)
        try:
            await (tell(interaction, STALE) if older else apologise(interaction, error, self._whisper))
        except discord.DiscordException as second:
            _log.warning("An answer could not be sent: %s", second)


def register(tree: Tree, interactions: Interactions, assistant: Assistant, replies: Replies, wishing: Wishing) -> None:
    """Add every command to the tree."""
    _register_ask(tree, interactions, replies)
    _register_quote(tree, interactions, replies)
    _register_lists(tree, interactions, replies)
    _register_checks(tree, interactions, replies)
    _register_own(tree, interactions, assistant, wishing)


def _register_ask(tree: Tree, interactions: Interactions, replies: Replies) -> None:
    @tree.command(name="ask", description="Ask what was said in the episodes")
    @app_commands.describe(
        question="What would you like to know?",
        episode="Only this episode",
        private="Only you see the answer; you can share it afterwards",
    )
    @app_commands.autocomplete(
        question=_completer(interactions, replies, Completion.TOPIC),
        episode=_completer(interactions, replies, Completion.EPISODE),
    )
    async def ask(
        interaction: discord.Interaction,
        question: _Words,
        episode: _Words | None = None,
        private: bool | None = None,  # noqa: FBT001 - discord.py reads the option from this very signature
    ) -> None:
        await interactions.serve(
            interaction, lambda known, settings: replies.ask(question, episode, known, settings.show), private=private
        )

    @tree.command(name="help", description="See what you can ask")
    async def help_command(interaction: discord.Interaction) -> None:
        await interactions.serve(interaction, lambda *_: replies.help())


def _register_quote(tree: Tree, interactions: Interactions, replies: Replies) -> None:
    @tree.command(name="quote", description="Get a random quote, one you haven't seen here yet")
    @app_commands.describe(about="What it is about", speaker="Who says it", episode="Only from this episode")
    @app_commands.autocomplete(
        about=_completer(interactions, replies, Completion.TOPIC),
        speaker=_completer(interactions, replies, Completion.SPEAKER),
        episode=_completer(interactions, replies, Completion.EPISODE),
    )
    async def quote(
        interaction: discord.Interaction,
        about: _Words | None = None,
        speaker: _Words | None = None,
        episode: _Words | None = None,
    ) -> None:
        await interactions.serve(
            interaction,
            lambda place, settings: replies.quote(about, speaker, episode, place, settings.show),
            conversation=channel_of(interaction),
        )


def _register_lists(tree: Tree, interactions: Interactions, replies: Replies) -> None:
    @tree.command(name="topics", description="See what you can ask about")
    @app_commands.describe(episode="Only this episode")
    @app_commands.autocomplete(episode=_completer(interactions, replies, Completion.EPISODE))
    async def topics(interaction: discord.Interaction, episode: _Words | None = None) -> None:
        await interactions.serve(interaction, lambda _, settings: replies.topics(episode, settings.show))

    @tree.command(name="episode", description="See who is in an episode, what it is about and where to hear it")
    @app_commands.describe(episode="Which one; the newest if you leave it out")
    @app_commands.autocomplete(episode=_completer(interactions, replies, Completion.EPISODE))
    async def card(interaction: discord.Interaction, episode: _Words | None = None) -> None:
        await interactions.serve(interaction, lambda _, settings: replies.episode(episode, settings.show))


def _register_checks(tree: Tree, interactions: Interactions, replies: Replies) -> None:
    @tree.command(name="verify", description="Did they really say it?")
    @app_commands.describe(quote="The words as you remember them")
    @app_commands.autocomplete(quote=_completing(interactions, replies.complete_quote))
    async def verify(interaction: discord.Interaction, quote: _Words) -> None:
        await interactions.serve(interaction, lambda _, settings: replies.verify(quote, settings.show))

    @tree.context_menu(name="Ask Overheard")
    async def ask_this(interaction: discord.Interaction, message: discord.Message) -> None:
        words = _said(interaction, message)
        await interactions.serve(interaction, lambda known, settings: replies.ask(words, None, known, settings.show))

    @tree.context_menu(name="Did they say this?")
    async def verify_this(interaction: discord.Interaction, message: discord.Message) -> None:
        words = _said(interaction, message)
        await interactions.serve(interaction, lambda _, settings: replies.verify(words, settings.show))


def _register_own(tree: Tree, interactions: Interactions, assistant: Assistant, wishing: Wishing) -> None:
    @tree.command(name="mine", description="See which answers you wait for, and cancel what you like")
    async def mine(interaction: discord.Interaction) -> None:
        await interactions.serve(interaction, lambda *_: wishing.mine(interaction), private=True)

    @tree.command(name="quiz", description="Who said it? Guess whose words these are")
    async def play(interaction: discord.Interaction) -> None:
        await interactions.serve(
            interaction,
            lambda place, settings: set_riddle(assistant, place, settings.show),
            conversation=channel_of(interaction),
        )


def _said(interaction: discord.Interaction, message: discord.Message) -> str:
    me = interaction.client.user  # whose id is another than the application's, for old applications
    return forwarded(message) or spoken(message, me.id if me else interaction.application_id)


def _completer(interactions: Interactions, replies: Replies, kind: Completion) -> _Completer:
    return _completing(interactions, partial(replies.complete, kind))


def _completing(
    interactions: Interactions, choices: Callable[[str, str | None], Awaitable[Sequence[Choice]]]
) -> _Completer:
    """Complete from the show that is usual where somebody types."""

    async def complete(interaction: discord.Interaction, typed: str) -> _Choices:
        try:
            async with asyncio.timeout(_COMPLETED_WITHIN):
                found = await choices(typed, (await interactions.settings(interaction)).show)
                return offered((choice.label, choice.value) for choice in found)
        except TimeoutError:
            _log.debug("Completing took too long, and was given up")
            return []
        except Exception:  # noqa: BLE001 - the edge: logged, and the asker types on
            # No list at all would leave the asker with an error of Discord's; what is typed can be sent all the same.
            _log.exception("Completing failed")
            return []

    return complete
