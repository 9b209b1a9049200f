"""Answers questions about a subject, a person or both, by choosing between passages and what is known about people.

Passages are found and judged in `lookup.py`, people introduced in `people.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from typing import Final

from bot.answering import introductions, selection, sentences
from bot.answering.appearances import Appearances
from bot.answering.catalogue import Catalogue
from bot.answering.digests import Digests
from bot.answering.episodes import Episodes
from bot.answering.lookup import Lookup
from bot.answering.people import Biographer
from bot.answering.roles import as_written
from bot.answering.thresholds import MAYBE_SAID
from bot.port.messages import Answer, Evidence, Fact, Found, Help, NotFound, Part, Several, Unsure
from bot.port.wording import label, listed
from bot.understanding import wants
from bot.understanding.request import EVERYWHERE, Request, Somebody, Where
from bot.understanding.wants import Ask
from knowledge.passages import sentences as parted
from knowledge.search.comparing import comparing
from knowledge.search.rarity import is_everyday
from knowledge.search.words import carries, fold, split, whole_words

_OTHERWISE: Final = 2
"""Passages offered if nobody says what a question asks for."""
_BOTH: Final = 3
"""Maximum number of passages shown that name everything compared."""
_TOGETHER: Final = 3
"""Maximum number of people whose answers are shown next to each other."""
_NAME: Final = 3
"""Maximum number of informative words in a name; more are a description."""
_ABOUT: Final = 4
"""Maximum number of somebody's episodes whose contents are described."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """Answers questions about subjects and people in one library."""

    _catalogue: Catalogue
    _lookup: Lookup
    _people: Biographer
    _appearances: Appearances
    _episodes: Episodes
    _digests: Digests
    _help: Callable[[str], Help]
    _subjects_of: Callable[[Somebody], Sequence[str]]

    def said(self, request: Request) -> Answer:
        """Show what was said on a subject, or if only a person is named, which episodes they are in."""
        person = request.person
        if told := self._people.trait(request):
            return told
        if other := self._people.compared_with(request):
            return self._comparing(other, request)
        if request.words_of and request.subject and len(request.people) > 1:
            return self._of_each(request)
        if person and request.words_of and self.not_there(request):
            return self._said_elsewhere(person, request)
        if not request.subject and person and person.known:
            spoken_of = self._people.spoken_of(person, request.where) if request.about_people else None
            return spoken_of or self.appearances(request)
        said = self._lookup.said(request)
        if request.premise.to and person and person.known and not isinstance(said, Found):
            # Nobody says that "she left Hive Talk", but it is known when she was on.
            part = self._episodes.appearances(person, replace(request, where=Where(show=request.premise.to)))
            return selection.introduced(part, sentences.NOT_SAID_SO)
        named = request.people or request.about
        if isinstance(said, NotFound) and not (named or any(map(carries, split(request.subject)))):
            return self._help(sentences.WHICH_SUBJECT)  # the question has nothing to search for
        if isinstance(said, Found | Unsure):
            said = selection.understood_first(said)
        silent = person if person and request.words_of and not person.candidates else None
        return (self._people.mentioned(silent, request, said) if silent else None) or said

    def _comparing(self, other: str, request: Request) -> Answer:
        """Show words by or about both of two people whom a question compares; words on one of them compare nobody."""
        said = self._lookup.said(request)
        sides = [name.partition(" ")[0] for name in (request.people[0].name, other)]
        asked = selection.telling_stems(request.subject) - selection.stems_of(" ".join(sides))
        evidence = said.evidence if isinstance(said, Found | Unsure) else ()
        both = [each for each in evidence if any(_compares(words, asked, sides, each) for words in parted(each.text))]
        if not both:
            return self._catalogue.nothing(sentences.NOBODY_COMPARES)
        return Unsure(sentences.MAYBE, MAYBE_SAID, (), evidence=tuple(both[:_OTHERWISE]))

    def _of_each(self, request: Request) -> Answer:
        """Show what each of several people said on a subject, unless one answer covers all of them."""
        whole = self._lookup.said(request)
        theirs = {each.speaker for each in whole.evidence} if isinstance(whole, Found) else set()
        names = [one.name for one in request.people]
        if isinstance(whole, Found) and (whole.topics or theirs.issuperset(names)):
            return whole
        if isinstance(whole, Found) and None not in theirs and theirs.isdisjoint(names):
            return selection.reworded(whole, lambda _: sentences.by_others(listed(names, "or")))
        each = ((one.name, self.said(replace(request, people=(one,)))) for one in request.people[:_TOGETHER])
        return Several(tuple(Part(name, answer) for name, answer in each if not isinstance(answer, Several)))

    def not_there(self, request: Request) -> Fact | None:
        """Say that somebody isn't in the episode that the question is about, and who is; None if they are in it."""
        there = self._catalogue.episodes.get(request.where.episode) if request.where.episode else None
        person = request.person
        if there is None or person is None or not person.known or any(each.id == there.id for each in person.episodes):
            return None
        return self._episodes.without(person, there)

    def _said_elsewhere(self, person: Somebody, request: Request) -> Answer:
        """Say that somebody isn't in the episode that the question is about, and show what they say elsewhere."""
        answer, there = self.said(replace(request, where=EVERYWHERE)), request.where.episode
        part = label(self._catalogue.episodes[there]) if there else ""
        if isinstance(answer, Found | Unsure | NotFound):
            return selection.introduced(answer, sentences.not_there(person.name, part), sentences.ELSEWHERE)
        return answer

    def appearances(self, request: Request) -> Answer:
        """Say in which episodes somebody is, or several people together."""
        known = [each for each in request.people if each.candidates]
        if not known:
            return self._people.stranger(request) or self.on_all_words(request)
        strangers = [each for each in request.people if not each.candidates]
        if strangers and (unknown := self._people.stranger(replace(request, people=tuple(strangers[:1])))):
            part = self.appearances(replace(request, people=tuple(known)))
            return replace(unknown, text=f"{part.text} {unknown.text}") if isinstance(part, Fact) else part
        if len(known) > 1:
            return self._appearances.together(known, request)
        if not known[0].known:
            return self._appearances.ambiguous(known[0])
        return introductions.beside_namesakes(self._episodes.appearances(known[0], request), known[0])

    def on_all_words(self, request: Request) -> Answer:
        """Search for all words of a question, names included; for a follow-up, only for its subject."""
        words = request.text if request.subject in request.text else request.subject
        return self.said(replace(request, want=Ask.SAID, people=(), subject=words))

    def instead(self, unsaid: Callable[[str], str], request: Request) -> Answer:
        """Say that nobody says who made or leads something, and show what is said on it unless that is a guess.

        "Who made money from AI" names nothing that somebody made and is answered like any other question. `unsaid`
        gives the sentence for the name as the transcripts write it.
        """
        said = self.on_all_words(request)
        if not is_name(request.subject):
            return said
        name = as_written(request.subject, said.evidence if isinstance(said, Found) else ())
        lead = unsaid(name)
        return selection.coming_near(said, lead) if isinstance(said, Found) else self._catalogue.nothing(lead)

    def said_otherwise(self, request: Request) -> Answer:
        """Offer what was said on a subject: nobody says what the question asks for."""
        said = self.said(replace(request, want=Ask.SAID))
        if not isinstance(said, Found):
            return said
        return Unsure(sentences.NOBODY_SAYS_SO, MAYBE_SAID, (), evidence=said.evidence[:_OTHERWISE])

    def talked_about(self, request: Request) -> Answer:
        """Say what a guest's episodes are about; for anybody else, only which they are in."""
        part, person = self.appearances(request), request.person
        if not isinstance(part, Fact) or person is None or not person.known:
            return part
        if person.has_many_episodes or request.where.named:
            return part
        theirs = [each for each in part.episodes if self._catalogue.speakers.get(each.id) or each.guests]
        about = list(map(self._digests.line, theirs[:_ABOUT]))
        more = max(len(person.episodes) - len(about), 0)
        return replace(part, text=introductions.subjects(person.name, about, more)) if about else part

    def who_is(self, request: Request) -> Answer:
        """Say in which episodes somebody is, what they talk about more than others, and how they are introduced.

        If nobody introduces them and they are in only one episode, say what that is about.
        """
        part, person = self.appearances(request), request.person
        if not isinstance(part, Fact) or person is None or not person.known:
            return part
        if request.want is Ask.WHO_IS and (subjects := self._subjects_of(person)):
            part = replace(part, text=f"{part.text} {introductions.talks_about(subjects)}")
        told = self._people.introduced(part, person, request.want)
        if told is not None:
            return told
        opening = self._digests.opening(person.episodes[0]) if len(person.episodes) == 1 else None
        unsaid = introductions.unsaid(request.want) if request.want is not Ask.WHO_IS else None
        return replace(part, text=" ".join(filter(None, (part.text, unsaid, opening))))

    def worked_before(self, request: Request) -> Answer:
        """Quote what somebody says they did earlier in life, or else their words on the question."""
        part, person = self.appearances(request), request.person
        if not isinstance(part, Fact) or person is None or not person.known:
            return part
        if told := self._people.formerly(person, request.subject):
            return told
        said = self.said(replace(request, want=Ask.SAID, subject=request.text, words_of=True))
        unsaid = replace(part, text=f"{part.text} {introductions.unsaid(request.want)}")
        return said if isinstance(said, Found) and said.evidence[0].speaker in person.speaking else unsaid

    def who_is_there(self, request: Request) -> Answer:
        """Say what somebody is said to be at a place, or search for all words of the question."""
        person = request.person
        told = self._people.introduced_at(person, request.subject) if person and person.known else None
        if told:
            return told
        if person and person.known and not person.has_many_episodes:  # regulars mention every place
            theirs = self.said(replace(request, want=Ask.SAID, words_of=True))
            if isinstance(theirs, Found):
                return selection.reworded(theirs, lambda _: introductions.on_place(person.name, request.subject))
        unsaid = partial(introductions.unsaid_at, person.name) if person else str
        nothing = self.instead(unsaid, replace(request, words_of=True))
        if not (person and person.known and request.whether and isinstance(nothing, NotFound)):
            return nothing
        # "Does Ann work at Wax" is answered best by where she works.
        elsewhere = self._people.introduced(Fact(nothing.text, person.episodes[:1]), person, Ask.WORK_OF)
        return elsewhere or nothing

    def compared(self, want: wants.Compare, request: Request) -> Answer:
        """Show both sides of a comparison if there is something on each, otherwise search for all of its words."""
        manner = replace(request.worded.manner, advice=False)  # what compares them is advice enough
        request = replace(request, worded=replace(request.worded, manner=manner))
        whole = self._lookup.said(request)
        sides = [(side, self._lookup.said(replace(request, want=Ask.SAID, subject=side))) for side in want.sides]
        if want.surely and len(sides) > 1:
            # A likely answer for one side is good enough next to a sure one for the other.
            shown = [answer for _, answer in sides if isinstance(answer, Found | Unsure) and answer.evidence]
            unsure = [each for each in shown if isinstance(each, Unsure)]
            silent = (side for side, answer in sides if isinstance(answer, NotFound))
            missing = shown and any(map(self._lookup.never_comes_up, silent))
            if missing or (len(shown) == len(sides) and len(unsure) == 1):
                return Several(tuple(Part(side, answer) for side, answer in sides))
        found = [answer for _, answer in sides if isinstance(answer, Found)]
        both = len({(each.text, *(said.id for said in each.evidence)) for each in found}) > 1
        on_all = _on_all(want.sides, whole.evidence) if isinstance(whole, Found) else []
        named = list(map(selection.stems_of, want.sides))
        together = [each for each in on_all if not want.surely or comparing(each.text, named)]
        if isinstance(whole, Found) and together:
            others = (each for each in whole.evidence if each not in on_all)
            return replace(whole, evidence=(*together, *others))
        # Two common words are somewhere in one passage: "do people prefer summer over fall".
        likely = any(isinstance(each, Found | Unsure) for each in (whole, *(answer for _, answer in sides)))
        naming = self._lookup.on_all(want.sides, request) if likely and want.surely and not request.people else ()
        rated = [(rate, each) for each in naming if (rate := comparing(each.text, named))]
        if rated:
            plainest = [each for _, each in sorted(rated, key=itemgetter(0), reverse=True)[:_BOTH]]
            alone = (each for one in found for each in one.evidence[:1])
            return selection.in_their_words(selection.distinct((*plainest, *alone))) or whole
        if isinstance(whole, Found) and whole.topics and all(whole.topics[0] in each.topics for each in found):
            return whole  # one topic is on both
        if both:
            return Several(tuple(Part(side, answer) for side, answer in sides))
        if not want.surely or (isinstance(whole, Found) and whole.topics):
            return whole
        # What is said on one side alone, or names both in passing, doesn't compare.
        near = naming or next((each.evidence for each in (whole, *found) if isinstance(each, Found)), ())
        return Unsure(sentences.MAYBE, MAYBE_SAID, (), evidence=tuple(near[:_OTHERWISE])) if near else whole


