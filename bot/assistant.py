"""Answers questions: reads what is wanted, minds what went before, and hands it to the one who knows.

What a question wants is read in `intents.py`; what was said on it is judged in `answers.py`, quotes are drawn in
`drawing.py`, episodes and people told of in `directory.py`. No thresholds, no markup and no platform.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial, wraps
from random import Random
from typing import Any, Concatenate, ParamSpec, TypeVar, assert_never

from bot.answering import facts, sentences
from bot.answering.catalogue import Shelf
from bot.answering.completion import Completions
from bot.answering.episodes import Directory
from bot.answering.lookup import Answers
from bot.answering.quotes import Quotes
from bot.port.messages import (
    Answer,
    Choice,
    Completion,
    ConversationId,
    Episode,
    EpisodeId,
    Fact,
    Found,
    Help,
    ItemId,
    NotFound,
    Question,
    QuoteCheck,
    QuoteFilter,
    Several,
    Topic,
    Unsure,
)
from bot.understanding import phrasebook
from bot.understanding.asked import Asked
from bot.understanding.conversation import Conversations, Thread, reached
from bot.understanding.intents import (
    AboutThat,
    AnotherQuote,
    AskFact,
    AskFactOn,
    AskPerson,
    CheckQuote,
    EpisodesOn,
    Everything,
    FactKind,
    Intent,
    LatestOn,
    ListEpisodes,
    ListTopics,
    Look,
    More,
    QuoteOnThat,
    Social,
    WantQuote,
    WhoSaid,
    read,
    subject,
    wants_first,
)
from bot.understanding.naming import Named, Naming, Where, season_in
from bot.understanding.people import People
from bot.understanding.speakers import Speakers
from bot.understanding.text import Words, clauses, clean
from knowledge.library.statistics import is_label
from knowledge.model import Scope
from knowledge.search import Search

_RELATED_SHOWN = 4

_P = ParamSpec("_P")
_R = TypeVar("_R")

_Reply = tuple[Answer, Thread]
_OF_A_PART = Look | WantQuote | EpisodesOn | LatestOn | Everything | AskFactOn | CheckQuote | WhoSaid
"""What may be asked of a part of the library."""


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """A library that is ready to be asked.

    Attributes:
        episodes: newest first.
        search: the search over them.
        speakers: the names of the speakers in each episode's transcript.
    """

    episodes: tuple[Episode, ...]
    search: Search
    speakers: Mapping[EpisodeId, tuple[str, ...]] = field(default_factory=dict)


def _on_the_worker(
    method: Callable[Concatenate[EpisodeAssistant, _P], _R],
) -> Callable[Concatenate[EpisodeAssistant, _P], Coroutine[Any, Any, _R]]:
    """Run a method on the assistant's thread, so that the event loop never waits for it."""

    @wraps(method)
    async def waiting(self: EpisodeAssistant, /, *args: _P.args, **options: _P.kwargs) -> _R:
        work = partial(method, self, *args, **options)
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    return waiting


