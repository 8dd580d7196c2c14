"""What stands around a conversation: composer, side list, status line."""
