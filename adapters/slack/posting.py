"""What is posted unasked in Slack: drawn, sent, and what is chosen about it in the Home tab.

When something is posted, and what, is the port's business, and so are most words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, assert_never

from bot.port import post_words
from bot.port.errors import StateAwayError
from bot.port.excerpts import spoken
from bot.port.place_settings import Reset
from bot.port.posting import Announcement, Announcements, DailyQuote, Post, WeeklyQuestions
from bot.port.posts import Posting, PostingChange, Posts
from bot.port.wording import full_label, label

from . import blocks as b
from .outbox import Outbox
from .render import Message, evidence, message

PRESS_ABOUT: Final = "about"
"""The button that opens the dialogue for a question about an episode, which it names."""

_ANNOUNCED, _GROUP, _QUOTE, _ZONE, _DIGEST = "announced", "group", "quote", "zone", "digest"
FIELDS: Final = frozenset({_ANNOUNCED, _GROUP, _QUOTE, _ZONE, _DIGEST})
"""The fields of the settings' dialogue that are about posts."""

_YES, _NO, _NEVER = "yes", "no", "-never"
_GROUP_ID: Final = re.compile(r"S[A-Z0-9]{5,30}")
_LINE: Final = 150
_CHANNELS: Final = 30
_TYPED: Final = 60
_DIGEST_TEXT: Final = 2500


async def send_post(outbox: Outbox, post: Post, hint: str = "") -> None:
    """Send a post to its channel; nobody is pinged but the user group that was chosen for it.

    `hint` ends a digest that lists gaps.

    Raises:
        ChannelRefusedError: the channel is gone, or nothing may be posted there.
        NotSentError: it may arrive the next time.
    """
    channel = post.place.rpartition("/")[2]
    await outbox.deliver(draw_post(post, hint), channel, name=post.name, perhaps_sent=post.perhaps_sent)


def draw_post(post: Post, hint: str = "") -> Message:
    """Draw any post; a digest that lists gaps with a hint after it."""
    match post.content:
        case Announcement(episode) as announced:
            title = f"{post_words.NEW_EPISODE}: {episode.title}"
            words = post_words.introduction(announced)
            parts = [b.header(title), b.rich_text([*_calling(post), b.text(words)])]
            parts += [evidence(each) for each in announced.quotes]
            if page := episode.links.first:
                parts.append(b.rich_text([b.link(page, post_words.LISTEN)]))
            if b.fits(episode.id, b.OPTION_VALUE):
                parts.append(b.actions([b.button(post_words.ASK_ABOUT, PRESS_ABOUT, episode.id)]))
            return message(f"{title}\n{words}", parts)
        case Announcements(episodes):
            title = post_words.several(episodes)
            shown, more = post_words.shown_of(episodes)
            parts = [b.header(title)]
            if calling := _calling(post):
                parts.append(b.rich_text(calling))
            named = ([b.link(each.links.first, b.shorten(full_label(each), _LINE))] for each in shown)
            parts.append(b.rich_text(b.bullets(named)))
            if more:
                parts.append(b.context(more))
            return message("\n".join((title, *map(label, shown))), parts)
        case DailyQuote(quote):
            title = post_words.QUOTE_OF_THE_DAY
            return message(f"{title}\n{spoken(quote.text)}", [b.header(title), evidence(quote)])
        case WeeklyQuestions(text, gaps):
            parts = [b.header(post_words.DIGEST), b.rich_text([b.text(text, limit=_DIGEST_TEXT)])]
            if hint and gaps:
                parts.append(b.context(hint))
            return message(f"{post_words.DIGEST}\n{text}", parts)
        case _:
            assert_never(post.content)


def _calling(post: Post) -> list[b.Element]:
    return [b.user_group(post.ping), b.text(" ")] if _GROUP_ID.fullmatch(post.ping) else []


async def described(posts: Posts | None, whole: str) -> Sequence[b.Block]:
    """Draw what is posted in which channels of a workspace."""
    if posts is None:
        return [b.context(post_words.NOT_KEPT)]
    try:
        chosen = await posts.chosen(whole)
    except StateAwayError:
        return [b.context(post_words.NOT_TO_BE_READ)]
    lines = [_line(each) for each in chosen[:_CHANNELS]]
    shown = [b.header(post_words.TITLE), b.rich_text(b.bullets(lines or [[b.text(post_words.NOTHING)]]))]
    left = len(chosen) - len(lines)
    return [*shown, b.context(f"and in {left:,} more")] if left else shown


def _line(posting: Posting) -> list[b.Element]:
    words = list(post_words.described(posting))
    if posting.announces_since is not None and posting.ping:
        # By its ID: to name it here would ping it in some clients.
        words.append(f"new episodes ping the user group {posting.ping}")
    return [b.channel(posting.place.rpartition("/")[2]), b.text(f": {'; '.join(words)}")]


def fields() -> Sequence[b.Block]:
    """Draw the fields of the settings' dialogue that are about posts."""
    switch = [b.option("on", _YES), b.option("off", _NO)]
    hours = [b.option("off", _NEVER), *(b.option(post_words.hour_of(hour), str(hour)) for hour in range(24))]
    leave = "Leave it as it is"
    parts = (
        ("New episodes are posted in the channel", _ANNOUNCED, b.static_select(leave, _ANNOUNCED, switch)),
        ("With that, ping the user group of this ID", _GROUP, b.text_input(_GROUP, "S0123456789", longest=_TYPED)),
        ("A quote is posted there every day", _QUOTE, b.static_select(leave, _QUOTE, hours)),
        ("What was asked is posted there on Mondays", _DIGEST, b.static_select(leave, _DIGEST, switch)),
        ("In the time zone", _ZONE, b.text_input(_ZONE, "Europe/Berlin", longest=_TYPED)),
    )
    return [b.input_block(words, name, element, optional=True) for words, name, element in parts]


def changed(picked: Mapping[str, str]) -> PostingChange | str:
    """Read what was picked in the fields; or say what is wrong with it."""
    on = {_YES: True, _NO: False}
    announces, hour, group = on.get(picked.get(_ANNOUNCED, "")), picked.get(_QUOTE, ""), picked.get(_GROUP, "").strip()
    if announces and group and not _GROUP_ID.fullmatch(group):
        return post_words.NO_GROUP
    return post_words.changed(
        announces=announces,
        ping=group,
        quote_at=int(hour) if hour.isdecimal() else Reset.AGAIN if hour else None,
        digest=on.get(picked.get(_DIGEST, "")),
        zone=b.shorten(picked.get(_ZONE, ""), _TYPED),
    )
