"""Draws an episode's card, a list of topics, and what is kept of people.

Pure, like `render`, which draws the answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.port import forgetting, presentation
from bot.port.excerpts import excerpt
from bot.port.messages import Episode, Topic
from bot.port.wording import NO_TOPICS, full_label, label, places

from . import blocks as b
from .render import NO_EXTRAS, PICK_EPISODE, PICK_TOPIC, Extras, Message, controls, message, notice, particulars

PRESS_FORGET = "forget"

_ASIDE = 300
_ABOUT = 600
_LISTED = 30


def episode_card(episode: Episode, extras: Extras = NO_EXTRAS, *, others: bool) -> Message:
    """Draw an episode: title, speakers, links and topics; `others` is whether to offer a choice of other episodes."""
    lines = _people(episode)
    if episode.summary or episode.subtitle:
        lines.append([b.text(excerpt(episode.summary or episode.subtitle or "", _ABOUT))])
    if links := _links(episode):
        lines.append(links)
    art = presentation.picture(episode) if extras.art else None
    parts = [b.header(episode.title), b.context(" · ".join(particulars(episode)), art, episode.show)]
    parts += [b.rich_text(line) for line in lines]
    menus: list[b.Element] = []
    if episode.topics:
        menus.append(_topic_menu(episode.topics))
    if others:
        menus.append(b.external_select("Another episode", PICK_EPISODE))
    if rest := [*menus, *controls(extras)]:
        parts.append(b.actions(rest))
    names = [guest.name for guest in episode.guests]
    with_whom = f" with {', '.join(names)}" if names else ""
    return message(f"{full_label(episode)}{with_whom}", parts)


def _people(episode: Episode) -> list[list[b.Element]]:
    guests = ", ".join(guest.name for guest in episode.guests)
    hosts = ", ".join(host.name for host in episode.hosts)
    people = (("With ", guests), ("Hosted by ", hosts))
    return [[b.text(role), b.text(names, bold=True)] for role, names in people if names]


def _links(episode: Episode) -> list[b.Element]:
    elements: list[b.Element] = []
    for words, url in places(episode):
        elements += ([b.text(" · ")] if elements else []) + [b.link(url, words)]
    return elements


def topic_list(
    topics: Sequence[Topic],
    episode: Episode | None,
    extras: Extras = NO_EXTRAS,
) -> Message:
    """Draw a list of topics, with a menu that opens one."""
    title = f"Topics in {label(episode)}" if episode else "Topics"
    if not topics:
        return notice(NO_TOPICS)
    shown = [b.bullets([b.text(topic.title, limit=_ASIDE)] for topic in topics[:_LISTED])]
    left = len(topics) - _LISTED
    parts = [b.header(title), b.rich_text(*shown)]
    if left > 0:
        parts.append(b.context(f"and {left:,} more"))
    parts.append(b.actions([_topic_menu(topics), *controls(extras)]))
    names = ", ".join(topic.title for topic in topics[:_LISTED])
    return message(f"{title}: {names}{', …' if left > 0 else ''}", parts)


def _topic_menu(topics: Sequence[Topic]) -> b.Element:
    """Return a menu of all topics; one to search by typing if they are more than a menu holds."""
    if len(topics) > b.OPTIONS:
        return b.external_select("Find a topic", PICK_TOPIC)
    return b.static_select("Open a topic", PICK_TOPIC, [b.option(topic.title, topic.id) for topic in topics])


def draw_privacy() -> Message:
    """Draw what is kept, with the button under it."""
    lines = [forgetting.INTRODUCTION, *forgetting.KEPT, forgetting.NOTHING_ELSE, forgetting.WHAT_GOES]
    return Message(
        b.escape("\n".join(lines)),
        (
            b.header(forgetting.INTRODUCTION),
            b.rich_text(b.bullets([b.text(line)] for line in forgetting.KEPT)),
            b.section(f"{forgetting.NOTHING_ELSE} {forgetting.WHAT_GOES}"),
            b.actions([b.button(forgetting.FORGET, PRESS_FORGET, "me", style="danger")]),
        ),
    )
