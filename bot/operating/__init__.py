"""What an operator sees: the command line, settings, opening and renewing the library, importing, reports.

No question is read or answered here.
"""
