"""Overheard in Discord: mentions, replies, direct messages, slash commands, context menus and buttons."""
