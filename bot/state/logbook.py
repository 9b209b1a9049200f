"""The operator's logbook in the database: unanswered questions, daily counts, votes.

Entries are buffered in memory and written in the database's rounds, so that no answer waits for them; a process that is
killed loses those of the last seconds. `bot/port/logbook.py` derives entries from answers.
"""

from __future__ import annotations

import hashlib
import secrets
import time
import unicodedata
from collections import Counter, deque
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Executable,
    FromClause,
    Row,
    Subquery,
    Table,
    and_,
    bindparam,
    delete,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)

from bot.port.errors import StateAwayError
from bot.port.logbook import (
    LONGEST_WORDS,
    AnswerId,
    Asked,
    AskedIn,
    Entry,
    Logbook,
    Missed,
    Outcome,
    Questions,
    Records,
    Subject,
    Vote,
    entries,
)
from bot.port.messages import Answer
from bot.port.seen import Recent
from bot.state.database import Database
from bot.state.forgetting import own
from bot.state.tables import (
    counted_questions,
    counted_subjects,
    day_of,
    insert,
    missed,
    now,
    questions,
    subjects,
    time_of,
    votes,
)

_MOST_BUFFERED: Final = 5_000
"""Maximum number of buffered entries of each kind during an outage; beyond it, the oldest unanswered questions are
dropped, and new counts are not added."""
_PER_ROUND: Final = 300
"""Maximum number of rows of each kind written per round, in half a second, as leases have to be renewed in time."""
_SPAN: Final = 600.0
"""Seconds over which questions are counted together."""
_MOST_REMEMBERED: Final = 5_000
"""Maximum number of answers whose question is remembered in case somebody rates it; it is not on disk unless rated."""
_MOST_READ: Final = 20_000
"""Maximum number of rows of each kind in a report."""
_AT_ONCE: Final = 500
"""Maximum number of values in a statement; SQLite takes at least 999."""
_EPOCH: Final = date(1970, 1, 1)

_AT = now() - bindparam("ago")
_DAY = day_of(_AT)
_MISS = insert(missed).values(asked_at=_AT)
_COUNTS: Final[Mapping[str, Any]] = {"day": _DAY, "count": bindparam("more"), "last_at": _AT}


def _count(table: Table) -> Executable:
    """Add to a counter in a table, creating its row if necessary."""
    new = insert(table).values(_COUNTS)
    kept = {"count": table.c.count + new.excluded.count, "last_at": new.excluded.last_at}
    if "label" in table.c:
        kept["label"] = new.excluded.label
    return new.on_conflict_do_update(index_elements=list(table.primary_key.columns.keys()), set_=kept)


_COUNT = _count(counted_questions)
_COUNT_SUBJECT = _count(counted_subjects)
_VOTE = insert(votes).values(voted_at=now()).on_conflict_do_nothing().returning(votes.c.answer)
_VOTE_AGAIN = (
    update(votes)
    .where(votes.c.answer == bindparam("rated"), votes.c.voter == bindparam("by"))
    .values(useful=bindparam("is_useful"), voted_at=now())
)
_SETTLE = delete(missed).where(
    missed.c.platform == bindparam("platform"),
    missed.c.server == bindparam("server"),
    missed.c.words.in_(bindparam("asked", expanding=True)),
)
_RATED = select(votes.c.answer).distinct()
_FORGET = delete(votes).where(votes.c.voter.in_(bindparam("voters", expanding=True)))


def _all_counts(older: Table, newer: Table, *columns: str) -> Subquery:
    """Combine the counts with those of older versions, which may still be running and record no place."""
    nowhere = (literal("").label("platform"), literal("").label("server"))
    return union_all(
        select(newer.c.platform, newer.c.server, *(newer.c[name] for name in columns)),
        select(*nowhere, *(older.c[name] for name in columns)),
    ).subquery()


def _in_place(of: FromClause) -> ColumnElement[bool]:
    """Return the condition that a row is of the requested server or workspace, or that all of them are requested."""
    of_it = and_(of.c.platform == bindparam("platform"), of.c.server == bindparam("server"))
    return or_(bindparam("everywhere", type_=Boolean), of_it)


