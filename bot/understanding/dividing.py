"""Divides a message into its questions: its sentences, and the questions of one sentence.

Which template of `sentences/` a part fits is found in `matching.py`; parts that fit none are read in
`fallback.py`. How the questions refer to each other is in `compound.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import Final

from bot.understanding.clauses import STORY, divided
from bot.understanding.compound import ALL_OF_IT, together, without_repeats
from bot.understanding.guessing import leaves_the_subject_to
from bot.understanding.manner import manner
from bot.understanding.matching import Matcher, Read
from bot.understanding.names import Names
from bot.understanding.request import Somebody
from bot.understanding.sentences import Lexicon
from bot.understanding.slots import names_something, refers, tells
from bot.understanding.text import Pause, Text, plain
from bot.understanding.wants import (
    Ask,
    AtTime,
    CheckQuote,
    Count,
    Courtesy,
    FactOf,
    LatestOn,
    Order,
    Social,
    Standing,
    WhoSaid,
)
from knowledge.search.rarity import is_everyday
from knowledge.search.words import carries

_CUTS_AT_AN_END: Final = 8
"""Maximum number of places to try from either end of a sentence; a text of nothing but "and" has hundreds."""
_SHORTEST_REMARK: Final = 3
"""Minimum number of words, with a subject, that are a remark after a question and not part of a list."""
_SIGNS: Final = frozenset({"/", "//", "|"})
"""Signs that people put between two questions, but also between two names."""
_WEAK: Final = frozenset({"explain", "what_is", "what_is_the"})
"""Sentences that are read as such only among several questions; alone, "what is X" is a search for its words."""
_OF_A_PERSON: Final = frozenset(
    {Ask.WITH_PERSON, Ask.APPEARANCES, Ask.HOME_OF, Ask.WORK_OF, Ask.WORKED_BEFORE, *Standing}
)
"""Wants that go on with another name."""
_WORDS_OF_EITHER: Final = 3
"""Maximum number of words of each of two things."""
_LEAST_OF_A_NAME, _MOST_OF_A_NAME = 2, 4
"""Minimum and maximum number of words of an unknown person's name."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where one sentence may be two questions.

    Attributes:
        joined: whether a word such as "and" joins them, and not only a comma.
    """

    before: Text
    after: Text
    joined: bool


@dataclass(frozen=True, slots=True)
class Divider:
    """Divides messages; `anything` reads a question that fits no sentence."""

    _lexicon: Lexicon
    _names: Names
    _matcher: Matcher
    _anything: Callable[[Text], Read]

    def questions(self, text: Text) -> Sequence[Read]:
        """List the questions of a message, at most three; none if it fits no sentence."""
        sentences = list(self._parts(text))
        found = self._sentence(text) if len(sentences) == 1 else self._sentences(text, sentences)
        return together(without_repeats([each for read in found for each in self._of_either(read)]))

    def _of_either(self, read: Read) -> Sequence[Read]:
        """Ask when each of two things first came up: nobody means the first time that "Nix or Guix" is said."""
        request, subject = read.request, Text.of(read.request.subject)
        at = next((at for at, word in enumerate(subject.plain) if word in self._lexicon.between), 0)
        of_time = isinstance(request.want, LatestOn) or (
            isinstance(request.want, Count) and request.want.order in {Order.FIRST, Order.LAST}
        )
        sides = (subject.part(0, at), subject.part(at + 1, len(subject.words)))
        if not (of_time and all(0 < len(side.words) <= _WORDS_OF_EITHER for side in sides)):
            return [read]
        texts = [request.text.replace(request.subject, side.written) for side in sides]
        return [
            replace(read, request=replace(request, subject=side.written, text=text), text=Text.of(text))
            for side, text in zip(sides, texts, strict=True)
        ]

    def after_an_aside(self, text: Text) -> Read | None:
        """Read the only question of a sentence after words that ask nothing; None for other sentences."""
        asked = next(filter(None, map(self._after_a_story, self.cuts(text))), [])
        return asked[0] if len(asked) == 1 else None

    def begins(self, text: Text) -> bool:
        """Tell whether a text starts like a question."""
        return text.plain[0] in self._lexicon.interrogative

    def _parts(self, text: Text) -> Iterator[Text]:
        """Divide a text into sentences, but not a claim at a semicolon after which nothing is asked."""
        parts = list(divided(text, Pause.END))
        for at, part in enumerate(parts):
            following = parts[at + 1] if at + 1 < len(parts) else None
            if following and self._goes_on(part, following):
                parts[at + 1] = Text(text.text, (*part.words, *following.words))
            else:
                yield part

    def _goes_on(self, part: Text, following: Text) -> bool:
        """Tell whether the words of a claim go on after a semicolon."""
        if ";" not in part.text[part.words[-1].end : following.words[0].begin]:
            return False
        claim = self._matcher.match(part)
        said = claim is not None and isinstance(claim.request.want, CheckQuote | WhoSaid) and claim.open_words > 0
        return said and not self.begins(following) and self._matcher.match(following) is None

    def _sentences(self, text: Text, each_alone: Sequence[Text]) -> list[Read]:
        """Choose what several sentences ask: whatever is definite, or else what they ask together."""
        if question := self._before_remarks(each_alone):
            return self._sentence(question) or [self._anything(question)]
        *before, last = each_alone
        asked_last = self._matcher.match(last)
        if asked_last and asked_last.request.want is Ask.LINES and not asked_last.request.subject:
            return [self._on_what_was_told(asked_last, _together(before))]
        if asked_last and all(map(self._is_statement, before)) and self._leaves_behind(_together(before), asked_last):
            return [asked_last]
        found = [each for sentence in self._asking(each_alone) for each in self._sentence(sentence)]
        asked = [each for each in found if not isinstance(each.request.want, Social)]
        helps = [each for each in found if each.request.want == Social(Courtesy.HELP)]
        questions = [each for each in each_alone if self._is_asked(each)]
        if len(questions) > 1 and not helps and not any(each.definite for each in found):
            return [self._anything(each) for each in questions]
        # "They talk about rice, right? What did they say?" asks about rice.
        goes_back = len(found) < len(each_alone)
        definite = [each for each in asked if each.definite and not (goes_back and each.request.want == ALL_OF_IT)]
        if len(asked) > 1 and (definite or len(asked) == len(each_alone)):
            return [each for each in asked if each.asks_by_itself or each.want == "who_said"]
        if definite:
            return definite
        if whole := self._matcher.match(text):
            return [whole]
        if helps and (told := self._told(text, each_alone)):
            return [told]
        return [] if asked else (helps or ([] if goes_back else found))[:1]

    def _on_what_was_told(self, read: Read, told: Text) -> Read:
        """Ask for somebody's words on the sentence before: "is rye hard? What did Ann say"."""
        begun = self._matcher.match(told)
        if not tells(told) or (begun is not None and (begun.definite or begun.request.people)):
            return read
        said = begun.request if begun and begun.request.subject else self._anything(told).request
        of_it = replace(said, want=Ask.SAID, people=read.request.people, where=read.request.where, words_of=True)
        return replace(read, request=of_it, want="said")

    def _told(self, text: Text, sentences: Sequence[Text]) -> Read | None:
        """Search for what is told before "help": "my tests are flaky. Help". None if it is no news."""
        matches = [(each, self._matcher.match(each)) for each in sentences]
        told = Text(text.text, tuple(word for each, read in matches if read is None for word in each.words))
        of_something = names_something(told)
        asks = self._lexicon.asks.search(told.coded) or self._is_asked(sentences[-1])
        if not told.words or asks or not (of_something or manner(told.written).personal):
            return None
        read = self._anything(told)
        return replace(read, request=replace(read.request, text=text.written))

    def _before_remarks(self, sentences: Sequence[Text]) -> Text | None:
        """Return the only question of a message that goes on with statements: "is rye any good? it tasted odd to me".

        They are asides if the question has a subject and points at none of them. None for other messages.
        """
        asked, *after = [*dropwhile(self._greets, sentences)] or sentences
        points = not (self._lexicon.it | self._lexicon.that).isdisjoint(asked.plain)
        if not after or points or not _ends_in_a_question_mark(asked) or not all(map(self._is_statement, after)):
            return None
        named = names_something(asked) or (tells(asked) and not leaves_the_subject_to(_together(after), asked))
        return asked if named else None

    def _greets(self, sentence: Text) -> bool:
        read = self._matcher.match(sentence)
        return read is not None and isinstance(read.request.want, Social)

    def _is_statement(self, sentence: Text) -> bool:
        """Tell whether a sentence asks nothing, and doesn't go on with the question before: "Especially of rye"."""
        first = sentence.plain[0]
        if _ends_in_a_question_mark(sentence) or self.begins(sentence) or first in self._lexicon.opening:
            return False
        read = self._matcher.match(sentence)
        asks = read and (read.definite or first not in self._lexicon.telling) and not self._greets(sentence)
        return not (asks or self._lexicon.narrowing.match(sentence.coded))

    def _asking(self, sentences: Sequence[Text]) -> Sequence[Text]:
        """Leave out statements such as "I think she did both" beside a sentence with a question mark."""
        marked = [_ends_in_a_question_mark(each) and tells(each) for each in sentences]
        if not any(marked):
            return sentences
        telling = self._lexicon.telling
        return [each for each, asks in zip(sentences, marked, strict=True) if asks or each.plain[0] not in telling]

    def _is_asked(self, sentence: Text) -> bool:
        """Tell whether a sentence is short, has a subject and ends in a question mark, as both of "GPUs? China?" do."""
        return _ends_in_a_question_mark(sentence) and len(sentence.words) <= STORY and tells(sentence)

    def _sentence(self, text: Text, *, story: bool = True) -> list[Read]:
        """Read one sentence: as several questions if that leaves fewer words open, otherwise as one."""
        if titled := self._about_a_title(text):
            return [titled]
        whole = self._matcher.match(text)
        if both := self._of_another(text, whole):
            return both
        if whole and whole.want in _WEAK:
            whole = None
        if several := self._several(text, whole.open_words if whole else len(text.words)):
            return several
        remarked: Read | None = None
        for cut in self.cuts(text):
            left, right = self._matcher.match(cut.before), self._matcher.match(cut.after)
            if left and self._is_remark(left, right, cut, whole):
                remarked = remarked or left
                continue
            is_story = story and not (left or whole)
            asked = self._with_a_search(left, right, cut, whole) or (self._after_a_story(cut) if is_story else [])
            if asked:
                return asked
        found = remarked or whole or self._matcher.loose(text) or self._matcher.quotation(text) or self._courtesy(text)
        return [found] if found else []

    def _several(self, text: Text, open_words: int) -> list[Read]:
        """Divide a sentence into as many questions as leave the fewest words open, fewer than it has as a whole.

        The best way up to each cut is extended by every question that begins there.
        """
        last = len(text.words)
        ends = [(len(cut.before.words), last - len(cut.after.words)) for cut in self.cuts(text)]
        ways: dict[int, list[Read]] = {0: []}
        for begin in (0, *(after for _, after in ends)):
            for end, after in (*ends, (last, last)) if begin in ways else ():
                found = self._matcher.match(text.part(begin, end)) if 0 < end - begin < last else None
                if found and self._is_one_of_several(found, first=not begin):
                    way = [*ways[begin], found]
                    ways[after] = min(way, ways.get(after, way), key=_openness)
        if last not in ways or _openness(ways[last])[0] >= open_words:
            return []
        first, *others = ways[last]
        asked = [first, *(each for each in others if not self._is_of_the_one_before(each))]
        return [self._anything(each.text) if each.want in _WEAK else each for each in asked]

    def _of_another(self, text: Text, whole: Read | None) -> list[Read]:
        """Read a question about a person that goes on with another name: "was Ann ever on, and Bob Ray?"."""
        for cut in self.cuts(text):
            asked = self._matcher.match(cut.before)
            if asked is None or asked.names_alone or asked.request.want not in _OF_A_PERSON:
                continue
            if whole and (whole.want == asked.want or (whole.definite and len(whole.request.people) > 1)):
                return []
            places = [at for at, word in enumerate(asked.text.words) if isinstance(word.named, Somebody)]
            other = self._somebody(cut.after) if len(places) == 1 and not self._is_a_question(cut.after) else None
            if other:
                begun, rest = asked.text.part(0, places[0]), asked.text.part(places[0] + 1, len(asked.text.words))
                again = " ".join(filter(None, (begun.written, cut.after.written, rest.written)))
                name = "" if other.known else other.name
                of_other = replace(asked.request, text=again, people=(other,), subject=name)
                return [asked, replace(asked, request=of_other, text=Text.of(again))]
        return []

    def _is_a_question(self, text: Text) -> bool:
        return not self._lexicon.interrogative.isdisjoint(text.plain)

    def _somebody(self, text: Text) -> Somebody | None:
        """Return who is meant by words that are only a name, perhaps of somebody unknown; None if they are none."""
        if len(text.words) == 1 and isinstance(named := text.words[0].named, Somebody):
            return named
        if person := self._names.people.called(list(text.plain), None):
            return person
        telling = all(carries(word) and not is_everyday(word) for word in text.plain)
        return Somebody(text.written) if _LEAST_OF_A_NAME <= len(text.words) <= _MOST_OF_A_NAME and telling else None

    def _is_remark(self, left: Read, right: Read | None, cut: Cut, whole: Read | None) -> bool:
        """Tell whether what follows a question asks nothing: "how often is rye named, i lost count"."""
        if cut.joined or not (left.definite and left.asks_by_itself):
            return False
        if left.is_all:
            return not (whole and (whole.definite or not whole.open_words))  # "the title please, for the calendar"
        listed = tells(cut.after) and len(cut.after.words) < _SHORTEST_REMARK  # "episodes on rice, wheat"
        asks = right or listed or self._lexicon.asks.match(cut.after.coded)
        return not asks and not (whole and whole.open_words <= left.open_words)

    def _with_a_search(self, left: Read | None, right: Read | None, cut: Cut, whole: Read | None) -> list[Read]:
        """Read two questions, the second of which fits no sentence: "who is it and why the hat"."""
        if _is_read(right) or not (cut.joined and self._is_question(cut.after)):
            return []
        if left and self._is_one_of_several(left, first=True) and left.definite and left.open_words <= 0:
            longer = whole is None or whole.open_words >= len(cut.after.words)
            return [left, self._anything(cut.after)] if longer else []
        it, that, he = self._lexicon.it, self._lexicon.that, self._lexicon.he
        goes_on = refers(cut.after, it, that) or not he.isdisjoint(cut.after.plain)
        two = not (whole or _is_read(left) or goes_on) and self._is_question(cut.before)
        return [self._anything(cut.before), self._anything(cut.after)] if two else []

    def _is_question(self, text: Text) -> bool:
        """Tell whether a text starts like a question and has a subject."""
        return self.begins(text) and tells(text)

    def _courtesy(self, text: Text) -> Read | None:
        """Read several courtesies as the last one that is no greeting: "hello bot, many thanks"."""
        found = [self._matcher.match(each) for each in divided(text, Pause.COMMA)]
        social = [each for each in found if each and isinstance(each.request.want, Social)]
        others = [each for each in social if each.request.want != Social(Courtesy.GREETING)]
        return (others or social)[-1] if len(social) == len(found) else None

    def _about_a_title(self, text: Text) -> Read | None:
        """Read a question that names an episode by its title and asks who or what is in it."""
        titled = self._names.titled(text)
        found = self._matcher.match(titled) if titled is not text else None
        of_it = FactOf | AtTime | Count
        return found if found and (found.request.want is Ask.TOPICS or isinstance(found.request.want, of_it)) else None

    def cuts(self, text: Text) -> Iterator[Cut]:
        """Yield the places where a sentence may be two; if there are very many, those near its ends."""
        joints, last = self._lexicon.joints, len(text.words) - 1
        places = [at for at in range(1, last + 1) if self._may_be_cut(text, at)]
        if len(places) > 2 * _CUTS_AT_AN_END:
            places = places[:_CUTS_AT_AN_END] + places[-_CUTS_AT_AN_END:]
        for at in places:
            joined = text.plain[at] in joints
            yield Cut(text.part(0, at), text.part(at + 1 if joined and at < last else at, last + 1), joined)

    def _is_of_the_one_before(self, read: Read) -> bool:
        """Tell whether a part asks for no other subject: "tabs vs spaces, what is the difference"."""
        word = next(iter(plain(read.request.subject).split()), "")
        own = read.want == "what_is" and carries(word) and not self._names.is_generic(word)
        return read.want in _WEAK and not own

    def _may_be_cut(self, text: Text, at: int) -> bool:
        """Tell whether a new question may begin here: at a pause, at a word such as "and", or after a sign."""
        before, word = text.words[at - 1 : at + 1]
        parted = text.text[before.end : word.begin].strip() in _SIGNS and word.plain in self._lexicon.interrogative
        return before.pause is not Pause.NONE or word.plain in self._lexicon.joints or parted

    def _is_one_of_several(self, read: Read, *, first: bool) -> bool:
        """Tell whether a part is a question of its own; a quotation after another is one, and a name is none."""
        is_name = read.names_alone and (first or not isinstance(read.request.want, CheckQuote))
        return read.asks_by_itself and not is_name and (first or read.want not in {"both", "follow"})

    def _after_a_story(self, cut: Cut) -> list[Read]:
        """Read the question after words that ask nothing: "I missed the end, who was the guest?"."""
        if self._lexicon.asks.search(cut.before.coded):
            return []
        asked = self._sentence(cut.after, story=False)
        if asked and asked[0].names_alone and tells(cut.before):
            return []  # "build it and they come, load of crap, dhh" asks for his words
        if asked and _is_of_a_subject(asked[0]) and leaves_the_subject_to(_told_before(asked[0], cut), asked[0].text):
            return []  # "I'm burned out by my library, any words of wisdom from the shows"
        if asked and self._leaves_behind(cut.before, asked[0]):
            return asked
        sure = asked and asked[0].definite and asked[0].asks_by_itself and asked[0].request.want != ALL_OF_IT
        helped = asked and asked[0].request.want == Social(Courtesy.HELP) and not asked[0].open_words
        helped = helped and not manner(cut.before.written).personal  # "my tests are flaky, help" asks about them
        return asked if sure or helped else []

    def _leaves_behind(self, told: Text, asked: Read) -> bool:
        """Tell whether a question has a subject other than what the asker first tells of themselves.

        "My boss hates foil, anyway what's Ann's take on varroa" asks about varroa alone. A long story may tell more.
        """
        if asked.request.want is not Ask.SAID or len(told.words) + len(asked.text.words) >= STORY:
            return False
        alone = self._lexicon.it.isdisjoint(asked.text.plain) and names_something(Text.of(asked.request.subject))
        return alone and manner(told.written).personal


def _together(sentences: Sequence[Text]) -> Text:
    return Text(sentences[0].text, tuple(word for each in sentences for word in each.words))


def _is_of_a_subject(read: Read) -> bool:
    """Tell whether a part asks for something on a subject, and not for words or somebody."""
    request = read.request
    return bool(request.subject) and not (request.people or isinstance(request.want, CheckQuote | WhoSaid))


def _told_before(read: Read, cut: Cut) -> Text:
    """Return all words before a question that is somewhere after a cut."""
    begin = read.text.words[0].begin
    return Text(cut.before.text, (*cut.before.words, *(word for word in cut.after.words if word.begin < begin)))


def _openness(reads: Sequence[Read]) -> tuple[int, int]:
    """Return the number of open words of some questions, and for the same number less the more questions there are."""
    return sum(each.open_words for each in reads), -len(reads)


def _is_read(part: Read | None) -> bool:
    """Tell whether a part fits a sentence that is also a question alone."""
    return part is not None and part.want not in _WEAK


def _ends_in_a_question_mark(sentence: Text) -> bool:
    return sentence.text[sentence.words[-1].end :].lstrip().startswith("?")
