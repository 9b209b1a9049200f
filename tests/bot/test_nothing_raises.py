"""Whatever is typed, and whatever a library has in it, every question has an answer and nothing raises."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.port.messages import (
    Answer,
    Completion,
    ConversationId,
    EpisodeId,
    Fact,
    Found,
    Help,
    ItemId,
    NotFound,
    Question,
    QuoteCheck,
    QuoteFilter,
    Scope,
    Several,
    Unsure,
)
from bot.understanding import sentences
from bot.understanding.conversation import Conversations
from knowledge.model import Episode, Passage, Person, Quote, Topic
from knowledge.search import Search
from tests.bot.conftest import BEES, HONEY, PASSAGES
from tests.fakes.files import read_yaml

pytestmark = pytest.mark.slow

_TANGLED = (
    "*who* is [the](https://evil.example) guest?",
    "\u202egnp.exe and \u2066the latest\u2069",
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "e" + "\u0301" * 30 + " Z\u0351\u036b\u0343algo",
    "👩‍🚀" * 5,
    "x" * 900,
    "\ufdfa" * 40,
    "?!",
    "#",
    "…",
    "12",
    "the",
    "who said that",
    "who said it first",
    "who is in the last one of them",
    "which of them is longer",
    "were they on together",
    "who was the guest in 1999",
    "season 2",
    "it's 'quoted \"twice\"' “or” more",
    "a.b-c_d/e\\f|g&h;i",
    "(((( [[[[ {subject} <who>",
    "EPISODE",
)
_ASIAN = (
    "人工知能とエネルギー",
    "這一集的來賓是誰",
    "蜜蜂怎麼決定",
    "โจ กับ ภาษาไทยไม่มีวรรค",
    "한국어 인터뷰",
    "ｆｕｌｌ　ｗｉｄｔｈ",
    "東京タワー",
    "김철수",
)


def library(texts: Iterable[str], *, episodes: int = 3) -> OpenLibrary:
    """Make a library whose every name, title and sentence is one of some texts."""
    words = tuple(texts)
    draw = Random("library").choice
    made = tuple(_episode(number, words, draw(words), draw(words)) for number in range(episodes))
    passages = tuple(
        Passage(ItemId(f"{each.id}/passage/{n}"), each.id, n, text, "the transcript", draw(words) if n % 3 else None)
        for each in made
        for n, text in enumerate(words)
    )
    speakers = {
        each.id: tuple({said.speaker: None for said in passages if said.episode == each.id and said.speaker})
        for each in made
    }
    return OpenLibrary(made, Search.over(made, passages, extra_words=sentences.vocabulary()), speakers)


def _episode(number: int, texts: tuple[str, ...], title: str, show: str) -> Episode:
    id = EpisodeId(f"e-{number}")
    quotes = tuple(
        Quote(ItemId(f"{id}/quote/{n}"), id, text, "the notes", texts[-n - 1] if n % 2 else None)
        for n, text in enumerate(texts)
    )
    topics = tuple(
        Topic(ItemId(f"{id}/topic/{n}"), id, text, texts[-n - 1], "the notes", (texts[n - 1],), quotes=(quotes[n].id,))
        for n, text in enumerate(texts)
    )
    people = tuple(Person(text, (text[:3],)) for text in texts[number::3])
    return Episode(
        id,
        title,
        show,
        "the notes",
        number=str(number) if number else "12.5",
        season=number or None,
        subtitle=texts[number],
        summary=texts[-1 - number],
        hosts=people[:1],
        guests=people[1:],
        topics=topics,
        quotes=quotes,
    )


def _ordinary() -> OpenLibrary:
    search = Search.over((BEES, HONEY), PASSAGES, extra_words=sentences.vocabulary())
    return OpenLibrary((BEES, HONEY), search, {HONEY.id: ("Maya Keller", "Guest One")})


def _words(opened: OpenLibrary) -> tuple[str, ...]:
    """List what there is to ask a library about: its names, its titles, some of its words, and its ids."""
    found: list[str] = []
    for episode in opened.episodes:
        found += [episode.id, episode.title, episode.show, episode.number or "", episode.summary or ""]
        found += [person.name for person in (*episode.hosts, *episode.guests)]
        found += [text for topic in episode.topics for text in (topic.title, topic.summary, topic.id)]
        found += [quote.text for quote in episode.quotes]
    return tuple(dict.fromkeys([*found, *(word for text in found for word in text.split())]))


@pytest.fixture(scope="module")
def libraries() -> Mapping[str, OpenLibrary]:
    return {"ordinary": _ordinary(), "hostile": library(_TANGLED), "asian": library(_ASIAN)}


ORDINARY, HOSTILE, ASIAN = "ordinary", "hostile", "asian"
OWN = (*_TANGLED, *_ASIAN, *_words(OpenLibrary((BEES, HONEY), Search.over((), ()))))

_FOLDERS = [path.parent for path in Path(sentences.__file__).parent.glob("*/rules.yaml")]
_RULES = {folder: read_yaml(folder / "rules.yaml") for folder in _FOLDERS}
_TEMPLATES = [
    (folder, text)
    for folder in _FOLDERS
    for file in sorted(folder.glob("*.yaml"))
    if file.stem not in {"rules", "numbers"}
    for texts in read_yaml(file).values()
    for text in texts
]
_PEOPLE = ("Maya Keller", "Tomas Ortega", "guest one", "he")
"""Names that sentences are about more often than one of all words is: where nothing else is left, much goes wrong."""
_INNERMOST = re.compile(r"(?P<open>[\[(])(?P<of>[^\[\]()<>{}]*)[\])]|<(?P<rule>\w+)>|\{(?P<slot>\w+)\}")


def said(seed: int) -> str:
    """Say something that some template matches, with a library's words in its slots."""
    random = Random(seed)
    folder, text = random.choice(_TEMPLATES)
    text = f"({text})"
    while found := _INNERMOST.search(text):
        text = text[: found.start()] + _chosen(found, folder, random) + text[found.end() :]
    return " ".join(text.split())


