"""The border between the importer and the network: what an adapter that fetches files has to offer.

Names only; they are defined where they are used, in `knowledge`, which adapters do not see.
"""

from knowledge.importing.web import Fetched, Reach, UnchangedError, Version, Web, WebError

__all__ = ["Fetched", "Reach", "UnchangedError", "Version", "Web", "WebError"]
