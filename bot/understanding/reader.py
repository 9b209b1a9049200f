"""Reads a question once: what it asks for, on which subject, where and about whom.

The steps, in order: clean the text, correct its spelling, find its names (shows, episodes, people, quoted words),
divide it into its questions, match each with the templates in `sentences/`, fill in from the conversation what it
leaves open, and note how it is asked. The result is one `Request` for each question. Nothing later decides from the
text what is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Final, Protocol

from bot.port.messages import Episode, EpisodeId, Question, Scope
from bot.understanding import sentences
from bot.understanding.asides import Aside, Asides
from bot.understanding.back_to_subject import ON_THAT
from bot.understanding.clauses import anything, divided
from bot.understanding.conversation import Thread
from bot.understanding.dividing import ALL_OF_IT, Divider, asked_together
from bot.understanding.guessing import (
    OF_SOMEBODY,
    about,
    asks_an_assistant,
    asks_of_the_world,
    guessed,
    has_hardly_a_subject,
    leaves_the_subject_to,
    subject_of,
)
from bot.understanding.intents import Intents
from bot.understanding.manner import noted
from bot.understanding.matching import Matcher, Read
from bot.understanding.meaning import Meaning
from bot.understanding.names import PERSON, SHOW, Names
from bot.understanding.referents import Referents
from bot.understanding.request import EVERYWHERE, Clause, Closer, Premise, Request, Somebody
from bot.understanding.sentences import Language, Lexicon
from bot.understanding.show_subjects import Capitals, ShowSubjects
from bot.understanding.slots import tells, without_article
from bot.understanding.templates import Match
from bot.understanding.text import Pause, Text, clean, plain
from bot.understanding.traits import trait
from bot.understanding.usual import Usual
from bot.understanding.wants import Ask, CheckQuote, Compare, Count, Courtesy, FactKind, FactOf, Guests, Social, WhoSaid
from bot.understanding.what_about import GOING_ON
from knowledge.search.handles import Said
from knowledge.search.index.stemming import stems
from knowledge.search.opinions import verbs_like
from knowledge.search.rarity import is_everyday
from knowledge.search.spelling import Correction, Understood
from knowledge.search.words import carries, fold, split

_WORDS_OF_AN_ASIDE: Final = 4
"""Number of words after a name from which they are more than a description such as "Petra, the queen breeder"."""
_WORDS_UP_TO_THE_SHOW: Final = 5
"""Number of words after a verb in which to look for the show it was done to: "become the host of Hive Talk"."""
_OWN_WORDS: Final = 3
"""Maximum number of content words of a question that may leave out the last subject."""
_TELLING_OF_IT: Final = 2
"""Minimum number of telling words of a question about "it" for it to be understood without the last subject."""
_WORDS_LEFT_OUT: Final = 3
"""Maximum number of words to leave out of a subject."""
_EXPLAINING: Final = "explain"
"""The sentence that asks only for a subject, however it is phrased: "explain rye to me like I'm five"."""
_DEFINING: Final = frozenset({"what_is", _EXPLAINING})
"""Sentences that ask for a definition of the subject."""
_OF_IT: Final = "any_on_that"
"""The sentence that asks something about the last subject: "is it free"."""
_OF_A_FIGURE: Final = "how_much_of_that"
"""The sentence that asks for a number about the last subject."""
_FEELING: Final = "feeling"
"""The sentence in which people say how they feel."""
_THE_GUEST: Final = FactOf(FactKind.GUEST)
_TELLS_WHO: Final = frozenset({"made_by", "maker_on", "role_in", "role_on", "guest_from", "guy_of", "guest"})
"""Sentences whose answer names the person who is "he" in the rest of the message."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a question.

    Attributes:
        requests: one for each question in it, at most three.
        understood: the question with its spelling corrected and names in full; None if no word became another.
        typed: the same with names as typed; None if no spelling was corrected.
        then: the rest of the message, to be read once these are answered: in "who made it and has he been on", "he" is
            the answer to the first part.
    """

    requests: tuple[Request, ...]
    understood: str | None
    typed: str | None
    then: str = ""


def prepare() -> None:
    """Load now what is otherwise loaded on first use, so that no question waits for it."""
    sentences.prepare()
    Intents.load()


class Spell(Protocol):
    """Corrects the spelling of a question by the words of the library."""

    def __call__(self, words: str, *, scope: Scope = ...) -> Understood:
        """Correct the spelling, preferring words of the episode asked about."""
        ...


class Reader:
    """Reads questions about one library."""

    def __init__(
        self,
        episodes: Iterable[Episode],
        speakers: Mapping[EpisodeId, Iterable[str]],
        spell: Spell,
        handles: Callable[[str], Iterable[Said]] = lambda _: (),
        places: Callable[[str], Mapping[EpisodeId, int]] = lambda _: {},
        capitals: Capitals = lambda *_: (0, 0),
    ) -> None:
        """Take episodes newest first, their speakers, a spelling corrector, and three lookups.

        Those are the mentions of a handle, the number of places with a subject in each episode, and how often a word of
        a phrase has a capital and has none.
        """
        self._lexicon = sentences.lexicon()
        self.names = Names(tuple(episodes), speakers, self._lexicon, handles, places)
        asking = self._lexicon.interrogative | self._lexicon.whether | self._lexicon.being
        self._show_subjects = ShowSubjects(self.names.shows, capitals, asking)
        self._spell = spell

    def read(self, question: Question, before: Thread) -> Reading:
        """Read a question in its conversation.

        "In 2030" limits it to the episodes of a year. If there are none, the year may be part of the subject.
        """
        reading = self._read(question, before, years=True)
        if not any(map(_is_of_no_year, reading.requests)):
            return reading
        of_it = self._read(question, before, years=False)
        if len(of_it.requests) != len(reading.requests):
            return of_it
        both = tuple(zip(of_it.requests, reading.requests, strict=True))
        requests = (_or_without_the_year(*each) for each in both)
        left_out = (limited.where.part if _is_of_no_year(limited) else "" for _, limited in both)
        undated = (replace(each, no_such_part=part) for each, part in zip(requests, left_out, strict=True))
        return replace(of_it, requests=tuple(undated))

    def _read(self, question: Question, before: Thread, *, years: bool) -> Reading:
        typed = clean(question.text)
        marked = self._marked(typed, before, years=years)
        place = self.names.place(marked, self.names.limited(marked), before.episode)
        spelled = self._spell(typed, scope=Scope(question.scope.episode or place.where.episode))
        text = marked if spelled.text == typed else self._marked(spelled.text, before, years=years).quoting(marked)
        first, *others = self._lexicon.languages
        spoken = [first, *(each for each in others if not each.spelled.isdisjoint(text.plain))]
        text = text.read_as(self._lexicon.short).going_on_after(self._lexicon.titles, self._lexicon.abbreviated)
        text = self.names.of_episodes(text)
        usual = Usual(question.scope.show, self.names.shows)

        def turn(before: Thread) -> _Turn:
            return _Turn(self._lexicon, spoken, self.names, before, question.scope.episode, usual.show)

        text, besides = turn(before).without_besides(text)
        if aside := _aside(text, before, turn):
            if aside.unclear:
                return Reading((Request(aside.unclear, text.written),), None, None)
            text, before = aside.question, aside.begun
            usual = Usual(aside.place or question.scope.show, self.names.shows)
        whole = turn(before)
        begun, then = whole.until_told(text)
        found = [begun] if begun else _going_on(text, before, whole, turn) or whole.read(text)
        reads = [replace(each, request=usual.limited(each.request, text, before)) for each in found]
        full = spelled.text
        # "And on Hive Talk?" repeats the question before: none of the typed words was reinterpreted.
        if len(reads) == 1 and reads[0].request.text != before.subject:
            full = full.replace(reads[0].text.written, reads[0].request.text, 1)

        def asked(read: Read) -> Request:
            request = self._show_subjects.preferred(_asked_of(read), read.text)
            request = noted(replace(request, besides=besides))
            if (closer := request.closer) is None:
                return request
            return replace(request, closer=replace(closer, request=asked(replace(read, request=closer.request))))

        requests = tuple(map(asked, reads))
        corrected = spelled.text if any(map(_is_another_word, spelled.corrections)) else None
        return Reading(requests, full if corrected or _is_another_name(spelled.text, full) else None, corrected, then)

    def _marked(self, text: str, before: Thread, *, years: bool) -> Text:
        referents, typed = Referents(self.names, before), Text.of(text)
        pointed = self.names.pointed(typed)
        read = self.names.quoted(pointed if pointed is typed or referents.he else typed, referents.first_quoted)
        picked = self.names.picked(read, before.listed, before.episode)
        marked = self.names.nicknamed(self.names.marked(picked, years=years), referents.places_shown)
        return self.names.of_things(marked)


def _is_another_word(correction: Correction) -> bool:
    """Tell whether a correction changed the word itself, not only its ending, a hyphen or a space."""
    typed, known = ("".join(split(each)) for each in (correction.typed, correction.known))
    return typed != known and stems(typed) != stems(known)


def _is_another_name(typed: str, full: str) -> bool:
    """Tell whether a name became another, as "Jared" became "Jerod Santo"; completing a name doesn't count."""
    return typed != full and not set(stems(" ".join(filter(carries, split(typed))))) <= set(stems(full))


