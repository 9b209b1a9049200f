"""Reads a question, once: what is wanted, on what subject, where and of whom.

In this order: clean the text, correct its spelling, find the names in it (shows, episodes, people, quoted words), take
it apart into questions if it has several, match each with the sentences of `sentences/`, and fill in from what went
before what it leaves open. The outcome is a `Request`; nothing after this looks at the text to find out what it means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from bot.port.messages import Episode, EpisodeId, Question, Scope
from bot.understanding import sentences
from bot.understanding.clauses import STORY, Clauses, divided
from bot.understanding.conversation import Thread
from bot.understanding.matching import Matcher, Read
from bot.understanding.meaning import NAMES, Meaning
from bot.understanding.names import Names
from bot.understanding.request import Request
from bot.understanding.sentences import Language
from bot.understanding.slots import tells
from bot.understanding.text import Pause, Text, clean
from bot.understanding.wants import Ask, Courtesy, FactKind, FactOf, Social, Want
from knowledge.search.spelling import Understood

_QUESTIONS: Final = 3
"""Questions of one message that are answered."""
_CUTS: Final = 8
"""Places, from either end of a sentence, where it is tried to be two; a text of nothing but "and" has hundreds."""
_ALL_OF_IT: Final = FactOf(FactKind.SUMMARY)
_WEAK: Final = frozenset({"what_is"})
"""What is a question only as one of several: "what is X" alone is about all of its words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was read.

    Attributes:
        requests: one for each question in it, at most three.
        understood: the question with its spelling corrected and names in full; None where it was taken as typed.
        typed: the same with names as they were typed.
    """

    requests: tuple[Request, ...]
    understood: str | None
    typed: str | None


class Spell(Protocol):
    """Corrects the spelling of a question by the words that the library has."""

    def __call__(self, words: str, *, scope: Scope = ...) -> Understood:
        """Correct it, rather by the words of the episode that is asked about."""
        ...


class Reader:
    """Reads questions about one library."""

    def __init__(
        self,
        episodes: Iterable[Episode],
        heard: Mapping[EpisodeId, Iterable[str]],
        spell: Spell,
    ) -> None:
        """Take episodes newest first, who speaks in the transcript of each, and what corrects spelling."""
        self._languages = sentences.languages()
        self.names = Names(tuple(episodes), heard, self._languages)
        self._spell = spell

    def read(self, question: Question, before: Thread) -> Reading:
        """Read a question, with what went before it."""
        typed = clean(question.text)
        marked = self.names.marked(Text.of(typed))
        place = self.names.place(marked, self.names.limited(marked), before.episode)
        spelled = self._spell(typed, scope=Scope(question.episode or place.where.episode))
        text = marked if spelled.text == typed else self.names.marked(Text.of(spelled.text))
        first, *others = self._languages
        spoken = [first, *(each for each in others if not each.spelled.isdisjoint(text.plain))]
        reads = _Turn(spoken, self.names, before, question.episode).read(text)
        full = spelled.text
        if len(reads) == 1:
            full = full.replace(reads[0].source, reads[0].request.text, 1)
        changed = bool(spelled.corrections) or full != spelled.text
        requests = tuple(each.request for each in reads)
        return Reading(requests, full if changed else None, spelled.text if spelled.corrections else None)


class _Turn:
    """One question while it is read."""

    def __init__(self, languages: Sequence[Language], names: Names, before: Thread, given: EpisodeId | None) -> None:
        self._languages = languages
        self._names = names
        self._clauses = Clauses(languages)
        self._meaning = Meaning(languages, names, self._clauses, before)
        self._matcher = Matcher(languages, names, self._meaning, before.episode, given)

    def read(self, text: Text) -> Sequence[Read]:
        """Read all questions in a text, three at the most."""
        if not text.words:
            return [Read(Request(Social(Courtesy.NOTHING), ""), "", 0)]
        ends = list(divided(text, Pause.END))
        found = self._sentence(text) if len(ends) == 1 else self._sentences(text, ends)
        if not found:
            return [Read(self._anything(text), text.written, len(text.words))]
        return list(_without_repeats(found))[:_QUESTIONS]

    def _anything(self, text: Text) -> Request:
        """Read what fits no sentence; "he" is the person asked about before there, too."""
        request = self._clauses.anything(text, *self._matcher.limited(text))
        if request.people or self._names.he.isdisjoint(text.plain):
            return request
        return replace(request, people=self._meaning.people_before())

    def _sentences(self, text: Text, each_alone: Sequence[Text]) -> list[Read]:
        """Choose what several sentences ask for: what is wanted for certain, or else what they ask together."""
        found = [each for sentence in each_alone for each in self._sentence(sentence)]
        questions = [each for each in each_alone if self._is_asked(text, each)]
        certain = any(each.definite or each.request.want == Social(Courtesy.HELP) for each in found)
        if len(questions) > 1 and not certain:
            return [Read(self._anything(each), each.written, len(each.words)) for each in questions]
        asked = [each for each in found if not isinstance(each.request.want, Social)]
        # "They talk about rice, right? What did they say?" asks of rice.
        goes_back = len(found) < len(each_alone)
        definite = [each for each in asked if each.definite and not (goes_back and each.request.want == _ALL_OF_IT)]
        if len(asked) > 1 and (definite or len(asked) == len(each_alone)):
            return [each for each in asked if _asks_by_itself(each)]
        if definite:
            return definite
        if whole := self._matcher.match(text):
            return [whole]
        helps = [each for each in found if each.request.want == Social(Courtesy.HELP)]
        courteous = found if len(found) == len(each_alone) else []
        return [] if asked else (helps or courteous)[:1]

    def _is_asked(self, text: Text, sentence: Text) -> bool:
        """Tell whether a short sentence ends in a question mark, and has a subject: each of "GPUs? China?"."""
        after = text.text[sentence.words[-1].end :].lstrip()
        return after.startswith("?") and len(sentence.words) <= STORY and tells(sentence)

    def _sentence(self, text: Text, *, story: bool = True) -> list[Read]:
        """Read one sentence: as a whole, or as questions with an "and" or a comma between, if that leaves less open."""
        titled = self._names.titled(text)
        about_it = self._matcher.match(titled) if titled is not text else None
        if about_it and (about_it.request.want is Ask.TOPICS or isinstance(about_it.request.want, FactOf)):
            return [about_it]
        whole = self._matcher.match(text)
        whole = None if whole and whole.want in _WEAK else whole
        least = whole.open_words if whole else len(text.words)
        for at, joined in self._cuts(text):
            after = text.part(at + 1 if joined and at + 1 < len(text.words) else at, len(text.words))
            left, right = self._matcher.match(text.part(0, at)), self._matcher.match(after)
            named = any(_names_alone(each) for each in (text.part(0, at), after))
            if left and right and not named and left.open_words + right.open_words < least and _apart(left, right):
                return [left, *self._sentence(after, story=story)]
            if not joined and left and self._is_all(left, text.part(0, at)) and not (whole and whole.definite):
                rest = self._matcher.match(after)
                return [left, *([rest] if rest and _asks_by_itself(rest) else [])]
            if story and whole is None and left is None and (asked := self._after_a_story(text.part(0, at), after)):
                return asked
        found = whole or self._matcher.loose(text) or self._matcher.quotation(text)
        return [found] if found else []

    def _cuts(self, text: Text) -> list[tuple[int, bool]]:
        """List where a sentence may be two, and whether by a word that joins them; of a long list the ends."""
        joints = frozenset().union(*(language.joints for language in self._languages))
        joined = ((at, text.plain[at] in joints) for at in range(1, len(text.words)))
        cuts = [(at, joint) for at, joint in joined if joint or text.words[at - 1].pause is Pause.COMMA]
        return cuts if len(cuts) <= 2 * _CUTS else cuts[:_CUTS] + cuts[-_CUTS:]

    def _is_all(self, part: Read, text: Text) -> bool:
        """Tell whether a part before a comma is all that is asked: "the title please, for the calendar"."""
        return part.definite and not part.open_words and not _names_alone(text)

    def _after_a_story(self, story: Text, after: Text) -> list[Read]:
        """Read what comes after words that ask for nothing: "I missed the end, who was the guest?"."""
        if any(language.asks.search(story.spaced) for language in self._languages):
            return []
        asked = self._sentence(after, story=False)
        sure = asked and _asks_by_itself(asked[0]) and asked[0].definite and asked[0].request.want != _ALL_OF_IT
        return asked if sure else []


def _without_repeats(found: Sequence[Read]) -> Iterator[Read]:
    """Leave out what only says again what is wanted: "a line on rice? a quote, I mean"."""
    requests = [each.request for each in found]
    for at, each in enumerate(found):
        this, others = each.request, (*requests[:at], *requests[at + 1 :])
        again = any((other.want, other.subject) == (this.want, this.subject) for other in requests[:at])
        listed = this.want == _ALL_OF_IT and any(other.want is Ask.TOPICS for other in others)
        bare = not this.subject and not this.people and not isinstance(this.want, FactOf)
        said_fully = (other.subject or other.people for other in others if _kind(other.want) == _kind(this.want))
        if not again and not listed and not (bare and any(said_fully)):
            yield each


def _kind(want: Want) -> object:
    return want if isinstance(want, Ask) else type(want)


def _names_alone(text: Text) -> bool:
    return all(word.plain in NAMES for word in text.words)


def _apart(left: Read, right: Read) -> bool:
    """Tell whether two parts of a sentence are questions of their own."""
    return right.want not in {"both", "follow"} and _asks_by_itself(left) and _asks_by_itself(right)


def _asks_by_itself(part: Read) -> bool:
    """Tell whether a part is a question beside others: it begins like one, and is no quotation without its marks."""
    unmarked = part.want in {"check", "who_said"} and part.open_words
    begun = part.want == "compare" or not (part.begins_open and part.open_words)
    begun = begun and part.want != "both" and not unmarked
    return begun and (part.definite or part.request.want is Ask.SAID)
