"""All tables, and how long their rows are kept; `migrations/` creates them, and a test checks that the two agree.

Times are seconds since 1970 on the database's clock, so that all processes agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, Double, Index, Integer, MetaData, String, Table, Text

# PostgreSQL's `insert`, for its `on_conflict_do_…`: SQLite's compiler supports it, but not the other way round.
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from bot.port.players import PLAYERS_LAST
from bot.port.state import NOTES_LAST
from bot.port.wishes import WISHES_LAST

__all__ = ["insert"]

KEEP: Final = "keep"


@dataclass(frozen=True, slots=True)
class Keep:
    """How long a table's rows are kept, and whose they are; stored in its `info` under `KEEP`.

    Attributes:
        since: the column with the time from which a row ages.
        lasts: retention of a row; None for that of the setting OVERHEARD_KEEP_DAYS.
        names: the columns that name the person or workspace that a row belongs to.
    """

    since: str
    lasts: timedelta | None = None
    names: tuple[str, ...] = ()


class now(GenericFunction[float]):  # noqa: N801 - a function of SQL
    """The time on the database's clock."""

    type = Double()
    inherit_cache = True
    name = "overheard_now"


@compiles(now, "sqlite")
def _now_in_sqlite(_: now, _compiler: SQLCompiler, **_options: object) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(now, "postgresql")
def _now_in_postgresql(_: now, _compiler: SQLCompiler, **_options: object) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) AS double precision)"


class day_of(GenericFunction[int]):  # noqa: N801 - a function of SQL
    """The day of a time in UTC, counted from 1970."""

    type = Integer()
    inherit_cache = True
    name = "overheard_day_of"


@compiles(day_of, "sqlite")
def _day_of_in_sqlite(day: day_of, compiler: SQLCompiler, **options: object) -> str:
    return f"CAST(({compiler.process(day.clauses, **options)}) / 86400 AS INTEGER)"


@compiles(day_of, "postgresql")
def _day_of_in_postgresql(day: day_of, compiler: SQLCompiler, **options: object) -> str:
    return f"CAST(floor(({compiler.process(day.clauses, **options)}) / 86400) AS integer)"


def upsert(table: Table, **values: object) -> Insert:
    """Insert a row, or update the one with the same key."""
    new = insert(table).values(values)
    keys = list(table.primary_key.columns.keys())
    return new.on_conflict_do_update(
        index_elements=keys, set_={name: new.excluded[name] for name in values if name not in keys}
    )


def time_of(at: float) -> datetime:
    """Convert a time from the database."""
    return datetime.fromtimestamp(at, UTC)


metadata = MetaData()


def _table(name: str, keep: Keep, *columns: Column[Any]) -> Table:
    """Define a table whose last column is the time from which its rows age."""
    ages = Column(keep.since, Double, nullable=False, index=True)
    return Table(name, metadata, *columns, ages, info={KEEP: keep})


notes = _table(
    "notes",
    Keep("written_at", NOTES_LAST, ("name", "text")),
    Column("name", String, primary_key=True),
    Column("text", Text, nullable=False),
)
"""What conversations are about, which one an answer belongs to, and who talks with the bot in a thread; by ids."""

deliveries = _table(
    "deliveries",
    Keep("received_at", timedelta(days=1), ("name",)),
    Column("name", String, primary_key=True),
    Column("event", Text),  # null once it is answered
    Column("owner", String, nullable=False),
    Column("leased_until", Double, nullable=False),
    Column("tries", Integer, nullable=False),
)
"""Events that a platform delivered, and which process answers each."""

_unanswered = deliveries.c.event.isnot(None)
Index("unanswered", deliveries.c.leased_until, sqlite_where=_unanswered, postgresql_where=_unanswered)

limits = _table(
    "limits",
    Keep("full_at", timedelta(hours=1)),
    Column("name", String, primary_key=True),
)
"""When the full allowance of a member or channel is restored, see `bot/port/limits.py`."""