def _asked_of(read: Read) -> Request:
    """Note whether a question is for a digital assistant or about the world; one about what "they" say is neither."""
    of_them = trait(read, sentences.lexicon())
    request = replace(_of_an_event(read), feeling=_feeling(read), instead=_instead(read.text), trait=of_them)
    if isinstance(request.want, CheckQuote) and not request.people:
        # "Did Ann write the article "Wax""? asks about her, however it is phrased.
        return replace(
            request, people=tuple(each.named for each in read.text.words if isinstance(each.named, Somebody))
        )
    if request.want is Ask.SAID and len(request.people) > 1 and sentences.lexicon().of_it.match(read.text.coded):
        return replace(request, words_of=True)  # "is it Ann or Bob who works at Wax" is for both to say
    named = request.people or request.where != EVERYWHERE or request.subject not in read.text.written
    # "I'm feeling anxious" is no request to an assistant: it asks what was said on that.
    if request.want is not Ask.SAID or named or request.words_of or read.want == _FEELING:
        return request
    of_the_world = request.of_the_world or asks_of_the_world(read.text)
    return replace(request, of_an_assistant=asks_an_assistant(read.text), of_the_world=of_the_world)


def _instead(text: Text) -> tuple[str, ...]:
    """Return phrases with which people reject a thing, if a text asks for a replacement of it."""
    found = sentences.lexicon().instead.search(text.coded)
    if found is None:
        return ()
    thing = text.part(found.end(), len(text.words))
    name = " ".join(takewhile(carries, split(next(divided(thing, Pause.COMMA), thing).written)))
    return tuple(f"{each} {name}" for each in sentences.lexicon().replacing if name)


