"""Shows what is measured to Prometheus, and whether the process is well to what supervises it."""
