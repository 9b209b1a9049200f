"""Finds whoever is heard in transcripts and named in a question: "what did Ann say", "Ann Lee on wax".

There may be thousands, most of them heard once, so a part of a name counts only where somebody's name has to stand and
one of them is meant. Only names: what they said is for the search to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from bot.port.messages import Episode, EpisodeId
from bot.understanding.intents import subject
from bot.understanding.phrasebook import ASKING_FOR_A_QUOTE, EPISODE, SPEAKING
from bot.understanding.text import Words
from knowledge.search.words import fold

_LONGEST: Final = 5
"""Words in the longest name that somebody is known by."""
_FAR_MORE: Final = 2
"""How often one is heard, beside all others of the name, who is meant by a part of it."""
_REGULAR: Final = 1 / 400
"""Share of the episodes from which somebody is known by a part of the name."""
_NAMES_AS_WELL: Final = frozenset({"will", "may"})
"""Words that carry no subject, and are names."""
_ARTICLES: Final = frozenset({"the", "a", "an"})
_BEFORE: Final = ASKING_FOR_A_QUOTE | {"everything", "which", "when"}
"""Words after which a name stands alone, besides those that carry no subject anyway."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who is heard in transcripts, and where, newest first."""

    name: str
    episodes: tuple[Episode, ...]

    @property
    def words(self) -> frozenset[str]:
        """The words of the name, plain, also with the s of "Ann Lee's"."""
        words = {*Words(self.name).plain.split(), *fold(Words(self.name).plain).split()}
        return frozenset(each for word in words for each in (word, f"{word}s"))

    def apart(self, text: str) -> str:
        """Return a question without the name."""
        own = self.words
        return " ".join(word for word in text.split() if Words(word).plain not in own)


class Speakers:
    """All who are heard in a library, by their names."""

    def __init__(self, episodes: Iterable[Episode], heard: Mapping[EpisodeId, Iterable[str]]) -> None:
        """Take episodes newest first, and who speaks in the transcript of each."""
        self._heard: dict[str, list[tuple[str, Episode]]] = {}
        every = tuple(episodes)
        for episode in every:
            for name in heard.get(episode.id, ()):
                self._heard.setdefault(fold(Words(name).plain), []).append((name, episode))
        for show in {episode.show for episode in every}:
            self._heard.pop(fold(Words(show).plain), None)  # a clip of another show
        self._regular = len(every) * _REGULAR
        self._called: dict[str, list[str]] = {}
        for name in sorted(self._heard, key=lambda name: len(self._heard[name]), reverse=True):
            for part in {*name.split()[:1], *name.split()[-1:]}:
                if subject(part, EPISODE) or part in _NAMES_AS_WELL:
                    self._called.setdefault(part, []).append(name)

    def in_full(self, words: Words, episode: EpisodeId | None) -> Words:
        """Return the words with the whole name of somebody who is named by a part of it.

        Only where one is meant: the one of that name in the episode, or who is heard far more often than all others.
        """
        plain = fold(words.plain)
        if not self._heard or self._whole(plain) or len(plain) != len(words.plain):
            return words
        for part in _where_people_stand(plain):
            if (name := self._meant(part[1], episode)) and " " in name:
                whole = self._heard[name][0][0]
                return words.instead(part.start(1), part.end(1), whole if part[1] in name.split() else f"{whole}'s")
        return words

    def heard(self, plain: str) -> Speaker | None:
        """Return whoever plain text names: in full anywhere, by the only name they have where a name has to stand."""
        if not self._heard:  # nothing but notes
            return None
        plain = fold(plain)
        alone = (
            name for part in _where_people_stand(plain) if (name := self._meant(part[1], None)) and " " not in name
        )
        named = self._whole(plain) or next(alone, None)
        if named is None:
            return None
        theirs = self._heard[named]
        return Speaker(theirs[0][0], tuple(episode for _, episode in theirs))

    def _whole(self, plain: str) -> str | None:
        """Return the name of two words or more that stands in plain text, the longest there is."""
        return next((name for part in _parts(plain.split()) for name in _as_named(part) if name in self._heard), None)

    def _meant(self, part: str, episode: EpisodeId | None) -> str | None:
        """Return the name of the one who is called so."""
        called = next(filter(None, map(self._called.get, _as_named(part))), [])
        if episode is not None:
            there = [name for name in called if any(each.id == episode for _, each in self._heard[name])]
            if there:
                return there[0] if len(there) == 1 else None
        times = [len(self._heard[name]) for name in called]
        meant = times and times[0] >= self._regular and times[0] > _FAR_MORE * sum(times[1:])
        return called[0] if meant else None


def _where_people_stand(plain: str) -> Iterator[re.Match[str]]:
    found = chain.from_iterable(shape.finditer(plain) for shape in SPEAKING)
    return (each for each in found if _stands_alone(each, plain))


def _stands_alone(named: re.Match[str], plain: str) -> bool:
    """Tell whether a word is a name by itself: "the rich" is nobody, and "Ken Thompson" no Thompson that we know."""
    before, after = plain[: named.start(1)].split()[-1:], plain[named.end(1) :].split()[:1]
    if before and (before[0] in _ARTICLES or (named.start() == named.start(1) and subject(before[0], _BEFORE))):
        return False
    return not (after and named.end() == named.end(1) and subject(after[0]))


def _as_named(word: str) -> tuple[str, str]:
    """Return a word as a name may be it: "james", and the "ann" of "anns"."""
    return word, word.removesuffix("s")


def _parts(words: list[str]) -> Iterator[str]:
    for length in range(min(_LONGEST, len(words)), 1, -1):
        for at in range(len(words) - length + 1):
            yield " ".join(words[at : at + length])
