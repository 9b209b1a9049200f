"""What is one word in another form or spelling is found and counted as that word; what only looks like it is not."""

import pytest

from knowledge.search import forms
from knowledge.search.index.stemming import stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mouse", "mice"),
        ("woman", "women"),
        ("child", "children"),
        ("impostor", "imposters"),
        ("colors", "colour"),
        ("Organize", "ORGANISED"),
        ("serialization", "serialisation"),
        ("judgment", "judgement"),
        ("gray", "grey"),
        ("K8s", "Kubernetes"),
        ("i18n", "internationalization"),
    ],
)
def test_forms_and_spellings_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("there", "their"),
        ("media", "medium"),
        ("leaves", "leaf"),
        ("cola", "colon"),
        ("prolog", "prologue"),
        ("lit", "light"),
        ("led", "lead"),
        ("left", "leave"),
        ("saw", "see"),
        ("gan", "gin"),
        ("found", "find"),
        ("went", "go"),
        ("disc", "disk"),
        ("store", "story"),
    ],
)
def test_words_that_are_another_word_too_keep_their_own_stem(one: str, other: str) -> None:
    assert stems(one) != stems(other)


def test_what_a_word_is_joined_to_is_joined_to_nothing_else() -> None:
    listed = forms.joined()

    assert not {word for word in listed.values() if word in listed}


@pytest.mark.parametrize("text", ["mice and colour", "Mice—Colour", "naïve mice, café colour", "हिन्दी mice"])
def test_a_word_has_the_same_stem_in_any_text(text: str) -> None:
    long = f"{text}, " * 9

    assert set(stems(long)) == set(stems(text))
    assert "mous" in stems(text)
