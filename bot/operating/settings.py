"""The operator's settings, from the environment and a `.env` file.

Each command reads them once; nothing is opened or connected here. Defaults that only a platform understands are in its
adapter.
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

from dotenv.parser import parse_stream
from platformdirs import user_state_path
from pydantic import AfterValidator, AliasGenerator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.port.checks import Report
from bot.port.errors import ConfigError

ENV_FILE = Path(".env")
"""Read from the folder that Overheard is started in."""

Off: TypeAlias = Literal["off"]
OFF: Off = "off"

_PREFIX = "OVERHEARD_"
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_ENCODING = "utf-8-sig"  # some editors begin a file with a byte order mark, which isn't part of the first name


class LogLevel(StrEnum):
    """The minimum level of messages on standard error."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """The format of a line on standard error."""

    TEXT = "text"
    JSON = "json"


def _name(field: str) -> str:
    """Return a setting's name in the environment, which begins with the platform's name or otherwise with ours."""
    if field == "discord_test_guild":
        return "DISCORD_TEST_GUILD_ID"
    return field.upper() if field.startswith(("discord_", "slack_")) else f"{_PREFIX}{field}".upper()


def _existing_folder(folder: Path) -> Path:
    if (folder := folder.expanduser()).is_dir():
        return folder
    raise ValueError(f"there is no folder {folder}; name the folder that contains the episodes, or leave it empty")


def _path_or_off(value: object) -> object:
    if not isinstance(value, str):
        return value
    return OFF if value.strip().casefold() == OFF else Path(value).expanduser()


def _database(url: SecretStr) -> SecretStr:
    text = url.get_secret_value().strip()
    if text.casefold() == OFF:
        return SecretStr(OFF)
    if re.match(r"(sqlite:///|postgres(ql)?://)\S", text):
        return SecretStr(re.sub(r"^postgres://", "postgresql://", text))
    raise ValueError(
        "that is not a database address; write postgresql://NAME:PASSWORD@HOST/DATABASE, leave it empty for a "
        "file in your user folder, or write off"
    )


def _keys(keys: SecretStr) -> SecretStr | None:
    listed = tuple(_listed(keys.get_secret_value()))
    if all(map(_is_key, listed)):
        return keys if listed else None
    raise ValueError("that is not a complete key; make one with `overheard key`, and put commas between several")


def _one_word(secret: SecretStr) -> SecretStr:
    words = secret.get_secret_value().split()
    if len(words) != 1 or not words[0].isascii():
        raise ValueError("that is not one word of plain letters and digits; copy it again")
    return SecretStr(words[0])


def _numbers(ids: object) -> object:
    if not isinstance(ids, str):
        return ids
    if re.fullmatch(r"\s*\d+(\s*,\s*\d+)*\s*", ids, re.ASCII):
        return tuple(int(number) for number in ids.split(","))
    raise ValueError("write the numbers with commas between them, such as 0,1,2")


def _places(names: object) -> object:
    if not isinstance(names, str):
        return names
    listed = tuple(_listed(names))
    if all(re.fullmatch(r"discord/\d+|slack/\w+(/\w+)?", name, re.ASCII) for name in listed):
        return listed
    raise ValueError(
        "write discord/ and a server's ID, or slack/ and a workspace's, with commas between them, "
        "such as discord/81384788765712384,slack/T024BE7LD"
    )


def _absolute(url: str) -> str:
    if url.startswith(("https://", "http://")):
        return url
    raise ValueError("an address begins with https:// or http://; leave it empty for the platform itself")


def _websocket(url: str) -> str:
    if url.startswith(("wss://", "ws://")):
        return url
    raise ValueError("the address of a websocket begins with wss:// or ws://; leave it empty to ask Discord")


_AnyCase: Final = BeforeValidator(lambda value: value.strip().casefold() if isinstance(value, str) else value)
_Positive: TypeAlias = Annotated[int, Field(ge=1)]
_Token: TypeAlias = Annotated[SecretStr, AfterValidator(_one_word)]
_Address: TypeAlias = Annotated[str, AfterValidator(_absolute)]


class Settings(BaseSettings):
    """All settings; an empty value counts as unset.

    Attributes:
        library: an existing folder; None for the library that comes with Overheard.
        cache: folder for the index of a large library; None for the user's cache folder.
        history: file for the chat's input history; None for one in the user's state folder, "off" for none.
        database_url: database for state and logbook; None for SQLite in the user's data folder, "off" for none.
        keep_days: days for which the operator's records are kept there; None for 90.
        fill_from: the servers and workspaces whose managers may write into the library; None for none.
        feedback: whether answers get buttons to rate them; None for yes.
        log_level: None for warnings, or informational messages while serving.
        log_format: None for text.
        metrics_port: port for metrics and health; None for no such server, 0 for any free port.
        metrics_host: the address to listen on for those; None for loopback.
        serve_token: what programs have to send to `serve` and `mcp --http`; None for nothing, only on loopback.
        questions_per_member: limit per minute, on any platform; None for the default.
        questions_per_channel: the same for all members of a channel together.
        discord_token: enables Discord; its other settings have no effect without it.
        discord_shard_ids: the shards that this process runs, of `discord_shard_count`.
        encryption_key: one or several keys, separated by commas; the first encrypts secrets, all decrypt them.
        slack_bot_token: enables Slack for one workspace.
        slack_client_id: with `slack_client_secret`, enables Slack for all workspaces that install the app instead.
        slack_host: the address to listen on for Slack's requests; None for loopback.
    """

    model_config = SettingsConfigDict(
        alias_generator=AliasGenerator(validation_alias=_name),
        env_ignore_empty=True,
        env_file_encoding=_ENCODING,
        extra="ignore",
        frozen=True,
    )

    library: Annotated[Path, AfterValidator(_existing_folder)] | None = None
    cache: Annotated[Path, AfterValidator(Path.expanduser)] | None = None
    history: Annotated[Path | Off, BeforeValidator(_path_or_off)] | None = None
    database_url: Annotated[SecretStr, AfterValidator(_database)] | None = None
    keep_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    encryption_key: Annotated[SecretStr, AfterValidator(_keys)] | None = None
    fill_from: Annotated[tuple[str, ...] | None, NoDecode, BeforeValidator(_places)] = None
    feedback: bool | None = None
    log_level: Annotated[LogLevel, _AnyCase] | None = None
    log_format: Annotated[LogFormat, _AnyCase] | None = None
    metrics_port: Annotated[int, Field(ge=0, le=65535)] | None = None
    metrics_host: str | None = None
    serve_token: _Token | None = None
    questions_per_member: _Positive | None = None
    questions_per_channel: _Positive | None = None
    discord_token: _Token | None = None
    discord_test_guild: _Positive | None = None
    discord_shard_ids: Annotated[tuple[int, ...] | None, NoDecode, BeforeValidator(_numbers)] = None
    discord_shard_count: _Positive | None = None
    discord_message_content: bool | None = None
    discord_api_url: _Address | None = None
    discord_gateway_url: Annotated[str, AfterValidator(_websocket)] | None = None
    slack_bot_token: _Token | None = None
    slack_app_token: _Token | None = None
    slack_signing_secret: _Token | None = None
    slack_client_id: _Token | None = None
    slack_client_secret: _Token | None = None
    slack_host: str | None = None
    slack_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    slack_api_url: _Address | None = None

    def history_file(self) -> Path | None:
        """Return the file of the chat's history; None if it is off."""
        match self.history:
            case "off":
                return None
            case None:
                return user_state_path("overheard", appauthor=False) / "history"
            case path:
                return path

    def encryption_keys(self) -> tuple[str, ...]:
        """List the keys, the one that encrypts first."""
        return () if self.encryption_key is None else tuple(_listed(self.encryption_key.get_secret_value()))

    def install_problem(self) -> str | None:
        """Say what prevents workspaces from installing the Slack app; None if nothing does, or that isn't set up."""
        if self.slack_client_id is None and self.slack_client_secret is None:
            return None
        if self.slack_client_id is None or self.slack_client_secret is None:
            return "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together: set both, or neither"
        if self.slack_bot_token is not None:
            return "SLACK_BOT_TOKEN has to be empty if SLACK_CLIENT_ID is set: each workspace has its own token"
        if self.slack_signing_secret is None:
            return "SLACK_SIGNING_SECRET is not set: with SLACK_CLIENT_ID, the app is served over HTTP"
        if self.database_url is not None and self.database_url.get_secret_value() == OFF:
            return "OVERHEARD_DATABASE_URL is off: with SLACK_CLIENT_ID, each workspace's token has to be stored"
        if self.encryption_key is None:
            return (
                "OVERHEARD_ENCRYPTION_KEY is not set: with SLACK_CLIENT_ID, the tokens of workspaces are stored "
                "encrypted; make a key with `overheard key`"
            )
        return None


