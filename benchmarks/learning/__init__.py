"""Learns what the search's figures are worth, from questions that other people asked; nothing here is needed to run."""
