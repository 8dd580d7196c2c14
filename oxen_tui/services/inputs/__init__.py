"""Media that requests name: found, checked, and brought onto the wire."""
