"""Which request asks for which tool, and the model that its arguments have to fit.

Nothing is received or sent here; how the routes are described is `openapi.py`'s.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, create_model

from bot.port.tools import Tool, Tools

_PATHS: Final = {"around": "/around/{id}"}
_WRITTEN: Final = frozenset({"ask", "verify"})
"""What takes words too long for an address, and too private for the logs of whatever stands between."""


@dataclass(frozen=True, slots=True)
class Route:
    """One tool under a path.

    Attributes:
        arguments: what the tool takes, and nothing else.
        reply: what it gives.
        takes_body: whether the arguments come as JSON in the body, and not in the address.
    """

    tool: Tool
    path: str
    arguments: type[BaseModel]
    reply: TypeAdapter[Any]
    takes_body: bool

    @property
    def name(self) -> str:
        """What the tool is called."""
        return self.tool.__name__

    @property
    def about(self) -> str:
        """What it does, in a paragraph or two."""
        return inspect.getdoc(self.tool) or ""


def routes(tools: Tools) -> Sequence[Route]:
    """Make a route for each tool."""
    return tuple(_route(tool) for tool in tools.all)


def _route(tool: Tool) -> Route:
    name = tool.__name__
    signature = inspect.signature(tool, eval_str=True)
    fields: dict[str, Any] = {
        each.name: (each.annotation, ... if each.default is each.empty else each.default)
        for each in signature.parameters.values()
    }
    arguments = create_model(name.title(), __config__=ConfigDict(extra="forbid"), **fields)
    path = _PATHS.get(name, f"/{name}")
    return Route(tool, path, arguments, TypeAdapter(signature.return_annotation), name in _WRITTEN)
