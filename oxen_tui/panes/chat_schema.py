"""Answers by a JSON Schema in the chat: which one, whether an answer fits, and its JSON into a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from textual.message import Message

from oxen_tui.panes.asking_page import AskingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.store.message import Ending
from oxen_tui.store.message import Message as StoredMessage
from oxen_tui.widgets.glyphs import glyph

Command = tuple[str, str, Callable[[], None]]

_CHECKED = 60
"""Messages of a conversation that is opened whose answers are checked."""


class ChatSchema(AskingPage):
    """Takes a schema from a file, and says under each answer whether it fits."""

    @dataclass
    class SchemaWanted(Message):
        """A file is to be named."""

        name: str
        """Of the schema that is set now; empty for none."""

    def action_schema(self, wanted: str = "") -> None:
        """Let answers follow the schema of a file from now on, or none (`off`)."""
        if wanted:
            self._work(partial(self._set_schema, wanted), "settings")
        else:
            settings = self.shown_settings
            self.post_message(self.SchemaWanted(settings.schema_name if settings.schema is not None else ""))

    async def _set_schema(self, wanted: str) -> None:
        from oxen_tui.services.structured_answer import NoSchema, read_schema_file

        try:
            if wanted.strip().lower() == "off":
                await self.change_settings(replace(self.shown_settings, schema=None, schema_name=""))
                self.note("No schema any more")
                return
            shown = self.conversation_id
            named = await asyncio.to_thread(read_schema_file, wanted)
            if shown != self.conversation_id:
                return  # the user went on to another conversation meanwhile
            await self.change_settings(replace(self.shown_settings, schema=named.schema, schema_name=named.name))
        except NoSchema as error:
            self.in_trouble(error.sentence)
        except StoreError as error:
            self.in_trouble(str(error))
        else:
            self.note(f"Answers follow {named.name} from the next question on · /schema off ends that")

    # --- whether answers fit --------------------------------------------------------------------------------------

    def answer_ended(self, message: StoredMessage) -> None:
        super().answer_ended(message)
        self._check_soon([message])

    async def _show(self, conversation_id: int | None) -> None:
        await super()._show(conversation_id)
        if (
            conversation_id is not None
            and conversation_id == self.conversation_id
            and self._set_for.schema is not None
        ):
            self._check_soon(await self.session.path(conversation_id, _CHECKED))

    def _check_soon(self, messages: Sequence[StoredMessage]) -> None:
        answers = [each for each in messages if "response_format" in each.parameters and each.ending is Ending.DONE]
        if answers:
            self._work(partial(self._check, answers), "checks")

    async def _check(self, answers: Sequence[StoredMessage]) -> None:
        """Say under each answer whether it fits. In a thread: a schema may take its time."""
        for message in answers:
            told = await asyncio.to_thread(_told, message)
            lines = self._transcript.column.get(message.id)
            if told is None or lines is None or message.conversation_id != self.conversation_id:
                continue
            fits, words = told
            if not fits:
                self._transcript.update_turn(message.id, trouble=f"{glyph('failed')} {words}")
            elif words not in lines.turn.note:
                note = " · ".join(part for part in (lines.turn.note, f"{glyph('done')} {words}") if part)
                self._transcript.update_turn(message.id, note=note)

    # --- into a file ----------------------------------------------------------------------------------------------

    def action_save_json(self, wanted: str = "") -> None:
        """Write the JSON of the answer that keys act on, else of the last one, to a file."""
        turns = [lines for lines in self._transcript.column.turns if lines.turn.role == "assistant"]
        cursor = self._transcript.cursor
        chosen = cursor if cursor in turns and self._transcript.has_focus else turns[-1] if turns else None
        if chosen is None or chosen.turn.streaming:
            self.note("There is no answer yet")
        else:
            self._work(partial(self._save_json, chosen.turn.id, wanted), "files")

    async def _save_json(self, message_id: int, wanted: str) -> None:
        from oxen_tui.services.conversation_files import write_new
        from oxen_tui.services.structured_answer import NoValue, answer_value, indented

        target = _target(wanted, self.session.settings.save_folder)
        try:
            message = await self.session.store.messages.message(message_id)
            written = indented(answer_value(message.text))
            path = await asyncio.to_thread(write_new, target, written)
        except NoValue as error:
            self.in_trouble(f"The answer is not saved: {error.sentence}")
        except StoreError as error:
            self.in_trouble(str(error))
        except OSError as error:
            self.in_trouble(f"{target} cannot be written: {(error.strerror or str(error)).lower()}")
        else:
            self.app.copy_to_clipboard(str(path))
            self.note(f"Written to {path}; its path is copied")

    @property
    def schema_commands(self) -> list[Command]:
        """For the palette."""
        return [
            ("Let answers follow a JSON Schema", "/schema", self.action_schema),
            ("Save the JSON of an answer", "/save-json", self.action_save_json),
        ]


def _target(wanted: str, folder: str) -> Path:
    return Path(wanted.strip().strip("'\"") or f"{folder}/answer.json").expanduser()


def _told(message: StoredMessage) -> tuple[bool, str] | None:
    from oxen_tui.services.structured_answer import asked_schema, verdict

    asked = asked_schema(message.parameters)
    return None if asked is None else verdict(message.text, asked.schema, asked.name)
