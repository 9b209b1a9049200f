"""Says whether some words were said, by whom and how often, the people asked about first.

Only this module decides how similar words have to be to be credited to somebody. Similarity alone is never enough: a
missing rare word, a negation, or half a sentence makes another statement. The sentences are in `verdicts.py`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, takewhile
from typing import Final

from bot.answering import sentences, verdicts
from bot.answering.catalogue import Catalogue
from bot.answering.crediting import credited
from bot.answering.differing import SHORT, hedges, is_kept, is_worth_naming, reports, written_ways
from bot.answering.nearness import HE, RARE, pronoun
from bot.answering.unsaid import Unsaid
from bot.port.messages import Difference, Episode, EpisodeId, QuoteCheck, Unsure, Verdict, Voice
from bot.understanding.manner import is_question
from bot.understanding.request import EVERYWHERE, Somebody, Where
from knowledge.cutting import sentences_begin
from knowledge.model import Passage, Quote, Scope
from knowledge.search import Alignment, Search
from knowledge.search.inflection import inflected_alike
from knowledge.search.numbers import in_words
from knowledge.search.quotations import about
from knowledge.search.words import (
    carries,
    fold,
    is_first_person,
    negates,
    split,
    whole_spans,
    whole_words,
    written_out,
)

NEAREST: Final = 0.42
"""Minimum similarity, 0 to 1, for words to be shown as the nearest."""

QUOTATION: Final = 3
"""Minimum number of words in a quotation; fewer come up by coincidence."""

_NEARLY: Final = 0.7
"""Minimum similarity for words to be nearly said, if nothing else speaks against it."""

_ADDED: Final = 12
"""One word of a quotation may be unsaid, and another one for every this many words."""
_SKIPPED: Final = 4
"""Maximum number of consecutive words that may be left out; more make it two sentences."""

_NEXT: Final = re.compile(r"[.!?…;]\s|,\s+(?:and|but|or|so|while)\s")
"""Where one statement ends and the next begins."""

_CLOSES: Final = re.compile(r"[.!?…,;:]|\s[-–—]")
"""Where a clause ends."""

_OTHERS: Final = HE | {"they", "his", "her", "their", "him", "them"}

_LEAD: Final = 8
"""Maximum number of words shown that lead to a statement."""
_TOLD: Final = re.compile(
    r"\b(?:says?|saying|said|think(?:s|ing)?|thought|believe[sd]?|claim(?:s|ed)?|argue[sd]?|assume[sd]?|convinced"
    r"|tells?|telling|told)(?: (?:me|us|you|him|her|them|people))?(?: that)?$"
)
"""Words that lead to what somebody says or thinks."""
_ASKED_WHY: Final = re.compile(r"(?<!\b(?:that|this) )(?<!\bwhich )(?<!\b(?:is|it) )(?<!\bwas )\bwhy$")
"""Leads to a statement that is only asked or argued about, unlike "that's why": "the best case for why it was good"."""
_BEFORE: Final = 3
"""Number of words before `_TOLD` that may have the "I" of "I have always said that"."""

_KNOWN: Final = re.compile(
    r"(?:know|knew|think|thought|believe|guess|suppose|bet|hope|wish|hear|heard|see|saw|say|said)"
    r"(?: that)? (?P<whose>.+)"
)
"""Words between "I" and what somebody else does: "I know people love it"."""

_IT: Final = ("it", "they", "that", "this")
"""Words for the subject of a statement."""
_PREDICATE: Final = 4
"""Minimum number of words after the subject for it not to be coincidence."""
_NAMED_BEFORE: Final = 120
"""Number of characters before "it" in which the subject has to be named."""
_SHOWN: Final = 10
"""Number of places shown; the most evidence that an answer may have."""
_FITTING: Final = (Verdict.EXACT, Verdict.CLOSE, Verdict.OPPOSITE, Verdict.OTHER_NUMBER)
"""Ways in which real words fit those asked about, best first."""


class Attribution:
    """Checks quotations against one library.

    Attributes:
        unsaid: answers about words that were not said.
    """

    def __init__(self, catalogue: Catalogue, search: Search) -> None:
        self._catalogue = catalogue
        self._search = search
        self.unsaid = Unsaid(catalogue, search)

    def check(self, said: str, where: Where, asked: Sequence[Somebody] = (), *, quoted: bool = True) -> QuoteCheck:
        """Say whether these words were said, and whether by the people asked about.

        Places in the part that the question is about come first. Words that are not `quoted` may be a paraphrase.
        """
        # "Did Ann say she was wrong?" is about her, not about anybody else who was wrong.
        of_oneself = bool(asked) and not quoted and pronoun(said) in HE
        found = _Places(self._found(said, where, asked, of_oneself=of_oneself), said, asked, quoted, of_oneself)
        fitting = next(found.verdicts(), None)
        # A negation of the subject, as in "There is no cloud. It's ...", is no denial.
        if (fitting is None or fitting[0] is Verdict.OPPOSITE) and (nearly := self._with_it(said, where, asked)):
            fitting = Verdict.CLOSE, nearly
        if fitting:
            return self._checked(*fitting, said, where, found, quoted=quoted)
        statement = self.unsaid.statement(said)
        nearest = found.nearest(lambda each: statement.is_told_in(each.item.text))
        theirs = nearest is not None and (not asked or is_any_of(asked, nearest.item.speaker))
        instead = _instead(nearest, found.words) if nearest and theirs else None
        unsaid = self.unsaid.by_anybody(said, where, found.names, nearest, instead, theirs=theirs)
        return replace(unsaid, quoted=quoted)

    def _checked(
        self, verdict: Verdict, places: Sequence[Alignment], said: str, where: Where, found: _Places, *, quoted: bool
    ) -> QuoteCheck:
        """Say what is known about words that were said, or nearly said, in some places."""
        evidence = tuple(self._catalogue.evidence_at(each) for each in places[:_SHOWN])
        named = found.named(places[0])
        # Only the first place's differences are named, so only speakers with the same differences are credited.
        said_by = self._voices([each for each in places if found.named(each) == named], found) if verdict.said else ()
        differences = tuple(Difference(*each) for each in named)
        if verdict is Verdict.OPPOSITE:  # next to "not", another verb doesn't matter
            differences = tuple(filter(_denies, differences)) or differences
        if verdict is Verdict.OTHER_NUMBER:
            other = self.unsaid.statement(said).other_number(places[0].item.text)
            differences = (other,) if other else differences
        few = found.words < QUOTATION
        check = verdicts.checked(said, verdict, found.names, evidence, said_by, differences, few=few, quoted=quoted)
        if self._search.countless(said, scope=Scope(where.episode)):
            check = replace(verdicts.and_(check, verdicts.COUNTLESS), countless=True)
        if lead := _lead(places[0]):
            check = verdicts.and_(check, verdicts.comes_after(lead))
        return check

    def said(self, words: str) -> Sequence[Alignment]:
        """List every place where words were said, or if there is none, nearly said, unless they were read aloud."""
        found = _Places(self._found(words, EVERYWHERE, ()), words, ())
        places = next((places for verdict, places in found.verdicts() if verdict.said), ())
        return [each for each in places if not _is_read(each)]

    def _found(
        self, said: str, where: Where, asked: Sequence[Somebody], *, of_oneself: bool = False
    ) -> list[Alignment]:
        everywhere = Scope(where.episode)
        # Their own words are searched too, because they may be lost among many who said it or something nearer.
        theirs = _of_each(asked, where)
        looked = {scope: tuple(self._written(said, scope)) for scope in (everywhere, *theirs)}
        # "He loves it" is not "I love it".
        exact = [] if of_oneself else [match for match in chain.from_iterable(looked.values()) if match.exact]
        by_them = any(is_any_of(asked, match.item.speaker) for match in exact)
        for scope in (*(() if exact else (everywhere,)), *(() if by_them else theirs)):
            looked[scope] = self._search.resembling(said, looked[scope], scope=scope)
        places = {match.item.id: match for match in chain.from_iterable(looked.values())}.values()
        found = [_as_typed(match, said) if match.exact else match for match in places]
        found.sort(key=lambda each: (where.has(each.item.episode), each.similarity), reverse=True)
        return _told_once(found)

    def _written(self, said: str, scope: Scope) -> Iterator[Alignment]:
        """Find words word for word, with contractions written out or not."""
        return (match for way in written_ways(said) for match in self._search.verbatim(way, scope=scope))

    def _with_it(self, said: str, where: Where, asked: Sequence[Somebody]) -> list[Alignment]:
        """Find where a statement was said of "it", named right before: "There is no cloud. It's ..."."""
        subject = about(said)
        spans = [span for span in whole_spans(said) if span[0] in subject]
        predicate = said[spans[-1][2] :].strip() if spans else ""
        words = split(predicate)
        if len(words) < _PREDICATE or not any(map(carries, words)):
            return []
        scopes = _of_each(asked, where) or [Scope(where.episode)]
        places = (match for it in _IT for scope in scopes for match in self._written(f"{it} {predicate}", scope))
        return [each for place in places if (each := _as_asked(place, said[: spans[-1][2]], subject))]

    def _voices(self, places: Sequence[Alignment], found: _Places) -> tuple[Voice, ...]:
        """Count who said it, the people asked about first, then those who said it most."""
        episodes: defaultdict[tuple[str | None, bool, bool, bool, str], list[EpisodeId]] = defaultdict(list)
        sources = [credited(place) for place in places]
        # Whatever is quoted in an episode is quoted by all who repeat it there.
        quoted = {
            place.item.episode
            for place, (is_credited, _) in zip(places, sources, strict=True)
            if is_credited or place.in_quotation_marks
        }
        for place, (_, source) in zip(places, sources, strict=True):
            read, named = _is_read(place), place.item.speaker is not None
            # Reported, nobody said it word for word.
            exact = not found.differing(place if found.quoted else places[0])
            how = (exact, read, named and not read and place.item.episode in quoted, source)
            speaker = self._catalogue.name(place.item.speaker) if place.item.speaker else None
            episodes[speaker, *how].append(place.item.episode)
        voices = [
            Voice(speaker, len(ids), exact, aloud, quoting, *self._first_and_last(ids), source)
            for (speaker, exact, aloud, quoting, source), ids in episodes.items()
        ]
        return tuple(sorted(voices, key=lambda each: (not is_any_of(found.asked, each.speaker), -each.times)))

    def _first_and_last(self, ids: Collection[EpisodeId]) -> tuple[Episode | None, Episode | None]:
        """Return the first and the last of some episodes, if dates or the numbers of one show order them."""
        rows = self._catalogue.in_order(ids)
        ordered = len(rows) == 1 and len(rows[0]) == len(set(ids))
        return (rows[0][0], rows[0][-1]) if ordered else (None, None)


@dataclass(frozen=True)
class _Places:
    """Where some words, or similar ones, were said.

    Attributes:
        asked: the people asked about.
        quoted: whether the exact words matter; otherwise other speakers are left out if these people said it.
        of_oneself: whether it has to be about the speaker: "did Ann say she hates it" looks for "I hate it".
    """

    found: Sequence[Alignment]
    said: str
    asked: Sequence[Somebody]
    quoted: bool = True
    of_oneself: bool = False

    @cached_property
    def words(self) -> int:
        """Number of words asked about."""
        return len(split(self.said))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the people asked about."""
        return tuple(each.name for each in self.asked)

    def differing(self, place: Alignment) -> list[tuple[str, str]]:
        """List where a place differs from the words: "did he say he hates it" looks for "I hate it"."""
        return [each for each in _differing(place) if self.quoted or not reports(*each)]

    def named(self, place: Alignment) -> list[tuple[str, str]]:
        """List the differences worth naming: a wrong word, but not a missing "the"."""
        every = self.differing(place)
        moved = {each for each in every if "" in each and each[::-1] in every}
        return [each for each in every if each not in moved and is_worth_naming(*each, quoted=self.quoted)]

    def verdicts(self) -> Iterator[tuple[Verdict, Sequence[Alignment]]]:
        """Yield the verdicts that hold, each with its places, the most telling about the people asked about first."""
        there = [(verdict, places) for verdict in _FITTING if (places := self._by_fit.get(verdict))]
        if not self.asked:
            yield from there
            return
        said = next((places for verdict, places in there if verdict.said), [])
        for verdict, places in there:
            others = (said if verdict.said else places) if self.quoted else ()
            if theirs := [each for each in places if is_any_of(self.asked, each.item.speaker) and not _is_read(each)]:
                yield verdict, _first(theirs, others)
        if named := [each for each in said if each.item.speaker]:
            yield Verdict.BY_OTHERS, _first(named, said)
        # If the source names nobody, it may have been one of these people; the sentence says that nobody is named.
        for verdict, places in there:
            if unnamed := [each for each in places if verdict.said or not each.item.speaker]:
                yield verdict, unnamed

    def nearest(self, tells_it: Callable[[Alignment], bool]) -> Alignment | None:
        """Return the most similar words, or if none are similar, those that `tells_it` accepts.

        Words of the people asked about win.
        """
        alike = self._by_fit.get(Verdict.NOT_FOUND) or list(filter(tells_it, self.found))
        theirs = (each for each in alike if is_any_of(self.asked, each.item.speaker))
        return next(theirs, None) or next(iter(alike), None)

    @cached_property
    def _by_fit(self) -> Mapping[Verdict | None, Sequence[Alignment]]:
        found: defaultdict[Verdict | None, list[Alignment]] = defaultdict(list)
        for each in self.found:
            found[self._fit(each)].append(each)
        return found

    def _fit(self, found: Alignment) -> Verdict | None:
        fit = _fit(found, self.words)
        others = self.of_oneself and not (_in_first_person(found) and not found.in_quotation_marks)
        # "The worst place" isn't "the best place", however much of the rest they say.
        lost = fit is Verdict.CLOSE and bool(self.asked) and _replaced(self.named(found)) is not None
        others = others or (not self.quoted and (lost or bool(_lead(found)) or _leads_to_others(found)))
        exact = self.quoted and fit is Verdict.EXACT
        asked = not exact and _is_asked(found) and not is_question(self.said)
        if fit in _FITTING and (others or asked or not self._is_kept(found)):
            return Verdict.NOT_FOUND
        return fit

    def _is_kept(self, found: Alignment) -> bool:
        return self.words >= SHORT or is_kept(found, self.said, quoted=self.quoted)


