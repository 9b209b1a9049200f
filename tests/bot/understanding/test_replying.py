"""Replies to somebody else's words: what points to them is about them, and everything else is a question of its own."""

from __future__ import annotations

import pytest

from bot.answering import sentences
from bot.port.messages import Assistant, Fact, Found, Help, Question, QuoteCheck, Verdict

WORDS = "There is no honey without bees."


@pytest.mark.parametrize(
    "text", ["is that true?", "true?", "did they really say that?", "fact check", "can you verify this?"]
)
async def test_a_doubt_checks_the_words_that_are_replied_to(assistant: Assistant, text: str) -> None:
    answer = await assistant.ask(Question(text, about=WORDS))

    assert isinstance(answer, QuoteCheck | Found)
    assert answer == await assistant.ask(Question("is that true?", about=WORDS))


async def test_a_quotation_in_the_words_is_what_is_checked(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("is that true?", about='He said "bees are made of cheese" and left'))

    assert isinstance(answer, QuoteCheck)
    assert (answer.verdict, answer.asked) == (Verdict.NOT_FOUND, "bees are made of cheese")


@pytest.mark.parametrize("text", ["what did they say about this?", "tell me more", ""])
@pytest.mark.parametrize("about", [WORDS, "who is the guest?"])
async def test_what_is_said_about_the_words_is_what_they_ask(assistant: Assistant, text: str, about: str) -> None:
    assert await assistant.ask(Question(text, about=about)) == await assistant.ask(Question(about))


async def test_who_said_it_is_about_the_words(assistant: Assistant) -> None:
    assert await assistant.ask(Question("who said that?", about=WORDS)) == await assistant.ask(
        Question(f"who said {WORDS}")
    )


@pytest.mark.parametrize("about", [WORDS, ""])
async def test_a_question_with_a_subject_of_its_own_is_answered(assistant: Assistant, about: str) -> None:
    answer = await assistant.ask(Question("who is the guest?", about=about))

    assert isinstance(answer, Fact)
    assert answer == await assistant.ask(Question("who is the guest?"))


@pytest.mark.parametrize("text", ["is that true?", "who said that?", "what did they say about this?", ""])
async def test_words_that_cannot_be_seen_are_asked_for(assistant: Assistant, text: str) -> None:
    answer = await assistant.ask(Question(text, about=""))

    assert isinstance(answer, Help)
    assert answer.text == sentences.WORDS_HIDDEN


async def test_a_courtesy_is_no_question_about_words(assistant: Assistant) -> None:
    assert isinstance(await assistant.ask(Question("true", about=WORDS)), Help)
