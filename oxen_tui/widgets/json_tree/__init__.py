"""JSON as a tree that is folded and opened: in the transcript, and on a page of its own."""
