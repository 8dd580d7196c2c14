"""What the next question carries: chips above the composer, kept with the draft."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on

from oxen_tui.panes.answers.attachment_words import chips_of, names_of, renamed
from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.chat.attachment_tray import AttachmentTray
from oxen_tui.widgets.chat.composer import Composer

if TYPE_CHECKING:
    from oxen_tui.panes.chat.unsent import Left
    from oxen_tui.store.attachment import Attachment


class CarryingPage(AskingPage, part=True):
    """Has attachments at its composer. Where they come from is for others to say."""

    def on_mount(self) -> None:
        self._tray = self.query_one(AttachmentTray)
        self._carried: tuple[Attachment, ...] = ()
        """What stands at the composer."""
        self._aside: tuple[Attachment, ...] | None = None
        """What stands there but for a question that waits and is written on; None while none is."""
        self._unread = True
        """Whether what was kept of the page on screen is still to be read."""
        self._left: tuple[int | None, tuple[Attachment, ...], bool] = (None, (), False)

    # --- the tray -------------------------------------------------------------------------------------------------

    @property
    def attached(self) -> tuple[Attachment, ...]:
        """What the next question will carry."""
        return self._carried

    def take_attachments(self) -> tuple[Attachment, ...]:
        attached = self._carried
        self.set_attachments(())
        return attached

    def put_attachments_back(self, attachments: tuple[Attachment, ...]) -> None:
        self.set_attachments((*attachments, *self._carried))

    def set_attachments(self, attachments: tuple[Attachment, ...]) -> None:
        if attachments == self._carried:
            return
        self._carried = attachments
        self._composer.carrying = bool(attachments)
        self.set_class(bool(attachments), "-carrying")
        self._tray.show(chips_of(attachments))
        self._keep_draft_soon()

    @on(Composer.TakeOffWanted)
    def take_off(self) -> None:
        """Take off what was attached last, and what the text says of it."""
        if not self._carried:
            return
        *_, gone = names_of(self._carried)
        self._composer.text = renamed(self._composer.text, {gone: None})
        self.set_attachments(self._carried[:-1])

    # --- kept with the draft --------------------------------------------------------------------------------------

    async def _show(self, conversation_id: int | None) -> None:
        await super()._show(conversation_id)
        if not self._unread:
            return
        kept = await self.session.store.draft_attachments.load(conversation_id)
        if self._unread and self.conversation_id == conversation_id:
            self._unread = False
            self.put_attachments_back(kept)

    def leave_page(self, conversation_id: int | None) -> Left:
        self._left = self.conversation_id, self._carried, self._unread
        self.set_attachments(())
        self._unread = True
        return super().leave_page(conversation_id)

    async def _turn_page(self, left: Left, conversation_id: int | None) -> None:
        # Shielded, as the text is: going on to a third page must not lose what was attached on the first.
        await asyncio.shield(asyncio.create_task(self._keep_left(*self._left)))
        await super()._turn_page(left, conversation_id)
        if self._unread and self.conversation_id != conversation_id:
            self._unread = False  # a question was sent meanwhile: it has a page of its own

    async def _save_draft(self) -> None:
        await super()._save_draft()
        if not self._unread:
            carried = self._carried if self._aside is None else self._aside
            await self._keep_left(self.conversation_id, carried, False)

    async def put_away(self) -> None:
        await self._keep_left(self.conversation_id, self._carried, self._unread)
        await super().put_away()

    async def _keep_left(
        self, conversation_id: int | None, attachments: tuple[Attachment, ...], behind: bool
    ) -> None:
        """Write what stands on a page to the disk; behind what is there where that was not read yet."""
        drafts = self.session.store.draft_attachments
        try:
            if behind:
                if not attachments:
                    return
                attachments = (*await drafts.load(conversation_id), *attachments)
            await drafts.save(conversation_id, attachments)
        except StoreError as error:
            self.in_trouble(str(error))
