"""Converts a Card to what discord.py sends, and a message's buttons back to a Card's.

The only place that builds discord.py's embeds and components; `render` decides what they say.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import TypeAlias, assert_never

import aiohttp
import discord
from discord import app_commands

from bot.port.messages import Choice
from bot.port.wording import DELETE, RELATED

from .buttons import Choose, Delete, ListenIn, Press, Share, decode, encode
from .card import AnyButton, Button, Card, LinkButton, Menu, Panel
from .card_parts import PAGE
from .text import defuse, fitted

_OFFERED = 100
"""Maximum length of a completion's label and of its value in characters, Discord's limit."""

_DESCRIBED = 600
"""Maximum number of characters of a lost picture's alternative text; the answer's words have room beside it."""

_FETCHED_IN = 1.5
"""Maximum time in seconds to fetch one again, as Discord wants an answer within three."""

_Buttons: TypeAlias = tuple[AnyButton, ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """The arguments of every sending method of discord.py."""

    content: str
    embeds: list[discord.Embed]
    view: discord.ui.View
    files: list[discord.File] = field(default_factory=list)


def pack(card: Card) -> Parcel:
    """Convert a card; needs a running event loop, as discord.py's views do."""
    view = _view(filter(None, (card.menu, *card.rows, card.related)))
    picture = card.picture
    files = [discord.File(BytesIO(picture.content), picture.name, description=picture.words)] if picture else []
    if not card.embeds:
        return Parcel(card.text, [], view, files)
    return Parcel(card.asked, [_embed(panel) for panel in card.panels], view, files)


def _embed(panel: Panel) -> discord.Embed:
    embed = discord.Embed(description=panel.description, colour=int(panel.colour))
    if panel.art:
        embed.set_thumbnail(url=panel.art)
    if panel.title:
        embed.title = panel.title
    if panel.footer:
        embed.set_footer(text=panel.footer)
    return embed


def offered(choices: Iterable[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    """Make completions of labels and values: those that Discord accepts, as many as it shows."""
    named = ((fitted(words, _OFFERED), value) for words, value in choices if 0 < len(value) <= _OFFERED)
    fitting = (app_commands.Choice(name=name, value=value) for name, value in named if name)
    return list(islice(fitting, PAGE))


async def repack(message: discord.Message, asker: int) -> Parcel:
    """Convert a private answer to a public one: the same, with Delete instead of Share.

    Its pictures are fetched to be attached again; one that is gone is replaced with its alternative text.
    """
    shared = [row if isinstance(row, Menu) else tuple(_for_everybody(row, asker)) for row in _rows(message) if row]
    content, files = message.content, []
    for each in message.attachments:
        try:
            async with asyncio.timeout(_FETCHED_IN):
                files.append(await each.to_file())
        except (discord.DiscordException, aiohttp.ClientError, TimeoutError):
            content = f"{content}\n{fitted(each.description or '', _DESCRIBED, defuse)}"
    return Parcel(content, list(message.embeds), _view(shared), files)


def asker_of(message: discord.Message) -> int | None:
    """Return who asked the question of an answer, from its Delete button; None if it has none."""
    buttons = [each for row in _rows(message) if isinstance(row, tuple) for each in row]
    presses = [each.press for each in buttons if isinstance(each, Button)]
    return next((press.asker for press in presses if isinstance(press, Delete)), None)


def _for_everybody(row: _Buttons, asker: int) -> Iterator[AnyButton]:
    for button in row:
        shares = isinstance(button, Button) and isinstance(button.press, Share)
        yield Button(DELETE, Delete(asker), quiet=True) if shares else button


def _view(rows: Iterable[_Buttons | Menu]) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        if isinstance(row, Menu):
            options = [discord.SelectOption(label=option.label, value=option.value) for option in row.options]
            menu = discord.ui.Select[discord.ui.View](
                custom_id=_id(row.press), placeholder=row.prompt, options=options, row=number
            )
            view.add_item(menu)
        else:
            for button in row:
                view.add_item(_button(button, number))
    # discord.py keeps every unfinished view, for ever if it has no timeout. `button_presses` handles presses by their
    # ids alone, so the view isn't needed.
    view.stop()
    return view


def _button(button: AnyButton, row: int) -> discord.ui.Button[discord.ui.View]:
    match button:
        case LinkButton(label, url):
            return discord.ui.Button(label=label, url=url, row=row)
        case Button(label, press, quiet):
            style = discord.ButtonStyle.secondary if quiet else discord.ButtonStyle.primary
            return discord.ui.Button(label=label, custom_id=_id(press), style=style, row=row)
        case _:
            assert_never(button)


def _id(press: Press) -> str:
    custom_id = encode(press)
    if custom_id is None:
        raise ValueError(f"{press} does not fit into a button; a card may not hold it")
    return custom_id


def _rows(message: discord.Message) -> list[_Buttons | Menu | None]:
    return [_unpacked(row) for row in message.components if isinstance(row, discord.ActionRow)]


def _unpacked(row: discord.ActionRow) -> _Buttons | Menu | None:
    """Decode a row of a message; None if this version doesn't write such a row."""
    buttons: list[AnyButton] = []
    for component in row.children:
        match component:
            case discord.SelectMenu(custom_id=custom_id) if isinstance(press := decode(custom_id), Choose | ListenIn):
                options = tuple(Choice(each.label, each.value) for each in component.options)
                return Menu(component.placeholder or RELATED, press, options)
            case discord.Button(url=str(url)):
                buttons.append(LinkButton(component.label or "…", url))
            case discord.Button() if (press := decode(component.custom_id or "")) is not None:
                quiet = component.style is discord.ButtonStyle.secondary
                buttons.append(Button(component.label or "…", press, quiet=quiet))
            case _:
                pass
    return tuple(buttons) or None
