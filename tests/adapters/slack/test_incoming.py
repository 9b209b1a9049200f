from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.incoming import Origin, delivery, form, heard, lookup, opened, ordered, origin, pressed, used
from adapters.slack.words import addressed, forwarded_by, markup_of, plain
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
    "blocks",
    "elements",
    "attachments",
    "is_share",
    "message_blocks",
    "style",
    "usergroup_id",
]
_leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(
        [
            "C1",
            "D1",
            "U1",
            "modal",
            "home",
            "message",
            "rich_text",
            "rich_text_section",
            "rich_text_list",
            "text",
            "section",
        ]
    )
)
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


def line(*leaves: dict[str, object], kind: str = "rich_text_section") -> dict[str, object]:
    return {"type": kind, "elements": list(leaves)}


def said(words: str, **style: bool) -> dict[str, object]:
    return {"type": "text", "text": words} | ({"style": style} if style else {})


RICH = {
    "type": "rich_text",
    "elements": [
        line(said("a < b & "), {"type": "usergroup", "usergroup_id": "S1"}, {"type": "emoji", "name": "tada"}),
        line(line(said("one")), line(said("two")), kind="rich_text_list"),
        line({"type": "link", "url": "https://a.b", "text": "a link"}, {"type": "link", "url": "https://c.d"}),
    ],
}


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"text": "comets", "blocks": [RICH]}, "comets"),
        ({"text": " ", "blocks": [RICH]}, "a < b & \none\ntwo\na linkhttps://c.d"),
        ({"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<!subteam^S1> comets"}}]}, "comets"),
        ({"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "A & <B>"}}]}, "A & <B>"),
        ({"blocks": [{"type": "markdown", "text": "a *b*"}, {"type": "divider"}]}, "a *b*"),
        ({"blocks": [{"type": "context", "elements": [{"type": "mrkdwn", "text": "small print"}]}]}, ""),
        ({"blocks": 5}, ""),
    ],
)
def test_a_message_of_blocks_alone_says_what_they_say(message: dict[str, object], words: str) -> None:
    assert plain(markup_of(message)) == words


@pytest.mark.parametrize("kind", ["rich_text_quote", "rich_text_preformatted", "code"])
def test_a_mention_that_blocks_quote_is_not_for_the_bot(kind: str) -> None:
    mention = {"type": "user", "user_id": "U0BOT"}
    quoted = line(said("<@U0BOT>", code=True)) if kind == "code" else line(mention, kind=kind)

    assert addressed(markup_of({"blocks": [{"type": "rich_text", "elements": [line(mention)]}]}), "U0BOT")
    assert not addressed(markup_of({"blocks": [{"type": "rich_text", "elements": [quoted]}]}), "U0BOT")


def test_somebody_whose_id_begins_like_the_bots_is_not_the_bot() -> None:
    assert not addressed("<@U0BOTHER> comets", "U0BOT")
    assert addressed("<@U0BOT|overheard> comets", "U0BOT")


@pytest.mark.parametrize(
    ("attachment", "words"),
    [
        ({"is_share": True, "text": "A &amp; <@U2>B"}, "A & B"),
        (
            {"is_msg_unfurl": True, "message_blocks": [{"message": {"blocks": [RICH]}}]},
            "a < b & \none\ntwo\na linkhttps://c.d",
        ),
        ({"is_share": True, "files": []}, ""),
        ({"text": "a link's preview"}, None),
        (5, None),
    ],
)
def test_what_a_message_forwards_is_read_apart_from_its_own_words(attachment: object, words: str | None) -> None:
    forwarded = forwarded_by({"text": "is that true?", "attachments": [attachment]})

    assert (None if forwarded is None else plain(forwarded)) == words


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
