"""Finds the words that may answer a question, best first: by a search, and by sentences that answer in so many words.

Whether they are an answer is judged in `lookup.py`, whether they bear out what a question takes for granted in
`premises.py`. What a question wants is read in `bot.understanding`; how the search ranks is `knowledge.search`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Final

from bot.answering import selection
from bot.answering.premises import CLAIMED, Premises
from bot.answering.thresholds import FOUND, MAYBE_SAID, NOTED, UNSURE
from bot.port.excerpts import TELLING
from bot.port.messages import EpisodeId, Topic
from bot.understanding.request import Request
from knowledge.cutting import ends_asking
from knowledge.model import Passage, Quote, Scope
from knowledge.search import Hit, Ranking, Search
from knowledge.search.definitions import requests
from knowledge.search.question import BARE, Manner
from knowledge.search.words import carries, split

LOOKED_AT: Final = 15
"""Hits that are read: as many as an answer shows and keeps for more."""
EPISODES_NAMED: Final = 10
"""Maximum number of episodes whose title or summary answers a question."""

_MUCH_ABOUT: Final = 2 / 3
"""A clause is searched for by itself if it has at least this share of what the most informative clause tells."""
_LESS_BUT_SURER: Final = 0.05
"""Minimum gain in confidence for words that answer part of a question to be shown, and not those for more of it."""
_NEARLY_ALL: Final = 3 / 4
"""Minimum share of a question's weight for a clause to say nearly all of it."""
_ON_IT: Final = 2 / 3
"""A passage is on a bare subject if it has at least this share of the subject's weight."""
_TOGETHER: Final = 2
"""Maximum number of passages shown together at the best place, where one person replies to another."""
_REPLIES: Final = 2
"""Replies that come first if an episode has the same question."""
_ASKERS: Final = 3
"""Best hits that are checked for asking the question themselves, so that the reply answers it."""
_NAMED: Final = 3
"""Maximum number of words in the name of something that somebody is asked to explain."""
_OPINIONS: Final = 3
"""Passages, the plainest first, in which somebody says what they think of a subject."""
_DEFINITIONS: Final = 2
"""Passages in which somebody says what something is."""
_QUOTATION: Final = 3
"""Minimum number of words for a question to be a quotation."""
_QUOTED: Final = 2
"""Maximum number of episodes with the same quotation; words that more of them have are a term."""


