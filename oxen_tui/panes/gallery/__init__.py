"""The gallery pane."""
