"""The other end of the wire, alone: a service on loopback that speaks the whole contract. Imports nothing of ours."""
