"""Fills a gap by hand: adds a topic with the words that were said at a time, or another name for an existing topic.

The change to `episode.yaml` is like one typed by a person: nothing else in the file moves, a running bot picks it up,
and later imports leave it alone. `knowledge.library` knows the file's layout.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from bot.port import gaps
from bot.port.errors import UsageError
from bot.port.wording import clock, nearest, unknown_episode
from knowledge.formats import times
from knowledge.ids import ITEM_NAME_LENGTH, numbered, slug
from knowledge.importing.store import LOCK, replace_file
from knowledge.library import EPISODE_FILE, LibraryError
from knowledge.library.episode_file import read_episode
from knowledge.library.episode_text import Value
from knowledge.library.folder import places, read_one
from knowledge.library.items import added, called
from knowledge.library.problems import ProblemLog
from knowledge.library.transcripts import SOURCE, spoken
from knowledge.model import Episode, EpisodeId, Passage, Topic
from knowledge.search.transcript import EpisodeTalk

_WAIT: Final = 5
"""Seconds to wait for another process that is writing."""
_LAYOUT: Final = "its layout doesn't allow it; add it by hand"


class NotFilledError(UsageError):
    """Nothing was written; the message is for the command line.

    Attributes:
        in_chat: the same reason for people who don't see files or the command line.
    """

    def __init__(self, message: str, in_chat: str) -> None:
        super().__init__(message)
        self.in_chat = in_chat


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written.

    Attributes:
        topic: the title of the topic that now answers.
        quote: what was said there, None if only a name was added.
    """

    file: Path
    topic: str
    quote: Passage | None = None


@dataclass(frozen=True, slots=True)
class NewTopic:
    """The question to answer, and the new topic's texts.

    Attributes:
        title: None to use the question's own words.
        summary: None to use a line that says who speaks, and when.
    """

    words: str
    title: str | None = None
    summary: str | None = None


def add_topic(library: Path, episode: str, new: NewTopic, when: str) -> Filled:
    """Add a topic that quotes what is said at a time.

    Raises:
        NotFilledError: there is no such episode or time, or the file can't be changed; nothing was written.
    """
    with _opened(library, episode) as (known, file):
        said = _passage_at(known, file.parent, when)
        title, start = _title(new), clock(said.start or timedelta())
        name = _free_id(title, {_name(topic.id) for topic in known.topics})
        quote = _free_id(title, {_name(quote.id) for quote in known.quotes})
        words = {"id": quote, "text": said.text, "speaker": said.speaker or "", "start": start, "source": SOURCE}
        summary = new.summary or f"{f'{said.speaker} talks about it' if said.speaker else 'It comes up'} at {start}."
        topic: dict[str, Value] = {"id": name, "title": title, "also": [new.words] if new.title else []}
        topic |= {"summary": summary, "source": SOURCE, "quotes": [quote], "start": start}

        def edit(text: str) -> str | None:
            with_quote = added(text, "quotes", _without_empty(words))
            return with_quote and added(with_quote, "topics", _without_empty(topic))

        _edit(file, edit, known.id)
        return Filled(file, title, said)


def add_name(library: Path, episode: str, words: str, topic: str) -> Filled:
    """Add another name to a topic, given by its id or its title.

    Raises:
        NotFilledError: there is no such episode or topic, or the file can't be changed; nothing was written.
    """
    with _opened(library, episode) as (known, file):
        place, found = _topic(known, topic)
        if words.casefold() in (each.casefold() for each in (found.title, *found.names)):
            raise NotFilledError(f"“{found.title}” is already called “{words}”", gaps.called_so(found.title))
        _edit(file, lambda text: called(text, place, words), known.id)
        return Filled(file, found.title)


@contextmanager
def _opened(library: Path, id: str) -> Iterator[tuple[Episode, Path]]:
    """Yield an episode and its file, with the library locked against imports."""
    try:
        known = {place.name: place for place in places(library)}
    except LibraryError as error:
        raise NotFilledError("\n".join(map(str, error.problems)), gaps.BROKEN) from error
    if id not in known:
        near = nearest(id, known, "none, the library is empty")
        raise NotFilledError(f"there is no episode “{id}”; {near}", unknown_episode(id))
    file = known[id] / EPISODE_FILE
    try:
        with FileLock(library / LOCK, timeout=_WAIT):
            episode, problems = read_one(known[id])
            if episode is None:
                raise NotFilledError("\n".join(map(str, problems)), gaps.BROKEN)
            yield episode, file
    except Timeout as error:
        busy = f"an import is running in {library}; try again when it has finished"
        raise NotFilledError(busy, gaps.BUSY) from error
    except OSError as error:
        raise NotFilledError(f"{file} can't be written ({error.strerror})", gaps.NOT_WRITABLE) from error


def _passage_at(episode: Episode, place: Path, when: str) -> Passage:
    time = times.seconds(when.strip())
    if time is None:
        form = "write minutes and seconds, such as 12:30, or 1:02:03"
        raise NotFilledError(f"“{when}” is not a time; {form}", gaps.no_time(when))
    said = EpisodeTalk(spoken(place, episode))
    if not said.timed:
        by_hand = f"write the topic into {place / EPISODE_FILE} by hand"
        raise NotFilledError(f"{episode.id} has no transcript with times; {by_hand}", gaps.UNTIMED)
    at = said.at(timedelta(seconds=time))
    if not at:
        end = said.end or timedelta()
        raise NotFilledError(f"{episode.id} is over by then: it ends at about {clock(end)}", gaps.over_by_then(end))
    return at[0]


def _topic(episode: Episode, wanted: str) -> tuple[int, Topic]:
    for place, topic in enumerate(episode.topics):
        if wanted.casefold() in (_name(topic.id), topic.title.casefold()):
            return place, topic
    near = nearest(wanted, (_name(topic.id) for topic in episode.topics), "none, it has no topics")
    titles = [topic.title for topic in episode.topics]
    raise NotFilledError(f"{episode.id} has no topic “{wanted}”; {near}", gaps.no_topic(wanted, titles))


def _title(new: NewTopic) -> str:
    title = " ".join((new.title or new.words).split()).rstrip("?!. ")
    if not title:
        raise NotFilledError("the question has no words", gaps.NO_QUESTION)
    return title[:1].upper() + title[1:]


def _free_id(title: str, taken: Collection[str]) -> str:
    return next(name for name in numbered(slug(title), ITEM_NAME_LENGTH) if name not in taken)


def _without_empty(fields: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in fields.items() if value}


def _name(id: str) -> str:
    return id.rpartition("/")[2]


def _edit(file: Path, edit: Callable[[str], str | None], id: EpisodeId) -> None:
    """Change a file's text, keeping its line ends and byte order mark; raises NotFilledError if it was left alone."""
    before = file.read_bytes()
    text = before.decode("utf-8-sig")
    line_end = "\r\n" if "\r\n" in text else "\n"
    edited = edit(text.replace("\r\n", "\n"))
    if edited is None:
        raise NotFilledError(f"{file} was left as it is: {_LAYOUT}", gaps.LEFT)
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    after = mark + edited.replace("\n", line_end).encode(errors="replace")
    report = ProblemLog(file)
    if read_episode(after, id, report) is None:
        why = report.problems[0].message if report.problems else _LAYOUT
        raise NotFilledError(f"{file} was left as it is: {why}", gaps.LEFT)
    replace_file(file, after)
