"""What Discord shows of commands while they are chosen and typed, in other languages: a file a language, and this.

English is in the commands themselves, and is what a file is read by; a command's name has a / before it there. Answers
call commands by their English names, so a name begins like that where it can. What an answer says is in the words of
the episodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import discord
import yaml
from discord import app_commands

_HERE: Final = Path(__file__).parent


class Translations(app_commands.Translator):
    """Gives Discord each text in the languages that there is a file for."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return a text in a language; None for what has none, which Discord shows in English."""
        names_a_command = context.location is app_commands.TranslationContextLocation.command_name
        return languages().get(locale.value, {}).get(f"/{string.message}" if names_a_command else string.message)


@cache
def languages() -> Mapping[str, Mapping[str, str]]:
    """Read the files: for each language, by Discord's name for it, what each English text is in it."""
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(_HERE.glob("*.yaml"))}
