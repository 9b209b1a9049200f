"""Which parts of an answer are shown at first, on every platform, and which wait for a press.

The order is the same everywhere: the question, the title, the remaining text, then each quotation with its byline.
Adapters decide how it looks, and the assistant which words matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, assert_never

from bot.port.excerpts import Run
from bot.port.messages import (
    Episode,
    Evidence,
    EvidenceKind,
    Fact,
    Found,
    Guess,
    Help,
    ItemId,
    NotFound,
    Part,
    QuoteCheck,
    SingleAnswer,
    Topic,
    Unsure,
    Verdict,
)
from bot.port.players import FEWEST, Opening, Player, fits_a_button, heard_at, players_of
from bot.port.wording import INSTEAD, MORE_NEAR, OR_MEANT, RELATED, full_label, label, more


@dataclass(frozen=True, slots=True)
class Open:
    """Show topics, quotes or passages."""

    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True)
class InContext:
    """Show what was said before and after some words."""

    item: ItemId


_LISTED: Final = 5
"""Episodes of a statement that are listed below it, where its words name none."""
_FEW: Final = 3
"""Quotations beside which those around the first are offered; more are surroundings already, or many places."""


def told(answer: SingleAnswer) -> str:
    """Say what of an answer's words is left to say where its title and its evidence are seen."""
    match answer:
        case Found(told=str(left)) | QuoteCheck(told=str(left)):
            return left
        case _:
            return answer.text


def told_of(part: Part) -> str:
    """Say the same of one of several answers, whose title is its question."""
    return part.answer.text if isinstance(part.answer, QuoteCheck) else told(part.answer)


def shown(answer: SingleAnswer) -> tuple[Evidence, ...]:
    """List the evidence that is shown at first."""
    match answer:
        case Found(evidence=evidence, at_once=count):
            return evidence[:count]
        case QuoteCheck(evidence=evidence):
            return evidence[:1]  # the others have the same words, or nearly
        case Unsure(evidence=evidence):
            return evidence
        case Fact() | NotFound() | Help():
            return ()
        case _:
            assert_never(answer)


def waiting(answer: SingleAnswer, shown: int) -> tuple[ItemId, ...]:
    """List what else there is, best first, where so many pieces of evidence are shown."""
    match answer:
        case Found(evidence=evidence, more=more):
            # The passage that a sentence is from is seen with what was said around it.
            whole = {item for item in more for each in evidence[:shown] if each.id.startswith(f"{item}#")}
            return (*(each.id for each in evidence[shown:]), *(item for item in more if item not in whole))
        case QuoteCheck(evidence=evidence) | Unsure(evidence=evidence):
            return tuple(each.id for each in evidence[shown:])
        case Fact() | NotFound() | Help():
            return ()
        case _:
            assert_never(answer)


def comes_near(answer: SingleAnswer) -> bool:
    """Tell whether what there is only comes near what was asked."""
    match answer:
        case Found(near=near):
            return near
        case QuoteCheck(verdict=verdict):
            return verdict is Verdict.NOT_FOUND
        case _:
            return isinstance(answer, Unsure)


def further(answer: SingleAnswer, count: int) -> str:
    """Offer so many more pieces of evidence."""
    return MORE_NEAR if comes_near(answer) else more(count)


def surroundings(answer: SingleAnswer) -> ItemId | None:
    """Name the words whose surroundings are offered: the first that are shown, where a transcript goes on."""
    pieces = shown(answer)
    offered = 0 < len(pieces) <= _FEW and pieces[0].kind is EvidenceKind.PASSAGE
    return pieces[0].id if offered else None


def related(answer: SingleAnswer) -> tuple[Topic, ...]:
    """List the topics that are offered beside an answer."""
    match answer:
        case Found(topics=topics, related=others):
            listed = (*topics[1:], *others)
        case Fact(related=listed) | QuoteCheck(suggestions=listed) | NotFound(suggestions=listed):
            pass
        case Unsure() | Help():
            return ()
        case _:
            assert_never(answer)
    main = answer.topics[:1] if isinstance(answer, Found) else ()
    return tuple({topic.id: topic for topic in listed if topic not in main}.values())