def _of_each(asked: Sequence[Somebody], where: Where) -> list[Scope]:
    """Return where each of some people speaks, under any of their names."""
    names = dict.fromkeys(each.name for person in asked for each in person.all)
    return [Scope(where.episode, speaker=name) for name in names]


def _as_asked(found: Alignment, asked: str, subject: Collection[str]) -> Alignment | None:
    """Compare words with "it" with a statement that names its subject; None if that isn't named right before."""
    # A negation in the sentence before, with which the words then begin, denies nothing here.
    text = found.item.text
    begin = found.begin if found.exact else sentences_begin(text, found.end)[-1]
    if not set(subject) <= set(split(text[max(begin - _NAMED_BEFORE, 0) : begin])):
        return None
    words = text[begin : found.end]
    it = words.split()[0].partition("'")[0]
    return replace(found, begin=begin, words=words, differences=((asked, it),), exact=False, opposed=False)


def _as_typed(found: Alignment, said: str) -> Alignment:
    """Note where exact words contract what was typed in full, or the reverse: "it's" for "it is"."""
    if _letters(found.words) == _letters(said):
        return found
    typed, real = whole_words(said), whole_words(found.words)
    begin = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(typed, real, strict=False)))
    typed, real = typed[begin:], real[begin:]
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(typed), reversed(real), strict=False)))
    one, other = (" ".join(words[: len(words) - end]) for words in (typed, real))
    return replace(found, exact=False, differences=((one, other),))


