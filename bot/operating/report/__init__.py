"""The host's report: what people asked in vain, how questions were answered, what they were about, what people thought.

`values.py` makes a report of what is kept, `gaps.py` groups questions by what they mean; `lines.py`, `page.py` and
`table.py` write it down as text, as HTML and as CSV. All of it is pure: reading and writing files is the command's.
"""
