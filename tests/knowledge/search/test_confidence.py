"""What makes a search more or less sure."""

from dataclasses import replace

from knowledge.search.confidence import Noted, Said, of_noted, of_said

SAID = Said(weight=10.0, rarest=7.0, found=5.0, covered=0.6, paired=0.5, personal=False)
NOTED = Noted(
    covered=0.6, named=0.5, weight=8.0, personal=False, uncounted=False, unnamed=False, incomplete=False, strange=False
)


def test_confidence_is_a_probability() -> None:
    assert 0 < of_said(SAID) < 1
    assert 0 < of_noted(NOTED) < 1


def test_the_more_is_said_the_surer() -> None:
    assert of_said(SAID) < of_said(replace(SAID, weight=15.0))
    assert of_said(SAID) < of_said(replace(SAID, paired=1.0))


def test_a_rarer_word_asks_for_more() -> None:
    assert of_said(SAID) > of_said(replace(SAID, rarest=11.0))


def test_a_rare_word_that_is_said_once_is_enough_where_it_is_all_that_was_asked_for() -> None:
    once = replace(SAID, weight=2.7, rarest=8.0, found=8.0, covered=1.0, paired=0.0)

    assert of_said(once) > 0.8
    assert of_said(replace(once, covered=0.5)) < 0.5
    assert of_said(replace(once, found=6.0, weight=2.0, rarest=6.0)) < 0.5


def test_a_question_that_says_little_is_found_nowhere() -> None:
    assert of_said(SAID) > of_said(replace(SAID, weight=0.5, rarest=1.0))


def test_the_more_of_the_question_a_note_covers_the_surer() -> None:
    assert of_noted(NOTED) < of_noted(replace(NOTED, covered=0.9))
    assert of_noted(NOTED) < of_noted(replace(NOTED, named=1.0))
    assert of_noted(NOTED) > of_noted(replace(NOTED, weight=1.0))


def test_a_question_about_the_asker_is_hardly_answered() -> None:
    assert of_said(replace(SAID, personal=True)) < of_said(SAID) / 2
    assert of_noted(replace(NOTED, personal=True)) < of_noted(NOTED)


def test_what_a_note_lacks_of_the_question_makes_it_less_sure() -> None:
    assert of_noted(replace(NOTED, strange=True)) < of_noted(NOTED)
    assert of_noted(replace(NOTED, incomplete=True)) < of_noted(NOTED)
    assert of_noted(replace(NOTED, unnamed=True)) < of_noted(replace(NOTED, uncounted=True)) < of_noted(NOTED)
