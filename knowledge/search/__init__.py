"""Finds what was said: everything here is derived from the library and can be built again from it."""
