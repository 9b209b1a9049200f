"""Whatever a library has in it and whatever is asked, the search answers and raises nothing."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.model import EVERYWHERE, Episode, EpisodeId, ItemId, Person, Quote, Scope, Topic
from knowledge.passages import Turn, passages
from knowledge.search import Search

pytestmark = pytest.mark.slow

_ONE, _TWO = EpisodeId("one"), EpisodeId("two")

_ORDINARY = (
    ("Ann Lee", "How do bees survive the winter? They cluster around the queen and shiver."),
    ("Bob Ray", "Nobody should keep bees without a licence. It's the law, and it's a good one."),
    ("Ann Ray", "A colony burns through twenty kilograms of honey before spring."),
    (None, "Everybody loves honey."),
)
_HOSTILE = (
    ("...", "?! -- ... ''' \"\" (( ]] ~* ^2 AND OR NOT +a -b field:words \\"),
    ("Jeff Jeff", "Great! Great? \u202egnp.exe \u2066\u2069 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627"),
    ("Ann Smith", "a" * 300 + " and " + "b" * 39 + "\u00df and " + "\u00e9" * 21 + ". " + "word " * 300),
    ("Bob Jeff", "👩‍🚀👩‍🚀 e" + "\u0301" * 40 + " \u200b\ufeff _ __ x_y don't 's '' 's"),
    ("\u0301\u0301", "\u2028\u2029 1 22 333 4444444444444444444444444444444444444444444 ½ ² Ⅷ ﬁ"),
    (" ", "a"),
)
_WITHOUT_SPACES = (
    ("田中太郎", "冬の間、蜂は女王蜂のまわりに集まって震えます。"),
    ("王小明", "蜜蜂在冬天会围绕蜂王聚集并颤抖以保持温暖直到春天来临为止"),
    ("สมชาย", "ผึ้งจะรวมตัวกันรอบๆราชินีและสั่นเพื่อให้ความอบอุ่นในฤดูหนาว"),
    ("김철수", "벌들은 겨울에 여왕벌 주위에 모여 몸을 떤다 그래서 따뜻하다"),
)


def library(said: Iterable[tuple[str | None, str]]) -> Search:
    said = tuple(said)
    episodes = []
    for id in (_ONE, _TWO):
        topics = tuple(Topic(ItemId(f"{id}/topic/t{n}"), id, text[:40], text, "it") for n, (_, text) in enumerate(said))
        quotes = tuple(Quote(ItemId(f"{id}/quote/q{n}"), id, text, "it", who) for n, (who, text) in enumerate(said))
        people = tuple(Person(who) for who, _ in said if who)
        title, subtitle = said[0][1][:60], said[-1][1][:20]
        episodes.append(Episode(id, title, subtitle, "it", guests=people, topics=topics, quotes=quotes))
    turns = [Turn(who, text) for who, text in said] * 5
    return Search.over(episodes, [each for id in (_ONE, _TWO) for each in passages(turns, episode=id, source="it")])


_LIBRARIES = {"ordinary": _ORDINARY, "hostile": _HOSTILE, "without spaces": _WITHOUT_SPACES}
_SEARCHES = {name: library(said) for name, said in _LIBRARIES.items()}
_WORDS = sorted({word for said in _LIBRARIES.values() for _, text in said for word in text.split()})
_NAMES = sorted({who for said in _LIBRARIES.values() for who, _ in said if who})

_parts = st.one_of(
    st.sampled_from(_WORDS),
    st.sampled_from(_NAMES),
    st.tuples(st.sampled_from(_WORDS), st.sampled_from(_WORDS)).map("".join),
    st.text(st.characters(exclude_categories=()), max_size=20),
    st.tuples(st.text(min_size=1, max_size=2), st.integers(1, 600)).map(lambda each: each[0] * each[1]),
)
_questions = st.lists(_parts, max_size=6).map(" ".join)
_scopes = st.builds(
    Scope,
    st.none() | st.sampled_from([_ONE, EpisodeId("nowhere"), EpisodeId("\ud800")]),
    st.none() | st.frozensets(st.sampled_from([_ONE, _TWO, EpisodeId("")])),
    st.none()
    | st.sampled_from(_NAMES)
    | st.lists(st.sampled_from(_NAMES), max_size=3).map(" ".join)
    | st.text(max_size=5),
)


@pytest.mark.parametrize("search", _SEARCHES.values(), ids=_SEARCHES)
@given(words=_questions, scope=_scopes)
@example(words="what did they say about Jeff Jeff Smith great Thank?", scope=Scope(speaker="Jeff Smith"))
@example(words="great" + "a" * 300, scope=EVERYWHERE)
@example(words="a" * 600, scope=EVERYWHERE)
@example(words="冬の間蜂は女王蜂のまわりに集まって震えます", scope=EVERYWHERE)
def test_nothing_that_can_be_asked_raises(search: Search, words: str, scope: Scope) -> None:
    search.spell(words, scope=scope)
    ranking = search.find(words, scope=scope)
    for hit in ranking.hits:
        assert 0 <= hit.confidence <= 1
        assert search.get(hit.item.id) == hit.item
        assert scope.episode in {None, hit.item.episode}
        assert scope.within is None or hit.item.episode in scope.within
    for found in search.quotation(words, scope=scope):
        assert found.item.text[found.begin : found.end] == found.words
        assert 0 <= found.similarity <= 1
    search.said_by(scope.speaker or "Ann", words, scope=scope, limit=5)
    assert all(search.episodes(words, scope=scope).values())
    assert all(0 <= confidence <= 1 for _, confidence in search.about(words, scope=scope, limit=5))
    for whole in (False, True):
        for each in search.quotable(scope=scope, whole=whole).drawn(Random(0), 3):
            assert search.get(each.id) == each
    search.get(ItemId(words))
