"""Answers a request by handing it to the module that knows, and updates the state of the conversation.

There is one case for each want. If an answer may be second best, the alternatives are tried here, in order. Requests
are parsed in `bot.understanding`, and sentences are in `sentences.py` and its neighbours.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from random import Random
from typing import Final, Literal, assert_never

from bot.answering import introductions, sentences
from bot.answering.aliases import Aliases
from bot.answering.appearances import Appearances
from bot.answering.attribution import Attribution
from bot.answering.cast import Cast
from bot.answering.catalogue import Catalogue
from bot.answering.claims import Claims
from bot.answering.counts import Counts
from bot.answering.described import Described
from bot.answering.digests import Digests
from bot.answering.episodes import Episodes
from bot.answering.finder import Finder
from bot.answering.going_back import GoingBack
from bot.answering.hosts import Hosts
from bot.answering.listing import Listing
from bot.answering.lookup import Lookup
from bot.answering.moments import Moments
from bot.answering.offering import Offering
from bot.answering.people import Biographer
from bot.answering.portraits import Portraits
from bot.answering.premises import Premises
from bot.answering.quotes import Quotes
from bot.answering.readings import Reply, going_on
from bot.answering.roles import GuestOn, Roles
from bot.answering.selection import introduced
from bot.answering.subjects import Subjects, is_name
from bot.answering.suggestions import Suggestions
from bot.answering.thresholds import NEAR
from bot.answering.views import Views
from bot.port.messages import Answer, Fact, Found, Help, NotFound, QuoteCheck, QuoteFilter, Several, Unsure, Verdict
from bot.understanding import wants
from bot.understanding.conversation import Thread
from bot.understanding.remembering import reached
from bot.understanding.request import Request
from bot.understanding.shows import Shows
from bot.understanding.wants import Ask, Courtesy
from knowledge.search import Search

_ASKING: Final = frozenset({Courtesy.GREETING, Courtesy.HELP, Courtesy.PROGRAM, Courtesy.TASTE, Courtesy.NOTHING})
"""Courtesies that are answered with example questions."""
_LINES: Final = 3
"""Number of quotes shown of all that somebody said."""
_ON_SUBJECTS: Final = frozenset({Ask.SAID, Ask.EPISODES_ON})
"""Wants that use a question's words as the subject; others are about the episode or the chat."""


