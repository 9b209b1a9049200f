"""The index: what is derived from a library so that a question doesn't have to read all of it.

Documents by their words, and how often each word is said: in memory, or in a cache folder that can be deleted at any
time. How good a match is, is decided in `ranking`.
"""