def _feeling(read: Read) -> str:
    """Return the verb if a question asks whether somebody likes, hates or wants something; otherwise empty."""
    asks, *words = read.text.plain or [""]
    whether = asks in sentences.lexicon().does
    return next(filter(verbs_like, words), "") if whether and read.request.person else ""


def _of_an_event(read: Read) -> Request:
    """Note what a question presupposes that something did: unless somebody says that, nothing answers how or why."""
    lexicon = sentences.lexicon()
    if read.request.want is not Ask.SAID:
        return read.request
    if read.want == _OF_A_FIGURE:
        return replace(read.request, premise=Premise(amount=_amount(read.text, lexicon)))
    if of_somebody := _done_by_somebody(read, lexicon):
        return of_somebody
    found = lexicon.did.search(read.text.coded)
    doing = read.text.part(found.end(), found.end() + 1) if found else None
    if found and doing and doing.words and doing.plain[0].islower():
        amount = _amount(read.text.part(0, found.end()), lexicon)
        done = next(filter(carries, read.text.plain[found.end() + 1 :]), "")
        named = tells(doing) and not is_everyday(doing.plain[0])  # and not "how much did it cost"
        return replace(read.request, premise=Premise(doing.written if named else "", done, amount=amount))
    if counts := lexicon.how_many.match(read.text.coded):  # "how many people work at Wax"
        counted = next(iter(read.text.plain[counts.end() :]), "")
        amount = _amount(read.text.part(0, counts.end()), lexicon)
        return replace(read.request, premise=Premise(done=counted, amount=amount))
    return read.request


def _done_by_somebody(read: Read, lexicon: Lexicon) -> Request | None:
    """Note what a question presupposes that a person did; None if it presupposes nothing like that."""
    person = read.request.person
    asking = lexicon.doing if person and person.candidates else lexicon.did
    found = asking.search(read.text.coded)
    if found is None or person is None:
        return None
    begin = end = found.end()
    name = fold(person.name).split()
    while end < len(read.text.words) and (read.text.plain[end] == PERSON or read.text.plain[end] in name):
        end += 1
    done = next(filter(carries, read.text.plain[end:]), "") if end > begin else ""
    if not done:
        return None
    # "Why did Ann leave Hive Talk" is about leaving the show, not about leaving anything else.
    to = read.text.words[end + 1 : end + _WORDS_UP_TO_THE_SHOW]
    show = next((f" {word.named}" for word in to if word.plain == SHOW), "")
    subject, amount = f"{read.request.subject}{show}", _amount(read.text.part(0, begin), lexicon)
    if not person.candidates:  # "how did docker make sure ..." asks for nobody's own words
        return replace(
            read.request,
            people=(),
            words_of=False,
            about_people=False,
            subject=read.text.written,
            premise=Premise(person.name, done, amount=amount),
        )
    return replace(read.request, subject=subject, premise=Premise("", done, show.strip(), amount))


