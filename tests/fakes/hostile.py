"""Answers full of words that try to be more than words, for the tests of every renderer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from bot.port.messages import (
    Answer,
    Difference,
    Episode,
    EpisodeId,
    Evidence,
    EvidenceKind,
    Fact,
    Found,
    Guess,
    Help,
    NotFound,
    Part,
    QuoteCheck,
    Several,
    SingleAnswer,
    Topic,
    Unsure,
    Verdict,
    Voice,
)
from bot.port.posting import Announcement, Announcements, DailyQuote, Post, WeeklyQuestions
from knowledge.model import Links, Person

_TRICKS = (
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07",
    "\x1b]0;title",
    "\x9b2J",
    "\x1bPq\x1b\\",
    "\u202egnp.exe",
    "\u2066\u2069",
    "zero\u200bwidth",
    "\ufeff",
    "\ud800",
    "a\x00b\x7f\x85c",
    "bell\a\b\r\v\f",
    "\u2028\u2029",
    "[bold]markup[/bold] [/] [link=x]",
    ":smile:",
    "@everyone <@1> <!channel> <@U1|x> &lt; **bold** `code` ~~no~~ # head > quote ||spoiler||",
    "[x](https://evil.example)",
    "人工知能 𝔣𝔯𝔞𝔨 \ufdfa",
    "<script>alert(1)</script> <b onload=x>'\"&#64;",
    "discord.gg/abc <t:1:R> </ask:1> <:e:1> <!subteam^S1>",
    "\u05e9\u05dc\u05d5\u05dd",
    "e" + "\u0301" * 30,
    "👩‍🚀" * 5,
    "long " * 400,
    "x" * 5000,
)

hostile_text = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.lists(st.one_of(st.sampled_from(_TRICKS), st.text(max_size=5)), max_size=4).map("".join),
)
"""Any text at all, lone surrogates and controls included, and the known tricks."""

_maybe_text = st.none() | hostile_text
_addresses = _maybe_text | st.just("https://sky.example/7?t=3") | hostile_text.map("https://sky.example/{}".format)
_unit = st.floats(0, 1)
_time = st.none() | st.timedeltas(timedelta(0), timedelta(hours=200))


def _few(strategy: st.SearchStrategy, most: int = 3) -> st.SearchStrategy:
    return st.lists(strategy, max_size=most).map(tuple)


def _stretches(length: int) -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
    """Any stretches of a text, which need not be words."""
    places = st.lists(st.integers(0, length), unique=True, max_size=8).map(sorted)
    return places.map(lambda those: tuple(zip(those[::2], those[1::2], strict=False)))


_guests = _few(st.builds(Person, hostile_text), 2)
_topics = st.builds(Topic, *[hostile_text] * 5, start=_time)
hostile_episodes = st.builds(
    Episode,
    *[hostile_text] * 4,
    number=_maybe_text,
    subtitle=_maybe_text,
    summary=_maybe_text,
    published=st.none() | st.dates(date(1990, 1, 1)),
    duration=_time,
    hosts=_guests,
    guests=_guests,
    links=st.builds(Links, page=_addresses, youtube=_addresses, audio=_addresses),
    image=_addresses,
)
hostile_evidence = st.builds(
    Evidence,
    hostile_text,
    st.sampled_from(EvidenceKind),
    hostile_text,
    hostile_episodes,
    hostile_text,
    _unit,
    speaker=_maybe_text,
    start=_time,
    approximate=st.booleans(),
    url=_addresses,
).flatmap(lambda piece: _stretches(len(piece.text)).map(lambda spans: replace(piece, spans=spans)))

_single: st.SearchStrategy[SingleAnswer] = st.one_of(
    st.builds(
        Found,
        hostile_text,
        _unit,
        understood=_maybe_text,
        topics=_few(_topics),
        evidence=_few(hostile_evidence, 10),
        related=_few(_topics),
        more=_few(hostile_text),
        place=st.none() | hostile_episodes,
        at_once=st.integers(1, 10),
        told=_maybe_text,
    ),
    st.builds(
        Fact,
        hostile_text,
        st.lists(hostile_episodes, min_size=1, max_size=3).map(tuple),
        related=_few(_topics),
        confidence=_unit,
    ),
    st.builds(
        QuoteCheck,
        hostile_text,
        _unit,
        st.sampled_from(Verdict),
        hostile_text,
        understood=_maybe_text,
        evidence=_few(hostile_evidence),
        differences=_few(st.builds(Difference, hostile_text, hostile_text)),
        suggestions=_few(_topics),
        people=_few(hostile_text),
        said_by=_few(st.builds(Voice, _maybe_text, st.integers(1, 500), st.booleans())),
        told=_maybe_text,
    ),
    st.builds(
        Unsure,
        hostile_text,
        _unit,
        st.lists(st.builds(Guess, hostile_text, hostile_text), min_size=1, max_size=8).map(tuple),
        understood=_maybe_text,
        evidence=_few(hostile_evidence),
    ),
    st.builds(NotFound, hostile_text, _unit, _maybe_text, _few(_topics), _few(hostile_text)),
    st.builds(Help, hostile_text, _few(hostile_text)),
)
hostile_several = st.builds(
    Several, st.lists(st.builds(Part, hostile_text, _single), min_size=2, max_size=3).map(tuple)
)
hostile_answers: st.SearchStrategy[Answer] = _single | hostile_several
"""An answer of any kind, with any words in every field."""

_posted = hostile_episodes.map(lambda episode: replace(episode, id=EpisodeId("night-sky")))
"""A post never shows an episode's id, the name of its folder; it only comes back from a button."""
hostile_posts: st.SearchStrategy[Post] = st.builds(
    Post,
    st.just("platform/server/channel"),
    st.just("name"),
    st.one_of(
        st.builds(Announcement, _posted, hostile_text, _few(hostile_evidence, 2)),
        st.builds(Announcements, st.lists(_posted, min_size=1, max_size=4).map(lambda each: (*each * 9,))),
        st.builds(DailyQuote, hostile_evidence),
        st.builds(WeeklyQuestions, hostile_text),
    ),
)
"""A post of any kind, likewise."""
