"""Interprets a line typed into the chat: a question, a number to pick, or a command.

Lines in, drawings out; it neither reads nor prints. The assistant answers the questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import assert_never

from adapters.terminal.render import (
    Addresses,
    AskThis,
    Drawing,
    Narrow,
    Offers,
    Pick,
    draw,
    draw_episodes,
    draw_notes,
    draw_topics,
    episode_name,
    safe_label,
)
from bot.port.messages import EVERYWHERE, Answer, Assistant, ConversationId, EpisodeId, Question, QuoteFilter, Scope
from bot.port.presentation import InContext, Open
from bot.port.wording import NO_TOPICS, unknown_episode

CONVERSATION = ConversationId("terminal")

_ALL = "all"
_LEAVING = frozenset({"/quit", "/exit", "quit", "exit"})
_NUMBER = re.compile(r"[\[#]?([0-9]{1,2})[\].]?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ChatCommand:
    """Something the chat does besides answering."""

    name: str
    takes: str
    does: str


COMMANDS = (
    ChatCommand("/quote", "[about]", "a random quote, on a subject if you name one"),
    ChatCommand("/topics", "", "what you can ask about"),
    ChatCommand("/episode", "[id]", "ask one episode only; “/episode all” goes back to all of them"),
    ChatCommand("/help", "", "this help"),
    ChatCommand("/quit", "", "leave, like Ctrl-D"),
)


class TerminalChat:
    """One person's chat: remembers the numbers last shown, and the episode that questions are limited to."""

    def __init__(
        self, assistant: Assistant, episode: EpisodeId | None = None, addresses: Addresses = Addresses.WRITTEN
    ) -> None:
        self._assistant = assistant
        self._addresses = addresses
        self._scope = Scope(episode)
        self._picks: tuple[Pick, ...] = ()

    async def welcome(self) -> Drawing:
        """Say what can be asked here."""
        known = await self._assistant.episodes(limit=2)
        where = episode_name(known[0]) if len(known) == 1 else "the episodes"
        return draw_notes(
            f"Ask what was said in {where}. I answer with the real words, and say where you can hear them.",
            "/topics lists what you can ask about, /help says how. Ctrl-D leaves.",
        )

    async def reply(self, line: str) -> Drawing | None:
        """Answer a line; None if it ends the chat."""
        line = line.strip()
        if line.casefold() in _LEAVING:
            return None
        drawing = await self._drawing(line)
        self._picks = drawing.picks
        return drawing

    async def _drawing(self, line: str) -> Drawing:
        if line.startswith("/"):
            command, _, rest = line.partition(" ")
            return await self._command(command.casefold(), rest.strip())
        if self._picks and (number := _NUMBER.fullmatch(line)):
            return await self._picked(int(number[1]))
        return await self._ask(line)

    async def _ask(self, text: str) -> Drawing:
        return self._draw(await self._assistant.ask(Question(text, self._scope, CONVERSATION)))

    def _draw(self, answer: Answer) -> Drawing:
        return draw(answer, Offers.NUMBERED, self._addresses)

    async def _picked(self, number: int) -> Drawing:
        if not 1 <= number <= len(self._picks):
            kept = draw_notes(f"Pick a number from 1 to {len(self._picks)}, or ask in your own words.")
            return Drawing(kept.lines, self._picks)
        match self._picks[number - 1]:
            case Open(items):
                return self._draw(await self._assistant.open(*items, conversation=CONVERSATION))
            case InContext(item):
                return self._draw(await self._assistant.around(item, CONVERSATION))
            case AskThis(text):
                return await self._ask(text)
            case Narrow(episode):
                return await self._narrow(episode)
            case other:
                assert_never(other)

    async def _command(self, command: str, rest: str) -> Drawing:
        match command:
            case "/quote":
                wanted = QuoteFilter(rest or None, self._scope, conversation=CONVERSATION)
                return self._draw(await self._assistant.random_quote(wanted))
            case "/topics":
                topics = await self._assistant.topics(self._scope)
                return draw_topics(topics, Offers.NUMBERED) if topics else draw_notes(NO_TOPICS)
            case "/episode":
                return await self._narrow(rest) if rest else await self._episodes()
            case "/help":
                return await self._help()
            case _:
                near = get_close_matches(command, [each.name for each in COMMANDS], n=1)
                hint = f"Did you mean {near[0]}?" if near else "/help lists the commands."
                return draw_notes(f"I don't know {safe_label(command, 30)}. {hint}")

    async def _narrow(self, wanted: str) -> Drawing:
        if wanted.casefold() == _ALL:
            self._scope = EVERYWHERE
            return draw_notes("Asking all episodes again.")
        episode = await self._assistant.episode(EpisodeId(wanted))
        if episode is not None:
            self._scope = Scope(episode.id)
            return draw_notes(f"Asking {episode_name(episode)} only. “/episode all” goes back to all of them.")
        near = await self._assistant.episodes(wanted, _OFFERED) or await self._assistant.episodes(limit=_OFFERED)
        missing = f"{unknown_episode(safe_label(wanted))} One of these?"
        return _under(missing, draw_episodes(near, Offers.NUMBERED))

    async def _episodes(self) -> Drawing:
        listed = await self._assistant.episodes(limit=_LISTED)
        episode = await self._assistant.episode(self._scope.episode) if self._scope.episode else None
        here = "all episodes" if episode is None else f"{episode_name(episode)} only"
        return _under(f"You are asking {here}. Pick another by its number:", draw_episodes(listed, Offers.NUMBERED))

    async def _help(self) -> Drawing:
        answer = self._draw(await self._assistant.ask(Question("help")))
        width = max(len(f"{command.name} {command.takes}") for command in COMMANDS)
        usage = (f"{f'{command.name} {command.takes}':<{width}}  {command.does}" for command in COMMANDS)
        return Drawing((*answer.lines, *draw_notes("", *usage).lines), answer.picks)


_OFFERED = 5
_LISTED = 20


def _under(heading: str, drawing: Drawing) -> Drawing:
    return Drawing((*draw_notes(heading).lines, *drawing.lines), drawing.picks)
