"""The names of people: speakers in transcripts, and hosts, guests and quoted speakers in notes.

What somebody said is found by the search, not here. A full name counts anywhere in a text. Part of one may be an
ordinary word ("Baker", "Will"), so it counts only in a sentence's slot for a name, and only if it means one person.
There may be thousands of speakers, most of whom speak once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Final

from bot.port.messages import Episode, EpisodeId
from bot.understanding.request import Somebody
from bot.understanding.text import plain
from knowledge.search import rarity
from knowledge.search.spelling import near
from knowledge.search.words import fold

_LONGEST_NAME: Final = 5
"""Maximum number of words of a name."""
_FAR_MORE: Final = 2
"""Ratio of somebody's episodes to those of all others of the name above which part of the name means them."""
_KNOWN_BY_PART: Final = 1 / 400
"""Share of all episodes (0 to 1) from which part of somebody's name is enough."""
_OFTEN_A_WORD: Final = 1e-4
"""Share of English words (0 to 1) from which a first name is more likely an ordinary word."""
_REGULARLY: Final = 20
"""Number of episodes of a show above which somebody is a regular, even if that is less than half of them."""
_NAMESAKES: Final = 3
"""Maximum number of people with the same name to return."""
_LEAST_LETTERS: Final = 3
"""Minimum number of letters of a shortened first name, such as "Dan"."""
_LEAST_INITIALS: Final = 3
"""Minimum number of words of a name whose initials are a handle."""
_LONGEST_PARTICLE: Final = 3
"""Maximum number of letters of a particle inside a name; one may be typed for another, "van" for "de"."""
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_ALIKE: Final[Mapping[str, str]] = {"saint": "st", "sainte": "ste"}
"""Words of names, each with the abbreviation that names more often have."""


@dataclass(slots=True)
class _Known:
    """What is known about somebody.

    Attributes:
        name: the full name, as displayed.
        words: the words of all their names.
        episodes: those in which they speak or take part.
        heard: the episodes in whose transcripts they are a speaker.
        labels: other names by which transcripts know them.
        spellings: all ways in which transcripts and notes write their name.
    """

    name: str
    words: set[str]
    episodes: dict[EpisodeId, Episode] = field(default_factory=dict)
    heard: set[EpisodeId] = field(default_factory=set)
    labels: tuple[str, ...] = ()
    spellings: set[str] = field(default_factory=set)

    @property
    def speaks_in(self) -> int:
        """The number of episodes in which they speak."""
        return len(self.heard)


