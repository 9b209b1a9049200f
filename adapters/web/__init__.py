"""The web, for imports: fetches feeds, transcripts and chapters. Only this package opens connections for them."""
