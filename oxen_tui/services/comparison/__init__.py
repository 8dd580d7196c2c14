"""One question to several models at once."""
