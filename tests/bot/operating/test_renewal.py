"""A running bot follows its library."""

import asyncio
import gc
import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.operating import opening
from bot.operating.renewal import RenewedAssistant
from bot.port.errors import ConfigError
from bot.port.messages import Assistant, Completion, ConversationId, EpisodeId, Found, ItemId, Question, QuoteFilter
from tests.fakes.assistant import FOUND, ScriptedAssistant

_SOON = timedelta(milliseconds=5)


def add(library: Path, name: str, words: str) -> None:
    place = library / name
    place.mkdir(parents=True)
    (place / "transcript.md").write_text(f"**Ann Lee:** {words}\n")
    (place / "episode.yaml").write_text(f"title: About {name}\nshow: Hive Talk\nsource: the transcript\n")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    add(tmp_path / "library", "bees-1", "The bees cluster around their queen in winter and shiver to keep her warm.")
    return tmp_path / "library"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    real = RenewedAssistant
    monkeypatch.setattr(opening, "RenewedAssistant", lambda first, renew: real(first, renew, every=_SOON))


async def until(true: Callable[[], bool]) -> None:
    for _ in range(2000):
        if true():
            return
        await asyncio.sleep(0.005)
    pytest.fail("it never came")


async def until_there(assistant: Assistant, episode: str) -> None:
    for _ in range(2000):
        if await assistant.episode(EpisodeId(episode)):
            return
        await asyncio.sleep(0.005)
    pytest.fail("it never came")


@pytest.mark.usefixtures("quick")
async def test_an_episode_that_comes_is_answered_from_without_a_restart(library: Path, tmp_path: Path) -> None:
    assistant = opening.open_assistant(library, tmp_path / "cache")
    add(library, "comets-1", "Comets are dirty snowballs whose tails always point away from the sun.")

    await until_there(assistant, "comets-1")

    answer = await assistant.ask(Question("why do the tails of comets point away from the sun"))
    assert isinstance(answer, Found)
    assert answer.evidence[0].episode.id == "comets-1"


@pytest.mark.usefixtures("quick")
async def test_a_conversation_goes_on_over_a_change(library: Path, tmp_path: Path) -> None:
    assistant = opening.open_assistant(library, tmp_path / "cache")
    thread = ConversationId("a thread")
    await assistant.ask(Question("how do bees keep the queen warm in winter", conversation=thread))
    add(library, "comets-1", "Comets are dirty snowballs.")
    await until_there(assistant, "comets-1")

    answer = await assistant.ask(Question("who said that?", conversation=thread))

    assert isinstance(answer, Found)
    assert answer.text == "Ann Lee said it."


@pytest.mark.usefixtures("quick")
async def test_a_library_that_goes_leaves_the_old_answers_and_one_complaint(
    library: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assistant = opening.open_assistant(library, tmp_path / "cache")
    with caplog.at_level(logging.WARNING):
        library.rename(tmp_path / "elsewhere")
        await until(lambda: bool(caplog.messages))
        await asyncio.sleep(0.05)

    assert isinstance(await assistant.ask(Question("how do bees keep the queen warm in winter")), Found)
    (message,) = caplog.messages
    assert "there is no such folder" in message


async def test_an_unchanged_library_is_not_opened_again() -> None:
    looked = threading.Semaphore(0)

    def renew() -> Assistant | None:
        looked.release()
        return None

    first = ScriptedAssistant()
    assistant = RenewedAssistant(first, renew, every=_SOON)
    await asyncio.to_thread(looked.acquire)
    await asyncio.to_thread(looked.acquire)

    await assistant.ask(Question("dirty tea"))
    assert first.asked == [Question("dirty tea")]


async def test_what_is_wrong_is_mended_by_the_next_change(caplog: pytest.LogCaptureFixture) -> None:
    second = ScriptedAssistant()
    turns: list[Assistant | ConfigError] = [ConfigError("line 3"), ConfigError("line 3"), second]

    def renew() -> Assistant | None:
        turn = turns.pop(0) if turns else None
        if isinstance(turn, ConfigError):
            raise turn
        return turn

    assistant = RenewedAssistant(ScriptedAssistant(), renew, every=_SOON)
    async with asyncio.timeout(10):
        while not second.asked:
            await assistant.ask(Question("dirty tea"))
            await asyncio.sleep(0.005)

    assert caplog.text.count("line 3") == 1


async def test_whatever_goes_wrong_is_told_once_and_the_library_is_still_followed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    newer = ScriptedAssistant({"bees": FOUND})
    tries: list[int] = []

    def renew() -> Assistant | None:
        tries.append(1)
        if len(tries) < 4:
            raise ValueError("nobody expected this")
        return newer if len(tries) == 4 else None

    assistant = RenewedAssistant(ScriptedAssistant({}), renew, every=_SOON)
    await until(lambda: len(tries) > 4)

    assert await assistant.ask(Question("bees")) == FOUND
    assert caplog.text.count("the old one still answers") == 1


async def test_everything_that_can_be_asked_reaches_the_assistant() -> None:
    scripted = ScriptedAssistant()
    assistant = RenewedAssistant(scripted, lambda: None)
    id = (await scripted.episodes())[0].id

    assert await assistant.episodes() == await scripted.episodes()
    assert await assistant.episode(id) == await scripted.episode(id)
    assert await assistant.topics(id) == await scripted.topics(id)
    assert await assistant.open(ItemId("gone")) == await scripted.open(ItemId("gone"))
    assert await assistant.random_quote(QuoteFilter()) == await scripted.random_quote(QuoteFilter())
    assert await assistant.complete(Completion.TOPIC, "") == await scripted.complete(Completion.TOPIC, "")
    assert await assistant.verify("words") == await scripted.verify("words")


def test_nobody_watches_for_an_assistant_that_is_gone() -> None:
    before = set(threading.enumerate())
    assistant = RenewedAssistant(ScriptedAssistant(), lambda: None)
    (watch,) = set(threading.enumerate()) - before

    del assistant
    gc.collect()

    watch.join(5)
    assert not watch.is_alive()
