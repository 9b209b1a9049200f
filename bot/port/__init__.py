"""All that crosses the border between the core and the platforms, and all that an adapter may import.

Values, one protocol, and the words that every platform says alike. No search, no thresholds, no markup.
"""
