"""What outlives a restart and is shared by processes, in SQLite or PostgreSQL.

The only room that knows SQL. `tables.py` has every table and how long its rows are kept, `migrations/` how a database
becomes what this version needs, `database.py` the connections and what happens without them; each store beside them
says in its own words what it keeps. No questions are understood here, and no platform is known.
"""
