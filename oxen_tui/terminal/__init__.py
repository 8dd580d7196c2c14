"""The terminal itself: what it can do, its clipboard, its title. No widgets here."""
