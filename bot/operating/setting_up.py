"""The guided start as a conversation: what is asked next, given what was answered so far.

Pure: yields steps and takes what became of each. Reading, showing, fetching and writing are `guide.py`'s work.
All of it can be done by hand as well, and Enter passes over each question.
"""

from __future__ import annotations

import shlex
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from bot.port.checks import Report
from bot.port.wording import listed

LIBRARY: Final = "OVERHEARD_LIBRARY"

_FOLDER: Final = "library"
"""Where a first import goes, in the folder that Overheard is started in."""


@dataclass(frozen=True, slots=True)
class Say:
    """Show sentences, a line each."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for a line, which may be empty; a secret isn't shown while it is typed."""

    question: str
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Import:
    """Import a feed or a folder into a library; the show is called as its feed or files say where `show` is empty."""

    source: str
    library: str
    show: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Ask a platform about settings that aren't written yet."""

    platform: Literal["discord", "slack"]
    given: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Write:
    """Put settings into `.env`; all else in it stays."""

    given: Mapping[str, str]


Step: TypeAlias = Say | Ask | Import | Check | Write


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a step.

    Attributes:
        text: what was typed; of an import, the library's folder as an absolute path.
        reports: what a check or an import says; a problem in one of them means that it isn't done.
    """

    text: str = ""
    reports: Sequence[Report] = ()

    @property
    def failed(self) -> bool:
        """Whether something is to be put right."""
        return any(report.problems for report in self.reports)


@dataclass(frozen=True, slots=True)
class Ending:
    """What is left to do: start or not, and the library that was filled, None where none was."""

    start: bool
    library: str | None = None


_Setting: TypeAlias = tuple[str, str]
"""A setting's name, and what it is called where it is copied from."""


@dataclass(frozen=True, slots=True)
class _Platform:
    id: Literal["discord", "slack"]
    name: str
    where: str
    settings: tuple[_Setting, ...]


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

Settings: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """The settings that are there.

    Attributes:
        written: what `.env` has, by name.
        environment: the names that the environment sets, which wins over the file.
        program: what is typed to call Overheard.
    """

    written: Settings = field(default_factory=dict)
    environment: Collection[str] = ()
    program: str = "overheard"


def dialogue(known: Known) -> Generator[Step, Reply, Ending]:
    """Lead through everything once."""
    yield _say("Overheard, set up in three steps: your podcast, Discord, Slack.")
    yield _say("Enter skips one, Ctrl-C stops. Settings are written to .env, at the end.", "")
    given = dict((yield from _podcast(known)))
    library = given.get(LIBRARY)
    for platform in _PLATFORMS:
        given |= yield from _tokens(platform, known)
    written = yield from _writing(known, given)
    ready = {*known.written, *known.environment, *written}
    platforms = [each.name for each in _PLATFORMS if each.settings[0][0] in ready]
    # Whoever left the setting as it was has to name the library that was filled.
    named = library is None or {**known.written, **written}.get(LIBRARY) == library
    later = f"{known.program} run" if named else f"{known.program} run --library {shlex.quote(library or '')}"
    return Ending((yield from _starting(platforms, later)), library)


def _podcast(known: Known) -> Generator[Step, Reply, Settings]:
    default = known.written.get(LIBRARY, _FOLDER)
    folder = ""
    while source := (yield Ask("Your podcast's feed, or a folder of transcripts (Enter skips)")).text:
        folder = folder or (yield Ask(f"Folder to keep its episodes in [{default}]")).text or default
        # A feed says what its show is called; a folder's name is seldom as good.
        show = "" if "://" in source else (yield Ask("What the show is called (Enter: by its folder or files)")).text
        done = yield Import(source, folder, show)
        yield Say(tuple(_told(done.reports)))
        if not done.failed:
            again = f"{known.program} import {_shown(source)} --library {shlex.quote(folder)}"
            yield _say(f"To bring it up to date later: {again}")
            return {LIBRARY: done.text}
    return {}


def _tokens(platform: _Platform, known: Known) -> Generator[Step, Reply, Settings]:
    names = [name for name, _ in platform.settings]
    if fixed := [name for name in names if name in known.environment]:
        yield _say(f"{platform.name}: the environment sets {listed(fixed)}, which wins over .env; left as it is.")
        return {}
    yield _say("", f"{platform.name}. {platform.where.format(program=known.program)}")
    while given := (yield from _typed(platform, known)):
        checked = yield Check(platform.id, given)
        yield Say(tuple(_told(checked.reports)))
        if not checked.failed:
            return given
        choice = (yield Ask("Enter to try again, “keep” to keep it and put that right later, “skip” to go on")).text
        match choice.casefold()[:1]:
            case "k":
                return given
            case "s":
                return {}
            case _:
                continue
    return {}


def _typed(platform: _Platform, known: Known) -> Generator[Step, Reply, Settings]:
    """Ask for a platform's settings; who has nothing for the first of them doesn't want the platform."""
    given: dict[str, str] = {}
    for name, called in platform.settings:
        there = name in known.written
        enter = "Enter keeps the one that is there" if there else "Enter skips"
        text = (yield Ask(f"{platform.name}'s {called} ({enter})", secret=True)).text
        if text:
            given[name] = text
        elif not there and not given:
            return {}
    return given


def _writing(known: Known, given: Settings) -> Generator[Step, Reply, Settings]:
    wanted: dict[str, str] = {}
    for name, value in given.items():
        old = known.written.get(name)
        if old == value:
            continue
        if old is None or _yes((yield Ask(f"{name} is in .env already. Replace it? [y/N]")).text, otherwise=False):
            wanted[name] = value
    if not wanted:
        yield _say("", "There is nothing to write; .env is as it was.")
        return {}
    names = listed(list(wanted))
    if not _yes((yield Ask(f"Write {names} to .env? [Y/n]")).text, otherwise=True):
        yield _say(f"Not written. By hand: put {names} into .env, as .env.example shows.")
        return {}
    done = yield Write(wanted)
    yield Say(tuple(_told(done.reports)))
    return {} if done.failed else wanted


def _starting(platforms: Sequence[str], later: str) -> Generator[Step, Reply, bool]:
    question = f"Start it in {listed(platforms)} now?" if platforms else "Ask it something now?"
    if _yes((yield Ask(f"{question} [Y/n]")).text, otherwise=True):
        return True
    yield _say(f"Whenever you like: {later}")
    return False


def _told(reports: Sequence[Report]) -> Iterator[str]:
    for report in reports:
        yield from (*report.problems, *report.notes, report.summary)


def _shown(source: str) -> str:
    """Write a source as a shell takes it; one with a login isn't repeated."""
    bare = source.strip("'\"")
    return "SOURCE" if "://" in bare and "@" in bare else shlex.quote(bare)


def _yes(text: str, *, otherwise: bool) -> bool:
    return text.casefold()[:1] == "y" if text else otherwise


def _say(*lines: str) -> Say:
    return Say(lines)
