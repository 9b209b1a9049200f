"""A running bot follows its library."""

import asyncio
import gc
import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.operating import opening
from bot.operating.renewal import follow
from bot.port.errors import ConfigError
from bot.port.messages import Assistant, ConversationId, Episode, EpisodeId, Found, ItemId, Question, Topic
from knowledge.search import Search

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
    monkeypatch.setattr(opening, "follow", partial(follow, every=_SOON))


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
    assert answer.text.startswith("Ann Lee said it, in ")


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


def open_library(name: str) -> OpenLibrary:
    topic = Topic(ItemId(f"{name}/topic/tea"), EpisodeId(name), "Dirty tea", "Tea with milk first.", "notes")
    episode = Episode(EpisodeId(name), f"About {name}", "Hive Talk", "notes", topics=(topic,))
    return OpenLibrary((episode,), Search.over((episode,)))


async def test_an_unchanged_library_is_not_opened_again() -> None:
    looked = threading.Semaphore(0)

    def reopen() -> OpenLibrary | None:
        looked.release()
        return None

    assistant = EpisodeAssistant(open_library("bees-1"))
    follow(assistant, reopen, every=_SOON)
    await asyncio.to_thread(looked.acquire)
    await asyncio.to_thread(looked.acquire)

    assert await assistant.episode(EpisodeId("bees-1"))


async def test_what_is_wrong_is_corrected_by_the_next_change(caplog: pytest.LogCaptureFixture) -> None:
    turns: list[OpenLibrary | ConfigError] = [ConfigError("line 3"), ConfigError("line 3"), open_library("bees-2")]

    def reopen() -> OpenLibrary | None:
        turn = turns.pop(0) if turns else None
        if isinstance(turn, ConfigError):
            raise turn
        return turn

    assistant = EpisodeAssistant(open_library("bees-1"))
    follow(assistant, reopen, every=_SOON)
    await until_there(assistant, "bees-2")

    assert caplog.text.count("line 3") == 1


async def test_an_unexpected_error_is_logged_once_and_the_library_is_still_followed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries: list[int] = []

    def reopen() -> OpenLibrary | None:
        tries.append(1)
        if len(tries) < 4:
            raise ValueError("nobody expected this")
        return open_library("bees-2") if len(tries) == 4 else None

    assistant = EpisodeAssistant(open_library("bees-1"))
    follow(assistant, reopen, every=_SOON)
    await until_there(assistant, "bees-2")

    assert caplog.text.count("the old one still answers") == 1


def test_nobody_watches_for_an_assistant_that_is_gone() -> None:
    before = set(threading.enumerate())
    assistant = EpisodeAssistant(open_library("bees-1"))
    follow(assistant, lambda: None)
    (watch,) = set(threading.enumerate()) - before

    del assistant
    gc.collect()

    watch.join(5)
    assert not watch.is_alive()
