"""Scheduled posts in Discord: drawing, sending, their Ask button, and their part of `/settings`.

The port decides when to post what, and words most of it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final, assert_never

import aiohttp
import discord
from discord import app_commands

from bot.port import post_words, presentation
from bot.port.errors import StateAwayError
from bot.port.messages import LONGEST_QUESTION, Episode, Found
from bot.port.place_settings import Reset
from bot.port.posting import Announcement, Announcements, DailyQuote, Post, WeeklyQuestions
from bot.port.posts import ChannelRefusedError, NotSentError, Posting, PostingChange, Posts, zones
from bot.port.wording import full_label

from .buttons import AskAbout, encode
from .card import GAP, Card, Colour, Scene, button, compose, panel
from .card_parts import offered
from .places import may_embed
from .render import draw_quotations
from .text import defuse, fitted, link

_log = logging.getLogger(__name__)

_PERMANENT: Final = {400, 403, 404}
"""HTTP statuses that a retry doesn't change: the channel is gone, of another kind, or closed to the bot."""
_OFF: Final = -1
_LINE: Final = 150
_LIST: Final = 3_500
_PLAIN_LIST: Final = 1_500

NOT_MENTIONABLE: Final = (
    "It isn't pinged yet: let anyone mention that role (Server Settings, Roles), or give me “Mention All Roles”"
)

HOURS: Final = [
    app_commands.Choice(name="off", value=_OFF),
    *(app_commands.Choice(name=post_words.hour_of(hour), value=hour) for hour in range(24)),
]
"""The hours to choose from for the quote of the day."""


def change_of(
    *, announcements: str | None, ping: discord.Role | None, quote_at: int | None, zone: str | None, digest: str | None
) -> PostingChange | str:
    """Parse the options of `/settings`, None for those left out; or return what is wrong with them."""
    if ping is not None and ping.is_default():
        return post_words.NOT_EVERYBODY
    on = {None: None, "on": True, "off": False}
    return post_words.changed(
        announces=on[announcements],
        ping="" if ping is None else str(ping.id),
        quote_at=Reset.AGAIN if quote_at == _OFF else quote_at,
        digest=on[digest],
        zone=zone or "",
    )


