"""Reads each question once, into what it asks for.

Nothing here searches what was said or words an answer.
"""
