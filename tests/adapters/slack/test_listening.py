"""Other players under an answer, and the one that somebody chose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from adapters.slack.render import Extras, draw
from bot.port.players import Player, remembered
from knowledge.model import Links
from tests.adapters.slack.conftest import answering
from tests.adapters.slack.test_render import sent
from tests.bot.state.conftest import opened
from tests.fakes.assistant import FOUND, NIGHT_SKY, NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.slack_blocks import Json, message_problems
from tests.fakes.slack_server import ANN, TEAM, SlackServer, actions_of

LINKS = Links(spotify="https://open.spotify.com/episode/abc", apple="https://podcasts.apple.com/1?i=2")
LISTENED = replace(NIGHT_SKY, links=LINKS)


def players_in(body: Json) -> list[dict[str, Any]]:
    """Return what stands behind the dots under an answer."""
    return [line for each in actions_of(body) if each["type"] == "overflow" for line in each["options"]]


def heard_in(body: Json) -> str:
    """Return the address that ▶ opens."""
    return next(str(each["url"]) for each in actions_of(body) if "url" in each)


async def answer_to(slack: SlackServer, *, lines: int) -> Json:
    await slack.deliver_acked(slack.mention("comets"))
    return (await slack.sent(lines, "chat.postMessage"))[lines - 1].body


async def choose(slack: SlackServer, line: Json) -> None:
    press = {"type": "overflow", "action_id": "player", "selected_option": line}
    await slack.deliver_acked(slack.press(press, slack.in_message()))


async def told_of(slack: SlackServer) -> list[object]:
    """Return what was said of a choice."""
    await slack.settle()
    return [call.body["text"] for call in slack.calls if call.method == "hook"]


async def test_a_choice_is_kept_for_whoever_chose_and_told_once(slack: SlackServer, database_url: str) -> None:
    async with opened(database_url) as state, answering(slack, backend(NotingAssistant((LISTENED,)), state)):
        before = await answer_to(slack, lines=1)
        spotify, apple = players_in(before)
        for line in (apple, spotify, spotify, spotify | {"value": "gramophone"}):
            await choose(slack, line)
        after = await answer_to(slack, lines=2)
        told = await told_of(slack)
        kept = await state.players.of(f"slack/{TEAM}/{ANN}")
        await state.forgetting.forget(f"slack/{TEAM}/{ANN}")
        forgotten = await state.players.of(f"slack/{TEAM}/{ANN}")

    assert [line["text"]["text"] for line in (spotify, apple)] == [
        "Listen in Spotify",
        "Apple Podcasts, from the beginning",
    ]
    assert "?t=" in spotify["url"]
    assert apple["url"] == LINKS.apple
    assert told == [remembered(Player.SPOTIFY)]
    assert heard_in(after) == spotify["url"]
    assert (kept, forgotten) == (Player.SPOTIFY, None)


@pytest.mark.usefixtures("bot")
async def test_where_nothing_is_kept_nothing_is_promised(slack: SlackServer) -> None:
    await choose(slack, {"text": {"type": "plain_text", "text": "Listen in Spotify"}, "value": "spotify"})

    assert await told_of(slack) == []


async def test_a_database_that_is_away_keeps_nobody_from_listening(slack: SlackServer) -> None:
    assistant = NotingAssistant((LISTENED,))
    async with opened("postgresql://x@127.0.0.1:1/x") as state, answering(slack, backend(assistant, state)):
        await choose(slack, players_in(await answer_to(slack, lines=1))[0])

    assert await told_of(slack) == []


def test_words_open_in_the_player_that_the_asker_likes_and_others_are_offered_to_others() -> None:
    links = Links(youtube="https://youtu.be/abc12345678", spotify=LINKS.spotify, apple=LINKS.apple)
    said = replace(FOUND.evidence[0], episode=replace(NIGHT_SKY, links=links))
    answer = replace(FOUND, evidence=(said,))
    public, private = (sent(draw(answer, Extras(asker=asker, player=Player.SPOTIFY))) for asker in ("U1", None))

    assert heard_in(public) == heard_in(private)
    assert heard_in(public).startswith("https://open.spotify.com/episode/abc?t=")
    assert len(players_in(public)) == len(("YouTube", "Spotify", "Apple"))
    assert players_in(private) == []
    assert message_problems(public) == []
