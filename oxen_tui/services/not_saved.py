"""Why a result is not on the disk."""

from __future__ import annotations


class NotSaved(Exception):
    """A result could not be fetched or kept. Nothing half is left under a result's name."""

    def __init__(self, sentence: str, *, expired: bool = False, may_retry: bool = True) -> None:
        """
        Args:
            sentence: What went wrong and what can be done, for the user.
            expired: The address is no longer good; a fresh one from the server's row may help.
            may_retry: Whether fetching again by itself, a little later, could help.
        """
        super().__init__(sentence)
        self.sentence = sentence
        self.expired = expired
        self.may_retry = may_retry
