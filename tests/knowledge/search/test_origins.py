"""Who made something, and where guests are from, is told by what is said beside their names."""

import pytest

from knowledge.model import EpisodeId, ItemId, Passage
from knowledge.search import origins
from knowledge.search.introducing import BEGINNING


def said(text: str, speaker: str = "Ann Lee", number: int = 0) -> Passage:
    return Passage(ItemId("hive/passage/0"), EpisodeId("hive"), number, text, "the transcript", speaker)


def guests(_: Passage) -> tuple[str, ...]:
    return ("Sid Moor",)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Bo Quill is the creator of Wax.", True),
        ("I created Wax.", True),
        ("Here is Sid Moor. You may know him as the author of Wax.", True),
        ("Here he is. You may know him as the author of Wax.", False),
        ("Bo Quill is the author of Wax Recipes.", False),
        ("Bo Quill is the creator of Wax on Wheels.", False),
        ("This is Bo Quill, founder and CEO of Wax.", True),
        ("Bo Quill created Wax very early.", True),
        ("This is Bo Quill, who is the co-founder and CEO at Wax.", True),
        ("Bo Quill created Wax recipes.", False),
        ("Wax was originally written by Bo Quill.", True),
        ("You can paint bees with Wax. It was built by Bo Quill, for fun.", True),
        ("You can paint bees with Pollen. It was built by Bo Quill, for fun.", False),
        ("Wax was written by hand.", False),
        ("I'm the CEO and co-founder here at Wax.", True),
        ("So you founded the Wax project, is that right?", True),
        ("So you created Wax recipes.", False),
        ("Bo Quill is the creator of Bees on Wax.", True),
        ("So I was actually one of the original co-founders of Wax.", True),
        ("I was walking with the creator of Wax.", False),
        ("I started Wax about 11 years ago.", True),
        ("So I wrote Wax because nothing else held.", True),
        ("Bo Quill built Wax.", True),
        ("I wrote Wax for ten years.", False),
        ("I built Wax recipes.", False),
    ],
)
def test_who_made_something_is_said_beside_a_name_or_of_oneself(text: str, tells: bool) -> None:
    assert bool(origins.makers("Wax", [said(text)], guests)) == tells


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("We had Wax's CEO, Sid Moor, on.", ("Sid Moor",)),
        ("And here is the CEO of Wax - it's only Sid Moor.", ("Sid Moor",)),
        ("You're the CEO and co-founder of Wax, right?", ("Sid Moor",)),
        ("Do you push against Sid, the CEO of Wax?", ("Sid Moor",)),
        ("Wax CEO's are rare.", ()),
        ("If you're the CEO of Wax, call.", ()),
    ],
)
def test_who_leads_something_is_named_on_either_side_or_told_so(text: str, named: tuple[str, ...]) -> None:
    words, leads = said(text), origins.leading("CEO")

    assert bool(origins.makers("Wax", [words], guests, leads)) == bool(named)
    assert origins.named_makers("Wax", words.text, words.speaker, ("Sid Moor",), guests(words), leads) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Sid, you founded the Wax project, is that right?", ("Sid Moor",)),
        ("You can paint bees with Wax. It was built by Sid Moor.", ("Sid Moor",)),
        ("I'm the CEO and co-founder here at Wax.", ("Ann Lee",)),
        ("If you founded Wax, call.", ()),
        ("Wax is Sid's new open source project.", ("Sid Moor",)),
        ("Wax is Ray's project.", ()),
        ("I work on my new project, Wax.", ("Ann Lee",)),
        ("Tell us about your framework, Wax.", ("Sid Moor",)),
        ("Wax is a part of my project.", ()),
    ],
)
def test_who_made_something_is_told_so_or_named_behind_it(text: str, named: tuple[str, ...]) -> None:
    words = said(text)

    assert origins.named_makers("Wax", words.text, words.speaker, ("Sid Moor",), guests(words)) == named


def test_a_title_of_several_words_may_stand_further_behind() -> None:
    text = "Bo Quill is the author of a new and good book called The Wax Year."

    assert origins.makers("the wax year", [said(text)], guests)


