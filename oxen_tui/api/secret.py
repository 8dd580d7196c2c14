"""A key that does not show itself."""

from __future__ import annotations


class Secret:
    """Wraps an API key, so that no repr, log line or traceback with locals carries it.

    White space around the key (a line end from a paste or a file) is no part of it.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value.strip()

    def reveal(self) -> str:
        """The key itself. Call it where the key is written to the wire or to the credentials file, nowhere else."""
        return self._value

    @property
    def sendable(self) -> bool:
        """Whether the key can stand in a header: printable ASCII only. Anything else is a paste gone wrong."""
        return bool(self._value) and all("!" <= character <= "~" for character in self._value)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return self._value == other._value if isinstance(other, Secret) else NotImplemented

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __repr__(self) -> str:
        return "Secret(...)"

    __str__ = __repr__
