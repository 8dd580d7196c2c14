"""Every model on Oxen.ai in one terminal."""

__version__ = "0.1.0"
