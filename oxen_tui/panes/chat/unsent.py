"""What was written on the chat page and not asked yet, on screen and on the disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from oxen_tui.store.conversations import Conversations
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.chat.composer import Composer


class Left(NamedTuple):
    """What stood unsent on a page that was left."""

    conversation_id: int | None
    text: str
    behind: bool
    """Whether it stands behind a draft that was not read yet."""


class Unsent:
    """The text in the composer. It does not end with the program."""

    def __init__(self, composer: Composer, conversations: Conversations, on_trouble: Callable[[str], None]) -> None:
        self._composer = composer
        self._conversations = conversations
        self._on_trouble = on_trouble
        self.aside: str | None = None
        """What the composer holds while a question that waits is written on in it; None while none is."""
        self._missing = True
        """Whether what was kept of the page on screen is still to be read."""

    def take(self, conversation_id: int | None) -> Left:
        """All that is unsent, to be kept while another page is shown. The composer is empty then."""
        left = Left(conversation_id, self._text, behind=self._missing)
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
            await self.keep(Left(conversation_id, self._text, behind=False))

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
                self._composer.put("\n".join(text for text in (kept, self._composer.kept) if text))

    @property
    def _text(self) -> str:
        return self._composer.kept if self.aside is None else self.aside
