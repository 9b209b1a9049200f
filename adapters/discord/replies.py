"""Asks the assistant what a command or a press requests, and decides who may see the answer.

No discord.py interactions here: words and ids in, a Reply out. `render` draws it, `interactions` sends it.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from bot.port.cards import Draw as DrawQuotation
from bot.port.cards import Drawn, NotDrawn, picture_of
from bot.port.errors import StateAwayError
from bot.port.messages import (
    Answer,
    Assistant,
    Choice,
    Completion,
    ConversationId,
    Episode,
    EpisodeId,
    Found,
    ItemId,
    NotFound,
    Question,
    QuoteCheck,
    QuoteFilter,
    Scope,
)
from bot.port.opened import piece_of
from bot.port.players import Players, players_of, remembered
from bot.port.visibility import for_the_asker_alone
from bot.port.wishes import said_by_anybody
from bot.port.wording import NO_EPISODES, NO_TOPICS, STALE, unknown_episode

from .buttons import Another, TellMe
from .card import Card, Scene
from .lists import draw_card, draw_episode, draw_opening, draw_players, draw_topics, notice
from .render import draw

Draw: TypeAlias = Callable[[Scene], Card]
Offer: TypeAlias = Callable[[str, Answer, EpisodeId | None], Awaitable[TellMe | None]]

_ITEM = re.compile(r"[a-z0-9-]+/(?:topic|quote|passage)/\S+")
"""Ids that a chosen completion sends in place of typed words."""

_CHOICE = 100
_FEW_WORDS = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to send.

    Attributes:
        private: whether only the asker should see it.
        answered: the question in words, and its answer; None if nothing was asked in words.
    """

    draw: Draw
    private: bool
    answered: tuple[str, Answer] | None = None


def say(words: str) -> Reply:
    """Make a reply of the adapter's own words, for the asker alone."""
    return Reply(partial(notice, words), private=True)


