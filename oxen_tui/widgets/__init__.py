"""What draws what it is handed and says what the user did. No network, no disk, no workers here."""
