"""The feature "Tell me when" in Discord: the button, the list, and the message once there is an answer.

A button is too short for a question, which is stored as a note. The port decides what counts as answered.
"""

from __future__ import annotations

import logging
import secrets
from functools import partial
from typing import Final

import discord

from bot.port import members
from bot.port.members import WishList
from bot.port.messages import Answer, EpisodeId
from bot.port.place_settings import SettingsStore
from bot.port.posts import NotSentError
from bot.port.state import Notes, State
from bot.port.wishes import Wish, unanswered
from bot.port.wording import STALE

from .buttons import Cancel, TellMe
from .card import Scene
from .conversation import person
from .interactions import tell
from .lists import draw_wishes
from .places import may_embed, settings_at
from .render import draw
from .replies import Reply, say
from .text import defuse, fitted

_log = logging.getLogger(__name__)

_TROUBLE: Final = 500
_TOO_MUCH: Final = 429
_QUESTION: Final = 200
"""Maximum number of characters of a question to repeat."""


class Wishing:
    """Stores the questions that members wait on, if there is a state that survives a restart."""

    def __init__(self, state: State) -> None:
        self._notes: Notes = state.notes
        self._place_settings = state.place_settings
        self._keeps = state.wishes is not None
        self._list = WishList(state.wishes, "/mine", lambda question: fitted(question, _QUESTION))

    async def offer(self, asked: str, answer: Answer, episode: EpisodeId | None = None) -> TellMe | None:
        """Make the button for an answer that leaves a question open; None if it doesn't, or if nothing is stored."""
        question = unanswered(asked, answer) if self._keeps else None
        if question is None:
            return None
        note = secrets.token_hex(8)
        await self._notes.write(_note(note), f"{episode or ''}\n{question}")
        return TellMe(note)

    async def keep(self, interaction: discord.Interaction, press: TellMe) -> None:
        """Store a question that a member waits on, and confirm it to them alone."""
        kept = await self._notes.read(_note(press.note))
        if kept is None:
            await tell(interaction, STALE)
            return
        episode, _, question = kept.partition("\n")
        show = (await settings_at(self._place_settings, interaction.guild_id, interaction.channel)).show
        within = EpisodeId(episode) if episode else None
        wish = Wish(person(interaction.user.id), _place(interaction), question, within, show=show)
        await tell(interaction, await self._list.keep(wish))

    async def mine(self, interaction: discord.Interaction) -> Reply:
        """List the questions that a member waits on."""
        wishes = await self._list.of(person(interaction.user.id))
        return say(wishes) if isinstance(wishes, str) else Reply(partial(draw_wishes, wishes), private=True)

    async def cancel(self, interaction: discord.Interaction, press: Cancel) -> None:
        """Cancel a question that a member waits on."""
        await tell(interaction, await self._list.cancel(person(interaction.user.id), press.wish))


async def tell_member(client: discord.Client, place_settings: SettingsStore, wish: Wish, answer: Answer) -> None:
    """Send an answer to the member who waited for it: where they asked, otherwise in private if possible.

    Raises:
        NotSentError: a retry may succeed.
    """
    member = discord.Object(int(wish.member.rpartition("/")[2]))
    try:
        if wish.place and not await _is_off(client, place_settings, int(wish.place)):
            place = client.get_partial_messageable(int(wish.place))
            scene = Scene(member.id, embeds=may_embed(client, int(wish.place)))
            await _send(place, wish, answer, scene, f"<@{member.id}> ")
            return
    except discord.HTTPException as error:
        _unless_passing(error)
        _log.info("Somebody can't be told where they asked, and is told in private: %s", error)
    try:
        await _send(await client.create_dm(member), wish, answer, Scene(member.id))
    except discord.HTTPException as error:
        _unless_passing(error)
        _log.info("Somebody who waited for an answer can't be reached any more: %s", error)


def _unless_passing(error: discord.HTTPException) -> None:
    """Raise NotSentError if the cause is temporary: trouble at Discord, or a rate limit."""
    if error.status >= _TROUBLE or error.status == _TOO_MUCH:
        raise NotSentError(str(error)) from error


async def _is_off(client: discord.Client, place_settings: SettingsStore, channel: int) -> bool:
    known = client.get_channel(channel)
    guild = known.guild.id if isinstance(known, discord.abc.GuildChannel | discord.Thread) else None
    return (await settings_at(place_settings, guild, known)).off


async def _send(to: discord.abc.Messageable, wish: Wish, answer: Answer, scene: Scene, calling: str = "") -> None:
    card = draw(answer, scene)
    member = discord.Object(scene.asker)
    said = members.now_answered(fitted(wish.question, _QUESTION, defuse))
    await to.send(
        "\n".join(filter(None, (f"{calling}{said}", card.content))),
        embeds=card.embeds,
        view=card.view,
        allowed_mentions=discord.AllowedMentions(everyone=False, roles=False, users=[member], replied_user=False),
        # Discord sends one message per nonce, even if a process ended before it recorded that it sent it.
        nonce=wish.name,
    )


def _place(interaction: discord.Interaction) -> str:
    """Return the channel's id if everybody there saw the answer; "" if it was private."""
    seen_by_all = interaction.message is not None and not interaction.message.flags.ephemeral
    return str(interaction.channel_id) if seen_by_all and interaction.guild_id and interaction.channel_id else ""


def _note(name: str) -> str:
    return f"discord/tell/{name}"
