"""What makes a search more or less sure."""

import numpy as np
import pytest

from knowledge.model import EVERYWHERE
from knowledge.search import Search, confidence, ranking, signals, trees
from knowledge.search.confidence import NOTED, of_noted
from knowledge.search.index.fulltext import ROOM

NEARLY = {
    "covered": 0.6,
    "named": 0.5,
    "weight": 8.0,
    "rarest": 5.0,
    "meaning": 0.5,
    "asked_words": 3.0,
    "asked_weight": 13.0,
    "asked_rarest": 5.5,
}


def sure(**different: float) -> float:
    """Judge a topic that has most of what was asked."""
    return of_noted(np.array([[(NEARLY | different).get(name, 0.0) for name in NOTED]], np.float32))[0]


def test_what_was_learned_is_about_figures_that_there_are() -> None:
    assert trees.load(ranking.FITTED).names == signals.NAMES
    assert set(trees.load(confidence.FITTED).names) <= set(confidence.SAID)
    assert set(trees.load(confidence.FITTED_TO_PLACES).names) <= set(confidence.PLACED)
    assert trees.load(confidence.FITTED_TO_NOTES).names == NOTED


def test_confidence_is_a_probability() -> None:
    assert 0 < sure() < 1


@pytest.mark.parametrize("feature", ["score", "ahead", "ahead_of_episodes"])
def test_a_place_ahead_of_all_others_is_likelier_the_one_that_answers(feature: str) -> None:
    fitted = trees.load(confidence.FITTED_TO_PLACES)
    likely = {"covered": 0.6, "covered_around": 0.7, "alike": 0.7, "alike_around": 0.8, "rarest": 5.0, "meaning": 0.4}
    asked = {"asked_words": 3.0, "asked_weight": 11.0, "asked_rarest": 5.5, "searched": 9.0, "words": 4.0}

    def of(worth: float) -> float:
        features = likely | asked | {feature: worth}
        return float(fitted.values(np.array([[features.get(name, 0.0) for name in fitted.names]], np.float32))[0])

    assert of(-1.0) < of(3.0)


def test_the_same_words_elsewhere_are_no_rivals(search: Search) -> None:
    looked = search.look("does a beekeeper need a licence for the apiary", scope=EVERYWHERE)
    assert looked is not None
    features = np.concatenate([looked.features, looked.features])
    places = [*looked.places, *(place + 10 * ROOM for place in looked.places)]

    once = ranking.ordered(looked.places, looked.features, 10).margins(0)
    twice = ranking.ordered(places, features, 10).margins(0)

    assert twice["ahead"] == once["ahead"]


def test_the_more_of_the_question_a_note_has_the_surer() -> None:
    assert sure() < sure(covered=0.95, weight=12.0)
    assert sure() < sure(meaning=0.8)
    assert sure() > sure(weight=1.0, rarest=1.0)


def test_what_a_note_lacks_of_the_question_makes_it_less_sure() -> None:
    assert sure(strange=0.4) < sure()
    assert sure(uncounted=1.0, unnamed=1.0) < sure()
    assert sure(meaning_below_best=0.3) < sure()
    assert sure(name_meaning_below_best=0.3) < sure()
