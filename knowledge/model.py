"""The values that everything else works with: episodes and what was said in them.

Frozen and plain. No parsing, no files, no ranking, and no words that are not in the source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NewType, TypeAlias

EpisodeId = NewType("EpisodeId", str)
"""The name of the episode's folder: lower-case letters, digits and hyphens, such as `lex-fridman-494`."""

ItemId = NewType("ItemId", str)
"""Names an episode by its `EpisodeId`, or one thing in it: `episode/topic/name`, `episode/quote/name`,
`episode/passage/number`. Stable for as long as the folder keeps the name; 90 characters at most."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person in an episode, by the full name people know them by, and other names they go by."""

    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """Where an episode can be opened, as absolute http(s) addresses; None where the library has none."""

    page: str | None = None
    youtube: str | None = None
    spotify: str | None = None
    audio: str | None = None
    apple: str | None = None

    @property
    def first(self) -> str | None:
        """Where to send people who want the episode: its page, or else where it can be watched or heard."""
        return self.page or self.youtube or self.spotify or self.apple or self.audio


@dataclass(frozen=True, slots=True)
class Ids:
    """What an episode and its show are called wherever they are hosted; None where the library has no such id.

    Attributes:
        podcast: the show's `podcast:guid`.
        guid: the episode's, as its feed has it.
        apple: the show's at Apple Podcasts.
        podcastindex: the show's at the Podcast Index.
        podcastindex_episode: the episode's there.
    """

    podcast: str | None = None
    guid: str | None = None
    apple: str | None = None
    podcastindex: str | None = None
    podcastindex_episode: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that were said, letter for letter as the source has them.

    Attributes:
        speaker: None where the source does not name one; never guessed.
        start: time from the beginning of the episode, None where unknown.
        source: what the words were taken from, in words a listener understands.
    """

    id: ItemId
    episode: EpisodeId
    text: str
    source: str
    speaker: str | None = None
    start: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A readable stretch of a transcript by one speaker, letter for letter.

    Attributes:
        number: its place in the episode, counted from 0; neighbours differ by one.
        speaker: None where the transcript does not name one; never guessed.
        start: time from the beginning of the episode, None where unknown.
        approximate: whether `start` was worked out from markers further away.
        aloud: whether the speaker reads somebody else's words aloud.
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
        """Whose words it has: who speaks, and whether they read somebody else's."""
        return self.speaker, self.aloud


@dataclass(frozen=True, slots=True)
class Topic:
    """Something an episode is about, in a summary that says no more than its source.

    Attributes:
        names: other names people use for it: abbreviations, synonyms.
        quotes: the quotes that bear on it.
        related: other topics of the same episode.
        start: where the episode turns to it, None where unknown.
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
"""What a search can find."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to search.

    Attributes:
        episode: in this one alone; None for several or all.
        within: in these; None for all there are.
        speaker: only what this person says; None for what anybody says.
    """

    episode: EpisodeId | None = None
    within: frozenset[EpisodeId] | None = None
    speaker: str | None = None


EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode and what its folder says about it; the transcript's passages are kept apart.

    Attributes:
        number: as the show prints it, such as `494` or `3.5`; None where it has none.
        season: None where the show has none or it isn't known.
        source: what the notes are based on, in words a listener understands.
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
