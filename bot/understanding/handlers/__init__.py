"""Turns each family of sentences into requests, one module for each; `meaning.py` chooses the handler by its name.

What all sentences have in common is read there, and what they share with each other is in `context.py`.
"""
