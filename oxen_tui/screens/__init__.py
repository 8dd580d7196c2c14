"""Screens arrange panes and pass their messages on; dialogs ask one question."""
