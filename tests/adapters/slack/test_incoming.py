from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.incoming import delivery, form, heard, lookup, opened, ordered, pressed, used
from adapters.slack.words import addressed, plain
from tests.fakes.examples import examples
from tests.fakes.hostile import hostile_text

_NAMES = [
    "type",
    "event",
    "event_id",
    "team_id",
    "channel",
    "user",
    "ts",
    "thread_ts",
    "text",
    "subtype",
    "bot_id",
    "edited",
    "tab",
    "assistant_thread",
    "channel_id",
    "user_id",
    "command",
    "response_url",
    "trigger_id",
    "actions",
    "action_id",
    "value",
    "selected_option",
    "message",
    "container",
    "message_ts",
    "is_ephemeral",
    "view",
    "state",
    "values",
    "id",
    "team",
    "question",
    "within",
    "callback_id",
]
_leaves = st.none() | st.booleans() | st.integers() | st.sampled_from(["C1", "D1", "U1", "modal", "home", "message"])
_payloads = st.recursive(
    st.dictionaries(st.sampled_from(_NAMES), _leaves, max_size=6),
    lambda parts: st.dictionaries(st.sampled_from(_NAMES), parts | _leaves | st.lists(parts, max_size=2), max_size=8),
    max_leaves=12,
)


@examples(150)
@given(_payloads)
def test_any_payload_at_all_is_read_or_passed_over(body: dict[str, object]) -> None:
    for read in (ordered, pressed, used, opened, form, lookup):
        read(body)
    heard(body, "U0BOT")
    delivery(body, "U0BOT")


@given(hostile_text)
def test_any_words_at_all_can_be_read(markup: str) -> None:
    assert isinstance(plain(markup, "U0BOT"), str)
    assert addressed(markup, "U0BOT") in {True, False}
