"""What people want to see, and how a button carries it: enough to make its answer again after a restart.

Ids wherever there are some. An answer that has none (a guest's name, a verdict) is asked for again with the
words it was asked with; nothing is kept between a message and the press of its button.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from bot.port.messages import Answer, EpisodeId, Fact, Found, Help, ItemId, NotFound, QuoteCheck, Several, Unsure
from bot.port.showing import Beside, Open
from bot.port.visibility import may_be_shared

from .blocks import VALUE, carried, carrying, fits


class StaleError(Exception):
    """A button carries something this version does not read."""


@dataclass(frozen=True, slots=True)
class AskQuestion:
    """A question to answer.

    Attributes:
        about: the words of somebody else that it is about, which no button carries.
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
    """A quote to draw, another each time."""

    about: str | None = None
    speaker: str | None = None
    episode: EpisodeId | None = None


@dataclass(frozen=True, slots=True)
class ListTopics:
    """The topics of an episode, or all of them."""

    episode: EpisodeId | None = None


@dataclass(frozen=True, slots=True)
class ShowEpisode:
    """What an episode is; the newest for None."""

    episode: EpisodeId | None = None


Recall: TypeAlias = Open | Beside | AskQuestion | CheckWords | DrawQuote | ListTopics | ShowEpisode


def encode(what: Recall) -> str | None:
    """Write it down for a button; None where it does not fit."""
    match what:
        case Open(ids):
            fields: dict[str, object] = {"items": ids}
        case Beside(id):
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


def decode(value: str) -> Recall:
    """Read what `encode` wrote.

    Raises:
        StaleError: it is something else, from another version perhaps.
    """
    match carried(value):
        case {"items": [*ids]} if ids and all(isinstance(each, str) for each in ids):
            return Open(tuple(map(ItemId, ids)))
        case {"around": str(id)} if id:
            return Beside(ItemId(id))
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


def shareable(what: Recall, answer: Answer) -> Recall | None:
    """Name what shows the same answer to others; None where it is only the asker's business."""
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
            # As understood: a follow-up has to stand alone where its conversation is not known.
            again: Recall = AskQuestion(understood or what.text, episode)
            return again if encode(again) else items
        case _:
            return what if encode(what) else items
