"""What is told to a meter while questions are answered, and what stands in the log."""

from __future__ import annotations

import asyncio
import logging
from datetime import date, timedelta

import pytest

from bot.port.limits import Rate, RateLimiter
from bot.port.messages import Completion, Question, QuoteFilter
from bot.port.metering import Answered, Metered, MeteredLimits, Watch, follow_library
from tests.fakes.assistant import COMETS, EVERYWHERE, SNOWBALL, SPACE, TEA_TIME, BrokenAssistant, NotingAssistant


class Notes:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.waiting = 0
        self.answers: list[Answered] = []
        self.others: list[tuple[object, ...]] = []
        self.libraries: asyncio.Queue[tuple[int, date | None]] = asyncio.Queue()

    def asked(self, platform: str) -> None:
        assert platform == "slack"
        self.waiting += 1

    def answered(self, answered: Answered) -> None:
        self.waiting -= 1
        self.answers.append(answered)

    def refused(self, platform: str) -> None:
        self.others.append(("refused", platform))

    def reconnected(self, platform: str) -> None:
        self.others.append(("reconnected", platform))

    def library(self, episodes: int, newest: date | None) -> None:
        self.libraries.put_nowait((episodes, newest))


async def test_every_way_of_asking_is_measured_with_its_kind_and_confidence() -> None:
    notes = Notes()
    assistant = Metered(NotingAssistant(), "slack", notes)

    answer = await assistant.ask(Question("what about comets? how do I cook rice?"))
    await assistant.verify(SNOWBALL.text)
    await assistant.random_quote(QuoteFilter())
    await assistant.count("comet")

    assert [each.kind for each in notes.answers] == ["several", "quote_check", "found", "fact"]
    assert {each.platform for each in notes.answers} == {"slack"}
    assert notes.answers[0].confidence == min(part.answer.confidence for part in answer.parts)  # type: ignore[union-attr]
    assert all(each.took > timedelta() for each in notes.answers)
    assert notes.waiting == 0


async def test_what_fails_is_an_error_and_waits_no_longer() -> None:
    notes = Notes()

    with pytest.raises(RuntimeError):
        await Metered(BrokenAssistant(), "slack", notes).ask(Question("boom"))

    assert [(each.kind, each.confidence) for each in notes.answers] == [("error", 0.0)]
    assert notes.waiting == 0


async def test_what_is_listed_opened_and_completed_is_no_question() -> None:
    notes = Notes()
    plain, assistant = NotingAssistant(), Metered(NotingAssistant(), "slack", notes)

    assert await assistant.episodes() == await plain.episodes()
    assert await assistant.episode(SPACE) == await plain.episode(SPACE)
    assert await assistant.topics() == await plain.topics()
    assert await assistant.complete(Completion.PERSON, "") == await plain.complete(Completion.PERSON, "")
    assert await assistant.open(COMETS.id) == await plain.open(COMETS.id)
    assert await assistant.around(SNOWBALL.id) == await plain.around(SNOWBALL.id)
    assert await assistant.renewed(-1) == 0
    assert notes.answers == []


async def test_an_answer_has_one_line_in_the_log_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    await Metered(NotingAssistant(), "slack", Watch().meter).ask(Question("comets"))

    (line,) = [record for record in caplog.records if record.name == "bot.port.metering"]
    fields = line.__dict__["fields"]
    assert (fields["platform"], fields["kind"]) == ("slack", "found")
    assert set(fields) == {"platform", "kind", "milliseconds", "confidence"}
    assert "comet" not in line.getMessage().casefold()


async def test_what_a_limit_refuses_is_told() -> None:
    notes = Notes()
    rate = Rate(1, timedelta(hours=1))
    limits = MeteredLimits(RateLimiter(rate, rate), "slack", notes)

    assert await limits.admit("ann", "general") is None
    assert await limits.admit("ann", "general") is not None
    assert notes.others == [("refused", "slack")]


async def test_the_size_and_the_age_of_the_library_are_told_now_and_whenever_it_changes() -> None:
    notes, assistant = Notes(), NotingAssistant()
    following = asyncio.create_task(follow_library(assistant, notes))

    assert await notes.libraries.get() == (len(EVERYWHERE), None)

    assistant.gets((TEA_TIME,))
    assert await notes.libraries.get() == (1, None)
    following.cancel()


async def test_without_a_watch_nothing_is_opened_and_nothing_kept() -> None:
    watch = Watch()

    async with watch.opened():
        watch.meter.asked("slack")
        watch.meter.answered(Answered("slack", "found", timedelta(), 1.0))
        watch.meter.refused("slack")
        watch.meter.reconnected("slack")
        watch.meter.library(1, None)
