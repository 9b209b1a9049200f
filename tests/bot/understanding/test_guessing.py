"""A message that fits no sentence is read as what people want who write such messages; its words come first."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.port.messages import Question
from bot.understanding.conversation import Thread
from bot.understanding.guessing import about
from bot.understanding.intents import Intents
from bot.understanding.linear import Linear
from bot.understanding.reader import Reader
from bot.understanding.request import Request
from bot.understanding.text import Text, clean
from bot.understanding.wants import Ask, CheckQuote, Compare, FactKind, FactOf, WhoSaid
from tests.bot.understanding.test_reader import shipped_reader

__all__ = ["shipped_reader"]

NAMES = st.lists(st.text("abc ?^$~", min_size=1), min_size=1, max_size=8, unique=True)


def request(reader: Reader, text: str) -> Request:
    """Read a message that begins a conversation and asks one thing."""
    (read,) = reader.read(Question(text), Thread()).requests
    return read


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("how do i build a habit", "habit"),
        ("is webpack worth the trouble", "webpack"),
        ("is it so", ""),
        ("can you run go in the browser", "run go in the browser"),
        ("is chatgpt going to take our jobs", "chatgpt going to take our jobs"),
        ("is kubernetes overkill for a startup", "kubernetes overkill for a startup"),
        ("are llms bad for the climate", "llms bad for the climate"),
        ("is rust worth the hype", "rust"),
        ("how did changelog move off linode", "changelog move off linode"),
    ],
)
def test_a_question_is_about_the_words_that_are_likeliest_its_subject(question: str, subject: str) -> None:
    assert about(Text.of(question)) == subject


def test_a_quotation_is_asked_for_in_words_that_no_sentence_has(shipped_reader: Reader) -> None:
    read = request(shipped_reader, "i require something quotable concerning volcanoes, for the school wall")

    assert read.want is Ask.QUOTE
    assert "volcanoes" in read.subject


def test_whoever_said_a_thing_is_asked_for_in_words_that_no_sentence_has(shipped_reader: Reader) -> None:
    read = request(shipped_reader, "which mad lad was it claiming that volcanoes are shy")

    assert isinstance(read.want, WhoSaid)
    assert read.want.words
    assert "volcanoes are shy" in read.want.words


def test_whether_words_were_said_is_asked_in_words_that_no_sentence_has(shipped_reader: Reader) -> None:
    read = request(shipped_reader, 'my flatmate swears "volcanoes are shy" came out of his mouth, real or fake?')

    assert read.want == CheckQuote("volcanoes are shy")


def test_two_subjects_are_set_beside_each_other(shipped_reader: Reader) -> None:
    read = request(shipped_reader, "weigh up volcanoes versus glaciers for me would ya, going by these lot")

    assert isinstance(read.want, Compare)
    assert read.want.sides[0].endswith("volcanoes")


def test_what_is_about_the_episode_may_still_be_about_its_words(shipped_reader: Reader) -> None:
    read = request(shipped_reader, "so like how much time does this one cost me, minutes wise")

    assert (read.want, read.otherwise) == (Ask.SAID, FactOf(FactKind.LENGTH))


@pytest.mark.parametrize(
    "text", ["how do plants drink?", "the price of butter in 1950", "agi", "the moods of volcanoes"]
)
def test_a_plain_question_is_only_about_its_words(shipped_reader: Reader, text: str) -> None:
    read = request(shipped_reader, text)

    assert (read.want, read.otherwise) == (Ask.SAID, None)


def test_the_subject_of_a_long_message_is_asked_for_by_itself_as_well(shipped_reader: Reader) -> None:
    told = "sorry for barging in lads, my cousin keeps pestering me over dinner, was there a bit on quantum tunnelling"

    most = max(request(shipped_reader, told).clauses, key=lambda clause: clause.about)
    assert most.text.endswith("quantum tunnelling")


def test_one_word_is_no_question_where_others_may_be_what_it_is_about_too(shipped_reader: Reader) -> None:
    asked = "is ai gonna take my dev job and what should i be doing about it"

    assert "ai" not in {clause.text for clause in request(shipped_reader, asked).clauses}


def test_words_that_somebody_may_have_said_begin_with_what_denies_them(shipped_reader: Reader) -> None:
    read = request(shipped_reader, "who was it, people dont stay angry forever so you cant just be the anti twitter")

    assert read.want == WhoSaid("people don't stay angry forever", False)


def test_what_several_words_are_about_asks_for_no_fact(shipped_reader: Reader) -> None:
    read = request(shipped_reader, "which guest made 14 grand in two weeks with a resume book")

    assert (read.want, read.otherwise) == (Ask.SAID, None)


def test_what_somebody_is_saying_is_no_quotation_that_is_asked_for(shipped_reader: Reader) -> None:
    assert request(shipped_reader, "the only test was to read a statement and saying yup").want is not Ask.QUOTE


def test_words_beside_each_other_are_no_two_subjects(shipped_reader: Reader) -> None:
    read = request(shipped_reader, "which host switched to the operator mono font, expensive but pretty")

    assert not isinstance(read.want, Compare)


@pytest.mark.parametrize(
    ("text", "of_an_assistant"),
    [
        ("when is my electricity bill due", True),
        ("move 40 euros into my savings account please", True),
        ("what did they make of open models", False),
        ("how does a swarm decide where to go", False),
        ("what do they say about email", False),
    ],
)
def test_what_is_asked_of_an_assistant_is_told_from_questions_about_talk(
    shipped_reader: Reader, text: str, *, of_an_assistant: bool
) -> None:
    assert request(shipped_reader, text).of_an_assistant is of_an_assistant


def test_every_word_that_is_looked_at_is_more_or_less_likely_the_subject() -> None:
    text = Text.of(clean("so what about glaciers then " * 20))

    likely = Intents.load().subjects(text)

    assert len(likely) == 60
    assert all(0 <= each <= 1 for each in likely)


@given(NAMES, st.data())
def test_a_model_scores_the_same_once_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], data: st.DataObject
) -> None:
    numbers = st.lists(st.floats(-4, 4, width=32), min_size=2, max_size=2)
    weights = np.array([data.draw(numbers) for _ in names], np.float32)
    model = Linear.of(["quote", "said"], names, weights)
    file: Path = tmp_path_factory.mktemp("model") / "wants.npy"
    model.save(file, "made up")

    read = Linear.load(file)

    asked = dict.fromkeys([*names, "never taught"], 0.5)
    assert read.labels == ("quote", "said")
    assert read.scores(asked) == pytest.approx(model.scores(asked), abs=0.05 * len(names))


def test_what_a_model_was_not_taught_counts_nothing() -> None:
    assert Linear.of(["said"], ["rice"], np.ones((1, 1), np.float32)).scores({"bread": 1.0}).tolist() == [0.0]
