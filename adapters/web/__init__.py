"""The web client: fetches feeds, transcripts and chapters for imports, and the pictures of shows."""
