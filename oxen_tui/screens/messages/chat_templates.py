"""What the chat tells of prompt templates, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.pane_screen import PaneScreen

if TYPE_CHECKING:
    from oxen_tui.panes.chat.templates import ChatTemplates
    from oxen_tui.screens.dialogs.command_palette import Command
    from oxen_tui.screens.dialogs.fill_template import Filled
    from oxen_tui.services.conversation.templates import Template


class ChatTemplatesMessages(PaneScreen, part=True):
    """Opens the dialogs; they are loaded when they open."""

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        own = self.query_one(ChatPane).template_commands
        return [
            *super().commands(),
            *(Command(*command) for command in own),
            Command("Keep what is written as a template", "/template save", self._keep_draft),
        ]

    def on_chat_templates_templates_wanted(self, event: ChatTemplates.TemplatesWanted) -> None:
        from oxen_tui.screens.dialogs.pick_template import PickTemplate

        known = {template.name: template for template in event.templates}

        def take(answer: str | None) -> None:
            if answer:
                what, _, name = answer.partition(" ")
                self._change(what, name, known)

        self.app.push_screen(PickTemplate(event.templates, event.folder), take)

    def _change(self, what: str, name: str, known: dict[str, Template]) -> None:
        from oxen_tui.screens.dialogs.ask_line import AskLine
        from oxen_tui.screens.dialogs.pick_template import DELETE, EDIT, RENAME, USE

        chat = self.query_one(ChatPane)
        if what == USE:
            chat.use_template(name)
        elif what == EDIT:
            # After this dialog is gone: the editor takes the terminal.
            self.call_after_refresh(chat.edit_template, name, known[name].content)
        elif what == DELETE:
            chat.delete_template(name)
        elif what == RENAME:
            self.app.push_screen(
                AskLine("Name of the template", name),
                lambda new: chat.rename_template(name, new) if new and new != name else None,
            )
        else:
            self.app.push_screen(AskLine("Name of the new template"), self._begin)

    def _begin(self, name: str | None) -> None:
        if name:
            self.call_after_refresh(self.query_one(ChatPane).edit_template, name, "")

    def on_chat_templates_fields_wanted(self, event: ChatTemplates.FieldsWanted) -> None:
        from oxen_tui.screens.dialogs.fill_template import FillTemplate

        chat = self.query_one(ChatPane)

        def take(filled: Filled | None) -> None:
            if filled is None:
                return
            put, values = filled
            if put:
                chat.put_template(event.template, values)
            else:
                chat.remember_fields(event.template, values)

        self.app.push_screen(FillTemplate(event.template.name, event.fields, event.values), take)

    def _keep_draft(self) -> None:
        from oxen_tui.screens.dialogs.ask_line import AskLine

        chat = self.query_one(ChatPane)
        text = chat.template_draft
        if not text.strip():
            chat.save_template("", "")  # says that there is nothing
            return
        self.app.push_screen(
            AskLine("Name of the template"), lambda name: chat.save_template(name, text) if name else None
        )
