"""Draws jobs: the list, and the page about one."""
