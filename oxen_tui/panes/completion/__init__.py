"""What may be typed after a slash or an at sign, and the list it is chosen from."""
