"""Measures quality and speed beside other search libraries, in one run: `python -m benchmarks`."""

import os

# Set before numpy is loaded, as `overheard.py` does, so that we measure what people wait for.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
