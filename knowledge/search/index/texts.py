"""What a library is searched by: three full-text indexes, a forward index of each, and who says what.

Documents go in by episode, into memory or into folders side by side. Which episodes, and when, is decided in the cache.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.model import Episode, EpisodeId, Passage
from knowledge.search.index import documents
from knowledge.search.index.forward import ForwardIndex, ForwardWriter
from knowledge.search.index.fulltext import TextIndex, TextWriter
from knowledge.search.index.voices import Voices, VoicesWriter

_NOTES: Final = "notes"
_SPOKEN: Final = "spoken"
_ABOUT: Final = "about"
_NOTED: Final = "noted"
_TALK: Final = "talk"
_TITLES: Final = "titles"
_VOICES: Final = "voices"
PARTS: Final = (_NOTES, _SPOKEN, _ABOUT, _NOTED, _TALK, _TITLES, _VOICES)
"""The folders of the parts."""
_ROWS: Final = (_NOTED, _TALK, _TITLES)


@dataclass(frozen=True, slots=True)
class Texts:
    """All documents of a library.

    Attributes:
        notes: topics and quotes; `noted` has a row for each.
        spoken: stretches of talk; `talk` has a row for each.
        about: what an episode is said to be about; `titles` has a row for each that has talk.
        voices: who speaks in the talk, with a row for each passage of it.
    """

    notes: TextIndex
    spoken: TextIndex
    about: TextIndex
    noted: ForwardIndex
    talk: ForwardIndex
    titles: ForwardIndex
    voices: Voices

    @classmethod
    def open(cls, place: Path) -> Texts:
        """Open what a writer wrote to a folder.

        Raises:
            DamagedIndexError: a part is missing or damaged.
        """
        notes, spoken, about = (TextIndex.open(place / part) for part in (_NOTES, _SPOKEN, _ABOUT))
        noted, talk, titles = (ForwardIndex.open(place / part) for part in _ROWS)
        return cls(notes, spoken, about, noted, talk, titles, Voices.open(place / _VOICES))


class TextsWriter:
    """Adds episodes; at most one at a time may be open on a folder."""

    def __init__(self, place: Path | None = None, without: Collection[EpisodeId] = ()) -> None:
        """Write to what is in a folder but some episodes, making it where there is nothing, or to memory."""
        self._place = place
        folders = {part: place / part if place else None for part in PARTS}
        for folder in filter(None, folders.values()):
            folder.mkdir(parents=True, exist_ok=True)
        self._texts = [TextWriter(folders[part]) for part in (_NOTES, _SPOKEN, _ABOUT)]
        self._noted, self._talk, self._titles = (ForwardWriter.on(folders[part], without) for part in _ROWS)
        self._voices = VoicesWriter.on(folders[_VOICES], without)
        for id in without:
            for writer in self._texts:
                writer.remove(id)

    def add(self, episode: Episode, said: Iterable[Passage], ordinal: int) -> None:
        """Add an episode with its passages, in order; no other has its ordinal, a number from 0."""
        notes, spoken, about = (
            tuple(documents.notes(episode)),
            tuple(documents.spoken(said)),
            (documents.about(episode),),
        )
        for writer, made in zip(self._texts, (notes, spoken, about), strict=True):
            writer.add(made, ordinal)
        if notes:
            self._noted.add(notes, ordinal)
        if spoken:
            counts = self._talk.add(spoken, ordinal)  # a stretch of talk has passages, and nothing else
            passages = (passage for each in spoken for passage in each.passages)
            self._voices.add(episode.id, zip(passages, counts, strict=True))
            self._titles.add(about, ordinal)

    def finish(self) -> Texts:
        """Commit all that was added and removed, and open it for reading."""
        notes, spoken, about = (writer.finish() for writer in self._texts)
        noted, talk, titles = (writer.finish() for writer in (self._noted, self._talk, self._titles))
        voices = self._voices.finish()
        for part, index in ((_NOTED, noted), (_TALK, talk), (_TITLES, titles), (_VOICES, voices)):
            if self._place:
                index.save(self._place / part)
        return Texts(notes, spoken, about, noted, talk, titles, voices)