@dataclass(frozen=True)
class Finder:
    """Finds words in one library."""

    _search: Search
    _premises: Premises

    def answering(self, request: Request, defined: Sequence[Passage]) -> Ranking:
        """Rank what may answer: first what answers in so many words, such as the definitions, then what a search finds.

        The ranking is unsure if its best words don't bear out what the question takes for granted.
        """
        found = _besides(self.find(request), request)
        replied = () if defined else self._replied(found, request)
        opinions = self._opinions(request)
        if request.feeling and request.person and not opinions:
            found = replace(found, confidence=min(found.confidence, UNSURE))  # whatever else they say on it
        theirs = (*opinions, *self._asked_before(request), *self._instead(request))
        quoted = self._quoted(found, request)
        plainly = (*defined, *replied, *theirs, *quoted)
        checked = self._premises.checked(self._in_sentences(found, request, beside=plainly), request)
        alone = quoted and not selection.answers(found)
        return selection.led_by(replace(checked, hits=()) if alone else checked, plainly)

    def find(self, request: Request) -> Ranking:
        """Search for a subject, and if that has no answer, for its clauses, the most informative first.

        Words of the people asked about win if they answer, or if nothing else does and they may.
        """
        speakers = _speakers(request)
        if theirs := self._by_speakers(speakers, request):
            return theirs
        whole = self._find(request.subject, request.worded.manner, request.where.scope)
        if speakers and request.about_people:
            return replace(whole, confidence=0.0)  # what others say on the subject is not about these people
        if selection.answers(whole):
            return whole
        if not request.of_little and whole.confidence >= MAYBE_SAID and _is_named(request.subject, whole):
            return replace(whole, confidence=FOUND)  # "what did they say about security": whatever has the word
        return self._by_a_clause(request, whole)

    def _find(self, subject: str, manner: Manner, scope: Scope) -> Ranking:
        return self._search.find(subject, manner=manner, scope=scope, limit=LOOKED_AT)

    def _by_speakers(self, speakers: Sequence[str | None], request: Request) -> Ranking | None:
        """Rank words of the people asked about, if they answer or the question asks for theirs; otherwise None."""
        likely: Ranking | None = None
        for each in speakers if request.subject else ():
            ranking = self._find(request.subject, request.worded.manner, replace(request.where.scope, speaker=each))
            if not speaking(ranking, request):
                continue
            if selection.answers(ranking):
                return ranking
            if ranking.confidence < MAYBE_SAID:
                continue
            if _names_it(ranking):
                return replace(ranking, confidence=FOUND)
            if request.words_of or (each and len(request.people) > 1):
                likely = likely or ranking  # of namesakes the likeliest
        return likely

    def _by_a_clause(self, request: Request, whole: Ranking) -> Ranking:
        """Rank the words on the first clause that has an answer, or else the surest, if that isn't the whole."""
        most = max((each.about for each in request.clauses), default=0.0)
        clauses = sorted(request.clauses, key=lambda clause: clause.about, reverse=True)
        surest = whole
        for clause in (each for each in clauses if each.about >= most * _MUCH_ABOUT):
            # What says nearly all of it again finds no better words: those that the whole finds fit all of it.
            share = whole.asked.query.share(selection.telling_stems(clause.text))
            if share >= _NEARLY_ALL and selection.is_said(whole):
                continue
            part = self._find(clause.text, clause.manner, request.where.scope)
            if clause is not clauses[0] and _is_least_of(part, whole):
                part = replace(part, confidence=min(part.confidence, UNSURE))
            if selection.answers(part):
                return part
            if not clause.surely and part.confidence > surest.confidence + _LESS_BUT_SURER:
                surest = part
        return surest

    def described(self, request: Request) -> dict[EpisodeId, float]:
        """List episodes whose title and summary answer a question, best first, each with its confidence."""
        about = self._search.about(
            request.subject, manner=request.worded.manner, scope=request.where.scope, limit=EPISODES_NAMED
        )
        return {id: confidence for id, confidence in about if confidence >= NOTED}

    def defined(self, request: Request) -> Sequence[Passage]:
        """Return the plainest words on what something is, if the question asks that."""
        if not request.term or len(request.people) > 1:
            return ()
        speakers: Sequence[str | None] = request.person.speaking if request.person else (None,)
        scopes = [replace(request.where.scope, speaker=speaker) for speaker in speakers]

        def found(find: Callable[[Scope], Sequence[Passage]]) -> Sequence[Passage]:
            return [each for scope in scopes for each in find(scope)]

        if request.of_its_name:
            return found(lambda scope: self._search.namings(request.term, request.subject, scope=scope))[:_DEFINITIONS]
        defined = found(lambda scope: self._search.definitions(request.term, scope=scope))
        if not defined and len(split(request.term)) <= _NAMED:  # "what is it like to be programmed" names nothing
            defined = found(lambda scope: self._search.explanations(request.term, scope=scope))
        return defined[:_DEFINITIONS]

    def _replied(self, found: Ranking, request: Request) -> Sequence[Passage]:
        """Return the replies to hits that ask for an explanation of the subject, if the question asks for one too."""
        if not request.term or request.people or not selection.answers(found):
            return ()
        asking = (
            each.item for each in found.hits[:_ASKERS] if isinstance(each.item, Passage) and requests(each.item.text)
        )
        return list(islice(self._search.replies(asking), _REPLIES))

    def _asked_before(self, request: Request) -> Sequence[Passage]:
        """Return the replies to the same question, if somebody in an episode asked it word for word: "Why thirty?"."""
        if not request.worded.alone:
            return ()
        asked = self._search.asked(request.text, scope=request.where.scope)
        return list(islice(self._search.replies(asked), _REPLIES))

    def _instead(self, request: Request) -> Sequence[Passage]:
        """Return words on alternatives to something, if the question asks for them: "instead of Redux"."""
        said = (each for phrase in request.instead for each in self._search.verbatim(phrase, scope=request.where.scope))
        told = (each.item for each in said if each.exact and isinstance(each.item, Passage))
        return list(dict.fromkeys(islice((each for each in told if not ends_asking(each.text)), _OPINIONS)))

    def _quoted(self, found: Ranking, request: Request) -> Sequence[Passage]:
        """Return passages with the whole question word for word, if it may be a quotation: "get your own dirt".

        If several episodes have it and the search answers, the search knows better which passage is about it.
        """
        words = split(request.text)
        typed_alone = request.subject == request.text and len(words) >= _QUOTATION and any(map(carries, words))
        if not typed_alone or request.people or request.of_an_assistant:
            return ()
        said = (each for each in self._search.verbatim(request.text, scope=request.where.scope) if each.exact)
        passages = [each.item for each in said if isinstance(each.item, Passage)]
        term = len({each.episode for each in passages}) > _QUOTED
        return () if term and selection.answers(found) else passages

    def _opinions(self, request: Request) -> Sequence[Passage]:
        """Return what the person asked about says they think of a subject: "I love monorepos"."""
        if request.premise.done or not (request.words_of and request.person and request.subject):
            return ()
        find = partial(self._search.opinions, words=request.subject, scope=request.where.scope)
        plainly = [each for name in request.person.speaking for each in find(name)]
        return list({each.id: each for each in (*self._felt(request), *plainly)}.values())[:_OPINIONS]

    def _felt(self, request: Request) -> Iterator[Passage]:
        """Yield what the person asked about says with the question's verb: "love" in "does Ann love monorepos"."""
        for name in request.person.speaking if request.person and request.feeling else ():
            scope = replace(request.where.scope, speaker=name)
            yield from self._search.feelings(request.feeling, request.subject, scope=scope)

    def _in_sentences(self, ranking: Ranking, request: Request, beside: Iterable[Passage]) -> Ranking:
        """Replace the best passage by the sentences that answer, and leave out hits that repeat sentences.

        If the question asks for a number, it may be next to the following places, so these are replaced too.
        """
        if ranking.confidence < MAYBE_SAID:
            return ranking
        theirs = request.person.speaking if request.person else ()
        hits: list[Hit] = []
        shown = [selection.sentences_of(each.text) for each in beside]
        places = len(shown) + (CLAIMED if request.premise.amount else 1)
        for hit in ranking.hits:
            if not isinstance(passage := hit.item, Passage):
                hits.append(hit)
                continue
            said = [passage]
            if len(shown) < places:
                speaker = passage.speaker if passage.speaker in theirs else None
                said = self._search.answering(ranking.asked, passage, speaker=speaker, length=TELLING, most=_TOGETHER)
            for each in said:
                sentences_of = selection.sentences_of(each.text)
                if all(map(sentences_of.isdisjoint, shown)):
                    shown.append(sentences_of)
                    hits.append(hit if each is passage else replace(hit, item=each))
        return replace(ranking, hits=tuple(hits))


