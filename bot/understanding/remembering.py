"""Decides what a conversation remembers after a question and its answer: subject, people, what was shown and listed.

What a later question makes of that is decided in `referents.py`, `following.py` and the sentences' handlers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.port.messages import Answer, Evidence, Fact, Found, Guess, ItemId, NotFound, QuoteCheck, Several, Topic, Unsure
from bot.understanding import wants
from bot.understanding.conversation import Thread
from bot.understanding.request import EVERYWHERE, Request
from bot.understanding.sentences import lexicon
from bot.understanding.slots import subject_of_claim, without_article
from bot.understanding.text import Text
from bot.understanding.wants import Ask, Count, FactKind, Group, Measure, Want
from knowledge.search.parts import passage_of
from knowledge.search.transcript import Side

_MOST_SEEN: Final = 60
"""Number of topics, quotes and passages of a conversation to remember as shown."""
_BY_LENGTH: Final = (Measure.LENGTH, Group.EPISODE)
"""The count that ranks episodes by length."""
_WHO: Final = frozenset({Ask.BESIDE_PERSON, Ask.INTERVIEWERS_OF})
"""Wants for the people who are on with somebody."""
_MAKERS: Final = frozenset({Ask.MADE_BY, Ask.MAKER_ON, Ask.GUEST_FROM})
"""Wants for who made something, which is what the conversation is then about."""
_OF_PEOPLE: Final = frozenset({Ask.APPEARANCES, Ask.WITH_PERSON})
"""Wants for how often, or where, somebody was on."""


def reached(thread: Thread, answer: Answer, request: Request | None = None) -> Thread:
    """Return the thread after a request and its answer, or the last of several answers."""
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
        case Fact(episodes=(episode,)) if request and request.want is Ask.SAID and request.subject:
            return replace(_offering(thread, request, _ids(answer.related)), episode=episode.id, quoting=None)
        case Fact(episodes=(episode,)):
            # After "who was in the second one?", "the first one" is still picked from the same list.
            listed = thread.listed if ItemId(episode.id) in thread.listed else _ids(answer.related)
            return replace(thread, episode=episode.id, quoting=None, listed=listed)
        case Fact(episodes=episodes):
            those = tuple(each.id for each in episodes)
            listed = _ids(answer.related) or tuple(map(ItemId, those))
            # After the longest episodes or those on a subject, "who was the guest" is about the first.
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
    """Tell whether a request asks who said the words shown last, or whether they were said."""
    match request and request.want:
        case wants.WhoSaid(None) | wants.CheckQuote(None) | Ask.DOUBT:
            return True
        case _:
            return False


def _meant(thread: Thread, request: Request) -> ItemId | None:
    """Return the item that a request picks, or whose context it asks for; None for other requests."""
    match request.want:
        case wants.Pick(number) if thread.listed:
            return next(iter(thread.listed[number - 1 if number > 0 else number :]), None)
        case wants.Beside(Side.AROUND) if thread.shown:
            return thread.shown[0]
        case _:
            return None


def _beginning_with(item: ItemId | None, answer: Answer) -> Answer:
    """Move an item to the front of an answer, so that "that" means it and not what was said before it."""
    if item is None or not isinstance(answer, Found):
        return answer
    meant = passage_of(item) or item
    theirs = sorted(answer.evidence, key=lambda each: (passage_of(each.id) or each.id) != meant)
    return replace(answer, evidence=tuple(theirs))


def _ids(items: Iterable[Evidence | Guess | Topic]) -> tuple[ItemId, ...]:
    return tuple(each.id for each in items)


def _shown(thread: Thread, answer: Found, request: Request | None) -> Thread:
    """Return the thread after topics or passages were shown."""
    topics, shown, more = answer.topics, _ids(answer.evidence), answer.more
    listed = shown if len(shown) > 1 else _ids(answer.related)
    if request and isinstance(request.want, wants.Pick):
        # After "the first one", "the second one" is picked from the same list, and "more" is on the same subject.
        listed, more = thread.listed, more or thread.more
    elif _is_on_those_words(request):
        listed, more = thread.listed, thread.more
    return replace(
        thread,
        topic=_subject(thread, answer),
        seen=(*thread.seen, *_ids(topics[:1]), *shown[: answer.at_once])[-_MOST_SEEN:],
        shown=shown,
        more=more,
        episode=topics[0].episode if topics else answer.evidence[0].episode.id,
        quoting=None if topics else thread.quoting,  # "who said it?" after a quote leaves "another one" its meaning
        listed=listed,
    )


def _offered(thread: Thread, answer: Unsure) -> Thread:
    """Return the thread after unsure passages were shown: "tell me more" is about these, not older ones."""
    shown, places = _ids(answer.evidence), {each.episode.id for each in answer.evidence}
    return replace(
        thread,
        topic=None,
        seen=(*thread.seen, *shown)[-_MOST_SEEN:],
        shown=shown,
        more=(),
        episode=answer.evidence[0].episode.id if len(places) == 1 else thread.episode,
        quoting=None,
        listed=_ids(answer.guesses) or shown,
    )


def _offering(thread: Thread, request: Request | None, listed: Sequence[ItemId]) -> Thread:
    """Return the thread after nothing was found; if there was a subject, "that" isn't what was shown earlier."""
    if request is None or not request.subject:
        return replace(thread, listed=tuple(listed))
    return replace(thread, listed=tuple(listed), topic=None, shown=(), more=())