def _amount(asking: Text, lexicon: Lexicon) -> frozenset[str]:
    """Return the words for numbers above one if a question starts by asking for a number, otherwise nothing."""
    counts = lexicon.counts.search(asking.coded)
    return frozenset(word for word, count in lexicon.numbers.items() if counts and count > 1)


def _going_on(text: Text, before: Thread, whole: _Turn, turn: Callable[[Thread], _Turn]) -> Sequence[Read] | None:
    """Read a message that asks about a subject and goes on to ask about "it"; None for other messages."""
    if (begun := whole.begun_on(text)) is None or whole.is_one(text, begun[0]):
        return None
    asked, rest = begun
    people = tuple(person.name for person in asked.request.people)
    then = replace(before, subject=asked.request.subject, people=people, within_message=True)
    on_it = turn(then).read(rest)
    if _turns_to_somebody(asked):
        return on_it
    begins = whole.divider.begins(rest)
    # "Who made X and why is it cheap" are two questions, and "what about X and why is it cheap" is one.
    of_one = bool(asked.request.subject) and not isinstance(asked.request.want, Compare)
    names_it = of_one and asked.definite and asked.asks_by_itself
    it = sentences.lexicon().it
    apart = begins and names_it and not it.isdisjoint(rest.plain)
    if not all(_is_definite(each) or (begins and _is_by_him(each)) or apart for each in on_it):
        return None
    if apart:
        on_it = [_named_in(each, asked.request.subject, it) for each in on_it]
    # "Petra, when did she start?" asks nothing by the name.
    return on_it if asked.names_alone else asked_together([_defining(asked), *on_it])


def _aside(text: Text, before: Thread, turn: Callable[[Thread], _Turn]) -> Aside | None:
    """Find an aside that says whom, or which show or episode, the question after it is about; None for none."""
    asides = turn(before).asides.of(text)
    return next((each for each in asides if each.unclear or turn(each.begun).is_definite(each.question)), None)


def _turns_to_somebody(read: Read) -> bool:
    """Tell whether a part only turns to somebody else: the name in "and Ann, what did she say" asks nothing."""
    subject = read.request.subject
    return read.want in GOING_ON and bool(read.request.people) and not (subject and subject in read.text.written)


def _defining(read: Read) -> Read:
    """Note the term if a part asks for its definition."""
    term = read.request.subject if read.want in _DEFINING else ""
    return replace(read, request=replace(read.request, term=term)) if term else read


def _named_in(read: Read, subject: str, it: frozenset[str]) -> Read:
    """Replace "it" with the subject it stands for."""
    request = read.request
    words = plain(request.subject).split()
    if request.want is not Ask.SAID or it.isdisjoint(words):
        return read
    put = " ".join(subject if word in it else word for word in words)
    return replace(read, request=replace(request, subject=put, clauses=()))


def _is_definite(read: Read) -> bool:
    """Tell whether a part asks something definite about the subject of another."""
    return read.definite and read.asks_by_itself and read.request.want != ALL_OF_IT


def _is_by_him(read: Read) -> bool:
    """Tell whether a part asks what "he" said, or for everything he talks about."""
    return bool(read.request.people) and (read.request.words_of or read.request.want == ALL_OF_IT)


def _or_without_the_year(request: Request, without: Request) -> Request:
    """Ask for a subject "in 2030", and otherwise for the subject alone, since episodes may be undated."""
    of_no_year = request.want is without.want is Ask.SAID and _is_of_no_year(without)
    # "What happened in 2030" is about the year.
    tells_more = any(carries(word) and not is_everyday(word) for word in plain(without.subject).split())
    if not (of_no_year and tells_more):
        return request
    return replace(
        request, clauses=(*request.clauses, Clause(without.subject, 1.0, surely=True, manner=without.worded.manner))
    )


def _is_of_no_year(request: Request) -> bool:
    """Tell whether a subject or a claim is limited to a year without episodes.

    Counts keep the year. So do subjects with a range such as "since 2030", but in a claim the range is part of the
    words.
    """
    where = request.where
    claimed = isinstance(request.want, CheckQuote | WhoSaid)
    on_a_subject = bool(request.subject) and isinstance(where.year, int) and not isinstance(request.want, Count)
    return where.year is not None and where.within == frozenset() and (claimed or on_a_subject)


