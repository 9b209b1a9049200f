"""All parts of a library's index: three full-text indexes, a forward index for each, and who says what.

Documents are added by episode, to memory or to neighbouring folders. Which episodes, and when, is decided in `cache`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.model import Episode, EpisodeId, Passage
from knowledge.search.index import documents
from knowledge.search.index.forward import Coded, ForwardIndex, ForwardWriter, rows_of
from knowledge.search.index.fulltext import TextIndex, TextWriter
from knowledge.search.index.stored import Document, Stemmed, stemmed
from knowledge.search.index.voices import Voiced, Voices, VoicesWriter, voiced

_WORDS: Final = ("notes", "spoken", "about")
_ROWS: Final = ("noted", "talk", "titles")
_VOICES: Final = "voices"
GROWING: Final = (*_ROWS, _VOICES)
"""Folders of the parts whose files may be longer than what we read of them."""
PARTS: Final = (*_WORDS, *GROWING)
"""Folders of all parts."""


@dataclass(frozen=True, slots=True)
class Texts:
    """All documents of a library.

    Attributes:
        notes: topics and quotes; `noted` has a row for each.
        spoken: stretches of talk; `talk` has a row for each.
        about: what each episode says it is about; `titles` has a row for each that has talk.
        voices: who speaks in the talk, with a row for each passage.
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
        """Open the index that a writer wrote to a folder.

        Raises:
            DamagedIndexError: a part is missing or damaged.
        """
        notes, spoken, about = (TextIndex.open(place / part) for part in _WORDS)
        noted, talk, titles = (ForwardIndex.open(place / part) for part in _ROWS)
        return cls(notes, spoken, about, noted, talk, titles, Voices.open(place / _VOICES))


@dataclass(frozen=True, slots=True)
class Talk:
    """What an episode's talk adds to the arrays, with the row of its title: only episodes with talk have one."""

    rows: Coded
    voices: Voiced
    title: Coded


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that an episode adds to the index: plain values that can be sent between processes.

    Attributes:
        noted: None if the episode has no topics or quotes.
        talk: None if there is no transcript.
    """

    id: EpisodeId
    notes: tuple[Stemmed, ...]
    spoken: tuple[Stemmed, ...]
    about: tuple[Stemmed, ...]
    noted: Coded | None
    talk: Talk | None


def prepared(episode: Episode, said: Iterable[Passage]) -> Prepared:
    """Prepare an episode with its passages, in order, for the index."""
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
    """Adds episodes to an index. At most one at a time may be open on a folder."""

    def __init__(self, place: Path | None = None, without: Collection[EpisodeId] = ()) -> None:
        """Write to the index in a folder without some episodes, creating it if there is none, or to memory."""
        folders = {part: place / part if place else None for part in PARTS}
        for folder in filter(None, folders.values()):
            folder.mkdir(parents=True, exist_ok=True)
        self._texts = [TextWriter(folders[part]) for part in _WORDS]
        self._noted, self._talk, self._titles = (ForwardWriter.on(folders[part], without) for part in _ROWS)
        self._voices = VoicesWriter.on(folders[_VOICES], without)
        for id in without:
            for writer in self._texts:
                writer.remove(id)

    def add(self, episode: Prepared, ordinal: int) -> None:
        """Add an episode; its ordinal, from 0, must be unique."""
        for writer, made in zip(self._texts, (episode.notes, episode.spoken, episode.about), strict=True):
            writer.add(made, ordinal)
        if episode.noted:
            self._noted.add(episode.id, ordinal, episode.noted)
        if episode.talk:
            self._talk.add(episode.id, ordinal, episode.talk.rows)
            self._voices.add(episode.id, episode.talk.voices)
            self._titles.add(episode.id, ordinal, episode.talk.title)

    def finish(self) -> Texts:
        """Commit all changes and open the index for reading."""
        notes, spoken, about = (writer.finish() for writer in self._texts)
        noted, talk, titles = (writer.finish() for writer in (self._noted, self._talk, self._titles))
        return Texts(notes, spoken, about, noted, talk, titles, self._voices.finish())
