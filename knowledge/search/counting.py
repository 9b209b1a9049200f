"""Counts what was said: how often words were said, how much somebody talks, in which episode, by whom.

Exact, over every word of every transcript: no ranking, no limit, no corrected spelling. All forms of a word count as
that word; the words of a phrase have to be consecutive and in one passage.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property, partial
from itertools import groupby, starmap
from operator import itemgetter
from os.path import commonprefix
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import DamagedIndexError
from knowledge.model import EVERYWHERE, EpisodeId, Passage, Scope
from knowledge.recent import Recent
from knowledge.search.index.forward import Codes, ForwardIndex, Rows, form, stem_code, tied, words_in
from knowledge.search.index.fulltext import TextIndex
from knowledge.search.index.stemming import stems
from knowledge.search.index.stored import Stretch
from knowledge.search.index.voices import Column, Voices
from knowledge.search.inflection import inflected_alike
from knowledge.search.rarity import UNLISTED, continued, frequency, known
from knowledge.search.words import fold

_Name = TypeVar("_Name", bound=str)

_MOST_LOOKED_UP: Final = 2_000
"""Maximum number of stretches or places looked up singly; above it, we scan all talk or keep hyphenated halves."""
_RARE: Final = 200
"""A form is listed if at least one occurrence in this many has it; slips of the tongue are only counted."""
_WORDS_KEPT: Final = 100
"""Maximum number of words or phrases whose places are cached."""
_KEPT: Final = 2_000_000
"""Maximum number of cached places, 16 MB; beyond it the cache is emptied."""
_SAMPLED: Final = 400_000
"""Maximum number of words, of a scope or of the library, from which we estimate how frequent each is."""
_SAMPLED_OF_ONE: Final = 60_000
"""The same of one speaker; their most telling words are frequent."""
_EVEN: Final = 0.87
"""Maximum number of episodes in which a subject comes up, as a share of those if its passages fell at random."""
_EPISODES_TO_TELL: Final = 10
"""Minimum number of episodes that tell a subject from a habit."""
_OFTEN_ENOUGH: Final = 1 / 3
"""Minimum number of a word's passages, for each of the episodes, that tells one from the other."""
_ORDINARY: Final = 2_000
"""Number of words added to a scope's, so that an everyday word of a short one isn't taken for its subject."""
_NONE: Final = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of something passages have, such as mentions, words or milliseconds.

    Attributes:
        passages: their numbers in the whole library, ascending.
        each: the amount in each.
    """

    passages: Rows
    each: Rows

    @property
    def total(self) -> int:
        """The sum of all amounts."""
        return int(self.each.sum())


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where words were said.

    Attributes:
        amounts: the number of times in each passage.
        places: the number of each occurrence's first word, ascending.
        forms: the written forms of a single word, most frequent first, without very rare ones; empty for a phrase.
    """

    amounts: Amounts
    places: Rows
    forms: tuple[str, ...] = ()


class _Written(NamedTuple):
    """Where words were said, by anybody.

    Attributes:
        places: the number of each occurrence's first word, ascending.
        forms: see `Occurrences`.
        beginning: the letters that all forms begin with.
    """

    places: Rows
    forms: tuple[str, ...] = ()
    beginning: str = ""


