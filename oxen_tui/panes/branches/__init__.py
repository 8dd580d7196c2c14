"""The branches of a conversation: their map, and two messages beside one another."""
