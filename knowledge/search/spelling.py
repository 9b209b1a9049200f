"""Corrects words that the library lacks to the nearest one it has, or leaves them alone.

A noisy channel (Kernighan, Church and Gale 1990): a correction has to be likelier than the word as typed. "Rice" is
good English, so a library without rice does not turn it into "price", and a name that the library lacks stays a name.
Errors come from fingers and from ears; the cheaper explanation counts. Words only; no ranking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import chain, product
from math import inf, log, sqrt
from typing import Final

from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import extract

from knowledge.search import rarity, sounds
from knowledge.search.forms import numeronyms, plain
from knowledge.search.index.lexicon import SHORTEST, InMemory, Lexicon, keys
from knowledge.search.index.stemming import stems
from knowledge.search.words import carries, chat, joining, spans

_EDIT: Final = 1e-4
"""Probability of one slip of the finger."""
_STRANGE: Final = 4e-12
"""Minimum probability of a word that neither English nor the library has."""
_COINED: Final = 7e-5
"""Probability that somebody means such a word, before its length counts: names are coined every day."""
_LETTERS: Final = 12.0
"""Effective choices for each letter of such a word: the shorter it is, the likelier it was meant as typed."""
_SUBJECT: Final = 1e-5
"""Scale of how likely people ask about a word: rare words are asked about more often than they are said."""
_PRIOR: Final = 20_000
"""Number of words of plain English that a library's own counts are blended with."""
_NAME: Final = 1e-3
"""Minimum probability of each name, in a library with few names."""
_ANY_NAME: Final = 0.05
"""Probability that a word is any name at all, shared among a library's many names."""
_LONG: Final = 7
"""Letters in a word beyond which slips cost less, because they are likelier and chance similarities rarer."""
_HERE: Final = log(1_000)
"""Log-likelihood added to a word that occurs in the episode asked about."""
_SURNAME: Final = log(100)
"""Log-likelihood added to a name after another: "rier" after "mat" is Ryer, not "river"."""
_SHORTEST_PART: Final = 3
"""Minimum letters in each part of a compound."""
_CAPITAL: Final = 15.0
"""Factor on the probability of a name for a capital that doesn't begin a sentence."""
_CAPITALIZED: Final = log(0.05)
"""Log-likelihood that somebody gives such a capital to an ordinary word: "Valkey" is no "valley"."""
_OWN: Final = 20
"""Factor by which a library has a word more often than English from which it is a term, and may have a capital."""
_ACCENT: Final = 10.0
"""Factor on the probability of a name for a letter that English lacks."""
_BY_EAR: Final = 0.9
"""Cost, in slips, of writing a word by ear at all."""
_SOUND: Final = 3.6
"""Cost of hearing every sound of a word wrong."""
_LETTER: Final = 0.9
"""Cost of writing every letter of such a word wrong."""
_ODD: Final = 0.2
"""Extra cost of a letter that neither a finger nor an ear would put there; counts at most twice."""
_TELLING: Final = 8
"""Minimum letters of a word that doesn't sound like another by chance."""
_COMMON: Final = 5e-6
"""Minimum likelihood of a common word."""
_KEYBOARD: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ENDS: Final = frozenset(".!?:\n")
_CANDIDATES: Final = 12
"""Maximum number of candidates from each group of near words."""
_NEAR: Final = 1.0
"""Maximum number of slips in one word of a name: "Matt", "Hussain"."""
_HEARD: Final = 5
"""Minimum letters of a name that its consonants identify: "Jared" is Jerod, but Jane is not John."""
_OFTEN: Final = 3
"""How many times as frequent as the spelling typed, one word or two, the other has to be in a library."""
_OFTENER: Final = 20
"""The same if the first of two words may have been typed to ask or chat: "chat gpt"."""
_KNOWN: Final = 20
"""Minimum count of a word that is put together of two."""
_NAMES: Final = 5
"""Minimum number of places in which a word that means nothing by itself begins a name."""
_UNUSUAL: Final = 2e-4
"""Maximum frequency of such a word in English: a small library may have "the" mostly before one other word."""
_SELDOM: Final = 100
"""Maximum count of a word that may be another spelling of two words."""
_LONGEST: Final = 80
"""Maximum letters of two words typed as one: the index has no word longer than forty."""