def _chosen(found: re.Match[str], folder: Path, random: Random) -> str:
    if rule := found["rule"]:
        return f"({_RULES[folder][rule]})"
    if found["slot"] and random.random() < 1 / 4:
        return random.choice(_PEOPLE)
    if found["slot"]:
        # What a name has of the notation is not to be read as notation.
        return re.sub(r"[\[\](){}<>|]", " ", random.choice(OWN))
    left_out = found["open"] == "[" and random.random() < 1 / 2
    return "" if left_out else random.choice(found["of"].split("|"))


ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)
SAID = st.integers(0, 2**32).map(said)
TYPED = st.one_of(
    SAID,
    st.lists(SAID | st.sampled_from(OWN) | st.sampled_from([*"?!.,:;'\"()#", "and", "1)"]), max_size=6).map(" ".join),
    ANYTHING,
)
"""Sentences as people put them about any library, pieces of them, and any text at all."""


def well_formed(answer: Answer) -> bool:
    """Tell whether an answer is one of the port's kinds and keeps what they promise."""
    match answer:
        case Several(parts=parts):
            return all(well_formed(part.answer) and not isinstance(part.answer, Several) for part in parts)
        case Found():
            return 0 <= answer.confidence <= 1 and len(answer.evidence) <= 10
        case Fact():
            return 0 <= answer.confidence <= 1 and len(answer.episodes) >= 1
        case Unsure():
            return 0 <= answer.confidence <= 1 and bool(answer.guesses or answer.evidence)
        case QuoteCheck() | NotFound():
            return 0 <= answer.confidence <= 1
        case Help():
            return bool(answer.text)
    return False


def offered(answer: Answer) -> list[ItemId]:
    """List what an answer offers to open."""
    match answer:
        case Several(parts=parts):
            return [id for part in parts for id in offered(part.answer)]
        case Found():
            return [*(each.id for each in (*answer.topics, *answer.evidence, *answer.related)), *answer.more]
        case Unsure():
            return [*(guess.id for guess in answer.guesses), *(each.id for each in answer.evidence)]
        case Fact():
            return [topic.id for topic in answer.related]
        case QuoteCheck() | NotFound():
            return [topic.id for topic in answer.suggestions]
        case Help():
            return []


def assistant(opened: OpenLibrary, conversations: Conversations | None = None) -> EpisodeAssistant:
    return EpisodeAssistant(opened, conversations=conversations, random=Random(1))


@pytest.fixture(scope="module")
def assistants(libraries: Mapping[str, OpenLibrary]) -> Mapping[str, EpisodeAssistant]:
    return {name: assistant(opened) for name, opened in libraries.items()}


names = pytest.mark.parametrize("name", [ORDINARY, HOSTILE, ASIAN])


