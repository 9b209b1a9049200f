"""Overheard in Slack: mentions, direct messages, the assistant pane, slash commands, shortcuts and the Home tab."""
