"""The JSON of answers in the chat: on a page of its own, and into a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on

from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.system_words import why
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.transcript.view import Transcript

if TYPE_CHECKING:
    from oxen_tui.widgets.json_tree.nodes import JsonTree
    from oxen_tui.widgets.json_tree.opened import Check
    from oxen_tui.widgets.transcript.turn_lines import TurnLines

Command = tuple[str, str, Callable[[], None]]


class ChatJson(AskingPage, part=True):
    """Finds the JSON of an answer: the one that keys act on, else the last."""

    class JsonWanted(Message):
        """The JSON of an answer is to be shown."""

        message_id: int
        model: str
        tree: JsonTree
        check: Check | None

    def action_json(self) -> None:
        """Show it on a page of its own."""
        if (lines := self._json_meant()) is not None:
            self._work(partial(self._show_json, lines), "json", exclusive=True)

    @on(Transcript.JsonRequested)
    def _json_of_turn(self, event: Transcript.JsonRequested) -> None:
        if (lines := self._transcript.column.get(event.turn_id)) is not None:
            self._work(partial(self._show_json, lines), "json", exclusive=True)

    async def _show_json(self, lines: TurnLines) -> None:
        from oxen_tui.widgets.json_tree.reading import read_tree

        turn = lines.turn
        tree = await asyncio.to_thread(read_tree, turn.text)
        if tree is None:
            self.say("This answer holds no JSON")
        else:
            self.post_message(self.JsonWanted(turn.id, turn.label, tree, turn.check))

    def action_save_json(self, wanted: str = "") -> None:
        """Write it to a file, never over one that is there."""
        if (lines := self._json_meant()) is not None:
            self.save_json(lines.turn.id, wanted)

    def save_json(self, message_id: int, wanted: str = "") -> None:
        """Write the JSON of this answer to a file.

        Args:
            wanted: Its path; empty for one in the folder for saved files.
        """
        self._work(partial(self._save_json, message_id, wanted), "files")

    async def _save_json(self, message_id: int, wanted: str) -> None:
        from oxen_tui.services.conversation.files import write_new
        from oxen_tui.services.structured.structured_answer import NoValue, exact_values, indented

        target = _target(wanted, self.session.settings.save_folder)
        try:
            message = await self.session.store.messages.message(message_id)
            values = await asyncio.to_thread(exact_values, message.text)
            path = await asyncio.to_thread(write_new, target, indented(values))
        except NoValue as error:
            self.in_trouble(f"The answer is not saved: {error}")
        except StoreError as error:
            self.in_trouble(str(error))
        except OSError as error:
            self.in_trouble(f"{target} cannot be written: {why(error)}")
        else:
            self.app.copy_to_clipboard(str(path))
            several = f", a list of {len(values)} values" if len(values) > 1 else ""
            self.say(f"Written to {path}{several}; its path is copied")

    def _json_meant(self) -> TurnLines | None:
        turns = [lines for lines in self._transcript.column.turns if lines.turn.role == "assistant"]
        cursor = self._transcript.cursor
        chosen = cursor if cursor in turns and self._transcript.has_focus else turns[-1] if turns else None
        if chosen is None or chosen.turn.streaming:
            self.say("There is no answer yet")
            return None
        return chosen

    @property
    def json_commands(self) -> list[Command]:
        """For the palette."""
        return [
            ("Look at the JSON of an answer", "/json", self.action_json),
            ("Save the JSON of an answer", "/save-json", self.action_save_json),
        ]


def _target(wanted: str, folder: str) -> Path:
    return Path(wanted.strip().strip("'\"") or f"{folder}/answer.json").expanduser()
