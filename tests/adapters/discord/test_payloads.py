"""What is sent to Discord, held against Discord's own description of its API, where that is at hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.discord.about import draw_privacy
from adapters.discord.card import Card, Scene
from adapters.discord.lists import draw_card, draw_episode, draw_topics, draw_wishes, notice
from adapters.discord.quiz import draw_riddle
from adapters.discord.render import draw
from adapters.discord.views import pack
from bot.port.logbook import AnswerId
from bot.port.quiz import Riddle
from bot.port.wishes import Wish
from tests.adapters.discord.stage import Stage
from tests.fakes.assistant import COMETS, EVERY_SINGLE_ANSWER, NIGHT_SKY, SEVERAL, SNOWBALL, evidence
from tests.fakes.discord_rules import SPEC, complaints

pytestmark = pytest.mark.skipif(not SPEC.exists(), reason=f"Discord's API description is not at {SPEC}")

SCENES = [Scene(1, rated=AnswerId("x" * 12), cards=True, asked="who?"), Scene(1, private=True), Scene(1, embeds=False)]


def cards(scene: Scene) -> list[Card]:
    said = evidence(SNOWBALL)
    riddle = Riddle(said, ("Ada", "Bo", "Cy", "Di"))
    return [
        *(draw(answer, scene) for answer in (*EVERY_SINGLE_ANSWER, SEVERAL)),
        draw_card(said, b"png", scene),
        draw_episode(NIGHT_SKY, (COMETS,) * 40, scene),
        draw_privacy(scene),
        draw_riddle(riddle, scene),
        draw_topics((COMETS,) * 40, None, 0, scene),
        draw_wishes((Wish("discord/1", "", "when?"),), scene),
        notice("Wait.", scene),
    ]


def body(card: Card) -> dict[str, Any]:
    parcel = pack(card)
    made = {
        "content": parcel.content,
        "embeds": [embed.to_dict() for embed in parcel.embeds],
        "components": parcel.view.to_components(),
        "allowed_mentions": {"parse": []},
    }
    return dict(json.loads(json.dumps(made)))


@pytest.mark.parametrize("scene", SCENES)
async def test_every_card_is_a_message_as_discord_describes_one(scene: Scene) -> None:
    bodies = [body(card) for card in cards(scene)]
    told = [complaints("POST", "/channels/1/messages", each) for each in bodies]
    answered = [complaints("POST", "/interactions/1/t/callback", {"type": 4, "data": each}) for each in bodies]

    assert [each for each in (*told, *answered) if each] == []


@pytest.mark.slow
async def test_every_command_is_one_as_discord_describes_it(stage: Stage) -> None:
    sent = next(each.body for each in stage.server.requests if each.method == "PUT")

    assert {command["name"] for command in sent} >= {"ask", "settings"}
    assert complaints("PUT", "/applications/1/commands", sent) == []
