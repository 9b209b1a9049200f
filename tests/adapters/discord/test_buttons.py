import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.buttons import (
    Another,
    AsCard,
    AskAbout,
    Cancel,
    Choose,
    Delete,
    Forget,
    GuessName,
    ListenIn,
    Press,
    RateAnswer,
    Reveal,
    Share,
    ShowPlayers,
    TellMe,
    TurnPage,
    decode,
    encode,
    that_fit,
)
from bot.port.logbook import AnswerId
from bot.port.messages import EpisodeId, ItemId
from bot.port.presentation import InContext, Open
from tests.fakes.examples import examples

_name = st.from_regex(re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII), fullmatch=True).filter(
    lambda name: len(name) < 30
)
_episode = _name.map(EpisodeId)
_item = st.builds(
    lambda episode, kind, name: ItemId(f"{episode}/{kind}/{name}"),
    _name,
    st.sampled_from(["topic", "quote", "passage"]),
    _name,
)
_number = st.integers(0, 10**6)
_press = st.one_of(
    st.builds(InContext, _item),
    st.builds(AsCard, _item),
    st.builds(Open, st.lists(_item, min_size=1, max_size=3).map(tuple)),
    st.builds(RateAnswer, st.from_regex(r"[A-Za-z0-9_-]{1,20}", fullmatch=True).map(AnswerId), st.booleans()),
    st.builds(Another, _item, st.booleans(), st.booleans(), st.none() | _item),
    st.builds(Another, st.none(), topic=st.none() | _item),
    st.just(Share()),
    st.builds(Delete, st.integers(0, 2**63)),
    st.builds(TurnPage, st.none() | _episode, _number),
    st.just(Choose()),
    st.builds(TellMe, _name),
    st.builds(Cancel, _name),
    st.builds(GuessName, _number, _item),
    st.builds(Reveal, _item),
    st.builds(ShowPlayers, _item),
    st.builds(ListenIn, _item),
    st.builds(AskAbout, _episode),
    st.just(Forget()),
)


@examples(40)
@given(_press)
def test_what_a_button_carries_is_read_back_the_same(press: Press) -> None:
    custom_id = encode(press)

    assert custom_id is None or decode(custom_id) == press


@given(st.text(max_size=100))
def test_anything_at_all_can_be_read(custom_id: str) -> None:
    decode(custom_id)


@examples(40)
@given(_press)
def test_a_button_is_never_over_a_hundred_characters(press: Press) -> None:
    assert len(encode(press) or "") <= 100


@pytest.mark.parametrize("custom_id", ["", "old", "open:", "more:", "delete:x", "page:x:", "another:s:", "vote:1"])
def test_what_this_version_does_not_write_is_nothing(custom_id: str) -> None:
    assert decode(custom_id) is None


def test_ids_of_one_shelf_share_its_name() -> None:
    ids = tuple(ItemId(f"lex-fridman-494/passage/{number}") for number in range(100, 120))

    more = that_fit(ids)

    assert more is not None
    assert len(more.items) == 18
    assert decode(encode(more) or "") == more


def test_an_id_too_long_for_a_button_makes_none() -> None:
    assert encode(Open((ItemId("x" * 96),))) is None
    assert that_fit([ItemId("x" * 96)]) is None
    assert that_fit([]) is None
