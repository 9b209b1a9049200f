"""The options of commands, each as a type that its parameter has."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

LibraryOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--library", metavar="DIR", help="Folder of episodes.", exists=True, file_okay=False, show_default=False
    ),
]
FilledOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--library", metavar="DIR", help="Folder to fill; created if need be.", file_okay=False, show_default=False
    ),
]
EpisodeOption: TypeAlias = Annotated[
    str | None, typer.Option("--episode", metavar="ID", help="This episode only.", show_default=False)
]
ExampleOption: TypeAlias = Annotated[
    bool, typer.Option("--example", help="Ask the example library, two episodes of a made-up show.")
]
DryRunOption: TypeAlias = Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")]
LimitOption: TypeAlias = Annotated[
    int | None,
    typer.Option("--limit", min=1, metavar="N", help="At most so many, of a feed the newest.", show_default=False),
]
SinceOption: TypeAlias = Annotated[
    datetime | None,
    typer.Option(
        "--since", formats=["%Y-%m-%d"], metavar="DATE", help="Only those published since.", show_default=False
    ),
]
ShowOption: TypeAlias = Annotated[
    str | None, typer.Option("--show", metavar="NAME", help="What the show is called.", show_default=False)
]
RefreshOption: TypeAlias = Annotated[bool, typer.Option("--refresh", help="Fetch even what seems unchanged.")]
AllowPrivateOption: TypeAlias = Annotated[
    bool, typer.Option("--allow-private", help="Let a feed's links lead into your own network.")
]
