"""Shows what was said at a time of an episode, and before and after some words.

Which words and which episode are meant is in the request; where they are is found in
`knowledge/search/transcript.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.answering import sentences
from bot.answering.catalogue import Catalogue
from bot.port.messages import Episode, Found, ItemId, NotFound
from knowledge.model import Passage
from knowledge.search import Search
from knowledge.search.parts import passage_of, through
from knowledge.search.transcript import EpisodeTalk, Side

_ONWARD: Final = 10
"""Number of following passages that are kept for "more"."""
_NEXT: Final = 3
"""Number of further passages in which somebody may speak again."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Reads the transcripts of one library at any place."""

    _catalogue: Catalogue
    _search: Search

    def at(self, time: timedelta, episode: Episode) -> Found | NotFound:
        """Show what is said at a time of an episode; `NotFound` if the transcript doesn't say."""
        transcript = EpisodeTalk(self._search.said_in(episode.id))
        if said := transcript.at(time):
            return self._shown(sentences.said_at(episode, time), said, transcript)
        text = sentences.cannot_tell_at(episode, time, transcript.end, spoken=bool(transcript.passages))
        return self._catalogue.nothing(text, episode.id)

    def beside(self, items: Sequence[ItemId], side: Side, speaking: Collection[str] = ()) -> Found | NotFound | None:
        """Show what is said before, after (preferably by `speaking`) or around items; None if they are gone."""
        words = {item: each for item in items if (each := self._catalogue.words(passage_of(item) or item))}
        if not words:
            return None
        episode = self._catalogue.episodes[next(iter(words.values())).episode]
        transcript = EpisodeTalk(self._search.said_in(episode.id))
        theirs = [
            part
            for item, each in words.items()
            if each.episode == episode.id
            for part in (through(item, transcript.passages[each.number :]) if isinstance(each, Passage) else [each])
        ]
        if said := transcript.beside(theirs, side):
            if side is Side.AFTER:
                onward = (said[0], *transcript.onward(said[0], _NEXT))
                said = tuple(each for each in onward if each.speaker in speaking) or said
            return self._shown(sentences.said_beside(episode, side), said, transcript)
        text = sentences.nothing_beside(episode, side, spoken=bool(transcript.passages))
        return self._catalogue.nothing(text, episode.id)

    def _shown(self, text: str, said: Sequence[Passage], transcript: EpisodeTalk) -> Found:
        evidence = tuple(self._catalogue.evidence(each, 1.0, after_others=place > 0) for place, each in enumerate(said))
        more = tuple(each.id for each in transcript.onward(said[-1], _ONWARD))
        return Found(text, 1.0, evidence=evidence, more=more)
