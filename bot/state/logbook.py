"""The host's logbook in the database: what was not answered, counts a day, votes.

What is noted waits in memory and is written in the rounds of the database, so that no answer waits for it; a process
that is killed takes the last seconds' notes with it. What an answer tells is `bot/port/logbook.py`'s business.
"""

from __future__ import annotations

import hashlib
import secrets
import time
import unicodedata
from collections import Counter, deque
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
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
    Entry,
    Logbook,
    Missed,
    Outcome,
    Place,
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

_MOST_WAITING: Final = 5_000
"""Of each kind, while the database is away; the oldest go, and counts of what is new."""
_A_ROUND: Final = 300
"""Rows of a kind that are written in one round, in half a second: what was claimed has to be renewed in time."""
_SPAN: Final = 600.0
"""Seconds whose questions are counted together."""
_MOST_REMEMBERED: Final = 5_000
"""Answers whose question is known if somebody rates it: the words of the others are on no disk."""
_MOST_READ: Final = 20_000
"""Rows of a kind in one report."""
_AT_ONCE: Final = 500
"""Values of one statement: SQLite takes 999 at least."""
_EPOCH: Final = date(1970, 1, 1)

_AT = now() - bindparam("ago")
_DAY = day_of(_AT)
_MISS = insert(missed).values(asked_at=_AT)
_COUNTS: Final[Mapping[str, Any]] = {"day": _DAY, "count": bindparam("more"), "last_at": _AT}


def _count(table: Table) -> Executable:
    """Add to what was counted in a table, in a row of each day, place and thing."""
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


def _counted(older: Table, newer: Table, *columns: str) -> Subquery:
    """Return what was counted, by older versions, too, of which one may still be beside this: that is of no place."""
    nowhere = (literal("").label("platform"), literal("").label("server"))
    return union_all(
        select(newer.c.platform, newer.c.server, *(newer.c[name] for name in columns)),
        select(*nowhere, *(older.c[name] for name in columns)),
    ).subquery()


def _here(of: FromClause) -> ColumnElement[bool]:
    """Whether something is of the server or workspace that is asked for, or all of them are."""
    of_it = and_(of.c.platform == bindparam("platform"), of.c.server == bindparam("server"))
    return or_(bindparam("everywhere", type_=Boolean), of_it)


_ASKED = _counted(questions, counted_questions, "day", "outcome", "count")
_ABOUT = _counted(subjects, counted_subjects, "day", "name", "label", "count")
_TODAY = select(day_of(now()))
_READ_MISSED = (
    select(missed)
    .where(day_of(missed.c.asked_at) >= bindparam("since"), _here(missed))
    .order_by(missed.c.asked_at.desc())
    .limit(_MOST_READ)
)
_READ_QUESTIONS = (
    select(_ASKED.c.day, _ASKED.c.outcome, func.sum(_ASKED.c.count).label("total"))
    .where(_ASKED.c.day >= bindparam("since"), _here(_ASKED))
    .group_by(_ASKED.c.day, _ASKED.c.outcome)
    .order_by(_ASKED.c.day, _ASKED.c.outcome)
)
_READ_SUBJECTS = (
    select(_ABOUT.c.name, func.max(_ABOUT.c.label).label("label"), func.sum(_ABOUT.c.count).label("total"))
    .where(_ABOUT.c.day >= bindparam("since"), _here(_ABOUT))
    .group_by(_ABOUT.c.name)
    .order_by(func.sum(_ABOUT.c.count).desc(), _ABOUT.c.name)
    .limit(_MOST_READ)
)
_READ_VOTES = (
    select(votes)
    .where(day_of(votes.c.voted_at) >= bindparam("since"), _here(votes))
    .order_by(votes.c.voted_at.desc())
    .limit(_MOST_READ)
)


@dataclass(frozen=True, slots=True)
class _Miss:
    """A question to be written; `at` is by this process's own clock, in seconds."""

    at: float
    values: Mapping[str, str | None]