class People:
    """Everybody in a library, by name."""

    def __init__(
        self, episodes: Iterable[Episode], speakers: Mapping[EpisodeId, Iterable[str]], generic: Collection[str]
    ) -> None:
        """Take episodes newest first, the speakers of each, and words that are nobody's name."""
        every = tuple(episodes)
        shows = {_key(episode.show) for episode in every}  # a clip of another show has its name as the speaker
        self._generic = frozenset(generic)
        self._people: dict[str, _Known] = {}
        self._order = {episode.id: place for place, episode in enumerate(every)}
        self._whole: dict[str, str] = {}
        self._sizes = Counter(episode.show for episode in every)
        for episode in every:
            for name in speakers.get(episode.id, ()):
                if (key := _key(name)) and key not in shows:
                    self._known(key, name, episode).heard.add(episode.id)
            for name, *also in _noted(episode):
                if key := _key(name):
                    known = self._known(key, name, episode)
                    for other in filter(None, map(_key, also)):
                        self._whole.setdefault(other, key)
                        known.words.update(other.split())
        short: dict[str, str] = {}
        for alike in (self._written_otherwise, self._shortened, self._short):
            joined = dict(alike())
            for key, whole in joined.items():
                self._join(key, whole)
            short |= joined
        self._whole = {name: short.get(key, key) for name, key in self._whole.items()}
        self._whole |= {key: key for key, known in self._people.items() if " " in key or not known.speaks_in}
        self._whole = {key.replace("-", " "): of for key, of in self._whole.items()} | self._whole
        self._whole = dict(self._handles()) | self._whole
        self._called, self._having = self._by_part(), self._by_word()
        inner = (word for key in self._people for word in key.split()[1:-1])
        self._particles = frozenset(word for word in inner if 1 < len(word) <= _LONGEST_PARTICLE)
        self._begins = frozenset(name.partition(" ")[0] for name in self._whole)
        self._regular = len(every) * _KNOWN_BY_PART

    def _by_part(self) -> Mapping[str, Sequence[str]]:
        """List for each first and last name who has it, most frequent speakers first."""
        called: defaultdict[str, list[str]] = defaultdict(list)
        for key in sorted(self._people, key=lambda key: -self._people[key].speaks_in):
            words = (_bare(self._people[key].name) or key).split()
            for part in {words[0], words[-1]} - self._generic:
                called[part].append(key)
        return dict(called)

    def _by_word(self) -> Mapping[str, frozenset[str]]:
        """List for each word who has it in any of their names."""
        having: defaultdict[str, set[str]] = defaultdict(set)
        for key, known in self._people.items():
            for word in known.words:
                having[word].add(key)
        return {word: frozenset(keys) for word, keys in having.items()}

    def _written_otherwise(self) -> Iterator[tuple[str, str]]:
        """Yield variants of a name with and without initials and degrees, each with the most frequent one.

        "Mireille Reece, PsyD" is "Mireille B. Reece".
        """
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for key, known in self._people.items():
            if bare := _bare(known.name):
                alike[bare].append(key)
        for keys in alike.values():
            most = max(keys, key=lambda key: (self._people[key].speaks_in, len(self._people[key].episodes)))
            yield from ((key, most) for key in keys if key != most)

    def _shortened(self) -> Iterator[tuple[str, str]]:
        """Yield variants of a name with a shortened first name, each with the one that a regular of the show has.

        "Chris Hiller" is Christopher Hiller, if he was on the show 57 times and both are never in the same episode.
        """
        named: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._people:
            named[key.partition(" ")[2]].append(key)
        for key, known in self._people.items():
            same = named[key.partition(" ")[2]] if " " in key and known.speaks_in else []
            alike = [each for each in same if each != key and (_is_cut(key, each) or _is_cut(each, key))]
            if len(alike) != 1 or known.heard & (regular := self._people[alike[0]]).heard:
                continue
            shows = {episode.show for episode in known.episodes.values()}
            if known.speaks_in < regular.speaks_in and all(self._is_regular(regular, show) for show in shows):
                yield key, alike[0]

    def _short(self) -> Iterator[tuple[str, str]]:
        """Yield single names of people whom the same shows also name in full, each with the full name.

        "Divya" is Divya Sasidharan if no other Divya speaks in the library, and either she is a regular of the show or
        the notes name her in the same episode. One guest called Varun need not be another.
        """
        bearing: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._people:
            for word in {*key.split()[:1], *key.split()[-1:]} if " " in key else ():
                bearing[word].append(key)
        for key, known in self._people.items():
            those = [self._people[each] for each in bearing[key]] if " " not in key and known.speaks_in else []
            if len(those) != 1 or known.heard & those[0].heard:
                continue
            alone = [episode for id, episode in known.episodes.items() if id not in those[0].episodes]
            if all(self._is_regular(those[0], show) for show in {each.show for each in alone}):
                yield key, bearing[key][0]

    def _is_regular(self, known: _Known, show: str) -> bool:
        return is_regular(sum(known.episodes[id].show == show for id in known.heard), self._sizes[show])

    def _handles(self) -> Iterator[tuple[str, str]]:
        """Yield likely handles, each with the full name: "kball" or "kevinball" for Kevin Ball, and "dhh".

        Handles that are English words or fit several people are left out.
        """
        every: defaultdict[str, set[str]] = defaultdict(set)
        for key, known in self._people.items():
            words = key.split()
            if known.speaks_in and " " in key:
                initials = ("".join(word[0] for word in words),) if len(words) >= _LEAST_INITIALS else ()
                for handle in (f"{words[0][0]}{words[-1]}", f"{words[0]}{words[-1]}", *initials):
                    every[handle].add(key)
        for handle, keys in every.items():
            if len(keys) == 1 and not rarity.frequency(handle):
                yield handle, next(iter(keys))

    def _join(self, short: str, whole: str) -> None:
        """Merge what is known under a short name into what is known under the full one."""
        known, also = self._people[whole], self._people.pop(short)
        every = known.episodes | also.episodes
        known.episodes = {id: every[id] for id in sorted(every, key=self._order.__getitem__)}
        known.heard |= also.heard
        known.labels = (*known.labels, also.name)
        known.spellings |= also.spellings

    @property
    def labels(self) -> Mapping[str, str]:
        """Everybody's one name, by every spelling in transcripts and notes."""
        return {label: known.name for known in self._people.values() for label in known.spellings}

    def _known(self, key: str, name: str, episode: Episode) -> _Known:
        known = self._people.get(key)
        if known is None:  # not `setdefault`, which would make a new value each time
            known = self._people[key] = _Known(name, set(key.split()))
        known.episodes.setdefault(episode.id, episode)
        known.spellings.add(name)
        if known.name.isupper() and not name.isupper():
            known.name = name
        return known

    def find(self, words: Sequence[str]) -> tuple[int, int, Somebody] | None:
        """Find the first and longest full name: the positions of its first word and after its last, and the person."""
        folded = _folded(words)
        for begin in (
            at for at, word in enumerate(folded) if not self._begins.isdisjoint((word, word.removesuffix("s")))
        ):
            for end in range(min(begin + _LONGEST_NAME, len(folded)), begin, -1):
                for name in _forms(" ".join(folded[begin:end])):
                    if key := self._whole.get(name):
                        return begin, self._end(key, folded, end), self._person(key)
        return None

    def _end(self, key: str, words: Sequence[str], end: int) -> int:
        """Extend a name by more words of it: "Ortega" after "Tom", if Tomas Ortega is called Tom."""
        known = self._people[key].words
        while end < len(words) and not known.isdisjoint(_forms(words[end])):
            end += 1
        return end

    def called(self, words: Sequence[str], episode: EpisodeId | None) -> Somebody | None:
        """Return who is meant by the words of a slot for a name; None if they are nobody's name.

        Part of a name means the person of that name in the episode, or the one who speaks in far more episodes than
        all others. Otherwise the result is somebody of that name, with all who may be meant as namesakes.
        """
        folded = _folded(words)
        for form in _forms(" ".join(folded)):
            if key := self._whole.get(form):
                return self._person(key)
        if len(folded) > 1:
            telling = (*(word for word in folded[:-1] if word not in self._particles), folded[-1])
            having = (self._having.get(word, frozenset()) for word in telling)
            named = tuple(frozenset.intersection(*having)) or self._nearly(folded)
            return self._person(named[0]) if len(named) == 1 else None
        of_each_form = ((form, self._called[form]) for form in _forms(folded[0]) if form in self._called)
        likely = (self._of_those(keys, form, episode) for form, keys in of_each_form)
        return next(filter(None, likely), None)  # "adams" may be Adam's, if hardly anybody is called Adams

    def _of_those(self, keys: Sequence[str], typed: str, episode: EpisodeId | None) -> Somebody | None:
        """Return who is meant by part of a name that some people have, most frequent speakers first; see `called`."""
        there = [key for key in keys if episode in self._people[key].episodes] if episode else []
        if len(there) == 1:
            return self._person(there[0])
        often = [self._people[key].speaks_in for key in keys]
        if not any(often):
            return self._person(keys[0])
        if often[0] < self._regular and not self._is_first_name(typed, keys[0]):
            return None
        others = tuple(self._person(key) for key in keys[:_NAMESAKES])
        if often[0] > _FAR_MORE * sum(often[1:]):
            return replace(others[0], namesakes=others[1:])
        return Somebody(typed.title(), namesakes=others)

    @staticmethod
    def _is_first_name(word: str, key: str) -> bool:
        """Tell whether a word is somebody's first name and, unlike "will" and "mark", rarely anything else."""
        return word in _forms(key.partition(" ")[0]) and rarity.frequency(word) < _OFTEN_A_WORD

    def _nearly(self, words: Sequence[str]) -> tuple[str, ...]:
        """List everybody with one word of their name right and the others misspelt or reduced to initials."""
        likely = frozenset().union(*(self._having.get(word, frozenset()) for word in words if len(word) > 1))
        return tuple(key for key in likely if " " in key and _fits(words, key.split()))

    def guests_of(self, episode: EpisodeId) -> Sequence[Somebody]:
        """List the guests of an episode."""
        return self._guests.get(episode, ())

    @cached_property
    def _guests(self) -> Mapping[EpisodeId, Sequence[Somebody]]:
        guests: defaultdict[EpisodeId, list[Somebody]] = defaultdict(list)
        for person in map(self._person, self._people):
            for each in person.episodes if person.is_guest else ():
                guests[each.id].append(person)
        return guests

    def bearing(self, words: Sequence[str]) -> tuple[Somebody, ...]:
        """List everybody whose names have all of these words, most frequent speakers first."""
        having = frozenset.intersection(*(self._having.get(word, frozenset()) for word in _folded(words)))
        often = sorted(having, key=lambda key: (-self._people[key].speaks_in, key))
        return tuple(map(self._person, often[:_NAMESAKES]))

    def _person(self, key: str) -> Somebody:
        known = self._people[key]
        return Somebody(known.name, tuple(known.episodes.values()), known.speaks_in > 0, labels=known.labels)