def _is_of_it(thread: Thread, request: Request) -> bool:
    """Tell whether a question asked more about the last subject, as "it"."""
    return bool(thread.subject) and thread.subject in request.subject and thread.subject not in request.text


def _subject(thread: Thread, answer: Found) -> ItemId | None:
    """Return the topic of a thread after an answer: passages without a topic keep the last one if they bear on it."""
    if answer.topics:
        return answer.topics[0].id
    bearing = [topic.id for topic in answer.related]
    return thread.topic if thread.topic in bearing or not bearing else bearing[0]


def _asked(thread: Thread, request: Request, answer: Answer) -> Thread:
    """Return the thread with whom and what a request asked about, where, and the answer."""
    want, told = request.want, _told(request.want, answer)
    people = _people(thread, request, answer, told)
    after = _on_subject(thread, request, answer)
    return replace(
        after,
        answer=answer,
        subjects=_subjects(thread, after.subject, want),
        people=people,
        earlier=thread.people if request.people and people != thread.people else thread.earlier,
        told=told or thread.told,
        spoke=people or _spoke(answer) or thread.spoke,
        those=thread.those if _is_still_about(after, request, people) else (),
        counting=want if isinstance(want, Count) else None,
        fact=want.kind if isinstance(want, wants.FactOf) else None,
        of_place=want if _is_of_a_place(request) else None,
    )