@dataclass(frozen=True, slots=True)
class Replies:
    """Asks the assistant on behalf of Discord's commands and buttons.

    `_offer` makes the button under what leaves a question open; None for `_draw_quotation` draws no pictures.
    """

    _assistant: Assistant
    _offer: Offer
    _draw_quotation: DrawQuotation | None
    _players: Players

    async def ask(
        self, words: str, episode: str | None, conversation: ConversationId, show: str | None = None
    ) -> Reply:
        """Answer a question, within the episode if one is named, otherwise within the show chosen for the channel."""
        if _ITEM.fullmatch(words):
            opened = await self._assistant.open(ItemId(words), conversation=conversation)
            if not isinstance(opened, NotFound):
                named = opened.topics[0].title if isinstance(opened, Found) and opened.topics else words
                return _reply(opened, words=named, asked=named)
        if not episode:
            return await self._asked(Question(words, Scope(show=show), conversation))
        if (meant := await self._episode(episode, show)) is None:
            return _unknown_episode(episode)
        return await self._asked(Question(words, Scope(meant.id), conversation))

    async def _asked(self, question: Question) -> Reply:
        answer = await self._assistant.ask(question)
        tell = await self._offer(question.text, answer, question.scope.episode)
        return _reply(answer, words=question.text, tell=tell, asked=question.text)

    async def verify(self, words: str, show: str | None = None) -> Reply:
        """Check whether something was said, preferably in the show chosen for the channel."""
        answer = await self._assistant.verify(words, Scope(show=show))
        tell = await self._offer(said_by_anybody(words), answer, None)
        return _reply(answer, words=words, tell=tell, asked=words)

    async def quote(
        self,
        about: str | None,
        speaker: str | None,
        episode: str | None,
        place: ConversationId,
        show: str | None = None,
    ) -> Reply:
        """Draw a quote that is new in this place."""
        meant = await self._episode(episode, show) if episode else None
        if episode and meant is None:
            return _unknown_episode(episode)
        drawn = await self._assistant.random_quote(
            QuoteFilter(about, Scope(meant.id if meant else None, speaker=speaker, show=show), place)
        )
        if not isinstance(drawn, Found) or not drawn.evidence:
            return _reply(drawn, words=about)
        topic = await self._topic(about, show) if about else None
        if about and topic is None:
            # A button carries only ids; without a topic's id, the next quote could be about anything.
            return _reply(drawn, words=about)
        like = drawn.evidence[0].id if speaker or episode else None
        return _reply(drawn, another=Another(like, bool(speaker), bool(episode), topic), words=about)

    async def another(self, press: Another, place: ConversationId, show: str | None = None) -> Reply:
        """Draw one more quote of the kind that was shown."""
        like = await self._assistant.open(press.like) if press.like else None
        if isinstance(like, NotFound):
            return _reply(like)
        shown = like.evidence[0] if isinstance(like, Found) and like.evidence else None
        drawn = await self._assistant.random_quote(
            QuoteFilter(
                about=press.topic,
                scope=Scope(
                    episode=shown.episode.id if shown and press.same_episode else None,
                    speaker=shown.speaker if shown and press.same_speaker else None,
                    show=show,
                ),
                conversation=place,
            )
        )
        return _reply(drawn, another=press if isinstance(drawn, Found) and drawn.evidence else None)

    async def open(self, items: Sequence[ItemId], conversation: ConversationId) -> Reply:
        """Show the items of a button or a menu."""
        return _reply(await self._assistant.open(*items, conversation=conversation))

    async def around(self, item: ItemId, conversation: ConversationId) -> Reply:
        """Show the talk around a quotation."""
        return _reply(await self._assistant.around(item, conversation))

    async def card(self, item: ItemId) -> Reply:
        """Draw a quotation as a picture to share."""
        match await picture_of(self._assistant, item, self._draw_quotation):
            case NotDrawn(text):
                return say(text)
            case Drawn(piece, picture):
                return Reply(lambda scene: draw_card(piece, picture, scene), private=False)

    async def players(self, item: ItemId) -> Reply:
        """Show where a quotation can be heard."""
        said = await piece_of(self._assistant, item)
        openings = players_of(said) if said else ()
        return Reply(partial(draw_players, said, openings), private=True) if said and openings else say(STALE)

    async def listen(self, item: ItemId, chosen: str, person: str) -> Reply:
        """Link to a quotation in a player, and remember the listener's choice."""
        said = await piece_of(self._assistant, item)
        openings = players_of(said) if said else ()
        opening = next((each for each in openings if each.player == chosen), None)
        if said is None or opening is None:
            return say(STALE)
        kept = ""
        with contextlib.suppress(StateAwayError):
            await self._players.choose(person, opening.player)
            kept = remembered(opening.player) if opening.timed else ""
        return Reply(lambda scene: draw_opening(said, opening, kept, scene), private=True)

    async def topics(self, words: str | None, show: str | None = None) -> Reply:
        """List the topics of an episode if one is named, otherwise of the show chosen for the channel."""
        if not words:
            return await self.page(None, 0, show)
        if (episode := await self._episode(words, show)) is None:
            return _unknown_episode(words)
        return await self.page(episode.id, 0)

    async def page(self, episode: EpisodeId | None, number: int, show: str | None = None) -> Reply:
        """Show one page of the list of topics."""
        topics = await self._assistant.topics(Scope(episode, show=show))
        if not topics:
            return say(NO_TOPICS)
        return Reply(lambda scene: draw_topics(topics, episode, number, scene), private=False)

    async def episode(self, words: str | None, show: str | None = None) -> Reply:
        """Show an episode's card, by default the newest's; preferably of the show chosen for the channel."""
        episode = await self._episode(words or "", show)
        if episode is None:
            return _unknown_episode(words or "")
        topics = await self._assistant.topics(Scope(episode.id))
        return Reply(lambda scene: draw_episode(episode, topics, scene), private=False)

    async def help(self) -> Reply:
        """Say what can be asked."""
        return _reply(await self._assistant.ask(Question("")))

    async def complete(self, kind: Completion, typed: str, show: str | None = None) -> Sequence[Choice]:
        """Complete what is being typed, from the show chosen for the channel."""
        return await self._assistant.complete(kind, typed, scope=Scope(show=show))

    async def complete_quote(self, typed: str, show: str | None = None) -> Sequence[Choice]:
        """Offer quotations that resemble half-remembered words."""
        if len(typed.split()) < _FEW_WORDS:
            return []
        check = await self._assistant.verify(typed, Scope(show=show))
        if not isinstance(check, QuoteCheck):
            return []
        return [Choice(piece.text, piece.text[:_CHOICE]) for piece in check.evidence]

    async def _topic(self, words: str, show: str | None) -> ItemId | None:
        if _ITEM.fullmatch(words):
            return ItemId(words)
        nearest = await self._assistant.complete(Completion.TOPIC, words, 1, Scope(show=show))
        return ItemId(nearest[0].value) if nearest else None

    async def _episode(self, words: str, show: str | None = None) -> Episode | None:
        known = await self._assistant.episode(EpisodeId(words)) if words else None
        if known is not None:
            return known
        nearest = await self._assistant.episodes(words, 1, Scope(show=show))
        return nearest[0] if nearest else None


def _reply(
    answer: Answer,
    *,
    another: Another | None = None,
    words: str | None = None,
    tell: TellMe | None = None,
    asked: str | None = None,
) -> Reply:

    def drawn(scene: Scene) -> Card:
        return draw(answer, replace(scene, asked=asked), another=another, tell=tell)

    return Reply(drawn, for_the_asker_alone(answer), (words, answer) if words else None)


def _unknown_episode(words: str) -> Reply:
    if not words:
        return say(NO_EPISODES)
    return say(f"{unknown_episode(words)} Start typing, and pick one from the list that opens.")
