"""Which server is talked to, and with which key."""