def test_whoever_has_a_role_is_named_by_the_words_before_it() -> None:
    text = "Bo Quill, CTO and co-founder of Wax, met Al Bee, CEO of Wax."

    assert origins.named_makers("Wax", text, "Ann Lee", ("Bo Quill", "Al Bee"), (), origins.leading("cto")) == (
        "Bo Quill",
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I met Cy Dorn, the creator of Wax.", "Cy Dorn"),
        ("Here is the creator of Wax, Cy Dorn.", "Cy Dorn"),
        ("He is the creator of Wax.", None),
    ],
)
def test_a_maker_whom_nobody_knows_is_named_beside_it(text: str, name: str | None) -> None:
    assert origins.strange_maker("Wax", text) == name


def test_what_names_a_guest_comes_first() -> None:
    others, theirs = said("Bo Quill, creator of Wax."), said("Sid Moor, co-creator of Wax.")

    assert origins.makers("Wax", [others, theirs], guests) == [theirs, others]


@pytest.mark.parametrize(
    ("passage", "found"),
    [
        (said("This is Sid Moor, who is from Roof Bees."), ["Sid Moor"]),
        (said("I work at Roof Bees.", "Sid Moor"), ["Sid Moor"]),
        (said("This is Sid Moor, co-founder and CEO of Roof Bees."), ["Sid Moor"]),
        (said("I never wanted to work at Roof Bees.", "Sid Moor"), []),
        (said("I work at Roof Bees."), []),
        (said("I went to work at Roof Bees's shop.", "Sid Moor", BEGINNING + 1), []),
        (said("My brother I told you of worked at Roof Bees.", "Sid Moor", BEGINNING + 1), []),
        (said("This is Sid Moor, who is from Roof Bees.", "Ann Lee", BEGINNING + 1), []),
        (said("I'm the CEO and a founder here at Roof Bees.", "Sid Moor", BEGINNING + 1), ["Sid Moor"]),
        (said("I worked at Roof Bees.", "Sid Moor", BEGINNING + 1), ["Sid Moor"]),
        (said("Sid is a roofer at Roof Bees."), ["Sid Moor"]),
        (said("You're an engineer at Roof Bees."), ["Sid Moor"]),
        (said("Sid, what do people say of Roof Bees, as at Roof Bees they do?"), []),
        (said("It works for lots of folks at Roof Bees.", "Sid Moor"), []),
    ],
)
def test_a_guest_is_from_where_others_say_so_at_the_beginning_or_they_do_anywhere(
    passage: Passage, found: list[str]
) -> None:
    assert list(origins.guests_from("Roof Bees", [passage], guests)) == found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Our guests are Sid Moor and Bo Quill, the creators of the Wax language.", {"Sid Moor", "Bo Quill"}),
        ("Bo Quill met Sid Moor, the creator of Wax.", {"Sid Moor"}),
        ("Here is Sid. You may know him as the author of Wax.", {"Sid Moor"}),
        ("They signed it: Al Bee, creator of Wax, Bo Quill, creator of Honey.", set()),
        ("Sid Moor likes what Al Bee, the creator of Wax, did.", set()),
        ("If I'm the creator of Wax, I would know.", set()),
        ("Sid Moor knows the founder of the Wax Guild.", set()),
        ("I'm the creator of Wax.", {"Ann Lee"}),
    ],
)
def test_only_who_is_named_right_beside_it_made_something(text: str, named: set[str]) -> None:
    assert (
        set(origins.named_makers("Wax", text, "Ann Lee", ("Ann Lee", "Bo Quill", "Sid Moor"), ("Sid Moor",))) == named
    )


def test_a_thing_may_be_called_by_its_kind_as_well() -> None:
    assert origins.without_kind("Wax conference") == "Wax"
    assert origins.without_kind("Wax app") == "Wax"
    assert origins.without_kind("conference") == "conference"


def test_makers_are_listed_by_their_first_names_after_what_they_are() -> None:
    text = "We are joined by both Wax founders. In alphabetical order: Ann, Sid and Bo. Welcome!"

    named = origins.named_makers("Wax", text, "Di Fox", (), ("Sid Moor", "Bo Quill"))

    assert named == ("Sid Moor", "Bo Quill")
    assert origins.makers("Wax", [said(text)], lambda _: ("Sid Moor", "Bo Quill"))
    assert not origins.makers("Wax", [said(text)], lambda _: ("Cy Kent", "Di Fox"))
