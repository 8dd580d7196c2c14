"""Answers by a JSON Schema in the chat: which one holds, for how long, and whether answers follow it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.store.message import Ending
from oxen_tui.store.message import Message as StoredMessage
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message

if TYPE_CHECKING:
    from oxen_tui.services.conversation.events import ConversationEvent
    from oxen_tui.services.structured.schema_file import NamedSchema
    from oxen_tui.store.conversation_settings import ConversationSettings
    from oxen_tui.widgets.json_tree.nodes import JsonTree
    from oxen_tui.widgets.json_tree.opened import Check

Command = tuple[str, str, Callable[[], None]]

_CHECKED = 60
"""Messages of a conversation that is opened whose answers are checked."""
_RECENT = 20


class _Once(NamedTuple):
    """What holds for one question."""

    conversation_id: int | None
    schema: NamedSchema | None
    """None: it is asked without the conversation's."""


class ChatSchema(AskingPage, part=True):
    """Lets answers follow a schema, all of a conversation or one, and says of each whether it does."""

    class SchemasWanted(Message):
        """One is to be chosen, written, or done away with."""

        now: NamedSchema | None
        recent: Sequence[NamedSchema]
        has_draft: bool

    class SchemaEditWanted(Message):
        """A schema is to be written."""

        text: str
        in_editor: bool
        """At once in the user's own editor."""

    _once: _Once | None = None

    def on_mount(self) -> None:
        self._changed: set[int | None] = set()
        """Conversations that were given another schema, or none, since the start."""

    # --- which one ------------------------------------------------------------------------------------------------

    def action_schema(self, wanted: str = "") -> None:
        """Let answers follow the schema of a file, one for one question (`once`), one to write (`edit`), or none."""
        word, _, rest = wanted.partition(" ")
        match word.lower(), rest.strip():
            case (("" | "once"), ""):
                self._work(self._offer_schemas, "settings")
            case "off", "":
                self.use_schema(None)
            case "edit", "":
                self._work(partial(self._write_schema, None, True), "settings")
            case "once", "off":
                self.use_schema(None, once=True)
            case "once", path:
                self._work(partial(self._read_schema, path, True), "settings")
            case _:
                self._work(partial(self._read_schema, wanted, False), "settings")

    async def _offer_schemas(self) -> None:
        from oxen_tui.services.structured.schema_file import NamedSchema

        schemas = self.session.store.answer_schemas
        try:
            recent = [NamedSchema(name or "answer", schema) for name, schema in await schemas.recent(_RECENT)]
            draft = await schemas.draft()
        except StoreError as error:
            self.in_trouble(str(error))
            return
        now = self._schema_now()
        if now is not None and now not in recent:
            recent = [now, *(each for each in recent if each.schema != now.schema)]
        self.post_message(self.SchemasWanted(now, recent, bool(draft)))

    def _schema_now(self) -> NamedSchema | None:
        from oxen_tui.services.structured.schema_file import NamedSchema

        settings = self.shown_settings
        return None if settings.schema is None else NamedSchema(settings.schema_name, settings.schema)

    async def _read_schema(self, path: str, once: bool) -> None:
        from oxen_tui.services.structured.schema_file import NoSchema, read_schema_file

        shown = self.conversation_id
        try:
            named = await asyncio.to_thread(read_schema_file, path)
        except NoSchema as error:
            self.in_trouble(error.sentence)
            return
        if shown == self.conversation_id:  # else the user went on to another conversation meanwhile
            await self._use_schema(named, once)

    def use_schema(self, named: NamedSchema | None, *, once: bool = False) -> None:
        """Let answers follow this one, or none, from the next question on or for that only."""
        self._work(partial(self._use_schema, named, once), "settings")

    async def _use_schema(self, named: NamedSchema | None, once: bool) -> None:
        name = named.name if named is not None else ""
        if once:
            self._once = _Once(self.conversation_id, named)
            self._draw_status()
            self.say(f"The next answer follows {name}" if named else "The next question is asked without a schema")
            return
        self._once = None
        self._changed.add(self.conversation_id)
        schema = named.schema if named is not None else None
        try:
            await self.change_settings(replace(self.shown_settings, schema=schema, schema_name=name))
        except StoreError as error:
            self.in_trouble(str(error))
            return
        until = "/schema off ends that"
        self.say(f"Answers follow {name} from the next question on · {until}" if named else "No schema any more")

    # --- one that is written --------------------------------------------------------------------------------------

    def write_schema(self, named: NamedSchema | None) -> None:
        """Let the user write one, from this one on; None for what was begun, or the one that holds."""
        self._work(partial(self._write_schema, named, False), "settings")

    async def _write_schema(self, named: NamedSchema | None, in_editor: bool) -> None:
        from oxen_tui.services.structured.schema_file import TEMPLATE, schema_text

        try:
            draft = "" if named is not None else await self.session.store.answer_schemas.draft()
        except StoreError as error:
            self.in_trouble(str(error))
            return
        begun = named or self._schema_now()
        text = draft or (schema_text(begun.schema) if begun is not None else TEMPLATE)
        self.post_message(self.SchemaEditWanted(text, in_editor))

    def keep_schema_draft(self, text: str) -> None:
        """Keep what was written and is no schema yet; nothing takes it away."""
        self._work(partial(self._keep_schema_draft, text), "schema draft")

    async def _keep_schema_draft(self, text: str) -> None:
        try:
            await self.session.store.answer_schemas.keep_draft(text)
        except StoreError as error:
            self.in_trouble(str(error))
        else:
            if text:
                self.say("Kept as it is · /schema edit goes on with it")

    # --- the next question ----------------------------------------------------------------------------------------

    def take_settings(self) -> ConversationSettings | None:
        once = self._once_here
        if once is None:
            return super().take_settings()
        self._once = None
        self._draw_status()
        named, settings = once.schema, super().take_settings() or self.shown_settings
        if named is None:
            return replace(settings, schema=None, schema_name="")
        return replace(settings, schema=named.schema, schema_name=named.name)

    async def _begin_conversation(self, model: str) -> None:
        await super()._begin_conversation(model)
        if self._once is not None and self._once.conversation_id is None:
            self._once = self._once._replace(conversation_id=self.conversation_id)

    def _ask_again(self, message_id: int) -> None:
        """An answer is asked again by the schema it was asked by, unless the conversation's was changed since."""
        turns = {lines.turn.id: lines.turn for lines in self._transcript.column.turns}
        alike = message_id in turns and turns[message_id].schema and self.conversation_id not in self._changed
        if alike and self._once_here is None and not self._answers.of(self.conversation_id):
            self._answer_again(self._again_alike(message_id))
        else:
            super()._ask_again(message_id)

    async def _again_alike(self, message_id: int) -> AsyncGenerator[ConversationEvent, None]:
        from oxen_tui.services.structured.schema_file import asked_schema

        named = asked_schema((await self.session.store.messages.message(message_id)).parameters)
        settings, model = self.take_settings(), self.model
        if named is not None and named.schema != self.shown_settings.schema:
            settings = replace(self.shown_settings, schema=named.schema, schema_name=named.name)
        answers = self.session.conversation.regenerate(message_id, model, settings=settings)
        async with aclosing(answers) as events:
            async for event in events:
                yield event

    @property
    def _once_here(self) -> _Once | None:
        once = self._once
        return once if once is not None and once.conversation_id == self.conversation_id else None

    def _draw_status(self) -> None:
        super()._draw_status()
        once, settings = self._once_here, self.shown_settings
        if once is not None:
            self._status.mark(f"{once.schema.name if once.schema else 'no schema'} once")
        else:
            self._status.mark((settings.schema_name or "schema") if settings.schema is not None else "")

    # --- whether answers follow it --------------------------------------------------------------------------------

    def answer_ended(self, message: StoredMessage) -> None:
        super().answer_ended(message)
        self._check_soon([message])

    async def _show(self, conversation_id: int | None) -> None:
        await super()._show(conversation_id)
        asked = any(lines.turn.schema for lines in self._transcript.column.turns)
        if asked and conversation_id is not None and conversation_id == self.conversation_id:
            self._check_soon(await self.session.conversation.path(conversation_id, _CHECKED))

    def _check_soon(self, messages: Sequence[StoredMessage]) -> None:
        unfinished = (Ending.STREAMING, Ending.TOOL_CALLS)
        answers = [each for each in messages if "response_format" in each.parameters and each.text.strip()]
        if answers := [each for each in answers if each.ending not in unfinished]:
            self._work(partial(self._check, answers), "checks")

    async def _check(self, answers: Sequence[StoredMessage]) -> None:
        """Say of each answer whether it follows its schema. In a thread: that may take its time."""
        for message in answers:
            check, tree, trouble = await asyncio.to_thread(_checked, message)
            lines = self._transcript.column.get(message.id)
            if lines is None or message.conversation_id != self.conversation_id:
                continue
            before = lines.turn.trouble
            trouble = before if trouble in before else f"{before}\n{trouble}".strip()
            self._transcript.update_turn(message.id, check=check, tree=tree or lines.turn.tree, trouble=trouble)

    @property
    def schema_commands(self) -> list[Command]:
        """For the palette."""
        return [
            ("Let answers follow a JSON Schema", "/schema", self.action_schema),
            ("Write a JSON Schema for answers", "/schema edit", partial(self.write_schema, None)),
        ]


def _checked(message: StoredMessage) -> tuple[Check | None, JsonTree | None, str]:
    """What came of checking an answer, its tree where it is long, and what is to be said in the turn's last lines."""
    from oxen_tui.services.structured.schema_file import asked_schema
    from oxen_tui.services.structured.structured_answer import verdict
    from oxen_tui.widgets.json_tree.opened import Check, Problem
    from oxen_tui.widgets.json_tree.reading import read_tree
    from oxen_tui.widgets.transcript.tree_lines import AT_ONCE

    asked = asked_schema(message.parameters)
    if asked is None:
        return None, None, ""
    found = verdict(message.text, asked.schema, asked.name, cut_off=message.ending is not Ending.DONE)
    tree = read_tree(message.text) if len(message.text) > AT_ONCE else None
    if not found.is_json and found.fits is False:
        return None, tree, f"{glyph('failed')} {found.words}"
    problems = tuple(Problem(misfit.path, misfit.words) for misfit in found.misfits)
    return Check(found.fits, found.words, problems), tree, ""
