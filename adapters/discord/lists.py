"""Draws everything but answers: lists of topics and wishes, episodes, pictures, the adapter's own messages.

Pure, like `render`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import discord

from bot.port import presentation
from bot.port.excerpts import spoken
from bot.port.members import CANCEL, YOUR_WISHES
from bot.port.messages import Episode, EpisodeId, Evidence, Topic
from bot.port.players import LISTEN_IN, LISTEN_WHERE, Opening, opens
from bot.port.wishes import Wish
from bot.port.wording import clock, listen, long_date, moment, places

from .buttons import Cancel, Choose, ListenIn, TurnPage
from .card import Card, Colour, Scene, button, compose, file, panel
from .card_parts import EPISODE, PAGE, actions, block_of, in_rows, left_in, menu_of, panel_of, room_in, titles
from .render import moment_of, source_line
from .text import defuse, fitted, link

_PICTURED = 1024
_NOTICE = 600
_CHOOSE = "Choose a topic"


def draw_topics(topics: Sequence[Topic], episode: EpisodeId | None, number: int, scene: Scene) -> Card:
    """Draw one page, counted from 0, of a list of at least one topic; out of range, the nearest page."""
    pages = -(-len(topics) // PAGE)
    number = min(number, pages - 1)
    first = number * PAGE
    page = topics[first : first + PAGE]
    lines = (f"{count}. {fitted(topic.title, 60, defuse)}" for count, topic in enumerate(page, first + 1))
    turns = []
    if number > 0:
        turns.append(button("Earlier topics", TurnPage(episode, number - 1)))
    if number + 1 < pages:
        turns.append(button("More topics", TurnPage(episode, number + 1)))
    footer = f"Page {number + 1} of {pages}" if pages > 1 else ""
    listed = panel(block_of(lines, room_in(scene).total), Colour.SAID, "What you can ask about", footer)
    return compose(scene, [listed], [[menu_of(titles(page), Choose(), _CHOOSE)], *actions(scene, turns)])


def draw_episode(episode: Episode, topics: Sequence[Topic], scene: Scene) -> Card:
    """Draw an episode's card: who, when, where to hear it, and its topics to choose from."""
    room = room_in(scene)
    about = episode.summary or episode.subtitle or ""
    summary = fitted(about, room.words, defuse) if about else ""
    facts = (
        ("Show", fitted(episode.show, EPISODE, defuse)),
        ("Season", "" if episode.season is None else str(episode.season)),
        ("Number", fitted(episode.number or "", EPISODE, defuse)),
        ("With", _names(guest.name for guest in episode.guests)),
        ("Hosted by", _names(host.name for host in episode.hosts)),
        ("Published", long_date(episode.published) if episode.published else ""),
        ("Length", clock(episode.duration) if episode.duration else ""),
        ("Listen", _places(episode)),
    )
    known = (f"**{name}** {value}" for name, value in facts if value)
    blocks = (summary, *block_of(known, left_in(room, summary)))
    drawn = panel_of(room, blocks, Colour.SAID, episode.title, art=presentation.picture(episode))
    all_topics = [button("All topics", TurnPage(episode.id, 0))] if len(topics) > PAGE else []
    return compose(scene, [drawn], [[menu_of(titles(topics[:PAGE]), Choose(), _CHOOSE)], *actions(scene, all_topics)])


def draw_card(piece: Evidence, content: bytes, scene: Scene) -> Card:
    """Show a picture of a quotation above its byline, which links to the recording."""
    picture = file(content, "card.png", fitted(spoken(piece.text), _PICTURED))
    byline = panel([source_line(piece, moment_of(piece, scene.player))], Colour.SAID)
    # No embed: it would separate the picture from its byline, and sharing the answer would lose the picture.
    return compose(replace(scene, embeds=False), [byline], actions(scene, share=False), picture=picture)


def draw_players(said: Evidence, openings: Sequence[Opening], scene: Scene) -> Card:
    """Offer the players that have a quotation."""
    menu = menu_of([(each.name, each.player) for each in openings], ListenIn(said.id), LISTEN_IN)
    return compose(scene, [panel([LISTEN_WHERE], Colour.SAID)], [[menu]])


def draw_opening(said: Evidence, opening: Opening, kept: str, scene: Scene) -> Card:
    """Link to a quotation in a player; `kept` says what was stored about that choice."""
    blocks = (opens(opening, moment(said)), *filter(None, (kept,)))
    label = listen(said) if opening.timed else f"▶ {opening.name}"
    opens_it = discord.ui.Button[discord.ui.View](label=label, url=opening.url)
    return compose(scene, [panel(map(defuse, blocks), Colour.SAID)], [[opens_it]])


def notice(words: str, scene: Scene) -> Card:
    """Draw one of the adapter's own messages, such as an apology."""
    return compose(scene, [panel([fitted(words, _NOTICE, defuse)], Colour.NOTHING)])


def draw_wishes(wishes: Sequence[Wish], scene: Scene) -> Card:
    """List the questions that somebody is waiting on, at least one, with a button to cancel each."""
    lines = (f"{number}. {fitted(wish.question, 60, defuse)}" for number, wish in enumerate(wishes, 1))
    buttons = [button(f"{CANCEL} {number}", Cancel(wish.name), quiet=True) for number, wish in enumerate(wishes, 1)]
    blocks = (YOUR_WISHES, *block_of(lines, room_in(scene).total))
    return compose(scene, [panel(blocks, Colour.SAID)], in_rows(buttons))


def _names(names: Iterable[str]) -> str:
    return fitted(", ".join(names), 200, defuse)


def _places(episode: Episode) -> str:
    links = (link(name, url, limit=100) for name, url in places(episode))
    return " · ".join(written for written in links if written.startswith("["))
