"""What a button shows, encoded as its value: enough to make the answer again after a restart.

Mostly ids. For an answer without any, such as a guest's name or a verdict, and for its thumbs, the value has the words
of the question; nothing is stored between a message and the press of its button.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from bot.port.logbook import LONGEST_WORDS, AnswerId
from bot.port.messages import Answer, EpisodeId, Fact, Found, Help, ItemId, NotFound, QuoteCheck, Several, Unsure
from bot.port.presentation import InContext, Open
from bot.port.visibility import may_be_shared

from .blocks import VALUE, carried, carrying, fits


class StaleError(Exception):
    """This version can't decode the value of a button."""


@dataclass(frozen=True, slots=True)
class AskQuestion:
    """A question to answer.

    Attributes:
        about: somebody else's words that it is about; not encoded.
    """

    text: str
    episode: EpisodeId | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class CheckWords:
    """Words to check against what was said."""

    words: str
    episode: EpisodeId | None = None


@dataclass(frozen=True, slots=True)
class DrawQuote:
    """A random quote, another one each time."""

    about: str | None = None
    speaker: str | None = None
    episode: EpisodeId | None = None


@dataclass(frozen=True, slots=True)
class ListTopics:
    """The topics of an episode, or all of them."""

    episode: EpisodeId | None = None


@dataclass(frozen=True, slots=True)
class ShowEpisode:
    """An episode's card; None for the newest."""

    episode: EpisodeId | None = None


ButtonValue: TypeAlias = Open | InContext | AskQuestion | CheckWords | DrawQuote | ListTopics | ShowEpisode


@dataclass(frozen=True, slots=True)
class Rated:
    """An answer that can be rated, and its question."""

    answer: AnswerId
    words: str


def encode_vote(rated: Rated, *, useful: bool) -> str:
    """Encode a vote for a button, with as many of the words as fit."""
    words = rated.words[:LONGEST_WORDS]
    while not fits(written := carrying({"rate": rated.answer, "useful": useful, "words": words}), VALUE):
        words = words[: len(words) // 2]
    return written


def decode_vote(value: str) -> tuple[Rated, bool]:
    """Decode a vote, and whether the answer was useful.

    Raises:
        StaleError: it is no vote, or from another version.
    """
    match carried(value):
        case {"rate": str(answer), "useful": bool(useful), "words": str(words)} if answer:
            return Rated(AnswerId(answer), words), useful
        case _:
            raise StaleError


def encode(what: ButtonValue) -> str | None:
    """Encode it for a button; None if it is too long."""
    match what:
        case Open(ids):
            fields: dict[str, object] = {"items": ids}
        case InContext(id):
            fields = {"around": id}
        case AskQuestion(words, episode):
            fields = {"ask": words, "episode": episode}
        case CheckWords(words, episode):
            fields = {"said": words, "episode": episode}
        case DrawQuote(about, speaker, episode):
            fields = {"draw": about, "speaker": speaker, "episode": episode}
        case ListTopics(episode):
            fields = {"topics": episode}
        case ShowEpisode(episode):
            fields = {"card": episode}
        case _:
            assert_never(what)
    written = carrying(fields)
    return written if fits(written, VALUE) else None


def decode(value: str) -> ButtonValue:
    """Decode the value of a button.

    Raises:
        StaleError: it isn't valid, perhaps from another version.
    """
    match carried(value):
        case {"items": [*ids]} if ids and all(isinstance(each, str) for each in ids):
            return Open(tuple(map(ItemId, ids)))
        case {"around": str(id)} if id:
            return InContext(ItemId(id))
        case {"ask": str(words), "episode": str() | None as episode}:
            return AskQuestion(words, _episode(episode))
        case {"said": str(words), "episode": str() | None as episode}:
            return CheckWords(words, _episode(episode))
        case {"draw": str() | None as about, "speaker": str() | None as speaker, "episode": str() | None as episode}:
            return DrawQuote(about, speaker, _episode(episode))
        case {"topics": str() | None as episode}:
            return ListTopics(_episode(episode))
        case {"card": str() | None as episode}:
            return ShowEpisode(_episode(episode))
        case _:
            raise StaleError


def _episode(id: str | None) -> EpisodeId | None:
    return None if id is None else EpisodeId(id)


def shareable(what: ButtonValue, answer: Answer) -> ButtonValue | None:
    """Return the value that shows the same answer to others; None if it is of use only to the asker."""
    ids: tuple[ItemId, ...] = ()
    match answer:
        case Found():
            understood = answer.understood
            ids = tuple(said.id for said in answer.evidence) or tuple(topic.id for topic in answer.topics)
        case QuoteCheck():
            understood = answer.understood
            ids = tuple(said.id for said in answer.evidence)
        case Fact():
            understood = answer.understood
        case Several(parts):
            if not may_be_shared(answer):
                return None
            understood = " ".join(f"{part.asked.rstrip('?')}?" for part in parts)
        case Unsure() | NotFound() | Help():
            return None
        case _:
            assert_never(answer)
    items = Open(ids) if ids else None
    match what:
        case DrawQuote():
            return items
        case AskQuestion(_, episode):
            # As understood: others lack the conversation that a follow-up refers to.
            again: ButtonValue = AskQuestion(understood or what.text, episode)
            return again if encode(again) else items
        case _:
            return what if encode(what) else items
