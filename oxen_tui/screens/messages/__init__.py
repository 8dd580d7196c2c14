"""What each pane tells the main screen, and what comes of it."""
