"""What a model takes: its request schema, read and put into words."""
