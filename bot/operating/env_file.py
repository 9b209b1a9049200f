"""Changes settings in a `.env` file: whole or not at all, and readable by its owner alone.

The file's form only; what the settings mean is in `settings.py`.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from dotenv.parser import parse_stream

_PLAIN: Final = re.compile(r"[\w:/.@%+,~-]+", re.ASCII)
_BEGINNING: Final = "# Settings; .env.example lists them all. Keep this file to yourself.\n"


def values(path: Path) -> dict[str, str]:
    """Read what a file sets, by name; empty values, which count as unset, are left out."""
    lines = parse_stream(io.StringIO(_text(path)))
    return {line.key.upper(): line.value for line in lines if line.key and line.value}


def write(path: Path, given: Mapping[str, str]) -> None:
    """Set some values and keep every other line.

    Raises:
        OSError: it can't be written, and is as it was.
    """
    target = path.resolve()  # a link stays one
    handle, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".env.")  # made with mode 600
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(merged(_text(target), given).encode())
        Path(unfinished).replace(target)
    except BaseException:  # Ctrl-C too
        Path(unfinished).unlink(missing_ok=True)
        raise


def merged(text: str, given: Mapping[str, str]) -> str:
    """Return a file's text with some values set, in their places where it has these names, else at its end."""
    kept = "".join(_lines(text, given)) or _BEGINNING
    there = {line.key.upper() for line in parse_stream(io.StringIO(text)) if line.key}
    added = "".join(f"{name}={_quoted(value)}\n" for name, value in given.items() if name not in there)
    return f"{kept}\n{added}" if added and not kept.endswith("\n") else kept + added


def _lines(text: str, given: Mapping[str, str]) -> Iterator[str]:
    for line in parse_stream(io.StringIO(text)):
        was = line.original.string
        name = (line.key or "").upper()
        if name not in given:
            yield was
            continue
        indent = was[: len(was) - len(was.lstrip())]  # blank lines before it belong to a line
        end = "\r\n" if was.endswith("\r\n") else "\n"
        yield f"{indent}{name}={_quoted(given[name])}{end}"


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig") if path.exists() else ""