def load(given: Mapping[str, str] = _NONE) -> Settings:
    """Read the settings; the environment overrides the file, and `given` overrides both.

    Raises:
        ConfigError: a value can't be used, or the file can't be read. It names the setting and never shows its value.
    """
    # python-dotenv logs the lines it can't read, which `oddities` reports already.
    logging.getLogger("dotenv").setLevel(logging.ERROR)
    try:
        return Settings(_env_file=ENV_FILE, **dict[str, Any](given))
    except ValidationError as error:
        raise ConfigError("\n".join(_complaints(error))) from None
    except (OSError, UnicodeError) as error:
        raise _unreadable(error) from error


def names() -> tuple[str, ...]:
    """List the names of all settings in the environment and `.env`."""
    return tuple(map(_name, Settings.model_fields))


def oddities() -> tuple[str, ...]:
    """List what looks like a setting but isn't one, a sentence each: misspelt names and malformed lines.

    Raises:
        ConfigError: the file can't be read.
    """
    ours = (name for name in sorted(os.environ) if name.upper().startswith(_PREFIX))
    misspelt = (_unknown(name, "the environment") for name in ours if name.upper() not in names())
    return (*misspelt, *_oddities_of_the_file())


def check() -> Report:
    """Check all settings."""
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
    """Return whether this is 32 bytes as `overheard key` encodes them."""
    try:
        return len(base64.b64decode(key.encode("ascii"), altchars=b"-_", validate=True)) == 32
    except ValueError:
        return False


