"""What a model may call: nouns, and each built-in tool."""
