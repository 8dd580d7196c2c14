"""Requests as texts: bodies, programs that send them, what went over the wire."""