class _Turn:
    """Reads one message in its conversation."""

    def __init__(
        self,
        lexicon: Lexicon,
        spoken: Sequence[Language],
        names: Names,
        before: Thread,
        given: EpisodeId | None,
        show: str | None,
    ) -> None:
        self._lexicon = lexicon
        self._before = before
        self._names = names
        self._meaning = Meaning(lexicon, names, before)
        self._matcher = Matcher(lexicon, spoken, names, self._meaning, before.episode, given, show)
        self.asides = Asides(lexicon, names, self._matcher, before.episode)
        self.divider = Divider(lexicon, names, self._matcher, self._anything)

    def read(self, text: Text) -> Sequence[Read]:
        """Read the questions in a text, at most three."""
        if not text.words:
            return [Read(Request(Social(Courtesy.NOTHING), ""), text, 0)]
        if described := self._described(text):
            return [described]
        found = self.divider.questions(text)
        if len(found) > 1:
            return found
        read = found[0] if found else self._elsewhere(text) or self._guessed(text) or self._anything(text)
        return [self._closer(self._nearby(self._on_that(read)), read)]

    def without_besides(self, text: Text) -> tuple[Text, str]:
        """Take what to leave out ("besides rye", ", not wheat") off a text, and return both."""
        whole = self._matcher.match(text)
        if whole and whole.request.want not in {Ask.SAID, Ask.EPISODES_ON}:
            return text, ""
        for found in self._lexicon.besides.finditer(text.coded):
            begin, end = found.span()
            ends = (at for at in range(end, len(text.words)) if _ends_there(text, at, self._lexicon))
            left = text.part(end, next(ends, end - 1) + 1)
            rest = text.without(begin, end + len(left.words))
            goes_on = self._lexicon.and_not.issuperset(text.plain[begin:end]) and not text.words[begin - 1].pause
            if not goes_on and 0 < len(left.words) <= _WORDS_LEFT_OUT and tells(left) and tells(rest):
                return rest, left.written
        return text, ""

    def is_definite(self, text: Text) -> bool:
        """Tell whether a text asks only for something definite, and about no subject of its own."""
        found = self.divider.questions(text)
        return bool(found) and all(each.is_all and not each.request.subject for each in found)

    def _described(self, text: Text) -> Read | None:
        """Read a description that ends in "which ep?" or "whats it called?" as a search for it, not for a fact."""
        lexicon = self._lexicon
        named = any(word.plain == PERSON for word in text.words)
        who = ((lexicon.who_called, False),) if not named else ()
        for ends, of_somebody in ((lexicon.which_episode, True), (lexicon.what_called, False), *who):
            found = ends.search(text.coded)
            told = text.part(0, found.start()) if found else None
            if told and (read := self._as_described(text, told, of_somebody=of_somebody)):
                return read
        return None

    def _as_described(self, text: Text, told: Text, *, of_somebody: bool) -> Read | None:
        """Read a description; None if it asks something itself."""
        read, whole = self._matcher.match(told), self._matcher.match(text)
        if read and isinstance(read.request.want, WhoSaid | CheckQuote):
            return read  # its answer names the episode as well
        if read and read.request.want in {Ask.EPISODES_ON, Ask.GUEST_FROM}:
            return read  # "the one where they move the hives, which number?"
        if whole and whole.request.want in {Ask.EPISODES_ON, Ask.GUEST_FROM, Ask.DESCRIBED}:
            return whole
        if not tells(told) or (read and (read.definite or read.request.want is not Ask.SAID)):
            return None
        first, *others = told.words
        bare = read is None or not read.request.subject
        if of_somebody and bare and isinstance(first.named, Somebody) and len(others) < _WORDS_OF_AN_ASIDE:
            return Read(Request(Ask.WITH_PERSON, text.written, "", EVERYWHERE, (first.named,)), text, 0, "with_person")
        return read or self._anything(told)

    def _elsewhere(self, text: Text) -> Read | None:
        """Read a message that only moves the last question elsewhere: "and from 2021?", "only on Hive Talk please"."""
        base = Request(Ask.SAID, text.written)
        if there := self._meaning.following.in_year(base, text.plain):
            return Read(there, text, 0, "follow")
        kept, place = self._matcher.limited(text)
        asks = self._lexicon.asks.search(kept.coded) and not self._lexicon.moving_on.fullmatch(kept.coded)
        if asks or tells(kept) or len(kept.words) == len(text.words):
            return None
        request = self._meaning.following.elsewhere(replace(base, where=place.where))
        return Read(request, text, 0, "follow") if request else None

    def begun_on(self, text: Text) -> tuple[Read, Text] | None:
        """Divide a message that asks about a subject and goes on to ask about "it"; None for other messages."""
        for cut in self.divider.cuts(text):
            if self._refers(cut.after) and not self._refers(cut.before) and tells(cut.before):
                left = self._matcher.match(cut.before) or self.divider.after_an_aside(cut.before)
                if left and self._is_begun(left):
                    return left, cut.after
        return None

    def until_told(self, text: Text) -> tuple[Read | None, str]:
        """Divide a message that asks who somebody is and goes on to ask about "him"; otherwise return nothing."""
        begun = self.begun_on(text)
        if begun is None or begun[0].want not in _TELLS_WHO or self.is_one(text, begun[0]):
            return None, ""
        of_him = self.divider.begins(begun[1]) and not self._lexicon.he.isdisjoint(begun[1].plain)
        return (begun[0], begun[1].written) if of_him else (None, "")

    def is_one(self, text: Text, begun: Read) -> bool:
        """Tell whether a text is better read as one question than as its first part and another."""
        whole = self._matcher.match(text)
        return whole is not None and whole.definite and whole.open_words <= begun.open_words and not begun.names_alone

    def _is_begun(self, left: Read) -> bool:
        """Tell whether a part has a subject or a person of its own."""
        named = any(word.plain == PERSON for word in left.text.words) or bool(left.request.people)
        return named or bool(left.request.subject and left.request.subject in left.text.written)

    def _refers(self, text: Text) -> bool:
        from_there = self._lexicon.from_there.search(text.coded) or self._lexicon.elliptical.fullmatch(text.coded)
        return bool(from_there) or self._meaning.points_back(text)

    def _on_that(self, read: Read) -> Read:
        """Replace "it" with the last subject: "does it scale?" after a question about caches."""
        alone = read.request.want is Ask.SAID and read.want not in ON_THAT
        following = self._meaning.following
        joined = following.on_that(read.request) if alone and self._meaning.refers(read.text) else None
        if not joined and self._is_of_it(read.text) and (alone or isinstance(read.request.want, Compare)):
            joined = following.of_it(read.request, self._lexicon.it, claims=self._claims(read.text))
        if not joined and not read.want:
            joined = self._left_open(read)
        return replace(read, request=joined) if joined else read

    def _left_open(self, read: Read) -> Request | None:
        """Ask a question without a subject on the last one: "how much is too much"; None for other questions."""
        text = read.text.plain
        asks = not self._lexicon.interrogative.isdisjoint(text) and all(map(is_everyday, filter(carries, text)))
        if read.request.people and not (self._lexicon.he.isdisjoint(text) or self._meaning.refers(read.text)):
            return None  # "does he get paid" is about him
        return self._meaning.following.left_open(read.request) if asks else None

    def _nearby(self, read: Read) -> Read:
        """Note the episode talked about last if a question names no place: "what about wish?"."""
        if read.request.want is not Ask.SAID or read.request.where != EVERYWHERE:
            return read
        return replace(read, request=replace(read.request, nearby=self._meaning.referents.there))

    def _closer(self, read: Read, alone: Read) -> Read:
        """Note the same question about what was just shown, if it is about "him" or was `alone` without a subject."""
        of_him = bool(alone.request.people) and not self._lexicon.he.isdisjoint(alone.text.plain)
        beyond = self._meaning.following.beyond_that(alone.request.subject)
        asked = alone.request
        if beyond != asked.subject:
            asked = replace(asked, subject=beyond, clauses=())
            if of_him and not asked.people[0].has_many_episodes:  # in a guest's words the last subject is no news
                read = replace(read, request=replace(read.request, subject=beyond, clauses=()))
        telling = [word for word in plain(beyond).split() if carries(word) and not is_everyday(word)]
        if not of_him and len(telling) < (_TELLING_OF_IT if self._meaning.refers(alone.text) else 1):
            asked = read.request  # "is it free" and "why did Ann switch to it" say too little by themselves
        of_it = alone.want == _OF_IT and self._meaning.refers(alone.text)
        by_him = alone.want in ON_THAT and bool(asked.people)  # "and what did Ann think"
        goes_on = of_him or of_it or by_him or read.request.subject != alone.request.subject
        if self._is_of_a_mood(alone) and (felt := self._meaning.following.left_open(alone.request)):
            asked, goes_on = replace(felt, clauses=()), True
            read = replace(read, request=replace(read.request, about=asked.subject))
        if read.request.want is not Ask.SAID or read.request.where != EVERYWHERE:
            return read
        if not goes_on:
            return replace(read, request=replace(read.request, closer=self._loosely_closer(read)))
        there = self._meaning.referents.shown(asked.people)
        if not (asked.subject and there):
            return read
        about = "" if of_him or by_him else self._before.subject
        closer = replace(
            asked, where=there, about=about, otherwise=None, nearby=None, words_of=of_him or asked.words_of
        )
        surely = not (by_him and asked.people[0].has_many_episodes)
        return replace(read, request=replace(read.request, closer=Closer(closer, surely=surely)))

    def _loosely_closer(self, read: Read) -> Closer | None:
        """Return an open question of few words with the last subject, which it may leave out; None for other questions.

        "It" and "there" are that subject: "can I use it at work". "What about trucks" may be about trucks alone.
        """
        request, following = replace(read.request, nearby=None), self._meaning.following
        points, goes_on = self._points_to_it(read.text), read.want in GOING_ON
        if (read.want and not goes_on) or request.people or request.about == self._before.subject:
            return None
        if points or (goes_on and not self._names.has_much_on(request.subject)):
            joined = following.on_that(request, _OWN_WORDS)
            return Closer(joined, surely=points) if joined else None
        there, asks = self._meaning.referents.shown(()), not self._lexicon.interrogative.isdisjoint(read.text.plain)
        if goes_on or not (asks and there and following.on_that(request, _OWN_WORDS)):
            return None
        return Closer(replace(request, where=there, about=self._before.subject), surely=False)

    def _points_to_it(self, text: Text) -> bool:
        """Tell whether a text points to the last subject: by "it", by "that" or "there", or by "I mean"."""
        idle = self._lexicon.idle_it.search(text.coded) and not has_hardly_a_subject(text)
        return (self._meaning.refers(text) and not idle) or bool(self._lexicon.pointing.search(text.coded))

    def _is_of_a_mood(self, read: Read) -> bool:
        """Tell whether a question asks how somebody was, which depends on what about: "was Ann worried"."""
        begins = next((word for word in read.text.plain if word not in self._lexicon.joints), "")
        alone = len(read.request.subject.split()) == 1 and len(read.request.people) == 1
        return begins in self._lexicon.were and alone and read.text.written.endswith(read.request.subject)

    def _is_of_it(self, text: Text) -> bool:
        """Tell whether a question is about "it": "how hard is it compared to farming", "it takes a year, right?"."""
        of_it = self._claims(text) or self._lexicon.of_it.search(text.coded)
        idle = self._lexicon.idle_it.search(text.coded) and not has_hardly_a_subject(text)
        return bool(of_it) and not idle

    def _claims(self, text: Text) -> bool:
        """Tell whether a text says something about "it" to have that confirmed: "it takes a year, right?"."""
        return bool(self._lexicon.of_it_first.match(text.coded)) and text.plain[-1] in self._lexicon.tag

    def _guessed(self, text: Text) -> Read | None:
        """Read a text that fits no sentence as the models guess, if they are sure.

        If they guess a question about the episode or the chat, we still search for the words first: "AGI?" is no
        greeting. A clause that fits a sentence beats a guess.
        """
        clauses = list(divided(text, Pause.COMMA))
        if len(clauses) > 1 and any(map(self._asks_what_was_said, clauses)):
            return None
        kept, place = self._matcher.limited(text)
        # The place is no part of the subject: "copilot ... on Go Time".
        asked = kept if kept.words else text
        match = guessed(asked, begins=not self._before.begun)
        if match is None or _takes_little(match, asked):
            return None
        of_others = not self._lexicon.groups.isdisjoint(asked.plain) or self._lexicon.no_guest.search(asked.coded)
        if not match.slots and of_others:
            return None  # "how many women were guests", "who is the guest star in Friends"
        request = self._meaning.request(match, asked, text, place, None)
        if request is None:
            return None
        want, otherwise = request.want, None
        if want is Ask.QUOTE and not request.people and any(leaves_the_subject_to(*each) for each in pairwise(clauses)):
            want = Ask.SAID
        elif not match.slots or want is Ask.EPISODES_ON or _is_about_more(match, asked):
            ranks = isinstance(want, Guests) and not self._lexicon.numbering.isdisjoint(asked.plain)
            names = isinstance(want, Guests) or want == _THE_GUEST
            described = names and not ranks and not all(map(Intents.load().is_common, filter(carries, asked.plain)))
            # "Which guest was the blind programmer" doesn't ask for the newest or the most frequent guest.
            want, otherwise = Ask.SAID, None if described else want
        elif isinstance(want, CheckQuote) and "quoted" not in match.slots:
            otherwise = Ask.SAID
        else:
            return Read(request, text, len(text.words), match.want)
        read = self._anything(text)
        people = read.request.people or request.people
        return replace(read, request=replace(read.request, want=want, otherwise=otherwise, people=people))

    def _asks(self, text: Text) -> bool:
        """Tell whether a text has a word that people ask with."""
        return not (self._lexicon.interrogative | self._lexicon.opening).isdisjoint(text.plain)

    def _asks_what_was_said(self, clause: Text) -> bool:
        read = self._matcher.match(clause)
        return read is not None and read.want == "said" and bool(read.request.subject)

    def _anything(self, text: Text) -> Read:
        """Read a text that fits no sentence as a search for its words; "he" is the person asked about last."""
        kept, place = self._matcher.limited(text)
        if len(kept.words) > 1 and kept.plain[-1] in self._lexicon.tag and not self._asks(kept):
            kept = kept.part(0, len(kept.words) - 1)  # "it takes 21 days, right?"
        defining = self._defining(kept)
        if defining and defining.want == _EXPLAINING:
            text = kept = _with_the_word_before(kept, defining.request.subject)
        request = anything(self._lexicon, text, kept, place)
        if defining and defining.request.people and not request.people:
            request = replace(request, people=defining.request.people, subject=defining.request.subject, words_of=True)
        if clause := subject_of(kept):
            request = replace(request, clauses=(*request.clauses, clause))
        term = defining.request.subject if defining else ""
        request = replace(request, term=term)
        # "What is X good for" is about X, and "what is the CAP theorem" about all of the term.
        is_name = bool(term) and all(map(carries, without_article(Text.of(term), self._lexicon.article).plain))
        if not (is_name or self._lexicon.interrogative.isdisjoint(kept.plain)):
            request = replace(request, about=about(kept))
        if not (request.people or self._lexicon.he.isdisjoint(text.plain)):
            request = replace(request, people=self._meaning.referents.he)
        return Read(request, text, len(text.words))

    def _before_more(self, text: Text) -> Iterator[Text]:
        """Yield what comes before another question: "what is Go" in "what is Go and is it fast"."""
        for found in self._lexicon.joint.finditer(text.coded):
            after = text.plain[found.end() : found.end() + 1]
            if found.start() and not self._lexicon.interrogative.isdisjoint(after):
                yield text.part(0, found.start())

    def _defining(self, text: Text) -> Read | None:
        """Read a text, or one clause of it, that asks for a definition; None if it doesn't."""
        parts = list(divided(text, Pause.COMMA))
        # "What's rye, in two sentences", but not "explain like I'm five: rye".
        first = [part for part in parts[:1] if (read := self._matcher.match(part)) and read.want != _EXPLAINING]
        for part in (*self._before_more(text), *first, text, *parts):
            read = self._matcher.match(part)
            if read and read.want in _DEFINING and any(map(carries, split(read.request.subject))):
                return read
        return None


