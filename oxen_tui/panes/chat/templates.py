"""Prompt templates in the chat: chosen, filled in, and put into the composer. Nothing of it is sent by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.message import Message

if TYPE_CHECKING:
    from oxen_tui.services.conversation.template_text import Field
    from oxen_tui.services.conversation.templates import Template, Templates

_SAVE = "save"
_HOW = "/template save NAME keeps the lines below it, or the last question"


class ChatTemplates(AskingPage, part=True):
    """Knows the templates, and asks the screen for the dialogs."""

    class TemplatesWanted(Message):
        """One is to be chosen, or changed."""

        templates: Sequence[Template]
        folder: str
        """Where they are."""

    class FieldsWanted(Message):
        """The fields of one are to be filled in."""

        template: Template
        fields: Sequence[Field]
        values: Mapping[str, str]
        """That they had last."""

    @cached_property
    def _templates(self) -> Templates:
        from oxen_tui.services.conversation.templates import Templates

        return Templates(self.session.settings_folder / "templates")

    def action_template(self, wanted: str = "") -> None:
        """Fill in the template of this name, keep one (`save NAME`), or show all of them."""
        first, _, text = wanted.partition("\n")
        word, _, name = first.partition(" ")
        if word.casefold() == _SAVE and name.strip():
            self.save_template(name.strip(), text.strip("\n") or self._last_question)
        elif wanted:
            self.use_template(wanted)
        else:
            self._templates_work(self._list_templates)

    async def _list_templates(self) -> None:
        templates = await asyncio.to_thread(self._templates.all)
        self.post_message(self.TemplatesWanted(templates, str(self._templates.folder)))

    # --- filling in -----------------------------------------------------------------------------------------------

    def use_template(self, name: str) -> None:
        """Ask for the fields of a template, if it has any, and put it into the composer."""
        self._templates_work(partial(self._use_template, name))

    async def _use_template(self, name: str) -> None:
        from oxen_tui.services.conversation.template_text import fields_of

        template = await asyncio.to_thread(self._templates.get, name)
        if fields := fields_of(template.pieces):
            values = await self.session.store.template_values.load(template.name)
            self.post_message(self.FieldsWanted(template, fields, values))
        else:
            self.put_template(template, {})

    def put_template(self, template: Template, values: Mapping[str, str]) -> None:
        """Put a template into the composer, at the cursor, with these values."""
        from oxen_tui.services.conversation.template_text import filled

        self._composer.insert(filled(template.pieces, values))
        self._composer.focus()
        self.remember_fields(template, values)

    def remember_fields(self, template: Template, values: Mapping[str, str]) -> None:
        """Keep what fields were filled in with, for the next time."""
        if values:
            save = self.session.store.template_values.save
            self._templates_work(partial(save, template.name, dict(values)))

    # --- keeping --------------------------------------------------------------------------------------------------

    @property
    def _last_question(self) -> str:
        asked = [lines.turn.text for lines in self._transcript.column.turns if lines.turn.role == "user"]
        return asked[-1] if asked else ""

    @property
    def template_draft(self) -> str:
        """What stands in the composer, to be kept as a template."""
        return self._composer.whole

    def save_template(self, name: str, text: str) -> None:
        """Keep a text as a template; `u` brings back what it takes the place of."""
        if text.strip():
            self._templates_work(partial(self._save_template, name, text))
        else:
            self.in_trouble(f"There is nothing to keep: {_HOW}")

    async def _save_template(self, name: str, text: str) -> None:
        before = await asyncio.to_thread(self._templates.save, name, text)
        if before is None:
            self.say(f"Kept · /template {name} writes it")
        elif before != text:
            self._may_bring_back(partial(asyncio.to_thread, self._templates.save, name, before))
            self.say(f"Template {name} changed · u brings the old one back")

    def edit_template(self, name: str, content: str) -> None:
        """Hand a template, or the beginning of a new one, to the user's own editor."""
        from oxen_tui.panes.external_editor import EditorFailed, edit_text

        try:
            with self.app.suspend():
                written = edit_text(content)
        except (EditorFailed, SuspendNotSupported) as error:
            self.in_trouble(str(error))
            return
        if written.strip() and written != content:
            self.save_template(name, written)

    def rename_template(self, name: str, new: str) -> None:
        """Give one another name, and its fields with it."""
        self._templates_work(partial(self._rename_template, name, new.strip()))

    async def _rename_template(self, name: str, new: str) -> None:
        await asyncio.to_thread(self._templates.rename, name, new)
        await self.session.store.template_values.rename(name, new)
        self.say(f"Template {name} is called {new} now")

    def delete_template(self, name: str) -> None:
        """Take one away; `u` brings it back."""
        self._templates_work(partial(self._delete_template, name))

    async def _delete_template(self, name: str) -> None:
        content = await asyncio.to_thread(self._templates.delete, name)
        self._may_bring_back(partial(asyncio.to_thread, self._templates.save, name, content))
        self.say(f"Template {name} deleted · u brings it back")

    # ------------------------------------------------------------------------------------------------------------

    def _may_bring_back(self, bring_back: Callable[[], Awaitable[object]]) -> None:
        self._bring_back = partial(self._say_what_fails, bring_back)
        self.refresh_bindings()

    def _templates_work(self, work: Callable[[], Awaitable[object]]) -> None:
        """Do it in a worker, and say what goes wrong."""
        self._work(partial(self._say_what_fails, work), "templates")

    async def _say_what_fails(self, work: Callable[[], Awaitable[object]]) -> None:
        from oxen_tui.services.conversation.templates import TemplateTrouble

        try:
            await work()
        except TemplateTrouble as error:
            self.in_trouble(error.sentence)
        except StoreError as error:
            self.in_trouble(str(error))

    @property
    def template_commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """For the palette."""
        return [("Templates: fill one in, change them", "/template", self.action_template)]