missed = _table(
    "missed",
    Keep("asked_at"),
    Column("id", String, primary_key=True),
    Column("words", Text, nullable=False),
    Column("outcome", String, nullable=False),
    Column("nearest", Text),
    Column("platform", String, nullable=False),
    Column("server", String, nullable=False),
    Column("channel", String, nullable=False),
)
"""Questions that were not answered, without the people who asked."""

questions = _table(
    "questions",
    Keep("last_at"),
    Column("day", Integer, primary_key=True),
    Column("outcome", String, primary_key=True),
    Column("count", Integer, nullable=False),
)
"""Daily counts of questions by outcome, from older versions, which count all places together."""

subjects = _table(
    "subjects",
    Keep("last_at"),
    Column("day", Integer, primary_key=True),
    Column("name", String, primary_key=True),
    Column("label", Text, nullable=False),
    Column("count", Integer, nullable=False),
)
"""Daily counts of answers by topic or episode, from older versions, which count all places together."""

counted_questions = _table(
    "counted_questions",
    Keep("last_at"),
    Column("day", Integer, primary_key=True),
    Column("platform", String, primary_key=True),
    Column("server", String, primary_key=True),
    Column("outcome", String, primary_key=True),
    Column("count", Integer, nullable=False),
)
"""Daily counts of questions by outcome and server or workspace."""

counted_subjects = _table(
    "counted_subjects",
    Keep("last_at"),
    Column("day", Integer, primary_key=True),
    Column("platform", String, primary_key=True),
    Column("server", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("label", Text, nullable=False),
    Column("count", Integer, nullable=False),
)
"""Daily counts of answers by topic or episode and server or workspace."""

votes = _table(
    "votes",
    Keep("voted_at"),
    Column("answer", String, primary_key=True),
    Column("voter", String, primary_key=True),  # a hash that differs for each answer
    Column("useful", Integer, nullable=False),
    Column("words", Text),
    Column("platform", String, nullable=False),
    Column("server", String, nullable=False),
    Column("channel", String, nullable=False),
)
"""People's votes on answers, one per person, with the words of the question."""

wishes = _table(
    "wishes",
    Keep("made_at", WISHES_LAST, ("member",)),
    Column("name", String, primary_key=True),
    Column("member", String, nullable=False, index=True),
    Column("place", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("episode", String),
    Column("claimed_until", Double, nullable=False),
    Column("show", String),
)
"""People who want to be notified once a question has an answer."""

players = _table(
    "players",
    Keep("chosen_at", PLAYERS_LAST, ("person",)),
    Column("person", String, primary_key=True),
    Column("player", String, nullable=False),
)
"""The players that people chose to listen in, see `bot/port/players.py`."""

place_settings = _table(
    "houses",
    Keep("changed_at", timedelta(days=3650), ("place",)),
    Column("place", String, primary_key=True),
    Column("setting", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""The choices that managers made for servers, workspaces and channels; see `bot/port/place_settings.py`."""

posting = _table(
    "posting",
    Keep("changed_at", timedelta(days=3650), ("place",)),
    Column("place", String, primary_key=True),
    Column("announces_since", Double),
    Column("ping", String, nullable=False),
    Column("quote_at", Integer),
    Column("digest", Integer, nullable=False),
    Column("zone", String, nullable=False),
    Column("claimed_until", Double, nullable=False),
    Column("refusals", Integer, nullable=False),
)
"""What the bot posts of its own accord in each channel, and until when a process has claimed it; see
`bot/port/posts.py`."""

known_episodes = _table(
    "known_episodes",
    Keep("found_at", timedelta(days=3650)),
    Column("id", String, primary_key=True),
    Column("is_news", Integer, nullable=False),
)
"""All episodes ever seen, and which of them were added after the first library."""

posted = _table(
    "posted",
    Keep("posted_at", timedelta(days=3650), ("place",)),
    Column("place", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("quote", String),
)
"""What the bot posted of its own accord, by channel."""

sealed = _table(
    "sealed",
    Keep("goes_at", timedelta()),
    Column("name", String, primary_key=True),
    Column("text", Text, nullable=False),  # encrypted
)
"""Tokens of workspaces and the states of installations in progress, see `bot/port/sealed.py`."""
