"""Serves platforms and other programs, until the process is asked to stop.

The commands are in `cli.py`; `bot/port/serving.py` runs services side by side.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias

import typer

from bot.operating import settings
from bot.operating.composition import Composition, Platform
from bot.operating.session import open_session
from bot.port.addresses import Address
from bot.port.errors import ConfigError
from bot.port.messages import Assistant

if TYPE_CHECKING:
    from bot.port.metering import Meter
    from bot.port.serving import Service
    from bot.port.state import Notes, State

    _MakeService: TypeAlias = Callable[[Address, str | None, Assistant, Meter], Service]


def serve_platforms(composition: Composition, library: Path | None, platforms: Sequence[Platform]) -> NoReturn:
    """Serve platforms side by side; ends with the exit status of the process.

    Raises:
        ConfigError: one of them is not set up, or cannot start.
    """
    chosen = settings.load()
    if library is not None:
        chosen = chosen.model_copy(update={"library": library})
    for platform in platforms:
        make_sure_of(platform, chosen)
    state = composition.state(chosen)

    def services(assistant: Assistant, meter: Meter) -> Sequence[Service]:
        return [platform.service(chosen, assistant, state, meter) for platform in platforms]

    _serve(composition, library, state, services, state.notes)


def make_sure_of(platform: Platform, chosen: settings.Settings) -> None:
    """Make sure that a platform is set up.

    Raises:
        ConfigError: it isn't.
    """
    if not platform.is_set_up(chosen):
        raise ConfigError(f"{platform.needs} is not set. README.md says where to get it; put it into .env")


def serve_programs(composition: Composition, library: Path | None, http: str, make: _MakeService) -> NoReturn:
    """Serve other programs at an address; ends with the exit status of the process.

    Raises:
        UsageError: the address is invalid.
        ConfigError: other machines can reach it without a token, or it can't be listened on.
    """
    from bot.port.state import State

    address = Address.read(http)
    token = settings.load().serve_token
    if token is None and not address.is_private:
        raise ConfigError(f"others can reach {address}: set OVERHEARD_SERVE_TOKEN to a secret that they have to send")
    secret = token.get_secret_value() if token else None
    _serve(composition, library, State(), lambda assistant, meter: [make(address, secret, assistant, meter)])


def _serve(
    composition: Composition,
    library: Path | None,
    state: State,
    services: Callable[[Assistant, Meter], Sequence[Service]],
    notes: Notes | None = None,
) -> NoReturn:
    """Serve until the process is asked to stop; `notes` stores conversations, None for memory. Raises ConfigError."""
    from bot.port.serving import StartError, serve, stop_on_signals

    with open_session(composition, library, settings.LogLevel.INFO, notes) as session:
        watch = composition.watch(session.settings, session.assistant)
        made = services(session.assistant, watch.meter)

        async def until_asked_to_stop() -> int:
            stop = asyncio.Event()
            with stop_on_signals(stop):
                async with state.opened(), watch.opened():
                    return await serve(made, stop)

        try:
            status = session.run(until_asked_to_stop())
        except StartError as error:
            raise ConfigError(str(error)) from error
    raise typer.Exit(status)
