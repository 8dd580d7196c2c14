"""What takes the room of a model's context, and the ways out."""
