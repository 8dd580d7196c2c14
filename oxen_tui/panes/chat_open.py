"""`/open` in the chat: a file of the disk is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from oxen_tui.panes.asking_page import AskingPage


class ChatOpen(AskingPage, part=True):
    """Takes the command; who shows files does the rest."""

    @dataclass
    class OpenWanted(Message):
        """A file is to be looked at."""

        path: str
        """As typed; "" asks for one."""

    def action_open(self, path: str = "") -> None:
        self.post_message(self.OpenWanted(path.strip().strip("'\"")))
