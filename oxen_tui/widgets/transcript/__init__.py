"""The conversation on screen: turns and their columns, and a view that draws lines."""