@names
@given(st.lists(TYPED, min_size=1, max_size=4), st.integers())
async def test_every_turn_of_a_conversation_has_an_answer_and_all_it_offers_opens(
    assistants: Mapping[str, EpisodeAssistant], name: str, turns: list[str], number: int
) -> None:
    conversation = ConversationId(f"{number}")

    for turn in turns:
        answer = await assistants[name].ask(Question(turn, conversation=conversation))
        assert well_formed(answer)
        for id in offered(answer)[:3]:
            assert isinstance(await assistants[name].open(id, conversation=conversation), Found | Fact)


@names
@given(TYPED, st.sampled_from([None, "e-0", "hive-talk-12", "gone", ""]))
async def test_words_are_checked_and_asked_of_one_episode_whatever_they_are(
    assistants: Mapping[str, EpisodeAssistant], name: str, text: str, episode: EpisodeId | None
) -> None:
    assert isinstance(await assistants[name].verify(text, Scope(episode)), QuoteCheck | Help)
    assert well_formed(await assistants[name].ask(Question(text, Scope(episode))))
    assert well_formed(await assistants[name].count(text, None, Scope(episode)))


@names
@given(TYPED, TYPED, st.sampled_from(Completion), st.integers(0, 30))
async def test_anything_is_opened_completed_listed_and_drawn(
    assistants: Mapping[str, EpisodeAssistant], name: str, text: str, other: str, kind: Completion, limit: int
) -> None:
    asked = assistants[name]
    wanted = QuoteFilter(text, Scope(EpisodeId(other), speaker=other))

    assert isinstance(await asked.open(ItemId(text), ItemId(other)), Found | Fact | NotFound)
    assert isinstance(await asked.random_quote(wanted), Found | NotFound)
    assert isinstance(await asked.random_quote(replace(wanted, scope=Scope(speaker=other))), Found | NotFound)
    assert len(await asked.complete(kind, text, limit)) <= limit
    assert len(await asked.episodes(text, limit)) <= limit
    assert await asked.episode(EpisodeId(other)) is None or other in OWN
    assert await asked.topics(Scope(EpisodeId(f"no {other}"))) == ()


@given(st.lists(st.tuples(st.sampled_from([ORDINARY, HOSTILE, ASIAN]), SAID), min_size=2, max_size=5))
def test_a_conversation_goes_on_after_the_library_has_changed(
    libraries: Mapping[str, OpenLibrary], turns: list[tuple[str, str]]
) -> None:
    conversations, here = Conversations(), ConversationId("here")

    for name, turn in turns:
        asked = assistant(libraries[name], conversations)
        assert well_formed(asyncio.run(asked.ask(Question(turn, conversation=here))))


async def test_the_episode_after_one_that_was_removed_is_not_looked_for(libraries: Mapping[str, OpenLibrary]) -> None:
    conversations, here = Conversations(), ConversationId("here")
    before, after = (assistant(libraries[name], conversations) for name in (ORDINARY, HOSTILE))

    await before.ask(Question("who is the guest?", conversation=here))

    assert well_formed(await after.ask(Question("how about was after this one", conversation=here)))


@given(TYPED)
async def test_an_empty_library_has_answers_as_well(text: str) -> None:
    nothing = assistant(OpenLibrary((), Search.over((), ())))

    assert well_formed(await nothing.ask(Question(text)))
    assert isinstance(await nothing.verify(text), QuoteCheck | Help)
    assert well_formed(await nothing.count(text))


@pytest.mark.parametrize("question", ["who is {}?", "where does {} work?", "who is {} and where is {} from?"])
@pytest.mark.parametrize("blank", ["\u2028", "\n\n", " "])
async def test_speakers_without_a_name_and_talk_without_words_keep_nobody_from_an_answer(
    question: str, blank: str
) -> None:
    passages = tuple(
        Passage(ItemId(f"{BEES.id}/passage/{n}"), BEES.id, n, text, "the transcript", speaker)
        for n, (text, speaker) in enumerate(
            [("", "Ann Lee"), (blank, "Ann Lee"), ("We have Ann Lee here, hello.", blank), ("Hi.", "Ann Roe")]
        )
    )
    speakers = {BEES.id: ("Ann Lee", blank, "Ann Roe")}
    asked = assistant(OpenLibrary((BEES,), Search.over((BEES,), passages), speakers))

    for name in ("Ann Lee", "Ann"):
        assert well_formed(await asked.ask(Question(question.replace("{}", name))))
