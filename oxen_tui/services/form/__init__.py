"""A request while it is being filled in: its rows, what is typed, what is wrong with it."""
