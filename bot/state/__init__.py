"""State that outlives a restart and is shared by processes, in SQLite or PostgreSQL.

The only package that knows SQL. `tables.py` defines the tables and how long their rows are kept, `migrations/` upgrades
a database to this version, `database.py` handles connections and outages. Each store beside them implements one part of
`bot/port`, where it is said what it does. Nothing here understands questions or knows a platform.
"""
