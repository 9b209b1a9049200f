"""Quality and speed, beside peers, in one run: `python -m benchmarks`."""

import os

# As `overheard.py` does before numpy is loaded: what is measured is what people wait for.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
