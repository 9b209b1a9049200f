"""What a question is about: its telling words with their weights, and which words are only somebody's name.

Takes questions apart; searches nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from knowledge.search.index.stemming import stems
from knowledge.search.rarity import excess
from knowledge.search.spelling import Understood
from knowledge.search.words import asking as asking_words
from knowledge.search.words import carries, split

BARE: Final = 2
"""Maximum number of telling words in a question that only names its subject."""
_ITS_OWN: Final = 1.25
"""Minimum `excess` of words that are a library's own subject."""
_TALKED_ABOUT: Final = 0.75
"""Minimum `excess` of words that a library talks about, rather than only contains."""
_IDENTIFIER: Final = re.compile(r"[^\W_]+(?:[./][^\W_]+)+")
"""An identifier in code, all of whose parts are telling words: "sync.Once", "encoding/json"."""
_CORRECTED: Final = 0.95
"""Factor for finding a corrected word, beside 1 for a word as typed."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a question is asked; the caller knows, the search doesn't read questions.

    Attributes:
        counting: whether it asks how many or how much, which needs a number for an answer.
        counted: folded words for what it asks the number of: "people" in "how many people work there".
        personal: whether it is about the asker's own affairs ("will AI take my job").
        advice: whether it asks for advice ("how do I build better habits").
    """

    counting: bool = False
    counted: tuple[str, ...] = ()
    personal: bool = False
    advice: bool = False


PLAIN: Final = Manner()


@dataclass(frozen=True, slots=True)
class Query:
    """A question as stems.

    Attributes:
        telling: each telling stem with its weight, about 1 to 12.
        words: the first word of each telling stem, in the same order.
        names: stems in names of people and shows: they help to rank, but are no evidence.
        asking: stems of words about asking itself.
        pairs: telling stems that are neighbours in the question.
        corrected: telling stems that were misspelt.
        personal: whether it is about the asker's own affairs, and not the library's subject.
        advice: whether it asks for advice on a subject that the library talks about.
        counting: as in `Manner`.
        counted: stems of what it asks the number of.
        strange: telling stems that the library lacks in any spelling.
        excess: logarithm of how much more frequent the telling words are in the library than in English, as a mean by
            weight; without numbers.
        total: sum of the weights of all telling stems.
    """

    telling: Mapping[str, float]
    words: tuple[str, ...]
    names: frozenset[str]
    asking: frozenset[str]
    pairs: tuple[tuple[str, str], ...]
    corrected: frozenset[str]
    personal: bool
    advice: bool
    counting: bool
    counted: frozenset[str]
    strange: frozenset[str]
    excess: float

    total: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum(self.telling.values()))

    @property
    def written(self) -> Mapping[str, str]:
        """The first word of each telling stem, by the stem."""
        return dict(zip(self.telling, self.words, strict=True))

    @property
    def unheard(self) -> tuple[str, ...]:
        """The telling words that the library lacks in any spelling, as in the question."""
        return tuple(word for stem, word in self.written.items() if stem in self.strange)

    def weight_in(self, words: Collection[str]) -> float:
        """Return the total weight of the telling stems among these; corrected ones count a little less."""
        return sum([self.worth(stem) for stem in self.telling if stem in words])

    def worth(self, stem: str) -> float:
        """Return what finding a telling stem is worth: its weight, or a little less if it was corrected."""
        return self.telling[stem] * (_CORRECTED if stem in self.corrected else 1)

    def share(self, words: Collection[str]) -> float:
        """Return `weight_in` as a share of the total, 0 to 1."""
        if self.telling.keys().isdisjoint(words):  # the common case, for a hundred names a question
            return 0.0
        return self.weight_in(words) / self.total


class KnownNames:
    """The names of people and shows in a library, as stems."""

    def __init__(self, names: Iterable[tuple[str, ...]]) -> None:
        self.known = frozenset(filter(None, names))
        self._beginning: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in self.known:
            self._beginning[name[0]].add(name)

    def within(self, words: Sequence[str]) -> set[str]:
        """Return the stems in this sequence that belong to a known name."""
        starts = ((at, name) for at, word in enumerate(words) for name in self._beginning.get(word, ()))
        return {stem for at, name in starts if tuple(words[at : at + len(name)]) == name for stem in name}


def read(
    understood: Understood,
    manner: Manner,
    names: KnownNames,
    weigh: Callable[[str, str], float],
    speaks: Callable[[str], bool],
    begins: Callable[[str, str], bool],
) -> Query:
    """Take a question apart.

    `weigh` weighs a word and its stem, and `speaks` tells if a stem is in a speaker's name. `begins` tells if a word
    that means nothing by itself begins a name with the next: "vs" in "vs code".
    """
    words = [(word, stem) for word in split(understood.text) for stem in stems(word)]
    named = names.within([stem for _, stem in words])
    named |= {stem for _, stem in words if stem not in named and speaks(stem)}
    identified = _identified(understood.text, words, begins)
    # None for each word that tells nothing, so that the words on both sides of it are no neighbours.
    told = [each if each[1] not in named and (carries(each[0]) or each[0] in identified) else None for each in words]
    tells = list(filter(None, told))
    telling = {stem: weigh(word, stem) for word, stem in tells}
    written = {stem: word for word, stem in reversed(tells)}  # the first word of each
    neighbours = ((one[1], other[1]) for one, other in pairwise(told) if one and other)
    own = _excess((written[stem], weight) for stem, weight in telling.items())
    return Query(
        telling,
        tuple(written[stem] for stem in telling),
        frozenset(named),
        frozenset(stem for word, stem in words if word in asking_words()) - named - telling.keys(),
        tuple((one, other) for one, other in neighbours if one != other),
        _stems(correction.known for correction in understood.corrections),
        manner.personal and own < _ITS_OWN,
        manner.advice and own >= _TALKED_ABOUT,
        manner.counting,
        _stems(manner.counted),
        _stems(understood.unknown),
        own,
    )


def _identified(text: str, words: Sequence[tuple[str, str]], begins: Callable[[str, str], bool]) -> set[str]:
    """Return the words that tell something only as parts of an identifier or of a name: "vs" in "vs code"."""
    identifiers = map(split, _IDENTIFIER.findall(text))
    parts = {part for each in identifiers if any(map(carries, each)) for part in each}
    return parts.union(word for (word, _), (after, _) in pairwise(words) if begins(word, after))


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem for word in words for stem in stems(word))


def _excess(weighed: Iterable[tuple[str, float]]) -> float:
    words = [(word, weight) for word, weight in weighed if not word.isdigit()]
    total = sum(weight for _, weight in words)
    return sum(weight * excess(word, weight) for word, weight in words) / total if total else 0.0
