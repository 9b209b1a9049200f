"""The operator's side: the command line, settings, opening and renewing the library, importing, reports.

No question is read or answered here.
"""
