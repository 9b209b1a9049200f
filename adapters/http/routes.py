"""Maps requests to tools, and defines the models that their arguments have to match.

Nothing is received or sent here; `openapi.py` describes the routes.
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
"""Tools whose arguments go in the body, because they are too long for a URL and too private for proxies' logs."""


@dataclass(frozen=True, slots=True)
class Route:
    """A tool at a path.

    Attributes:
        arguments: model of the tool's arguments, which forbids others.
        reply: type of its result.
        takes_body: whether the arguments are JSON in the body, rather than in the URL.
    """

    tool: Tool
    path: str
    arguments: type[BaseModel]
    reply: TypeAdapter[Any]
    takes_body: bool

    @property
    def name(self) -> str:
        """The tool's name."""
        return self.tool.__name__

    @property
    def about(self) -> str:
        """The tool's description, a paragraph or two."""
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
