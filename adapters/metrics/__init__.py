"""Exposes metrics to Prometheus, and the process's health to its supervisor."""
