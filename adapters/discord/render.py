"""Draws answers as Discord messages: an embed, or plain text if embeds are not allowed, with buttons and menus.

Pure: an Answer in, a Card out. `text` escapes every word from outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import assert_never

import discord

from bot.port import presentation, wording
from bot.port.cards import CARD
from bot.port.charts import beside_its_picture
from bot.port.excerpts import Run, quoted
from bot.port.messages import (
    Answer,
    Difference,
    Episode,
    Evidence,
    Fact,
    Found,
    Help,
    ItemId,
    NotFound,
    Part,
    QuoteCheck,
    Several,
    SingleAnswer,
    Unsure,
    Verdict,
)
from bot.port.players import Player, heard_at
from bot.port.presentation import InContext, Open
from bot.port.visibility import may_be_shared

from .buttons import Another, AsCard, Choose, ShowPlayers, TellMe, that_fit
from .card import GAP, NOTHING, Button, Card, Colour, Scene, button, compose
from .card_parts import (
    EPISODE,
    LABEL,
    ROW,
    PanelLimits,
    actions,
    block_of,
    in_rows,
    left_in,
    menu_of,
    panel_of,
    room_in,
)
from .text import defuse, fitted, link, size

_GUESSES = 10
_EVIDENCE = 5
_EXAMPLES = 6
_DIFFERENCES = 5
_ASKED = 250
_AGAIN = 40
_BYLINE = 200
_COMMANDS = "Mention me, or type /ask, /quote, /topics, /episode or /verify"


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One answer: its panel, and what can be opened from it.

    Attributes:
        row: its main buttons, best first.
        guesses: what the question may mean, if nothing answers it.
        menu: what else can be asked, by label.
    """

    panel: discord.Embed
    row: Sequence[Button | None] = ()
    guesses: Sequence[Button | None] = ()
    menu: tuple[tuple[str, ItemId], ...] = ()
    prompt: str = wording.RELATED


def draw(answer: Answer, scene: Scene, *, another: Another | None = None, tell: TellMe | None = None) -> Card:
    """Draw any answer; `another` adds the button for one more quote, `tell` the one to be notified of an answer."""
    match answer:
        case Several():
            return _several(answer, scene, tell)
        case _:
            if isinstance(answer, Fact) and scene.chart:
                answer, scene = beside_its_picture(answer), replace(scene, embeds=False)
            drawn = _single(answer, scene)
            related = menu_of(drawn.menu, Choose(), drawn.prompt)
            listening = presentation.listening(answer, scene.player if scene.private else None)
            players = ShowPlayers(listening[0]) if listening else None
            share = may_be_shared(answer)
            below = actions(scene, drawn.row, another=another, tell=tell, players=players, share=share)
            rows = (*in_rows(drawn.guesses), *below, [related])
            question = f"-# {fitted(wording.asked(scene.asked), _ASKED, defuse)}" if scene.asked else ""
            return compose(scene, [drawn.panel], rows, asked=question, picture=scene.chart)


def draw_quotations(answer: Found, scene: Scene, title: str) -> discord.Embed:
    """Draw an answer for a message without buttons: the time of each quotation is a link."""
    room = room_in(scene)
    blocks, _ = _read(answer, presentation.told(answer), scene, room)
    return panel_of(room, blocks, _colour(answer), title, art=presentation.art(answer))


def _several(several: Several, scene: Scene, tell: TellMe | None) -> Card:
    """Draw a panel for each question, one row of buttons for all, and guesses for each."""
    parts = several.parts
    drawn = [_part(part, scene, room_in(scene, len(parts))) for part in parts]
    row = [button for each in drawn for button in each.row]
    related = menu_of([each for one in drawn for each in one.menu], Choose(), wording.RELATED)
    below = actions(scene, row, tell=tell, share=may_be_shared(several))
    rows = (*(each.guesses[:ROW] for each in drawn), *below, [related])
    return compose(scene, [each.panel for each in drawn], rows)


def _single(answer: SingleAnswer, scene: Scene) -> _Drawn:
    opens = presentation.opening(answer, scene.player)
    blocks, left = _read(answer, presentation.told(answer), scene, room_in(scene), opens)
    row: list[Button | None] = []
    if opens:
        row.append(discord.ui.Button(label=wording.listen(presentation.shown(answer)[0]), url=opens))
    if left is not None:
        row.append(button(presentation.further(answer, len(left.items)), left, quiet=True))
    if around := presentation.surroundings(answer):
        row.append(button(wording.AROUND, InContext(around), quiet=True))
    if scene.cards and (pieces := presentation.shown(answer)):
        row.append(button(CARD, AsCard(pieces[0].id), quiet=True))
    if isinstance(answer, NotFound) and (nearest := that_fit(answer.nearest)):
        row.append(button(wording.NEAREST, nearest, quiet=True))
    understood = None if isinstance(answer, Help) else answer.understood
    hints = (_hint(answer), wording.understood_as(understood) if understood else "")
    panel = panel_of(room_in(scene), blocks, _colour(answer), wording.headline(answer), hints, presentation.art(answer))
    return _offering(answer, panel, row)


