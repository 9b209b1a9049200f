"""Tells about episodes and people: which episode is meant, who speaks where, and what there is.

The sentences stand in `facts.py` and `sentences.py`; what was said is for `answers.py` to find.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from bot.answering import facts, sentences
from bot.answering.catalogue import Shelf
from bot.answering.lookup import Answers
from bot.port.messages import Episode, EpisodeId, Fact, NotFound, Unsure
from bot.understanding.asked import Asked
from bot.understanding.intents import FactKind
from bot.understanding.naming import Naming, Where, part_name, season_in
from bot.understanding.people import People
from bot.understanding.speakers import Speaker, Speakers
from bot.understanding.text import Words

_EPISODES_LISTED: Final = 10
_REGULARS: Final = 4
_OFTEN: Final = 20
"""Episodes of a show in which somebody speaks who is told of, if it is not half of them."""


class Directory:
    """The episodes of one library and the people in them, by their names."""

    def __init__(self, shelf: Shelf, naming: Naming, people: People, speakers: Speakers, answers: Answers) -> None:
        self._shelf = shelf
        self._naming = naming
        self._people = people
        self._speakers = speakers
        self._answers = answers

    def fact(self, kind: FactKind, asked: Asked) -> Fact | NotFound | None:
        """State a fact of the episode that a question is about, None where nobody can tell which that is."""
        episode = self._meant(asked)
        if episode is None:
            return None if self._shelf.episodes else NotFound(sentences.NO_EPISODES, 0.0)
        speakers = self._shelf.speakers.get(episode.id, ())
        if kind is FactKind.HOST and not episode.hosts and not asked.named and (often := self._regulars(asked)):
            return often
        text = facts.state(kind, episode, speakers)
        if text is None:
            suggestions = self._shelf.to_ask_instead(episode=episode.id)
            return NotFound(facts.missing(kind, episode), 0.0, suggestions=suggestions)
        related = self._shelf.to_ask_instead(episode=episode.id) if kind is FactKind.SUMMARY else ()
        return Fact(text, 1.0, (episode,), related=related)

    def fact_on(self, kind: FactKind, about: str, where: Where) -> Fact | Unsure | NotFound:
        """State a fact of the episode that has most on a subject."""
        listed = self._answers.episodes(about, where)
        if not isinstance(listed, Fact):
            return listed
        episode = listed.episodes[0]
        text = facts.state(kind, episode, self._shelf.speakers.get(episode.id, ())) or facts.missing(kind, episode)
        others = len(listed.episodes) > 1
        return Fact(sentences.most_on(episode, text) if others else text, listed.confidence, (episode,))

    def _regulars(self, asked: Asked) -> Fact | None:
        """Tell who speaks most in a show that the question names, None where it names none."""
        theirs = self._naming.of_show(asked.words.plain)
        counts = Counter(name for episode in theirs for name in self._shelf.speakers.get(episode.id, ()))
        often = [name for name, times in counts.most_common(_REGULARS) if times * 2 >= len(theirs) or times > _OFTEN]
        return Fact(facts.regulars(theirs[0].show, often), 1.0, tuple(theirs[:1])) if often else None

    def _meant(self, asked: Asked) -> Episode | None:
        """Return the episode a question is about: one with whom it names, the last one talked of, else the newest."""
        id = asked.scope or asked.thread.episode
        newest = self._naming.latest(asked.words.plain)
        meant = self._shelf.episodes.get(id) if id else newest[0] if len(newest) == 1 else None
        speaker = self._speakers.heard(asked.words.plain)
        named = self._people.episodes_with(asked.words.plain) or (speaker.episodes if speaker else ())
        theirs = meant and any(each.id == meant.id for each in named)
        return named[0] if named and not theirs and asked.scope is None else meant

    def person(self, name: str, asked: Asked) -> Fact | NotFound | None:
        """Say what part somebody has in the episodes; None where nobody can tell which episode is asked about."""
        part = facts.person(frozenset(Words(name).plain.split()), self._shelf.episodes.values())
        if part is None and (speaker := self._speakers.heard(asked.words.plain)):
            if asked.scope and asked.named:
                return self._part_in(self._shelf.episodes[asked.scope], speaker)
            show = {each.id for each in self._naming.of_show(asked.words.plain)}
            theirs = tuple(each for each in speaker.episodes if each.id in show) or speaker.episodes
            part = facts.heard_in(speaker.name, theirs), theirs[:_EPISODES_LISTED]
        if part is None and self._naming.of_show(name):
            return self.episodes(name)
        if part is None:
            return self.fact(FactKind.SHOW, asked)
        text, episodes = part
        return Fact(text, 1.0, episodes)

    def _part_in(self, episode: Episode, speaker: Speaker) -> Fact:
        """Say whether somebody speaks in an episode, or else who does."""
        if any(each.id == episode.id for each in speaker.episodes):
            return Fact(facts.heard_in(speaker.name, (episode,)), 1.0, (episode,))
        others = self._shelf.speakers.get(episode.id, ())
        return Fact(facts.not_heard_in(speaker.name, episode, others), 1.0, (episode,))

    def topics(self, scope: EpisodeId | None) -> Fact | NotFound:
        """List the topics of an episode, or of all."""
        episodes = (
            (self._shelf.episodes[scope],) if scope in self._shelf.episodes else tuple(self._shelf.episodes.values())
        )
        topics = self._shelf.topics_in(scope)
        if not topics:
            return NotFound(sentences.NO_TOPICS if episodes else sentences.NO_EPISODES, 0.0)
        only = episodes[0] if len(episodes) == 1 else None
        return Fact(sentences.topics_of(only, topics), 1.0, episodes, related=topics)

    def episodes(self, plain: str) -> Fact | NotFound:
        """List the episodes of the show or the season that plain text names, or else of all."""
        named, season = self._naming.of_show(plain), season_in(plain)
        theirs = named or self._shelf.episodes.values()
        episodes = tuple(episode for episode in theirs if season in {None, episode.season})
        if not episodes:
            text = sentences.NO_EPISODES if season is None else sentences.no_such_part(part_name(None, season))
            return NotFound(text, 0.0, suggestions=self._shelf.to_ask_instead())
        newest = self._naming.latest(plain)
        if len(newest) > 1 and season is None:
            shows = Counter(episode.show for episode in episodes)
            return Fact(sentences.shows_are(shows.most_common(), len(episodes)), 1.0, newest)
        listed = episodes[:_EPISODES_LISTED]
        of = sentences.part_of_library(named[0].show if named else None, season)
        return Fact(sentences.episodes_are(listed, len(episodes), of), 1.0, listed)
