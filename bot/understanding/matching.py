"""Finds the sentence that a part of a question fits: all of it, or all but words without a subject.

What the sentence then means is in `meaning.py`, how a question is divided in `reader.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.port.messages import EpisodeId
from bot.understanding.clauses import STORY, bared
from bot.understanding.coding import coded
from bot.understanding.intents import Intents
from bot.understanding.meaning import Inner, Meaning
from bot.understanding.names import EPISODE, NAMES, SEASON, SHOW, YEARS, Names, Place
from bot.understanding.request import Request, Somebody, Where
from bot.understanding.sentences import Language, Lexicon
from bot.understanding.templates import Match
from bot.understanding.text import QUOTED, Text
from bot.understanding.wants import Ask, Beside, CheckQuote, Compare, Courtesy, FactKind, FactOf, Pick, Social, WhoSaid
from knowledge.search.words import carries

_LONGEST: Final = 30
"""Words of the longest part that is matched; what is said around a question may be as long as itself."""
_BESIDES: Final = 3
"""Words with a subject that may stand beside a quotation to check: "is it real or did my friend make it up"."""
_SAID: Final = frozenset({"check", "check_after", "who_said"})
"""What asks about words that may have been said."""
_END: Final = 2
"""Words at the end of a long text that may be no part of what was said: "..., is that right"."""
_OPEN: Final = frozenset({"subject", "words", "a", "b"})
"""Slots for any words."""
_LOOSE: Final = frozenset(
    {kind.name.lower() for kind in (*FactKind, *Courtesy) if kind is not FactKind.BEST}
    | {"topics", "episodes", "with_person", "quote", "another_quote", "more", "doubt", "repeat"}
    | {"at_time", "before_that", "after_that", "around_that"}
)
"""What is asked for by a part of a sentence, if nothing else in it has a subject."""

_COURTESIES: Final = frozenset(kind.name.lower() for kind in Courtesy if kind is not Courtesy.HELP)
"""What is none beside words that ask, or that name a show: "later episodes of Hive Talk" bids nobody goodbye."""


@dataclass(frozen=True, slots=True)
class Read:
    """A part of a text that was understood.

    Attributes:
        text: the words of the question that it was made of.
        open_words: how many of its words only stand in slots.
        want: what the sentences file calls it.
        begins_open: whether its first word is in a slot.
    """

    request: Request
    text: Text
    open_words: int
    want: str = ""
    begins_open: bool = False

    @property
    def is_all(self) -> bool:
        """Whether it asks for something definite, with nothing left open but of which episode a fact is wanted."""
        closed = not self.open_words or isinstance(self.request.want, FactOf)
        return self.definite and closed and not self.names_alone

    @property
    def names_alone(self) -> bool:
        """Whether it has no words but names."""
        return NAMES.issuperset(self.text.plain)

    @property
    def asks_by_itself(self) -> bool:
        """Whether it is a question beside others: it begins like one, and is no quotation without its marks."""
        if self.want == "both" or (self.open_words and self.want in {"check", "who_said"}):
            return False
        begun = self.want == "compare" or not (self.begins_open and self.open_words)
        return begun and (self.definite or self.request.want is Ask.SAID)

    @property
    def definite(self) -> bool:
        """Whether it asks for something that is wanted by itself, beside whatever else is said."""
        match self.request.want:
            case Ask.SAID | Ask.MORE | Ask.ABOUT_THAT | Ask.WRONG | Ask.REPEAT | Ask.OTHER | Ask.DOUBT:
                return False
            case Social() | Pick() | CheckQuote(None) | WhoSaid(None) | Beside():
                return False
            case Compare(surely=surely):
                return surely
            case _:
                return True


class Matcher:
    """Matches the parts of one question."""

    def __init__(
        self,
        lexicon: Lexicon,
        languages: Sequence[Language],
        names: Names,
        meaning: Meaning,
        before: EpisodeId | None,
        given: EpisodeId | None,
        show: str | None = None,
    ) -> None:
        """Take the episode talked about before, the one asked about whatever the words say, and the usual show."""
        self._lexicon = lexicon
        self._languages = languages
        self._names = names
        self._meaning = meaning
        self._before = before
        self._given = given
        self._show = show
        self._matched: dict[tuple[tuple[int, int, int], bool], Read | None] = {}
        self._limits: dict[tuple[int, int, int], tuple[Text, Place]] = {}

    def match(self, text: Text, *, within: bool = False) -> Read | None:
        """Match all of a text with a sentence; None where none fits.

        `within` is for a text that is a part of another question, in which "and ..." goes on from nothing.
        """
        if not text.words or len(text.words) > _LONGEST:
            return None
        key = (text.place, within)
        if key not in self._matched:
            self._matched[key] = self._match(text, within=within)
        return self._matched[key]

    def _match(self, text: Text, *, within: bool) -> Read | None:
        inner = None if within else self._inner
        found = next(filter(None, (self._best(text, language, inner) for language in self._languages)), None)
        return found or (self._said_at_length(text) if len(text.words) > STORY else None)

    def _said_at_length(self, text: Text) -> Read | None:
        """Match a long text that asks about words that may have been said: what is in their middle is no question."""
        shortened = text.joined(STORY - 1 - _END, len(text.words) - _END)
        found = next(filter(None, (self._best(shortened, language, None) for language in self._languages)), None)
        return replace(found, text=text) if found and found.want in _SAID else None

    def _best(self, text: Text, language: Language, inner: Inner | None) -> Read | None:
        """Find the sentence that leaves fewest words to its slots; of equals the first."""
        kept, place = self.limited(text)
        best: Read | None = None
        for variant, words, at in self._variants(text, kept, language):
            for match in language.templates.matches(words):
                # Words that may have been said last to the end: "AGI is here" without "here" is another claim.
                quotes = match.want in _SAID or (best is not None and best.want in _SAID)
                if best and best.open_words <= match.open_words - (0 if quotes else _in_names(match)):
                    continue
                slots = {name: (at[begin], at[end - 1] + 1) for name, (begin, end) in match.slots.items()}
                goes_there = match.want == "follow" and not match.open_words  # "and on Hive Talk?"
                if variant is text and not goes_there and self._takes_a_limit(slots, text, kept):
                    continue
                if request := self._meaning.request(replace(match, slots=slots), variant, text, place, inner):
                    begins_open = any(begin == 0 for begin, _ in match.slots.values())
                    best = Read(request, text, match.open_words - _in_names(match), match.want, begins_open)
                    break
            if best and not best.open_words:
                break
        return best

    def _takes_a_limit(self, slots: Mapping[str, tuple[int, int]], text: Text, kept: Text) -> bool:
        """Tell whether a subject has the name in it that a question is limited to: "honey on Hive Talk"."""
        taken = (word for name, (begin, end) in slots.items() if name in _OPEN for word in text.words[begin:end])
        return any(word.plain in {SHOW, SEASON, YEARS} and word not in kept.words for word in taken)

    def _variants(
        self, text: Text, kept: Text, language: Language
    ) -> Iterator[tuple[Text, Sequence[str], Sequence[int]]]:
        """Yield a text, and without what limits it: as it is, without what is said around a question, without fillers.

        With each comes which words are left, and where in the text they are.
        """
        for variant in (text, kept) if len(kept.words) != len(text.words) else (text,):
            full, bare = list(range(len(variant.words))), list(range(*bared(variant, language)))
            spared = [[n for n in some if variant.plain[n] not in language.anywhere] for some in (bare, full)]
            tried: list[list[int]] = []
            for at in (full, bare, *spared):
                if 0 < len(at) <= STORY and at not in tried:
                    tried.append(at)
                    yield variant, [variant.plain[n] for n in at], at

    def _inner(self, text: Text) -> Request | None:
        read = self.match(text, within=True)
        return read.request if read else None

    def loose(self, text: Text) -> Read | None:
        """Match a part of a sentence with one that has no open words, where nothing else in it has a subject."""
        found = self._part(text)
        # "what is it like being on call" is no "what is it", though all of its words are common.
        return found if found and not Intents.load().asks_what_was_said(text) else None

    def _part(self, text: Text) -> Read | None:
        kept, place = self.limited(text)
        for language in self._languages:
            begin, end = bared(kept, language)
            bare = kept.part(begin, end)
            if len(bare.words) > STORY:
                continue
            subjects = [word for word in bare.plain if word.islower() and self._is_subject(word, language)]
            for match in language.templates.inside(bare.plain, _LOOSE, subjects):
                if match.want == "with_person" and match.span[1] - match.span[0] == 1:  # only a name
                    continue
                before, after = bare.plain[: match.span[0]], bare.plain[match.span[1] :]
                rest = (*before, *after)
                counts = self._lexicon.counts.search(bare.part(0, match.span[0]).coded)
                if counts or any(self._is_subject(word, language) for word in rest):
                    continue
                asks = len(kept.words) < len(text.words) or any(
                    self._lexicon.asks.match(coded((word,))) for word in rest
                )
                if asks and match.want in _COURTESIES:
                    continue
                if request := self._meaning.request(match, bare, text, place, None):
                    return Read(request, text, len(before) + len(after), match.want)
        return None

    def _is_subject(self, word: str, language: Language) -> bool:
        spare = word in self._names.generic or word in language.anywhere or word in {EPISODE, SEASON, YEARS}
        return not spare and carries(word)

    def quotation(self, text: Text) -> Read | None:
        """Take words between quotation marks as words to check, where the rest asks for that and for little else."""
        quoted = [word for word in text.words if word.plain == QUOTED]
        rest = [word.plain for word in text.words if word.plain != QUOTED]
        cued = not self._lexicon.cues.isdisjoint(rest)
        if len(quoted) != 1 or not cued or sum(map(carries, rest)) > _BESIDES:
            return None
        kept, place = self.limited(text)
        people = tuple(word.named for word in kept.words if isinstance(word.named, Somebody))
        request = Request(CheckQuote(str(quoted[0].named)), text.written, "", place.where, people)
        return Read(request, text, 0, "check")

    def limited(self, text: Text) -> tuple[Text, Place]:
        """Return a text without what limits it, and what that is."""
        if text.place not in self._limits:
            kept = self._names.limited(text)
            given = Place(Where(self._given)) if self._given else None
            self._limits[text.place] = kept, given or self._names.place(text, kept, self._before, self._show)
        return self._limits[text.place]


def _in_names(match: Match) -> int:
    """Count the open words of a match that turned out to be somebody's name."""
    return sum(end - begin for name, (begin, end) in match.slots.items() if name in {"person", "person_", "anyone"})
