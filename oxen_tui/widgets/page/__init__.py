"""Pages that are read: scrolled by lines, drawn as far as they are in view."""