class Capitals(Enum):
    """What capitals mean in a text."""

    OPEN_SENTENCES = "sentences begin with one, and so do names; if every word has one, they mean nothing"
    ARE_NAMES = "they mark names: a question whose spelling was corrected has no other capitals"


@dataclass(frozen=True, slots=True)
class Correction:
    """A word as it was typed, and the word or words that replace it."""

    typed: str
    known: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A question with its spelling corrected.

    Attributes:
        text: with corrections; as typed if nothing was wrong.
        corrections: in the order of the question.
        unknown: folded words that are not in the library and have no near word there.
    """

    text: str
    corrections: tuple[Correction, ...] = ()
    unknown: tuple[str, ...] = ()


def slips(word: str) -> int:
    """Return the maximum number of slips in a word of this length."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < 6 else 2 if len(word) < 11 else 3


def near(typed: str, name: str) -> bool:
    """Tell whether a folded word may be a misspelling of a name, if the rest of the name is right."""
    cost = min(_cost(typed, name), _cost(name, typed))
    if min(len(typed), len(name)) <= SHORTEST:
        return cost < _NEAR  # Anne is Ann, and Jan is not Jon
    by_ear = len(name) >= _HEARD and typed[0] == name[0] and not set(sounds.keys(typed)).isdisjoint(sounds.keys(name))
    return cost <= _NEAR or by_ear


class Vocabulary:
    """A library's words with their counts, and the corrections among them."""

    def __init__(self, counts: Mapping[str, int], names: Iterable[str] = (), said: Lexicon | None = None) -> None:
        """Take words with their counts, the names among them, and a lexicon of more words."""
        self._lexicons: tuple[Lexicon, ...] = (InMemory(counts), *([said] if said else ()))
        self._names = frozenset(names)
        self._named = min(_NAME, _ANY_NAME / max(len(self._names), 1))
        self._total = sum(lexicon.total for lexicon in self._lexicons) + _PRIOR

    def __contains__(self, word: str) -> bool:
        return any(lexicon.count(word) for lexicon in self._lexicons)

    def count(self, word: str) -> int:
        """Count how often the library has a word."""
        return sum(lexicon.count(word) for lexicon in self._lexicons)

    def likelihood(self, word: str) -> float:
        """Return the probability of this word in a question to this library."""
        likely = (self.count(word) + _PRIOR * rarity.frequency(word)) / self._total
        return max(likely, self._named) if word in self._names else likely

    def prepare(self) -> None:
        """Build the groups of words that look or sound alike."""
        for lexicon in self._lexicons:
            lexicon.near("")

    def nearest(
        self,
        typed: str,
        here: Callable[[str], bool] | None = None,
        *,
        as_name: float = 1.0,
        after: str = "",
    ) -> str | None:
        """Return the word that was meant; None if that is the typed one or nothing is near.

        `here` tells whether the episode asked about has a word; such words are preferred. `as_name` is how much
        likelier than usual the typed word is a name. `after` is the word before it.
        """
        if not slips(typed) or typed.rstrip("stndrh").isdigit():  # "300th" as well
            return None
        coined = max(_STRANGE, _COINED * _LETTERS ** -len(typed)) * as_name
        best, most = None, log(max(_asked(rarity.frequency(typed)), coined))
        for word in self._candidates(typed):
            if len(typed) == len(word) == SHORTEST and sorted(word) != sorted(typed):
                continue  # probably an abbreviation that the library lacks: "gpt" is not "gpu", "amd" not "and"
            likely = log(_asked(self.likelihood(word))) + log(_EDIT) * _cost(typed, word)
            if here is not None and here(word):
                likely += _HERE
            if word in self._names and after in self._names:
                likely += _SURNAME
            if as_name >= _CAPITAL and not (typed.startswith(word) or self._has_capital(word)):
                likely += _CAPITALIZED
            if likely > most:
                best, most = word, likely
        return best

    def _has_capital(self, word: str) -> bool:
        """Tell whether people may write a word with a capital: somebody's name, or a term such as "kubernetes"."""
        ordinary = max(rarity.frequency(word), rarity.UNLISTED)
        return word in self._names or self.count(word) > _OWN * ordinary * self._total

    def _candidates(self, typed: str) -> dict[str, None]:
        """Return words that look or sound much like a typed one, as keys."""
        allowed = slips(typed)
        lengths = range(max(len(typed) - allowed, SHORTEST), len(typed) + allowed + 1)
        spelt = self._near(chain.from_iterable(keys(typed, length) for length in lengths))
        heard = self._near(sounds.keys(typed))
        found: dict[str, None] = {}
        for groups, most in ((spelt, allowed), (heard, None)):
            for group in groups:
                nearest = extract(typed, group, scorer=OSA.distance, score_cutoff=most, limit=_CANDIDATES)
                found.update((word, None) for word, _, _ in nearest)
        return found

    def _near(self, shared: Iterable[str]) -> Iterator[Sequence[str]]:
        return (near for key in shared for lexicon in self._lexicons if (near := lexicon.near(key)))

    def parts(self, typed: str, together: Callable[[str, str], bool]) -> tuple[str, str] | None:
        """Return the two telling words that were typed as one, if the library has them next to each other."""
        if len(typed) > _LONGEST:
            return None
        splits = ((typed[:at], typed[at:]) for at in range(2, len(typed) - 1))
        telling = (pair for pair in splits if all(word in self and carries(word) for word in pair))
        known = [pair for pair in telling if together(*pair)]
        return max(known, key=lambda pair: min(map(self.likelihood, pair)), default=None)


