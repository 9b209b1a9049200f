"""Gives a failure a reference: the asker is shown it, and the operator finds the traceback by it in the log.

What the asker reads is in `wording`; what is done about a failure, an adapter knows.
"""

from __future__ import annotations

import logging
import secrets


def new_reference() -> str:
    """Make up a short name for something that went wrong."""
    return secrets.token_hex(3)


def note_failure(log: logging.Logger, error: Exception) -> str:
    """Log an unexpected error with its traceback, and return the reference it is logged under."""
    reference = new_reference()
    log.error("an answer failed (reference %s)", reference, exc_info=error)
    return reference
