"""The composition root: the one place that knows the core, the terminal and the platforms.

Puts parts together and turns errors into a line and an exit status. What may be typed is in `cli.py`.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import os
import sys
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pydantic import SecretStr

from bot.operating import cli
from bot.operating.composition import Composition, Platform, SetupPart, Terminal
from bot.operating.session import Status
from bot.operating.settings import OFF, Settings
from bot.port.checks import Report
from bot.port.errors import ConfigError, OverheardError
from bot.port.messages import Assistant

if TYPE_CHECKING:
    from adapters.discord.config import DiscordConfig
    from adapters.slack.config import SlackConfig
    from adapters.terminal.progress import Bar
    from bot.operating.importing import ImportOutcome
    from bot.port.addresses import Address
    from bot.port.backend import Backend
    from bot.port.cards import Draw
    from bot.port.charts import DrawChart
    from bot.port.limits import Rate
    from bot.port.metering import Meter, Watch
    from bot.port.serving import Service
    from bot.port.state import Notes, State
    from knowledge.importing.run import Options


def main() -> None:
    """Run the command line and end the process with its exit status."""
    # All that is alive at the end goes with the process: to look for garbage among it first takes a sixth of a second.
    atexit.register(gc.freeze)
    with contextlib.redirect_stderr(_Defused(sys.stderr or io.StringIO())):
        try:
            cli.app(obj=_composition(), prog_name="overheard")
        except OverheardError as error:
            _end_with(str(error))
        except OSError as error:
            # A full disk or a closed terminal; without this the last flush would print a traceback.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            _end_with(f"{error.strerror or error}")


def _end_with(message: str) -> None:
    print(f"overheard: {message}", file=sys.stderr)  # noqa: T201
    sys.exit(Status.WRONG)


def _composition() -> Composition:
    discord = Platform(lambda given: given.discord_token is not None, "DISCORD_TOKEN", _discord, _discord_check)
    slack = Platform(_slack_is_set_up, "SLACK_BOT_TOKEN", _slack, _slack_check)
    return Composition(
        terminal=_terminal,
        assistant=_assistant,
        library_check=_library_check,
        importer=_importer,
        platforms={SetupPart.DISCORD: discord, SetupPart.SLACK: slack},
        state=_state,
        manifest=_manifest,
        watch=_watch,
        http=_http,
        mcp=_mcp,
        mcp_stdio=_mcp_stdio,
        cards=_cards,
    )


# Each imports what it makes: `overheard --help` needs none of it, and `ask` no line editor and no SDK.


def _terminal() -> Terminal:
    from adapters.terminal.client import TerminalClient

    return TerminalClient()


def _assistant(folder: Path | None, notes: Notes | None = None) -> Assistant:
    from bot.operating import settings
    from bot.operating.opening import open_assistant

    return open_assistant(folder, settings.load().cache, notes, _indexing)


def _indexing() -> AbstractContextManager[Bar]:
    from adapters.terminal.progress import shown

    return shown(what="Indexing")


def _state(settings: Settings) -> State:
    from bot.port import state

    url = _secret(settings.database_url)
    if url == OFF:
        return state.State()
    from bot.state.stored import stored_at

    return stored_at(url, settings.keep_days, settings.encryption_keys())


def _backend(settings: Settings, assistant: Assistant, state: State, meter: Meter) -> Backend:
    from functools import partial

    from bot.operating.digesting import digest_of
    from bot.operating.filling_from_chats import LibraryGaps
    from bot.port.backend import Backend
    from bot.port.posting import Poster

    poster = Poster(state, assistant, partial(digest_of, state.logbook))
    gaps = LibraryGaps(state.logbook, settings.library, settings.fill_from or ())
    return Backend(assistant, state, poster, meter, _cards(), _charts(), gaps)


def _watch(settings: Settings, assistant: Assistant) -> Watch:
    if settings.metrics_port is None:
        from bot.port import metering

        return metering.Watch()
    from adapters.metrics.watch import PrometheusWatch

    return PrometheusWatch(assistant, settings.metrics_host or "127.0.0.1", settings.metrics_port, _version())


def _http(address: Address, token: str | None, assistant: Assistant, meter: Meter) -> Service:
    from adapters.http.service import HttpConfig, HttpService

    return HttpService(HttpConfig(address, _version(), token), assistant, meter)


def _mcp(address: Address, token: str | None, assistant: Assistant, meter: Meter) -> Service:
    with _mcp_installed():
        from adapters.mcp.server import McpService

    return McpService(address, token, assistant, _version(), meter)


def _mcp_stdio(assistant: Assistant) -> Coroutine[object, object, None]:
    with _mcp_installed():
        from adapters.mcp.server import serve_stdio

    return serve_stdio(assistant, _version())


@contextlib.contextmanager
def _mcp_installed() -> Iterator[None]:
    """Say what to install where the protocol's library is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"the Model Context Protocol needs one more package ({error.name} is missing): "
            "pip install 'mcp>=2.3,<3', in the environment that Overheard is in"
        ) from error


def _version() -> str:
    return version("overheard")