def _on_all(sides: Iterable[str], evidence: Iterable[Evidence]) -> list[Evidence]:
    """List the evidence that has at least half of each side's own informative words."""
    telling = list(map(selection.telling_stems, sides))
    own = [stems - frozenset.intersection(*telling) for stems in telling]
    said = ((each, selection.stems_of(each.text)) for each in evidence if all(own))
    return [each for each, there in said if all(2 * len(stems & there) >= len(stems) for stems in own)]


def _compares(sentence: str, asked: frozenset[str], sides: Sequence[str], said: Evidence) -> bool:
    """Tell whether a sentence has words of a comparison and is by or about both people; addressing one isn't enough."""
    words, by = whole_words(sentence), whole_words(said.speaker or "")
    about = [name for name in sides if fold(name) not in by]
    to_one = "you" not in words and any(f", {name.title()}{end}" in sentence for name in about for end in ",.?!")
    named = all(fold(name) in words for name in about)
    return named and not to_one and not asked.isdisjoint(selection.stems_of(sentence))


def is_name(subject: str) -> bool:
    """Tell whether words are the name of something rather than a description: "planetscale", not "the company"."""
    telling = [word for word in split(subject) if carries(word)]
    return 0 < len(telling) <= _NAME and not is_everyday(telling[0])
