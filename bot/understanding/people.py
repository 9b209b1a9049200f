"""The names that people go by: those who speak in transcripts, and the hosts, guests and quoted speakers of the notes.

Only names: what somebody said is found by the search. A whole name counts wherever it stands. A part of one may be a
word like any other ("Baker", "Will"), so it counts only where a sentence has a place for a name, and where one person
is meant by it. There may be thousands of speakers, most of whom speak once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from bot.port.messages import Episode, EpisodeId
from bot.understanding.request import Somebody
from bot.understanding.text import plain
from knowledge.search import rarity
from knowledge.search.spelling import near
from knowledge.search.words import fold

_LONGEST: Final = 5
"""Words in the longest name that is looked for."""
_FAR_MORE: Final = 2
"""In how many times more episodes one speaks than all others of the name, who is meant by a part of it."""
_REGULAR: Final = 1 / 400
"""Share of the episodes from which somebody is known by a part of the name."""
_WORD: Final = 1e-4
"""Share of English from which a first name may rather be a word."""
_OFTEN: Final = 20
"""Episodes of a show from which somebody is one of its regulars, even where that is less than half of them."""
_NAMESAKES: Final = 3
_CUT: Final = 3
"""Letters of a first name that is cut short, at least: "Dan"."""
_INITIALS: Final = 3
"""Words of a name that has initials by which it goes."""
_PARTICLE: Final = 3
"""Letters of a word inside a name up to which it is taken for another: "van" for "de"."""


@dataclass(slots=True)
class _Known:
    """Somebody while names are collected."""

    name: str
    words: set[str]
    episodes: dict[EpisodeId, Episode] = field(default_factory=dict)
    heard: set[EpisodeId] = field(default_factory=set)
    labels: tuple[str, ...] = ()
    spellings: set[str] = field(default_factory=set)

    @property
    def speaks_in(self) -> int:
        """Count the episodes whose transcripts name them."""
        return len(self.heard)


class People:
    """Everybody in a library, by the names they go by."""

    def __init__(
        self, episodes: Iterable[Episode], speakers: Mapping[EpisodeId, Iterable[str]], generic: Collection[str]
    ) -> None:
        """Take episodes newest first, who speaks in the transcript of each, and words that are nobody's name."""
        every = tuple(episodes)
        shows = {_key(episode.show) for episode in every}  # a clip of another show speaks by its name
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
        self._particles = frozenset(word for word in inner if 1 < len(word) <= _PARTICLE)
        self._begins = frozenset(name.partition(" ")[0] for name in self._whole)
        self._regular = len(every) * _REGULAR

    def _by_part(self) -> Mapping[str, Sequence[str]]:
        """List who is called by a first or last name, those who speak most first."""
        called: defaultdict[str, list[str]] = defaultdict(list)
        for key in sorted(self._people, key=lambda key: -self._people[key].speaks_in):
            for part in {*key.split()[:1], *key.split()[-1:]} - self._generic:
                called[part].append(key)
        return dict(called)

    def _by_word(self) -> Mapping[str, frozenset[str]]:
        """List who has a word in any of their names."""
        having: defaultdict[str, set[str]] = defaultdict(set)
        for key, known in self._people.items():
            for word in known.words:
                having[word].add(key)
        return {word: frozenset(keys) for word, keys in having.items()}

    def _written_otherwise(self) -> Iterator[tuple[str, str]]:
        """Yield names with and without initials and degrees, each with the one that is there most often.

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
        """Yield names with a first name cut short or in full, each with the one by which a regular of the show goes.

        "Chris Hiller" is Christopher Hiller, whom the show has had 57 times, and never in the same episode.
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
        """Yield the short names of people whom the same shows name in full, each with the whole name.

        "Divya" is Divya Sasidharan where no other Divya speaks in the library, and she is a regular of the show or the
        notes have her in the same episode: a Varun who was on once need not be the one who was on another time.
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
        """Yield what people go by in a chat, each with the whole name: "kball" for Kevin Ball, "kevinball", and "dhh".

        Only what is no English word, and means one alone.
        """
        every: defaultdict[str, set[str]] = defaultdict(set)
        for key, known in self._people.items():
            words = key.split()
            if known.speaks_in and " " in key:
                initials = ("".join(word[0] for word in words),) if len(words) >= _INITIALS else ()
                for handle in (f"{words[0][0]}{words[-1]}", f"{words[0]}{words[-1]}", *initials):
                    every[handle].add(key)
        for handle, keys in every.items():
            if len(keys) == 1 and not rarity.frequency(handle):
                yield handle, next(iter(keys))

    def _join(self, short: str, whole: str) -> None:
        """Take what is known of somebody under a short name as what is known under the whole one."""
        known, also = self._people[whole], self._people.pop(short)
        every = known.episodes | also.episodes
        known.episodes = {id: every[id] for id in sorted(every, key=self._order.__getitem__)}
        known.heard |= also.heard
        known.labels = (*known.labels, also.name)
        known.spellings |= also.spellings

    @property
    def labels(self) -> Mapping[str, str]:
        """The one name of everybody, by all ways in which transcripts and notes write it."""
        return {label: known.name for known in self._people.values() for label in known.spellings}

    def _known(self, key: str, name: str, episode: Episode) -> _Known:
        known = self._people.get(key)
        if known is None:  # not `setdefault`: most speak in many episodes
            known = self._people[key] = _Known(name, set(key.split()))
        known.episodes.setdefault(episode.id, episode)
        known.spellings.add(name)
        if known.name.isupper() and not name.isupper():
            known.name = name
        return known

    def find(self, words: Sequence[str]) -> tuple[int, int, Somebody] | None:
        """Find the first and longest whole name: its first word, the one after its last, and the person."""
        folded = fold("\n".join(words)).split("\n")
        for begin in (
            at for at, word in enumerate(folded) if not self._begins.isdisjoint((word, word.removesuffix("s")))
        ):
            for end in range(min(begin + _LONGEST, len(folded)), begin, -1):
                for name in _forms(" ".join(folded[begin:end])):
                    if key := self._whole.get(name):
                        return begin, self._end(key, folded, end), self._person(key)
        return None

    def _end(self, key: str, words: Sequence[str], end: int) -> int:
        """Take more words of the same name: "Ortega" after "Tom", where Tomas Ortega goes by that."""
        known = self._people[key].words
        while end < len(words) and not known.isdisjoint(_forms(words[end])):
            end += 1
        return end

    def called(self, words: Sequence[str], episode: EpisodeId | None) -> Somebody | None:
        """Return who is meant by words that stand where a name stands; None where that is nobody's name.

        By a part of a name is meant the one of that name in the episode, or who speaks in far more than all others;
        else it is somebody of that name with all who may be meant as namesakes.
        """
        typed = " ".join(words)
        for form in _forms(fold(typed)):
            if key := self._whole.get(form):
                return self._person(key)
        if len(words) > 1:
            telling = (*(word for word in words[:-1] if fold(word) not in self._particles), words[-1])
            having = (self._having.get(fold(word), frozenset()) for word in telling)
            named = tuple(frozenset.intersection(*having)) or self._nearly(fold(typed).split())
            return self._person(named[0]) if len(named) == 1 else None
        keys = next(filter(None, (self._called.get(form) for form in _forms(fold(typed)))), None)
        if not keys:
            return None
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
        """Tell whether a word is somebody's first name and seldom anything else, as "will" and "mark" are."""
        return fold(word) in _forms(key.partition(" ")[0]) and rarity.frequency(fold(word)) < _WORD

    def _nearly(self, words: Sequence[str]) -> tuple[str, ...]:
        """List those of whose name a word is right, and the others are misspelt or initials."""
        likely = frozenset().union(*(self._having.get(word, frozenset()) for word in words if len(word) > 1))
        return tuple(key for key in likely if " " in key and _fits(words, key.split()))

    def bearing(self, words: Sequence[str]) -> tuple[Somebody, ...]:
        """List everybody who has all of these words in the name, who speaks in most episodes first."""
        having = frozenset.intersection(*(self._having.get(fold(word), frozenset()) for word in words))
        often = sorted(having, key=lambda key: (-self._people[key].speaks_in, key))
        return tuple(map(self._person, often[:_NAMESAKES]))

    def _person(self, key: str) -> Somebody:
        known = self._people[key]
        return Somebody(known.name, tuple(known.episodes.values()), known.speaks_in > 0, labels=known.labels)