def _ends_there(text: Text, at: int, lexicon: Lexicon) -> bool:
    """Tell whether what to leave out ends with this word: a name, or the last before a pause, a question or the end."""
    word, after = text.words[at], text.plain[at + 1 : at + 2]
    return bool(word.named) or word.pause is not Pause.NONE or not after or after[0] in lexicon.interrogative


def _with_the_word_before(text: Text, subject: str) -> Text:
    """Cut a subject and the word before it out of a text: "explain closures" finds who explains them."""
    begin = text.written.find(subject)
    before = text.written[:begin].split()[-1:] if begin > 0 else []
    return Text.of(" ".join((*before, subject)))


def _is_about_more(match: Match, text: Text) -> bool:
    """Tell whether a guess about a person leaves content words unused: "what did Ann do to her roof"."""
    return match.want in OF_SOMEBODY and any(map(carries, _left(match, text)))


def _takes_little(match: Match, text: Text) -> bool:
    """Tell whether a guess that asks who said some words leaves most content words unused."""
    telling = [word for word in text.plain if word.islower() and carries(word)]
    left = [word for word in _left(match, text) if carries(word)]
    return match.want == "who_said" and len(left) > len(telling) / 2


def _left(match: Match, text: Text) -> list[str]:
    """List the words, other than names, that a guess doesn't use."""
    taken = {at for begin, end in match.slots.values() for at in range(begin, end)}
    return [word for at, word in enumerate(text.plain) if at not in taken and word.islower()]
