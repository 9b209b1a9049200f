"""Overheard over HTTP, for other programs: JSON in and out, described by an OpenAPI document and a page made of it."""
