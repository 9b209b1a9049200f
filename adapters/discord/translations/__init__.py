"""Translations of the commands' names and descriptions, one file for each language.

The commands themselves have the English texts, which are a file's keys; a command's name has a / before it there.
Answers refer to commands by their English names, so a translated name begins like the English one if possible.
Answers themselves aren't translated.
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
    """Gives Discord each text in every language that has a file."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return a translated text; None if there is none, and Discord shows English."""
        names_a_command = context.location is app_commands.TranslationContextLocation.command_name
        return languages().get(locale.value, {}).get(f"/{string.message}" if names_a_command else string.message)


@cache
def languages() -> Mapping[str, Mapping[str, str]]:
    """Read the files: the translation of each English text, by Discord's name of the language."""
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(_HERE.glob("*.yaml"))}
