"""Overheard over HTTP, for other programs: JSON in and out, with an OpenAPI document and a page generated from it."""