def _people(thread: Thread, request: Request, answer: Answer, told: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the people asked about: those asked about before unless the subject, or who "he" is, is new.

    After "who hosted it before Ann?", that is who the answer names.
    """
    if request.people:
        return (
            () if told and isinstance(request.want, wants.HostsBeside) else tuple(each.name for each in request.people)
        )
    return () if told or _asks_what_was_said(request, answer) or _asks_for_a_maker(request) else thread.people


def _asks_what_was_said(request: Request, answer: Answer) -> bool:
    return request.want is Ask.SAID and isinstance(answer, Found | Unsure | NotFound | Several)


def _asks_for_a_maker(request: Request) -> bool:
    """Tell whether a request is like "who made Nix", after which "is it free" is about Nix."""
    return request.want in _MAKERS and bool(request.subject)


def _on_subject(thread: Thread, request: Request, answer: Answer) -> Thread:
    """Return the thread with the subject, the place, the episode and the words that a request asked about."""
    want = request.want
    if want in {Ask.SAID, Ask.EVERYTHING} or isinstance(want, wants.Compare):
        thread = replace(thread, quoting=None)  # "another one" would go on with the quotes before it
    if request.where.episode and request.where.named:
        thread = replace(thread, episode=request.where.episode)
    # "Who made it" after "what is Nix" and "how does it work" asks who made Nix.
    named = Text.of(request.about or request.term or request.subject)
    subject = thread.subject if _is_of_it(thread, request) else without_article(named, lexicon().article).written
    on_subject = replace(thread, subject=subject, where=request.where, checked="")
    counts = isinstance(want, Count | wants.WhoFeels) and request.subject
    if _asks_what_was_said(request, answer) or _asks_for_a_maker(request) or counts:
        thread = on_subject
    elif want is Ask.EPISODES_ON or isinstance(want, wants.Compare | wants.LatestOn):
        thread = replace(on_subject, where=EVERYWHERE)
    elif _is_of_a_place(request) or _is_of_a_show(request):
        thread = replace(thread, where=request.where)
    if isinstance(want, wants.CheckQuote) and want.words and not want.quoted:
        # "Did Ann say that rice is bad?", and "how often does she mention it?"
        thread = replace(on_subject, subject=subject_of_claim(want.words))
    if isinstance(answer, QuoteCheck):
        return replace(thread, checked=answer.asked)
    if isinstance(want, wants.WhoSaid) and want.words:
        # "Who talks about burnout?", and "what did she say?"
        return replace(thread if want.quoted else on_subject, checked=want.words)
    return thread


def _subjects(before: Thread, subject: str, want: Want) -> tuple[str, ...]:
    """Return the subjects that the next question may compare: those compared last, or the last two."""
    if isinstance(want, wants.Compare | wants.MoreOften) and want.sides:
        return want.sides
    if not subject or subject == before.subject:
        return before.subjects
    return (*before.subjects[-1:], subject)


def _is_still_about(before: Thread, request: Request, people: tuple[str, ...]) -> bool:
    """Tell whether a request is about the same people or subject as the one before."""
    return people == before.people if people or before.people else request.subject in {"", before.subject}


def _is_of_a_show(request: Request) -> bool:
    """Tell whether a request asks for a fact about a whole show: what it is about, who hosts it."""
    where = request.where
    return isinstance(request.want, wants.FactOf) and where.show is not None and where.episode is None


def _is_of_a_place(request: Request) -> bool:
    """Tell whether a request is about a show or the whole library: who hosts it, who speaks most."""
    if request.want in _OF_PEOPLE and request.people:
        return True
    if request.subject or request.people or request.where.named:
        return False
    return isinstance(request.want, Count | wants.Guests | wants.MostOften) or request.want == wants.FactOf(
        FactKind.HOST
    )


def _ranks_episodes(want: Want) -> bool:
    """Tell whether the first episode of an answer is the best."""
    return want is Ask.EPISODES_ON or (isinstance(want, Count) and (want.measure, want.by) == _BY_LENGTH)


def _spoke(answer: Answer) -> tuple[str, ...]:
    """Return the speakers that an answer shows from its first passage's episode, best first."""
    match answer:
        case Found(evidence=(first, *_) as shown) | Unsure(evidence=(first, *_) as shown):
            there = [each.speaker for each in shown if each.episode == first.episode]
        case QuoteCheck(evidence=(first, *_)):
            there = [first.speaker]
        case _:
            there = []
    return tuple(dict.fromkeys(filter(None, there)))


def _told(want: Want, answer: Answer) -> tuple[str, ...]:
    """Return the names that an answer gives for a question who somebody is."""
    fact = want.kind if isinstance(want, wants.FactOf) else None
    match answer:
        case Fact(counts=(first, *_)) if isinstance(want, Count) and want.by in {Group.PERSON, Group.GUEST}:
            return (first.label,)
        case Fact(counts=(host,)) if fact is FactKind.HOST:
            return (host.label,)  # of several hosts of a show, none is "he"
        case Fact(counts=counts) if isinstance(want, wants.HostsBeside) or want in _WHO:
            return tuple(each.label for each in counts)
        case Fact(episodes=(episode,)) if fact in {FactKind.GUEST, FactKind.HOST}:
            people = episode.guests if fact is FactKind.GUEST else episode.hosts
            return tuple(person.name for person in people)
        case _:
            return ()