def _asked(used: float) -> float:
    """Return how likely a word is in a question, given how likely it is in talk."""
    return sqrt(used * _SUBJECT)


def _cost(typed: str, word: str) -> float:
    """Return the distance of two words in ordinary slips, by finger or by ear, whichever is less."""
    distance = OSA.distance(typed, word)
    slipped = distance <= min(slips(typed), slips(word) + (distance == 1))
    return min(_slipped(typed, word, distance) if slipped else inf, _misheard(typed, word, distance))


def _slipped(typed: str, word: str, distance: int) -> float:
    """Return the cost of slips of the finger; swapped, doubled and dropped letters cost less."""
    cost = distance * min(1.0, _LONG / len(word))
    if typed[0] != word[0]:
        cost += 0.4
    if sorted(typed) == sorted(word):
        return cost - 0.3
    if _undoubled(typed) == _undoubled(word):
        cost -= 0.3
    elif _dropped(typed, word):
        cost -= 0.2
    return cost + _ODD * min(_odd(typed, word), 2)


def _misheard(typed: str, word: str, distance: int) -> float:
    """Return the cost of writing by ear: differences in sound, and to a lesser degree in letters."""
    pairs = product(sounds.readings(typed), sounds.readings(word))
    apart = min((OSA.distance(one, other) for one, other in pairs), default=inf)
    return _BY_EAR + (_SOUND * apart + _LETTER * distance) / len(word)


def _odd(typed: str, word: str) -> int:
    """Count letters that are neither next to the one meant on the keyboard nor sound like it."""
    odd = 0
    for edit in Levenshtein.editops(word, typed):
        at = edit.dest_pos
        if edit.tag == "insert":
            odd += not any(
                _slips_to(typed[at], beside) for beside in typed[max(at - 1, 0) : at] + typed[at + 1 : at + 2]
            )
        elif edit.tag == "replace":
            meant = word[edit.src_pos]
            odd += not (_slips_to(typed[at], meant) or sounds.alike(typed[at], meant))
    return odd


def _slips_to(typed: str, meant: str) -> bool:
    """Return whether letters are the same or neighbours on the keyboard."""
    return typed == meant or typed in _beside().get(meant, "")


