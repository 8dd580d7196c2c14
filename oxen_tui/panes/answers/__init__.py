"""Answers that arrive, and stored ones, as turns of the transcript."""
