"""Markdown, read while it grows and drawn as lines."""