async def complete_zone(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Complete the name of a time zone."""
    words = typed.strip().casefold().replace(" ", "_")
    return offered((name, name) for name in sorted(zones()) if words in name.casefold())


async def described(posts: Posts | None, place: str, interaction: discord.Interaction) -> discord.Embed:
    """Draw what the bot posts in a channel."""
    lines = [post_words.NOT_KEPT]
    try:
        posting = None if posts is None else await posts.at(place)
    except StateAwayError:
        lines = [post_words.NOT_TO_BE_READ]
    else:
        if posting is not None:
            may_ping = interaction.app_permissions.mention_everyone
            lines = _chosen(posting, interaction.guild, may_ping=may_ping) or [post_words.NOTHING]
            if posting.anything and not interaction.app_permissions.send_messages:
                lines.append(post_words.MAY_NOT_WRITE)
    return panel(["\n".join(lines)], Colour.NOTHING, post_words.TITLE)


def _chosen(posting: Posting, guild: discord.Guild | None, *, may_ping: bool) -> list[str]:
    lines = list(post_words.described(posting))
    if posting.announces_since is not None and posting.ping.isdecimal():
        role = guild.get_role(int(posting.ping)) if guild else None
        lines[0] += f", pinging {role.name if role else 'a role'}"
        if role is not None and not (role.mentionable or may_ping):
            lines.insert(1, NOT_MENTIONABLE)
    return [f"- {fitted(line, _LINE, defuse)}" for line in lines]


async def send_post(client: discord.Client, post: Post, hint: str = "") -> None:
    """Send a post to its channel; it pings nobody but the role chosen for it.

    `hint` ends a digest that lists gaps.

    Raises:
        ChannelRefusedError: the channel is gone, or the bot may not post there.
        NotSentError: a retry may succeed.
    """
    channel = int(post.place.rpartition("/")[2])
    card = draw_post(post, Scene(0, embeds=may_embed(client, channel)), hint)
    role = discord.Object(int(post.ping)) if post.ping.isdecimal() else None
    calling = f"<@&{role.id}> " if role else ""
    allowed = discord.AllowedMentions(everyone=False, users=False, roles=[role] if role else False, replied_user=False)
    try:
        await client.get_partial_messageable(channel).send(
            f"{calling}{card.content}",
            embeds=card.embeds,
            view=card.view,
            allowed_mentions=allowed,
            # Discord sends one message per nonce, even if a process ended before it recorded that it sent it.
            nonce=hashlib.sha256(post.name.encode()).hexdigest()[:24],
        )
    except discord.HTTPException as error:
        if error.status in _PERMANENT:
            raise ChannelRefusedError(error.text or str(error)) from error
        raise _not_sent(error) from error
    except (discord.RateLimited, OSError, aiohttp.ClientError) as error:
        raise _not_sent(error) from error


def draw_post(post: Post, scene: Scene, hint: str = "") -> Card:
    """Draw any post; `hint` follows a digest that lists gaps."""
    match post.content:
        case Announcement(episode) as announced:
            title = f"{post_words.NEW_EPISODE}: {episode.title}"
            said = Found(post_words.introduction(announced), 1.0, evidence=announced.quotes)
            drawn = draw_quotations(said, scene, title).set_thumbnail(url=presentation.picture(episode))
            if (listen := link(post_words.LISTEN, episode.links.first)).startswith("["):
                drawn.description = f"{drawn.description}{GAP}{listen}"
            return compose(scene, [drawn], [[button(post_words.ASK_ABOUT, AskAbout(episode.id))]])
        case Announcements(episodes):
            return compose(scene, [_listed(episodes, scene)])
        case DailyQuote(quote):
            found = Found("", 1.0, evidence=(quote,))
            return compose(scene, [draw_quotations(found, scene, post_words.QUOTE_OF_THE_DAY)])
        case WeeklyQuestions(text, gaps):
            limit = _LIST if scene.embeds else _PLAIN_LIST
            blocks = filter(None, (fitted(text, limit, defuse), hint if gaps else ""))
            return compose(scene, [panel(blocks, Colour.SAID, post_words.DIGEST)])
        case _:
            assert_never(post.content)


def _listed(episodes: Sequence[Episode], scene: Scene) -> discord.Embed:
    shown, more = post_words.shown_of(episodes)
    left = _LIST if scene.embeds else _PLAIN_LIST
    lines = []
    for episode in shown:
        line = f"- {link(fitted(full_label(episode), _LINE, defuse), episode.links.first, limit=100)}"
        left -= len(line) + 1
        if left < 0:
            break
        lines.append(line)
    if more or len(lines) < len(shown):
        lines.append(more or "…")
    return panel(["\n".join(lines)], Colour.SAID, post_words.several(episodes))


def _not_sent(error: Exception) -> NotSentError:
    _log.info("A post could not be sent and is tried again: %s", error)
    return NotSentError(str(error))


async def open_question(interaction: discord.Interaction, press: AskAbout) -> None:
    """Open the form for a question about an episode."""
    modal = discord.ui.Modal(title=post_words.ASK_ABOUT, custom_id=encode(press) or "")
    field: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id="question",
        style=discord.TextStyle.paragraph,
        placeholder=post_words.WHAT_ABOUT,
        max_length=LONGEST_QUESTION,
    )
    modal.add_item(discord.ui.Label(text=post_words.YOUR_QUESTION, component=field))
    # As with views: discord.py keeps a modal until it is finished. `button_presses` finds what was typed by its id.
    modal.stop()
    await interaction.response.send_modal(modal)


def typed_in(interaction: discord.Interaction) -> str:
    """Return the text of a form's only field."""
    sent: Mapping[str, Any] = interaction.data or {}
    for part in sent.get("components") or []:
        for field in [part.get("component"), *(part.get("components") or [])]:
            if isinstance(field, Mapping) and isinstance(field.get("value"), str):
                return str(field["value"])
    return ""