def _first(some: Sequence[Alignment], all_: Sequence[Alignment]) -> Sequence[Alignment]:
    """Put some places before all others."""
    first = {each.item.id for each in some}  # by id, because comparing hundreds of places is slow
    return [*some, *(each for each in all_ if each.item.id not in first)]


def _fit(found: Alignment, words: int) -> Verdict | None:
    """Judge how real words fit those asked about, whoever said them; None if they aren't even similar."""
    if not _differing(found):
        return Verdict.EXACT
    if found.similarity < NEAREST:
        return None
    if _joins_two(found) or _is_of_others(found):
        return Verdict.NOT_FOUND
    lost = words >= SHORT and found.missing >= RARE
    if found.similarity < _NEARLY or lost or not _is_kept(found, words):
        return Verdict.NOT_FOUND
    if _hedged(found):
        return Verdict.NOT_FOUND
    if found.opposed:
        return Verdict.OPPOSITE
    return Verdict.OTHER_NUMBER if found.miscounted else Verdict.CLOSE


def _hedged(found: Alignment) -> tuple[str, str] | None:
    """Return where words hedge differently: something "could" be, not "should"."""
    # Words in between may have a hedge of their own: "people, if you can find them".
    parted = [each for each in _differing(found) if each[0] or not any(map(_tells, split(each[1])))]
    asked, real = (set(chain.from_iterable(hedges(each[side]) for each in parted)) for side in (0, 1))
    return next((each for each in parted if asked != real and hedges(each[0]) != hedges(each[1])), None)


