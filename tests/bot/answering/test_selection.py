"""What of some evidence is shown first."""

from dataclasses import replace

from bot.answering.selection import understood_first
from bot.port.messages import Found, ItemId
from tests.fakes.assistant import PASSAGE


def test_a_reply_that_says_nothing_by_itself_comes_behind_what_does() -> None:
    reply = replace(PASSAGE, id=ItemId("reply"), text="Yeah, exactly, that one.", spans=())
    brief = replace(PASSAGE, id=ItemId("brief"), text="Yeah, comets, exactly.", spans=((6, 12),))
    telling = replace(
        PASSAGE, id=ItemId("telling"), text="It is dirty ice that begins to glow near the sun. " * 2, spans=()
    )

    assert understood_first(Found("", 1.0, evidence=(reply, telling))).evidence == (telling, reply)
    assert understood_first(Found("", 1.0, evidence=(brief, telling))).evidence == (brief, telling)
    assert understood_first(Found("", 1.0, evidence=(telling, reply))).evidence == (telling, reply)
