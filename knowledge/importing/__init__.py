"""Imports: from a feed, folders and files to the folders of a library.

What you can rely on, and how it is done:

- **Whole episodes only.** A new episode is made in a folder whose name begins with ".", which readers of a library
  pass over, and gets its name by one rename. Files of an episode that is there already are replaced one by one,
  each by one rename, the import's own record last. A process killed at any moment leaves every file whole, and
  the next import does what the record doesn't say is done.
- **Two imports, or an import under a running bot.** An import holds a lock on the library (the operating system
  lets go of it if the process dies); a second one says so and ends. Readers need no lock: they see an episode or
  don't, and a file as it was or as it is now.
- **What people edit stays.** Beside `episode.yaml` the record `.imported.json` keeps what the last import wrote.
  A field (title, guests, topics, ...) is updated while it still is what an import wrote; one that a person changed,
  added or took out is left alone, and so are comments and the order of fields. A transcript that a person changed
  is kept as well.
- **Nothing is done twice.** The record also has the source's fingerprint: a file's size and time, a feed entry's
  content. Where it is the same and the episode's files are there, nothing is read or written, and servers are only
  asked whether the linked files have changed. What could not be fetched is tried again.
- **A feed is all of its pages.** They are read one after another, and their entries are those of the address that was
  given. A missing page removes nothing: an import adds and updates, and never deletes an episode.
- **A login stays with its server.** The `user:password@` of a feed's address is taken out of all that is stored or
  told; the web keeps it for what else that server has.
- **Links lead nowhere else.** No symbolic link is followed out of a library, to read or to write, or out of a source.
- **An episode keeps its folder.** A feed's guid identifies it wherever the feed is, and also when its words come from a
  file; a file that was moved is known by the folder it would get.

No network in this package: a `web.Web` is passed in. No wording for people beyond reasons and messages.
"""
