"""Finds what was said. Everything in this package is derived from the library and can be rebuilt from it."""

from knowledge.search.quotations import Alignment
from knowledge.search.ranking import Hit, Ranking
from knowledge.search.search import Search
from knowledge.search.spelling import Correction, Understood, Vocabulary

__all__ = ["Alignment", "Correction", "Hit", "Ranking", "Search", "Understood", "Vocabulary"]
