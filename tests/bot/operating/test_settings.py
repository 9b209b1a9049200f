import base64
import re
from pathlib import Path

import pytest

from bot.operating.settings import LogLevel, Settings, check, load, names, oddities
from bot.port.checks import Severity
from bot.port.errors import ConfigError

ROOT = Path(__file__).parents[3]


def write(text: str | bytes) -> None:
    Path(".env").write_bytes(text.encode() if isinstance(text, str) else text)


def test_without_any_setting_the_shipped_library_is_meant() -> None:
    settings = load()

    assert settings.library is None
    assert settings.log_level is None
    assert settings.history_file() is not None
    assert settings.history_file().is_absolute()


def test_empty_values_count_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_LOG_LEVEL", "")
    write("OVERHEARD_LIBRARY=\nOVERHEARD_HISTORY=\n")

    assert load() == Settings()


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write("OVERHEARD_LOG_LEVEL=debug\n")
    assert load().log_level is LogLevel.DEBUG

    monkeypatch.setenv("OVERHEARD_LOG_LEVEL", " ERROR ")
    assert load().log_level is LogLevel.ERROR


def test_a_byte_order_mark_is_no_part_of_the_first_name() -> None:
    write(b"\xef\xbb\xbfOVERHEARD_LOG_LEVEL=info\r\n")

    assert load().log_level is LogLevel.INFO
    assert oddities() == ()


def test_the_history_can_be_off_or_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OVERHEARD_HISTORY", "Off")
    assert load().history_file() is None

    monkeypatch.setenv("OVERHEARD_HISTORY", str(tmp_path / "lines"))
    assert load().history_file() == tmp_path / "lines"

    monkeypatch.setenv("OVERHEARD_HISTORY", "~/lines")
    assert load().history_file() == Path.home() / "lines"


def test_a_library_that_is_not_there_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_LIBRARY", "/no/such/folder")

    with pytest.raises(ConfigError, match=r"^OVERHEARD_LIBRARY: there is no folder /no/such/folder; name the folder"):
        load()


def test_every_bad_value_is_named_in_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_LIBRARY", "/no/such/folder")
    monkeypatch.setenv("OVERHEARD_LOG_LEVEL", "hunter2")

    with pytest.raises(ConfigError) as caught:
        load()

    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == [
        "OVERHEARD_LIBRARY",
        "OVERHEARD_LOG_LEVEL",
    ]
    assert "'debug', 'info', 'warning' or 'error'" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_file_that_is_no_text_says_how_to_mend_it() -> None:
    write("OVERHEARD_LIBRARY=x".encode("utf-16"))

    with pytest.raises(ConfigError, match=r"^\.env cannot be read: it is not UTF-8 text\."):
        load()
    with pytest.raises(ConfigError, match=r"^\.env cannot be read: it is not UTF-8 text\."):
        oddities()


def test_a_misspelt_name_is_told_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_LIBARY", "x")
    write("OVERHEARD_LOGLEVEL=info\nCOLOUR=blue\n")

    assert oddities() == (
        "OVERHEARD_LIBARY in the environment is not a setting; did you mean OVERHEARD_LIBRARY?",
        "OVERHEARD_LOGLEVEL in .env is not a setting; did you mean OVERHEARD_LOG_LEVEL?",
        "COLOUR in .env is not a setting; .env.example lists them all.",
    )


def test_a_line_that_makes_no_sense_is_told_by_its_number(caplog: pytest.LogCaptureFixture) -> None:
    write("# fine\n= what\nOVERHEARD_LOG_LEVEL=info\n")

    assert load().log_level is LogLevel.INFO
    assert oddities() == (".env, line 2, is not NAME=value and is ignored.",)
    assert caplog.messages == []


def test_the_check_is_fine_or_lists_what_is_ignored_and_what_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check().severity is Severity.FINE

    monkeypatch.setenv("OVERHEARD_LIBARY", "x")
    assert (check().severity, len(check().warnings)) == (Severity.WARNING, 1)

    monkeypatch.setenv("OVERHEARD_LOG_LEVEL", "loud")
    assert check().problems[0].startswith("OVERHEARD_LOG_LEVEL: ")
    assert check().severity is Severity.ERROR


