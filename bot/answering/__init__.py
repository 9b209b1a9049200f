"""What is wanted becomes an answer: looked up, judged, selected, worded.

No parsing of what people type, no markup and no platform.
"""
