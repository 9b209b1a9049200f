"""A library of one episode that can be written to, and the bot that follows it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.operating import opening
from bot.operating.renewal import follow
from bot.port.messages import Assistant, Found, Question

WASHING = "how do I get my washing white?"
FILE = """\
# By Ann; leave the spacing.
title:   About bees
show: Hive Talk
duration: 20:00

topics:
  - title: The queen   # long may she
    summary: She lays eggs.
"""
SAID = """\
WEBVTT

00:00:01.000 --> 00:00:09.000
<v Ann Lee>The bees cluster around their queen in winter and shiver to keep her warm.

00:10:00.000 --> 00:10:09.000
<v Bob Ray>Leave the sheets in the sun with lemon, and they come out bright.
"""


def lay_library(folder: Path) -> Path:
    """Write the library."""
    place = folder / "library" / "bees-1"
    place.mkdir(parents=True)
    (place / "episode.yaml").write_text(FILE, encoding="utf-8")
    (place / "transcript.vtt").write_text(SAID, encoding="utf-8")
    return place.parent


def text_in(library: Path) -> str:
    """Read what the episode's file holds."""
    return (library / "bees-1" / "episode.yaml").read_text(encoding="utf-8")


def followed(library: Path, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """Open the library as a running bot does, which looks often whether it changed."""
    monkeypatch.setattr(opening, "follow", partial(follow, every=timedelta(milliseconds=5)))
    return opening.open_assistant(library, library.parent / "cache")


async def found(assistant: Assistant, question: str) -> Found:
    """Ask until it is found."""
    async with asyncio.timeout(10):
        while not isinstance(answer := await assistant.ask(Question(question)), Found):  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # the library is followed by a thread, which tells nobody
    return answer
