"""Quotes drawn from a library of transcripts, with and without quotes that were picked out."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.answering import sentences
from bot.operating.opening import open_assistant
from bot.port.messages import (
    Assistant,
    Completion,
    ConversationId,
    EpisodeId,
    EvidenceKind,
    Found,
    ItemId,
    NotFound,
    Question,
    QuoteCheck,
    QuoteFilter,
    Scope,
    Unsure,
)

HERE = ConversationId("here")
CHATTER = "Yeah, and so it was, more or less, as I said before we started."
ANN = ("Nobody will ever learn to keep bees from a book.", "A quiet hive is always better than a rich one.")
BOB = ("People should be more afraid of honey than of bees.",)
ADA = ("A comet never comes back to the same people twice.", "Every telescope is a way to live with the dark.")


def add(library: Path, name: str, transcript: str, more: str = "") -> None:
    (library / name).mkdir(parents=True)
    (library / name / "episode.yaml").write_text(f"title: {name}\nshow: Hive Talk\nsource: the transcript\n{more}")
    (library / name / "transcript.md").write_text(transcript)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    bees = f"**Ann Lee:** [00:01:00] {ANN[0]} {CHATTER}\n\n**Bob Ray:** {CHATTER} {BOB[0]}\n\n**Ann Lee:** {ANN[1]}\n"
    add(tmp_path / "library", "bees", bees)
    add(tmp_path / "library", "sky", f"**Ada Ford:** {ADA[0]}\n\n**Ann Lee:** {CHATTER}\n\n**Ada Ford:** {ADA[1]}\n")
    return tmp_path / "library"


@pytest.fixture
def assistant(library: Path, tmp_path: Path) -> Assistant:
    return open_assistant(library, tmp_path / "cache")


async def drawn(assistant: Assistant, wanted: QuoteFilter, times: int) -> list[str]:
    answers = [await assistant.random_quote(wanted) for _ in range(times)]
    return [answer.evidence[0].text for answer in answers if isinstance(answer, Found)]


@pytest.mark.parametrize("question", ["give me a quote", "random quote", "quote please"])
async def test_a_library_of_transcripts_alone_is_quoted(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, Found)
    (quote,) = answer.evidence
    assert quote.kind is EvidenceKind.PASSAGE
    assert quote.text in {*ANN, *BOB, *ADA}
    assert quote.speaker in {"Ann Lee", "Bob Ray", "Ada Ford"}
    assert answer.text == f"Here's one from “{quote.episode.title}” (Hive Talk)."


async def test_what_is_drawn_comes_again_only_when_all_has_been(assistant: Assistant) -> None:
    texts = await drawn(assistant, QuoteFilter(conversation=HERE), 11)

    assert len(texts) == 11
    assert set(texts[:5]) == set(texts[5:10]) == {*ANN, *BOB, *ADA}
    assert all(one != next_ for one, next_ in pairwise(texts))


async def test_another_one_is_by_the_same_speaker(assistant: Assistant) -> None:
    first = await assistant.ask(Question("a quote by Ada Ford", conversation=HERE))
    second = await assistant.ask(Question("another one", conversation=HERE))

    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert {first.evidence[0].text, second.evidence[0].text} == set(ADA)


@pytest.mark.parametrize(
    ("wanted", "possible"),
    [
        (QuoteFilter(scope=Scope(speaker="Ann Lee")), set(ANN)),
        (QuoteFilter(scope=Scope(speaker="Bob Ray")), set(BOB)),
        (QuoteFilter(scope=Scope(episode=EpisodeId("sky"))), set(ADA)),
        (QuoteFilter(scope=Scope(speaker="Ann Lee", episode=EpisodeId("bees"))), set(ANN)),
    ],
)
async def test_a_quote_is_drawn_from_one_speaker_or_one_episode(
    assistant: Assistant, wanted: QuoteFilter, possible: set[str]
) -> None:
    assert set(await drawn(assistant, wanted, 12)) <= possible


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (QuoteFilter(scope=Scope(speaker="Albert Einstein")), sentences.no_quote_by("Albert Einstein")),
        (QuoteFilter(scope=Scope(speaker="Bob Ray", episode=EpisodeId("sky"))), sentences.no_quote_by("Bob Ray")),
    ],
)
async def test_whoever_has_said_nothing_to_quote_is_told_of(
    assistant: Assistant, wanted: QuoteFilter, told: str
) -> None:
    answer = await assistant.random_quote(wanted)

    assert isinstance(answer, NotFound)
    assert answer.text == told


async def test_transcripts_of_chatter_alone_have_no_quote(tmp_path: Path) -> None:
    add(tmp_path / "library", "chat", f"**Ann Lee:** {CHATTER}\n\n**Bob Ray:** {CHATTER}\n")

    answer = await open_assistant(tmp_path / "library", tmp_path / "cache").random_quote(QuoteFilter())

    assert isinstance(answer, NotFound)
    assert answer.text == sentences.NO_QUOTES


async def test_the_start_of_an_inner_sentence_is_approximate_and_that_of_a_first_one_as_marked(
    assistant: Assistant,
) -> None:
    starts = {}
    for _ in range(5):
        answer = await assistant.random_quote(QuoteFilter(scope=Scope(episode=EpisodeId("bees")), conversation=HERE))
        assert isinstance(answer, Found)
        (quote,) = answer.evidence
        starts[quote.text] = (quote.start, quote.approximate)

    assert starts[ANN[0]] == (timedelta(minutes=1), False)
    assert starts[BOB[0]][1]


async def test_what_was_said_around_a_sentence_is_shown_on_asking_for_more(assistant: Assistant) -> None:
    await assistant.ask(Question("a quote by Bob Ray", conversation=HERE))

    answer = await assistant.ask(Question("tell me more", conversation=HERE))

    assert isinstance(answer, Found)
    assert answer.evidence[0].text == f"{CHATTER} {BOB[0]}"


async def test_words_of_nobody_are_left_out_where_others_are_named(tmp_path: Path) -> None:
    advertisement = "Nobody can ever have a better mattress for the people they love."
    add(tmp_path / "library", "bees", f"**Ann Lee:** {ANN[0]}\n\n**Break:** {advertisement}\n\n**Ann Lee:** Right.\n")

    texts = await drawn(open_assistant(tmp_path / "library", tmp_path / "cache"), QuoteFilter(conversation=HERE), 6)

    assert set(texts) == {ANN[0]}


async def test_a_transcript_that_names_nobody_is_quoted_without_a_name(tmp_path: Path) -> None:
    add(tmp_path / "library", "bees", f"{ANN[0]} {CHATTER}\n")

    answer = await open_assistant(tmp_path / "library", tmp_path / "cache").random_quote(QuoteFilter())

    assert isinstance(answer, Found)
    assert (answer.evidence[0].text, answer.evidence[0].speaker) == (ANN[0], None)


async def test_picked_quotes_stand_for_their_episode_and_leave_the_others_their_turn(
    library: Path, tmp_path: Path
) -> None:
    picked = "quotes:\n  - id: wax\n    text: Wax is patience you can hold\n    speaker: Cora Lind\n"
    add(library, "wax", "**Cora Lind:** A candle is always better than a complaint.\n", picked)
    mixed = open_assistant(library, tmp_path / "cache")

    texts = await drawn(mixed, QuoteFilter(conversation=HERE), 6)

    assert set(texts) == {*ANN, *BOB, *ADA, "Wax is patience you can hold"}
    assert set(await drawn(mixed, QuoteFilter(scope=Scope(episode=EpisodeId("wax"))), 4)) == {
        "Wax is patience you can hold"
    }


async def test_speakers_are_completed_with_those_heard_in_most_episodes_first(assistant: Assistant) -> None:
    choices = await assistant.complete(Completion.SPEAKER, "")
    by_letter = await assistant.complete(Completion.SPEAKER, "a")

    assert [choice.value for choice in choices] == ["Ann Lee", "Bob Ray", "Ada Ford"]
    assert [choice.value for choice in by_letter] == ["Ann Lee", "Ada Ford"]


async def test_a_speaker_who_is_only_told_apart_is_not_completed_to(tmp_path: Path) -> None:
    add(tmp_path / "library", "bees", f"**Speaker 1:** {ANN[0]}\n\n**Ann Lee:** {ANN[1]}\n")

    choices = await open_assistant(tmp_path / "library", tmp_path / "cache").complete(Completion.SPEAKER, "")

    assert [choice.value for choice in choices] == ["Ann Lee"]


async def test_what_was_drawn_opens_again_as_the_sentence_it_is_and_more_of_it_as_the_passage(
    assistant: Assistant,
) -> None:
    answer = await assistant.ask(Question("a quote by Bob Ray", conversation=HERE))
    assert isinstance(answer, Found)

    shared = await assistant.open(answer.evidence[0].id)
    gone = await assistant.open(ItemId(f"{answer.evidence[0].id.replace('bees', 'wasps')}"))
    more = await assistant.ask(Question("tell me more", conversation=HERE))

    assert isinstance(shared, Found)
    assert shared.evidence[0].text == BOB[0]
    assert isinstance(gone, NotFound)
    assert isinstance(more, Found)
    assert more.evidence[0].text == f"{CHATTER} {BOB[0]}"


async def test_a_show_or_an_episode_is_quoted_alone_where_it_is_named(library: Path, tmp_path: Path) -> None:
    add(library, "night", "**Cora Lind:** Nobody is ever alone under a clear sky at night.\n")
    episode = library / "night" / "episode.yaml"
    episode.write_text(episode.read_text().replace("Hive Talk", "Night Sky") + "number: 7\n")
    assistant = open_assistant(library, tmp_path / "cache")

    for question in ("a quote from Night Sky", "quote by Cora on night sky", "a quote from night sky 7"):
        answer = await assistant.ask(Question(question, conversation=HERE))
        assert isinstance(answer, Found)
        assert [quote.speaker for quote in answer.evidence] == ["Cora Lind"]

    other = await assistant.ask(Question("a quote about honey from Hive Talk"))
    none = await assistant.ask(Question("a quote about honey from Night Sky"))
    assert isinstance(other, Found)
    assert "honey" in other.evidence[0].text
    assert isinstance(none, NotFound)


async def test_of_somebody_of_whom_no_sentence_stands_by_itself_a_whole_passage_is_quoted(assistant: Assistant) -> None:
    assert await drawn(assistant, QuoteFilter(scope=Scope(speaker="Ann Lee", episode=EpisodeId("sky"))), 2) == [
        CHATTER,
        CHATTER,
    ]


async def test_another_one_goes_on_until_something_else_is_asked(assistant: Assistant) -> None:
    for question in ("a quote by Ada Ford", "tell me more", "tell me more"):
        answer = await assistant.ask(Question(question, conversation=HERE))
        assert isinstance(answer, Found)
        assert answer.evidence[0].speaker == "Ada Ford"

    await assistant.ask(Question("what did they say about honey?", conversation=HERE))
    anybody = [await assistant.ask(Question("another one", conversation=HERE)) for _ in range(4)]

    assert {answer.evidence[0].speaker for answer in anybody if isinstance(answer, Found)} - {"Ada Ford"}


async def test_a_quote_from_that_is_from_the_episode_shown_last(assistant: Assistant) -> None:
    await assistant.ask(Question("what did they say about a telescope?", conversation=HERE))
    answers = [await assistant.ask(Question("give me a quote from that episode", conversation=HERE)) for _ in range(4)]

    assert {answer.evidence[0].episode.id for answer in answers if isinstance(answer, Found)} == {"sky"}


async def test_a_subject_after_a_quote_is_looked_for_however_it_is_written(assistant: Assistant) -> None:
    await assistant.ask(Question("a quote about comets", conversation=HERE))
    answer = await assistant.ask(Question("and Honey?", conversation=HERE))

    assert isinstance(answer, Found)
    assert "honey" in answer.evidence[0].text


async def test_what_was_drawn_is_what_is_asked_about(library: Path, tmp_path: Path) -> None:
    add(library, "copy", f"**Cora Lind:** {BOB[0]}\n")
    assistant = open_assistant(library, tmp_path / "cache")

    for speaker in ("Bob Ray", "Cora Lind"):
        await assistant.random_quote(QuoteFilter(scope=Scope(speaker=speaker), conversation=HERE))
        checked = await assistant.ask(Question("is that real?", conversation=HERE))
        assert isinstance(checked, QuoteCheck)
        assert checked.evidence[0].speaker == speaker


async def test_one_episode_with_picked_quotes_among_many_is_not_quoted_for_all(tmp_path: Path) -> None:
    for number in range(60):
        add(tmp_path / "library", f"bees-{number}", f"**Ann Lee:** {ANN[1]}\n")
    add(
        tmp_path / "library",
        "picked",
        f"**Bob Ray:** {CHATTER}\n",
        "quotes:\n  - id: more\n    text: More or less, as I said\n    speaker: Bob Ray\n",
    )
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    texts = await drawn(assistant, QuoteFilter(), 60)

    assert texts.count("More or less, as I said") < 20


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("2 quotes by Ada Ford", set(ADA)),
        ("give me three quotes by Ann Lee", set(ANN)),
        ("best lines by Ann Lee", set(ANN)),
        ("quotes from Ada", set(ADA)),
        ("the best line by Bob", {BOB[0]}),
        ("a quote by Ada Ford about a telescope", {ADA[1]}),
        ("a quote about bees by Bob", {BOB[0]}),
        ("two quotes about hives", {ANN[1]}),
    ],
)
async def test_as_many_quotes_are_drawn_as_are_asked_for_and_there_are(
    assistant: Assistant, question: str, texts: set[str]
) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, Found)
    assert {each.text for each in answer.evidence} == texts
    assert len(answer.evidence) == len(texts)


async def test_quotes_on_a_subject_are_sentences_with_the_subject_in_them(library: Path, tmp_path: Path) -> None:
    wax = "A candle of beeswax is never really dark. Right. The best candle needs a wick that someone braids by hand."
    add(library, "wax", f"**Cora Lind:** {wax}\n\n**Ann Lee:** So candles, and so on, as I said.\n")
    assistant = open_assistant(library, tmp_path / "cache")

    candles = await assistant.ask(Question("5 quotes about candles"))
    opened = [await assistant.open(each.id) for each in candles.evidence] if isinstance(candles, Found) else []

    assert isinstance(candles, Found)
    assert {each.text for each in candles.evidence} == {
        "A candle of beeswax is never really dark.",
        "The best candle needs a wick that someone braids by hand.",
    }
    assert [each.evidence[0].text for each in opened if isinstance(each, Found)] == [
        each.text for each in candles.evidence
    ]


async def test_where_no_sentence_on_a_subject_stands_by_itself_that_is_said(library: Path, tmp_path: Path) -> None:
    add(library, "wax", "**Cora Lind:** So propolis, yeah, and propolis again, which I told you about before this.\n")
    assistant = open_assistant(library, tmp_path / "cache")

    answer = await assistant.ask(Question("a quote about propolis"))

    assert isinstance(answer, Found)
    assert answer.text == sentences.no_sentence_on_that(None)
    assert "propolis" in answer.evidence[0].text


async def test_passages_on_a_subject_join_its_quotes_if_more_are_wanted(library: Path, tmp_path: Path) -> None:
    wax = "A candle of beeswax is never really dark."
    longer = "Yeah, candles, and so these candles smoke, as I said. And that was it."
    add(library, "wax", f"**Cora Lind:** {wax}\n")
    add(library, "smoke", f"**Ann Lee:** {longer}\n\n**Bob Ray:** And would you light those candles?\n")
    assistant = open_assistant(library, tmp_path / "cache")

    candles = await assistant.ask(Question("5 quotes about candles"))

    assert isinstance(candles, Found)
    assert [each.text for each in candles.evidence] == [wax, longer]
    assert candles.text == "I found only 2."


@pytest.mark.parametrize(
    "asked",
    [
        "a quote by Bob Ray about zebras",
        "a quote about zebras from Bob",
        "something deep by Bob Ray on telescopes",
        "quote Bob on zebras",
        "Bob quotes about telescopes",
    ],
)
async def test_a_speaker_who_says_nothing_on_a_subject_is_quoted_on_another(assistant: Assistant, asked: str) -> None:
    answer = await assistant.ask(Question(asked))

    assert isinstance(answer, Unsure)
    assert answer.text.startswith(sentences.no_quote_by("Bob Ray", on_that=True))
    assert [each.text for each in answer.evidence] == [*BOB]


@pytest.mark.parametrize(
    "asked",
    [
        "what did Cora say about Go",
        "what did Cora Lind say about go?",
        "everything Cora said about Go",
        "what does Cora think about Go",
        "a quote by Cora about go",
    ],
)
async def test_what_somebody_says_with_a_name_is_found_where_no_sentence_stands_by_itself(
    library: Path, tmp_path: Path, asked: str
) -> None:
    said = "So we had Go for that, and, yeah, as I told you, it was that."
    add(library, "go", f"**Cora Lind:** {said}\n\n**Ann Lee:** Go?\n\n**Cora Lind:** And then I go home, as I said.\n")
    (library / "go" / "episode.yaml").write_text("title: First\nshow: Go Time\nsource: the transcript\n")

    answer = await open_assistant(library, tmp_path / "cache").ask(Question(asked))

    assert isinstance(answer, Found)
    assert [each.text for each in answer.evidence] == [said]
    assert answer.confidence


@pytest.mark.parametrize("asked", ["5 quotes about go", "what did they say about go?", "what did Cora say about go"])
async def test_a_name_that_is_a_common_word_is_told_by_its_capital(library: Path, tmp_path: Path, asked: str) -> None:
    name = "A program in Go is always easier to read than to write."
    verb = "Nobody should ever go to a hive without a veil and a friend."
    add(library, "go", f"**Cora Lind:** {name}\n\n**Ann Lee:** {verb}\n")
    (library / "go" / "episode.yaml").write_text("title: First\nshow: Go Time\nsource: the transcript\n")

    answer = await open_assistant(library, tmp_path / "cache").ask(Question(asked))

    assert isinstance(answer, Found)
    assert [each.text for each in answer.evidence] == [name]
