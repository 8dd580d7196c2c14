"""Several models asked the same."""
