"""A small library with the real assistant over it, and an answer of every kind, for tests of what is above the core."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from random import Random

from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.port.messages import EVERYWHERE as ANYWHERE
from bot.port.messages import (
    Answer,
    Choice,
    Completion,
    ConversationId,
    Difference,
    Episode,
    EpisodeId,
    Evidence,
    EvidenceKind,
    Fact,
    Found,
    Guess,
    Help,
    ItemId,
    NotFound,
    Part,
    Question,
    Quote,
    QuoteCheck,
    QuoteFilter,
    Scope,
    Several,
    SingleAnswer,
    Topic,
    Unsure,
    Verdict,
    Voice,
)
from bot.port.state import Notes
from bot.understanding.conversation import Conversations
from bot.understanding.sentences import vocabulary
from knowledge.model import Links, Person
from knowledge.search import Search

SPACE, TEA = EpisodeId("night-sky-7"), EpisodeId("tea-time-1")


def _topic(episode: EpisodeId, name: str, title: str, summary: str, **more: tuple[ItemId, ...]) -> Topic:
    return Topic(ItemId(f"{episode}/topic/{name}"), episode, title, summary, "the episode's notes", **more)


def _quote(name: str, text: str, *, minutes: int) -> Quote:
    start = timedelta(minutes=minutes)
    return Quote(ItemId(f"{SPACE}/quote/{name}"), SPACE, text, "the episode's notes", start=start)


ECLIPSES = _topic(SPACE, "eclipses", "Solar eclipses", "How to watch one without harm.")
OOLONG = _topic(TEA, "oolong", "Oolong", "Why oolong is neither green nor black.")

SNOWBALL = Quote(
    ItemId(f"{SPACE}/quote/snowball"),
    SPACE,
    "A comet is a dirty snowball with a travel plan",
    "the episode's notes",
    start=timedelta(hours=1, minutes=2, seconds=3),
)
HALLEY = _quote("halley", "Halley's comet comes back once in a lifetime, so invite it politely", minutes=10)
STEEP = Quote(ItemId(f"{TEA}/quote/steep"), TEA, "Three minutes, never four", "the episode's notes", speaker="Ada Ford")

# One more than an answer shows.
ON_COMETS = (
    SNOWBALL,
    HALLEY,
    _quote("tail", "A comet's tail always points away from the sun", minutes=5),
    _quote("names", "A comet is named after whoever reports it first", minutes=15),
    _quote("patience", "Nobody ever regretted an hour spent on a comet", minutes=20),
    _quote("edge", "Most comets never leave the dark edge of the solar system", minutes=25),
)
COMETS = _topic(
    SPACE,
    "comets",
    "Comets",
    "Comets are called dirty snowballs, and a hobby worth having.",
    quotes=tuple(quote.id for quote in ON_COMETS),
    related=(ECLIPSES.id, OOLONG.id),
)

NIGHT_SKY = Episode(
    SPACE,
    "Comets & Eclipses",
    "The Night Sky",
    "the episode's notes",
    number="7",
    hosts=(Person("Mia Stone"),),
    links=Links(page="https://sky.example/7"),
    topics=(COMETS, ECLIPSES),
    quotes=ON_COMETS,
)
TEA_TIME = Episode(
    TEA,
    "Leaves and Water",
    "Tea Time",
    "the episode's notes",
    topics=(OOLONG,),
    quotes=(STEEP,),
    guests=(Person("Ada Ford"),),
)


def evidence(quote: Quote, confidence: float = 0.9) -> Evidence:
    """A quote as an answer shows it."""
    episode = NIGHT_SKY if quote.episode == SPACE else TEA_TIME
    seconds = int(quote.start.total_seconds()) if quote.start else None
    url = f"https://sky.example/7?t={seconds}" if seconds else None
    kind = EvidenceKind.QUOTE
    return Evidence(
        quote.id, kind, quote.text, episode, quote.source, confidence, speaker=quote.speaker, start=quote.start, url=url
    )


PASSAGE = Evidence(
    ItemId(f"{SPACE}/passage/12"),
    EvidenceKind.PASSAGE,
    "So you look up,\nand there it is.",
    NIGHT_SKY,
    "the transcript",
    0.6,
    start=timedelta(minutes=3, seconds=4),
    approximate=True,
)

FOUND = Found(
    COMETS.summary,
    0.93,
    understood="comets",
    topics=(COMETS,),
    evidence=(evidence(SNOWBALL), PASSAGE),
    related=(ECLIPSES, OOLONG),
    more=(STEEP.id,),
)
FACT = Fact("Mia Stone is the host of The Night Sky.", (NIGHT_SKY,), related=(COMETS,))
EXACT = QuoteCheck(
    "Yes, word for word.",
    0.99,
    Verdict.EXACT,
    SNOWBALL.text,
    evidence=(evidence(SNOWBALL),),
    people=("Mia Stone",),
    said_by=(Voice("Mia Stone", 2, first=NIGHT_SKY, last=NIGHT_SKY), Voice(None, 1)),
)
CLOSE = QuoteCheck(
    "Almost those words: it is “snowball”, not “ice ball”.",
    0.8,
    Verdict.CLOSE,
    "a comet is a dirty ice ball",
    evidence=(evidence(SNOWBALL),),
    differences=(Difference("ice ball", "snowball"),),
)
NOT_SAID = QuoteCheck("I can't find those words.", 0.05, Verdict.NOT_FOUND, "the moon is cheese", suggestions=(COMETS,))
BY_OTHERS = QuoteCheck(
    "No, not Lex. It was said word for word in The Night Sky #7. Mia Stone said it.",
    1.0,
    Verdict.BY_OTHERS,
    SNOWBALL.text,
    evidence=(evidence(SNOWBALL),),
    people=("Lex",),
    said_by=(Voice("Mia Stone", 1),),
)
OPPOSITE = QuoteCheck(
    "No, the opposite: “not” wasn't said.",
    0.9,
    Verdict.OPPOSITE,
    "a comet is not a dirty snowball",
    evidence=(evidence(SNOWBALL),),
    differences=(Difference("not", ""),),
)
UNSURE = Unsure("One of these?", 0.4, (Guess(COMETS.id, "Comets"), Guess(OOLONG.id, "Oolong")), understood="dirty tea")
MAYBE = Unsure("This may be it.", 0.5, (Guess(OOLONG.id, "Oolong"),), evidence=(evidence(SNOWBALL), PASSAGE))
NOT_FOUND = NotFound("The notes don't mention that.", 0.02, suggestions=(COMETS, OOLONG))
HELP = Help("Ask me what was said.", ("What about comets?", "Who is the host?"))
SEVERAL = Several(
    (Part("what are comets?", FOUND), Part("who hosts it?", FACT), Part("how do I cook rice?", NOT_FOUND))
)

EVERY_SINGLE_ANSWER: tuple[SingleAnswer, ...] = (
    FOUND,
    FACT,
    EXACT,
    CLOSE,
    BY_OTHERS,
    OPPOSITE,
    NOT_SAID,
    UNSURE,
    MAYBE,
    NOT_FOUND,
    HELP,
)
EVERY_ANSWER: tuple[Answer, ...] = (*EVERY_SINGLE_ANSWER, SEVERAL)


EVERYWHERE = (NIGHT_SKY, TEA_TIME)

OVER_YEARS = tuple(
    Episode(
        EpisodeId(f"night-sky-{number}"), f"Night {number}", "The Night Sky", "the notes", published=date(year, 5, 1)
    )
    for number, year in enumerate((2021, 2022, 2022, 2023, 2023, 2023), 1)
)
"""Of which a chart is drawn."""
PER_YEAR = "how many episodes per year?"
DESCRIBED = "Bar chart. Episodes by year: 2021: 1 episode; 2022: 2 episodes; 2023: 3 episodes."


class NotingAssistant(EpisodeAssistant):
    """The real assistant over two small episodes, or over others; notes what it is asked.

    Attributes:
        asked: every question, in order.
        opened: the items and the conversation of every call of `open`, in order.
        wanted: every filter given to `random_quote`, in order.
    """

    def __init__(
        self,
        episodes: tuple[Episode, ...] = EVERYWHERE,
        *,
        conversations: Conversations | None = None,
        notes: Notes | None = None,
    ) -> None:
        library = OpenLibrary(episodes, _search(episodes))
        super().__init__(library, conversations=conversations, notes=notes, random=Random(1))
        self.asked: list[Question] = []
        self.opened: list[tuple[tuple[ItemId, ...], ConversationId | None]] = []
        self.wanted: list[QuoteFilter] = []

    def gets(self, episodes: tuple[Episode, ...] = EVERYWHERE) -> None:
        """Answer from a newer library, as after an import."""
        self.renew(OpenLibrary(episodes, _search(episodes)))

    async def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        return await super().ask(question)

    async def open(self, *items: ItemId, conversation: ConversationId | None = None) -> Found | Fact | NotFound:
        self.opened.append((items, conversation))
        return await super().open(*items, conversation=conversation)

    async def random_quote(self, wanted: QuoteFilter) -> Found | NotFound:
        self.wanted.append(wanted)
        return await super().random_quote(wanted)


class BrokenAssistant(NotingAssistant):
    """Has a bug, which shows where somebody says "boom"; answers everything else."""

    async def ask(self, question: Question) -> Answer:
        answer = await super().ask(question)
        _break_at(question.text)
        return answer

    async def complete(
        self, kind: Completion, typed: str, limit: int = 25, scope: Scope = ANYWHERE
    ) -> Sequence[Choice]:
        choices = await super().complete(kind, typed, limit, scope)
        _break_at(typed)
        return choices

    async def episode(self, id: EpisodeId) -> Episode | None:
        _break_at(id)
        return await super().episode(id)


def _break_at(words: str) -> None:
    if words == "boom":
        raise RuntimeError("the index is on fire")


@cache
def _search(episodes: tuple[Episode, ...]) -> Search:
    return Search.over(episodes, extra_words=vocabulary())
