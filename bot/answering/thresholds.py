"""How sure is sure enough: the confidences from which what was found is shown, and as what."""

from __future__ import annotations

from typing import Final

FOUND: Final = 0.89
"""Confidence from which words of a transcript are given as the answer: a large library has most words somewhere."""

NOTED: Final = 0.8
"""Confidence from which a topic, a quote or an episode's summary is."""

HERE: Final = 0.25
"""How likely the first place itself has to answer, for words of a transcript to be given as the answer."""

SURELY_HERE: Final = 0.6
"""The same for them to be shown alone."""

SAID_FOR_AN_ASSISTANT: Final = 0.96
"""The same of a transcript for what people ask an assistant: a large library has all words of "when is my bill due"."""

UNSURE: Final = 0.7
"""Confidence from which the likely meanings are offered instead."""

BEARS: Final = 0.4
"""Confidence from which a topic or a quote is shown beside what answers."""

MAYBE_SAID: Final = 0.46
"""The same for words of a transcript: one that says a rare word once may be just what was asked for, and most of what
is asked in other words than were said is no surer."""

NEAR: Final = 0.12
"""Confidence from which it is looked further where nothing answers: whether a claim was said in about these words, and
what comes nearest in meaning to a description that nothing has the words of."""