def _speakers(request: Request) -> Sequence[str | None]:
    """List whose words to search for in turn, by the names in transcripts; None is for anybody's."""
    if len(request.people) == 1:
        return request.people[0].speaking
    # Beside somebody else, a first name is the likeliest person's alone.
    names = [name for each in request.people for name in replace(each, namesakes=()).speaking]
    # "Was it Ann or Bob who said": the one who says most of it.
    return (None, *names) if request.people else ()


def speaking(ranking: Ranking, request: Request) -> frozenset[str]:
    """Return the names of the people asked about who themselves say words that were found."""
    said = (hit.item for hit in ranking.hits if hit.direct)
    theirs = {name for each in request.people for name in each.speaking}
    return frozenset(item.speaker for item in said if isinstance(item, Quote | Passage) and item.speaker in theirs)


def _besides(ranking: Ranking, request: Request) -> Ranking:
    """Leave out what a question excludes, on a subject or by somebody, unless nothing else is left."""
    left_out = selection.stems_of(request.besides)
    others = tuple(hit for hit in ranking.hits if not left_out <= _stems_of(hit)) if left_out else ()
    sure = min(ranking.confidence, others[0].confidence) if others else 0.0
    return replace(ranking, hits=others, confidence=sure) if others else ranking


def _stems_of(hit: Hit) -> frozenset[str]:
    """Return the stems of what was found and of its speaker's name."""
    said = hit.item
    return selection.stems_of(said.summary if isinstance(said, Topic) else f"{said.speaker} {said.text}")


def _names_it(ranking: Ranking) -> bool:
    """Tell whether the best words have most of a bare subject: then they are on it, however little they say."""
    best, query = ranking.hits[0].item, ranking.asked.query
    only_numbers = all(map(str.isdecimal, query.telling))
    if len(query.telling) > BARE or only_numbers or not isinstance(best, Quote | Passage):
        return False
    return query.share(selection.stems_of(best.text)) >= _ON_IT


def _is_least_of(part: Ranking, whole: Ranking) -> bool:
    """Tell whether a clause has only a single word of a question, and no rarer one than the rest of it."""
    (alone, *others), rest = (*part.asked.query.telling, ""), whole.asked.query
    return not any(others) and alone in rest.telling and rest.worth(alone) < rest.total / len(rest.telling)


def _is_named(subject: str, ranking: Ranking) -> bool:
    """Tell whether a subject is just an informative word or two, and the best words have them."""
    return all(map(carries, split(subject))) and _names_it(ranking)
