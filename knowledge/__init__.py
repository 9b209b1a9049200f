"""What was said: values, the folder they live in, and the search over them.

No platform, no environment, no wording for people.
"""