def _part(part: Part, scene: Scene, room: PanelLimits) -> _Drawn:
    """Draw one of several answers under its question, with one button."""
    blocks, left = _read(part.answer, presentation.told_of(part), scene, room)
    row: list[Button | None] = []
    if left is not None:
        further = presentation.further(part.answer, len(left.items))
        row.append(button(f"{further}: {fitted(part.asked, _AGAIN)}", left, quiet=True))
    panel = panel_of(room, blocks, _colour(part.answer), wording.titled(part.asked), (_hint(part.answer),))
    return _offering(part.answer, panel, row)


def _offering(answer: SingleAnswer, panel: discord.Embed, row: Sequence[Button | None]) -> _Drawn:
    guesses = [
        button(fitted(each.label, LABEL) or NOTHING, Open((each.id,)))
        for each in presentation.guesses(answer)[:_GUESSES]
    ]
    return _Drawn(panel, row, guesses, presentation.offered(answer), presentation.prompt(answer))


def _read(
    answer: SingleAnswer, words: str, scene: Scene, room: PanelLimits, opens: str | None = None
) -> tuple[tuple[str, ...], Open | None]:
    """Draw an answer's text, and return what is left out; a button `opens` the recording of the first quotation."""
    told = _told(answer, words, room.paragraph)
    shown = _evidence_that_fits(presentation.shown(answer), scene, room, opens, used=size(told))
    blocks = (told, *shown, *_beside(answer, left_in(room, told, *shown)))
    return blocks, that_fit(presentation.waiting(answer, len(shown)))


def _told(answer: SingleAnswer, words: str, limit: int) -> str:
    if isinstance(answer, Fact):
        runs = presentation.linked(answer)
        return fitted("".join(run.words for run in runs), limit, partial(_styled, runs)) or NOTHING
    return fitted(words, limit, defuse)


def _beside(answer: SingleAnswer, left: int) -> Iterator[str]:
    """Draw what goes below an answer's words, within the characters left."""
    match answer:
        case Found(place=place):
            yield from block_of((f"— {each}" for each in _places_of((place,) if place else ())), left)
        case Fact():
            yield from block_of((f"— {each}" for each in _places_of(presentation.unnamed(answer))), left)
        case QuoteCheck():
            differences = (_difference(part) for part in answer.further_differences[:_DIFFERENCES])
            yield from block_of(differences, left)
        case Help(examples=examples):
            yield from block_of((f"- {fitted(example, 150, defuse)}" for example in examples[:_EXAMPLES]), left)
        case Unsure() | NotFound():
            pass
        case _:
            assert_never(answer)


def _colour(answer: SingleAnswer) -> Colour:
    match answer:
        case Found() | Fact() | Help() | QuoteCheck(verdict=Verdict.EXACT):
            return Colour.SAID
        case QuoteCheck(verdict=Verdict.NOT_FOUND) | NotFound():
            return Colour.NOTHING
        case QuoteCheck():
            return Colour.CLOSE
        case Unsure():
            return Colour.UNSURE
        case _:
            assert_never(answer)


def _hint(answer: SingleAnswer) -> str:
    """Say how to ask, or name the source of an answer without quotations."""
    return _COMMANDS if isinstance(answer, Help) else wording.taken_from(filter(None, [presentation.source(answer)]))


def _evidence_that_fits(
    evidence: Sequence[Evidence], scene: Scene, room: PanelLimits, opens: str | None, *, used: int
) -> list[str]:
    shown: list[str] = []
    for number, piece in enumerate(evidence[:_EVIDENCE]):
        if number or opens is None:
            when = moment_of(piece, scene.player)
        else:  # a button links to it; its time tells it apart from others
            when = wording.moment(piece) or "" if len(evidence) > 1 else ""
        runs = quoted(piece)
        words = fitted("".join(run.words for run in runs), room.words, partial(_styled, runs)) or NOTHING
        block = f"> {words}\n{source_line(piece, when)}"
        used += len(GAP) + size(block)
        if used > room.total:
            break
        shown.append(block)
    return shown


def source_line(piece: Evidence, when: str) -> str:
    """Write who said something, where and when; `when` is markup already."""
    line = fitted(" · ".join(wording.byline(piece)), _BYLINE, defuse)
    return f"— {' · '.join(filter(None, (line, when)))}"


def _styled(runs: Sequence[Run], words: str) -> str:
    """Write the beginning of some runs, as long as `words`, as markup."""
    left, written = len(words), ""
    for run in runs:
        piece, left = run.words[:left], left - min(left, len(run.words))
        made = defuse(piece)
        if not made:
            written += " " if piece else ""
            continue
        shown = f"**{made}**" if run.bold else link(made, run.url) if run.url else made
        written += f"{' ' if piece[0] == ' ' else ''}{shown}{' ' if piece[-1] == ' ' else ''}"
    return written


def moment_of(piece: Evidence, player: Player | None) -> str:
    """Write when something was said, as a link to that moment."""
    url = heard_at(piece, player)
    return link(wording.listen(piece), url) if url else wording.moment(piece) or ""


def _difference(part: Difference) -> str:
    asked, real = (fitted(" ".join(words.split()), 120, defuse) for words in (part.asked, part.real))
    if asked and real:
        return f"- ~~{asked}~~ → **{real}**"
    if real:
        return f"- {wording.SAID_TOO} **{real}**"
    return f"- ~~{asked}~~ {wording.NOT_SAID}" if asked else ""


def _places_of(episodes: Sequence[Episode]) -> Iterator[str]:
    name = wording.full_label if len(episodes) > 1 else wording.label
    return (link(fitted(name(each), EPISODE, defuse), each.links.first) for each in episodes)
