"""What was made or opened here: found, looked at, played."""
