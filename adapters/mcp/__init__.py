"""Overheard for assistants of all kinds, over the Model Context Protocol (https://modelcontextprotocol.io)."""
