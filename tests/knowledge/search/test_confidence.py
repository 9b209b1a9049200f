"""What makes a search more or less sure."""

from dataclasses import replace

from knowledge.search import confidence, ranking, signals, trees
from knowledge.search.confidence import Noted, of_noted

NOTED = Noted(
    covered=0.6, named=0.5, weight=8.0, personal=False, uncounted=False, unnamed=False, incomplete=False, strange=False
)


def test_what_was_learned_is_about_figures_that_there_are() -> None:
    assert trees.load(ranking.FITTED).names == signals.NAMES
    assert set(trees.load(confidence.FITTED).names) <= set(confidence.SAID)


def test_confidence_is_a_probability() -> None:
    assert 0 < of_noted(NOTED) < 1


def test_the_more_of_the_question_a_note_covers_the_surer() -> None:
    assert of_noted(NOTED) < of_noted(replace(NOTED, covered=0.9))
    assert of_noted(NOTED) < of_noted(replace(NOTED, named=1.0))
    assert of_noted(NOTED) > of_noted(replace(NOTED, weight=1.0))


def test_a_question_about_the_asker_is_hardly_answered() -> None:
    assert of_noted(replace(NOTED, personal=True)) < of_noted(NOTED)


def test_what_a_note_lacks_of_the_question_makes_it_less_sure() -> None:
    assert of_noted(replace(NOTED, strange=True)) < of_noted(NOTED)
    assert of_noted(replace(NOTED, incomplete=True)) < of_noted(NOTED)
    assert of_noted(replace(NOTED, unnamed=True)) < of_noted(replace(NOTED, uncounted=True)) < of_noted(NOTED)
