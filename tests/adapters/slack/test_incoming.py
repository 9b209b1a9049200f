from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.incoming import Origin, delivery, form, heard, lookup, opened, ordered, origin, pressed, used
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
    "authorizations",
    "enterprise",
    "is_enterprise_install",
]
_leaves = st.none() | st.booleans() | st.integers() | st.sampled_from(["C1", "D1", "U1", "modal", "home", "message"])
_payloads = st.recursive(
    st.dictionaries(st.sampled_from(_NAMES), _leaves, max_size=6),
    lambda parts: st.dictionaries(st.sampled_from(_NAMES), parts | _leaves | st.lists(parts, max_size=2), max_size=8),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("body", "team", "organisation"),
    [
        ({"team_id": "T1", "enterprise_id": "E1"}, "T1", None),
        ({"team_id": "T2", "authorizations": [{"team_id": "T1", "enterprise_id": "E1"}]}, "T1", None),
        ({"team": {"id": "T1", "enterprise_id": "E1"}, "is_enterprise_install": False}, "T1", None),
        (
            {"team": None, "user": {"team_id": "T1"}, "enterprise": {"id": "E1"}, "is_enterprise_install": True},
            "T1",
            "E1",
        ),
        ({"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": "true"}, "T1", "E1"),
        (
            {
                "team_id": "T1",
                "authorizations": [{"team_id": None, "enterprise_id": "E1", "is_enterprise_install": True}],
            },
            "T1",
            "E1",
        ),
        ({"team": {"id": "T2"}, "view": {"app_installed_team_id": "T1"}}, "T1", None),
        ({"team": {"id": "T1"}, "enterprise": None, "is_enterprise_install": True}, "T1", None),
    ],
)
def test_the_workspace_is_that_through_which_it_came(
    body: dict[str, object], team: str, organisation: str | None
) -> None:
    assert origin(body) == Origin(team, organisation)


@examples(150)
@given(_payloads)
def test_any_payload_at_all_is_read_or_passed_over(body: dict[str, object]) -> None:
    for read in (ordered, pressed, used, opened, form, lookup, origin):
        read(body)
    heard(body, "U0BOT")
    delivery(body, "U0BOT")


@given(hostile_text)
def test_any_words_at_all_can_be_read(markup: str) -> None:
    assert isinstance(plain(markup, "U0BOT"), str)
    assert addressed(markup, "U0BOT") in {True, False}