class EpisodeAssistant:
    """The assistant over one library; implements the port.

    All work is done on one thread of its own, a question after the other: the event loop stays free to acknowledge and
    to type, conversations need no lock, and a newer library takes over between two questions.
    """

    def __init__(
        self, library: OpenLibrary, *, conversations: Conversations | None = None, random: Random | None = None
    ) -> None:
        """Answer from a library; `conversations` and `random` are handed in where they have to outlive it or repeat."""
        self._conversations = Conversations() if conversations is None else conversations
        self._random = random or Random()  # noqa: S311 - it draws quotes and guards nothing
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="assistant")
        self._use(library)

    def renew(self, library: OpenLibrary) -> None:
        """Answer from a newer library once the questions that are waiting are answered; may be called on any thread."""
        self._worker.submit(self._use, library)

    def _use(self, library: OpenLibrary) -> None:
        search = library.search
        self._shelf = Shelf(library.episodes, search.get, library.speakers)
        self._speakers = Speakers(self._shelf.episodes.values(), self._shelf.speakers)
        self._people = People(self._shelf.episodes.values(), self._speakers)
        self._answers = Answers(self._shelf, search, self._speakers)
        self._naming = Naming(self._shelf.episodes.values())
        self._directory = Directory(self._shelf, self._naming, self._people, self._speakers, self._answers)
        self._search = search
        self._quotes = Quotes(self._shelf, search, self._answers, self._random)
        self._completions = _completable(self._shelf)

    @_on_the_worker
    def ask(self, question: Question) -> Answer:
        """Answer a question of any length in any language."""
        text = clean(question.text)
        thread = self._conversations.recall(question.conversation)
        named = None if question.episode else self._naming.named(text)
        scope = self._scope(named, thread) if named else question.episode
        spelled = self._search.spell(text, scope=Scope(scope))
        if question.episode is None and (named is None or named.number is None):
            # "the latest epsiode about bees" names none, once it is read aright.
            named = self._naming.named(spelled.text)
            scope = self._scope(named, thread) if named else None
        typed = Asked(Words(spelled.text), Where(scope), thread, named)
        asked = self._in_full(typed)
        answer, thread = self._several(named, asked) if named and scope is None else self._reply(asked)
        if asked.words is not typed.words and (other := self._by_another(typed, asked, answer)):
            asked, (answer, thread) = typed, other
        self._conversations.keep(question.conversation, thread)
        understood = asked.words.text
        return _understood(answer, understood) if spelled.corrections or understood != spelled.text else answer

    @_on_the_worker
    def verify(self, words: str, episode: EpisodeId | None = None) -> QuoteCheck | Help:
        """Say whether these words were said, and what was said really; help where there are no words."""
        said = Words(clean(words))
        if not said.plain:
            return self._help(sentences.WHICH_WORDS)
        return self._answers.check(said.quoted or said.text, Where(episode))

    @_on_the_worker
    def open(self, *items: ItemId, conversation: ConversationId | None = None) -> Found | Fact | NotFound:
        """Show what a guess, a related topic or `Found.more` names; not found where all of it is gone."""
        thread = self._conversations.recall(conversation)
        answer = self._shown([item for item in items if clean(item) == item])  # no id has anything to clean
        if isinstance(answer, Found):
            self._conversations.keep(conversation, reached(thread, answer))
        return answer

    @_on_the_worker
    def random_quote(self, wanted: QuoteFilter) -> Found | NotFound:
        """Draw one quote; `Found.evidence` holds just that."""
        answer, thread = self._quotes.quote(wanted, self._conversations.recall(wanted.conversation))
        self._conversations.keep(wanted.conversation, thread)
        return answer

    @_on_the_worker
    def topics(self, episode: EpisodeId | None = None) -> tuple[Topic, ...]:
        """List the topics in the library's order; empty for an episode that isn't there."""
        return self._shelf.topics_in(episode)

    @_on_the_worker
    def episodes(self, matching: str = "", limit: int = 25) -> tuple[Episode, ...]:
        """List episodes, best match first, newest first among equals."""
        chosen = self._completions[Completion.EPISODE].matching(matching, limit)
        return tuple(self._shelf.episodes[EpisodeId(choice.value)] for choice in chosen)

    @_on_the_worker
    def episode(self, id: EpisodeId) -> Episode | None:
        """Look up one episode."""
        return self._shelf.episodes.get(id)

    @_on_the_worker
    def complete(self, kind: Completion, typed: str, limit: int = 25) -> Sequence[Choice]:
        """Complete what somebody is typing, fuzzily, best first, never more than `limit`."""
        return self._completions[kind].matching(clean(typed), limit)

    def _scope(self, named: Named, thread: Thread) -> EpisodeId | None:
        """Return the one episode that is named; of several, that of the show talked about last."""
        before = self._shelf.episodes.get(thread.episode) if thread.episode else None
        meant = named.episodes
        if len(meant) > 1 and before:
            meant = tuple(episode for episode in meant if episode.show == before.show)
        return meant[0].id if len(meant) == 1 else None

    def _several(self, named: Named, asked: Asked) -> _Reply:
        """Answer where several shows have an episode of the name, or none has."""
        if not named.episodes:
            text = sentences.no_such_number(named.number) if named.number else sentences.NO_EPISODES
            return NotFound(text, 0.0, suggestions=self._shelf.to_ask_instead()), asked.thread
        if named.number is None and not self._naming.is_all(asked.words.plain):
            return self._reply(asked)
        text = (
            sentences.episodes_of(named.number, named.episodes)
            if named.number
            else sentences.undated(named.episodes, first=wants_first(asked.words.plain))
        )
        return Fact(text, 1.0, named.episodes), asked.thread

    def _reply(self, asked: Asked) -> _Reply:
        intent = self._intent(asked)
        if isinstance(intent, _OF_A_PART) and not asked.words.quoted and (limited := self._limited(asked)):
            narrower = self._intent(limited)
            if type(narrower) is type(intent) or (isinstance(intent, Look) and isinstance(narrower, _OF_A_PART)):
                asked, intent = limited, narrower
        if asked.where.within == frozenset():
            text = sentences.no_such_part(asked.where.part)
            return NotFound(text, 0.0, suggestions=self._shelf.to_ask_instead()), asked.thread
        answer = self._answer(intent, asked)
        if isinstance(answer, tuple):
            return answer
        # "Another one" goes on with the quotes before it, unless something else was asked in between.
        before = asked.thread
        if isinstance(intent, Look | Everything):
            speaker = self._speakers.heard(Words(intent.words).plain)
            looked_for = speaker.apart(intent.words) if speaker else intent.words
            before = replace(before, quoting=None, asked=looked_for if isinstance(answer, Found) else before.asked)
        return answer, reached(before, answer)

    def _in_full(self, asked: Asked) -> Asked:
        """Return the question with the whole name of whoever it is about; words that it quotes stay as they are."""
        named = replace(asked, words=self._speakers.in_full(asked.words, asked.scope))
        if named.words is asked.words:
            return asked
        typed, meant = self._intent(asked), self._intent(named)
        # "Who said that Ann likes tea?" has the name in the words that it asks of.
        quotes = isinstance(typed, CheckQuote | WhoSaid) and type(meant) is type(typed) and meant != typed
        return asked if quotes else named

    def _by_another(self, typed: Asked, asked: Asked, answer: Answer) -> _Reply | None:
        """Answer with the words of another of the same first name, where whoever is heard most says nothing on it."""
        meant = self._speakers.heard(asked.words.plain)
        heard = [each.speaker for each in answer.evidence] if isinstance(answer, Found) else []
        if meant is None or isinstance(answer, Fact | Help | QuoteCheck) or meant.name in heard:
            return None
        other, thread = self._reply(typed)
        first = other.evidence[0].speaker if isinstance(other, Found) and other.evidence else None
        called = meant.words.intersection(typed.words.plain.split())
        return None if called.isdisjoint(Words(first or "").plain.split()) else (other, thread)

    def _limited(self, asked: Asked) -> Asked | None:
        """Return the question without what it is limited to by name, None where it is not limited."""
        if asked.scope:
            return replace(asked, words=self._naming.apart(asked.words, asked.named)) if asked.named else None
        if part := self._naming.part(asked.words):
            return replace(asked, where=part[0], words=part[1])
        return None

    def _intent(self, asked: Asked) -> Intent:
        """Read what is wanted, with what the library knows of the names in it."""
        plain, heard = asked.words.plain, self._speakers.heard(asked.words.plain)
        own = heard.words if heard else frozenset[str]()
        reading = read(asked.words, self._shelf.names | self._naming.words_in(plain) | own)
        intent = reading.intent
        if heard and self._asks_for_the_person(intent, asked, own):
            same = asked.thread.asked if reading.follows else ""
            return Look(f"{heard.name} said: {same}") if same else AskPerson(heard.name)
        if heard and isinstance(intent, AskFact | ListTopics) and phrasebook.SAYS_ABOUT.search(plain):
            return Look(asked.words.text)
        if isinstance(intent, ListEpisodes) and (noted := self._people.noted(plain)):
            return AskPerson(noted)
        all_of_it = intent == AskFact(FactKind.SUMMARY) and phrasebook.SAYING.search(plain)
        unquoted = isinstance(intent, Look | CheckQuote) and not asked.words.quoted
        if (unquoted or all_of_it) and self._naming.is_all(plain):  # "what did they say in Hive Talk 7"
            return AskFact(FactKind.OVERVIEW) if asked.named else ListEpisodes()
        if isinstance(intent, AskFact) and asked.scope is None and season_in(plain) is not None:
            return ListEpisodes()  # "what was season 2 about"
        if reading.follows and isinstance(intent, Look) and asked.thread.quoting:
            return WantQuote(intent.words)
        return intent

    def _asks_for_the_person(self, intent: Intent, asked: Asked, own: frozenset[str]) -> bool:
        """Tell whether a question names somebody who speaks, by these words, and nothing else but an episode."""
        without = " ".join(word for word in asked.words.plain.split() if word not in own)
        if asked.named:  # "what did Ann Lee say in Hive Talk 7"
            broad = isinstance(intent, Look | CheckQuote) or intent == AskFact(FactKind.SUMMARY)
            return broad and not asked.words.quoted and self._naming.is_all(without)
        broad = isinstance(intent, Look | ListEpisodes) or (asked.scope is None and intent == AskFact(FactKind.SUMMARY))
        # "which episodes has Ann Lee been on", "what did Ann Lee say", "when was Ann Lee on Hive Talk"
        return broad and (not subject(without, phrasebook.EPISODE) or self._naming.is_all(without))

    def _answer(self, intent: Intent, asked: Asked) -> Answer | _Reply:
        scope, thread = asked.scope, asked.thread
        match intent:
            case Social(courtesy):
                return self._help(sentences.courteous(courtesy))
            case AskFact(kind):
                return self._directory.fact(kind, asked) or self._help(sentences.WHICH_EPISODE)
            case AskFactOn(kind, about):
                return self._directory.fact_on(kind, about, asked.where)
            case AskPerson(name):
                return self._directory.person(name, asked) or self._help(sentences.WHICH_EPISODE)
            case ListTopics():
                return self._directory.topics(scope)
            case ListEpisodes():
                return self._directory.episodes(asked.words.plain)
            case EpisodesOn(about):
                return self._answers.episodes(about, asked.where)
            case LatestOn(about, first):
                return self._answers.latest(about, asked.where, first=first)
            case Everything(words):
                return self._answers.everything(words, asked.where)
            case CheckQuote(said):
                return self._check(said, asked)
            case WhoSaid(said):
                return self._who_said(said, asked)
            case WantQuote(about):
                return self._quote_on(about, asked)
            case AnotherQuote():
                return self._quotes.quote(thread.quoting or QuoteFilter(episode=scope), thread)
            case QuoteOnThat():
                if thread.topic is None:
                    return self._help(sentences.WHICH_SUBJECT)
                return self._quotes.quote(QuoteFilter(thread.topic, episode=scope), thread)
            case More():
                return self._more(thread)
            case AboutThat():
                topic = self._shelf.topics.get(thread.topic) if thread.topic else None
                return self._answers.topic(topic) if topic else self._help(sentences.WHICH_SUBJECT)
            case Look(words):
                return self._look(words, asked)
            case _:
                assert_never(intent)

    def _look(self, words: str, asked: Asked) -> Answer | _Reply:
        answer = self._answers.about(words, asked.where)
        plain = Words(words).plain
        if not isinstance(answer, Found) and (rest := self._people.without(plain)) != plain:
            # A first name alone is a word that the notes lack: "what did jane say about steel".
            answer = max(answer, self._answers.points(rest, asked.where), key=lambda each: each.confidence)
        if isinstance(answer, NotFound):
            # "title please, for the calendar": what is wanted may stand in one clause of several.
            for clause in clauses(words):
                intent = read(Words(clause), self._shelf.names).intent
                if intent == AskFact(FactKind.SUMMARY) and phrasebook.WHAT_WAS_SAID.search(Words(clause).plain):
                    continue  # "they talk about rice, right? What did they say?" goes back to what isn't there
                if clause != words and isinstance(intent, AskFact | CheckQuote | WantQuote | ListTopics | ListEpisodes):
                    return self._answer(intent, asked)
        return answer

    def _check(self, said: str | None, asked: Asked) -> QuoteCheck | Help:
        if said is not None:
            beside = frozenset(asked.words.plain.split()).difference(Words(said).plain.split())
            return self._answers.check(said, asked.where, beside)
        shown = self._answers.words_of(asked.thread.shown[:1])
        if not shown:
            return self._help(sentences.WHICH_WORDS)
        meant = shown.evidence[0]  # and not whoever else said the same
        return self._answers.check(
            meant.text, Where(meant.episode.id), frozenset(Words(meant.speaker or "").plain.split())
        )

    def _who_said(self, said: str | None, asked: Asked) -> Fact | Found | Unsure | NotFound | Help:
        if said is not None:
            return self._answers.speaker(said, asked.where)
        shown = self._answers.words_of(asked.thread.shown[:1])
        return self._answers.speaker_of(shown.evidence[0]) if shown else self._help(sentences.WHICH_WORDS)

    def _quote_on(self, about: str | None, asked: Asked) -> Answer | _Reply:
        answer, thread = self._quotes.quote(self._wanted(about, asked), asked.thread)
        if about and isinstance(answer, NotFound):
            described = self._answers.about(about, asked.where)
            return described if isinstance(described, Fact) else answer
        return answer, thread

    def _wanted(self, about: str | None, asked: Asked) -> QuoteFilter:
        """Tell whose words, and of which episodes, are asked for from what they are to be about."""
        of_what = (word for word in asked.words.plain.split() if word not in phrasebook.ASKING_FOR_A_QUOTE)
        if asked.named and asked.scope and self._naming.is_all(" ".join(of_what)):
            about = None  # "a quote from Hive Talk 7"
        speaker, rest = self._people.asked_for(asked.words.plain)
        stranger = phrasebook.QUOTE_BY.search(asked.words.plain)
        if speaker is None and stranger:
            speaker, rest = stranger["name"].strip().title(), asked.words.plain[stranger.end() :]
        left = " ".join(word for word in Words(about or "").plain.split() if word in rest.split())
        of_that = asked.thread.episode if phrasebook.FROM_THAT.search(asked.words.plain) else None
        return QuoteFilter(left or None, speaker, asked.scope or of_that, within=asked.where.within)

    def _more(self, thread: Thread) -> Answer | _Reply:
        if found := self._answers.words_of(thread.more):
            return found
        topic = self._shelf.topics.get(thread.topic) if thread.topic else None
        if topic is None and thread.quoting:
            return self._quotes.quote(thread.quoting, thread)
        if topic is None:
            return self._help(sentences.WHICH_SUBJECT)
        if topic.id not in thread.seen:  # so far only a quote on it was shown
            return self._answers.topic(topic)
        fresh = [each for each in self._shelf.related(topic) if each.id not in thread.seen]
        if not fresh:
            return Found(sentences.NOTHING_MORE, 1.0, related=self._shelf.related(topic))
        found = self._answers.topic(fresh[0])
        return replace(found, text=sentences.nothing_more_but(fresh[0]))

    def _shown(self, items: Sequence[ItemId]) -> Found | Fact | NotFound:
        for item in items:
            if topic := self._shelf.topics.get(item):
                return self._answers.topic(topic)
            if episode := self._shelf.episodes.get(EpisodeId(item)):
                text = facts.state(FactKind.SUMMARY, episode) or facts.label(episode)
                return Fact(text, 1.0, (episode,), related=episode.topics[:_RELATED_SHOWN])
        return self._answers.words_of(items) or NotFound(sentences.GONE, 0.0, suggestions=self._shelf.to_ask_instead())

    def _help(self, text: str) -> Help:
        newest = next(iter(self._naming.latest()), None)
        return Help(text, sentences.examples(self._shelf.to_ask_instead(), newest))


def _understood(answer: Answer, text: str) -> Answer:
    match answer:
        case Help() | Several():
            return answer
        case Found() | Fact() | QuoteCheck() | Unsure() | NotFound():
            return replace(answer, understood=text)


def _completable(shelf: Shelf) -> dict[Completion, Completions]:
    quoted = {(quote.episode, quote.speaker) for quote in shelf.quotes.values() if quote.speaker}
    heard = {(episode, name) for episode, names in shelf.speakers.items() for name in names if not is_label(name)}
    speakers = Counter(name for _, name in sorted(quoted | heard))
    return {
        Completion.TOPIC: Completions((Choice(each.title, each.id), each.names) for each in shelf.topics.values()),
        Completion.EPISODE: Completions(
            (Choice(facts.full_label(each), each.id), (each.id,)) for each in shelf.episodes.values()
        ),
        Completion.SPEAKER: Completions((Choice(name, name), ()) for name, _ in speakers.most_common()),
    }
