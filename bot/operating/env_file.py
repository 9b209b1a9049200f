"""Changes settings in a `.env` file, atomically, and makes it readable only by its owner.

Knows only the file's syntax; what the settings mean is in `settings.py`.
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
    """Read a file's values by name, without empty ones, which count as unset."""
    lines = parse_stream(io.StringIO(_text(path)))
    return {line.key.upper(): line.value for line in lines if line.key and line.value}


def write(path: Path, given: Mapping[str, str]) -> None:
    """Set some values and keep every other line.

    Raises:
        OSError: the file can't be written and is unchanged.
    """
    target = path.resolve()  # so that a symbolic link stays one
    handle, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".env.")  # created with mode 600
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(merged(_text(target), given).encode())
        Path(unfinished).replace(target)
    except BaseException:  # Ctrl-C too
        Path(unfinished).unlink(missing_ok=True)
        raise


def merged(text: str, given: Mapping[str, str]) -> str:
    """Return a file's text with some values set, in place if it has their names, otherwise at the end."""
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
        indent = was[: len(was) - len(was.lstrip())]  # the parser counts preceding blank lines as part of a line
        end = "\r\n" if was.endswith("\r\n") else "\n"
        yield f"{indent}{name}={_quoted(given[name])}{end}"


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig") if path.exists() else ""