def is_regular(times: int, episodes: int) -> bool:
    """Tell whether somebody who speaks so many times in a show of so many episodes is one of its regulars."""
    return times * 2 >= episodes or times > _OFTEN


def _is_cut(short: str, whole: str) -> bool:
    """Tell whether a name is another one with the first name cut short: "chris hiller"."""
    first, _, others = short.partition(" ")
    return len(first) >= _CUT and whole.startswith(first) and whole.partition(" ")[2] == others


def _fits(words: Sequence[str], name: Sequence[str]) -> bool:
    """Tell whether words are a name from its first word to its last, of which at least one is right."""
    if len(words) != len(name):
        return False
    pairs = list(zip(words, name, strict=True))
    right = sum(typed == real for typed, real in pairs)
    return right > 0 and all(
        typed == real or (typed == real[0] if len(typed) == 1 else _is_cut(typed, real) or near(typed, real))
        for typed, real in pairs
    )


def _noted(episode: Episode) -> Iterator[tuple[str, ...]]:
    """Yield the people of an episode's notes, each by name and other names."""
    for person in (*episode.guests, *episode.hosts):
        yield person.name, *person.also
    yield from ((quote.speaker,) for quote in episode.quotes if quote.speaker)


@lru_cache(4096)
def _key(name: str) -> str:
    """Return what a name is known by; hosts speak in hundreds of episodes."""
    return fold(plain(name))


def _bare(name: str) -> str:
    """Return a whole name without initials in its middle and what follows a comma; empty for one that is not whole."""
    first, *others = _key(name.partition(",")[0]).split() or [""]
    last = [word for word in others if len(word) > 1]
    return " ".join((first, *last)) if len(first) > 1 and last else ""


def _forms(name: str) -> tuple[str, str]:
    """Return a name as it may be meant: "james", and the "ann" of "anns"."""
    return name, name.removesuffix("s")
