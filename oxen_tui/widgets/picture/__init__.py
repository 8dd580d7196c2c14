"""Draws pictures and clips in whatever way the terminal can."""
