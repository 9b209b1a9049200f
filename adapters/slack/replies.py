"""Makes the message for a request, and decides who may see it.

Asks the assistant within the rate limits and has its answer drawn. Sends nothing and never raises: an error becomes an
apology with a reference to the log.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar, assert_never

from bot.port import settings_words, wording
from bot.port.cards import Draw
from bot.port.charts import DrawChart, chart_of
from bot.port.failures import note_failure
from bot.port.feedback import Feedback
from bot.port.messages import Answer, Assistant, EpisodeId, Found, Question, QuoteFilter, Scope
from bot.port.place_settings import PlaceSettings
from bot.port.presentation import InContext, Open
from bot.port.state import Limits, State
from bot.port.unasked import worth_saying
from bot.port.wishes import said_by_anybody, unanswered

from . import blocks as b
from .button_values import AskQuestion, ButtonValue, CheckWords, DrawQuote, ListTopics, Rated, ShowEpisode, shareable
from .cards import draw_privacy, episode_card, topic_list
from .commands import TypedCommand, Verb
from .destinations import Destination, Dialogue, Hook, InChannel
from .incoming import Source
from .places import Places
from .render import Extras, Message, draw, notice
from .settings import SettingsEditor

_log = logging.getLogger(__name__)

_AT_ONCE = 4
"""Maximum number of concurrent searches; while more questions wait, Slack still gets their acknowledgements."""

_T = TypeVar("_T")

_NO_EPISODE = "That episode isn't in the library any more."


@dataclass(frozen=True, slots=True)
class Reply:
    """A message, and whether only the asker is to see it; if so, `always` or only now and then."""

    message: Message
    aside: bool = False
    always: bool = True


class _UnknownEpisodeError(Exception):
    """Somebody named an episode that the library doesn't have."""


