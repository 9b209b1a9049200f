"""Overheard in a terminal: one-off answers, lists, JSON lines and the chat."""
