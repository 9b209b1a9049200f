"""Every table, and how long its rows are kept; `migrations/` makes them, and a test holds the two equal.

Times are seconds since 1970 on the database's clock, so that all processes mean the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, Double, Index, Integer, MetaData, String, Table, Text

# PostgreSQL's, with `on_conflict_do_…`: SQLite's compiler understands it, and PostgreSQL's not the one of SQLite.
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
    """How long a table's rows are kept, and whose they are: stands in its `info` under `KEEP`.

    Attributes:
        since: the column with the time from which a row ages.
        lasts: None for as long as the setting OVERHEARD_KEEP_DAYS says.
        names: the columns that say whose a row is, if it may be one person's or one workspace's own.
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
    """The day of a time, in UTC and counted from 1970."""

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
    """Insert a row, or give the one with its key all the other values."""
    new = insert(table).values(values)
    keys = list(table.primary_key.columns.keys())
    return new.on_conflict_do_update(
        index_elements=keys, set_={name: new.excluded[name] for name in values if name not in keys}
    )


def time_of(at: float) -> datetime:
    """Read a time."""
    return datetime.fromtimestamp(at, UTC)


metadata = MetaData()


def _table(name: str, keep: Keep, *columns: Column[Any]) -> Table:
    """Make a table whose last column is the time from which its rows age."""
    ages = Column(keep.since, Double, nullable=False, index=True)
    return Table(name, metadata, *columns, ages, info={KEEP: keep})


notes = _table(
    "notes",
    Keep("written_at", NOTES_LAST, ("name", "text")),
    Column("name", String, primary_key=True),
    Column("text", Text, nullable=False),
)
"""What conversations are about; by ids, which one an answer is of, and who talks with the bot in a thread."""

deliveries = _table(
    "deliveries",
    Keep("received_at", timedelta(days=1), ("name",)),
    Column("name", String, primary_key=True),
    Column("event", Text),  # only until it is answered
    Column("owner", String, nullable=False),
    Column("leased_until", Double, nullable=False),
    Column("tries", Integer, nullable=False),
)
"""What a platform delivered, and which process answers it."""

_unanswered = deliveries.c.event.isnot(None)
Index("unanswered", deliveries.c.leased_until, sqlite_where=_unanswered, postgresql_where=_unanswered)

limits = _table(
    "limits",
    Keep("full_at", timedelta(hours=1)),
    Column("name", String, primary_key=True),
)
"""When a member or a channel may again ask as much as ever, see `bot/port/limits.py`."""

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
"""How many questions a day were answered in which way, as older versions count: in all places together."""

subjects = _table(
    "subjects",
    Keep("last_at"),
    Column("day", Integer, primary_key=True),
    Column("name", String, primary_key=True),
    Column("label", Text, nullable=False),
    Column("count", Integer, nullable=False),
)
"""How often a day answers were about which topic or episode, as older versions count."""

counted_questions = _table(
    "counted_questions",
    Keep("last_at"),
    Column("day", Integer, primary_key=True),
    Column("platform", String, primary_key=True),
    Column("server", String, primary_key=True),
    Column("outcome", String, primary_key=True),
    Column("count", Integer, nullable=False),
)
"""How many questions a day were answered in which way, in which server or workspace."""

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
"""How often a day answers were about which topic or episode, in which server or workspace."""

votes = _table(
    "votes",
    Keep("voted_at"),
    Column("answer", String, primary_key=True),
    Column("voter", String, primary_key=True),  # a hash, another for each answer
    Column("useful", Integer, nullable=False),
    Column("words", Text),
    Column("platform", String, nullable=False),
    Column("server", String, nullable=False),
    Column("channel", String, nullable=False),
)
"""What people think of answers, one vote a person, with the words of the question."""

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
"""Who wants to be told once a question is answered."""

players = _table(
    "players",
    Keep("chosen_at", PLAYERS_LAST, ("person",)),
    Column("person", String, primary_key=True),
    Column("player", String, nullable=False),
)
"""Which player people chose to listen in, see `bot/port/players.py`."""

houses = _table(
    "houses",
    Keep("changed_at", timedelta(days=3650), ("place",)),
    Column("place", String, primary_key=True),
    Column("setting", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What is chosen for servers, workspaces and channels, by those who manage them; see `bot/port/house.py`."""

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
"""What is posted unasked in which channel, and which process does it; see `bot/port/posts.py`."""

known_episodes = _table(
    "known_episodes",
    Keep("found_at", timedelta(days=3650)),
    Column("id", String, primary_key=True),
    Column("is_news", Integer, nullable=False),
)
"""Which episodes there were, and which of them came into a library that was known."""

posted = _table(
    "posted",
    Keep("posted_at", timedelta(days=3650), ("place",)),
    Column("place", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("quote", String),
)
"""What was posted unasked where."""

sealed = _table(
    "sealed",
    Keep("goes_at", timedelta()),
    Column("name", String, primary_key=True),
    Column("text", Text, nullable=False),  # encrypted
)
"""Tokens of workspaces and the states of their installing, see `bot/port/sealed.py`."""
