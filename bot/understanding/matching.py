"""Finds the sentence that fits part of a question: all of its words, or all but some without a subject.

What the sentence means is decided in `meaning.py`, how a question is divided in `dividing.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.port.messages import EpisodeId
from bot.understanding.clauses import STORY, bared
from bot.understanding.coding import coded
from bot.understanding.entities import Place
from bot.understanding.handlers.context import Inner
from bot.understanding.intents import Intents
from bot.understanding.meaning import Meaning
from bot.understanding.names import EPISODE, NAMES, SEASON, SHOW, YEARS, Names
from bot.understanding.request import Request, Somebody, Where
from bot.understanding.sentences import Language, Lexicon
from bot.understanding.templates import Match
from bot.understanding.text import QUOTED, Text
from bot.understanding.wants import Ask, Beside, CheckQuote, Compare, Courtesy, FactKind, FactOf, Pick, Social, WhoSaid
from knowledge.search.words import carries

_LONGEST_PART: Final = 30
"""Maximum number of words to match; the words around a question may be as many as its own."""
_WORDS_BESIDE_A_QUOTATION: Final = 3
"""Maximum number of content words beside a quotation to check: "is it real or did my friend make it up"."""
_SAID: Final = frozenset({"check", "check_after", "who_said"})
"""Sentences about words that may have been said."""
_WORDS_AFTER_A_QUOTATION: Final = 2
"""Number of words at the end of a long text that may be outside the quotation: "..., is that right"."""
_OPEN_SLOTS: Final = frozenset({"subject", "words", "a", "b"})
"""Slots that take any words."""
_LOOSE: Final = frozenset(
    {kind.name.lower() for kind in (*FactKind, *Courtesy) if kind is not FactKind.BEST}
    | {"topics", "episodes", "with_person", "quote", "another_quote", "more", "doubt", "repeat"}
    | {"at_time", "before_that", "after_that", "around_that"}
)
"""Sentences that may fit part of a text, if the rest has no subject."""
_COURTESIES: Final = frozenset(kind.name.lower() for kind in Courtesy if kind is not Courtesy.HELP)
"""Sentences that aren't meant if the rest asks or names a show: "later episodes of Hive Talk" is no goodbye."""


@dataclass(frozen=True, slots=True)
class Read:
    """Part of a text, understood.

    Attributes:
        text: the words from which the request was made.
        open_words: number of words that are in slots and are no names.
        want: the name of the sentence in the YAML files; empty if it fits none.
        begins_open: whether its first word is in a slot.
    """

    request: Request
    text: Text
    open_words: int
    want: str = ""
    begins_open: bool = False

    @property
    def is_all(self) -> bool:
        """Whether it asks for something definite and leaves nothing open, except which episode a fact is about."""
        closed = self.open_words <= 0 or isinstance(self.request.want, FactOf)
        return self.definite and closed and not self.names_alone

    @property
    def names_alone(self) -> bool:
        """Whether all its words are names."""
        return NAMES.issuperset(self.text.plain)

    @property
    def asks_by_itself(self) -> bool:
        """Whether it can be one of several questions: it starts like one, and is no unmarked quotation."""
        if self.want == "both" or (self.open_words and self.want in {"check", "who_said"}):
            return False
        begun = self.want == "compare" or not (self.begins_open and self.open_words)
        return begun and (self.definite or self.request.want is Ask.SAID)

    @property
    def definite(self) -> bool:
        """Whether it asks for something specific, whatever else the message says."""
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
        show: str | None,
    ) -> None:
        """Prepare to match the parts of one message.

        Args:
            lexicon: the words of all languages.
            languages: the languages to try, in this order.
            names: the names in the library.
            meaning: turns matches into requests.
            before: the episode talked about last.
            given: the episode that the message is about, whatever its words say.
            show: the show meant if neither the message nor the conversation names one.
        """
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
        """Match all of a text with a sentence; None if none fits.

        `within` is for part of another question, where "and ..." refers to nothing.
        """
        if not text.words or len(text.words) > _LONGEST_PART:
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
        """Match a long quotation, with the words in its middle taken as one: none of them is part of the question."""
        shortened = text.joined(STORY - 1 - _WORDS_AFTER_A_QUOTATION, len(text.words) - _WORDS_AFTER_A_QUOTATION)
        found = next(filter(None, (self._best(shortened, language, None) for language in self._languages)), None)
        return replace(found, text=text) if found and found.want in _SAID else None

    def _best(self, text: Text, language: Language, inner: Inner | None) -> Read | None:
        """Find the sentence that leaves the fewest words to its slots, the first of equals."""
        kept, place = self.limited(text)
        best: Read | None = None
        for variant, words, at in self._variants(text, kept, language):
            for match in language.templates.matches(words):
                # A quotation goes on to the end: "AGI is here" without "here" is another claim.
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
        """Tell whether a slot would take the name that the question is limited to: "honey on Hive Talk"."""
        taken = (word for name, (begin, end) in slots.items() if name in _OPEN_SLOTS for word in text.words[begin:end])
        return any(word.plain in {SHOW, SEASON, YEARS} and word not in kept.words for word in taken)

    def _variants(
        self, text: Text, kept: Text, language: Language
    ) -> Iterator[tuple[Text, Sequence[str], Sequence[int]]]:
        """Yield variants of a text: with and without its limits, with and without words around a question and fillers.

        With each come the words that are left, and their positions in the text.
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
        """Match part of a text with a sentence without open words, if the rest has no subject."""
        found = self._part(text)
        # "what is it like being on call" doesn't mean "what is it", though all of its words are common.
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
        """Take a quotation as words to check, if the rest asks for that and little more."""
        quoted = [word for word in text.words if word.plain == QUOTED]
        rest = [word.plain for word in text.words if word.plain != QUOTED]
        cued = not self._lexicon.cues.isdisjoint(rest)
        if len(quoted) != 1 or not cued or sum(map(carries, rest)) > _WORDS_BESIDE_A_QUOTATION:
            return None
        kept, place = self.limited(text)
        people = tuple(word.named for word in kept.words if isinstance(word.named, Somebody))
        request = Request(CheckQuote(str(quoted[0].named)), text.written, "", place.where, people)
        return Read(request, text, 0, "check")

    def limited(self, text: Text) -> tuple[Text, Place]:
        """Return a text without what limits it, and the place to which it is limited."""
        if text.place not in self._limits:
            kept = self._names.limited(text)
            given = Place(Where(self._given)) if self._given else None
            self._limits[text.place] = kept, given or self._names.place(text, kept, self._before, self._show)
        return self._limits[text.place]


def _in_names(match: Match) -> int:
    """Count the open words of a match that turned out to be a person's name."""
    return sum(end - begin for slot, (begin, end) in match.slots.items() if slot in {"person", "person_", "anyone"})
