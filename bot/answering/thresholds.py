"""How sure is sure enough: the minimum confidences, 0 to 1, for each way of showing what was found."""

from __future__ import annotations

from typing import Final

FOUND: Final = 0.89
"""Minimum confidence for a passage to be the answer; high, because a large library has most words somewhere."""

NOTED: Final = 0.82
"""Minimum confidence for a topic, a quote or an episode's summary to be the answer."""

HERE: Final = 0.25
"""Minimum probability that the best passage itself answers, for any passage to be the answer."""

SURELY_HERE: Final = 0.6
"""Minimum probability that the best passage itself answers, for it to be shown alone."""

SAID_FOR_AN_ASSISTANT: Final = 0.96
"""`FOUND` for errands of a digital assistant: a large library has all words of "when is my bill due"."""

UNSURE: Final = 0.7
"""Minimum confidence for a topic or a quote to be offered as what may be meant."""

BEARS: Final = 0.4
"""Minimum confidence for a topic or a quote to be shown beside the answer."""

MAYBE_SAID: Final = 0.46
"""Minimum confidence for a passage to be offered as what may be meant.

Low, because a passage that says a rare word once may be just what was meant, and most questions in other words than
those that were said are no surer.
"""

NEAR: Final = 0.12
"""Minimum confidence for a second search if nothing answers.

That search looks for a claim in about these words, or for the passages closest in meaning to a description.
"""
