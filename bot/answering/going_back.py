"""Answers follow-ups on the last answer: "more", "the second one", "what do others say", "are you sure?".

The state of a conversation is in `bot.understanding.conversation`; new questions are answered elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, assert_never

from bot.answering import facts, selection, sentences
from bot.answering.attribution import Attribution
from bot.answering.catalogue import Catalogue
from bot.answering.claims import Claims
from bot.answering.digests import Digests
from bot.answering.episodes import Episodes
from bot.answering.lookup import Lookup
from bot.answering.moments import Moments
from bot.answering.views import Views
from bot.port import presentation
from bot.port.messages import (
    Answer,
    EpisodeId,
    Evidence,
    Fact,
    Found,
    Help,
    ItemId,
    NotFound,
    QuoteCheck,
    Several,
    SingleAnswer,
    Topic,
    Unsure,
)
from bot.port.wording import label
from bot.understanding import wants
from bot.understanding.conversation import Thread
from bot.understanding.request import Request, Somebody, Where
from bot.understanding.wants import Ask
from knowledge.passages import sentences as sentences_in
from knowledge.search.transcript import Side

_RELATED_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class GoingBack:
    """Answers follow-ups from one library."""

    _catalogue: Catalogue
    _lookup: Lookup
    _views: Views
    _attribution: Attribution
    _claims: Claims
    _moments: Moments
    _episodes: Episodes
    _digests: Digests
    _help: Callable[[str], Help]

    def answer(self, ask: wants.GoingBack, request: Request, before: Thread) -> Answer:
        """Answer a follow-up that makes sense only after the last answer."""
        match ask:
            case Ask.WHO_ELSE_SAID:
                return self._claims.who_said(replace(request, subject=before.checked, people=()), quoted=True)
            case Ask.WHO_SAID_FIRST:
                return self._claims.said_first(before.checked)
            case Ask.OTHER_VIEWS | Ask.OTHERS:
                return self._others(request, before)
            case Ask.MORE if request.people and not before.people:
                # "What else did she say" means the person whose words were shown, and nobody else.
                return self._more(replace(before, people=(request.people[0].name,), more=()))
            case Ask.MORE:
                return self._more(before)
            case Ask.ABOUT_THAT:
                return self._again(before)
            case Ask.OTHER:
                return self._other_episode(before) or self._other_words(before) or self.picked(before, 1)
            case Ask.DOUBT:
                return self._doubted(before)
            case Ask.WRONG:
                return self._wrong(before)
            case Ask.REPEAT:
                return self._help(sentences.NOTHING_TO_REPEAT)
            case _:
                assert_never(ask)

    def who_said_that(self, before: Thread, nth: int | None) -> Answer:
        """Say who said the words that were shown last, or who talks about the last subject in the episode.

        Words that were only offered are still only offered.
        """
        if shown := self._lookup.words_of(before.shown[:1] if nth is None else _listed(before, nth)):
            told = self._claims.speaker_of(shown.evidence[0])
            if isinstance(before.answer, Unsure):
                text, likely = f"{sentences.MAYBE_THAT} {told.text}", before.answer.confidence
                return Unsure(text, likely, (), evidence=told.evidence)
            return told
        if nth is not None:
            return self._help(sentences.WHICH_ONE)
        if isinstance(before.answer, NotFound):
            return before.answer  # nobody said what was asked about last
        if not before.subject:
            return self._doubted(before) if before.answer else self._help(sentences.WHICH_WORDS)
        asked = Request(wants.WhoSaid(before.subject), before.subject, before.subject, Where(before.episode))
        return self._claims.who_said(asked, quoted=False)

    def check(self, before: Thread, asked: Sequence[Somebody] = ()) -> QuoteCheck | Help:
        """Check whether what was shown last was really said by the people asked about."""
        shown = self._lookup.words_of(before.shown[:1])
        if not shown:
            return self._help(sentences.WHICH_WORDS)
        meant = shown.evidence[0]  # and nobody else who said the same
        theirs = (Somebody(meant.speaker),) if meant.speaker else ()
        # Only the longest sentence is checked: a whole passage is seldom found in one piece.
        words = max(sentences_in(meant.text), key=len, default=meant.text)
        return self._attribution.check(words, Where(meant.episode.id), asked or theirs)

    def _others(self, request: Request, before: Thread) -> Found | NotFound:
        """Show what people say on a subject, except those asked about and those who were just shown."""
        theirs = (name for each in request.people for name in each.speaking)
        shown = (each.speaker or "" for each in _just_shown(before))
        return self._views.others(request, frozenset((*theirs, *shown)), before.seen)

    def _again(self, before: Thread) -> Found | Fact | NotFound | Help:
        """Show the topic under discussion again, or if there is none, more on the subject."""
        topic = self._topic(before)
        return self._lookup.topic(topic) if topic else self._more(before)

    def _more(self, before: Thread) -> Found | Fact | NotFound | Help:
        """Show more on the subject, what was said next, or what the episode under discussion is about."""
        if before.people and not before.more and (rest := self._rest(before)):
            return rest
        if found := self._lookup.words_of(before.more):
            return found
        topic = self._topic(before)
        if topic is None and len(before.shown) == 1:
            onward = self._moments.beside(before.shown, Side.AFTER)
            if isinstance(onward, Found):
                return selection.introduced(onward, sentences.NOTHING_MORE)
        if topic is None and before.fact and before.episode:
            return self.open([ItemId(before.episode)])
        if topic is None:
            offered = sentences.WHICH_ONE if isinstance(before.answer, Unsure) else sentences.WHICH_SUBJECT
            return self._help(sentences.NOTHING_MORE if before.shown else offered)
        if topic.id not in before.seen:  # so far only a quote on it was shown
            return self._lookup.topic(topic)
        fresh = [each for each in self._catalogue.related(topic) if each.id not in before.seen]
        if not fresh:
            return Found(sentences.NOTHING_MORE, 1.0, related=self._catalogue.related(topic))
        return replace(self._lookup.topic(fresh[0]), text=sentences.nothing_more_but(fresh[0]))

    def _topic(self, before: Thread) -> Topic | None:
        return self._catalogue.topics.get(before.topic) if before.topic else None

    def _rest(self, before: Thread) -> Found | None:
        """Show what somebody said on the subject that wasn't shown yet; None if that was all."""
        subject = before.subject or before.checked
        if not subject:
            return None
        person = Somebody(before.people[0], speaks=True)
        said = self._views.everything(Request(Ask.EVERYTHING, "", subject, before.where, (person,)))
        if not isinstance(said, Found):
            return None
        return self._lookup.words_of(
            each for each in (*(each.id for each in said.evidence), *said.more) if each not in before.seen
        )

    def picked(self, before: Thread, at: int) -> SingleAnswer:
        """Open an item of the last list; words that were already shown come with what was said around them."""
        listed = before.listed or tuple(map(ItemId, before.those))
        if not -len(listed) <= at < len(listed):
            return self._help(sentences.WHICH_ONE)
        if any(each.id == listed[at] for each in _just_shown(before)):
            around = self._moments.beside((listed[at],), Side.AROUND)
            return around if isinstance(around, Found) else self.open([listed[at]])
        return self.open([listed[at]])

    def _other_episode(self, before: Thread) -> SingleAnswer | None:
        """State the last fact for the other episode, if there are exactly two."""
        others = [each for each in self._catalogue.episodes if each != before.episode]
        if before.fact is None or len(others) != 1:
            return None
        request = Request(wants.FactOf(before.fact), "", where=Where(others[0], named=True))
        return self._episodes.fact(before.fact, request, before)

    def _other_words(self, before: Thread) -> Found | None:
        """Show what else was found; None if all of it was shown."""
        seen = {each.id for each in _just_shown(before)}
        return self._lookup.words_of(each for each in (*before.shown, *before.more) if each not in seen)

    def _doubted(self, before: Thread) -> SingleAnswer:
        """Show where the last answer comes from: the words themselves, or the notes."""
        if before.shown:
            return self.check(before)
        episode = self._catalogue.episodes.get(before.episode) if before.episode else None
        if before.answer and episode:
            return Fact(facts.state(wants.FactKind.SOURCE, episode) or label(episode), (episode,))
        return self._help(sentences.WHICH_SUBJECT)

    def _wrong(self, before: Thread) -> SingleAnswer:
        """Offer what else may have been meant."""
        if found := self._lookup.words_of(before.more):
            return selection.introduced(found, sentences.SORRY_WRONG)
        guesses = self._catalogue.guesses(before.listed[1:])
        return Unsure(sentences.SORRY_OTHER, 0.0, guesses) if guesses else self._help(sentences.SORRY_AGAIN)

    def open(self, items: Sequence[ItemId]) -> Found | Fact | NotFound:
        """Show what the ids of a guess, a related topic or `Found.more` name; `NotFound` if all of it is gone."""
        for item in items:
            if topic := self._catalogue.topics.get(item):
                return self._lookup.topic(topic)
            if episode := self._catalogue.episodes.get(EpisodeId(item)):
                text = facts.state(wants.FactKind.SUMMARY, episode) or label(episode)
                told = Fact(text, (episode,), related=episode.topics[:_RELATED_SHOWN])
                return self._digests.of(wants.FactKind.SUMMARY, episode) or told
        return self._lookup.words_of(items) or self._catalogue.nothing(sentences.GONE)

    def around(self, item: ItemId) -> Found | NotFound:
        """Show what was said before and after an item; `NotFound` if it is gone."""
        return self._moments.beside((item,), Side.AROUND) or self._catalogue.nothing(sentences.GONE)


def _listed(before: Thread, nth: int) -> Sequence[ItemId]:
    """Return the nth item, counted from 1, that was listed or shown; -1 is the last."""
    those = before.listed or before.shown
    return those[nth - 1 : nth] if nth > 0 else those[nth:]


def _just_shown(before: Thread) -> Sequence[Evidence]:
    """Return the words that the last answer showed; none if it has several parts."""
    return presentation.shown(before.answer) if before.answer and not isinstance(before.answer, Several) else ()