def _cards() -> Draw | None:
    from functools import partial

    try:
        from adapters.pictures.art import small
        from adapters.pictures.drawing import draw_evidence
    except ImportError:  # without the extra `cards`, or with a Pillow that this machine can't load
        return None
    from adapters.web.art import Art

    return partial(draw_evidence, art_at=Art(small))


def _charts() -> DrawChart | None:
    try:
        from adapters.pictures.chart import draw_chart
    except ImportError:  # as above
        return None
    return draw_chart


def _library_check(folder: Path | None) -> Report:
    from bot.operating.opening import check_library

    return check_library(folder)


def _discord(settings: Settings, assistant: Assistant, state: State, meter: Meter) -> Service:
    from adapters.discord.service import DiscordService

    return DiscordService(_discord_config(settings), _backend(settings, assistant, state, meter))


async def _discord_check(settings: Settings) -> Sequence[Report]:
    from adapters.discord.check import check
    from bot.port.metering import Meter
    from bot.port.state import State

    # Of any library: the commands, which are compared with those that Discord knows, are the same for all.
    return await check(_discord_config(settings), _backend(settings, _assistant(None), State(), Meter()))


def _discord_config(settings: Settings) -> DiscordConfig:
    from adapters.discord.config import DISCORD_API, DiscordConfig

    per_member, per_channel = _rates(settings)
    return DiscordConfig(
        token=_secret(settings.discord_token) or "",
        test_guild=settings.discord_test_guild,
        shard_ids=settings.discord_shard_ids,
        shard_count=settings.discord_shard_count,
        api_url=settings.discord_api_url or DISCORD_API,
        gateway_url=settings.discord_gateway_url,
        per_member=per_member,
        per_channel=per_channel,
        feedback=settings.feedback is not False,
        message_content=settings.discord_message_content is True,
    )


def _slack_is_set_up(settings: Settings) -> bool:
    return any((settings.slack_bot_token, settings.slack_client_id, settings.slack_client_secret))


def _slack(settings: Settings, assistant: Assistant, state: State, meter: Meter) -> Service:
    from adapters.slack.service import SlackService

    if (problem := settings.install_problem()) is not None:
        raise ConfigError(problem)
    return SlackService(_slack_config(settings), _backend(settings, assistant, state, meter))


async def _slack_check(settings: Settings) -> Sequence[Report]:
    from adapters.slack.check import check

    if (problem := settings.install_problem()) is not None:
        return [Report("Many workspaces: not set up.", (f"{problem}.",))]
    return await check(_slack_config(settings))


def _slack_config(settings: Settings) -> SlackConfig:
    from adapters.slack.config import Client, SlackConfig

    id, secret = _secret(settings.slack_client_id), _secret(settings.slack_client_secret)
    default = SlackConfig(bot_token=_secret(settings.slack_bot_token) or "")
    per_member, per_channel = _rates(settings)
    return SlackConfig(
        bot_token=default.bot_token,
        app_token=_secret(settings.slack_app_token),
        signing_secret=_secret(settings.slack_signing_secret),
        host=settings.slack_host or default.host,
        port=settings.slack_port or default.port,
        client=Client(id, secret) if id and secret else None,
        api_url=settings.slack_api_url or default.api_url,
        per_member=per_member,
        per_channel=per_channel,
        feedback=settings.feedback is not False,
    )


def _manifest(address: str | None, many: bool) -> Mapping[str, object]:  # noqa: FBT001 - as `Composition` has it
    from adapters.slack.manifest import manifest

    return manifest(address, many=many)


def _rates(settings: Settings) -> tuple[Rate, Rate]:
    from bot.port.limits import PER_CHANNEL, PER_MEMBER, Rate

    member, channel = settings.questions_per_member, settings.questions_per_channel
    return (
        Rate(member, timedelta(minutes=1)) if member else PER_MEMBER,
        Rate(channel, timedelta(minutes=1)) if channel else PER_CHANNEL,
    )


def _secret(setting: SecretStr | None) -> str | None:
    return None if setting is None else setting.get_secret_value()


def _importer(sources: Sequence[str], library: Path, options: Options) -> ImportOutcome:
    import asyncio

    from adapters.terminal.progress import shown
    from adapters.web.client import WebClient
    from bot.operating import settings
    from bot.operating.importing import import_sources
    from bot.operating.opening import index_library

    try:
        with shown() as bar:
            outcome = asyncio.run(import_sources(sources, library, options, WebClient.opened(), bar))
        if outcome.episodes and not options.dry_run:
            index_library(library, settings.load().cache, _indexing)
    except KeyboardInterrupt:
        print("overheard: stopped; what is imported stays, and the next import goes on", file=sys.stderr)  # noqa: T201
        raise
    return outcome


class _Defused(io.TextIOBase):
    """Standard error without anything that a terminal would obey: messages quote arguments, settings and files."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        from adapters.terminal.render import safe

        return self._stream.write(safe(text))

    def flush(self) -> None:
        if not self._stream.closed:  # what is left of this object is flushed after the stream has gone
            self._stream.flush()


if __name__ == "__main__":
    main()
