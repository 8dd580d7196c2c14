"""Draws models: the list, and the pages about one."""