@cache
def _beside() -> dict[str, str]:
    """Return the keys around each letter on the keyboard."""
    rows = ("", *_KEYBOARD, "")
    return {
        letter: "".join(row[max(at - 1, 0) : at + 2] for row in rows[number : number + 3])
        for number, middle in enumerate(_KEYBOARD)
        for at, letter in enumerate(middle)
    }


def _dropped(typed: str, word: str) -> bool:
    """Return whether the word was typed with letters left out, as people do in a hurry."""
    left = iter(word)
    return all(letter in left for letter in typed)


def _undoubled(word: str) -> str:
    return "".join(letter for at, letter in enumerate(word) if not at or letter != word[at - 1])


@dataclass(frozen=True, slots=True)
class Speller:
    """Corrects the spelling of whole questions.

    Attributes:
        knows: whether the library has a word in any of its forms.
        together: whether the library has two words next to each other in at least this many places.
    """

    vocabulary: Vocabulary
    knows: Callable[[str], bool]
    together: Callable[[str, str, int], bool]

    def understand(
        self,
        text: str,
        here: Callable[[str], bool] | None = None,
        *,
        capitals: Capitals = Capitals.OPEN_SENTENCES,
    ) -> Understood:
        """Correct words that the library lacks and leave the rest as typed; prefers words for which `here` is true."""
        written: list[str] = []
        corrections: list[Correction] = []
        unknown: list[str] = []
        words = spans(text)
        as_names = _as_names(text, words, capitals)
        done = 0
        for at, (word, begin, end) in enumerate(words):
            if begin < done:
                continue
            following = words[at + 1] if at + 1 < len(words) and _run_on(text[end : words[at + 1][1]]) else None
            # "R" is a language, and that of "J.R.R." an initial: neither is "are" typed in a hurry.
            named = len(word) == 1 and (as_names[at] >= _CAPITAL or text[:begin].endswith("."))
            instead = None if named else chat().get(word)
            known, before = self.knows(word), words[at - 1][0] if at else ""
            join = self._rather_one if known or not carries(word) else self._joined
            joined = join(word, following[0]) if following and instead is None else None
            if following and joined:
                instead, end = joined, following[2]
                corrections.append(Correction(text[begin:end], joined))
            elif instead is None and carries(word):
                instead = self._written(word) if known else self._corrected(word, here, as_names[at], before)
                if instead is not None:
                    corrections.append(Correction(text[begin:end], instead))
                elif not known:
                    unknown.append(word)
            written += [text[done:begin], instead or text[begin:end]]
            done = end
        return Understood("".join([*written, text[done:]]), tuple(corrections), tuple(unknown))

    def _joined(self, word: str, following: str) -> str | None:
        """Return the word that was typed as two; corrected only if neither part is near any word."""
        joined = word + following
        if joined in self.vocabulary:
            return joined
        if len(joined) < _LONG or not carries(following) or self.knows(following):
            return None
        likely = self.vocabulary.nearest(joined)
        alone = likely and (self.vocabulary.nearest(word) or self.vocabulary.nearest(following))
        return None if alone else likely

    def _rather_one(self, word: str, following: str) -> str | None:
        """Return the single word, if the library mostly has it as one: "database" for "data base"."""
        if word in joining():
            return f"{word}-{following}" if self.is_name(word, following) else None  # lest "vs" be "versus"
        joined = word + following
        count = self.vocabulary.count(joined)
        often = count // (_OFTEN if carries(word) else _OFTENER)
        known = count >= _KNOWN and carries(following)
        return joined if known and not self.together(word, following, often + 1) else None

    def _rather_two(self, word: str) -> str | None:
        """Return the two words, if the library mostly has them as two: "open source" for "opensource"."""
        count = self.vocabulary.count(word)
        return None if count > _SELDOM else self._apart(word, max(count, 1) * _OFTEN)

    def _as_name(self, word: str) -> str | None:
        """Return a name whose first word means nothing by itself as one word, if typed as one: "vs-code"."""
        if rarity.frequency(word) or self.vocabulary.count(word) > _SELDOM:
            return None
        pairs = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
        return next(("-".join(pair) for pair in pairs if self.is_name(*pair)), None)

    def is_name(self, word: str, following: str) -> bool:
        """Tell whether a word that means nothing by itself mostly begins a name in the library: "VS" in "VS Code"."""
        if word not in joining() or rarity.frequency(word) > _UNUSUAL or not carries(following):
            return False
        return self.together(word, following, max(self.vocabulary.count(word) // 2 + 1, _NAMES))

    def _apart(self, word: str, often: int) -> str | None:
        """Return the two words typed as one, if the library has them next to each other at least this often."""
        parts = self.vocabulary.parts(word, lambda first, second: self.together(first, second, often))
        return " ".join(parts) if parts else None

    def _written(self, word: str) -> str | None:
        """Return the right spelling of a misspelt form of a known word ("trainning"), None if it is right.

        "K8s" is written out, since it has a word's meaning only as a word.
        """
        if word in numeronyms():
            return numeronyms()[word]
        if rarity.frequency(word) or plain(word) != word:
            return None
        apart = self._as_name(word) or self._rather_two(word)
        if apart or word in self.vocabulary:
            return apart
        nearest = self.vocabulary.nearest(word)
        if nearest is None or not _without_ending(word).isdisjoint(_without_ending(nearest)):
            return None  # "crystallises" is as right as "crystallised"
        return nearest if stems(nearest) == stems(word) or self._heard_as(word, nearest) else None

    def _heard_as(self, word: str, common: str) -> bool:
        """Return whether a long word is a common one by ear: "definately" shares its stem with "define" by chance."""
        shared = not set(sounds.keys(word)).isdisjoint(sounds.keys(common))
        return shared and len(word) >= _TELLING and self.vocabulary.likelihood(common) >= _COMMON

    def _corrected(self, word: str, here: Callable[[str], bool] | None, as_name: float, before: str) -> str | None:
        if name := self._as_name(word):
            return name
        nearest = self.vocabulary.nearest(word, here, as_name=as_name, after=before)
        if nearest and OSA.distance(word, nearest) > 1 and self.vocabulary.parts(word, _both_long):
            return self._apart(word, 1)  # "beekeeping" is a compound, not a misspelt "bookkeeping"
        return nearest or self._apart(word, 1)


def _both_long(first: str, second: str) -> bool:
    return min(len(first), len(second)) >= _SHORTEST_PART


def _run_on(between: str) -> bool:
    """Tell whether two words with this between them may be one word: not across sentences or items of a list."""
    return not between.strip(" -’'")


def _without_ending(word: str) -> frozenset[str]:
    """Return a word with and without common endings of verbs and nouns."""
    return frozenset(word.removesuffix(ending) for ending in ("", "s", "es", "d", "ed"))


def _as_names(text: str, words: Sequence[tuple[str, int, int]], capitals: Capitals) -> list[float]:
    """Return for each word how much likelier than usual it is a name, by its capital and accents."""
    large = [text[begin].isupper() for _, begin, _ in words]
    names = large if capitals is Capitals.ARE_NAMES else _within_sentences(text, words, large)
    accents = (any(each.isalpha() and not each.isascii() for each in text[begin:end]) for _, begin, end in words)
    return [
        (_CAPITAL if name else 1.0) * (_ACCENT if accent else 1.0) for name, accent in zip(names, accents, strict=True)
    ]


def _within_sentences(text: str, words: Sequence[tuple[str, int, int]], large: Sequence[bool]) -> list[bool]:
    """Return which words have a capital after a lower-case word, or after another such name.

    A word all in capitals beside words in small letters is a name or part of a pasted message wherever it stands:
    "ERR! ERESOLVE unable to resolve".
    """
    shouted = text.isupper()
    names: list[bool] = []
    for at, (_, begin, end) in enumerate(words):
        opens = not at or not _ENDS.isdisjoint(text[words[at - 1][2] : begin])
        apart = not shouted and end - begin > 1 and text[begin:end].isupper()
        names.append(large[at] and (apart or (not opens and (not large[at - 1] or names[at - 1]))))
    return names
