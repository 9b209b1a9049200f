"""What was said: the values, the library folder they are read from, and the search over them.

No platform, no environment, no wording for people.
"""