def _oddities_of_the_file() -> Iterator[str]:
    if not ENV_FILE.is_file():
        return
    try:
        with ENV_FILE.open(encoding=_ENCODING) as stream:
            lines = list(parse_stream(stream))
    except (OSError, UnicodeError) as error:
        raise _unreadable(error) from error
    known = names()
    for line in lines:
        if line.error:
            yield f"{ENV_FILE}, line {line.original.line}, is not NAME=value and is ignored."
        elif line.key and line.key.upper() not in known:
            yield _unknown(line.key, str(ENV_FILE))


def _unknown(name: str, place: str) -> str:
    near = get_close_matches(name.upper(), names(), n=1)
    hint = f"did you mean {near[0]}?" if near else ".env.example lists them all."
    return f"{name} in {place} is not a setting; {hint}"


def _complaints(error: ValidationError) -> Iterator[str]:
    for complaint in error.errors(include_input=False, include_url=False):
        reason = complaint["msg"].removeprefix("Value error, ")
        yield f"{str(complaint['loc'][0]).upper()}: {reason[:1].lower()}{reason[1:]}."


def _unreadable(error: OSError | UnicodeError) -> ConfigError:
    reason = "it is not UTF-8 text" if isinstance(error, UnicodeError) else error.strerror or "it cannot be opened"
    return ConfigError(f"{ENV_FILE} cannot be read: {reason}. Save it again as in .env.example, or remove it.")