_ASKED = _all_counts(questions, counted_questions, "day", "outcome", "count")
_ABOUT = _all_counts(subjects, counted_subjects, "day", "name", "label", "count")
_TODAY = select(day_of(now()))
_READ_MISSED = (
    select(missed)
    .where(day_of(missed.c.asked_at) >= bindparam("since"), _in_place(missed))
    .order_by(missed.c.asked_at.desc())
    .limit(_MOST_READ)
)
_READ_QUESTIONS = (
    select(_ASKED.c.day, _ASKED.c.outcome, func.sum(_ASKED.c.count).label("total"))
    .where(_ASKED.c.day >= bindparam("since"), _in_place(_ASKED))
    .group_by(_ASKED.c.day, _ASKED.c.outcome)
    .order_by(_ASKED.c.day, _ASKED.c.outcome)
)
_READ_SUBJECTS = (
    select(_ABOUT.c.name, func.max(_ABOUT.c.label).label("label"), func.sum(_ABOUT.c.count).label("total"))
    .where(_ABOUT.c.day >= bindparam("since"), _in_place(_ABOUT))
    .group_by(_ABOUT.c.name)
    .order_by(func.sum(_ABOUT.c.count).desc(), _ABOUT.c.name)
    .limit(_MOST_READ)
)
_READ_VOTES = (
    select(votes)
    .where(day_of(votes.c.voted_at) >= bindparam("since"), _in_place(votes))
    .order_by(votes.c.voted_at.desc())
    .limit(_MOST_READ)
)


