"""Imports feeds, folders and files into a library.

Guarantees, and how they are kept:

- **Episodes are complete.** A new episode is written to a folder whose name begins with ".", which readers ignore, and
  appears by a single rename. Files of an existing episode are replaced atomically one by one, the import's own record
  last. A process killed at any moment leaves every file intact, and the next import does whatever the record doesn't
  list as done.
- **Concurrent imports and readers are safe.** An import locks the library (the operating system releases the lock if
  the process dies); a second one reports that and ends. Readers need no lock: they see an episode or don't, and the old
  or the new content of a file.
- **Manual edits stay.** The record, `.imported.json` beside `episode.yaml`, has what the last import wrote. A field
  (title, guests, topics, ...) is updated only if it still is what an import wrote; one that a person changed, added or
  removed is left alone, as are comments and the order of fields. A transcript that a person changed is kept too.
- **Nothing is done twice.** The record also has the source's fingerprint: a file's size and time, a feed entry's
  content. If it is the same and the episode's files exist, nothing is read or written, and servers are only asked
  whether the linked files have changed. What could not be fetched is tried again.
- **A feed includes all its pages.** They are read one after another, and their entries belong to the address that was
  given. A missing page removes nothing: an import adds and updates, and never deletes an episode.
- **Logins stay with their server.** The `user:password@` of a feed's address is removed from everything stored or
  shown; the web client keeps it for other requests to that server.
- **Symbolic links stay inside.** None is followed out of a library, to read or to write, or out of a source.
- **An episode keeps its folder.** A feed's guid identifies it even if the feed moves, or if its words come from a file;
  a file that was moved is recognized by the folder name it would get.

No network in this package: a `web.Web` is passed in. No wording for people except reasons and messages.
"""
