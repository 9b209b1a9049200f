"""Templates say what they match, and say so where they cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.coding import coded
from bot.understanding.templates import Match, Rules, Template, TemplateError, Templates

RULES = Rules({"give": "give|show", "me": "me|us", "round": "and <about>", "about": "<round>", "bad": "(open"})
LEAVES = st.sampled_from(["who", "a", "talk[s|ed]", "{subject}", "{person}", "{number}", "<give>", "{}", "{a b}", "[]"])
NOTATION = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(" ".join),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: f"({'|'.join(parts)})"),
        inner.map(lambda part: f"[{part}]"),
    ),
    max_leaves=12,
)
TANGLED = st.lists(st.sampled_from([*"[](){}<>| ", "<round>", "<none>", "{subject}"]) | st.text(max_size=3)).map(
    "".join
)
WORDS = st.lists(st.sampled_from(["who", "talk", "talks", "give", "EPISODE", "PERSON", "12", "(", "a"]), max_size=12)


def match(template: str, text: str) -> Match | None:
    return Template("it", template, RULES).match(text.split(), coded(text.split()))


@pytest.mark.parametrize(
    ("template", "fits", "misses"),
    [
        ("who is it", ["who is it"], ["who is", "who is it now", "so who is it", ""]),
        ("who [is] it", ["who is it", "who it"], ["who was it"]),
        ("(one|the other)", ["one", "the other"], ["the", "one the other", ""]),
        ("[one|two] or more", ["or more", "one or more", "two or more"], ["one two or more"]),
        ("talk[s|ed|ing]", ["talk", "talks", "talked", "talking"], ["talker", "tal"]),
        ("talk(s|ed)", ["talks", "talked"], ["talk"]),
        ("<give> [<me>] it", ["give it", "show us it"], ["give them it", "me it"]),
        ("a|b", ["a", "b"], ["a b"]),
        ("[(the|this) [very]] one", ["one", "the one", "this very one"], ["very one"]),
        ("episode {number}", ["episode 12", "episode 3.5"], ["episode twelve", "episode"]),
        ("route 66 or {number}", ["route 66 or 66", "route 66 or 2024"], ["route 65 or 66", "route 66 or 3rd"]),
        ("in {of_year}", ["in 1999"], ["in 99", "in 3024", "in 20245", "in 1999.5"]),
        ("season {of_season}", ["season 4", "season 2024"], ["season 20245", "season 4.5"]),
        ("the {ordinal}", ["the 3rd", "the 12th"], ["the 3", "the rd", "the third"]),
        ("{late_ordinal} one", ["7th one", "21st one"], ["3rd one"]),
        ("{code}", ["s2e5"], ["s2", "2e5"]),
        ("at {clock}", ["at 1:02", "at 1:02:03"], ["at 1", "at 102"]),
        ("{count} of them", ["7 of them", "seven of them"], ["seven or eight of them"]),
        ("on {subject}", ["on honey", "on the price of honey"], ["on", "on EPISODE", "on the SEASON"]),
        ("say {quoted}", ["say QUOTED"], ["say this"]),
        ("is {person} in", ["is PERSON in", "is ann lee in"], ["is in", "is a b c d e in"]),
        ("per {SHOW:show[s]|(the|a) podcast}", ["per show", "per shows", "per the podcast"], ["per episode", "per"]),
        ("v2.0 c++", ["v2.0 c++"], ["v200 c++", "v2.0 ccc"]),
    ],
)
def test_a_template_fits_all_of_what_it_says_and_nothing_else(
    template: str, fits: list[str], misses: list[str]
) -> None:
    assert [text for text in fits if not match(template, text)] == []
    assert [text for text in misses if match(template, text)] == []


@pytest.mark.parametrize(
    "template",
    [
        "(one",
        "one)",
        "[one",
        "(one]]",
        "{subject",
        "{}",
        "{a b}",
        "{1}",
        "give>",
        "a(b)c",
        "talk[s",
        "<none>",
        "<bad>",
        "<round>",
        "<about>",
    ],
)
def test_what_is_not_in_the_notation_is_an_error(template: str) -> None:
    with pytest.raises(TemplateError):
        Template("it", template, RULES)


@pytest.mark.parametrize(
    ("template", "named"), [("who (is it", "who (is it"), ("a(b)c", "a(b)c"), ("<none>", "<none>"), ("<bad>", "(open")]
)
def test_an_error_names_what_cannot_be_read(template: str, named: str) -> None:
    with pytest.raises(TemplateError, match=r".*") as error:
        Template("it", template, RULES)

    assert named in str(error.value)


def test_a_slot_is_told_by_the_places_of_its_words() -> None:
    found = match("what did {person} say about {subject}", "what did ann lee say about the price of honey")

    assert found is not None
    assert found.slots == {"person": (2, 4), "subject": (6, 10)}
    assert found.open_words == 6


def test_a_slot_that_is_not_filled_is_not_told() -> None:
    found = match("a quote [on {subject}]", "a quote")

    assert found is not None
    assert (found.slots, found.open_words) == ({}, 0)


def test_a_slot_may_stand_in_a_template_more_than_once() -> None:
    template = "({subject} episodes|episodes on {subject})"

    assert [found.slots for text in ("bee episodes", "episodes on bees") if (found := match(template, text))] == [
        {"subject": (0, 1)},
        {"subject": (2, 3)},
    ]


def test_a_name_is_no_open_word() -> None:
    found = match("is {person} in {episode}", "is PERSON in EPISODE")

    assert found is not None
    assert found.open_words == 0


def test_the_template_with_fewest_open_words_comes_first_and_else_the_first() -> None:
    texts = ["who is {subject}", "who is the {subject}", "{subject}", "who is [the] guest", "who is the guest"]
    templates = Templates(Template(str(number), text, RULES) for number, text in enumerate(texts))

    assert [found.want for found in templates.matches(["who", "is", "the", "guest"])] == ["3", "4", "1", "0", "2"]


def test_a_template_without_a_word_of_its_own_is_tried_as_well() -> None:
    templates = Templates([Template("number", "[episode] {number}", RULES), Template("any", "{subject}", RULES)])

    assert [found.want for found in templates.matches(["12"])] == ["number", "any"]
    assert [found.want for found in templates.matches(["honey"])] == ["any"]


def test_inside_other_words_the_longest_part_comes_first_and_nothing_with_open_words() -> None:
    texts = ["guest", "the guest", "so {subject}", "host"]
    templates = Templates(Template(text, text, RULES) for text in texts)

    assert [(found.want, found.span) for found in templates.inside(["so", "who", "was", "the", "guest", "then"])] == [
        ("the guest", (3, 5)),
        ("guest", (4, 5)),
    ]


def test_inside_other_words_whole_words_are_meant() -> None:
    templates = Templates([Template("host", "host", RULES)])

    assert templates.inside(["ghost"]) == []
    assert templates.inside(["hosts"]) == []


@given(NOTATION | TANGLED, WORDS)
def test_any_text_is_a_template_or_an_error(text: str, words: list[str]) -> None:
    try:
        template = Template("it", text, RULES)
    except TemplateError:
        return
    templates = Templates([template])

    for found in (*templates.matches(words), *templates.inside(words)):
        assert all(found.span[0] <= begin < end <= found.span[1] for begin, end in found.slots.values())
        assert found.span[1] <= len(words)
