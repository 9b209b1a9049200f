"""What is posted unasked, with both databases, and the clockwork over them: nobody waits for an hour to come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.port import posting as clockwork
from bot.port.errors import StateAwayError
from bot.port.messages import Episode, EpisodeId, ItemId
from bot.port.place_settings import Reset, SettingsChange
from bot.port.posting import Announcement, Announcements, DailyQuote, Post, Poster, Send, WeeklyQuestions
from bot.port.posts import SETTLED, ChannelRefusedError, NotSentError, Posting, PostingChange, Posts
from bot.port.state import State
from bot.state import posts as stored
from tests.bot.state.conftest import opened
from tests.fakes.assistant import NIGHT_SKY, TEA_TIME, NotingAssistant
from tests.fakes.clock import HandedClock

HERE, THERE = "discord/1/2", "discord/1/3"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def posts_of(state: State) -> Posts:
    assert state.posts is not None
    return state.posts


@dataclass
class Channel:
    """Takes posts, or fails so many times."""

    failures: list[Exception] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    tries: int = 0

    async def send(self, post: Post) -> None:
        self.tries += 1
        if self.failures:
            raise self.failures.pop(0)
        self.posts.append(post)


@asynccontextmanager
async def posting(
    state: State, assistant: NotingAssistant, send: Send, clock: HandedClock, digest: WeeklyQuestions | None = None
) -> AsyncIterator[None]:
    async def write(whole: str) -> WeeklyQuestions | None:
        assert whole == "discord/1"
        return digest

    poster = Poster(state, assistant, write, clock=clock, settled=timedelta())
    task = asyncio.create_task(poster.run("discord", send))
    try:
        await clock.looked(1)
        yield
    finally:
        task.cancel()


async def test_what_is_chosen_is_kept_and_seen_by_other_processes(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        await posts_of(one).change(HERE, PostingChange(announces=True, ping="7", quote_at=8, zone="Asia/Tokyo"))
        first = await posts_of(other).at(HERE)
        await posts_of(other).change(HERE, PostingChange(announces=True, digest=True, quote_at=Reset.AGAIN))
        await posts_of(other).change(THERE, PostingChange(quote_at=0))
        here, there = await posts_of(one).chosen("discord/1")
        await posts_of(one).change(HERE, PostingChange(announces=False, digest=False))

        assert first.announces_since is not None
        assert here == Posting(HERE, first.announces_since, "7", None, digest=True, zone="Asia/Tokyo")
        assert (there.place, there.quote_at, there.anything) == (THERE, 0, True)
        assert await posts_of(one).at(HERE) == Posting(HERE, zone="Asia/Tokyo")
        assert [each.place for each in await posts_of(one).chosen("discord")] == [THERE]
        assert not (await posts_of(one).at("discord/9/9")).anything
        assert not PostingChange().changes


async def test_a_workspace_that_left_gets_no_posts_any_more(database_url: str) -> None:
    async with opened(database_url) as state:
        for place in ("slack/T1/C1", "slack/T2/C1"):
            await posts_of(state).change(place, PostingChange(announces=True))

        await state.forgetting.forget("slack/T1")

        assert not (await posts_of(state).at("slack/T1/C1")).anything
        assert (await posts_of(state).at("slack/T2/C1")).anything


async def test_the_first_library_is_no_news_and_what_comes_later_is(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "_AT_ONCE", 2)
    first, later = [EpisodeId(f"e-{number}") for number in range(5)], EpisodeId("later")
    async with opened(database_url) as one, opened(database_url) as other:
        await asyncio.gather(*(posts_of(each).take_stock(first) for each in (one, other)))
        await posts_of(other).take_stock([])
        before = await posts_of(one).news()
        await posts_of(one).take_stock([*first, later])
        await posts_of(other).take_stock([*first, later])
        after = await posts_of(other).news()

    async with opened(database_url) as restarted:
        await posts_of(restarted).take_stock([*first, later, EpisodeId("last")])
        await posts_of(restarted).take_stock([EpisodeId("of"), EpisodeId("another")])
        last = await posts_of(restarted).news()

    async with opened(database_url) as elsewhere:
        await posts_of(elsewhere).take_stock([EpisodeId("of a library that is new"), EpisodeId("to it")])
        assert len(await posts_of(elsewhere).news()) == len(last)

    assert [before, [each.episode for each in after]] == [[], [later]]
    assert {each.episode for each in last} >= {later, "last"}
    assert all(timedelta() <= each.age < timedelta(minutes=1) for each in last)


def newer(*more: Episode) -> tuple[Episode, ...]:
    return (NIGHT_SKY, *more)


async def test_what_processes_note_at_the_same_time_is_all_noted(database_url: str) -> None:
    days = [f"day {number}" for number in range(12)]
    async with opened(database_url) as one, opened(database_url) as two, opened(database_url) as three:
        posts = [posts_of(each) for each in (one, two, three)]
        await posts[0].change(HERE, PostingChange(quote_at=9))
        await asyncio.gather(*(posts[number % 3].note(HERE, [day]) for number, day in enumerate(days)))

        assert await posts[0].posted("discord/1") == {HERE: set(days)}


async def test_of_many_processes_one_announces_a_new_episode(database_url: str) -> None:
    clock, channel = HandedClock(MONDAY, lookers=2), Channel()
    first, second = NotingAssistant((NIGHT_SKY,)), NotingAssistant((NIGHT_SKY,))
    async with opened(database_url) as one, opened(database_url) as other:
        await posts_of(one).change(HERE, PostingChange(announces=True, ping="7"))
        async with posting(one, first, channel.send, clock), posting(other, second, channel.send, clock):
            for assistant in (first, second):
                assistant.gets()
                await assistant.renewed(0)
            for _ in range(3):
                await clock.move(timedelta(minutes=1))

    [post] = channel.posts
    assert isinstance(post.content, Announcement)
    assert (post.content.episode, post.place, post.ping) == (TEA_TIME, HERE, "7")
    assert [each.speaker for each in post.content.quotes] == ["Ada Ford"]


async def after_an_import(
    state: State, channel: Channel, *episodes: Episode, rounds: int = 2, show: str | None = None
) -> None:
    """Let a library of one episode get others, and time go by."""
    clock, assistant = HandedClock(MONDAY), NotingAssistant((NIGHT_SKY,))
    await posts_of(state).change(HERE, PostingChange(announces=True, ping="7"))
    await state.place_settings.change(HERE, SettingsChange(show=show))
    async with posting(state, assistant, channel.send, clock):
        assistant.gets(newer(*episodes))
        await assistant.renewed(0)
        for _ in range(rounds):
            await clock.move(timedelta(minutes=1))


async def test_many_at_once_are_one_post_without_those_that_came_out_long_ago(database_url: str) -> None:
    channel = Channel()
    many = [
        replace(TEA_TIME, id=EpisodeId(f"tea-{n}"), topics=(), quotes=(), published=(MONDAY - timedelta(days=n)).date())
        for n in range(20, 35)
    ]
    async with opened(database_url) as state:
        await after_an_import(state, channel, *many)

    [post] = channel.posts
    assert isinstance(post.content, Announcements)
    assert {each.id for each in post.content.episodes} == {f"tea-{n}" for n in range(20, 31)}


@pytest.mark.parametrize(("chosen", "posts"), [(TEA_TIME, 1), (NIGHT_SKY, 0)])
async def test_a_channel_with_a_single_episode_hears_of_its_show(
    database_url: str, chosen: Episode, posts: int
) -> None:
    channel = Channel()
    async with opened(database_url) as state:
        await after_an_import(state, channel, TEA_TIME, show=chosen.id)

    assert len(channel.posts) == posts


async def test_a_channel_with_a_show_hears_of_that_alone(database_url: str) -> None:
    channel = Channel()
    async with opened(database_url) as state:
        await after_an_import(state, channel, TEA_TIME, show=NIGHT_SKY.show)

    assert channel.posts == []


async def test_what_did_not_arrive_is_sent_again(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "TURN", timedelta())
    channel = Channel([NotSentError("later"), OSError("nobody there")])
    async with opened(database_url) as state:
        await after_an_import(state, channel, TEA_TIME, rounds=4)

    assert (len(channel.posts), channel.tries) == (1, 3)


async def test_after_three_refusals_nothing_is_posted_any_more(
    database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(stored, "_PAUSE", timedelta())
    channel = Channel([ChannelRefusedError("Missing Permissions") for _ in range(9)])
    async with opened(database_url) as state:
        await after_an_import(state, channel, TEA_TIME, rounds=6)
        left = await posts_of(state).chosen("discord")
        gone = await posts_of(state).refused("discord/1/gone")

    assert (channel.tries, left, gone) == (3, [], False)
    assert [each.getMessage() for each in caplog.records if HERE in each.getMessage()] == [
        f"nothing is posted in {HERE} any more: it refused three times (Missing Permissions)"
    ]


async def quotes_of(
    url: str, days: int, assistant: Callable[[], NotingAssistant], show: str | None = None
) -> Sequence[ItemId]:
    """Let days go by, each with a process of its own."""
    channel, clock = Channel(), HandedClock(MONDAY)
    async with opened(url) as state:
        await posts_of(state).change(HERE, PostingChange(quote_at=9))
        await state.place_settings.change(HERE, SettingsChange(show=show))
        for day in range(days):
            clock.time = MONDAY + timedelta(days=day, minutes=30)
            clock.looks = 0
            async with posting(state, assistant(), channel.send, clock):
                await clock.move(timedelta(minutes=1))
    assert all(isinstance(each.content, DailyQuote) for each in channel.posts)
    return [each.content.quote.id for each in channel.posts if isinstance(each.content, DailyQuote)]


async def test_a_quote_a_day_comes_once_over_restarts_and_none_twice_until_all_were_used(database_url: str) -> None:
    all_of_it = len(NIGHT_SKY.quotes) + len(TEA_TIME.quotes)

    posted = await quotes_of(database_url, all_of_it + 2, NotingAssistant)

    assert len(posted) == all_of_it + 2
    assert len(set(posted[:all_of_it])) == all_of_it
    assert posted[all_of_it:] == posted[:2]


async def test_the_quote_is_of_the_channel_s_show(database_url: str) -> None:
    assert {*await quotes_of(database_url, 2, NotingAssistant, TEA_TIME.show)} == {TEA_TIME.quotes[0].id}


async def test_where_there_is_nothing_to_quote_nothing_is_posted(database_url: str) -> None:
    assert await quotes_of(database_url, 1, lambda: NotingAssistant((replace(TEA_TIME, topics=(), quotes=()),))) == []


@pytest.mark.parametrize("digest", [None, WeeklyQuestions("12 questions")])
async def test_the_digest_is_posted_where_something_was_asked(
    database_url: str, digest: WeeklyQuestions | None
) -> None:
    channel, clock = Channel(), HandedClock(MONDAY)
    async with opened(database_url) as state:
        await posts_of(state).change(HERE, PostingChange(digest=True))
        async with posting(state, NotingAssistant(), channel.send, clock, digest):
            await clock.move(timedelta(minutes=1))
        names = (await posts_of(state).posted("discord"))[HERE]

    assert [each.content for each in channel.posts] == ([] if digest is None else [digest])
    assert set(names) == {"digest/2026-03-02"}


async def test_an_episode_that_is_gone_again_is_not_announced(database_url: str) -> None:
    async with opened(database_url) as state:
        rounds = clockwork._Rounds(posts_of(state), state.place_settings, NotingAssistant(), None, SETTLED)
        gone = EpisodeId("gone")

        for ids in ((gone,), (gone,) * 4):
            assert await rounds.compose(Posting(HERE), clockwork.NewEpisodes(ids)) is None
        assert await rounds.compose(Posting(HERE), clockwork.WeeklyDigest(MONDAY.date())) is None


async def test_while_the_database_is_away_nothing_is_posted_and_the_loop_goes_on() -> None:
    channel, clock = Channel(), HandedClock(MONDAY)
    async with opened("postgresql://x@127.0.0.1:1/x") as state:
        async with posting(state, NotingAssistant(), channel.send, clock):
            await clock.move(timedelta(minutes=1))
        with pytest.raises(StateAwayError):
            await posts_of(state).change(HERE, PostingChange(quote_at=9))


async def test_an_unforeseen_error_is_logged_once_and_the_loop_goes_on(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(NotingAssistant):
        async def renewed(self, since: int) -> int:  # noqa: ARG002 - the port's
            raise RuntimeError("out of editions")

    clock = HandedClock(MONDAY)
    async with opened(database_url) as state, posting(state, Broken(), Channel().send, clock):
        for _ in range(2):
            await clock.move(timedelta(minutes=1))

    assert caplog.text.count("could not be found out") == 1


async def test_without_a_database_nothing_runs() -> None:
    await Poster(State(), NotingAssistant()).run("discord", Channel().send)


def test_the_clock_of_this_machine_knows_its_time_zone() -> None:
    assert clockwork.Clock().now().tzinfo is UTC