@dataclass(frozen=True, slots=True)
class Replies:
    """Makes the replies for one workspace.

    Attributes:
        draw_card: draws pictures of quotations; None if its libraries aren't installed, or it may not upload any.
        draw_chart: draws charts; None if they stay text.
    """

    _state: State
    _assistant: Assistant
    _limits: Limits
    _feedback: Feedback
    _settings: SettingsEditor
    _places: Places
    draw_card: Draw | None
    draw_chart: DrawChart | None
    _looking_up: asyncio.Semaphore = field(default_factory=partial(asyncio.Semaphore, _AT_ONCE))

    async def make(
        self, wanted: ButtonValue | TypedCommand, source: Source, to: Destination, *, again: bool = False
    ) -> Reply:
        """Make the message that answers at a place; an excuse where that goes wrong or too many are wanted.

        `again`: it is what a button stands for. Nothing new is asked, so the host learns nothing from it.
        """
        about_privacy = isinstance(wanted, TypedCommand) and wanted.verb is Verb.PRIVACY

        async def made(settings: PlaceSettings) -> Reply:
            if about_privacy:
                return Reply(draw_privacy(), aside=True)
            known = await self._wanted(wanted, settings) if isinstance(wanted, TypedCommand) else wanted
            return await self._reply(known, source, to, settings, again=again)

        return await self.guarded(source, made, even_if_off=about_privacy)

    async def unasked(self, asked: AskQuestion, source: Source, to: Destination) -> Reply | None:
        """Make the answer to a question that wasn't put to the bot; None where it isn't sure, or too much is asked."""
        if await self._limits.admit(source.person, source.room) is not None:
            return None
        settings = await self._settings.of(source)
        async with self._looking_up:
            answer = await self._answer(asked, source, settings)
        return await self._dressed(asked, answer, source, to, settings) if worth_saying(answer) else None

    async def guarded(
        self, source: Source, make: Callable[[PlaceSettings], Awaitable[_T]], *, even_if_off: bool = False
    ) -> _T | Reply:
        """Make something by what holds where it was wanted; an excuse where it fails, is off or is too much.

        Whatever people want to see is counted here, and nowhere else.
        """
        wait = await self._limits.admit(source.person, source.room)
        if wait is not None:
            return Reply(notice(wording.wait(wait)), aside=True, always=False)
        settings = await self._settings.of(source)
        if settings.off and not even_if_off:
            return Reply(notice(settings_words.OFF), aside=True)
        try:
            async with self._looking_up:
                return await make(settings)
        except _UnknownEpisodeError as error:
            return Reply(notice(str(error)), aside=True)
        except Exception as error:  # noqa: BLE001 - the edge: whatever broke, the asker hears of it, the log says where
            return Reply(notice(wording.sorry(note_failure(_log, error))), aside=True)

    async def _reply(
        self, wanted: ButtonValue, source: Source, to: Destination, settings: PlaceSettings, *, again: bool
    ) -> Reply:
        match wanted:
            case ListTopics(id):
                topics = await self._assistant.topics(Scope(id, show=settings.show))
                episode = None if id is None else await self._assistant.episode(id)
                return Reply(topic_list(topics, episode, _beside(wanted, to)), aside=not topics)
            case ShowEpisode(id):
                return await self._card(id, settings.show, _beside(wanted, to))
            case Open() | InContext() | AskQuestion() | CheckWords() | DrawQuote():
                answer = await self._answer(wanted, source, settings)
                return await self._dressed(wanted, answer, source, to, settings, again=again)
            case _:
                assert_never(wanted)

    async def _dressed(
        self,
        wanted: Open | InContext | AskQuestion | CheckWords | DrawQuote,
        answer: Answer,
        source: Source,
        to: Destination,
        settings: PlaceSettings,
        *,
        again: bool = False,
    ) -> Reply:
        """Draw an answer with the buttons that go with it, and note what was asked."""
        aside = isinstance(to, Hook) and to.public and shareable(wanted, answer) is None
        extras = replace(
            _extras(wanted, answer, to, aside=aside),
            tell=self._open_question(wanted, answer),
            player=await self._state.players.of(source.person),
        )
        words = wanted.about if isinstance(wanted, DrawQuote) else _words(wanted)
        noted = None
        public = not isinstance(to, Dialogue) and to.public
        if words and not again:
            noted = self._feedback.note(words, await self._places.of(source, private=not public), answer)
        if not isinstance(to, Dialogue):  # it has no room for thumbs, and none beside it for a picture
            rated = Rated(noted, words) if noted and words and settings.feedback else None
            # Slack documents no picture of the app's own in a message for one person.
            chart = await chart_of(answer, self.draw_chart) if public and not aside else None
            extras = replace(extras, rated=rated, pictures=self.draw_card is not None, chart=chart)
        return Reply(draw(answer, extras), aside=aside)

    def _open_question(self, wanted: ButtonValue, answer: Answer) -> AskQuestion | None:
        match wanted:
            case _ if self._state.wishes is None:
                return None
            case AskQuestion(words, episode):
                question = unanswered(words, answer)
            case CheckWords(words, episode):
                question = unanswered(said_by_anybody(words), answer)
            case _:
                return None
        return None if question is None else AskQuestion(question, episode)

    async def _answer(
        self, wanted: Open | InContext | AskQuestion | CheckWords | DrawQuote, source: Source, settings: PlaceSettings
    ) -> Answer:
        match wanted:
            case Open(ids):
                return await self._assistant.open(*ids, conversation=source.conversation)
            case InContext(id):
                return await self._assistant.around(id, source.conversation)
            case AskQuestion(words, episode, about):
                return await self._assistant.ask(
                    Question(words, Scope(episode, show=settings.show), source.conversation, source.message, about)
                )
            case CheckWords(words, episode):
                return await self._assistant.verify(words, Scope(episode, show=settings.show))
            case DrawQuote(about, speaker, episode):
                return await self._assistant.random_quote(
                    QuoteFilter(about, Scope(episode, speaker=speaker, show=settings.show), source.room)
                )
            case _:
                assert_never(wanted)

    async def _card(self, id: EpisodeId | None, show: str | None, extras: Extras) -> Reply:
        known = await self._assistant.episodes(limit=2)
        newest = await self._assistant.episodes(limit=1, scope=Scope(show=show)) if id is None else ()
        episode = newest[0] if newest else await self._assistant.episode(id) if id else None
        if episode is None:
            return Reply(notice(_NO_EPISODE if known else wording.NO_EPISODES), aside=True)
        return Reply(episode_card(episode, extras, others=len(known) > 1))

    async def _wanted(self, order: TypedCommand, settings: PlaceSettings) -> ButtonValue:
        """Say what a command asks for; raises _UnknownEpisodeError."""
        match order.verb:
            case Verb.ASK:
                return AskQuestion(order.words, await self._named(order.episode, settings))
            case Verb.QUOTE:
                return DrawQuote(order.words or None, order.speaker, await self._named(order.episode, settings))
            case Verb.TOPICS:
                return ListTopics(await self._named(order.episode or order.words, settings))
            case Verb.EPISODE:
                return ShowEpisode(await self._named(order.episode or order.words, settings))
            case Verb.VERIFY:
                return CheckWords(order.words, await self._named(order.episode, settings))
            case Verb.HELP | Verb.MINE | Verb.PRIVACY | Verb.QUIZ | Verb.FILL:  # all but the first are answered before
                return AskQuestion(order.words)
            case _:
                assert_never(order.verb)

    async def _named(self, episode: str | None, settings: PlaceSettings) -> EpisodeId | None:
        if not episode:
            return None
        found = await self._assistant.episodes(matching=episode, limit=1, scope=Scope(show=settings.show))
        if not found:
            raise _UnknownEpisodeError(wording.unknown_episode(b.shorten(episode, 100)))
        return found[0].id


def _extras(wanted: ButtonValue, answer: Answer, to: Destination, *, aside: bool) -> Extras:
    """What goes with an answer, by who sees it."""
    another = wanted if isinstance(wanted, DrawQuote) and isinstance(answer, Found) else None
    again = shareable(wanted, answer)
    match to:
        case Hook(public=True) if not aside:
            return replace(_beside(again, to), asked=_words(wanted), another=another)
        case Hook():
            return Extras(share=again, another=another)
        case _:
            return replace(_beside(again, to), another=another)


def _beside(again: ButtonValue | None, to: Destination) -> Extras:
    """What goes with anything that is shown: the only person who sees it may share it, for others it has a bin."""
    match to:
        case InChannel(public=False) | Hook(public=False):
            return Extras(share=again)
        case InChannel(user=user) | Hook(user=user):
            return Extras(asker=user)
        case Dialogue():
            return Extras(art=False)  # Slack refuses a whole view for a picture that it can't get
        case _:
            assert_never(to)


def _words(wanted: ButtonValue) -> str | None:
    match wanted:
        case AskQuestion(words) | CheckWords(words):
            return words
        case _:
            return None