class StoredLogbook(Logbook):
    """A logbook that outlives a restart and is kept by all processes together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._missed: deque[_Miss] = deque(maxlen=_MOST_WAITING)
        # By the ten minutes in which it was, too: the day may be another by the time it is written.
        self._answered: Counter[tuple[int, Place, Outcome]] = Counter()
        self._about: Counter[tuple[int, Place, Subject]] = Counter()
        self._words: Recent[AnswerId, str] = Recent(_MOST_REMEMBERED)
        database.on_each_round(self.write)

    def note(self, words: str, place: Place, answer: Answer) -> AnswerId | None:
        """Note a question and its answer, to be written soon; return what it can be rated by."""
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

    def _note(self, entry: Entry, place: Place) -> None:
        at = time.monotonic()
        span = int(at // _SPAN)
        whole = replace(place, channel="")
        if len(self._answered) < _MOST_WAITING:
            self._answered[span, whole, entry.outcome] += 1
        if entry.subject and len(self._about) < _MOST_WAITING:
            self._about[span, whole, entry.subject] += 1
        if entry.words is not None:
            nearest = None if entry.nearest is None else _plain(entry.nearest)
            said = {"words": _plain(entry.words), "outcome": str(entry.outcome), "nearest": nearest}
            self._missed.append(_Miss(at, {"id": secrets.token_urlsafe(9), **said, **asdict(place)}))

    async def write(self, most: int = _A_ROUND) -> None:
        """Write what waits, at most so many rows of a kind.

        Raises:
            StateAwayError: some of it still waits.
        """
        # Taken out before it is written: what is noted meanwhile goes on its own way, and another round, where the
        # state is closed or read during one, may have taken it already.
        for _ in range(most):
            if not self._missed:
                break
            miss = self._missed.popleft()
            if not await self._written(_MISS, miss.values, miss.at):
                self._missed.appendleft(miss)
                raise StateAwayError("what is kept cannot be reached at the moment")
        for (span, place, outcome), more in _taken(self._answered, most):
            counted = {"outcome": str(outcome), "more": more, "platform": place.platform, "server": place.server}
            if not await self._written(_COUNT, counted, _SPAN * (span + 1)):
                self._answered[span, place, outcome] += more
        for (span, place, subject), more in _taken(self._about, most):
            said = {"name": subject.name, "label": _plain(subject.label), "more": more}
            where = {"platform": place.platform, "server": place.server}
            if not await self._written(_COUNT_SUBJECT, said | where, _SPAN * (span + 1)):
                self._about[span, place, subject] += more

    async def _written(self, statement: Executable, values: Mapping[str, object], at: float) -> bool:
        """Whether it needs no second try: it is written, or never will be."""
        try:
            await self._database.execute(statement, {**values, "ago": max(0.0, time.monotonic() - at)})
        except StateAwayError:
            return self._database.usable_for(timedelta())
        return True

    async def rate(self, answer: AnswerId, person: str, place: Place, *, useful: bool, words: str | None) -> bool:
        """Keep what a person thinks of an answer, in place of what they thought before; whether it is new."""
        asked = self._words.get(answer) if words is None else _plain(words)
        voter = _hashed(person, answer)
        vote = {"answer": answer, "voter": voter, "useful": int(useful), "words": asked}
        if await self._database.execute(_VOTE, vote | asdict(place)):
            return True
        await self._database.execute(_VOTE_AGAIN, {"rated": answer, "by": voter, "is_useful": int(useful)})
        return False

    async def forget(self, person: str) -> None:
        """Delete all votes of a person; of a workspace, what was asked, counted and voted there."""
        platform, _, server = person.partition("/")
        for table in (missed, votes, counted_questions, counted_subjects):
            there = own(table.c.server, server)
            await self._database.execute(delete(table).where(table.c.platform == platform, there))
        rated = await self._database.execute(_RATED)
        # By trying what they would be called beside each answer: nothing says who gave which vote.
        voters = [_hashed(person, row.answer) for row in rated]
        for first in range(0, len(voters), _AT_ONCE):
            await self._database.execute(_FORGET, {"voters": voters[first : first + _AT_ONCE]})

    async def settle(self, of: Place, words: Collection[str]) -> None:
        """Delete the unanswered questions of a server or workspace with exactly these words."""
        await self.write(_MOST_WAITING)
        asked = [_plain(each) for each in words]
        for first in range(0, len(asked), _AT_ONCE):
            settled = {"platform": of.platform, "server": of.server, "asked": asked[first : first + _AT_ONCE]}
            await self._database.execute(_SETTLE, settled)

    async def read(self, days: int, of: Place | None = None) -> Records:
        """Return what is kept of the last days, with what this process has yet to write."""
        await self.write(_MOST_WAITING)
        [(today,)] = await self._database.execute(_TODAY)
        place = of or Place("")
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


def _taken(counts: Counter[Any], most: int) -> list[tuple[Any, int]]:
    """Take counts out, at most so many."""
    return [(key, counts.pop(key)) for key in list(counts)[:most]]


def _hashed(person: str, answer: AnswerId) -> str:
    """Return what one person is called beside one answer: it doesn't tell which other answers they rated."""
    return hashlib.blake2b(person.encode(), key=answer.encode()[:64], digest_size=16).hexdigest()


def _plain(words: str) -> str:
    """Return words in one line that every database keeps, without controls and halves of surrogate pairs."""
    line = " ".join(words.split())
    return "".join(each for each in line if unicodedata.category(each) not in {"Cc", "Cs"})[:LONGEST_WORDS]


def _place(row: Row[Any]) -> Place:
    return Place(row.platform, row.server, row.channel)
