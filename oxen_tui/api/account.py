"""Who the key belongs to, and files put into that user's own repository (contract sections 8 and 11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from oxen_tui.api.json_values import line, mapping, name, number

_BALANCE_NAMES = (
    *("balance", "credit_balance", "credits", "credits_remaining", "remaining_credits", "available_credits"),
    *("remaining", "available_balance"),
)


@dataclass(frozen=True, slots=True)
class User:
    """The account of the key."""

    username: str
    balance: float | None = None
    """US dollars, if the server ever says it: no field for it is documented."""

    @classmethod
    def from_json(cls, value: Any) -> User:
        """Reads any JSON; a user without a name is none."""
        answer = mapping(value)
        user = mapping(answer.get("user")) or mapping(answer.get("data")) or answer
        username = next((found for key in ("username", "name", "login") if (found := name(user.get(key)))), "")
        balance = _balance(user)
        return cls(line(username, 200), _balance(answer) if balance is None else balance)


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A local file that is now in the user's repository."""

    url: str
    """Readable by anyone who has it, for about an hour."""
    path: str
    """Within the repository."""


def _balance(value: Any) -> float | None:
    for key in _BALANCE_NAMES:
        entry = mapping(value).get(key)
        if isinstance(entry, dict):
            entry = entry.get("amount", entry.get("balance"))
        if (found := number(entry)) is not None:
            return found
    return None
