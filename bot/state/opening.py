"""Makes the state that the settings name. What speaks SQL is imported only where there is a database."""

from __future__ import annotations

from collections.abc import Sequence

from bot.port.state import State


def open_state(url: str | None, keep_days: int | None, keys: Sequence[str] = ()) -> State:
    """Make the state of a database: None for SQLite in the user's data folder, "off" for memory alone.

    `keys` encrypt what is secret, the first of them what is written.

    Raises:
        ConfigError: the URL makes no sense.
    """
    if url == "off":
        return State()
    from bot.state.stored import stored_at

    return stored_at(url, keep_days, keys)
