"""Draws quotations as pictures to pass on. Needs the extra `cards`: Pillow, and a font from a package."""
