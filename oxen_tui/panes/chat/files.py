"""Conversations written to files, taken in from them, and branched off into their own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.wording import counted

if TYPE_CHECKING:
    from oxen_tui.store.job import ResultFile


class ChatFiles(AskingPage, part=True):
    """Exports, imports and forks."""

    def action_export(self, wanted: str = "") -> None:
        """Write the conversation to a file."""
        if self.conversation_id is None:
            self.say("Nothing was said here yet")
        else:
            self._work(partial(self._export, self.conversation_id, wanted), "files")

    async def _export(self, conversation_id: int, wanted: str) -> None:
        from oxen_tui.services.conversation.files import FileTrouble, export_conversation

        try:
            session = self.session
            path = await export_conversation(
                session.store,
                conversation_id,
                wanted,
                session.settings.save_folder,
                lambda file: session.results.path(file),
            )
        except FileTrouble as error:
            self.in_trouble(error.sentence)
        except StoreError as error:
            self.in_trouble(str(error))
        else:
            self.app.copy_to_clipboard(str(path))
            self.say(f"Written to {path}; its path is copied")

    def _place_of(self, file: ResultFile) -> Path:
        return self.session.results.path(file)

    def action_import(self, path: str = "") -> None:
        """Take in conversations from a file of this program or of ChatGPT."""
        if path:
            self._work(partial(self._import, path), "files")
        else:
            from oxen_tui.panes.wanted import LineWanted

            title = "Conversations from a file: ours, or the export of ChatGPT"
            self.post_message(LineWanted(title, "", self.action_import))

    async def _import(self, path: str) -> None:
        from oxen_tui.services.conversation.files import FileTrouble, import_conversations

        self.say(f"Reading {path}")
        try:
            added, imported = await import_conversations(self.session.store, path)
        except FileTrouble as error:
            self.in_trouble(error.sentence)
            return
        except StoreError as error:
            self.in_trouble(str(error))
            return
        finally:
            await self._list_again()
        left_out = len(imported.left_out)
        if left_out:
            self.in_trouble(f"{counted(left_out, 'conversation')} left out, damaged: {imported.left_out[0]}")
        self.say(f"Took in {counted(len(added), 'conversation')}")
        if len(added) == 1:
            self.show_conversation(added[0])

    def action_fork(self) -> None:
        """Go on in a conversation of its own from the message that keys act on, else from the last."""
        turns = self._transcript.column.turns
        cursor = self._transcript.cursor
        message = cursor if cursor in turns and self._transcript.has_focus else turns[-1] if turns else None
        if message is None:
            self.say("Nothing was said here yet")
        else:
            self.fork_at(message.turn.id)

    def fork_at(self, message_id: int) -> None:
        """Go on in a conversation of its own from this message."""
        self._work(partial(self._fork, message_id), "show")

    async def _fork(self, message_id: int) -> None:
        try:
            forked = await self.session.store.whole.fork(message_id)
        except StoreError as error:
            self.in_trouble(str(error))
            return
        self.show_conversation(forked)
        self.say("A conversation of its own: the other stays as it was")
