"""The values that everything else works with: episodes and what was said in them.

Frozen and plain. No parsing, files or ranking here, and no words that are not in the source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NewType, TypeAlias

EpisodeId = NewType("EpisodeId", str)
"""The name of the episode's folder: lower-case letters, digits and hyphens, such as `lex-fridman-494`."""

ItemId = NewType("ItemId", str)
"""Identifies an episode by its `EpisodeId`, or something in it: `episode/topic/name`, `episode/quote/name`,
`episode/passage/number`. Stable for as long as the folder keeps its name; at most 90 characters."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person in an episode: the full name people know, and other names they go by."""

    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """Where an episode can be opened, as absolute http(s) addresses; None if the library has none."""

    page: str | None = None
    youtube: str | None = None
    spotify: str | None = None
    audio: str | None = None
    apple: str | None = None

    @property
    def first(self) -> str | None:
        """Where to send people who want the episode: its page, otherwise where it can be watched or heard."""
        return self.page or self.youtube or self.spotify or self.apple or self.audio


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of an episode and its show in feeds and directories; None if the library doesn't have one.

    Attributes:
        podcast: the show's `podcast:guid`.
        guid: the episode's guid in its feed.
        apple: the show's id at Apple Podcasts.
        podcastindex: the show's id at the Podcast Index.
        podcastindex_episode: the episode's id at the Podcast Index.
    """

    podcast: str | None = None
    guid: str | None = None
    apple: str | None = None
    podcastindex: str | None = None
    podcastindex_episode: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Something that was said, verbatim from the source.

    Attributes:
        speaker: None if the source doesn't name one; never guessed.
        start: time from the beginning of the episode, None if unknown.
        source: where the words were taken from, in terms a listener understands.
    """

    id: ItemId
    episode: EpisodeId
    text: str
    source: str
    speaker: str | None = None
    start: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A readable stretch of a transcript by one speaker, verbatim.

    Attributes:
        number: its position in the episode, counted from 0; neighbours differ by one.
        speaker: None if the transcript doesn't name one; never guessed.
        start: time from the beginning of the episode, None if unknown.
        approximate: whether `start` was interpolated from markers further away.
        aloud: whether the speaker is reading somebody else's words aloud.
    """

    id: ItemId
    episode: EpisodeId
    number: int
    text: str
    source: str
    speaker: str | None = None
    start: timedelta | None = None
    approximate: bool = False
    aloud: bool = False

    @property
    def voice(self) -> tuple[str | None, bool]:
        """Whose words these are: the speaker, and whether they are reading somebody else's."""
        return self.speaker, self.aloud


@dataclass(frozen=True, slots=True)
class Topic:
    """Something an episode is about, in a summary that says no more than its source.

    Attributes:
        names: other names people use for it: abbreviations, synonyms.
        quotes: the quotes that bear on it.
        related: other topics of the same episode.
        start: when the episode turns to it, None if unknown.
    """

    id: ItemId
    episode: EpisodeId
    title: str
    summary: str
    source: str
    names: tuple[str, ...] = ()
    quotes: tuple[ItemId, ...] = ()
    related: tuple[ItemId, ...] = ()
    start: timedelta | None = None


Item: TypeAlias = Topic | Quote | Passage
"""Anything that a search can find."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to search.

    Attributes:
        episode: only this episode; None for several or all.
        within: only these episodes; None for all.
        speaker: only what this person says; None for anybody.
        labels: other names by which transcripts name that person; only counts look at them.
        show: the show, as the library spells it, or the id of the episode to search if nothing else limits the search;
            ignored if it no longer exists. Whoever asks sets it, and `bot` replaces it by its episodes.
    """

    episode: EpisodeId | None = None
    within: frozenset[EpisodeId] | None = None
    speaker: str | None = None
    labels: tuple[str, ...] = ()
    show: str | None = None


EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode and what its folder says about it; the transcript's passages are stored separately.

    Attributes:
        number: as the show prints it, such as `494` or `3.5`; None if it has none.
        season: None if the show has none or it is unknown.
        source: what the notes are based on, in terms a listener understands.
        image: the address of its picture, or of its show's.
    """

    id: EpisodeId
    title: str
    show: str
    source: str
    number: str | None = None
    season: int | None = None
    subtitle: str | None = None
    summary: str | None = None
    published: date | None = None
    duration: timedelta | None = None
    hosts: tuple[Person, ...] = ()
    guests: tuple[Person, ...] = ()
    links: Links = field(default_factory=Links)
    ids: Ids = field(default_factory=Ids)
    topics: tuple[Topic, ...] = ()
    quotes: tuple[Quote, ...] = ()
    image: str | None = None
