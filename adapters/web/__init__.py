"""The web client: fetches feeds, transcripts and chapters for imports, and shows' pictures. Nothing else does."""
