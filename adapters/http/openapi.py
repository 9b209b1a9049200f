"""Generates an OpenAPI document (https://spec.openapis.org/oas/v3.1.1) from the tools' signatures.

Pure; `service.py` serves the routes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from .routes import Route

_REF: Final = "#/components/schemas/{model}"
_ERROR: Final[Mapping[str, Any]] = {
    "type": "object",
    "description": "Why there is no reply.",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
        }
    },
}


def document(routes: Sequence[Route], version: str, *, asks_for_token: bool) -> dict[str, Any]:
    """Return the OpenAPI document of the routes."""
    schemas: dict[str, Any] = {"Error": dict(_ERROR)}
    paths = {route.path: {"post" if route.takes_body else "get": _operation(route, schemas)} for route in routes}
    components: dict[str, Any] = {"schemas": schemas}
    made: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "Overheard",
            "version": version,
            "description": "Answers questions about podcast episodes with the words that were really said.",
        },
        "paths": paths,
        "components": components,
    }
    if asks_for_token:
        components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        made["security"] = [{"token": []}]
    return made


def _operation(route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.about.partition("\n")[0],
        "description": route.about,
    }
    arguments = _hoisted(route.arguments.model_json_schema(ref_template=_REF), schemas)
    if route.takes_body:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": arguments}}}
    else:
        required = arguments.get("required", [])
        operation["parameters"] = [
            _parameter(route, name, schema, required=name in required)
            for name, schema in arguments["properties"].items()
        ]
    reply = _hoisted(route.reply.json_schema(ref_template=_REF, mode="serialization"), schemas)
    operation["responses"] = {
        "200": {"description": "The reply.", "content": {"application/json": {"schema": reply}}},
        "default": {
            "description": "Why there is none.",
            "content": {"application/json": {"schema": {"$ref": _REF.format(model="Error")}}},
        },
    }
    return operation


def _parameter(route: Route, name: str, schema: Mapping[str, Any], *, required: bool) -> dict[str, Any]:
    place = "path" if f"{{{name}}}" in route.path else "query"
    return {
        "name": name,
        "in": place,
        "required": required,
        "description": schema.get("description", ""),
        "schema": {key: value for key, value in schema.items() if key != "description"},
    }


def _hoisted(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Move a schema's own definitions to the shared `schemas`, and return the rest, which refers to them."""
    schemas.update(schema.pop("$defs", {}))
    return schema
