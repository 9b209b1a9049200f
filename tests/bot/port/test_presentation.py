"""What is shown of an answer at first, what waits for a press, and how a quotation is cut."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given

from bot.port import presentation
from bot.port.excerpts import TELLING, Run, quoted, spoken
from bot.port.messages import Evidence, Fact, Found, ItemId, Part, SingleAnswer
from knowledge.model import Links
from tests.fakes.assistant import (
    CLOSE,
    COMETS,
    ECLIPSES,
    EVERY_SINGLE_ANSWER,
    EXACT,
    FACT,
    FOUND,
    HELP,
    MAYBE,
    NIGHT_SKY,
    NOT_FOUND,
    NOT_SAID,
    OOLONG,
    PASSAGE,
    STEEP,
    TEA_TIME,
    UNSURE,
    evidence,
)
from tests.fakes.examples import examples
from tests.fakes.hostile import hostile_evidence

FILLING = "It goes on about something else entirely, for as long as it takes. "


def said(text: str, *matching: str) -> Evidence:
    places = sorted((text.index(words), text.index(words) + len(words)) for words in matching)
    return replace(PASSAGE, text=text, spans=tuple(places))


@pytest.mark.parametrize("spans", [((3, 3),), ((4, 2),), ((0, 3), (2, 5)), ((0, 999),), ((-1, 3),)])
def test_stretches_that_are_none_are_refused(spans: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="no stretches"):
        replace(PASSAGE, spans=spans)


def test_words_that_matched_stand_out_together_with_what_is_between_them() -> None:
    piece = said("How scaling\n laws, and  laws of nature, matter.", "scaling", "laws", "nature")

    assert quoted(piece) == (
        Run("How "),
        Run("scaling laws", bold=True),
        Run(", and laws of "),
        Run("nature", bold=True),
        Run(", matter."),
    )


def test_where_all_of_it_matched_nothing_stands_out() -> None:
    assert quoted(said("“The map, the railway.”", "The map", "the railway")) == (Run("“The map, the railway.”"),)


def test_a_long_passage_is_cut_to_the_sentences_that_answer() -> None:
    runs = quoted(said(FILLING * 6 + "Here scaling comes up. " + FILLING * 10, "scaling"))

    words = "".join(run.words for run in runs)
    assert words.startswith("… Here scaling comes up. It goes on")
    assert words.endswith("as long as it takes. …")
    assert len(words) <= TELLING + 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[laughs] And so it swarms.", "And so it swarms."),
        ("It swarms [laughter], and then [jingle 00:10] it rests.", "It swarms, and then it rests."),
        ("It rests. [\\00:34] So [00:12:33.28] it does. [win sound]", "It rests. So it does."),
        ("They call it [unintelligible 00:12:33.28].", "They call it […]."),
        ("It's in [Kubernetes], [sic] and […] more.", "It's in [Kubernetes], [sic] and […] more."),
        ("[laughter]", "[laughter]"),
    ],
)
def test_what_a_transcript_tells_in_brackets_is_not_shown_as_words(text: str, shown: str) -> None:
    assert "".join(run.words for run in quoted(said(text))) == shown == spoken(text)


def test_words_that_matched_stand_out_behind_what_is_not_shown() -> None:
    piece = said("[laughter] The queen is [unintelligible 00:12] old.", "old")

    assert quoted(piece) == (Run("The queen is […] "), Run("old", bold=True), Run("."))


def test_what_is_said_at_the_end_is_shown_with_what_leads_up_to_it() -> None:
    words = "".join(run.words for run in quoted(said(FILLING * 12 + "Then scaling.", "scaling")))

    assert words.startswith("… It goes on")
    assert words.endswith("Then scaling.")
    assert len(words) > TELLING / 2


def test_a_sentence_without_end_is_cut_around_what_matched() -> None:
    words = "".join(run.words for run in quoted(said("word " * 300 + "match " + "word " * 300, "match")))

    assert words.startswith("… word word")
    assert " match word" in words
    assert words.endswith("word …")
    assert len(words) <= TELLING + 4
    assert "match" in "".join(run.words for run in quoted(said(f"match {'x' * 900}", "match")))


def test_a_cut_does_not_begin_in_the_middle_of_a_thought_where_there_is_room() -> None:
    words = "".join(run.words for run in quoted(said(f"{FILLING * 10}Hives break. But scaling helps.", "scaling")))

    assert words.endswith("Hives break. But scaling helps.")


def test_what_is_cut_out_of_what_somebody_quotes_is_still_quoted() -> None:
    begun = f'She said "{FILLING * 10}Scaling is evil. {FILLING}"'
    words = "".join(run.words for run in quoted(said(begun, "Scaling")))

    assert words.startswith('… "')
    assert "Scaling is evil." in words


def test_what_was_not_found_by_its_words_is_not_cut() -> None:
    assert quoted(replace(PASSAGE, text=FILLING * 10)) == (Run((FILLING * 10).strip()),)


@examples(60)
@given(hostile_evidence)
def test_a_quotation_has_only_words_that_were_said_whatever_they_are(piece: Evidence) -> None:
    runs = quoted(piece)

    words = "".join(run.words for run in runs).removeprefix("… ").removeprefix('"').removesuffix(" …")
    assert " ".join(words.split()) in " ".join(piece.text.split())
    assert all(run.words for run in runs)
    assert all(first.bold is not second.bold for first, second in pairwise(runs))


@pytest.mark.parametrize("answer", EVERY_SINGLE_ANSWER)
def test_all_evidence_is_shown_or_waits(answer: SingleAnswer) -> None:
    pieces = presentation.shown(answer)
    everything = {each.id for each in getattr(answer, "evidence", ())} | set(getattr(answer, "more", ()))

    assert {*(each.id for each in pieces), *presentation.waiting(answer, len(pieces))} == everything
    assert bool(presentation.told(answer)) or pieces


def test_the_same_words_are_shown_once_and_wait_for_a_press_elsewhere() -> None:
    check = replace(EXACT, evidence=(*EXACT.evidence, PASSAGE), told="")

    assert presentation.shown(check) == EXACT.evidence
    assert presentation.waiting(check, 1) == (PASSAGE.id,)
    assert (presentation.told(check), presentation.told_of(Part("?", check))) == ("", EXACT.text)


def test_the_passage_of_a_sentence_that_is_shown_does_not_wait_as_one_more() -> None:
    sentence = replace(PASSAGE, id=ItemId(f"{PASSAGE.id}#saying"))
    drawn = Found("", 1.0, evidence=(sentence,), more=(PASSAGE.id, STEEP.id))

    assert presentation.waiting(drawn, 1) == (STEEP.id,)


def test_what_was_said_around_is_offered_where_a_transcript_goes_on() -> None:
    assert presentation.surroundings(Found("", 1.0, evidence=(PASSAGE, evidence(STEEP)))) == PASSAGE.id
    assert presentation.surroundings(Found("", 1.0, evidence=(PASSAGE,) * 4)) is None
    assert presentation.surroundings(FOUND) is None
    assert presentation.surroundings(HELP) is None


def test_what_is_related_is_offered_once_and_never_what_is_shown() -> None:
    found = replace(FOUND, topics=(COMETS, ECLIPSES), related=(COMETS, ECLIPSES, OOLONG))

    assert presentation.related(found) == (ECLIPSES, OOLONG)
    assert presentation.related(UNSURE) == ()
    assert [presentation.prompt(each) for each in (found, FACT, HELP, MAYBE, NOT_FOUND, NOT_SAID)] == [
        *("Related", "Related", "Related", "Or did you mean", "Ask about", "Ask about")
    ]


def test_a_statement_opens_the_episodes_that_it_names() -> None:
    other = replace(TEA_TIME, show="The Night Sky", number="71", links=Links(page="https://sky.example/71"))
    fact = Fact("In The Night Sky #71 and The Night Sky #7.", (NIGHT_SKY, other))

    assert presentation.linked(fact) == (
        Run("In "),
        Run("The Night Sky #71", url="https://sky.example/71"),
        Run(" and "),
        Run("The Night Sky #7", url="https://sky.example/7"),
        Run("."),
    )
    assert presentation.unnamed(fact) == ()
    assert presentation.unnamed(FACT) == FACT.episodes


def test_only_what_every_platform_takes_for_an_address_is_a_button() -> None:
    def opened(url: str) -> str | None:
        return presentation.opening(replace(CLOSE, evidence=(replace(CLOSE.evidence[0], url=url),)))

    good = "https://www.youtube.com/watch?v=abc&t=135"
    assert opened(good) == good
    for bad in ("https://localhost/7", "ftp://a.example/7", "https://a.example/ü", "https://a.example/" + "x" * 512):
        assert opened(bad) is None
    assert presentation.opening(FACT) is None
