"""What was written on the chat page and not asked yet, on screen and on the disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from oxen_tui.store.conversations import Conversations
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.composer import Composer


@dataclass(frozen=True, slots=True)
class Left:
    """What stood unsent on a page that was left."""

    conversation_id: int | None
    text: str
    behind: bool
    """Whether it stands behind a draft that was not read yet."""


class Unsent:
    """The text in the composer, and questions that wait for the answer before them. Neither ends with the program."""

    def __init__(self, composer: Composer, conversations: Conversations, on_trouble: Callable[[str], None]) -> None:
        self._composer = composer
        self._conversations = conversations
        self._on_trouble = on_trouble
        self._waiting: dict[int, list[str]] = {}
        self._missing = True
        """Whether what was kept of the page on screen is still to be read."""

    def wait(self, conversation_id: int, question: str) -> None:
        """Let a question wait until the answer that arrives there is complete."""
        self._waiting.setdefault(conversation_id, []).append(question)

    def waiting(self, conversation_id: int | None) -> int:
        """How many questions wait there."""
        return len(self._waiting.get(conversation_id or 0, ()))

    def next(self, conversation_id: int) -> str:
        """The question whose turn it is, which then waits no longer; nothing if there is none."""
        waiting = self._waiting.get(conversation_id)
        return waiting.pop(0) if waiting else ""

    def take(self, conversation_id: int | None) -> Left:
        """All that is unsent, to be kept while another page is shown. The composer is empty then."""
        left = Left(conversation_id, self._text(conversation_id), behind=self._missing)
        self._waiting.pop(conversation_id or 0, None)
        self._composer.text = ""
        self._missing = True
        return left

    async def keep(self, left: Left) -> None:
        """Write what was taken from a page to the disk."""
        if left.behind and not left.text:
            return  # an empty composer says nothing until it was filled
        try:
            before = await self._conversations.load_draft(left.conversation_id) if left.behind else ""
            text = "\n".join(text for text in (before, left.text) if text)
            await self._conversations.save_draft(left.conversation_id, text)
        except StoreError as error:
            self._on_trouble(str(error))

    async def save(self, conversation_id: int | None) -> None:
        """Write what stands on the page now to the disk, and leave it there."""
        if not self._missing:
            await self.keep(Left(conversation_id, self._text(conversation_id), behind=False))

    async def kept(self, conversation_id: int | None) -> str:
        """What is on the disk, if the page still lacks it.

        Raises:
            StoreError: It cannot be read.
        """
        return await self._conversations.load_draft(conversation_id) if self._missing else ""

    def put(self, kept: str) -> None:
        """Write what was kept into the composer, before what was typed there meanwhile."""
        if self._missing:
            self._missing = False
            if kept:
                self._composer.put("\n".join(text for text in (kept, self._composer.text) if text))

    def _text(self, conversation_id: int | None) -> str:
        waiting = self._waiting.get(conversation_id or 0, [])
        return "\n\n".join(text for text in (*waiting, self._composer.text) if text)
