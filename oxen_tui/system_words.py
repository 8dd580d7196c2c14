"""What the system says when it refuses something, to be put into a sentence. A leaf: every room may import it."""

from __future__ import annotations


def why(error: OSError) -> str:
    """`permission denied`: behind a colon, without a stop.

    What Python itself says beside that (number, path) is left out: the path stands in the sentence already, where it
    may be shown at all, and it has been cleaned there.
    """
    return (error.strerror or "why is not said").lower()
