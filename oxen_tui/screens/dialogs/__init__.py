"""Dialogs: one question each, asked over the screen."""
