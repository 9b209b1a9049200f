"""How many examples Hypothesis tries of a property: a number that the profile scales, so that `make quick` is quick."""

from __future__ import annotations

from hypothesis import settings

_USUAL = 100


def examples(number: int) -> settings:
    """Try so many examples; in a profile that tries a tenth of the usual number, a tenth of these."""
    return settings(max_examples=max(1, number * settings().max_examples // _USUAL))
