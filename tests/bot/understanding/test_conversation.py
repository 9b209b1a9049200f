"""A conversation is remembered for a while, and quotes come round fairly."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.port.messages import ConversationId, ItemId
from bot.understanding.conversation import Conversations, Thread
from bot.understanding.remembering import reached
from tests.fakes.assistant import MAYBE, OOLONG

HERE = ConversationId("here")
QUOTES = [ItemId(f"e/quote/{n}") for n in range(5)]


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_conversation_is_remembered() -> None:
    conversations = Conversations()
    conversations.keep(HERE, Thread(topic=ItemId("e/topic/china")))

    assert conversations.recall(HERE).topic == "e/topic/china"


def test_a_question_that_stands_alone_remembers_nothing() -> None:
    conversations = Conversations()
    conversations.keep(None, Thread(topic=ItemId("e/topic/china")))

    assert conversations.recall(None) == Thread()
    assert len(conversations) == 0


def test_a_conversation_is_forgotten_after_a_while() -> None:
    clock = Clock()
    conversations = Conversations(lasts=timedelta(minutes=30), clock=clock)
    conversations.keep(HERE, Thread(topic=ItemId("e/topic/china")))

    clock.now = 30 * 60

    assert conversations.recall(HERE) == Thread()


def test_only_so_many_conversations_are_kept_and_the_oldest_goes_first() -> None:
    conversations = Conversations(most=2)
    for name in ("a", "b", "a", "c"):
        conversations.keep(ConversationId(name), Thread(topic=ItemId(name)))

    assert len(conversations) == 2
    assert conversations.recall(ConversationId("b")) == Thread()
    assert conversations.recall(ConversationId("a")).topic == "a"


@given(st.integers(0, 2**32), st.integers(1, 5))
def test_no_quote_comes_again_until_all_others_have(seed: int, size: int) -> None:
    random, thread, drawn = Random(seed), Thread(), []
    for _ in range(3 * size):
        quote, thread = thread.draw(QUOTES[:size], random.choice)
        drawn.append(quote)

    rounds = [drawn[start : start + size] for start in range(0, 3 * size, size)]
    assert all(set(each) == set(QUOTES[:size]) for each in rounds)
    assert size == 1 or all(one != next_one for one, next_one in itertools.pairwise(drawn))


def test_the_best_comes_first_where_the_best_is_asked_for() -> None:
    def first(ids: Sequence[ItemId]) -> ItemId:
        return ids[0]

    quote, thread = Thread().draw(QUOTES, first)
    again, _ = thread.draw(QUOTES, first)

    assert (quote, again) == (QUOTES[0], QUOTES[1])


def test_more_goes_on_from_words_that_may_be_the_answer_and_not_from_what_was_found_before() -> None:
    before = Thread(topic=OOLONG.id, more=(ItemId("tea/passage/1"),))

    after = reached(before, MAYBE)

    assert (after.topic, after.more) == (None, ())
    assert after.shown == tuple(each.id for each in MAYBE.evidence)
