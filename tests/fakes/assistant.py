"""A scripted assistant, and small honest answers of every kind, for the tests of adapters and of the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

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
    Several,
    SingleAnswer,
    Topic,
    Unsure,
    Verdict,
)
from knowledge.model import Links, Person

SPACE, TEA = EpisodeId("night-sky-7"), EpisodeId("tea-time-1")


def _topic(episode: EpisodeId, name: str, title: str, summary: str) -> Topic:
    return Topic(ItemId(f"{episode}/topic/{name}"), episode, title, summary, "the episode's notes")


COMETS = _topic(SPACE, "comets", "Comets", "Comets are called dirty snowballs, and a hobby worth having.")
ECLIPSES = _topic(SPACE, "eclipses", "Solar eclipses", "How to watch one without harm.")
OOLONG = _topic(TEA, "oolong", "Oolong", "Why oolong is neither green nor black.")

SNOWBALL = Quote(
    ItemId(f"{SPACE}/quote/snowball"),
    SPACE,
    "A comet is a dirty snowball with a travel plan",
    "the episode's notes",
    start=timedelta(hours=1, minutes=2, seconds=3),
)
STEEP = Quote(ItemId(f"{TEA}/quote/steep"), TEA, "Three minutes, never four", "the episode's notes", speaker="Ada Ford")

NIGHT_SKY = Episode(
    SPACE,
    "Comets & Eclipses",
    "The Night Sky",
    "the episode's notes",
    number="7",
    hosts=(Person("Mia Stone"),),
    links=Links(page="https://sky.example/7"),
    topics=(COMETS, ECLIPSES),
    quotes=(SNOWBALL,),
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
FACT = Fact("Mia Stone is the host of The Night Sky.", 1.0, (NIGHT_SKY,), related=(COMETS,))
EXACT = QuoteCheck("Yes, word for word.", 0.99, Verdict.EXACT, SNOWBALL.text, evidence=(evidence(SNOWBALL),))
CLOSE = QuoteCheck(
    "Close, but not word for word: it is “snowball”, not “ice ball”.",
    0.8,
    Verdict.CLOSE,
    "a comet is a dirty ice ball",
    evidence=(evidence(SNOWBALL),),
    differences=(Difference("ice ball", "snowball"),),
)
NOT_SAID = QuoteCheck("I can't find those words.", 0.05, Verdict.NOT_FOUND, "the moon is cheese", suggestions=(COMETS,))
UNSURE = Unsure("One of these?", 0.4, (Guess(COMETS.id, "Comets"), Guess(OOLONG.id, "Oolong")), understood="dirty tea")
NOT_FOUND = NotFound("The notes don't mention that.", 0.02, suggestions=(COMETS, OOLONG))
HELP = Help("Ask me what was said.", ("What about comets?", "Who is the host?"))
SEVERAL = Several(
    (Part("what are comets?", FOUND), Part("who hosts it?", FACT), Part("how do I cook rice?", NOT_FOUND))
)

EVERY_SINGLE_ANSWER: tuple[SingleAnswer, ...] = (FOUND, FACT, EXACT, CLOSE, NOT_SAID, UNSURE, NOT_FOUND, HELP)
EVERY_ANSWER: tuple[Answer, ...] = (*EVERY_SINGLE_ANSWER, SEVERAL)


class ScriptedAssistant:
    """Implements the port over two small episodes: answers by script, lists and looks up for real.

    Whatever the script lacks is `otherwise`; an empty question and "help" get HELP. A scripted exception is
    raised.

    Attributes:
        asked: every question, in order.
        opened: the items and the conversation of every call of `open`, in order.
        wanted: every filter given to `random_quote`, in order.
    """

    def __init__(
        self,
        script: Mapping[str, Answer | Exception] | None = None,
        *,
        otherwise: Answer = NOT_FOUND,
        episodes: Sequence[Episode] = (NIGHT_SKY, TEA_TIME),
    ) -> None:
        self._script = {"": HELP, "help": HELP, **(script or {})}
        self._otherwise = otherwise
        self._episodes = {episode.id: episode for episode in episodes}
        self.asked: list[Question] = []
        self.opened: list[tuple[tuple[ItemId, ...], ConversationId | None]] = []
        self.wanted: list[QuoteFilter] = []

    async def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        answer = self._script.get(question.text.strip(), self._otherwise)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def verify(self, words: str, episode: EpisodeId | None = None) -> QuoteCheck | Help:
        answer = await self.ask(Question(words, episode))
        return answer if isinstance(answer, QuoteCheck | Help) else NOT_SAID

    async def open(self, *items: ItemId, conversation: ConversationId | None = None) -> Found | NotFound:
        self.opened.append((items, conversation))
        topics = [topic for episode in self._episodes.values() for topic in episode.topics if topic.id in items]
        quotes = [quote for quote in self._quotes() if quote.id in items]
        if not topics and not quotes:
            return NOT_FOUND
        text = topics[0].summary if topics else "More of what was said."
        shown = tuple(evidence(quote) for quote in quotes)
        place = None if shown or not topics else await self.episode(topics[0].episode)
        return Found(text, 1.0, topics=tuple(topics), evidence=shown, place=place)

    async def random_quote(self, wanted: QuoteFilter) -> Found | NotFound:
        self.wanted.append(wanted)
        pool = [
            quote
            for quote in self._quotes()
            if (wanted.about or "").casefold() in quote.text.casefold()
            and wanted.scope.speaker in (None, quote.speaker)
            and wanted.scope.episode in (None, quote.episode)
        ]
        return Found("A quote:", 1.0, evidence=(evidence(pool[0]),)) if pool else NOT_FOUND

    async def topics(self, episode: EpisodeId | None = None) -> tuple[Topic, ...]:
        return tuple(topic for each in self._episodes.values() if episode in (None, each.id) for topic in each.topics)

    async def episodes(self, matching: str = "", limit: int = 25) -> tuple[Episode, ...]:
        near = [each for each in self._episodes.values() if matching.casefold() in f"{each.id} {each.title}".casefold()]
        return tuple(near[:limit])

    async def episode(self, id: EpisodeId) -> Episode | None:
        return self._episodes.get(id)

    async def complete(self, kind: Completion, typed: str, limit: int = 25) -> Sequence[Choice]:
        match kind:
            case Completion.TOPIC:
                choices = [Choice(topic.title, topic.id) for topic in await self.topics()]
            case Completion.EPISODE:
                choices = [Choice(each.title, each.id) for each in self._episodes.values()]
            case Completion.SPEAKER:
                choices = [Choice(name, name) for name in ("Ada Ford", "Mia Stone")]
        return [choice for choice in choices if _near(typed, choice)][:limit]

    def _quotes(self) -> list[Quote]:
        return [quote for episode in self._episodes.values() for quote in episode.quotes]


def _near(typed: str, choice: Choice) -> bool:
    """Fuzzy enough for a test: the first three characters occur."""
    return typed.casefold()[:3] in f"{choice.label} {choice.value}".casefold()