def test_the_example_names_every_setting_with_a_comment_and_no_value_of_its_own() -> None:
    entries = re.findall(r"^# (.+)\n([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert tuple(name for _, name, _ in entries) == names()
    assert len(re.findall(r"^\w+=", (ROOT / ".env.example").read_text(), re.MULTILINE)) == len(entries)


def test_the_example_is_a_set_up_that_works_and_changes_nothing() -> None:
    write((ROOT / ".env.example").read_bytes())

    assert load() == Settings()
    assert oddities() == ()


def test_discord_is_set_by_its_own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    write("DISCORD_TOKEN= abc.def \nDISCORD_TEST_GUILD_ID=123456789012345678\nDISCORD_SHARD_IDS=0, 2\n")
    monkeypatch.setenv("DISCORD_SHARD_COUNT", "3")
    monkeypatch.setenv("DISCORD_API_URL", "http://127.0.0.1:9/api/v10")
    monkeypatch.setenv("DISCORD_GATEWAY_URL", "ws://127.0.0.1:9/")

    settings = load()

    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "abc.def"
    assert settings.discord_test_guild == 123456789012345678
    assert (settings.discord_shard_ids, settings.discord_shard_count) == ((0, 2), 3)
    assert settings.discord_api_url == "http://127.0.0.1:9/api/v10"
    assert settings.discord_gateway_url == "ws://127.0.0.1:9/"
    assert "abc.def" not in repr(settings)
    assert oddities() == ()


def test_a_bad_setting_of_discord_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {
        "DISCORD_TOKEN": "Bot hunter2",
        "DISCORD_TEST_GUILD_ID": "my server",
        "DISCORD_SHARD_IDS": "0 to 3",
        "DISCORD_SHARD_COUNT": "0",
        "DISCORD_API_URL": "discord.example",
        "DISCORD_GATEWAY_URL": "https://discord.example",
        "OVERHEARD_QUESTIONS_PER_MEMBER": "0",
        "OVERHEARD_QUESTIONS_PER_CHANNEL": "many",
    }
    for name, value in bad.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(ConfigError) as caught:
        load()

    assert sorted(line.split(":")[0] for line in str(caught.value).splitlines()) == sorted(bad)
    assert "hunter2" not in str(caught.value)


def test_slack_is_set_by_its_own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    write("SLACK_BOT_TOKEN= xoxb-1 \nSLACK_PORT=8080\n")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")

    settings = load()

    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == "xoxb-1"
    assert (settings.slack_port, settings.slack_api_url) == (8080, "http://127.0.0.1:9/api/")
    assert oddities() == ()


def test_a_bad_setting_of_slack_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {"SLACK_BOT_TOKEN": "xoxb-1 xoxb-2", "SLACK_PORT": "70000", "SLACK_API_URL": "slack.example"}
    for name, value in bad.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(ConfigError) as refused:
        load()

    for name, value in bad.items():
        assert f"{name}: " in str(refused.value)
        assert value not in str(refused.value)


KEY = base64.urlsafe_b64encode(bytes(32)).decode()
MANY = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "hunter2",
    "SLACK_SIGNING_SECRET": "0" * 32,
    "OVERHEARD_ENCRYPTION_KEY": KEY,
}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, None),
        ({"SLACK_CLIENT_ID": "", "SLACK_CLIENT_SECRET": ""}, None),
        ({"SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together"),
        ({"SLACK_CLIENT_ID": ""}, "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_BOT_TOKEN has to be empty"),
        ({"SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET is not set"),
        ({"OVERHEARD_DATABASE_URL": "off"}, "OVERHEARD_DATABASE_URL is off"),
        ({"OVERHEARD_ENCRYPTION_KEY": ""}, "OVERHEARD_ENCRYPTION_KEY is not set"),
    ],
)
def test_what_keeps_workspaces_from_installing_the_app_is_told(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, str], told: str | None
) -> None:
    for name, value in (MANY | change).items():
        monkeypatch.setenv(name, value)

    problem, report = load().install_problem(), check()

    assert problem is None if told is None else (problem or "").startswith(told)
    assert report.problems == (() if problem is None else (f"{problem}.",))


def test_places_that_may_write_are_named_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_FILL_FROM", "discord/1002, slack/E1/T1,")
    assert load().fill_from == ("discord/1002", "slack/E1/T1")

    for wrong in ("discord", "discord/*", "slack/", "1002"):
        monkeypatch.setenv("OVERHEARD_FILL_FROM", wrong)
        with pytest.raises(ConfigError, match="OVERHEARD_FILL_FROM: write discord/ and a server's ID"):
            load()


def test_several_keys_are_read_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    other = base64.urlsafe_b64encode(bytes(range(32))).decode()
    monkeypatch.setenv("OVERHEARD_ENCRYPTION_KEY", f" {other} ,{KEY},")

    assert load().encryption_keys() == (other, KEY)
    assert KEY not in repr(load())


@pytest.mark.parametrize("keys", ["hunter2", KEY[:-2], f"{KEY},hunter2", "hünter2", KEY + KEY])
def test_what_is_no_key_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    monkeypatch.setenv("OVERHEARD_ENCRYPTION_KEY", keys)

    with pytest.raises(ConfigError, match=r"^OVERHEARD_ENCRYPTION_KEY: .*make one with `overheard key`") as refused:
        load()

    assert keys not in str(refused.value)
