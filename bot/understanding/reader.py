"""Reads a question once: what it asks for, on which subject, where and about whom.

The steps, in order: clean the text, correct its spelling, find its names (shows, episodes, people, quoted words), read
it as a turn of its conversation (`turn.py`), and note how each of its questions is asked. The result is one `Request`
for each question. Nothing later decides from the text what is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final, Protocol

from bot.port.messages import Episode, EpisodeId, Question, Scope
from bot.understanding import sentences
from bot.understanding.asides import Aside
from bot.understanding.clauses import divided
from bot.understanding.conversation import Thread
from bot.understanding.guessing import asks_an_assistant, asks_of_the_world
from bot.understanding.intents import Intents
from bot.understanding.manner import noted
from bot.understanding.matching import Read
from bot.understanding.names import Names
from bot.understanding.presuppositions import presupposing
from bot.understanding.referents import Referents
from bot.understanding.request import EVERYWHERE, Clause, Request, Somebody
from bot.understanding.sentences import Lexicon
from bot.understanding.show_subjects import Capitals, ShowSubjects
from bot.understanding.text import Pause, Text, clean, plain
from bot.understanding.traits import trait
from bot.understanding.turn import Turn
from bot.understanding.usual import Usual
from bot.understanding.wants import Ask, CheckQuote, Count, WhoSaid
from knowledge.search.handles import Said
from knowledge.search.index.stemming import stems
from knowledge.search.opinions import verbs_like
from knowledge.search.rarity import is_everyday
from knowledge.search.spelling import Correction, Understood
from knowledge.search.words import carries, split

_FEELING: Final = "feeling"
"""The sentence in which people say how they feel."""


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
        spelled, text = self._spelled(question, before, years=years)
        first, *others = self._lexicon.languages
        spoken = [first, *(each for each in others if not each.spelled.isdisjoint(text.plain))]
        text = text.read_as(self._lexicon.short).going_on_after(self._lexicon.titles, self._lexicon.abbreviated)
        text = self.names.of_episodes(text)
        usual = Usual(question.scope.show, self.names.shows)

        def turn(before: Thread) -> Turn:
            return Turn(self._lexicon, spoken, self.names, before, question.scope.episode, usual.show)

        whole = turn(before)  # it remembers what it has matched
        text, besides = whole.without_besides(text)
        if aside := _aside(text, whole, turn):
            if aside.unclear:
                return Reading((Request(aside.unclear, text.written),), None, None)
            text, before = aside.question, aside.begun
            usual = Usual(aside.place or question.scope.show, self.names.shows)
            whole = turn(before)
        found, then = _questions(text, before, whole, turn)
        reads = [replace(each, request=usual.limited(each.request, text, before)) for each in found]
        full = spelled.text
        # "And on Hive Talk?" repeats the question before: none of the typed words was reinterpreted.
        if len(reads) == 1 and reads[0].request.text != before.subject:
            full = full.replace(reads[0].text.written, reads[0].request.text, 1)
        requests = tuple(self._noted(each, besides) for each in reads)
        corrected = spelled.text if any(map(_is_another_word, spelled.corrections)) else None
        return Reading(requests, full if corrected or _is_another_name(spelled.text, full) else None, corrected, then)

    def _spelled(self, question: Question, before: Thread, *, years: bool) -> tuple[Understood, Text]:
        """Correct the spelling by the words of the episode asked about, and find the names."""
        typed = clean(question.text)
        marked = self._marked(typed, before, years=years)
        place = self.names.place(marked, self.names.limited(marked), before.episode)
        spelled = self._spell(typed, scope=Scope(question.scope.episode or place.where.episode))
        if spelled.text == typed:
            return spelled, marked
        return spelled, self._marked(spelled.text, before, years=years).quoting(marked)

    def _noted(self, read: Read, besides: str) -> Request:
        """Note how a question is asked, and how its closer is."""
        request = self._show_subjects.preferred(_asked_of(read), read.text)
        request = noted(replace(request, besides=besides))
        if (closer := request.closer) is None:
            return request
        asked = self._noted(replace(read, request=closer.request), besides)
        return replace(request, closer=replace(closer, request=asked))

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
    lexicon = sentences.lexicon()
    feeling, instead = _feeling(read, lexicon), _instead(read.text, lexicon)
    request = replace(presupposing(read, lexicon), feeling=feeling, instead=instead, trait=trait(read, lexicon))
    if isinstance(request.want, CheckQuote) and not request.people:
        # "Did Ann write the article "Wax""? asks about her, however it is phrased.
        named = (each.named for each in read.text.words)
        return replace(request, people=tuple(each for each in named if isinstance(each, Somebody)))
    if request.want is Ask.SAID and len(request.people) > 1 and lexicon.of_it.match(read.text.coded):
        return replace(request, words_of=True)  # "is it Ann or Bob who works at Wax" is for both to say
    by_name = request.people or request.where != EVERYWHERE or request.subject not in read.text.written
    # "I'm feeling anxious" is no request to an assistant: it asks what was said on that.
    if request.want is not Ask.SAID or by_name or request.words_of or read.want == _FEELING:
        return request
    of_the_world = request.of_the_world or asks_of_the_world(read.text)
    return replace(request, of_an_assistant=asks_an_assistant(read.text), of_the_world=of_the_world)


def _instead(text: Text, lexicon: Lexicon) -> tuple[str, ...]:
    """Return phrases with which people reject a thing, if a text asks for a replacement of it."""
    found = lexicon.instead.search(text.coded)
    if found is None:
        return ()
    thing = text.part(found.end(), len(text.words))
    name = " ".join(takewhile(carries, split(next(divided(thing, Pause.COMMA), thing).written)))
    return tuple(f"{each} {name}" for each in lexicon.replacing if name)


def _feeling(read: Read, lexicon: Lexicon) -> str:
    """Return the verb if a question asks whether somebody likes, hates or wants something; otherwise empty."""
    asks, *words = read.text.plain or [""]
    whether = asks in lexicon.does
    return next(filter(verbs_like, words), "") if whether and read.request.person else ""


def _questions(text: Text, before: Thread, whole: Turn, turn: Callable[[Thread], Turn]) -> tuple[Sequence[Read], str]:
    """List the questions of a text, with the words to read once these are answered; see `Reading.then`."""
    compound = whole.compound(text)
    if compound is None:
        return whole.read(text), ""
    if compound.has_to_wait:
        return [compound.begun], compound.rest.written
    both = compound.with_the_rest(turn(compound.continued(before)).read(compound.rest))
    return both or whole.read(text), ""


def _aside(text: Text, whole: Turn, turn: Callable[[Thread], Turn]) -> Aside | None:
    """Find an aside that says whom, or which show or episode, the question after it is about; None for none."""
    asides = whole.asides.of(text)
    return next((each for each in asides if each.unclear or turn(each.begun).is_definite(each.question)), None)


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
