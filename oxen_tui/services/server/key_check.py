"""Whether a server takes a key, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from oxen_tui.api.account import User
from oxen_tui.api.errors import NotAnApi, NotFound


class KeyClient(Protocol):
    """What is needed of a client to try its key."""

    async def me(self) -> User: ...
    async def queue(self) -> object: ...
    async def models(self) -> object: ...


@dataclass(frozen=True, slots=True)
class KeyCheck:
    """A server that answered, and what that says about the key."""

    username: str
    """Whose key it is; empty where the server does not say."""
    proven: bool
    """Whether the key was accepted. A list of models is given without a key too, so it proves nothing."""

    @property
    def words(self) -> str:
        """For a dialog: a line without a full stop."""
        if self.username:
            return f"signed in as {self.username}"
        return "the key was accepted" if self.proven else "the server answers; it cannot say whether the key is good"


async def check_key(client: KeyClient) -> KeyCheck:
    """Asks the server who we are, or else for something that needs a key (contract section 11).

    Raises:
        ApiError: The key was refused, or the server cannot be reached or is none; title and advice say which.
    """
    try:
        user = await client.me()
        return KeyCheck(user.username, proven=True)
    except (NotFound, NotAnApi):
        pass
    try:
        await client.queue()
        return KeyCheck("", proven=True)
    except (NotFound, NotAnApi):
        pass
    try:
        await client.models()
    except NotFound:
        pass  # optional too: a server may do nothing but chat
    return KeyCheck("", proven=False)
