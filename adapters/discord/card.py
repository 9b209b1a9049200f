"""Builds messages to Discord of discord.py's own embeds, buttons and menus, and knows where they are shown.

What they say is decided in `render` and `lists`; how much of it fits, in `card_parts`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from io import BytesIO
from typing import TypeAlias

import aiohttp
import discord

from bot.port.logbook import AnswerId
from bot.port.players import Player
from bot.port.wording import DELETE

from .buttons import Delete, Press, Share, decode, encode
from .text import defuse, fitted

GAP = "\n\n"
NOTHING = "…"
"""Text where there would be none otherwise, which Discord refuses."""

_DESCRIBED = 600
"""Maximum number of characters of a lost picture's alternative text; the answer's words have room beside it."""

_FETCHED_IN = 1.5
"""Maximum time in seconds to fetch one again, as Discord wants an answer within three."""

Button: TypeAlias = discord.ui.Button[discord.ui.View]
Menu: TypeAlias = discord.ui.Select[discord.ui.View]
Row: TypeAlias = Sequence[Button | Menu | None]


class Colour(IntEnum):
    """The stripe beside an embed."""

    SAID = 0x2D7D9A
    CLOSE = 0xC9892B
    UNSURE = 0x7A6FB0
    NOTHING = 0x6B7280


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an answer is shown.

    Attributes:
        asker: the member who asked.
        private: whether only the asker sees it.
        embeds: whether embeds may be sent here.
        rated: the answer that the rating buttons rate; None for no such buttons.
        asked: the question, if others have not seen it.
        cards: whether to offer quotations as pictures.
        player: the asker's preferred player; None if unknown.
        files: whether files may be attached here.
        chart: a picture of the answer's chart; None to show it as text.
    """

    asker: int
    private: bool = False
    embeds: bool = True
    rated: AnswerId | None = None
    asked: str | None = None
    cards: bool = False
    player: Player | None = None
    files: bool = True
    chart: discord.File | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One message: the arguments of every sending method of discord.py."""

    content: str
    embeds: list[discord.Embed]
    view: discord.ui.View
    files: list[discord.File] = field(default_factory=list)


def compose(
    scene: Scene,
    panels: Sequence[discord.Embed],
    rows: Iterable[Row] = (),
    *,
    asked: str = "",
    picture: discord.File | None = None,
) -> Card:
    """Make a message of panels, one for each question, or of their text where embeds may not be sent.

    `asked` is the question as markup, in small print at the top. A `picture` needs a scene without embeds: they ignore
    alternative texts (https://github.com/discord/discord-api-docs/issues/8373), and what is in one can't be shared.
    """
    files = [] if picture is None else [picture]
    if scene.embeds:
        return Card(asked, list(panels), _view(rows), files)
    return Card("\n".join(filter(None, (asked, GAP.join(map(_text, panels))))), [], _view(rows), files)


def panel(
    blocks: Iterable[str], colour: Colour, title: str = "", footer: str = "", art: str | None = None
) -> discord.Embed:
    """Put paragraphs of markup under a title; `art` is the URL of a picture, shown only in an embed."""
    embed = discord.Embed(description=GAP.join(blocks), colour=int(colour), title=title or None)
    if footer:
        embed.set_footer(text=footer)
    return embed.set_thumbnail(url=art)


def button(label: str, press: Press, *, quiet: bool = False) -> Button | None:
    """Make a button; None if its id would be too long."""
    style = discord.ButtonStyle.secondary if quiet else discord.ButtonStyle.primary
    custom_id = encode(press)
    return None if custom_id is None else discord.ui.Button(label=label, custom_id=custom_id, style=style)


def file(content: bytes, name: str, words: str) -> discord.File:
    """Attach a picture; `words` are its alternative text."""
    return discord.File(BytesIO(content), name, description=words)


async def shared(message: discord.Message, asker: int) -> Card:
    """Make a private answer public: the same, with Delete instead of Share.

    Its pictures are fetched to be attached again; one that is gone is replaced with its alternative text.
    """
    view = discord.ui.View.from_message(message, timeout=None)
    for each in _buttons(view):
        if decode(each.custom_id or "") == Share():
            each.label, each.custom_id = DELETE, encode(Delete(asker))
    content, files = message.content, []
    for attachment in message.attachments:
        try:
            async with asyncio.timeout(_FETCHED_IN):
                files.append(await attachment.to_file())
        except (discord.DiscordException, aiohttp.ClientError, TimeoutError):
            content = f"{content}\n{fitted(attachment.description or '', _DESCRIBED, defuse)}"
    view.stop()
    return Card(content, list(message.embeds), view, files)


def presses_of(message: discord.Message) -> Iterator[tuple[str, Press | None]]:
    """Return the label of each of a message's buttons, and what pressing it means."""
    for each in _buttons(discord.ui.View.from_message(message)):
        yield each.label or "", decode(each.custom_id or "")


def asker_of(message: discord.Message) -> int | None:
    """Return who asked the question of an answer, from its Delete button; None if it has none."""
    return next((press.asker for _, press in presses_of(message) if isinstance(press, Delete)), None)


def _text(embed: discord.Embed) -> str:
    """Write a panel as markup without an embed."""
    title = f"**{embed.title}**\n" if embed.title else ""
    footer = f"\n-# {embed.footer.text}" if embed.footer.text else ""
    return f"{title}{embed.description}{footer}"


def _view(rows: Iterable[Row]) -> discord.ui.View:
    """Arrange buttons and menus, leaving out duplicates, which Discord refuses."""
    view = discord.ui.View(timeout=None)
    seen: set[str | None] = set()
    for row in rows:
        number = len({each.row for each in view.children})
        for each in row:
            if each is None or (id := each.custom_id or getattr(each, "url", None)) in seen:
                continue
            seen.add(id)
            each.row = number
            view.add_item(each)
    # discord.py keeps every unfinished view, for ever if it has no timeout. `button_presses` handles presses by their
    # ids alone, so the view isn't needed.
    view.stop()
    return view


def _buttons(view: discord.ui.View) -> Iterator[Button]:
    return (each for each in view.children if isinstance(each, discord.ui.Button))