def _tells(word: str) -> bool:
    return carries(word) and not hedges(word)


def _lead(found: Alignment) -> str:
    """Return what attributes the words to others or makes them conditional: "my neighbours believe that"."""
    begin = sentences_begin(found.item.text, found.begin)[-1]
    before = found.item.text[begin : found.begin].split()[-_LEAD:]
    words = split(" ".join(before))
    if words and ("if" in hedges(words[-1]) or _ASKED_WHY.search(" ".join(words))):
        return " ".join(before)
    told = _TOLD.search(" ".join(words))
    whose = words[: len(words) - len(told[0].split())][-_BEFORE:] if told else ()
    return " ".join(before) if whose and not any(map(is_first_person, whose)) else ""


def _leads_to_others(found: Alignment) -> bool:
    """Tell whether "I" only reports others: "I know people love it" isn't "I love it"."""
    known = [match for asked, real in found.differences if not asked and (match := _KNOWN.fullmatch(fold(real)))]
    return any(not any(map(is_first_person, split(each["whose"]))) for each in known)


def _joins_two(found: Alignment) -> bool:
    """Tell whether words join the halves of two statements: "Bob came, and Ann left" isn't "Bob left"."""
    added = [re.escape(real) for asked, real in found.differences if not asked and any(map(carries, split(real)))]
    left_out = chain.from_iterable(re.finditer(rf"(?:[^\w\s]+\s+)?{real}", found.words) for real in added)
    return any(_NEXT.search(each[0]) for each in left_out)


