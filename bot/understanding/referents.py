"""Finds who and what "he", "those" and "there" may be: the people, episodes and show of the conversation so far.

What a question asks of them is decided elsewhere: see `following.py` and the modules that `meaning.py` lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.port.messages import Episode, EpisodeId, Evidence, Fact, Found, QuoteCheck, Tally, Unsure
from bot.port.wording import label
from bot.understanding.conversation import Thread
from bot.understanding.names import Names
from bot.understanding.request import Somebody, Where
from bot.understanding.text import plain
from knowledge.search.words import carries


@dataclass(frozen=True, slots=True)
class Referents:
    """Who and what a question may refer to in its conversation."""

    _names: Names
    _before: Thread

    @property
    def people(self) -> tuple[Somebody, ...]:
        """The people asked about last."""
        return self.known(self._before.people)

    @property
    def he(self) -> tuple[Somebody, ...]:
        """Who "he" may be: the people asked about last, those the answer named, or who was quoted.

        On a subject in several episodes, that is rather the guest whose episodes are about it.
        """
        return self.people or self.known(self._before.told) or self._guest_on_that or self.quoted

    @property
    def both(self) -> tuple[Somebody, ...]:
        """The two people asked about last, together or one after the other."""
        return (*self.people, *self.known(self._before.earlier))[:2]

    def known(self, names: Sequence[str]) -> tuple[Somebody, ...]:
        """Return the people of some names, those whom the library doesn't know as strangers."""
        return tuple(self._names.people.called(plain(name).split(), None) or Somebody(name) for name in names)

    @property
    def _guest_on_that(self) -> tuple[Somebody, ...]:
        """The guest on the last subject, if that guest's episode was shown beside others."""
        subject, shown = self._before.subject, self.places_shown
        guest = self._names.guest_on(subject) if subject and len(shown) > 1 else None
        return (guest,) if guest and any(each.id in shown for each in guest.episodes) else ()

    @property
    def quoted(self) -> tuple[Somebody, ...]:
        """Who was quoted last: rather the only guest, or the guest whom a host's words name, than the host."""
        spoke = self.known(self._before.spoke)
        guests = (each for each in spoke if not each.has_many_episodes)
        who = next(guests, None)
        if len(self.places_shown) > 1:
            # Of several episodes' people, only a guest who comes first is meant, rather than somebody they speak of.
            who = who if spoke[:1] == (who,) else None
        elif who is None and spoke:
            who = self._introduced or spoke[0]
        return (who,) if who else ()

    @property
    def _introduced(self) -> Somebody | None:
        """The guest whom the words shown first name: "today we have Ann Lee with us"."""
        for shown in self._evidence[:1]:
            names = (each for each in plain(shown.text).split() if carries(each))
            for person in (self._names.people.called([name], shown.episode.id) for name in names):
                if person and shown.episode in person.episodes and not person.has_many_episodes:
                    return person
        return None

    @property
    def first_quoted(self) -> Somebody | None:
        """Whose words the last answer showed first; None if it showed none, or they have no name."""
        return next(iter(self.known([each.speaker for each in self._evidence[:1] if each.speaker])), None)

    @property
    def speaking(self) -> tuple[Somebody, ...]:
        """The speaker of the first passage of the last answer."""
        answer = self._before.answer
        shown = answer.evidence[:1] if isinstance(answer, Found | Unsure | QuoteCheck) else ()
        return self.known([each.speaker for each in shown if each.speaker])

    @property
    def just_told(self) -> tuple[Somebody, ...]:
        """The people that the last answer named."""
        named = {each.label for each in self.counts}
        return self.known([name for name in self._before.told if name in named])

    @property
    def _evidence(self) -> tuple[Evidence, ...]:
        """What the last answer showed on a subject."""
        answer = self._before.answer
        return answer.evidence if isinstance(answer, Found | Unsure) else ()

    @property
    def episodes_named(self) -> tuple[Episode, ...]:
        """The episodes that the last answer named or counted, best first."""
        return self._before.answer.episodes if isinstance(self._before.answer, Fact) else ()

    @property
    def counts(self) -> tuple[Tally, ...]:
        """The parts of the count that was the last answer, greatest first."""
        return self._before.answer.counts if isinstance(self._before.answer, Fact) else ()

    @property
    def places_shown(self) -> Sequence[EpisodeId]:
        """The episodes of the words shown last, best first."""
        return tuple(dict.fromkeys(each.episode.id for each in self._evidence))

    def shown(self, people: Sequence[Somebody]) -> Where | None:
        """Return the episodes just shown, or a guest's own if the question is about a guest; None if there are none."""
        answer = self._before.answer
        evidence = answer.evidence if isinstance(answer, Found | Unsure | QuoteCheck) else ()
        there = frozenset(each.episode.id for each in evidence)
        for person in people[:1]:
            theirs = frozenset(each.id for each in person.episodes)
            there = there & theirs if person.has_many_episodes else theirs
        return Where(within=there) if there else None

    @property
    def there(self) -> Where | None:
        """The one episode that was just named or shown, which is "there"; None if there isn't just one."""
        before = self._before
        match before.answer:
            case Fact(episodes=(only,)):
                pass
            case Found(evidence=(first, *others)) | Unsure(evidence=(first, *others)):
                if any(each.episode != first.episode for each in others):
                    return None
                only = first.episode
            case _:
                return None
        return Where(only.id, within=frozenset({only.id}), part=label(only), named=True)

    @property
    def those(self) -> frozenset[EpisodeId]:
        """The episodes that "those" may be: a person's, or those listed or shown."""
        before = self._before
        if before.those and before.people:
            return frozenset(each.id for person in self.people[:1] for each in person.episodes)
        listed = frozenset(filter(self._names.shows.show_of, map(EpisodeId, before.listed)))
        if listed <= frozenset(before.those):
            listed = frozenset(before.those)  # "the longest of those" names a few of them
        return listed or frozenset(self.places_shown)

    @property
    def starts_with_one(self) -> bool:
        """Whether the last answer starts with the episode that is talked about, such as the longest."""
        return [each.id for each in self.episodes_named[:1]] == [self._before.episode]

    @property
    def show(self) -> str | None:
        """The one show whose episodes were just listed or counted, which is "it"; None if there isn't just one."""
        shows = {each.show for each in self.episodes_named}
        return shows.pop() if len(self.episodes_named) > 1 and len(shows) == 1 else None
