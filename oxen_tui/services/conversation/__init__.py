"""Talking to models: questions, answers, branches, and what goes with them."""