def _instead(found: Alignment, words: int) -> Difference | None:
    """Return the one word or hedge that was said instead of another; None if more or nothing differs."""
    if not _is_kept(found, words):
        return None
    if hedged := _hedged(found):
        return Difference(*hedged)
    return _replaced(found.differences)


def _replaced(differences: Iterable[tuple[str, str]]) -> Difference | None:
    """Return the first word that was said instead of another: "worst" for "best"."""
    for asked, real in differences:
        if len(split(asked)) == 1 == len(split(real)) and carries(asked) and not inflected_alike(asked, fold(real)):
            return Difference(asked, real)
    return None


def _is_kept(found: Alignment, words: int) -> bool:
    """Tell whether nearly all of the words were said, with little in between."""
    return found.unsaid <= 1 + words // _ADDED and found.skipped <= _SKIPPED


def _is_of_others(found: Alignment) -> bool:
    """Tell whether the question has "I" but the words are about others: "people love drones" isn't "I love drones"."""
    own = [(asked, real) for asked, real in found.differences if is_first_person(fold(asked))]
    # "You should" may mean "we should", but "should" alone is about somebody else.
    others = any(not real or (asked == "i" and not is_first_person(pronoun(real))) for asked, real in own)
    return others and found.begin not in sentences_begin(found.item.text)


