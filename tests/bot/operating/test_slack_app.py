"""What a host types to set Slack up: a key, and the app's manifest."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.__main__ import main
from tests.bot.operating.test_settings import MANY


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    monkeypatch.setattr(sys, "argv", ["overheard", *arguments])
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code


def described(capsys: pytest.CaptureFixture[str]) -> Mapping[str, Any]:
    app = json.loads(capsys.readouterr().out)
    assert isinstance(app, dict)
    return app


def test_a_key_is_one_that_encrypts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "key") == 0

    key = capsys.readouterr().out.strip()
    assert Fernet(key).decrypt(Fernet(key).encrypt(b"bees")) == b"bees"


def test_the_manifest_is_for_socket_mode_unless_there_is_an_address(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "manifest") == 0
    assert described(capsys)["settings"]["socket_mode_enabled"] is True

    assert run(monkeypatch, "manifest", "https://bot.example.org/") == 0
    app = described(capsys)
    assert app["settings"]["socket_mode_enabled"] is False
    assert app["settings"]["event_subscriptions"]["request_url"] == "https://bot.example.org/slack/events"
    assert {each["url"] for each in app["features"]["slash_commands"]} == {"https://bot.example.org/slack/events"}
    assert "redirect_urls" not in app["oauth_config"]


@pytest.mark.parametrize(("settings", "option"), [(MANY, ()), ({}, ("--many",))])
def test_the_manifest_for_many_workspaces_says_where_they_come_back_to(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    settings: dict[str, str],
    option: tuple[str, ...],
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    assert run(monkeypatch, "manifest", "https://bot.example.org", *option) == 0

    app = described(capsys)
    assert app["oauth_config"]["redirect_urls"] == ["https://bot.example.org/slack/oauth_redirect"]
    assert {"app_uninstalled", "tokens_revoked"} <= set(app["settings"]["event_subscriptions"]["bot_events"])
    assert app["settings"]["org_deploy_enabled"] is True


@pytest.mark.parametrize("arguments", [("--many",), ("bot.example.org",), ("https://bot.example.org/path",)])
def test_a_manifest_without_a_proper_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert run(monkeypatch, "manifest", *arguments) == 2
    assert "https://bot.example.org" in capsys.readouterr().err


@pytest.mark.parametrize("command", [("slack",), ("check", "slack")])
def test_many_workspaces_without_a_key_are_refused_at_the_start_and_by_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    for name, value in MANY.items():
        monkeypatch.setenv(name, "" if name == "OVERHEARD_ENCRYPTION_KEY" else value)

    assert run(monkeypatch, *command) == 2

    shown = capsys.readouterr()
    assert "OVERHEARD_ENCRYPTION_KEY is not set" in shown.out + shown.err
    assert "overheard key" in shown.out + shown.err
