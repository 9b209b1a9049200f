"""The index: what is derived from a library so that a question need not read all of it.

Documents by their words, and how often each word is said: in memory, or in a cache folder that can be deleted at any
time. What a match is worth is decided in `ranking`.
"""
