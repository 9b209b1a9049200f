"""Answers a request: hands it to the part of `answering` that knows, and minds what the conversation has reached.

One line a want. Nothing is parsed, judged or worded here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from random import Random
from typing import Final, TypeAlias, assert_never

from bot.answering import facts, introductions, selection, sentences
from bot.answering.attribution import QUOTATION, Attribution, is_any_of, recounted
from bot.answering.catalogue import Catalogue
from bot.answering.counts import Counts
from bot.answering.digests import Digests
from bot.answering.episodes import Episodes
from bot.answering.lookup import Lookup
from bot.answering.moments import Moments
from bot.answering.people import Biographer
from bot.answering.quotes import Quotes
from bot.answering.roles import Roles
from bot.answering.suggestions import Suggestions
from bot.port import showing
from bot.port.messages import (
    Answer,
    EpisodeId,
    Evidence,
    Fact,
    Found,
    Help,
    ItemId,
    NotFound,
    Part,
    QuoteCheck,
    QuoteFilter,
    Several,
    SingleAnswer,
    Unsure,
    Verdict,
)
from bot.port.wording import label
from bot.understanding import wants
from bot.understanding.conversation import Thread, reached
from bot.understanding.request import EVERYWHERE, Request, Somebody, Where
from bot.understanding.shows import Shows
from bot.understanding.wants import Ask
from knowledge.search import Search
from knowledge.search.transcript import Side
from knowledge.search.words import carries, split

_RELATED_SHOWN: Final = 4

_NEAREST: Final = 2
"""Words shown of somebody who did not say those that were asked about."""
_NO_CHANCE: Final = 2
"""Telling words from which it is no chance that others said the same."""
_GUEST: Final = 10
"""Episodes up to which these tell what somebody talks about; regulars talk about everything."""
_ABOUT: Final = 4
"""Episodes of somebody of which is told what they are about."""
_LINES: Final = 3
"""Quotes shown of all that somebody said."""
_ON_SUBJECTS: Final = frozenset({Ask.SAID, Ask.EPISODES_ON})
"""What is asked about the words of a question; all else is asked about the episode or the chat."""

_Reply: TypeAlias = tuple[Answer, Thread]


class Answerer:
    """Answers requests from one library."""

    def __init__(self, catalogue: Catalogue, shows: Shows, search: Search, random: Random) -> None:
        """Take what a library holds."""
        self._catalogue = catalogue
        self._shows = shows
        self._attribution = Attribution(catalogue, search)
        self._lookup = Lookup(catalogue, search, self._attribution)
        self._people = Biographer(catalogue, search)
        self._roles = Roles(catalogue, search, self._people)
        self._counts = Counts(catalogue, search, self._lookup)
        self._moments = Moments(catalogue, search)
        self._digests = Digests(catalogue, search)
        self._episodes = Episodes(
            catalogue, shows, self._lookup, self._digests, search.counting, self._people.guests_of
        )
        self._suggestions = Suggestions(catalogue, shows, search, self._people.guests_of)
        self._quotes = Quotes(catalogue, search, self._lookup, random)

    def answer(self, request: Request, before: Thread) -> _Reply:
        """Answer one request; the thread that comes with the answer is what the conversation has then reached."""
        answer, thread = self._replied(request, before)
        if request.want == wants.FactOf(wants.FactKind.GUEST) and isinstance(answer, Fact) and not request.people:
            # The notes may name nobody: who speaks does, and "he" is one of them.
            told = tuple(name for each in answer.episodes[:1] for name in self._people.guests_of(each))
            thread = replace(thread, told=told, people=()) if told else thread
        if told := self._roles.told(request, answer):
            thread = replace(thread, told=told, people=())
        return answer, thread

    def _replied(self, request: Request, before: Thread) -> _Reply:
        if request.where.within == frozenset():
            undated = request.where.year is not None and not self._shows.dated
            text = sentences.UNDATED if undated else sentences.no_such_part(request.where.part)
            return NotFound(text, 0.0, suggestions=self._catalogue.to_ask_instead()), before
        if request.want is Ask.REPEAT and before.answer:
            return before.answer, before
        if request.otherwise:
            first = self._answer(request, before)
            if _answers(first) or (isinstance(first, Unsure) and isinstance(request.otherwise, wants.Social)):
                return first, reached(before, first, request)
            about = replace(request, want=request.otherwise, otherwise=None)
            request = about if about.want in _ON_SUBJECTS else replace(about, subject="", clauses=())
            if isinstance(about.want, wants.FactOf) and self._episodes.meant(request, before) is None:
                return first, reached(before, first, request)  # nobody asked about an episode
        quoting = self._quoting(request, before)
        if quoting is None:
            answer = self._answer(request, before)
            return answer, reached(before, answer, request)
        count = _LINES if request.want is Ask.LINES else request.count
        quoted, thread = self._quotes.quote(quoting, before, count)
        if request.want is Ask.LINES and isinstance(quoted, NotFound):
            part = self._not_there(request) or self._appearances(request)
            return part, reached(before, part, request)
        if request.want is Ask.QUOTE and quoting.about and isinstance(quoted, NotFound):
            described = self._lookup.said(request)
            if isinstance(described, Fact):
                return described, reached(before, described, request)
            recalled = self._recalled(quoting.about, request)
            if recalled:
                return recalled, reached(before, recalled, request)
        return quoted, reached(thread, quoted, request)

    def _recalled(self, about: str, request: Request) -> Found | Unsure | None:
        """Show the words that somebody may recall who asks for the quote "about turning the chair around"."""
        check = self._attribution.check(about, request.where, request.people, quoted=False)
        shown = check.evidence[:1]
        if len(split(about)) < QUOTATION or not shown:
            return None
        if request.people and not is_any_of(request.people, shown[0].speaker):
            return None
        if check.verdict.said:
            return self._lookup.credited(check)
        return Unsure(sentences.MAYBE, shown[0].confidence, (), evidence=shown)

    def _quoting(self, request: Request, before: Thread) -> QuoteFilter | None:
        """Return which quotes a request asks for, None where it asks for none."""
        match request.want:
            case Ask.QUOTE | Ask.LINES:
                speaker = request.person.name if request.person else None
                return QuoteFilter(request.subject or None, replace(request.where.scope, speaker=speaker))
            case Ask.ANOTHER_QUOTE:
                return before.quoting or QuoteFilter(scope=request.where.scope)
            case Ask.QUOTE_ON_THAT if before.topic or before.subject:
                return QuoteFilter(before.topic or before.subject, request.where.scope)
            case Ask.MORE if before.topic not in self._catalogue.topics and not self._lookup.words_of(before.more):
                return before.quoting
            case _:
                return None

    def _answer(self, request: Request, before: Thread) -> Answer:
        match request.want:
            case Ask.SAID:
                return self._said(request)
            case Ask.EVERYTHING:
                return self._lookup.everything(request)
            case Ask.EPISODES_ON:
                return self._lookup.episodes(request)
            case Ask.ALL_EPISODES_ON:
                return self._lookup.all_episodes(request)
            case wants.LatestOn(first):
                return self._lookup.latest(request, first=first)
            case wants.Count(measure=wants.Measure.EPISODES, by=wants.Group.YEAR):
                return self._episodes.by_year(request.where)
            case wants.Count(measure=wants.Measure.MENTIONS) if not request.subject:
                return self.help(sentences.WHICH_SUBJECT)
            case wants.Count() as count:
                return self._counts.count(count, request)
            case wants.MoreOften(sides):
                return self._counts.more_often(sides, request)
            case wants.Compare() as compared:
                return self._compared(compared, request)
            case wants.FactOf(kind):
                return self._episodes.fact(kind, request, before) or self.help(sentences.WHICH_EPISODE)
            case Ask.WITH_PERSON:
                return self._appearances(request)
            case Ask.WHO_IS if request.subject:
                return self._who_is_there(request)
            case Ask.WHO_IS | Ask.HOME_OF | Ask.WORK_OF:
                return self._who_is(request)
            case Ask.TALKED_ABOUT:
                return self._talked_about(request)
            case Ask.MADE_BY:
                return self._roles.makers(request) or self._on_all_words(request)
            case wants.RoleIn(role):
                return self._roles.leaders(role, request) or self._on_all_words(request)
            case wants.WhoFeels(verb):
                return self._lookup.who_feels(verb, request) or self._on_all_words(request)
            case Ask.MAKER_ON:
                return self._roles.maker_on(request) or self._roles.makers(request) or self._on_all_words(request)
            case Ask.GUESTS_FROM:
                return self._roles.guests_from(request) or self._on_all_words(request)
            case Ask.GUEST_FROM:
                return self._roles.guest_from(request) or self._on_all_words(request)
            case wants.Appearance(first):
                return self._people.appearance(request, first=first)
            case Ask.APPEARANCES if len(request.people) > 1 and all(each.candidates for each in request.people):
                return self._people.on_more(request)
            case Ask.APPEARANCES:
                return self._people.how_often(request)
            case wants.MostOften(top):
                return self._people.most_often(request, top)
            case wants.Guests() as guests:
                return self._people.guests(guests, request)
            case Ask.TOPICS:
                return self._topics(request)
            case Ask.MOST_TALKED_ABOUT:
                return self._counts.talked_about(request) or self._episodes.topics(request.where.episode)
            case Ask.EPISODES:
                return self._episodes.list(request)
            case Ask.WHERE_TO_START:
                return self._episodes.to_start_with(request, before)
            case wants.WhichEpisode() as which:
                return self._episodes.which(which)
            case wants.CheckQuote(str(words), quoted=quoted):
                check = self._attribution.check(words, request.where, request.people, quoted=quoted)
                return check if quoted else self._or_on_that(check, request)
            case wants.CheckQuote():
                return self._check_shown(before, request.people)
            case wants.WhoSaid(None):
                return self._who_said_that(before)
            case Ask.WHO_ELSE_SAID if before.subject and not before.checked:
                return self._others(replace(request, want=Ask.OTHERS, subject=before.subject), before)
            case Ask.WHO_SAID_FIRST if before.subject and not before.checked:
                mention = wants.Count(wants.Measure.MENTIONS, order=wants.Order.FIRST)
                return self._counts.count(mention, replace(request, want=mention, subject=before.subject, people=()))
            case Ask.WHO_ELSE_SAID | Ask.WHO_SAID_FIRST if not before.checked:
                return self._who_said_that(before)
            case Ask.OTHER_VIEWS | Ask.OTHERS:
                return self._others(request, before)
            case Ask.NEXT_RELEASE:
                show = request.where.show
                return NotFound(sentences.no_schedule(self._shows.newest(show)), 0.0)
            case Ask.WHO_ELSE_SAID:
                return self._lookup.who_said(replace(request, subject=before.checked, people=()), quoted=True)
            case Ask.WHO_SAID_FIRST:
                return self._lookup.said_first(before.checked)
            case wants.WhoSaid(quoted=quoted):
                return self._lookup.who_said(request, quoted=quoted)
            case wants.AtTime(time):
                episode = self._episodes.meant(request, before)
                return self._moments.at(time, episode) if episode else self.help(sentences.WHICH_EPISODE)
            case wants.Beside(side):
                return self._moments.beside(before.shown, side) or self.help(sentences.WHICH_WORDS)
            case Ask.MORE:
                return self._more(before)
            case Ask.ABOUT_THAT:
                topic = self._catalogue.topics.get(before.topic) if before.topic else None
                return self._lookup.topic(topic) if topic else self._more(before)
            case wants.Pick(number):
                return self._picked(before, number - 1 if number > 0 else number)
            case Ask.OTHER:
                return self._other_episode(before) or self._picked(before, 1)
            case Ask.DOUBT:
                return self._doubted(before)
            case Ask.WRONG:
                return self._wrong(before)
            case wants.Social(courtesy):
                return self.help(sentences.courteous(courtesy))
            case Ask.CHORE:
                return NotFound(sentences.CHORE, 0.0, suggestions=self._catalogue.to_ask_instead())
            case Ask.REPEAT:
                return self.help(sentences.NOTHING_TO_REPEAT)
            case Ask.QUOTE | Ask.LINES | Ask.ANOTHER_QUOTE | Ask.QUOTE_ON_THAT:
                return self.help(sentences.WHICH_SUBJECT)
            case _:
                assert_never(request.want)

    def _said(self, request: Request) -> Answer:
        person = request.person
        if person and request.words_of and self._not_there(request):
            return self._said_elsewhere(person, request)
        if not request.subject and person and person.known:
            spoken_of = self._people.spoken_of(request) if request.about_people else None
            return spoken_of or self._appearances(request)
        said = self._lookup.said(request)
        if isinstance(said, NotFound) and not (request.people or any(map(carries, split(request.subject)))):
            return self.help(sentences.WHICH_SUBJECT)  # nothing that can be found was asked for
        silent = request.words_of and person is not None and not person.candidates
        return (self._people.mentioned(request, said) if silent else None) or said

    def _not_there(self, request: Request) -> Fact | None:
        """Say that somebody isn't in the episode that is asked about, and who is; None where they are."""
        there = self._catalogue.episodes.get(request.where.episode) if request.where.episode else None
        person = request.person
        if there is None or person is None or not person.known or any(each.id == there.id for each in person.episodes):
            return None
        return self._episodes.without(person, there)

    def _said_elsewhere(self, person: Somebody, request: Request) -> Answer:
        """Say that somebody isn't in the episode in which their words are asked for, and what they say elsewhere."""
        answer, there = self._said(replace(request, where=EVERYWHERE)), request.where.episode
        part = label(self._catalogue.episodes[there]) if there else ""
        if isinstance(answer, Found):
            return selection.introduced(answer, partial(sentences.not_there, person.name, part))
        if isinstance(answer, Unsure | NotFound):
            return replace(answer, text=sentences.not_there(person.name, part, answer.text))
        return answer

    def _others(self, request: Request, before: Thread) -> Found | NotFound:
        """Show what others say on a subject than whoever is asked about, and than those whose words were just shown."""
        theirs = (name for each in request.people for name in each.speaking)
        shown = (each.speaker or "" for each in _just_shown(before))
        return self._lookup.others(request, frozenset((*theirs, *shown)), before.seen)

    def _appearances(self, request: Request) -> Answer:
        known = [each for each in request.people if each.candidates]
        if not known:
            return self._people.stranger(request) or self._on_all_words(request)
        if len(known) > 1:
            return self._people.together(known, request)
        if not known[0].known:
            return self._people.ambiguous(known[0])
        return introductions.beside_namesakes(self._episodes.appearances(known[0], request), known[0])

    def _on_all_words(self, request: Request) -> Answer:
        return self._said(replace(request, want=Ask.SAID, people=(), subject=request.text))

    def _topics(self, request: Request) -> Answer:
        """List the topics of the notes, or else what is talked about most."""
        noted = self._episodes.topics(request.where.episode)
        talked = self._counts.talked_about(request) if isinstance(noted, NotFound) else None
        return replace(talked, text=f"{sentences.NO_TOPICS_NOTED} {talked.text}") if talked else noted

    def _talked_about(self, request: Request) -> Answer:
        """Tell what the episodes of somebody are about, where one is meant and has no more to tell than that."""
        part, person = self._appearances(request), request.person
        if not isinstance(part, Fact) or person is None or len(person.episodes) > _GUEST or request.where.named:
            return part
        theirs = [each for each in part.episodes if self._catalogue.speakers.get(each.id) or each.guests]
        about = [line for each in theirs[:_ABOUT] if (line := self._digests.line(each))]
        more = max(len(person.episodes) - len(about), 0)
        return replace(part, text=introductions.subjects(person.name, about, more)) if about else part

    def _who_is(self, request: Request) -> Answer:
        """Tell what part somebody has, and how somebody who is known by one name is introduced.

        Where nobody says who that is, what the only episode they are in is about.
        """
        part, person = self._appearances(request), request.person
        if not isinstance(part, Fact) or person is None or not person.known or len(person.candidates) > 1:
            return part
        told = self._people.introduced(part, person, request.want)
        opening = self._digests.opening(person.episodes[0]) if told is part and len(person.episodes) == 1 else None
        return replace(told, text=f"{told.text} {opening}") if opening else told

    def _who_is_there(self, request: Request) -> Answer:
        """Tell what somebody is said to be somewhere, or else what is said on all words."""
        person = request.person
        told = self._people.introduced_at(person, request.subject) if person and person.known else None
        return told or self._on_all_words(replace(request, want=Ask.SAID, words_of=True))

    def _who_said_that(self, before: Thread) -> Answer:
        """Say who said what was shown last, or else talks about what was asked last in the episode that was named."""
        if shown := self._lookup.words_of(before.shown[:1]):
            return self._lookup.speaker_of(shown.evidence[0])
        if not before.subject:
            return self._doubted(before) if before.answer else self.help(sentences.WHICH_WORDS)
        asked = Request(wants.WhoSaid(before.subject), before.subject, before.subject, Where(before.episode))
        return self._lookup.who_said(asked, quoted=False)

    def _or_on_that(self, check: QuoteCheck, request: Request) -> Answer:
        """Answer with what was said on some words that were put in no quotation marks and that nobody said.

        Of somebody who is asked about: what they said on it, and nobody else.
        """
        chance = check.verdict is Verdict.BY_OTHERS and sum(map(carries, split(check.asked))) < _NO_CHANCE
        if (check.near and request.people) or (check.verdict is not Verdict.NOT_FOUND and not chance):
            return check
        said = self._lookup.said(replace(request, want=Ask.SAID, subject=check.asked, words_of=bool(request.people)))
        if not request.people:
            near = check.evidence if check.near else ()
            if not isinstance(said, Found):
                return recounted(check)
            return selection.with_first(near, said, sentences.not_in_those_words)
        known = said.evidence if isinstance(said, Found) or (isinstance(said, Unsure) and not chance) else ()
        nearest = check.evidence if check.verdict is Verdict.NOT_FOUND else ()
        alike = {each.id: each for each in (*nearest, *known) if is_any_of(request.people, each.speaker)}
        unsaid = partial(self._attribution.unsaid_but, check, most=_NEAREST)
        on_it = partial(self._people.nearest, request.people, check.asked, request.where)
        return unsaid(alike.values()) or unsaid(on_it()) or check

    def _check_shown(self, before: Thread, asked: Sequence[Somebody] = ()) -> QuoteCheck | Help:
        shown = self._lookup.words_of(before.shown[:1])
        if not shown:
            return self.help(sentences.WHICH_WORDS)
        meant = shown.evidence[0]  # and nobody else who said the same
        theirs = (Somebody(meant.speaker),) if meant.speaker else ()
        return self._attribution.check(meant.text, Where(meant.episode.id), asked or theirs)

    def _compared(self, want: wants.Compare, request: Request) -> Answer:
        """Show both sides where there is something on each; else what there is on the words as they stand."""
        whole = self._lookup.said(request)
        sides = [(side, self._lookup.said(replace(request, want=Ask.SAID, subject=side))) for side in want.sides]
        found = [answer for _, answer in sides if isinstance(answer, Found)]
        both = len(found) > 1 and (found[0].text, found[0].evidence) != (found[1].text, found[1].evidence)
        if isinstance(whole, Found) and whole.topics and all(whole.topics[0] in each.topics for each in found):
            return whole  # one topic is on both
        if both:
            return Several(tuple(Part(side, answer) for side, answer in sides))
        return found[0] if found and want.surely and not isinstance(whole, Found) else whole

    def random_quote(self, wanted: QuoteFilter, before: Thread) -> tuple[Found | NotFound, Thread]:
        """Draw one quote."""
        answer, thread = self._quotes.quote(wanted, before)
        return answer, reached(thread, answer)

    def _more(self, before: Thread) -> Found | Help:
        if before.people and before.subject and not before.more and (rest := self._rest(before)):
            return rest
        if found := self._lookup.words_of(before.more):
            return found
        topic = self._catalogue.topics.get(before.topic) if before.topic else None
        if topic is None and len(before.shown) == 1:
            onward = self._moments.beside(before.shown, Side.AFTER)
            if isinstance(onward, Found):
                return selection.introduced(onward, sentences.nothing_more_but_onward)
        if topic is None:
            offered = sentences.WHICH_ONE if isinstance(before.answer, Unsure) else sentences.WHICH_SUBJECT
            return self.help(sentences.NOTHING_MORE if before.shown else offered)
        if topic.id not in before.seen:  # so far only a quote on it was shown
            return self._lookup.topic(topic)
        fresh = [each for each in self._catalogue.related(topic) if each.id not in before.seen]
        if not fresh:
            return Found(sentences.NOTHING_MORE, 1.0, related=self._catalogue.related(topic))
        return replace(self._lookup.topic(fresh[0]), text=sentences.nothing_more_but(fresh[0]))

    def _rest(self, before: Thread) -> Found | None:
        """Show what somebody said on the subject that wasn't shown; None where that is all."""
        person = Somebody(before.people[0], speaks=True)
        said = self._lookup.everything(Request(Ask.EVERYTHING, "", before.subject, before.where, (person,)))
        if not isinstance(said, Found):
            return None
        return self._lookup.words_of(
            each for each in (*(each.id for each in said.evidence), *said.more) if each not in before.seen
        )

    def _picked(self, before: Thread, at: int) -> SingleAnswer:
        """Open one of those that were listed last; words that are seen already with what was said around them."""
        listed = before.listed or tuple(map(ItemId, before.those))
        if not -len(listed) <= at < len(listed):
            return self.help(sentences.WHICH_ONE)
        if any(each.id == listed[at] for each in _just_shown(before)):
            around = self._moments.beside((listed[at],), Side.AROUND)
            return around if isinstance(around, Found) else self.open([listed[at]])
        return self.open([listed[at]])

    def _other_episode(self, before: Thread) -> SingleAnswer | None:
        """Tell the fact that was asked for of the other episode, where there are two."""
        others = [each for each in self._catalogue.episodes if each != before.episode]
        if before.fact is None or len(others) != 1:
            return None
        request = Request(wants.FactOf(before.fact), "", where=Where(others[0], named=True))
        return self._episodes.fact(before.fact, request, before)

    def _doubted(self, before: Thread) -> SingleAnswer:
        """Show where the last answer is from: the words themselves, or the notes."""
        if before.shown:
            return self._check_shown(before)
        episode = self._catalogue.episodes.get(before.episode) if before.episode else None
        if before.answer and episode:
            return Fact(facts.state(wants.FactKind.SOURCE, episode) or label(episode), 1.0, (episode,))
        return self.help(sentences.WHICH_SUBJECT)

    def _wrong(self, before: Thread) -> SingleAnswer:
        """Offer what else may have been meant."""
        if found := self._lookup.words_of(before.more):
            return selection.introduced(found, sentences.sorry_wrong)
        guesses = self._catalogue.guesses(before.listed[1:])
        return Unsure(sentences.SORRY_OTHER, 0.0, guesses) if guesses else self.help(sentences.SORRY_AGAIN)

    def open(self, items: Sequence[ItemId]) -> Found | Fact | NotFound:
        """Show what a guess, a related topic or `Found.more` names; not found where all of it is gone."""
        for item in items:
            if topic := self._catalogue.topics.get(item):
                return self._lookup.topic(topic)
            if episode := self._catalogue.episodes.get(EpisodeId(item)):
                if told := self._digests.of(wants.FactKind.SUMMARY, episode):
                    return told
                text = facts.state(wants.FactKind.SUMMARY, episode) or label(episode)
                return Fact(text, 1.0, (episode,), related=episode.topics[:_RELATED_SHOWN])
        gone = NotFound(sentences.GONE, 0.0, suggestions=self._catalogue.to_ask_instead())
        return self._lookup.words_of(items) or gone

    def around(self, item: ItemId) -> Found | NotFound:
        """Show what was said before and after some evidence; not found where it is gone."""
        gone = NotFound(sentences.GONE, 0.0, suggestions=self._catalogue.to_ask_instead())
        return self._moments.beside((item,), Side.AROUND) or gone

    def check(self, words: str, where: Where) -> QuoteCheck:
        """Say whether these words were said, and what was said where first."""
        return self._attribution.check(words, where)

    def help(self, text: str) -> Help:
        """Say something that is no answer, with questions that this library answers."""
        return Help(text, self._suggestions.examples)


def _just_shown(before: Thread) -> Sequence[Evidence]:
    """Return the words that the last answer showed; none of one in several parts."""
    return showing.shown(before.answer) if before.answer and not isinstance(before.answer, Several) else ()


def _answers(answer: Answer) -> bool:
    """Tell whether an answer has what was asked for."""
    match answer:
        case QuoteCheck():
            return answer.verdict is not Verdict.NOT_FOUND or bool(answer.evidence)
        case _:
            return isinstance(answer, Found | Fact)
