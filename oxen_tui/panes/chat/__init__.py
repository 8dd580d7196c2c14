"""The chat pane, a module for each of the things done in it."""
