"""Quality and speed, beside peers, in one run: `python -m benchmarks`."""