class Answerer:
    """Answers requests from one library.

    Attributes:
        back: opens what an answer showed or offered.
        attribution: checks words by themselves.
    """

    def __init__(self, catalogue: Catalogue, shows: Shows, guest_on: GuestOn, search: Search, random: Random) -> None:
        """Set up the modules that answer."""
        self._catalogue = catalogue
        self._shows = shows
        self._random = random
        self.cast = cast = Cast(catalogue, search.counting)
        self._appearances = appearances = Appearances(catalogue, cast)
        people = Biographer(catalogue, search, appearances)
        self._aliases = Aliases(catalogue, people, cast)
        self._suggestions = Suggestions(catalogue, shows, search, cast)
        self.attribution = attribution = Attribution(catalogue, search)
        premises = Premises(catalogue)
        offering, finder = Offering(catalogue, search), Finder(search, premises)
        self._lookup = lookup = Lookup(catalogue, search, premises, offering, finder)
        self._listing = Listing(catalogue, search, lookup)
        self._views = views = Views(catalogue, search, lookup)
        self._claims = claims = Claims(catalogue, search, attribution, lookup, people)
        self._roles = Roles(catalogue, search, cast, guest_on)
        self._described = Described(catalogue, search, cast)
        self._counts = counts = Counts(catalogue, search, self._listing, cast)
        self._moments = moments = Moments(catalogue, search)
        digests, hosts = Digests(catalogue, search), Hosts(catalogue, shows, search, cast)
        self._episodes = episodes = Episodes(catalogue, shows, self._listing, digests, search.counting, hosts, cast)
        self._portraits = Portraits(catalogue, shows, search, counts)
        self._subjects = Subjects(
            catalogue, lookup, people, appearances, episodes, digests, self.help, counts.subjects_of
        )
        self.back = GoingBack(catalogue, lookup, views, attribution, claims, moments, episodes, digests, self.help)
        self._quotes = Quotes(catalogue, search, lookup, random)

    def answer(self, request: Request, before: Thread) -> Reply:
        """Answer one request, and return the state of the conversation after it."""
        request, goes_by = self._aliases.recognized(self._roles.of_guests(request))
        answer, thread = self._replied(request, before)
        goes_by = goes_by or _taken_for(request, answer)
        if goes_by and isinstance(answer, Fact | Found | Unsure | NotFound):
            answer = introduced(answer, goes_by)
        return answer, self._remembering(answer, thread, request, before)

    def _remembering(self, answer: Answer, thread: Thread, request: Request, before: Thread) -> Thread:
        """Add to a thread whom "he" and which episode "it" mean after an answer."""
        if _asks_for_guests(request.want) and isinstance(answer, Fact) and not request.people:
            # "He" is one of the speakers if the notes name no guest.
            told = tuple(name for each in answer.episodes[:1] for name in self.cast.guests(each))
            thread = replace(thread, told=told, people=()) if told else thread
        if request.guest_from and isinstance(answer, Found | Unsure):
            thread = replace(
                thread, people=(), told=tuple(filter(None, (each.speaker for each in answer.evidence[:1])))
            )
        if told := self._roles.told(request, answer):
            return replace(thread, told=told, people=())
        if request.want is Ask.MADE_BY or isinstance(request.want, wants.RoleIn | wants.RoleOn):
            return replace(thread, told=(), people=(), spoke=())  # "he" is nobody who speaks about something else
        if isinstance(request.want, wants.FactOf) and isinstance(answer, NotFound):
            listed = self._listing.episodes(request) if request.subject else None
            meant = listed.episodes[0] if isinstance(listed, Fact) else self._episodes.meant(request, before)
            return replace(thread, episode=meant.id) if meant else thread  # "it", though the fact is unknown
        return thread

    def _replied(self, request: Request, before: Thread) -> Reply:
        if request.where.within == frozenset():
            undated = request.where.year is not None and not self._shows.dated
            if undated and request.want in _ON_SUBJECTS:
                return self._of_any_time(request, before)
            text = sentences.UNDATED if undated else sentences.no_such_part(request.where.part)
            return self._catalogue.nothing(text), before
        if request.want is Ask.REPEAT and before.answer:
            return before.answer, before
        if request.otherwise:
            first = self._answer(request, before)
            if _answers(first) or (isinstance(first, Unsure) and isinstance(request.otherwise, wants.Social)):
                return first, reached(before, first, request)
            about = replace(request, want=request.otherwise, otherwise=None)
            request = about if about.want in _ON_SUBJECTS else replace(about, subject="", clauses=())
            if isinstance(about.want, wants.FactOf) and self._episodes.meant(request, before) is None:
                return first, reached(before, first, request)  # no episode is meant
        if quoting := self._quotes.wanted(request, before):
            count = _LINES if request.want is Ask.LINES else request.count
            quoted, thread = self._quotes.quote(quoting, before, count)
            answer = (self._instead_of(quoting, request) if isinstance(quoted, NotFound) else None) or quoted
            if isinstance(answer, NotFound):
                answer, thread = self._quotes.on_anything(answer, quoting, thread, count)
            return answer, reached(thread, answer, request)
        if request.closer and request.want is Ask.SAID:
            return going_on(request, request.closer, before, self._replied)
        answer = self._noting_the_year(self._answer(request, before), request)
        if isinstance(answer, NotFound) and request.where.within is not None:
            answer = replace(answer, suggestions=self._catalogue.within(request.where.within, answer.suggestions))
        return answer, reached(before, answer, request)

    def _noting_the_year(self, answer: Answer, request: Request) -> Answer:
        """Say that no episode is of the year that was asked for, if the words shown don't name it either."""
        if not request.no_such_part or not isinstance(answer, Found | Unsure):
            return answer
        named = any(word in each.text for each in answer.evidence for word in request.no_such_part.split())
        lead = sentences.no_such_part(request.no_such_part) if self._shows.dated else sentences.UNDATED
        return answer if named else introduced(answer, lead)

    def _of_any_time(self, request: Request, before: Thread) -> Reply:
        """Show what is said on a subject at any time, and say that there are no dates."""
        there = replace(request, where=self._shows.part(request.where.show, request.where.season))
        answer, thread = self._replied(there, before)
        if isinstance(answer, Fact | Found | Unsure | NotFound):
            answer = introduced(answer, sentences.UNDATED)
        return answer, thread

    def _instead_of(self, quotes: QuoteFilter, request: Request) -> Answer | None:
        """Answer for want of quotes: with where somebody is, or what was said on the subject."""
        if request.want is Ask.LINES:
            return self._subjects.not_there(request) or self._subjects.appearances(request)
        if request.want is not Ask.QUOTE or not quotes.about:
            return None
        described = self._lookup.said(request)
        return described if isinstance(described, Fact) else self._claims.recalled(quotes.about, request)

    def _answer(self, request: Request, before: Thread) -> Answer:
        match request.want:
            case Ask() as ask:
                return self._asked(ask, request, before)
            case wants.LatestOn(first):
                return self._listing.latest(request, first=first)
            case wants.Count() as count:
                return self._counted(count, request)
            case wants.MoreOften(sides, measure):
                return self._counts.more_often(sides, request, measure)
            case wants.Compare() as compared:
                return _cautioned(self._subjects.compared(compared, request), request)
            case wants.HostsBeside(before=earlier):
                return self._episodes.hosts_beside(request, earlier=earlier) or self.help(sentences.WHICH_SHOW)
            case wants.FactOf(kind):
                return self._fact(kind, request, before)
            case wants.RoleIn() | wants.RoleOn() as credit:
                return self._credited(credit, request)
            case wants.WhoFeels(verb):
                return self._views.who_feels(verb, request) or self._subjects.said_otherwise(request)
            case wants.Appearance() | wants.OnTimes() | wants.MostOften() | wants.Guests() as counted:
                return self._appearances.counted(counted, request)
            case wants.Standing() as asked if (person := request.person) and person.known:
                return self._episodes.standing(asked, person, request)
            case wants.Standing():
                return self._subjects.appearances(request)
            case wants.WhichEpisode() as which:
                return self._episodes.which(which)
            case wants.NoneBeside(id, step):
                return Fact(sentences.none_beside(end := self._catalogue.episodes[id], step), (end,))
            case wants.CheckQuote() | wants.WhoSaid() as claim:
                return self._claimed(claim, request, before)
            case wants.AtTime() | wants.Beside() as moment:
                return self._moment(moment, request, before)
            case wants.Pick(number):
                return self.back.picked(before, number - 1 if number > 0 else number)
            case wants.Social(courtesy):
                return (self.help if courtesy in _ASKING else Help)(sentences.COURTESIES[courtesy])
            case _:
                assert_never(request.want)

    def _asked(self, ask: Ask, request: Request, before: Thread) -> Answer:
        match ask:
            case Ask.SAID:
                return _cautioned(self._said(request), request)
            case Ask.EVERYTHING:
                return self._views.everything(request)
            case Ask.EPISODES_ON | Ask.ALL_EPISODES_ON | Ask.EPISODES | Ask.EPISODE_COUNT:
                return self._listed(ask, request)
            case Ask.WITH_PERSON:
                return self._subjects.appearances(request)
            case Ask.WHO_IS | Ask.HOME_OF | Ask.WORK_OF | Ask.WORKED_BEFORE:
                return self._who_is(ask, request)
            case Ask.DESCRIBED:
                return self._described.answer(request) or self._subjects.on_all_words(request)
            case Ask.TALKED_ABOUT:
                return self._subjects.talked_about(request)
            case Ask.BESIDE_PERSON | Ask.WITHOUT_PERSON | Ask.INTERVIEWERS_OF | Ask.PAIRS | Ask.APPEARANCES:
                return self._appearances.counted(ask, request)
            case Ask.ALL_HOSTS:
                return self._episodes.all_hosts(request.where) or self.help(sentences.WHICH_SHOW)
            case Ask.ON_EACH_SHOW:
                return self._appearances.counted(ask, request)
            case Ask.MADE_BY | Ask.MAKER_ON | Ask.GUESTS_FROM | Ask.GUEST_FROM:
                return self._credited(ask, request)
            case Ask.TOPICS | Ask.MOST_TALKED_ABOUT:
                return self._topics(ask, request)
            case Ask.WHERE_TO_START:
                return self._episodes.to_start_with(request, before)
            case Ask.RECOMMEND:
                return self._episodes.some(request, self._random)
            case Ask.PERSONAL:
                return NotFound(sentences.PERSONAL, 0.0)
            case Ask.NEXT_RELEASE:
                return NotFound(sentences.no_schedule(self._shows.newest(request.where.show)), 0.0)
            case Ask.CHORE:
                return self._catalogue.nothing(sentences.CHORE)
            case Ask.QUOTE | Ask.LINES | Ask.ANOTHER_QUOTE | Ask.QUOTE_ON_THAT:
                return self.help(sentences.WHICH_SUBJECT)
            case _:
                return self.back.answer(ask, request, before)

    def _said(self, request: Request) -> Answer:
        """Show what was said on a subject, or if nothing sure was, where its words were said as a statement."""
        said = self._subjects.said(request)
        near = isinstance(said, Unsure | NotFound) and said.confidence >= NEAR
        return (self._claims.told(request) if near else None) or said

    def _claimed(self, claim: wants.CheckQuote | wants.WhoSaid, request: Request, before: Thread) -> Answer:
        """Say whether words were said, or who said them; without any, those that were shown last are meant."""
        match claim:
            case wants.CheckQuote(str(words), quoted=quoted):
                return self._claims.check(words, request, quoted=quoted)
            case wants.CheckQuote():
                return self.back.check(before, request.people)
            case wants.WhoSaid(str(), quoted=quoted):
                return self._claims.who_said(request, quoted=quoted)
            case wants.WhoSaid(nth=nth):
                return self.back.who_said_that(before, nth)
            case _:
                assert_never(claim)

    def _credited(self, want: wants.Credit, request: Request) -> Answer:
        """Say who made or leads something or is from somewhere, or that nobody says so, with what is said on it."""
        if told := self._roles.answer(want, request):
            return told
        unsaid = partial(introductions.nobody, want, request.worded.made)
        if want is not Ask.GUESTS_FROM and is_name(request.subject):
            known = introductions.PROBABLY if request.whether else ""
            lead = (lambda _: known) if known or request.otherwise else unsaid
            if guest := self._roles.on_most(lead, request):
                return guest
        return NotFound(sentences.NOBODY_SAYS_SO, 0.0) if request.otherwise else self._subjects.instead(unsaid, request)

    def _who_is(self, ask: Ask, request: Request) -> Answer:
        """Say who somebody is or was, or what they are at a place, or where somebody says that they are from there."""
        if ask is Ask.WORKED_BEFORE:
            return self._subjects.worked_before(request)
        if ask is not Ask.WHO_IS or not request.subject:
            return self._subjects.who_is(request)
        told, person = self._subjects.who_is_there(request), request.person
        from_there = self._roles.guests_from(request, person.name) if person and not isinstance(told, Fact) else None
        return from_there or told

    def _topics(self, ask: Literal[Ask.TOPICS, Ask.MOST_TALKED_ABOUT], request: Request) -> Answer:
        """List what is talked about most, or the topics in the notes if there are any and these are asked for."""
        if request.people and ask is Ask.MOST_TALKED_ABOUT:
            return self._counts.favourites(request) or self._subjects.talked_about(request)
        if ask is Ask.MOST_TALKED_ABOUT:
            return self._counts.talked_about(request) or self._episodes.topics(request.where)
        noted = self._episodes.topics(request.where)
        talked = self._counts.talked_about(request) if isinstance(noted, NotFound) else None
        return replace(talked, text=f"{sentences.NO_TOPICS_NOTED} {talked.text}") if talked else noted

    def _listed(self, ask: Ask, request: Request) -> Answer:
        """Name or count all episodes, those on a subject, or every single one on it."""
        if ask is Ask.ALL_EPISODES_ON:
            return self._listing.all_episodes(request)
        return self._listing.episodes(request) if ask is Ask.EPISODES_ON else self._episodes.list(request)

    def _counted(self, count: wants.Count, request: Request) -> Answer:
        """Give a number, or ask of what."""
        match count:
            case wants.Count(wants.Measure.EPISODES, wants.Group.YEAR) if not (request.subject or request.people):
                return self._episodes.by_year(request.where)
            case wants.Count(measure=wants.Measure.MENTIONS) if not request.subject:
                return self.help(sentences.WHICH_SUBJECT)
            case _:
                return self._counts.count(count, request)

    def _fact(self, kind: wants.FactKind, request: Request, before: Thread) -> Answer:
        """Answer a question about an episode or a show, or ask which one or who is meant."""
        if kind is wants.FactKind.SUMMARY and (portrait := self._portraits.of_show(request)):
            return portrait
        if (who := request.person) and who.candidates and not (who.known or request.subject):
            return self._appearances.ambiguous(who)
        return self._episodes.fact(kind, request, before) or self.help(sentences.WHICH_EPISODE)

    def _moment(self, moment: wants.AtTime | wants.Beside, request: Request, before: Thread) -> Answer:
        """Show what is said at a time or beside what was shown, or ask in which episode or beside what."""
        if isinstance(moment, wants.Beside):
            theirs = [name for each in request.people for name in each.speaking]
            return self._moments.beside(before.shown, moment.side, theirs) or self.help(sentences.WHICH_WORDS)
        episode = self._episodes.meant(request, before)
        return self._moments.at(moment.time, episode) if episode else self.help(sentences.WHICH_EPISODE)

    def random_quote(self, wanted: QuoteFilter, before: Thread) -> tuple[Found | NotFound, Thread]:
        """Draw one quote."""
        answer, thread = self._quotes.quote(wanted, before)
        return answer, reached(thread, answer)

    def help(self, text: str) -> Help:
        """Say something that is no answer, with example questions."""
        return Help(text, self._suggestions.examples(self._random))


