"""The index: data derived from a library, so that a question doesn't have to read all of it.

Holds documents by their words, and how often each word is said. Lives in memory or in a cache folder that can be
deleted at any time. How well a document matches is decided in `ranking`.
"""
