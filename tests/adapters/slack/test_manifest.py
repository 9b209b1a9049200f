from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from adapters.slack import calls, outbox, places
from adapters.slack.commands import COMMANDS, INNER, SHORTCUTS, Shortcut, Verb
from adapters.slack.manifest import EVENTS, OPTIONAL, SCOPES, manifest
from tests.fakes import slack_server
from tests.fakes.slack_server import ANN, DIRECT, SlackServer

_ROOT = Path(__file__).parents[3]
_SCHEMA = _ROOT.parent / "shared" / "spec" / "slack-manifest.schema.json"


def test_the_manifest_is_what_the_code_says() -> None:
    assert yaml.safe_load((_ROOT / "slack-manifest.yaml").read_text(encoding="utf-8")) == manifest()


def test_slack_takes_the_manifest() -> None:
    if not _SCHEMA.exists():
        pytest.skip(f"Slack's schema for manifests is not at {_SCHEMA}")

    jsonschema.validate(manifest(), json.loads(_SCHEMA.read_text(encoding="utf-8")))


def test_every_command_is_listed_once() -> None:
    assert sorted([*(command.verb for command in COMMANDS), *INNER]) == sorted(Verb)
    assert all(f"| {verb}" in COMMANDS[-1].usage for verb in INNER)
    assert len({shortcut.callback_id for shortcut in SHORTCUTS}) == len(SHORTCUTS)


def test_every_scope_is_needed_by_an_event_a_command_or_a_method_that_is_called() -> None:
    written = "".join(Path(module.__file__).read_text("utf-8") for module in (outbox, calls, places))
    called = set(re.findall(r'"((?:chat|views|assistant|auth|users|files|conversations)\.[\w.]+)"', written))
    needed = {scope for method in called if (scope := slack_server.METHODS[method][0])}
    needed |= {"app_mentions:read"} if "app_mention" in EVENTS else set()
    needed |= {"im:history"} if "message.im" in EVENTS else set()
    needed |= {"commands"} if COMMANDS or SHORTCUTS else set()

    assert {*SCOPES, *OPTIONAL} == needed


@pytest.mark.usefixtures("bot")
async def test_every_event_of_the_manifest_has_an_effect(slack: SlackServer) -> None:
    begun = {"user_id": ANN, "channel_id": DIRECT, "thread_ts": "7.1"}
    effects = {
        "app_mention": (slack.mention("comets"), "chat.postMessage"),
        "message.im": (slack.direct("comets", {"channel": "D2"}), "chat.postMessage"),
        "app_home_opened": (
            slack.event({"type": "app_home_opened", "user": ANN, "tab": "home"}),
            "views.publish",
        ),
        "assistant_thread_started": (
            slack.event({"type": "assistant_thread_started", "assistant_thread": begun}),
            "assistant.threads.setSuggestedPrompts",
        ),
    }

    assert set(effects) == set(EVENTS)
    for payload, method in effects.values():
        slack.calls.clear()
        await slack.deliver_acked(payload)
        await slack.sent(1, method)


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
async def test_every_command_of_the_manifest_answers(slack: SlackServer, name: str) -> None:
    await slack.deliver_acked(slack.command(name))

    assert (await slack.sent())[0].body["text"]


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=lambda shortcut: shortcut.callback_id)
async def test_every_shortcut_of_the_manifest_answers(slack: SlackServer, shortcut: Shortcut) -> None:
    words = "comets" if shortcut.type == "message" else None
    await slack.deliver_acked(slack.shortcut(shortcut.callback_id, words=words))

    assert await slack.sent(1, "hook", "views.open")
