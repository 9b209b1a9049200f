"""What a library is searched by: three full-text indexes, a forward index of each, and who says what.

Documents go in by episode, into memory or into folders side by side. Which episodes, and when, is decided in the cache.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.model import Episode, EpisodeId, Passage
from knowledge.search.index import documents
from knowledge.search.index.forward import Coded, ForwardIndex, ForwardWriter, rows_of
from knowledge.search.index.fulltext import Document, Stemmed, TextIndex, TextWriter, stemmed
from knowledge.search.index.voices import Voiced, Voices, VoicesWriter, voiced

_NOTES: Final = "notes"
_SPOKEN: Final = "spoken"
_ABOUT: Final = "about"
_NOTED: Final = "noted"
_TALK: Final = "talk"
_TITLES: Final = "titles"
_VOICES: Final = "voices"
_ROWS: Final = (_NOTED, _TALK, _TITLES)
GROWING: Final = (*_ROWS, _VOICES)
"""The folders of those parts whose files may be longer than what is read of them."""
PARTS: Final = (_NOTES, _SPOKEN, _ABOUT, *GROWING)
"""The folders of the parts."""


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


@dataclass(frozen=True, slots=True)
class Talk:
    """What an episode's talk adds to the arrays; its title has a row only beside that."""

    rows: Coded
    voices: Voiced
    title: Coded


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an episode adds to the index, all worked out: plain values, that other processes can send.

    Attributes:
        noted: None where nothing is noted.
        talk: None where there is no transcript.
    """

    id: EpisodeId
    notes: tuple[Stemmed, ...]
    spoken: tuple[Stemmed, ...]
    about: tuple[Stemmed, ...]
    noted: Coded | None
    talk: Talk | None


def prepared(episode: Episode, said: Iterable[Passage]) -> Prepared:
    """Work out what an episode with its passages, in order, adds to the index."""
    notes, spoken = tuple(documents.notes(episode)), tuple(documents.spoken(said))
    about = (documents.about(episode),)
    return Prepared(
        episode.id,
        tuple(map(stemmed, notes)),
        tuple(map(stemmed, spoken)),
        tuple(map(stemmed, about)),
        rows_of(notes)[0] if notes else None,
        _talk(spoken, about) if spoken else None,
    )


def _talk(spoken: Sequence[Document], about: Sequence[Document]) -> Talk:
    rows, counts = rows_of(spoken)  # a stretch of talk has passages, and nothing else
    passages = (passage for each in spoken for passage in each.passages)
    return Talk(rows, voiced(zip(passages, counts, strict=True)), rows_of(about)[0])


class TextsWriter:
    """Adds episodes; at most one at a time may be open on a folder."""

    def __init__(self, place: Path | None = None, without: Collection[EpisodeId] = ()) -> None:
        """Write to what is in a folder but some episodes, making it where there is nothing, or to memory."""
        folders = {part: place / part if place else None for part in PARTS}
        for folder in filter(None, folders.values()):
            folder.mkdir(parents=True, exist_ok=True)
        self._texts = [TextWriter(folders[part]) for part in (_NOTES, _SPOKEN, _ABOUT)]
        self._noted, self._talk, self._titles = (ForwardWriter.on(folders[part], without) for part in _ROWS)
        self._voices = VoicesWriter.on(folders[_VOICES], without)
        for id in without:
            for writer in self._texts:
                writer.remove(id)

    def add(self, episode: Prepared, ordinal: int) -> None:
        """Add an episode; no other has its ordinal, a number from 0."""
        for writer, made in zip(self._texts, (episode.notes, episode.spoken, episode.about), strict=True):
            writer.add(made, ordinal)
        if episode.noted:
            self._noted.add(episode.id, ordinal, episode.noted)
        if episode.talk:
            self._talk.add(episode.id, ordinal, episode.talk.rows)
            self._voices.add(episode.id, episode.talk.voices)
            self._titles.add(episode.id, ordinal, episode.talk.title)

    def finish(self) -> Texts:
        """Commit all that was added and removed, and open it for reading."""
        notes, spoken, about = (writer.finish() for writer in self._texts)
        noted, talk, titles = (writer.finish() for writer in (self._noted, self._talk, self._titles))
        return Texts(notes, spoken, about, noted, talk, titles, self._voices.finish())
