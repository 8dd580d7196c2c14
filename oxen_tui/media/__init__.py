"""THE FILES: what a picture, a clip or a sound is, opened behind limits. No screen, no network."""
