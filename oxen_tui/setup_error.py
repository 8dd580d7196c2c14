"""The error of everything that must be right before the app can open. A leaf: every room may import it."""

from __future__ import annotations


class SetupError(Exception):
    """The start (or a change of the setup) cannot go on, and the user is told why in words.

    `oxen-tui` prints title and advice on stderr and ends with exit code 2. Subclasses say whose error it is; the
    same two fields as on `ApiError`, so that a screen can show either.
    """

    def __init__(self, title: str, advice: str) -> None:
        super().__init__(f"{title}. {advice}")
        self.title = title
        """What is wrong, in a short line without a full stop. Never holds a key."""
        self.advice = advice
        """What to do about it, in whole sentences."""
