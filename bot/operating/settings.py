"""The settings an operator makes, from the environment and a `.env` file.

Read once, by the command that needs them; nothing here opens or connects. No default that only a platform understands.
"""

from __future__ import annotations

import base64
import logging
import os
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, TypeAlias

from dotenv.parser import Binding, parse_stream
from platformdirs import user_state_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.port.checks import Report
from bot.port.errors import ConfigError

ENV_FILE = Path(".env")
"""Read from the folder that Overheard is started in."""

OFF: Literal["off"] = "off"

Off: TypeAlias = Literal["off"]

_PREFIX = "OVERHEARD_"
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_ENCODING = "utf-8-sig"  # some editors begin a file with a byte order mark, which is no part of the first name


class LogLevel(StrEnum):
    """How much goes to standard error."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """What a line on standard error looks like."""

    TEXT = "text"
    JSON = "json"


class Settings(BaseSettings):
    """All settings; an empty value counts as unset.

    Attributes:
        library: a folder that is there; None for the library that comes with Overheard.
        cache: where the index of a large library is kept; None for the user's cache folder.
        history: where the chat remembers what was typed; None for the user's state folder, "off" for nowhere.
        database_url: what is kept for a while; None for SQLite in the user's data folder, "off" for nowhere.
        keep_days: how long what is for the operator is kept there; None for 90.
        feedback: whether answers get buttons to rate them by; None for yes.
        log_level: None for warnings, and for a little more while a platform is served.
        log_format: None for text.
        metrics_port: where metrics and health are shown; None for nowhere, 0 for any port that is free.
        metrics_host: the address to listen on for that; None for this machine alone.
        serve_token: what programs have to bring to `serve` and to `mcp --http`; None for nothing, on loopback.
        questions_per_member: in a minute, on any platform; None for the usual number.
        questions_per_channel: likewise, by all members together.
        discord_token: sets Discord up; the other settings of Discord mean nothing without it.
        discord_shard_ids: the shards that this process runs, of `discord_shard_count`.
        encryption_key: one or several, with commas between; the first encrypts, all decrypt what is secret.
        slack_bot_token: sets Slack up for one workspace; the other settings of Slack mean nothing without it.
        slack_client_id: with `slack_client_secret` sets Slack up for all workspaces that install the app, instead.
        slack_host: the address to listen on for Slack's deliveries; None for this machine alone.
    """

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_ignore_empty=True, env_file_encoding=_ENCODING, extra="ignore", frozen=True
    )

    library: Path | None = None
    cache: Path | None = None
    history: Path | Off | None = None
    database_url: SecretStr | None = None
    keep_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    encryption_key: SecretStr | None = None
    feedback: bool | None = None
    log_level: LogLevel | None = None
    log_format: LogFormat | None = None
    metrics_port: Annotated[int, Field(ge=0, le=65535)] | None = None
    metrics_host: str | None = None
    serve_token: SecretStr | None = None
    questions_per_member: Annotated[int, Field(ge=1)] | None = None
    questions_per_channel: Annotated[int, Field(ge=1)] | None = None
    discord_token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN")
    discord_test_guild: Annotated[int, Field(ge=1)] | None = Field(None, validation_alias="DISCORD_TEST_GUILD_ID")
    discord_shard_ids: Annotated[tuple[int, ...] | None, NoDecode] = Field(None, validation_alias="DISCORD_SHARD_IDS")
    discord_shard_count: Annotated[int, Field(ge=1)] | None = Field(None, validation_alias="DISCORD_SHARD_COUNT")
    discord_message_content: bool | None = Field(None, validation_alias="DISCORD_MESSAGE_CONTENT")
    discord_api_url: str | None = Field(None, validation_alias="DISCORD_API_URL")
    discord_gateway_url: str | None = Field(None, validation_alias="DISCORD_GATEWAY_URL")
    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_client_id: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_SECRET")
    slack_host: str | None = Field(None, validation_alias="SLACK_HOST")
    slack_port: Annotated[int, Field(ge=1, le=65535)] | None = Field(None, validation_alias="SLACK_PORT")
    slack_api_url: str | None = Field(None, validation_alias="SLACK_API_URL")

    def history_file(self) -> Path | None:
        """Name the file of the chat's history; None where there is to be none."""
        match self.history:
            case "off":
                return None
            case None:
                return user_state_path("overheard", appauthor=False) / "history"
            case path:
                return path

    @field_validator("library")
    @classmethod
    def _library_is_there(cls, folder: Path | None) -> Path | None:
        if folder is None or (folder := folder.expanduser()).is_dir():
            return folder
        raise ValueError(f"there is no folder {folder}; name the folder that holds the episodes, or leave it empty")

    @field_validator("cache")
    @classmethod
    def _cache_is_expanded(cls, folder: Path | None) -> Path | None:
        return folder.expanduser() if folder else None

    @field_validator("history", mode="before")
    @classmethod
    def _history_may_be_off(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return OFF if value.strip().casefold() == OFF else Path(value).expanduser()

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, url: SecretStr | None) -> SecretStr | None:
        if url is None:
            return None
        text = url.get_secret_value().strip()
        if text.casefold() == OFF:
            return SecretStr(OFF)
        if re.match(r"(sqlite:///|postgres(ql)?://)\S", text):
            return SecretStr(re.sub(r"^postgres://", "postgresql://", text))
        raise ValueError(
            "that is no address of a database; write postgresql://NAME:PASSWORD@HOST/DATABASE, leave it empty for a "
            "file in your user folder, or write off"
        )

    def encryption_keys(self) -> tuple[str, ...]:
        """List the keys, that which encrypts first."""
        return () if self.encryption_key is None else tuple(_listed(self.encryption_key.get_secret_value()))

    def install_problem(self) -> str | None:
        """Say what keeps workspaces from installing the Slack app; None where nothing does, or nobody wants that."""
        if self.slack_client_id is None and self.slack_client_secret is None:
            return None
        if self.slack_client_id is None or self.slack_client_secret is None:
            return "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together: set both, or neither"
        if self.slack_bot_token is not None:
            return "SLACK_BOT_TOKEN has to be empty where SLACK_CLIENT_ID is set: each workspace has its own token"
        if self.slack_signing_secret is None:
            return "SLACK_SIGNING_SECRET is not set: where SLACK_CLIENT_ID is, the app is served over HTTP"
        if self.database_url is not None and self.database_url.get_secret_value() == OFF:
            return "OVERHEARD_DATABASE_URL is off: where SLACK_CLIENT_ID is set, each workspace's token has to be kept"
        if self.encryption_key is None:
            return (
                "OVERHEARD_ENCRYPTION_KEY is not set: where SLACK_CLIENT_ID is, the tokens of workspaces are kept "
                "encrypted; make a key with `overheard key`"
            )
        return None

    @field_validator("encryption_key")
    @classmethod
    def _keys_are_keys(cls, keys: SecretStr | None) -> SecretStr | None:
        listed = () if keys is None else tuple(_listed(keys.get_secret_value()))
        if all(_is_key(key) for key in listed):
            return keys if listed else None
        raise ValueError(
            "that is no key, or not all of one; make one with `overheard key`, and put commas between several"
        )

    @field_validator(
        "discord_token",
        "slack_bot_token",
        "slack_app_token",
        "slack_signing_secret",
        "slack_client_id",
        "slack_client_secret",
        "serve_token",
    )
    @classmethod
    def _secrets_are_one_word(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is None:
            return None
        words = secret.get_secret_value().split()
        if len(words) != 1 or not words[0].isascii():
            raise ValueError("that is not one word of plain letters and digits; copy it again")
        return SecretStr(words[0])

    @field_validator("discord_shard_ids", mode="before")
    @classmethod
    def _shards_are_numbers(cls, ids: object) -> object:
        if not isinstance(ids, str):
            return ids
        if re.fullmatch(r"\s*\d+(\s*,\s*\d+)*\s*", ids, re.ASCII):
            return tuple(int(number) for number in ids.split(","))
        raise ValueError("write the numbers with commas between them, such as 0,1,2")

    @field_validator("discord_api_url", "slack_api_url")
    @classmethod
    def _address_is_absolute(cls, url: str | None) -> str | None:
        if url is None or url.startswith(("https://", "http://")):
            return url
        raise ValueError("an address begins with https:// or http://; leave it empty for the platform itself")

    @field_validator("discord_gateway_url")
    @classmethod
    def _gateway_is_a_websocket(cls, url: str | None) -> str | None:
        if url is None or url.startswith(("wss://", "ws://")):
            return url
        raise ValueError("the address of a websocket begins with wss:// or ws://; leave it empty to ask Discord")

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _any_case_will_do(cls, value: object) -> object:
        return value.strip().casefold() if isinstance(value, str) else value


def load(env_file: Path = ENV_FILE, given: Mapping[str, str] = _NONE) -> Settings:
    """Read the settings; the environment wins over the file, and what is given, by name, over both.

    Raises:
        ConfigError: a value cannot be used, or the file cannot be read. It names the setting and never shows its value.
    """
    # python-dotenv logs the lines it can't read; `oddities` names them, and once is enough.
    logging.getLogger("dotenv").setLevel(logging.ERROR)
    try:
        return Settings(_env_file=env_file, **dict[str, Any](given))
    except ValidationError as error:
        raise ConfigError("\n".join(_complaints(error))) from None
    except (OSError, UnicodeError) as error:
        raise _unreadable(env_file, error) from error


def names() -> tuple[str, ...]:
    """Name every setting as the environment and `.env` call it."""
    return tuple(_name(field) for field in Settings.model_fields)


def oddities(env_file: Path = ENV_FILE) -> tuple[str, ...]:
    """Say what looks like a setting and isn't one, a sentence each: a misspelt name, a line that makes no sense.

    Raises:
        ConfigError: the file cannot be read.
    """
    return (
        *(_unknown(name, "the environment") for name in sorted(os.environ) if _is_misspelt(name)),
        *_oddities_of(env_file),
    )


def check() -> Report:
    """Look all settings through."""
    try:
        problem = load().install_problem()
        odd = oddities()
    except ConfigError as error:
        return Report("Settings: fix these.", tuple(str(error).splitlines()))
    if problem is not None:
        return Report("Settings: fix these.", (f"{problem}.",), warnings=odd)
    return Report("Settings: these are ignored." if odd else "Settings: fine.", warnings=odd)


def _listed(keys: str) -> Iterator[str]:
    return (key.strip() for key in keys.split(",") if key.strip())


def _is_key(key: str) -> bool:
    """Whether this is 32 bytes as `overheard key` writes them."""
    try:
        return len(base64.b64decode(key.encode("ascii"), altchars=b"-_", validate=True)) == 32
    except ValueError:
        return False


def _oddities_of(env_file: Path) -> Iterator[str]:
    known = names()
    for line in _lines(env_file):
        if line.error:
            yield f"{env_file}, line {line.original.line}, is not NAME=value and is ignored."
        elif line.key and line.key.upper() not in known:
            yield _unknown(line.key, str(env_file))


def _lines(env_file: Path) -> list[Binding]:
    if not env_file.is_file():
        return []
    try:
        with env_file.open(encoding=_ENCODING) as stream:
            return list(parse_stream(stream))
    except (OSError, UnicodeError) as error:
        raise _unreadable(env_file, error) from error


def _is_misspelt(name: str) -> bool:
    return name.upper().startswith(_PREFIX) and name.upper() not in names()


def _unknown(name: str, place: str) -> str:
    near = get_close_matches(name.upper(), names(), n=1)
    hint = f"did you mean {near[0]}?" if near else ".env.example lists them all."
    return f"{name} in {place} is not a setting; {hint}"


def _complaints(error: ValidationError) -> Iterator[str]:
    for complaint in error.errors(include_input=False, include_url=False):
        reason = complaint["msg"].removeprefix("Value error, ")
        yield f"{_name(str(complaint['loc'][0]))}: {reason[:1].lower()}{reason[1:]}."


def _name(field: str) -> str:
    """Name a field, or what pydantic calls it in a complaint, as the environment does."""
    info = Settings.model_fields.get(field)
    if info is None:
        return field.upper()
    return info.validation_alias if isinstance(info.validation_alias, str) else f"{_PREFIX}{field}".upper()


def _unreadable(env_file: Path, error: OSError | UnicodeError) -> ConfigError:
    reason = "it is not UTF-8 text" if isinstance(error, UnicodeError) else error.strerror or "it cannot be opened"
    return ConfigError(f"{env_file} cannot be read: {reason}. Save it again as in .env.example, or remove it.")
