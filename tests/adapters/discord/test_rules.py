"""The checks that every request in these tests goes through notice what they are there for."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.fakes.discord_rules import SPEC, complaints

MESSAGE: dict[str, Any] = {
    "content": "hello",
    "embeds": [{"title": "a", "description": "b"}],
    "components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}],
    "allowed_mentions": {"parse": []},
}


def sent(**changed: Any) -> list[str]:  # noqa: ANN401 - whatever might be sent
    return complaints("POST", "/channels/1/messages", {**copy.deepcopy(MESSAGE), **changed})


def test_a_good_message_is_none_of_their_business() -> None:
    assert sent() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"content": " ", "embeds": []},
        {"content": "x" * 2001},
        {"content": "👩" * 1001},
        {"embeds": [{"description": "x" * 4097}]},
        {"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]},
        {"embeds": [{}]},
        {"content": "@everyone"},
        {"content": "<@1>"},
        {"content": "see https://evil.example"},
        {"content": "discord.gg/x"},
        {"content": "\ud800"},
        {"allowed_mentions": {"parse": ["users"]}},
        {"allowed_mentions": None},
        {"components": MESSAGE["components"] * 2},
        {"components": [{"type": 1, "components": []}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "x" * 81, "custom_id": "a"}]}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "a", "custom_id": "x" * 101}]}]},
    ],
)
def test_what_discord_or_a_listener_would_not_take_is_told(changed: dict[str, Any]) -> None:
    assert sent(**changed)


def test_too_many_choices_and_a_required_option_after_an_optional_one_are_told() -> None:
    choices = {"type": 8, "data": {"choices": [{"name": "a", "value": "a"}] * 26}}
    optional = {"name": "b", "description": "b", "type": 3}
    options = [optional, {**optional, "name": "c", "required": True}]
    command = {"name": "a", "description": "a", "type": 1, "options": options}

    assert complaints("POST", "/interactions/1/t/callback", choices)
    assert complaints("PUT", "/applications/1/commands", [command])


@pytest.mark.skipif(not SPEC.exists(), reason=f"Discord's API description is not at {SPEC}; own checks alone hold")
def test_discord_s_own_description_is_asked_where_it_is_at_hand() -> None:
    assert any("oneOf" in each or "valid" in each or "type" in each for each in sent(tts="loudly"))
