"""Draws quotations as pictures to share. Needs the extra `cards`: Pillow and a packaged font."""
