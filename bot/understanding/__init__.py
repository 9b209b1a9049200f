"""A question is read once, here, into what is wanted.

Nothing is looked up in what was said, and nothing is worded.
"""
