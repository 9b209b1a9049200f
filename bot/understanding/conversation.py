"""What a conversation remembers, so that "and China?", "who said that?" and "the second one" are understood.

Plain values by id and name: they outlive a change of the library. `Conversations` holds them in memory, bounded in
number, forgotten after a while; where they are to outlive a restart, `written.py` makes them text that others keep.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.port.messages import (
    Answer,
    ConversationId,
    EpisodeId,
    Evidence,
    Fact,
    Found,
    Guess,
    ItemId,
    NotFound,
    QuoteCheck,
    QuoteFilter,
    Several,
    Topic,
    Unsure,
)
from bot.understanding.request import EVERYWHERE, Request, Where
from bot.understanding.slots import subject_of_claim
from bot.understanding.wants import (
    Ask,
    Beside,
    CheckQuote,
    Compare,
    Count,
    FactKind,
    FactOf,
    Group,
    Guests,
    HostsBeside,
    LatestOn,
    Measure,
    MoreOften,
    MostOften,
    Pick,
    Want,
    WhoSaid,
)
from knowledge.search.parts import passage_of
from knowledge.search.transcript import Side

_LASTS: Final = timedelta(minutes=30)
_MOST_CONVERSATIONS: Final = 5_000
_MOST_DRAWN: Final = 2_000
_SEEN: Final = 60
"""Asks of the words that were shown who said them, or whether: after that there is as much more as before."""
_BY_LENGTH: Final = (Measure.LENGTH, Group.EPISODE)
"""Ranks episodes by how long they are."""
_WHO: Final = frozenset({Ask.BESIDE_PERSON, Ask.INTERVIEWERS_OF})
"""Asks who is on with somebody."""
_OF_PEOPLE: Final = frozenset({Ask.APPEARANCES, Ask.WITH_PERSON})
"""Asks how much, or where, somebody was on."""


@dataclass(frozen=True, slots=True)
class Thread:
    """What one conversation has reached.

    Attributes:
        topic: what the last answer was about.
        seen: the topics, quotes and passages shown so far, the last one at the end.
        shown: the quotes and passages shown last, best first.
        more: evidence on the same subject that was not shown yet, best first.
        episode: the episode the last answer was about.
        quoting: which quotes the last question asked for, None where it asked for none; "another one" goes on
            with it, "and on China?" asks for a quote as well.
        drawn: quotes drawn at random so far, oldest first.
        checked: the words of which was asked last whether or by whom they were said.
        subject: what was looked for last: "and Bob?" asks for his words on the same.
        subjects: what was looked for last, side by side or one after the other: "which comes up more?" compares them.
        people: the names of those who were asked about last; "he" is the first of them.
        earlier: those who were asked about before them: "were they on together?" is about both.
        told: the names that the last answer was, "he" as well if nobody was asked about.
        spoke: who said what was shown first, "he" if nobody else is known.
        counting: what was counted last, None where the last question counted nothing; "and rust?" counts that as well.
        fact: what was asked about an episode last: "and episode 11?" and "the other one" ask the same.
        of_place: what was asked last of a show or of all, on no subject, or of somebody's part in it: "and Hive Talk?"
            asks the same there.
        where: what the last question was limited to.
        listed: what was listed last, to be picked from: episodes, topics or guesses, in their order.
        those: the episodes that were listed last, while it is still about whom or what they were listed for.
        answer: the last answer, to be repeated.
        within_message: whether an earlier part of the message that is being read set the subject and the people.
    """

    topic: ItemId | None = None
    seen: tuple[ItemId, ...] = ()
    shown: tuple[ItemId, ...] = ()
    more: tuple[ItemId, ...] = ()
    episode: EpisodeId | None = None
    quoting: QuoteFilter | None = None
    drawn: tuple[ItemId, ...] = ()
    checked: str = ""
    subject: str = ""
    subjects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    spoke: tuple[str, ...] = ()
    counting: Count | None = None
    fact: FactKind | None = None
    of_place: Want | None = None
    where: Where = EVERYWHERE
    listed: tuple[ItemId, ...] = ()
    those: tuple[EpisodeId, ...] = ()
    answer: Answer | None = None
    within_message: bool = False

    @property
    def begun(self) -> bool:
        """Whether a question may go on from anything."""
        return self.answer is not None or self.within_message

    def draw(self, candidates: Sequence[ItemId], choose: Callable[[Sequence[ItemId]], ItemId]) -> tuple[ItemId, Thread]:
        """Draw one of `candidates` (at least one): none comes again until all the others have."""
        fresh = [each for each in candidates if each not in self.drawn]
        drawn = self.drawn
        if not fresh:
            last = drawn[-1]
            drawn = tuple(each for each in drawn if each not in candidates)
            fresh = [each for each in candidates if each != last] or list(candidates)
        chosen = choose(fresh)
        return chosen, replace(self, drawn=(*drawn, chosen)[-_MOST_DRAWN:])


class Conversations:
    """The conversations going on; the least recently used are dropped first."""

    def __init__(
        self,
        *,
        lasts: timedelta = _LASTS,
        most: int = _MOST_CONVERSATIONS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lasts = lasts.total_seconds()
        self._most = most
        self._clock = clock
        self._threads: OrderedDict[ConversationId, tuple[float, Thread]] = OrderedDict()

    def recall(self, conversation: ConversationId | None) -> Thread:
        """Return what was kept; an empty thread for None, for a new conversation and for a forgotten one."""
        if conversation is None or conversation not in self._threads:
            return Thread()
        kept_at, thread = self._threads[conversation]
        return thread if self._clock() - kept_at < self._lasts else Thread()

    def keep(self, conversation: ConversationId | None, thread: Thread) -> None:
        """Remember a thread; None is not remembered."""
        if conversation is None:
            return
        self._threads[conversation] = (self._clock(), thread)
        self._threads.move_to_end(conversation)
        while len(self._threads) > self._most:
            self._threads.popitem(last=False)

    def __len__(self) -> int:
        return len(self._threads)


def reached(thread: Thread, answer: Answer, request: Request | None = None) -> Thread:
    """Return the thread after an answer, of several to the last of them, and after the request it answers."""
    if request:
        answer = _beginning_with(_meant(thread, request), answer)
        thread = _asked(thread, request, answer)
    if isinstance(answer, Several):
        answer = answer.parts[-1].answer
    match answer:
        case Found() if answer.topics or answer.evidence:
            return _shown(thread, answer, request)
        case QuoteCheck(evidence=evidence) if evidence:
            more = thread.more if _is_on_those_words(request) else ()
            return replace(thread, shown=_ids(evidence), more=more)
        case Fact(episodes=(episode,)):
            # "The first one" is still one of those that were listed, after "who was in the second one?".
            listed = thread.listed if ItemId(episode.id) in thread.listed else _ids(answer.related)
            return replace(thread, episode=episode.id, quoting=None, listed=listed)
        case Fact(episodes=episodes):
            those = tuple(each.id for each in episodes)
            listed = _ids(answer.related) or tuple(map(ItemId, those))
            # "Who was the guest", of the longest one or of those on a subject, is about the first.
            first = those[0] if request and _ranks_episodes(request.want) else thread.episode
            kept = thread.those if set(those) <= set(thread.those) else those
            return replace(thread, listed=listed, those=kept, episode=first)
        case Unsure(evidence=evidence) if evidence:
            offered = _offered(thread, answer)
            return replace(offered, listed=thread.listed) if _is_on_those_words(request) else offered
        case Unsure(guesses=guesses):
            return _offering(thread, request, _ids(guesses))
        case NotFound(suggestions=suggestions):
            return _offering(thread, request, _ids(suggestions))
        case _:
            return thread


def _is_on_those_words(request: Request | None) -> bool:
    """Tell whether it is asked of words that were shown who said them, or whether they were said."""
    match request and request.want:
        case WhoSaid(None) | CheckQuote(None) | Ask.DOUBT:
            return True
        case _:
            return False


def _meant(thread: Thread, request: Request) -> ItemId | None:
    """Return the words that are picked, or whose surroundings are asked for; None where it is neither."""
    match request.want:
        case Pick(number) if thread.listed:
            return next(iter(thread.listed[number - 1 if number > 0 else number :]), None)
        case Beside(Side.AROUND) if thread.shown:
            return thread.shown[0]
        case _:
            return None


def _beginning_with(item: ItemId | None, answer: Answer) -> Answer:
    """Let an answer begin with some words, which "that" is, whatever was said before them."""
    if item is None or not isinstance(answer, Found):
        return answer
    meant = passage_of(item) or item
    theirs = sorted(answer.evidence, key=lambda each: (passage_of(each.id) or each.id) != meant)
    return replace(answer, evidence=tuple(theirs))


def _ids(items: Iterable[Evidence | Guess | Topic]) -> tuple[ItemId, ...]:
    return tuple(each.id for each in items)


def _shown(thread: Thread, answer: Found, request: Request | None) -> Thread:
    """Return a thread in which topics or words were shown."""
    topics, shown, more = answer.topics, _ids(answer.evidence), answer.more
    listed = shown if len(shown) > 1 else _ids(answer.related)
    if request and isinstance(request.want, Pick):
        # "The second one" is still one of those after "the first one", and "more" more on the same.
        listed, more = thread.listed, more or thread.more
    elif _is_on_those_words(request):
        listed, more = thread.listed, thread.more
    return replace(
        thread,
        topic=_subject(thread, answer),
        seen=(*thread.seen, *_ids(topics[:1]), *shown[: answer.at_once])[-_SEEN:],
        shown=shown,
        more=more,
        episode=topics[0].episode if topics else answer.evidence[0].episode.id,
        quoting=None if topics else thread.quoting,  # "who said it?" after a quote leaves "another one" its meaning
        listed=listed,
    )


def _offered(thread: Thread, answer: Unsure) -> Thread:
    """Return a thread in which words were shown that may be it: "tell me more" is about these, and not older ones."""
    shown, places = _ids(answer.evidence), {each.episode.id for each in answer.evidence}
    return replace(
        thread,
        topic=None,
        seen=(*thread.seen, *shown)[-_SEEN:],
        shown=shown,
        more=(),
        episode=answer.evidence[0].episode.id if len(places) == 1 else thread.episode,
        quoting=None,
        listed=_ids(answer.guesses) or shown,
    )


def _offering(thread: Thread, request: Request | None, listed: Sequence[ItemId]) -> Thread:
    """Return a thread in which nothing was found: if a subject was asked for, what was shown before is not "that"."""
    if request is None or not request.subject:
        return replace(thread, listed=tuple(listed))
    return replace(thread, listed=tuple(listed), topic=None, shown=(), more=())


def _is_of_it(thread: Thread, request: Request) -> bool:
    """Tell whether a question asked more of "it", which is the subject before."""
    return bool(thread.subject) and thread.subject in request.subject and thread.subject not in request.text


def _subject(thread: Thread, answer: Found) -> ItemId | None:
    """Return what a thread is about after an answer: words alone keep its topic if they bear on it."""
    if answer.topics:
        return answer.topics[0].id
    bearing = [topic.id for topic in answer.related]
    return thread.topic if thread.topic in bearing or not bearing else bearing[0]


def _asked(thread: Thread, request: Request, answer: Answer) -> Thread:
    """Return the thread after a request: who and what it asked about, where, and what was answered."""
    want, told = request.want, _told(request.want, answer)
    before = thread
    people = tuple(person.name for person in request.people) or (() if told else thread.people)
    if told and isinstance(want, HostsBeside):
        people = ()  # "he" is who came before her
    if want in {Ask.SAID, Ask.EVERYTHING} or isinstance(want, Compare):
        thread = replace(thread, quoting=None)  # "another one" would go on with the quotes before it
    if request.where.episode and request.where.named:
        thread = replace(thread, episode=request.where.episode)
    # "Who made it" after "what is Nix" and "how does it work" asks who made Nix.
    subject = thread.subject if _is_of_it(thread, request) else request.term or request.subject
    on_subject = replace(thread, subject=subject, where=request.where, checked="")
    if want is Ask.SAID and isinstance(answer, Found | Unsure | NotFound):
        people = people if request.people else ()
        thread = on_subject
    elif want is Ask.EPISODES_ON or isinstance(want, Compare | LatestOn):
        thread = replace(on_subject, where=EVERYWHERE)
    elif isinstance(want, Count) and request.subject:
        thread = on_subject
    if isinstance(want, CheckQuote) and want.words and not want.quoted:
        # "Did Ann say that rice is bad?", and "how often does she mention it?"
        thread = replace(on_subject, subject=subject_of_claim(want.words))
    if isinstance(answer, QuoteCheck):
        thread = replace(thread, checked=answer.asked)
    elif isinstance(want, WhoSaid) and want.words:
        # "Who talks about burnout?", and "what did she say?"
        thread = replace(thread if want.quoted else on_subject, checked=want.words)
    return replace(
        thread,
        answer=answer,
        subjects=_subjects(before, thread.subject, want),
        people=people,
        earlier=thread.people if request.people and people != thread.people else thread.earlier,
        told=told or thread.told,
        spoke=people or _spoke(answer) or thread.spoke,
        those=thread.those if _is_still_about(thread, request, people) else (),
        counting=want if isinstance(want, Count) else None,
        fact=want.kind if isinstance(want, FactOf) else None,
        of_place=want if _is_of_a_place(request) else None,
    )


def _subjects(before: Thread, subject: str, want: Want) -> tuple[str, ...]:
    """Return the subjects of which one may be asked to be chosen: those that were compared, or the last two."""
    if isinstance(want, Compare | MoreOften) and want.sides:
        return want.sides
    if not subject or subject == before.subject:
        return before.subjects
    return (*before.subjects[-1:], subject)


def _is_still_about(before: Thread, request: Request, people: tuple[str, ...]) -> bool:
    """Tell whether a request is about whom or what the one before it was."""
    return people == before.people if people or before.people else request.subject in {"", before.subject}


def _is_of_a_place(request: Request) -> bool:
    """Tell whether something is asked of a show or of all there is: who hosts it, who is heard most."""
    if request.want in _OF_PEOPLE and request.people:
        return True
    if request.subject or request.people or request.where.named:
        return False
    return isinstance(request.want, Count | Guests | MostOften) or request.want == FactOf(FactKind.HOST)


def _ranks_episodes(want: Want) -> bool:
    """Tell whether the first of the episodes that answer is the best of them."""
    return want is Ask.EPISODES_ON or (isinstance(want, Count) and (want.measure, want.by) == _BY_LENGTH)


def _spoke(answer: Answer) -> tuple[str, ...]:
    """Return who says what an answer shows first, where that is known."""
    match answer:
        case Found(evidence=(first, *_)) | Unsure(evidence=(first, *_)) | QuoteCheck(evidence=(first, *_)):
            return (first.speaker,) if first.speaker else ()
        case _:
            return ()


def _told(want: Want, answer: Answer) -> tuple[str, ...]:
    """Return the names that answer who somebody is."""
    fact = want.kind if isinstance(want, FactOf) else None
    match answer:
        case Fact(counts=(first, *_)) if isinstance(want, Count) and want.by in {Group.PERSON, Group.GUEST}:
            return (first.label,)
        case Fact(counts=counts) if isinstance(want, HostsBeside) or want in _WHO:
            return tuple(each.label for each in counts)
        case Fact(episodes=(episode,)) if fact in {FactKind.GUEST, FactKind.HOST}:
            people = episode.guests if fact is FactKind.GUEST else episode.hosts
            return tuple(person.name for person in people)
        case _:
            return ()
