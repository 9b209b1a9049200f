"""Makes the lists of irregular plurals and spelling variants: `python -m benchmarks.forms WORDNET SCOWL`.

WORDNET is the folder with WordNet 3.0's files (Debian's wordnet-base), SCOWL the one with SCOWL's lists (Debian's
scowl). Which words are paired is decided here; `knowledge/search/forms.py` says what the lists are for.

- An irregular plural is paired with its singular, unless it is a name, a form of another word ("lives"), or so much
  more frequent than the singular that it is a word of its own ("media").
- A non-American spelling is paired with the nearest American word that sounds alike or has the same consonants, if
  enough other pairs differ by the same letters in the same context ("-our", "-or").

Irregular verb forms are not paired: with them, search found a little less, and some are words or names of their own,
such as "led" and "lit".
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from itertools import chain, product
from pathlib import Path
from typing import Final

from rapidfuzz.distance import OSA, Postfix, Prefix
from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

import knowledge.search
from benchmarks import data
from benchmarks.data import Library
from knowledge.search import rarity, sounds
from knowledge.search.words import carries

_PLURALS: Final = """\
# From the exceptions of nouns of WordNet 3.0 by Princeton University (see NOTICE); chosen by benchmarks/forms.py: a \
word and its irregular plurals a line."""
_SPELLINGS: Final = """\
# From SCOWL 2020.12.07 by Kevin Atkinson and others (see NOTICE); paired by benchmarks/forms.py: a word and its other \
spellings a line."""
_SINGULAR: Final = 4.0
"""A plural this many times as frequent as its singular is a word of its own."""
_LONG: Final = 4
"""Minimum number of letters in a plural; shorter ones are abbreviations."""
_SHORT: Final = 2
"""A word with a regular ending has more letters than this."""
_ENDINGS: Final = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))
_LISTED: Final = 70
"""Highest SCOWL level whose words are paired."""
_COMMON: Final = 50
"""Highest SCOWL level of the commoner word in a pair, for the pair to be kept."""
_AMERICAN: Final = frozenset(("american", "english"))
_LOCAL: Final = frozenset(("australian", "australian_variant_1", "australian_variant_2"))
_SHORTEST: Final = 4
_APART: Final = 2
"""Maximum edit distance between two spellings."""
_AS_MANY: Final = 4
"""Minimum number of pairs with the same difference for us to treat it as a spelling rule, not coincidence."""
_WITHIN: Final = re.compile(r"(?<=[a-z,] )[A-Za-z][a-z]+\b")
_CHANCE: Final = 4
"""Capitalised occurrences up to which a word isn't a name: they may be coincidence."""
_VOWELS: Final = str.maketrans("", "", "aeiouyh")
_DOUBLED: Final = re.compile(r"(.)\1+")


def main() -> None:
    """Write both lists where the search reads them."""
    wordnet, scowl = map(Path, sys.argv[1:])
    home = Path(knowledge.search.__file__).parent
    names = named(data.podcasts(data.SHARED, "train"))
    _write(home / "plurals.txt", _PLURALS, plurals(wordnet, names | _names(wordnet / "data.noun")))
    _write(home / "spellings.txt", _SPELLINGS, spellings(scowl, names))


def named(library: Library) -> frozenset[str]:
    """Return the words that are mostly capitalised within sentences."""
    words = Counter(
        word for said in library.said.values() for passage in said for word in _WITHIN.findall(passage.text)
    )
    capital = Counter({word.lower(): count for word, count in words.items() if word[0].isupper()})
    return frozenset(word for word, count in capital.items() if count > max(words[word], _CHANCE))