def guesses(answer: SingleAnswer) -> tuple[Guess, ...]:
    """List what a question may mean, where nothing else answers it."""
    return answer.guesses if isinstance(answer, Unsure) and not answer.evidence else ()


def offered(answer: SingleAnswer) -> tuple[tuple[str, ItemId], ...]:
    """List what can be asked next or instead, by label; `prompt` says which."""
    if isinstance(answer, Unsure):
        return tuple((each.label, each.id) for each in answer.guesses if answer.evidence)
    return tuple((topic.title, topic.id) for topic in related(answer))


def source(answer: SingleAnswer) -> str:
    """Say where an answer is from that nobody is quoted in."""
    match answer:
        case Found(topics=(topic, *_), evidence=()):
            return topic.source
        case _:
            return ""


def prompt(answer: SingleAnswer) -> str:
    """Say what is offered beside an answer: what else was meant, or can be asked about instead or next."""
    match answer:
        case Unsure():
            return OR_MEANT
        case QuoteCheck() | NotFound():
            return INSTEAD
        case Found() | Fact() | Help():
            return RELATED
        case _:
            assert_never(answer)


def linked(fact: Fact) -> tuple[Run, ...]:
    """Write a statement with each episode that it names opening that episode."""
    places = sorted(_named(fact))
    borders = [0, *(place for begin, end, _ in places for place in (begin, end)), len(fact.text)]
    urls = [None, *(url for _, _, episode in places for url in (episode.links.first, None))]
    runs = (Run(fact.text[begin:end], url=url) for (begin, end), url in zip(pairwise(borders), urls, strict=True))
    return tuple(run for run in runs if run.words)


def unnamed(fact: Fact) -> tuple[Episode, ...]:
    """List the episodes of a statement that names none of them; of one that counts, no more than one says anything."""
    counted = fact.chart or (fact.counts and len(fact.episodes) > 1)
    return () if counted or next(_named(fact), None) else fact.episodes[:_LISTED]


def _named(fact: Fact) -> Iterator[tuple[int, int, Episode]]:
    """Find where a statement first names each of its episodes, none within another's name."""
    taken: list[tuple[int, int]] = []
    for episode in sorted(fact.episodes, key=lambda each: -len(full_label(each))):
        if (place := _place(fact.text, (full_label(episode), label(episode)), taken)) is not None:
            taken.append(place)
            yield *place, episode


def _place(text: str, names: Sequence[str], taken: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    for name in names:
        for found in re.finditer(rf"{re.escape(name)}(?!\w)", text):
            begin, end = found.span()
            if all(end <= first or last <= begin for first, last in taken):
                return begin, end
    return None


def opening(answer: SingleAnswer, player: Player | None = None) -> str | None:
    """Return the address that a button opens to hear the first quotation; None where a link in its line has to do.

    It opens in a player that the asker likes, where that has the episode.
    """
    first = next(iter(shown(answer)), None)
    url = heard_at(first, player) if first else None
    return url if url and fits_a_button(url) else None


def art(answer: SingleAnswer) -> str | None:
    """Return the address of the picture of what an answer is from; None where that is several shows, or has none."""
    match answer:
        case Fact(episodes=(only,)):
            episodes = [only]
        case Found(place=Episode() as place, evidence=()):
            episodes = [place]
        case _:
            episodes = [each.episode for each in shown(answer)]
    return picture(episodes[0]) if len({each.show for each in episodes}) == 1 else None


def picture(episode: Episode) -> str | None:
    """Return the address of an episode's picture, if platforms take it."""
    return episode.image if episode.image and fits_a_button(episode.image) else None


def listening(answer: SingleAnswer, liked: Player | None = None) -> tuple[ItemId, Sequence[Opening]] | None:
    """Say where the one quotation that is shown can be listened to; None where there is no choice, or are several.

    Nor where ▶ opens in the player that is `liked` by the only person who sees it.
    """
    match shown(answer):
        case (said,) if len(openings := players_of(said)) >= FEWEST:
            return None if liked in {each.player for each in openings} else (said.id, openings)
        case _:
            return None
