"""Reads a library: a folder with a folder for every episode, each with its `episode.yaml`.

The folder is the source of truth. Nothing but `episode.yaml` is read here, and `episode_file` knows its fields. A
folder whose name begins with "." or "_" is a draft and is ignored.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.ids import EPISODE_ID_LENGTH, is_id, slug
from knowledge.library.episode_file import read_episode
from knowledge.library.inside import LEADS_OUT, leads_out
from knowledge.library.problems import LibraryError, Problem, ProblemLog
from knowledge.model import Episode, EpisodeId

SHIPPED = Path(__file__).parents[1] / "episodes"
"""The library that comes with Overheard."""

EXAMPLE = Path(__file__).parents[1] / "example"
"""Two episodes of a made-up show, to try Overheard out."""

EPISODE_FILE = "episode.yaml"
MOST_BYTES = 1024 * 1024
"""Maximum size of an `episode.yaml` in bytes: notes of a book's length."""
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Library:
    """All episodes that could be read, and the problems of the others.

    Attributes:
        episodes: at least one; newest first, by date, then season, number and id. Those without a date come last.
        problems: by folder, then line; an episode with a problem is not among `episodes`.
    """

    folder: Path
    episodes: tuple[Episode, ...]
    problems: tuple[Problem, ...] = ()


def read(folder: Path) -> Library:
    """Read a library without the episodes that have problems.

    Raises:
        LibraryError: not a single episode can be read; it lists all problems found.
    """
    read_ones = [read_one(place) for place in places(folder)]
    return of(folder, [one for one, _ in read_ones if one], [problem for _, found in read_ones for problem in found])


def read_one(place: Path) -> tuple[Episode | None, tuple[Problem, ...]]:
    """Read the episode in a folder; None if it has problems."""
    report = ProblemLog(place / EPISODE_FILE)
    return _read(place, report), report.problems


def of(folder: Path, episodes: Iterable[Episode], problems: Iterable[Problem]) -> Library:
    """Make a library from what was read in a folder.

    Raises:
        LibraryError: there are no episodes.
    """
    by_id, found = sorted(episodes, key=lambda episode: episode.id), tuple(problems)
    if not by_id:
        raise LibraryError(found or [_nothing_in(folder)])
    return Library(folder, tuple(sorted(by_id, key=_age, reverse=True)), found)


def places(folder: Path) -> list[Path]:
    """List the folders of episodes in a library, sorted by name.

    Raises:
        LibraryError: the folder can't be opened.
    """
    return [folder / name for name in names(folder)]


def names(folder: Path) -> list[str]:
    """List only the names of these folders, which is faster if there are thousands.

    Raises:
        LibraryError: the folder can't be opened.
    """
    try:
        with os.scandir(folder) as found:
            return sorted(entry.name for entry in found if not entry.name.startswith((".", "_")) and _is_place(entry))
    except FileNotFoundError:
        message = "there is no such folder; create it, with a folder in it for every episode"
    except NotADirectoryError:
        message = "this is a file; give the folder that contains your episodes' folders"
    except OSError as error:
        message = f"this folder can't be opened ({error.strerror})"
    raise LibraryError([Problem(folder, None, None, message)])


def _is_place(entry: os.DirEntry[str]) -> bool:
    if not entry.is_symlink():
        return entry.is_dir()
    place = Path(entry.path)
    return place.is_dir() or not place.exists()  # list a broken link, so that somebody notices the missing episode


def _nothing_in(folder: Path) -> Problem:
    if EPISODE_FILE in (path.name for path in folder.iterdir()):
        return Problem(folder, None, None, "this is the folder of a single episode; give the folder that contains it")
    message = f'there are no episodes here; make a folder for each, such as "my-show-1", with an {EPISODE_FILE} in it'
    return Problem(folder, None, None, message)


def _read(place: Path, report: ProblemLog) -> Episode | None:
    if not is_id(place.name, EPISODE_ID_LENGTH):
        rule = f"lower-case letters, digits and hyphens, at most {EPISODE_ID_LENGTH} in all"
        better = slug(place.name, EPISODE_ID_LENGTH)
        name_rule = f"the folder's name is the episode's id and may only have {rule}"
        report.add(None, None, f'{name_rule}; rename it to "{better}"')
    if leads_out(place / EPISODE_FILE, place.parent):
        report.add(None, None, f"this is {LEADS_OUT}")
        return None
    data = _bytes(place / EPISODE_FILE, report)
    if data is None:
        return None
    return read_episode(data, EpisodeId(place.name), report)


def _bytes(path: Path, report: ProblemLog) -> bytes | None:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe or device would never end
            report.add(None, None, "this is not a file; put the episode's text file in its place")
        elif status.st_size > MOST_BYTES:
            limit = MOST_BYTES // 2**20
            report.add(None, None, f"this file is larger than {limit} MB; put the transcript in a file beside it")
        else:
            return path.read_bytes()
    except FileNotFoundError:
        other = path.with_suffix(".yml")
        hint = (
            f"rename {other.name} to it" if other.exists() else 'make one with the lines "title: ..." and "show: ..."'
        )
        report.add(None, None, f"this file is missing; {hint}")
    except OSError as error:
        report.add(None, None, f"this file can't be opened ({error.strerror})")
    return None


def _age(episode: Episode) -> tuple[date, int, tuple[int, ...]]:
    number = tuple(map(int, _DIGITS.findall(episode.number or "")))
    return episode.published or date.min, episode.season or 0, number
