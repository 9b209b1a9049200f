"""The dialogue of the guided start: what to ask next, given the answers so far.

The `Hands` passed in, from `guide.py`, show, ask, fetch and write. Everything can also be done by hand, and Enter skips
any question.
"""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from bot.port.checks import Report
from bot.port.wording import listed

if TYPE_CHECKING:
    from bot.operating.guide import Hands

LIBRARY: Final = "OVERHEARD_LIBRARY"

Settings: TypeAlias = Mapping[str, str]
PlatformId: TypeAlias = Literal["discord", "slack"]

_FOLDER: Final = "library"
"""Default folder for the first import, in the folder that Overheard is started in."""
_EXAMPLE: Final = "example"
"""What to type for the example library."""


@dataclass(frozen=True, slots=True)
class Done:
    """The result of a check, an import or a write.

    Attributes:
        reports: what to show; a problem in any of them means failure.
        folder: after an import, the absolute path of the library.
    """

    reports: Sequence[Report]
    folder: str = ""

    @property
    def failed(self) -> bool:
        """Whether there are problems to fix."""
        return any(report.problems for report in self.reports)


@dataclass(frozen=True, slots=True)
class Ending:
    """What to do next: whether to start, and the library that was filled, None if there was no import."""

    start: bool
    library: str | None = None


@dataclass(frozen=True, slots=True)
class _Platform:
    """A platform, where to get its settings, and each setting's name with what the platform calls it."""

    id: PlatformId
    name: str
    where: str
    settings: tuple[tuple[str, str], ...]


_PLATFORMS: Final = (
    _Platform(
        "discord",
        "Discord",
        "Press “New Application” at https://discord.com/developers/applications, then “Reset Token” under “Bot”.",
        (("DISCORD_TOKEN", "bot token"),),
    ),
    _Platform(
        "slack",
        "Slack",
        "Press “Create New App” at https://api.slack.com/apps, and paste what “{program} manifest” prints. "
        "The tokens are under “Install App” and, with the scope connections:write, under “Basic Information”.",
        (("SLACK_BOT_TOKEN", "bot token (xoxb-…)"), ("SLACK_APP_TOKEN", "app-level token (xapp-…)")),
    ),
)


@dataclass(frozen=True, slots=True)
class ExistingSettings:
    """The existing settings.

    Attributes:
        written: the values in `.env`, by name.
        environment: the names set in the environment, which takes precedence over the file.
        program: what to type to run Overheard.
    """

    written: Settings = field(default_factory=dict)
    environment: Collection[str] = ()
    program: str = "overheard"


def lead(known: ExistingSettings, hands: Hands) -> Ending:
    """Lead through all steps once."""
    hands.say("Set up Overheard in three steps: your podcast, Discord, Slack.")
    hands.say("Enter skips one, Ctrl-C stops. Settings are written to .env, at the end.", "")
    given = dict(_podcast(known, hands))
    library = given.get(LIBRARY)
    for platform in _PLATFORMS:
        given |= _tokens(platform, known, hands)
    written = _write(known, given, hands)
    ready = {*known.written, *known.environment, *written}
    platforms = [each.name for each in _PLATFORMS if each.settings[0][0] in ready]
    # If the setting wasn't changed, the command has to name the library that was filled.
    named = library is None or {**known.written, **written}.get(LIBRARY) == library
    later = f"{known.program} run" if named else f"{known.program} run --library {shlex.quote(library or '')}"
    question = f"Start it in {listed(platforms)} now?" if platforms else "Ask it something now?"
    start = _yes(hands.ask(f"{question} [Y/n]"), otherwise=True)
    if not start:
        hands.say(f"To start it later: {later}")
    return Ending(start, library)


def _podcast(known: ExistingSettings, hands: Hands) -> Settings:
    default = known.written.get(LIBRARY, _FOLDER)
    folder = ""
    hands.say(f"No podcast yet? Type “{_EXAMPLE}” to try Hive Talk, a made-up show whose links lead nowhere.")
    while source := hands.ask("Your podcast's feed, or a folder of transcripts (Enter skips)"):
        if source == _EXAMPLE:
            return {LIBRARY: hands.example}
        if missing := hands.missing(source):
            hands.say(missing)
            continue
        folder = folder or hands.ask(f"Folder to keep its episodes in [{default}]") or default
        # A feed names its show; a folder's name is rarely as good.
        show = "" if "://" in source else hands.ask("The show's name (Enter names it after its folder or files)")
        done = hands.fetch(source, folder, show)
        hands.say(*_lines(done))
        if not done.failed:
            again = f"{known.program} import {_shown(source)} --library {shlex.quote(folder)}"
            hands.say(f"To bring it up to date later: {again}")
            return {LIBRARY: done.folder}
    return {}


def _tokens(platform: _Platform, known: ExistingSettings, hands: Hands) -> Settings:
    names = [name for name, _ in platform.settings]
    if fixed := [name for name in names if name in known.environment]:
        hands.say(f"{platform.name}: the environment sets {listed(fixed)}, which overrides .env; left as it is.")
        return {}
    hands.say("", f"{platform.name}. {platform.where.format(program=known.program)}")
    while given := _typed(platform, known, hands):
        checked = hands.check(platform.id, given)
        hands.say(*_lines(checked))
        if not checked.failed:
            return given
        choice = hands.ask("Enter to try again, “keep” to keep it and fix that later, “skip” to go on")
        match choice.casefold()[:1]:
            case "k":
                return given
            case "s":
                return {}
            case _:
                continue
    return {}


def _typed(platform: _Platform, known: ExistingSettings, hands: Hands) -> Settings:
    """Ask for a platform's settings; nothing for the first one means that the platform isn't wanted."""
    given: dict[str, str] = {}
    for name, called in platform.settings:
        there = name in known.written
        enter = "Enter keeps the current one" if there else "Enter skips"
        if text := hands.ask(f"{platform.name}'s {called} ({enter})", secret=True):
            given[name] = text
        elif not there and not given:
            return {}
    return given


def _write(known: ExistingSettings, given: Settings, hands: Hands) -> Settings:
    """Write new values after asking for consent, and return what was written."""
    wanted: dict[str, str] = {}
    for name, value in given.items():
        old = known.written.get(name)
        if old == value:
            continue
        if old is None or _yes(hands.ask(f"{name} is already in .env. Replace it? [y/N]"), otherwise=False):
            wanted[name] = value
    if not wanted:
        hands.say("", "Nothing to write; .env is unchanged.")
        return {}
    names = listed(list(wanted))
    if not _yes(hands.ask(f"Write {names} to .env? [Y/n]"), otherwise=True):
        hands.say(f"Not written. By hand: put {names} into .env, as .env.example shows.")
        return {}
    done = hands.write(wanted)
    hands.say(*_lines(done))
    return {} if done.failed else wanted


def _lines(done: Done) -> Iterator[str]:
    for report in done.reports:
        yield from (*report.problems, *report.notes, report.summary)


def _shown(source: str) -> str:
    """Quote a source for the shell; one with a login isn't repeated."""
    bare = source.strip("'\"")
    return "SOURCE" if "://" in bare and "@" in bare else shlex.quote(bare)


def _yes(text: str, *, otherwise: bool) -> bool:
    return text.casefold()[:1] == "y" if text else otherwise
