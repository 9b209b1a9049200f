"""Makes the table of word meanings from start to finish: `python -m benchmarks.meaning`.

`knowledge/search/meaning.py` reads the table, and docs/meaning.md says what was tried.
"""
