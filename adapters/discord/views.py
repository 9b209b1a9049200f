"""Turns a Card into what discord.py sends, and a message's buttons back into a Card's.

The one place that builds discord.py's embeds and components; what they say is `render`'s business.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import discord

from bot.port.wording import DELETE

from .buttons import Delete, Press, Share, decode, encode
from .render import Button, Card, Menu, Panel


@dataclass(frozen=True, slots=True)
class Parcel:
    """The arguments of every sending method of discord.py."""

    content: str
    embeds: list[discord.Embed]
    view: discord.ui.View


def pack(card: Card) -> Parcel:
    """Make a card ready to send; only inside a running loop, as discord.py wants it for a view."""
    view = _view(card.rows, card.menu)
    if not card.embeds:
        return Parcel(card.text, [], view)
    return Parcel("", [_embed(panel) for panel in card.panels], view)


def _embed(panel: Panel) -> discord.Embed:
    embed = discord.Embed(description=panel.description, colour=int(panel.colour))
    if panel.title:
        embed.title = panel.title
    if panel.footer:
        embed.set_footer(text=panel.footer)
    return embed


def repack(message: discord.Message, asker: int) -> Parcel:
    """Make a private answer ready to be shown to everybody: what the asker saw, with Delete instead of Share."""
    delete = Button(DELETE, Delete(asker), quiet=True)
    buttons = [*(button for button in _buttons(message) if not isinstance(button.press, Share)), delete]
    rows = tuple(tuple(buttons[first : first + 5]) for first in range(0, len(buttons), 5))
    return Parcel(message.content, list(message.embeds), _view(rows, None))


def _view(rows: tuple[tuple[Button, ...], ...], menu: Menu | None) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    if menu is not None:
        options = [discord.SelectOption(label=option.label, value=option.value) for option in menu.options]
        view.add_item(discord.ui.Select(custom_id=_id(menu.press), placeholder=menu.prompt, options=options, row=0))
    for number, row in enumerate(rows, 0 if menu is None else 1):
        for button in row:
            style = discord.ButtonStyle.secondary if button.quiet else discord.ButtonStyle.primary
            view.add_item(discord.ui.Button(label=button.label, custom_id=_id(button.press), style=style, row=number))
    # discord.py keeps every view that is not finished, for ever where it has no timeout. Presses come to
    # `presses` by their ids alone.
    view.stop()
    return view


def _id(press: Press) -> str:
    custom_id = encode(press)
    if custom_id is None:
        raise ValueError(f"{press} does not fit into a button; a card may not hold it")
    return custom_id


def _buttons(message: discord.Message) -> Iterator[Button]:
    for row in message.components:
        if not isinstance(row, discord.ActionRow):
            continue
        for component in row.children:
            if isinstance(component, discord.Button) and (press := decode(component.custom_id or "")) is not None:
                yield Button(component.label or "…", press, quiet=component.style is discord.ButtonStyle.secondary)
