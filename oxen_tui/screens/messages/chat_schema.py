"""What the chat tells of answers by a schema and of their JSON."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.pane_screen import PaneScreen

if TYPE_CHECKING:
    from oxen_tui.panes.chat.json_answers import ChatJson
    from oxen_tui.panes.chat.schema import ChatSchema
    from oxen_tui.screens.dialogs.answer_schemas import SchemaChoice
    from oxen_tui.screens.dialogs.command_palette import Command
    from oxen_tui.screens.dialogs.schema_editor import Written


class ChatSchemaMessages(PaneScreen, part=True):
    """Opens the dialogs; they are loaded when they open."""

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        chat = self.query_one(ChatPane)
        return [*super().commands(), *(Command(*each) for each in (*chat.schema_commands, *chat.json_commands))]

    def on_chat_schema_schemas_wanted(self, event: ChatSchema.SchemasWanted) -> None:
        from oxen_tui.screens.dialogs.answer_schemas import AnswerSchemas

        self.app.push_screen(AnswerSchemas(event.now, event.recent, event.has_draft), self._take_choice)

    def _take_choice(self, choice: SchemaChoice | None) -> None:
        chat = self.query_one(ChatPane)
        match choice.what if choice is not None else "":
            case "use" | "once" as how if choice is not None:
                chat.use_schema(choice.schema, once=how == "once")
            case "edit" if choice is not None:
                chat.write_schema(choice.schema)
            case "off":
                chat.use_schema(None)
            case "file":
                from oxen_tui.screens.dialogs.ask_line import AskLine

                title = "Path of a JSON Schema; once before it: for one question"
                self.app.push_screen(AskLine(title), lambda path: chat.action_schema(path) if path else None)

    def on_chat_schema_schema_edit_wanted(self, event: ChatSchema.SchemaEditWanted) -> None:
        from oxen_tui.screens.dialogs.schema_editor import SchemaEditor

        def take(written: Written | None) -> None:
            if written is not None:
                chat = self.query_one(ChatPane)
                chat.keep_schema_draft("" if written.schema is not None else written.text)
                if written.schema is not None:
                    chat.use_schema(written.schema, once=written.once)

        self.app.push_screen(SchemaEditor(event.text, event.in_editor), take)

    def on_chat_json_json_wanted(self, event: ChatJson.JsonWanted) -> None:
        from oxen_tui.screens.dialogs.json_page import JsonPage

        save = partial(self.query_one(ChatPane).save_json, event.message_id)
        self.app.push_screen(JsonPage(event.model, event.tree, event.check, save))
