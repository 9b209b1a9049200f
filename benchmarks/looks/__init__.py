"""Shows what answers look like: the real payloads as pages that resemble the platforms, and pictures of them."""
