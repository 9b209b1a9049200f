"""How the table of what words mean is made, from start to end: `python -m benchmarks.meaning`.

Only the making: what reads the table is `knowledge/search/meaning.py`, and docs/meaning.md says what was tried.
"""
