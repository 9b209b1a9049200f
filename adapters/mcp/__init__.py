"""Overheard for AI assistants, over the Model Context Protocol (https://modelcontextprotocol.io)."""
