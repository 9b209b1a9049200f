"""What an operator has to put right: wrong use, broken set-ups, a database that is away.

Nothing that a listener typed ends here; "nothing found" is an answer and not an error.
"""

from __future__ import annotations


class OverheardError(Exception):
    """Base of every error whose message tells a person what is wrong and what to do about it."""


class ConfigError(OverheardError):
    """A setting, the `.env` file or the library cannot be used as it is."""


class UsageError(OverheardError):
    """A command was given something that isn't there."""


class StateAwayError(OverheardError):
    """What is kept cannot be reached at the moment; what needs it says so, and an answer does without."""
