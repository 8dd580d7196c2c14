"""Draws results: the grid, and the page about one."""
