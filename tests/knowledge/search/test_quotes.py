"""Finding the real words behind half-remembered ones."""

from knowledge.search import Search


def test_words_said_one_after_the_other_are_exact(search: Search) -> None:
    best = search.quotation("compute REMAINS the currency of AI")[0]

    assert best.exact
    assert best.words == "Compute remains the currency of AI"
    assert not best.differences


def test_a_half_remembered_quotation_says_what_differs(search: Search) -> None:
    best = search.quotation("compute is the currency of AI development")[0]

    assert not best.exact
    assert best.similarity > 0.7
    assert best.differences == (("is", "remains"),)


def test_words_shared_by_chance_are_not_alike(search: Search) -> None:
    assert all(found.similarity < 0.5 for found in search.quotation("I like the best pizza of New York"))
