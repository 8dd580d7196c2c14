"""The viewer of pictures and clips."""