def plurals(wordnet: Path, names: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a word and its irregular plural."""
    lines = (wordnet / "noun.exc").read_text(encoding="ascii").splitlines()
    known = _known(wordnet)
    exceptions = ((plural, words) for plural, *words in map(str.split, lines))
    for plural, words in chain(exceptions, _men(known)):
        if len(words) == 1 and plural not in names and not _is_regular(plural, known) and _is_likely(plural, words[0]):
            yield words[0], plural


def _is_likely(plural: str, word: str) -> bool:
    """Tell whether both words, and not only one of them, are in common use."""
    said = plural.isalpha() and all(rarity.frequency(each) and carries(each) for each in (plural, word))
    much = rarity.frequency(plural) >= _SINGULAR * rarity.frequency(word)
    return said and not much and len(plural) >= _LONG and not _stemmed_alike(word, plural)


def _names(nouns: Path) -> frozenset[str]:
    """Read the words that WordNet capitalises, in lower case."""
    listed = re.sub(r"\|.*", "", nouns.read_text(encoding="ascii"))
    return frozenset(map(str.lower, re.findall(r"(?<!\S)[A-Z][a-z]+(?!\S)", listed)))


def _men(known: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """List plurals in "-men", such as "women", which WordNet covers by a rule instead of exceptions."""
    for word in known:
        if word.endswith("man") and (plural := f"{word.removesuffix('man')}men") not in known:
            yield plural, [word]


def _known(wordnet: Path) -> frozenset[str]:
    """Read WordNet's nouns and verbs."""
    lines = ((wordnet / name).read_text(encoding="ascii").splitlines() for name in ("index.noun", "index.verb"))
    return frozenset(line.partition(" ")[0] for line in chain.from_iterable(lines))


def _is_regular(form: str, known: Container[str]) -> bool:
    words = (form.removesuffix(end) + instead for end, instead in _ENDINGS if form.endswith(end))
    return any(len(word) > _SHORT and word in known for word in words)


def spellings(scowl: Path, names: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a word and another spelling of it."""
    levels, lists = _listed(scowl)
    pairs = [pair for level in levels.values() for pair in _alike(level, lists)]
    ways = Counter(_way(*pair) for pair in pairs)
    nearest: dict[str, tuple[int, int]] = {}
    for pair in pairs:
        for word in pair:
            nearest[word] = min(nearest.get(word, (_APART + 1, 0)), _near(pair, ways))
    common = set(chain.from_iterable(words for level, words in levels.items() if level <= _COMMON))
    for word, other in pairs:
        mutual = nearest[word] == nearest[other] == _near((word, other), ways)
        kept = ways[_way(word, other)] >= _AS_MANY or ("british" in lists[other] and lists[word] >= {"american"})
        if (
            mutual
            and kept
            and other not in names
            and not common.isdisjoint((word, other))
            and not _stemmed_alike(word, other)
        ):
            yield word, other


def _listed(scowl: Path) -> tuple[dict[int, set[str]], dict[str, set[str]]]:
    """Read the words of each level, and for each word the kinds of lists that contain it."""
    levels: defaultdict[int, set[str]] = defaultdict(set)
    lists: defaultdict[str, set[str]] = defaultdict(set)
    for file in scowl.glob("*-words.*"):
        level = int(file.suffix[1:])
        if level <= _LISTED:
            words = re.findall(rf"^[a-z]{{{_SHORTEST},}}$", file.read_text(encoding="latin-1"), re.MULTILINE)
            levels[level].update(words)
            for word in words:
                lists[word].add(file.stem.removesuffix("-words"))
    return levels, lists


def _alike(words: Iterable[str], lists: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    """Pair American words with possible other spellings."""
    keyed: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for word in words:
        if not lists[word] <= _LOCAL:
            for key in (*sounds.keys(word), _consonants(word)):
                keyed[key][_AMERICAN.isdisjoint(lists[word])].add(word)
    return {
        (word, other)
        for american, others in keyed.values()
        for word, other in product(american, others)
        if word[0] == other[0] and OSA.distance(word, other) <= _APART
    }


def _consonants(word: str) -> str:
    return _DOUBLED.sub(r"\1", word.translate(_VOWELS)) + "-"  # no phonetic key


def _near(pair: tuple[str, str], ways: Mapping[tuple[str, ...], int]) -> tuple[int, int]:
    return OSA.distance(*pair), -ways[_way(*pair)]


def _way(word: str, other: str) -> tuple[str, ...]:
    """Return the letters in which two words differ, with the letters on either side."""
    begin = Prefix.similarity(word, other)
    end = min(Postfix.similarity(word, other), min(len(word), len(other)) - begin)
    differing = sorted(each[begin : len(each) - end] for each in (word, other))
    return (*differing, word[begin - 1 : begin], word[len(word) - end :][:1])


def _stemmed_alike(word: str, other: str) -> bool:
    """Tell whether two words share a stem anyway; uses a plain stemmer, as the search's depends on these lists."""
    stemmer = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.stemmer("english")).build()
    return stemmer.analyze(word) == stemmer.analyze(other)


def _write(file: Path, origin: str, pairs: Iterable[tuple[str, str]]) -> None:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for word, other in pairs:
        groups[word].add(other)
    lines = (" ".join((word, *sorted(others))) for word, others in sorted(groups.items()))
    file.write_text("\n".join((origin, *lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
