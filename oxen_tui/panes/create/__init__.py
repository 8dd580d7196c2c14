"""The create pane: a request filled in, priced and sent."""