class Counting:
    """Counts over one library."""

    def __init__(self, talk: ForwardIndex, voices: Voices, spoken: TextIndex) -> None:
        self._talk = talk
        self._voices = voices
        self._spoken = spoken
        self._lately: Recent[tuple[str | None, ...], _Written] = Recent(_WORDS_KEPT)

    def prepare(self) -> None:
        """Load what the first count would wait for."""
        _english()
        _ = self._library

    @cached_property
    def _ends(self) -> Rows:
        """For each passage, the number of words up to its end."""
        tokens = self._voices.column(Column.TOKENS)
        if tokens.min(initial=0) < 0 or int(tokens.sum(dtype=np.int64)) != self._talk.total:
            raise DamagedIndexError("the passages don't have the words that were said")
        return np.cumsum(tokens, dtype=np.int64)

    @cached_property
    def _episode(self) -> Rows:
        """For each passage, the index of its episode."""
        rows = self._voices.episodes.values()
        if any(count < 0 for _, count in rows):
            raise DamagedIndexError("an episode has no passages")
        return np.repeat(np.arange(len(rows)), [count for _, count in rows])

    @cached_property
    def _episodes(self) -> tuple[EpisodeId, ...]:
        return tuple(self._voices.episodes)

    @cached_property
    def _speaker(self) -> Rows:
        """For each passage, the number of its speaker, equal for "Ann Lee" and "ANN LEE"."""
        first: dict[str, int] = {}
        same = [first.setdefault(fold(name), number) for number, name in enumerate(self._voices.speakers)]
        speakers = np.asarray(self._voices.column(Column.SPEAKER), np.int64)
        if len(speakers) and not 0 <= speakers.min() <= speakers.max() < len(same):
            raise DamagedIndexError("nobody has the number of a speaker")
        return np.array(same, np.int64)[speakers] if same else speakers

    @cached_property
    def _numbers(self) -> Mapping[str, Sequence[int]]:
        """The numbers of each speaker, by folded name."""
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._voices.speakers):
            numbers[fold(name)].append(number)
        return numbers

    def searched(self, scope: Scope) -> frozenset[EpisodeId]:
        """Return the episodes in a scope whose words are counted: those with a transcript."""
        there = self._voices.episodes.keys()
        if scope.episode is not None:
            return frozenset({scope.episode} & there)
        return frozenset(there if scope.within is None else scope.within & there)

    def mentions(self, words: str, *, scope: Scope = EVERYWHERE) -> Occurrences:
        """Find every place where these words were said in a row."""
        typed = words_in(words)
        found = self._found(typed, scope.episode)
        places = found.places
        if not len(places):
            return Occurrences(Amounts(_NONE, _NONE), _NONE)
        passages = np.searchsorted(self._ends, places, side="right")
        kept = (places + len(typed) <= self._ends[passages]) & self._within(scope)[passages]
        numbers, each = np.unique(passages[kept], return_counts=True)
        return Occurrences(Amounts(numbers, each), places[kept], found.forms)

    def written(self, mentions: Occurrences, forms: Iterable[str]) -> Occurrences:
        """Keep the mentions of a word that have one of these forms, in lower case."""
        these = frozenset(forms)
        written = self._talk.forms_at(mentions.places)
        places = mentions.places[np.isin(written, list(map(form, these)))]
        numbers, each = np.unique(np.searchsorted(self._ends, places, side="right"), return_counts=True)
        return Occurrences(Amounts(numbers, each), places, tuple(each for each in mentions.forms if each in these))

    def _found(self, typed: Sequence[str], episode: EpisodeId | None) -> _Written:
        """Find where words are said in a row, by anybody; cached, since we count the same words of several people."""
        words = (*typed, episode)
        if (found := self._lately.get(words)) is None:
            if sum(len(each.places) for each in self._lately.values()) > _KEPT:
                self._lately.clear()
            found = self._sought(typed, episode)
            if len(typed) == 1:
                found = self._by_itself(found, typed[0])
            self._lately[words] = found
        return found

    def _sought(self, typed: Sequence[str], episode: EpisodeId | None) -> _Written:
        found = [stems(word)[:1] for word in typed]
        wanted = [stem for each in found for stem in each]
        if not wanted or len(wanted) < len(typed) or not all(map(self._spoken.holding, wanted)):
            return _Written(_NONE)
        written = _Written(self._saying(wanted, episode))
        for offset, word in enumerate(typed):
            written = self._of_word(written.places, offset, word)
        return written if len(typed) == 1 else _Written(written.places)

    def said_in(self, words: Sequence[str]) -> frozenset[int]:
        """Return the places of the stretches in which stems are said in a row.

        Stretches that have them only in a speaker's name are not included.
        """
        rows, _ = self._talk.rows_at(self._saying(words, None))
        return frozenset(self._talk.places(rows))

    def _saying(self, words: Sequence[str], episode: EpisodeId | None) -> Rows:
        """Find where one or more stems are said in a row, possibly running on into the next stretch."""
        rarest = min(words, key=self._spoken.holding)
        return self._talk.saying(list(map(stem_code, words)), words.index(rarest), self._among(rarest, episode))

    def _among(self, stem: str, episode: EpisodeId | None) -> range | Rows:
        """Return the rows that may contain a stem: exactly those that do if they are few, otherwise all."""
        if episode is not None or self._spoken.holding(stem) > _MOST_LOOKED_UP:
            return self._talk.within(episode)
        found = self._spoken.phrased([stem], EVERYWHERE, _MOST_LOOKED_UP)
        return self._talk.rows(sorted(match.place for match in found))

    def typical(
        self, *, scope: Scope, often: int, than_english: float, than_others: float
    ) -> Iterator[tuple[str, Passage]]:
        """Yield words that are said unusually often in a scope, the most telling first, each with a passage it is in.

        All numbers are estimated from a sample. Of one speaker, words that come up evenly in all their episodes are
        left out: those are habits ("folks"), not subjects.

        Args:
            scope: whose words, and where.
            often: minimum count of a word.
            than_english: minimum ratio of its frequency to that in English.
            than_others: minimum ratio of its frequency to that in the library; if 0, English alone decides.
        """
        places, passages, step = self._sample(scope, _SAMPLED_OF_ONE if scope.speaker else _SAMPLED)
        begins = np.diff(passages, prepend=-1) > 0
        of_all = len(np.unique(self._episode[passages[begins]])) if scope.speaker else 0
        said = self._talk.sample(places)
        codes, counts = np.unique(said, return_counts=True)
        codes, counts = codes[counts * step >= often], counts[counts * step >= often]
        english = counts / (len(said) + _ORDINARY / step) / _shares(codes, _english(), UNLISTED)
        others = counts / max(len(said), 1) / _shares(codes, self._library, 1 / _SAMPLED)
        kept = (english >= than_english) & (others >= than_others)
        telling = counts[kept] * np.log((others if than_others else english)[kept])
        for code in codes[kept][np.argsort(-telling)]:
            there = said == code
            found = places[there]
            having = np.unique(passages[there])
            if of_all >= _EPISODES_TO_TELL and len(having) >= of_all * _OFTEN_ENOUGH:
                at_random = of_all * -float(np.expm1(-len(having) / of_all))
                if len(np.unique(self._episode[having])) > _EVEN * at_random:
                    continue
            forms = self._talk.forms_at(found)
            first = found[forms == np.bincount(forms).argmax()][:1]
            yield from ((word, passage) for passage, word in self._read(first))

    def _sample(self, scope: Scope, most: int) -> tuple[Rows, Rows, int]:
        """Return the places of the words of every nth passage in a scope, about so many, the passage of each, and n."""
        passages = np.flatnonzero(self._within(scope))
        tokens = self._voices.column(Column.TOKENS)[passages]
        step = int(tokens.sum(dtype=np.int64)) // most + 1
        passages, tokens = passages[::step], tokens[::step]
        before = np.cumsum(tokens, dtype=np.int64) - tokens
        words = np.repeat(self._ends[passages] - tokens - before, tokens) + np.arange(tokens.sum(dtype=np.int64))
        return words, np.repeat(passages, tokens), step

    @cached_property
    def _library(self) -> _Shares:
        """The share of each stem in all talk, estimated from a sample."""
        places, _, _ = self._sample(EVERYWHERE, _SAMPLED)
        codes, counts = np.unique(self._talk.sample(places), return_counts=True)
        return _Shares(codes, counts / max(counts.sum(), 1))

    def words(self, *, scope: Scope, among: Amounts | None = None) -> Amounts:
        """Count the words said in each passage, or in each of some passages."""
        return self._all(np.asarray(self._voices.column(Column.WORDS), np.int64), scope, among)

    def milliseconds(self, *, scope: Scope, among: Amounts | None = None) -> Amounts:
        """Add up how long passages are, or some of them: from each one's start to the next; 0 if either is unknown."""
        starts = np.asarray(self._voices.column(Column.START), np.int64)
        lasts = np.zeros(len(starts), np.int64)
        known = (starts[:-1] >= 0) & (starts[1:] >= 0) & (self._episode[:-1] == self._episode[1:])
        lasts[:-1][known] = np.maximum(np.diff(starts)[known], 0)
        return self._all(lasts, scope, among)

    def lengths(self, *, scope: Scope) -> dict[EpisodeId, timedelta]:
        """Return the lengths of episodes, without those whose transcript has no times."""
        there = self.searched(scope)
        return {id: length for id, length in self._lengths.items() if id in there}

    @cached_property
    def _lengths(self) -> Mapping[EpisodeId, timedelta]:
        """Estimate lengths: the start of the last passage with a time, plus the words from there at average pace."""
        lengths = {}
        for id in self._episodes:
            table = self._voices.of(id)
            timed = np.flatnonzero(table[:, Column.START] > 0)
            if len(timed):
                last = int(timed[-1])
                start, before, after = (
                    table[last, Column.START],
                    table[:last, Column.WORDS].sum(),
                    table[last:, Column.WORDS].sum(),
                )
                lengths[id] = timedelta(milliseconds=int(start + (start * after // before if before else 0)))
        return lengths

    def by_episode(self, amounts: Amounts) -> Counter[EpisodeId]:
        """Sum amounts by episode."""
        return Counter(self._divided(amounts, self._episode, dict(enumerate(self._episodes))))

    def by_speaker(self, amounts: Amounts) -> Counter[str]:
        """Sum amounts by speaker, without unnamed ones."""
        named = {number: name for number, name in enumerate(self._voices.speakers) if name}
        return Counter(self._divided(amounts, self._speaker, named))

    def words_by_speaker(self, episode: EpisodeId) -> Counter[str]:
        """Count the words in one episode by speaker, without unnamed ones."""
        said, words = self._voices.of(episode), Counter[int]()
        columns = (said[:, column].tolist() for column in (Column.SPEAKER, Column.WORDS))
        for speaker, count in zip(*columns, strict=True):
            words[speaker] += count
        return Counter({name: count for speaker, count in words.items() if (name := self._voices.speakers[speaker])})

    def episodes_of_speakers(self, amounts: Amounts) -> Counter[str]:
        """Count the episodes in which each speaker has any of the amounts."""
        there = np.zeros((len(self._voices.speakers), len(self._episodes)), np.bool_)
        there[self._speaker[amounts.passages], self._episode[amounts.passages]] = True
        named = zip(self._voices.speakers, there.sum(axis=1).tolist(), strict=True)
        return Counter({name: count for name, count in named if name and count})

    def speakers_of_episodes(self, amounts: Amounts) -> dict[EpisodeId, set[str]]:
        """List the speakers of each episode who have any of the amounts, without unnamed ones."""
        of = len(self._voices.speakers)
        found: defaultdict[EpisodeId, set[str]] = defaultdict(set)
        for pair in np.unique(self._episode[amounts.passages] * of + self._speaker[amounts.passages]).tolist():
            episode, speaker = divmod(pair, of)
            if name := self._voices.speakers[speaker]:
                found[self._episodes[episode]].add(name)
        return found

    def passage_at(self, mentions: Occurrences, episode: EpisodeId, *, last: bool = False) -> Passage | None:
        """Read the passage of the first or last mention in an episode, None if it has none."""
        ours = self._episode[np.searchsorted(self._ends, mentions.places, side="right")]
        there = mentions.places[ours == self._episodes.index(episode)] if episode in self._episodes else _NONE
        if not len(there):
            return None
        return next(iter(self._read(there[-1:] if last else there[:1])))[0]

    def passages_begun(self, mentions: Occurrences, first: int) -> Iterator[Passage]:
        """Yield the passages with mentions among the first few of each episode."""
        passages = np.searchsorted(self._ends, mentions.places, side="right")
        begun = np.searchsorted(self._episode, self._episode[passages], side="left")
        kept = np.unique(passages, return_index=True)[1]
        early = kept[passages[kept] - begun[kept] < first]
        return (passage for passage, _ in self._read(mentions.places[early]))

    def _all(self, each: Rows, scope: Scope, among: Amounts | None) -> Amounts:
        kept = np.flatnonzero(self._within(scope)) if among is None else among.passages
        kept = kept[each[kept] > 0]
        return Amounts(kept, each[kept])

    @staticmethod
    def _divided(amounts: Amounts, groups: Rows, names: Mapping[int, _Name]) -> dict[_Name, int]:
        sums = np.bincount(groups[amounts.passages], amounts.each).astype(np.int64).tolist()
        return {names[number]: count for number, count in enumerate(sums) if count and number in names}

    def _within(self, scope: Scope) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Return for each passage whether it is in a scope."""
        kept = np.ones(len(self._voices), np.bool_)
        if scope.speaker is not None:
            theirs = np.zeros(len(self._voices.speakers), np.bool_)
            theirs[[n for name in {scope.speaker, *scope.labels} for n in self._numbers.get(fold(name), ())]] = True
            kept = theirs[self._speaker]
        if scope.episode is not None or scope.within is not None:
            there = self.searched(scope)
            kept &= np.array([id in there for id in self._episodes], np.bool_)[self._episode]
        return kept

    def _of_word(self, places: Rows, offset: int, word: str) -> _Written:
        """Keep the places where the word at this offset is a form of a word.

        Other words share its stem, and even other stems its code, so we read one place of each written form.
        """
        forms = self._talk.forms_at(places + offset)
        kinds, firsts, counts = np.unique(forms, return_index=True, return_counts=True)
        read = {form(said): said for _, said in self._read(places[firsts] + offset) if _is_form(said, word)}
        order = np.argsort(-counts)
        often = [int(kinds[at]) for at in order if counts[at] * _RARE >= counts.sum()]
        listed = tuple(read[n] for n in often if n in read)
        beginning = commonprefix([*read.values()])  # noqa: RUF071 - it is letters that we compare
        return _Written(places[np.isin(forms, list(read))], listed, beginning)

    def _by_itself(self, found: _Written, word: str) -> _Written:
        """Remove the places where a word is half of a hyphenated one: "zig" in "zig-zag"."""
        places = found.places
        likely = np.zeros(len(places), np.bool_)
        for step, longer in zip((1, -1), continued(word), strict=True):
            beside = self._talk.stems_at(places + step)
            likely |= _among(beside, _codes(longer)) | ~_among(beside, _english().codes)
        if not 0 < np.count_nonzero(likely) <= _MOST_LOOKED_UP:
            return found
        tying = self._located(places[likely], having=partial(Stretch.ties, beginning=found.beginning))
        halves = [place for place, said, n in tying if any(starmap(_is_half, tied(said.text, n)))]
        return found._replace(places=places[~np.isin(places, halves)]) if halves else found

    def _read(self, places: Rows) -> Iterable[tuple[Passage, str]]:
        """Yield the passage and the word, in lower case, at each place."""
        return ((passage, words_in(passage.text)[n]) for _, passage, n in self._located(places))

    def _located(
        self, places: Rows, having: Callable[[Stretch], bool] | None = None
    ) -> Iterator[tuple[int, Passage, int]]:
        """Yield each place with its passage and the index of its word in that passage.

        With `having`, only in stretches that satisfy it.
        """
        rows, before = self._talk.rows_at(places)
        documents = self._talk.places(rows)
        found = {match.place: match.address for match in self._spoken.around(documents, 0)}
        if not found.keys() >= set(documents):
            raise DamagedIndexError("it has no document where a row is")
        every = zip(documents, places.tolist(), before.tolist(), strict=True)
        for document, here in groupby(every, key=itemgetter(0)):
            stretch = self._spoken.read(found[document])
            if having is None or having(stretch):
                yield from ((place, *_said_at(stretch.passages, offset)) for _, place, offset in here)


def _is_form(said: str, word: str) -> bool:
    return stems(said)[:1] == stems(word)[:1] and inflected_alike(said, word)


def _is_half(one: str, other: str) -> bool:
    """Tell whether hyphenated words form one that means neither: "e-mail", "zig-zag", but not "Zig-based"."""
    joined = frequency((one + other).lower())
    return bool(joined) or ((one + other).islower() and not all(map(frequency, (one, other))))


class _Shares(NamedTuple):
    """The share of all words that have each stem, by the stems' codes, ascending."""

    codes: Codes
    shares: NDArray[np.float64]


def _shares(codes: Codes, of: _Shares, otherwise: float) -> NDArray[np.float64]:
    """Look up the shares of some stems; `otherwise` is that of a stem which has none."""
    there = np.minimum(of.codes.searchsorted(codes), len(of.codes) - 1)
    shares: NDArray[np.float64] = np.where(of.codes[there] == codes, of.shares[there], otherwise)
    return shares


@cache
def _english() -> _Shares:
    shares: defaultdict[int, float] = defaultdict(float)
    for word in known():
        for stem in stems(word)[:1]:
            shares[stem_code(stem)] += frequency(word)
    codes = sorted(shares)
    return _Shares(np.array(codes, np.uint32), np.array([shares[code] for code in codes]))


def _codes(words: Iterable[str]) -> Codes:
    """Return the codes of words' stems, ascending."""
    return np.array(sorted(stem_code(stem) for word in words for stem in stems(word)[:1]), np.uint32)


def _among(codes: Codes, those: Codes) -> NDArray[np.bool_]:
    """Return which codes are among others, which have to be ascending; `np.isin` would sort all of them each time."""
    if not len(those):
        return np.zeros(len(codes), np.bool_)
    same: NDArray[np.bool_] = those[np.minimum(those.searchsorted(codes), len(those) - 1)] == codes
    return same


def _said_at(passages: Iterable[Passage], offset: int) -> tuple[Passage, int]:
    for passage in passages:
        words = words_in(passage.text)
        if offset < len(words):
            return passage, offset
        offset -= len(words)
    raise DamagedIndexError("a stretch of talk has fewer words than its row")