def _is_asked(found: Alignment) -> bool:
    """Tell whether words are part of a question, unless only a tag follows them: "Go is dead, right?"."""
    end = _CLOSES.search(found.item.text, found.end)
    return end is not None and end[0] == "?"


def _differing(found: Alignment) -> list[tuple[str, str]]:
    """List where words differ from those that were said, apart from apostrophes and numbers in figures."""
    return [each for each in found.differences if _letters(each[0]) != _letters(each[1])]


def _letters(words: str) -> str:
    plain = map(written_out, re.sub(r"['’]", "", fold(words)).split())
    return " ".join(chain.from_iterable(map(in_words, plain)))


def _told_once(found: Iterable[Alignment]) -> list[Alignment]:
    """Leave out duplicates: episodes published in two shows, and passages that a quote was picked from."""
    picked: defaultdict[tuple[EpisodeId, bool], int] = defaultdict(int)
    kept: dict[object, Alignment] = {}
    matches = sorted(found, key=lambda each: not isinstance(each.item, Quote))  # stable
    for each in matches:
        key = (each.item.episode, each.exact)
        if isinstance(each.item, Quote):
            picked[key] += 1
        elif picked[key]:
            picked[key] -= 1
            continue
        kept.setdefault((each.item.speaker, each.item.text), each)
    places = {id(each) for each in kept.values()}
    return [each for each in found if id(each) in places]


def recounted(check: QuoteCheck) -> QuoteCheck | Unsure:
    """Only offer the nearest if the words report what somebody did: "quit his job" is no quotation."""
    if not check.evidence or _OTHERS.isdisjoint(split(check.asked)):
        return check
    return Unsure(sentences.MAYBE, check.evidence[0].confidence, (), evidence=check.evidence)


def _in_first_person(found: Alignment) -> bool:
    """Tell whether "I" or "we" was said for the first "he" or "she" in the question, which is its subject."""
    first = next((real for asked, real in found.differences if pronoun(asked) in HE), "")
    return is_first_person(pronoun(first))


def _denies(difference: Difference) -> bool:
    """Tell whether one side of a difference has a negation that the other lacks."""
    asked, real = ([word for word in split(words) if negates(word)] for words in (difference.asked, difference.real))
    return len(asked) != len(real)


def _is_read(place: Alignment) -> bool:
    """Tell whether the words are somebody else's, read aloud."""
    return isinstance(place.item, Passage) and place.item.aloud and place.item.speaker is not None


def is_any_of(asked: Iterable[Somebody], speaker: str | None) -> bool:
    """Tell whether a speaker may be one of the people asked about."""
    return any(_is_called(speaker, each) for person in asked for each in person.all)


def _is_called(speaker: str | None, somebody: Somebody) -> bool:
    """Tell whether a speaker's label is somebody's name, or a part of it that is known to be theirs."""
    theirs, asked = set(fold(speaker or "").split()), set(fold(somebody.name).split())
    if speaker in somebody.labels:
        return True
    if theirs < asked and somebody.speaks:
        return False  # "Varun" may be somebody other than Varun Mohan
    return bool(theirs) and (theirs <= asked or asked <= theirs)
