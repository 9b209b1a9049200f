"""Tells about an episode in its own words where nobody wrote notes: a digest of its transcript, marked as a program's.

What is cut out of the transcript is decided in `knowledge/search/digest.py`; the notes come first wherever they have
something.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering import sentences
from bot.answering.catalogue import Catalogue
from bot.port.excerpts import excerpt
from bot.port.messages import Episode, Fact, Found
from bot.port.wording import full_label
from bot.understanding.wants import FactKind
from knowledge.search import Search
from knowledge.search.digest import Digest

_QUOTES = 5
"""Picked quotes that are shown as the best parts."""

_LINE = 160
"""Characters on what an episode is about, where several episodes are listed."""


@dataclass(frozen=True, slots=True)
class Digests:
    """What the episodes of one library are about."""

    _catalogue: Catalogue
    _search: Search

    def of(self, kind: FactKind, episode: Episode) -> Found | Fact | None:
        """Tell what an episode is about, from its notes or in its own words; None where `facts` says all there is."""
        match kind:
            case FactKind.CHAPTERS if episode.topics:
                return Fact(sentences.chapters(episode, episode.topics), (episode,), related=episode.topics)
            case FactKind.BEST if episode.quotes:
                return self._picked(episode)
            case FactKind.SUMMARY if episode.summary or episode.subtitle or episode.topics:
                return None
            case FactKind.SUMMARY | FactKind.CHAPTERS | FactKind.BEST:
                digest = self._search.digest(episode.id)
                return self._told(kind, episode, digest) if digest else None
            case _:
                return None

    def opening(self, episode: Episode) -> str | None:
        """Say in an episode's own words what it announces, None where the notes say what it is about."""
        if episode.summary or episode.subtitle:
            return None
        digest = self._search.digest(episode.id)
        return sentences.announced(digest.announced) if digest else None

    def line(self, episode: Episode) -> str:
        """Say in a line what an episode is about, by the notes or in its own words; its name where nothing does."""
        about = episode.summary or episode.subtitle
        digest = None if about else self._search.digest(episode.id)
        about = about or (digest.announced.text if digest else "")
        named = full_label(episode)
        return f"{named}: {excerpt(about, _LINE)}" if about else named

    def _told(self, kind: FactKind, episode: Episode, digest: Digest) -> Found | Fact | None:
        lines = tuple(self._catalogue.evidence(line, 1.0) for line in digest.lines)
        if kind is FactKind.CHAPTERS:
            return Fact(sentences.turns_of(episode, digest.turns), (episode,))
        if kind is FactKind.BEST:
            return Found(sentences.best_of(episode), 1.0, evidence=lines) if lines else None
        text = sentences.told_by_itself(episode, digest.announced, digest.turns, quoted=bool(lines))
        return Found(text, 1.0, evidence=lines, place=None if lines else episode)

    def _picked(self, episode: Episode) -> Found:
        quotes = tuple(self._catalogue.evidence(quote, 1.0) for quote in episode.quotes)
        more = tuple(quote.id for quote in quotes[_QUOTES:])
        return Found(sentences.picked_from(episode), 1.0, evidence=quotes[:_QUOTES], more=more)
