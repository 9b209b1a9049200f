"""What answers look like: the real payloads as pages that look like the platforms, and pictures of these."""
