"""The operator's report: unanswered questions, how the others were answered, what they were about, what people thought.

`values.py` compiles it from records, `gaps.py` groups questions by meaning; `lines.py`, `page.py` and `table.py` write
it as text, HTML and CSV. All of it is pure: the command reads and writes files.
"""
