"""Plays a terminal session and shows its screen as a page.

    python -m benchmarks.looks.terminal FOLDER

Runs the real Overheard from its command line, types what a person would, and shows the resulting screen.
"""

from __future__ import annotations

import fcntl
import os
import pty
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from html import escape
from pathlib import Path
from select import select
from typing import Final

import pyte

from benchmarks.looks.__main__ import picture
from knowledge.library import EXAMPLE

_COLUMNS, _ROWS = 92, 60
_PATIENCE: Final = 1.5
"""Seconds without output after which a screen counts as finished; starting takes longer."""
_SLOWEST: Final = 60.0
_WHERE: Final = b"\x1b[6n"
"""Asks for the cursor's position."""
_STYLE: Final = (
    "body{margin:0;background:#16181d;color:#d5d8de;font:15px/1.35 'DejaVu Sans Mono',monospace;padding:14px 18px}"
    "pre{margin:0;font:inherit}"
)
_COLOURS: Final = {
    "black": "#5c6370", "red": "#e06c75", "green": "#98c379", "brown": "#e5c07b",
    "blue": "#61afef", "magenta": "#c678dd", "cyan": "#56b6c2", "white": "#d5d8de",
}  # fmt: skip
_LINE: Final = 20.25
_MARGIN: Final = 28

_CHAT: Final = (
    "what did they say abuot swarms?",
    "who said that?",
    "did Ann say a swarm moves when enough scouts agree?",
)
_SETUP: Final = ("transcripts", "", "Hive Talk", "", "", "", "n")


def main() -> int:
    """Write a page and a picture of the chat and of the guided setup."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.gettempdir()) / "looks"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "hive"
        _transcripts(home / "transcripts")
        sessions = {"chat": (["chat", "--example"], _CHAT), "setup": (["setup"], _SETUP)}
        for name, (arguments, typed) in sessions.items():
            rows = _played(arguments, typed, home)
            page = folder / f"{name}.html"
            page.write_text(_page(rows), "utf-8")
            if browser := shutil.which("chromium") or shutil.which("google-chrome"):
                picture(browser, page, round(len(rows) * _LINE) + _MARGIN, 870)
    print(f"2 pages in {folder}")
    return 0


def _transcripts(folder: Path) -> None:
    folder.mkdir(parents=True)
    for transcript in sorted(EXAMPLE.glob("*/transcript.vtt")):
        shutil.copy(transcript, folder / f"{transcript.parent.name}.vtt")


def _played(arguments: Sequence[str], typed: Sequence[str], home: Path) -> list[str]:
    """Type lines, each once the output stops, and return the screen's rows as HTML."""
    screen = pyte.Screen(_COLUMNS, _ROWS)
    stream = pyte.ByteStream(screen)
    ours, theirs = pty.openpty()
    fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    program = [str(Path(sys.executable).with_name("overheard")), *arguments]
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    with subprocess.Popen(program, cwd=home, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:  # noqa: S603 - ours
        os.close(theirs)
        _watched(ours, screen, stream, at_least=5)
        for line in typed:
            os.write(ours, f"{line}\r".encode())
            _watched(ours, screen, stream)
        process.terminate()
    rows = [_row(screen, number) for number in range(_ROWS)]
    while rows and not rows[-1].strip():
        rows.pop()
    return rows


def _watched(terminal: int, screen: pyte.Screen, stream: pyte.ByteStream, at_least: float = 0) -> None:
    """Feed output to the screen until it stops."""
    began = last = time.monotonic()
    while (now := time.monotonic()) - began < _SLOWEST and (now - last < _PATIENCE or now - began < at_least):
        if not select([terminal], [], [], 0.1)[0]:
            continue
        try:
            shown = os.read(terminal, 65536)
        except OSError:  # the process has ended
            return
        *before, rest = shown.split(_WHERE)
        for each in before:
            stream.feed(each)
            os.write(terminal, f"\x1b[{screen.cursor.y + 1};{screen.cursor.x + 1}R".encode())
        stream.feed(rest)
        last = time.monotonic()


def _row(screen: pyte.Screen, number: int) -> str:
    cells = [screen.buffer[number][column] for column in range(_COLUMNS)]
    while cells and cells[-1].data == " " and not cells[-1].reverse:
        cells.pop()
    shown = []
    for cell in cells:
        colour = _COLOURS.get(cell.fg, f"#{cell.fg}" if len(cell.fg) == 6 and cell.fg != "default" else "")
        style = f"color:{colour};" * bool(colour) + "font-weight:bold;" * cell.bold + "font-style:italic" * cell.italics
        shown.append(f'<span style="{style}">{escape(cell.data)}</span>' if style else escape(cell.data))
    return "".join(shown)


def _page(rows: Sequence[str]) -> str:
    return f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style><pre>{chr(10).join(rows)}</pre>"


if __name__ == "__main__":
    sys.exit(main())