class StoredLogbook(Logbook):
    """A logbook that outlives a restart and is shared by all processes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Unanswered questions, each with the time of this process's monotonic clock in seconds.
        self._missed: deque[tuple[float, Mapping[str, str | None]]] = deque(maxlen=_MOST_BUFFERED)
        # Also by ten-minute span, because it may be written on another day.
        self._answered: Counter[tuple[int, AskedIn, Outcome]] = Counter()
        self._about: Counter[tuple[int, AskedIn, Subject]] = Counter()
        self._words: Recent[AnswerId, str] = Recent(_MOST_REMEMBERED)
        database.on_each_round(self.write)

    def note(self, words: str, place: AskedIn, answer: Answer) -> AnswerId | None:
        """Buffer a question and its answer; return the id by which the answer can be rated, if it can."""
        noted = tuple(entries(words, answer))
        if not noted:
            return None
        for entry in noted:
            self._note(entry, place)
        if all(entry.outcome is Outcome.NOT_FOUND for entry in noted):
            return None
        id = AnswerId(secrets.token_urlsafe(9))
        self._words[id] = _plain(words)
        return id

    def _note(self, entry: Entry, place: AskedIn) -> None:
        at = time.monotonic()
        span = int(at // _SPAN)
        whole = replace(place, channel="")
        if len(self._answered) < _MOST_BUFFERED:
            self._answered[span, whole, entry.outcome] += 1
        if entry.subject and len(self._about) < _MOST_BUFFERED:
            self._about[span, whole, entry.subject] += 1
        if entry.words is not None:
            nearest = None if entry.nearest is None else _plain(entry.nearest)
            said = {"words": _plain(entry.words), "outcome": str(entry.outcome), "nearest": nearest}
            self._missed.append((at, {"id": secrets.token_urlsafe(9), **said, **asdict(place)}))

    async def write(self, most: int = _PER_ROUND) -> None:
        """Write buffered entries, at most `most` rows of each kind.

        Raises:
            StateAwayError: some of them are still buffered.
        """
        # Entries leave the buffer before they are written, because others may be added meanwhile, and because closing
        # or reading the state starts another round, which must not write them again.
        for _ in range(most):
            if not self._missed:
                break
            at, values = self._missed.popleft()
            if not await self._try_write(_MISS, values, at):
                self._missed.appendleft((at, values))
                raise StateAwayError("the database can't be reached at the moment")
        for (span, place, outcome), more in _take(self._answered, most):
            counted = {"outcome": str(outcome), "more": more, "platform": place.platform, "server": place.server}
            if not await self._try_write(_COUNT, counted, _SPAN * (span + 1)):
                self._answered[span, place, outcome] += more
        for (span, place, subject), more in _take(self._about, most):
            said = {"name": subject.name, "label": _plain(subject.label), "more": more}
            where = {"platform": place.platform, "server": place.server}
            if not await self._try_write(_COUNT_SUBJECT, said | where, _SPAN * (span + 1)):
                self._about[span, place, subject] += more

    async def _try_write(self, statement: Executable, values: Mapping[str, object], at: float) -> bool:
        """Write an entry; return whether it needs no retry, because it is written or never can be."""
        try:
            await self._database.execute(statement, {**values, "ago": max(0.0, time.monotonic() - at)})
        except StateAwayError:
            return self._database.usable_for(timedelta())
        return True

    async def rate(self, answer: AnswerId, person: str, place: AskedIn, *, useful: bool, words: str | None) -> bool:
        asked = self._words.get(answer) if words is None else _plain(words)
        voter = _pseudonym(person, answer)
        vote = {"answer": answer, "voter": voter, "useful": int(useful), "words": asked}
        if await self._database.execute(_VOTE, vote | asdict(place)):
            return True
        await self._database.execute(_VOTE_AGAIN, {"rated": answer, "by": voter, "is_useful": int(useful)})
        return False

    async def forget(self, person: str) -> None:
        """Delete all votes of a person, or everything asked, counted and voted in a workspace."""
        platform, _, server = person.partition("/")
        for table in (missed, votes, counted_questions, counted_subjects):
            there = own(table.c.server, server)
            await self._database.execute(delete(table).where(table.c.platform == platform, there))
        rated = await self._database.execute(_RATED)
        # Votes don't say who gave them, so compute the voter's hash for each answer.
        voters = [_pseudonym(person, row.answer) for row in rated]
        for first in range(0, len(voters), _AT_ONCE):
            await self._database.execute(_FORGET, {"voters": voters[first : first + _AT_ONCE]})

    async def settle(self, of: AskedIn, words: Collection[str]) -> None:
        await self.write(_MOST_BUFFERED)
        asked = [_plain(each) for each in words]
        for first in range(0, len(asked), _AT_ONCE):
            settled = {"platform": of.platform, "server": of.server, "asked": asked[first : first + _AT_ONCE]}
            await self._database.execute(_SETTLE, settled)

    async def read(self, days: int, of: AskedIn | None = None) -> Records:
        """Read the records of the last days, after writing what this process has buffered."""
        await self.write(_MOST_BUFFERED)
        [(today,)] = await self._database.execute(_TODAY)
        place = of or AskedIn("")
        where = {"platform": place.platform, "server": place.server, "everywhere": of is None}
        since = {"since": today - days + 1, **where}
        execute = self._database.execute
        return Records(
            _EPOCH + timedelta(days=today),
            days,
            tuple(
                Missed(row.words, time_of(row.asked_at), _place(row), Outcome(row.outcome), row.nearest)
                for row in await execute(_READ_MISSED, since)
            ),
            tuple(
                Questions(_EPOCH + timedelta(days=row.day), Outcome(row.outcome), int(row.total))
                for row in await execute(_READ_QUESTIONS, since)
            ),
            tuple(Asked(Subject(row.name, row.label), int(row.total)) for row in await execute(_READ_SUBJECTS, since)),
            tuple(
                Vote(bool(row.useful), time_of(row.voted_at), _place(row), row.words)
                for row in await execute(_READ_VOTES, since)
            ),
        )


def _take(counts: Counter[Any], most: int) -> list[tuple[Any, int]]:
    return [(key, counts.pop(key)) for key in list(counts)[:most]]


def _pseudonym(person: str, answer: AnswerId) -> str:
    """Return a person's pseudonym for one answer, which doesn't reveal the other answers they rated."""
    return hashlib.blake2b(person.encode(), key=answer.encode()[:64], digest_size=16).hexdigest()


def _plain(words: str) -> str:
    """Return words as one line that any database can store, without control characters and lone surrogates."""
    line = " ".join(words.split())
    return "".join(each for each in line if unicodedata.category(each) not in {"Cc", "Cs"})[:LONGEST_WORDS]


def _place(row: Row[Any]) -> AskedIn:
    return AskedIn(row.platform, row.server, row.channel)
