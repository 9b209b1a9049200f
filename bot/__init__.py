"""How sure to be: a question in, an answer out.

No platform and no markup.
"""
