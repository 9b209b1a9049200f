"""Trains the ranking, confidence and reading models; nothing here is needed to run Overheard."""
