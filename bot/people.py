"""Finds the people that a question names, and whose words it asks for: "a quote by Jane", "jane smith on china".

Only names: what somebody said is for the search and the shelf to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from bot.intents import subject
from bot.phrasebook import EPISODE, SPEAKING
from bot.port import Episode, EpisodeId
from bot.reading import Words

_BY = r"(?:by|from|of)"
_LONGEST = 5
"""Words in the longest name that somebody heard in a transcript is known by."""
_FAR_MORE = 2
"""How often one is heard, beside all others of the name, who is meant by a part of it."""
_WORDS = r"(?:said|says|say|quotes?|lines?|words|best|wisest|funniest|finest|greatest)"


@dataclass(frozen=True, slots=True)
class _Shape:
    """A way of naming somebody, with the names by what was written."""

    pattern: re.Pattern[str]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who is heard in transcripts, and where, newest first."""

    name: str
    episodes: tuple[Episode, ...]

    @property
    def words(self) -> frozenset[str]:
        """The words of the name, plain, also with the s of "Ann Lee's"."""
        return frozenset(each for word in Words(self.name).plain.split() for each in (word, f"{word}s"))


class People:
    """The hosts, guests and quoted speakers of a library, by every name they go by, and who is heard in transcripts.

    A whole name counts wherever it stands. A first or a last one alone may be a word like any other ("Baker"), so it
    counts only where somebody's name has to stand: "what did Jane say". A show's name is nobody's.
    """

    def __init__(self, episodes: Iterable[Episode], speakers: Mapping[EpisodeId, Iterable[str]]) -> None:
        """Take episodes newest first, and who speaks in the transcript of each."""
        self._episodes: dict[str, list[Episode]] = {}
        self._heard: dict[str, list[tuple[str, Episode]]] = {}
        self._shows: dict[str, None] = {}
        whole: dict[str, str] = {}
        parts: dict[str, str] = {}
        for episode in episodes:
            self._shows[Words(episode.show).plain] = None
            for speaker in speakers.get(episode.id, ()):
                self._heard.setdefault(Words(speaker).plain, []).append((speaker, episode))
            for name, known in dict.fromkeys(_names(episode)):
                if episode not in self._episodes.setdefault(name, []):
                    self._episodes[name].append(episode)
                plain = Words(known).plain
                whole.setdefault(plain, name)
                for part in plain.split():
                    parts.setdefault(part, name)
        for show in self._shows:
            self._heard.pop(show, None)  # a clip of another show
        self._called: dict[str, list[str]] = {}
        for name in sorted(self._heard, key=lambda name: len(self._heard[name]), reverse=True):
            for part in {*name.split()[:1], *name.split()[-1:]}:
                if subject(part, EPISODE):
                    self._called.setdefault(part, []).append(name)
        of_whole, of_part = _any_of(whole), _any_of(parts)
        self._whole = _Shape(re.compile(rf"\b(?:{_BY} )?({of_whole})s?\b"), whole)
        self._speaking = _Shape(re.compile(rf"\b{_BY} ({of_part})\b|\b({of_part})s? (?={_WORDS}\b)"), parts)
        self._part = _Shape(re.compile(rf"\b({of_part})s?\b"), parts)

    def asked_for(self, plain: str) -> tuple[str | None, str]:
        """Return whose words plain text asks for, as the library writes the name, and the text without names.

        A first or a last name counts where words are asked of it: "by Jane", "Jane's best line".
        """
        plain = self._without_shows(plain)
        for shape in (self._whole, self._speaking):
            if found := shape.pattern.search(plain):
                return _name(found, shape), f"{plain[: found.start()]} {plain[found.end() :]}"
        if heard := self.heard(plain):
            return heard.name, plain.replace(Words(heard.name).plain, " ")
        return None, plain

    def in_full(self, words: Words, episode: EpisodeId | None) -> Words:
        """Return the words with the whole name of whoever is heard in transcripts and named by a part of it.

        Only where one is meant: the one of that name in the episode, or who is heard far more often than all others.
        """
        if self._whole_name(words.plain):
            return words
        for part in _where_people_stand(words.plain):
            if (name := self._meant(part[1], episode)) and " " in name:
                whole = self._heard[name][0][0]
                return words.instead(part.start(1), part.end(1), whole if part[1] in name.split() else f"{whole}'s")
        return words

    def heard(self, plain: str) -> Speaker | None:
        """Return whoever is heard in transcripts and named in plain text, as they are named there."""
        named = self._whole_name(plain) or next(
            (name for part in _where_people_stand(plain) for name in _as_named(part[1]) if name in self._heard), None
        )
        if named is None:
            return None
        theirs = self._heard[named]
        return Speaker(theirs[0][0], tuple(episode for _, episode in theirs))

    def _whole_name(self, plain: str) -> str | None:
        """Return the plain name of two words or more that stands in plain text, the longest there is."""
        return next((name for part in _parts(plain.split()) for name in _as_named(part) if name in self._heard), None)

    def _meant(self, part: str, episode: EpisodeId | None) -> str | None:
        """Return the plain name of the one who is called so."""
        called = next(filter(None, map(self._called.get, _as_named(part))), [])
        if episode is not None:
            there = [name for name in called if any(each.id == episode for _, each in self._heard[name])]
            if there:
                return there[0] if len(there) == 1 else None
        times = [len(self._heard[name]) for name in called]
        return called[0] if times and times[0] > _FAR_MORE * sum(times[1:]) else None

    def noted(self, plain: str) -> str | None:
        """Return the host, guest or quoted speaker whom plain text names in full, as the library writes the name."""
        found = self._whole.pattern.search(self._without_shows(plain))
        return _name(found, self._whole) if found else None

    def episodes_with(self, plain: str) -> tuple[Episode, ...]:
        """List the episodes, newest first, with the person whom plain text names, by a part of the name if need be."""
        plain = self._without_shows(plain)
        for shape in (self._whole, self._part):
            if found := shape.pattern.search(plain):
                return tuple(self._episodes[_name(found, shape)])
        return ()

    def without(self, plain: str) -> str:
        """Return plain text without the names of people, whole or in part."""
        return " ".join(self._part.pattern.sub(" ", plain).split())

    def _without_shows(self, plain: str) -> str:
        for show in self._shows:
            plain = plain.replace(show, " ")
        return plain


def _where_people_stand(plain: str) -> Iterator[re.Match[str]]:
    return chain.from_iterable(shape.finditer(plain) for shape in SPEAKING)


def _as_named(word: str) -> tuple[str, str]:
    """Return a word as a name may be it: "james", and the "ann" of "anns"."""
    return word, word.removesuffix("s")


def _parts(words: list[str]) -> Iterator[str]:
    for length in range(min(_LONGEST, len(words)), 1, -1):
        for at in range(len(words) - length + 1):
            yield " ".join(words[at : at + length])


def _name(found: re.Match[str], shape: _Shape) -> str:
    return shape.names[next(group for group in found.groups() if group)]


def _names(episode: Episode) -> Iterable[tuple[str, str]]:
    for person in (*episode.guests, *episode.hosts):
        yield from ((person.name, known) for known in (person.name, *person.also))
    yield from ((quote.speaker, quote.speaker) for quote in episode.quotes if quote.speaker)


def _any_of(names: Iterable[str]) -> str:
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return "|".join(map(re.escape, longest_first)) or "(?!)"