def is_regular(times: int, episodes: int) -> bool:
    """Tell whether somebody who speaks in `times` of a show's `episodes` is one of its regulars."""
    return times * 2 >= episodes or times > _REGULARLY


def _is_cut(short: str, whole: str) -> bool:
    """Tell whether a name is another with its first name shortened: "chris hiller"."""
    first, _, others = short.partition(" ")
    return len(first) >= _LEAST_LETTERS and whole.startswith(first) and whole.partition(" ")[2] == others


def _fits(words: Sequence[str], name: Sequence[str]) -> bool:
    """Tell whether words fit a name in order, the first one its first, with at least one exactly right.

    A name may have more words between and after them: "Mira Lane" fits "Mira B. Lane, PhD".
    """
    left = iter(name)
    found = _fits_word(words[0], name[0]) and all(any(_fits_word(typed, real) for real in left) for typed in words)
    return found and not frozenset(words).isdisjoint(name)


def _fits_word(typed: str, real: str) -> bool:
    """Tell whether a typed word is a word of a name, its initial, a short form of it, or a misspelling."""
    return typed == real or (typed == real[0] if len(typed) == 1 else _is_cut(typed, real) or near(typed, real))


def _noted(episode: Episode) -> Iterator[tuple[str, ...]]:
    """Yield the names of each person in an episode's notes, the main one first."""
    for person in (*episode.guests, *episode.hosts):
        yield person.name, *person.also
    yield from ((quote.speaker,) for quote in episode.quotes if quote.speaker)


def undotted(word: str) -> str:
    """Return initials without their full stops, "DHH" for "D.H.H.", and any other word unchanged."""
    return word.replace(".", "") if "." in word and _INITIALS.fullmatch(word) else word


@lru_cache(4096)
def _key(name: str) -> str:
    """Return the key of a name; cached, since hosts speak in hundreds of episodes."""
    return " ".join(_folded(plain(name).split()))


def _folded(words: Sequence[str]) -> list[str]:
    """Fold words of a name, however they are typed: "st" for "Saint", "dhh" for "D.H.H."."""
    folded = fold("\n".join(words)).split("\n")
    return [_ALIKE.get(word) or undotted(word) for word in folded]


def _bare(name: str) -> str:
    """Return a full name without middle initials and anything after a comma; empty if it isn't full."""
    first, *others = _key(name.partition(",")[0]).split() or [""]
    last = [word for word in others if len(word) > 1]
    return " ".join((first, *last)) if len(first) > 1 and last else ""


def _forms(name: str) -> tuple[str, str]:
    """Return a name with and without a possessive "s": "anns" may mean Ann, but "james" is a name."""
    return name, name.removesuffix("s")
