"""What other programs may ask for; the ways in which they ask are tested with each adapter."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.assistant import EpisodeAssistant
from bot.port.messages import Division, Episode, EpisodeId
from bot.port.tools import Refusal, RefusedError, Tools
from tests.bot.conftest import PASSAGES
from tests.fakes.assistant import COMETS, SNOWBALL, SPACE, TEA, BrokenAssistant, NotingAssistant


class Stuck(NotingAssistant):
    """Answers only when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = asyncio.Event()

    async def episodes(self, matching: str = "", limit: int = 25) -> tuple[Episode, ...]:
        await self.let.wait()
        if matching == "boom":
            raise RuntimeError("the index is on fire")
        return await super().episodes(matching, limit)


@pytest.fixture
def tools() -> Tools:
    return Tools(BrokenAssistant(), "test")


async def test_a_question_gets_the_record_of_its_answer(tools: Tools) -> None:
    record = await tools.ask(question="comets")

    assert (record["question"], record["kind"]) == ("comets", "found")
    assert record["topics"][0]["id"] == COMETS.id


async def test_questions_of_one_conversation_refer_to_each_other_and_others_do_not(tools: Tools) -> None:
    await tools.ask(question="oolong", conversation="ann")

    assert (await tools.ask(question="tell me more about it", conversation="ann"))["kind"] == "found"
    assert (await tools.ask(question="tell me more about it", conversation="bob"))["kind"] == "help"


async def test_words_are_verified(tools: Tools) -> None:
    assert (await tools.verify(words=SNOWBALL.text))["verdict"] == "exact"
    assert (await tools.verify(words="the moon is cheese"))["verdict"] == "not_found"


async def test_a_quote_is_drawn_by_whoever_is_named(tools: Tools) -> None:
    record = await tools.quote(speaker="Ada Ford")

    assert [each["speaker"] for each in record["evidence"]] == ["Ada Ford"]


async def test_what_was_said_around_evidence_is_had_by_its_id(tools: Tools, assistant: EpisodeAssistant) -> None:
    around = await Tools(assistant, "test").around(id=PASSAGES[1].id)

    assert PASSAGES[1].id in [each["id"] for each in around["evidence"]]
    assert len(around["evidence"]) > 1
    assert (await tools.around(id="gone/quote/x"))["kind"] == "not_found"


async def test_words_are_counted_in_all_or_by_a_part(tools: Tools) -> None:
    assert (await tools.counts(words="comet"))["kind"] == "fact"
    assert (await tools.counts(words="comet", by=Division.SHOW))["kind"] == "fact"
    assert (await tools.counts(words="?!"))["kind"] == "help"


async def test_episodes_are_listed_with_what_is_known_of_them(tools: Tools) -> None:
    listed = await tools.episodes(matching="comets")
    first = await tools.episodes(limit=1)

    assert listed == {
        "episodes": [
            {
                "id": SPACE,
                "title": "Comets & Eclipses",
                "show": "The Night Sky",
                "number": "7",
                "season": None,
                "published": None,
                "duration": None,
                "hosts": ["Mia Stone"],
                "guests": [],
                "summary": None,
                "url": "https://sky.example/7",
            }
        ],
        "more": False,
    }
    assert (len(first["episodes"]), first["more"]) == (1, True)


async def test_people_are_listed_whether_they_speak_host_or_are_guests(tools: Tools) -> None:
    everybody, ada = await tools.people(), await tools.people(matching="ada")

    assert [each["name"] for each in everybody["people"]] == ["Mia Stone", "Ada Ford"]
    assert [each["name"] for each in ada["people"]] == ["Ada Ford"]
    assert everybody["people"][0] == {
        "name": "Mia Stone",
        "role": "host",
        "shows": ["The Night Sky"],
        "episodes": 1,
        "first": SPACE,
        "last": SPACE,
    }


async def test_words_are_checked_for_one_speaker(assistant: EpisodeAssistant) -> None:
    tools, words = Tools(assistant, "test"), PASSAGES[1].text

    checked = [await tools.verify(words=words, speaker=name) for name in ("Maya Keller", "Guest One", "Zoe Nobody")]

    assert [each["verdict"] for each in checked] == ["exact", "by_others", "by_others"]
    assert [each["people"] for each in checked] == [["Maya Keller"], ["Guest One"], ["Zoe Nobody"]]


async def test_an_episode_that_is_not_there_is_refused(tools: Tools) -> None:
    assert (await tools.ask(question="comets", episode=TEA))["kind"] != "found"

    with pytest.raises(RefusedError) as refused:
        await tools.ask(question="comets", episode=EpisodeId("gone-1"))

    assert refused.value.reason is Refusal.UNKNOWN_EPISODE


async def test_a_failure_is_refused_with_a_reference_to_the_log(tools: Tools, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RefusedError) as refused:
        await tools.ask(question="boom")

    assert refused.value.reason is Refusal.FAILED
    assert str(refused.value).rstrip(".").split()[-1] in caplog.text


async def test_more_than_may_be_asked_at_once_is_turned_away_until_there_is_room() -> None:
    stuck = Stuck()
    tools = Tools(stuck, "test", at_once=1)
    first = asyncio.create_task(tools.episodes())
    await asyncio.sleep(0)

    with pytest.raises(RefusedError) as refused:
        await tools.episodes()
    stuck.let.set()

    assert refused.value.reason is Refusal.BUSY
    assert (await first)["more"] is False
    assert (await tools.episodes())["more"] is False


async def test_what_takes_too_long_is_given_up_and_counts_until_it_has_ended(caplog: pytest.LogCaptureFixture) -> None:
    stuck = Stuck()
    tools = Tools(stuck, "test", at_once=1, within=timedelta())

    with pytest.raises(RefusedError) as late:
        await tools.episodes(matching="boom")
    with pytest.raises(RefusedError) as busy:
        await tools.episodes()
    stuck.let.set()
    while not caplog.records:  # noqa: ASYNC110 - the end of a task that nobody has
        await asyncio.sleep(0)

    assert (late.value.reason, busy.value.reason) == (Refusal.LATE, Refusal.BUSY)
    assert "too late" in caplog.text