def _cautioned(answer: Answer, request: Request) -> Answer:
    """Put before people's words that they aren't the bot's opinion, predict nothing, or may be somebody else's."""
    lead = sentences.TO_COME if request.to_come else sentences.NO_VIEW if request.of_taste else ""
    lead = lead or (sentences.UNKNOWN_HE if request.unknown_he else "")
    if lead and isinstance(answer, Several) and isinstance(first := answer.parts[0].answer, Found | Unsure):
        return Several((replace(answer.parts[0], answer=introduced(first, lead)), *answer.parts[1:]))
    return introduced(answer, lead) if lead and isinstance(answer, Found | Unsure) else answer


def _taken_for(request: Request, answer: Answer) -> str:
    """Say which of several people with a name an answer quotes or counts; empty if it is more of them, or none."""
    person = request.person
    if person is None or person.known:
        return ""
    match answer:
        case Found(evidence=evidence) | Unsure(evidence=evidence):
            speakers = {each.speaker for each in evidence}
            meant = [each for each in person.candidates if not speakers.isdisjoint((each.name, *each.labels))]
        case Fact(text):
            meant = [each for each in person.candidates if each.name in text]
        case _:
            return ""
    others = [each.name for each in person.candidates if each not in meant]
    return introductions.taken_for(person.name, meant[0].name, others) if len(meant) == 1 and others else ""


def _asks_for_guests(want: wants.Want) -> bool:
    """Tell whether a question asks for an episode's guests or a show's nth guest."""
    return want == wants.FactOf(wants.FactKind.GUEST) or (isinstance(want, wants.Guests) and want.nth is not None)


def _answers(answer: Answer) -> bool:
    """Tell whether an answer has what the question asks for."""
    if isinstance(answer, QuoteCheck):
        return answer.verdict is not Verdict.NOT_FOUND or bool(answer.evidence)
    return isinstance(answer, Found | Fact)
