"""The options that several commands share, each as the type of its parameter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

LibraryOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--library", metavar="DIR", help="Folder of episodes.", exists=True, file_okay=False, show_default=False
    ),
]
EpisodeOption: TypeAlias = Annotated[
    str | None, typer.Option("--episode", metavar="ID", help="This episode only.", show_default=False)
]
ExampleOption: TypeAlias = Annotated[
    bool, typer.Option("--example", help="Use the example library, two episodes of a made-up show.")
]
