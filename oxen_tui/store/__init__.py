"""The disk: one SQLite file in WAL mode, and what the app keeps in it."""
