"""The chat pane: what the user does in a conversation meets the conversation service.

The journey of a token ends here: a worker takes typed events from the service and hands text to the transcript.
Stopping runs back the same way: the service marks the answer, the socket closes.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import SuspendNotSupported
from textual.binding import BindingType

from oxen_tui.panes.chat.again import ChatAgain
from oxen_tui.panes.chat.branches import ChatBranches
from oxen_tui.panes.chat.compare import ChatCompare
from oxen_tui.panes.chat.context import ChatContext
from oxen_tui.panes.chat.dock import ChatDock
from oxen_tui.panes.chat.files import ChatFiles
from oxen_tui.panes.chat.inspecting import ChatInspecting
from oxen_tui.panes.chat.json_answers import ChatJson
from oxen_tui.panes.chat.keys import CHAT_BINDINGS
from oxen_tui.panes.chat.listing import ChatListing
from oxen_tui.panes.chat.making import ChatMaking
from oxen_tui.panes.chat.parameters import ChatParameters
from oxen_tui.panes.chat.presets import ChatPresets
from oxen_tui.panes.chat.schema import ChatSchema
from oxen_tui.panes.chat.searching import ChatSearch
from oxen_tui.panes.chat.templates import ChatTemplates
from oxen_tui.panes.chat.tools import ChatTools
from oxen_tui.panes.chat.usage import ChatUsage
from oxen_tui.panes.chat.waiting import ChatQueue
from oxen_tui.panes.completion.argument_values import models_like, values_for
from oxen_tui.panes.completion.slash_commands import SlashCommand, parse
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.row_list import RowList


class ChatPane(
    ChatDock,
    ChatMaking,
    ChatCompare,
    ChatQueue,
    ChatBranches,
    ChatAgain,
    ChatSearch,
    ChatFiles,
    ChatTools,
    ChatParameters,
    ChatSchema,
    ChatJson,
    ChatPresets,
    ChatTemplates,
    ChatListing,
    ChatUsage,
    ChatInspecting,
    ChatContext,
):
    """One conversation on screen, any number of answers arriving."""

    BINDINGS: ClassVar[list[BindingType]] = CHAT_BINDINGS

    class ModelWanted(Message):
        """The user wants to choose a model."""

    class CommandGiven(Message):
        """A slash command that is not about the chat."""

        action: str

    @on(Composer.Submitted)
    def take_line(self, event: Composer.Submitted) -> None:
        """A command is carried out, a question is asked, or waits for the answer that is still arriving."""
        if (command := parse(event.line)) is not None:
            self.give(command[0], event.text[1 + len(command[0].name) :].strip())  # long pastes in it are whole
        else:
            self.take_question(event.kept)

    # --- keys of the pane -----------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are only shown, and only work, where they do something."""
        if action == "stop":
            # While something else is open, esc closes that first.
            is_open = self._completion.is_open or bool(self._queue.edited)
            return self._answers.of(self.conversation_id) is not None and not is_open
        if action == "undo":
            return self._bring_back is not None
        return super().check_action(action, parameters)

    def action_stop(self) -> None:
        """End the answer on screen; what came is kept and the socket is closed."""
        self.hold_waiting()
        run = self._answers.of(self.conversation_id)
        if run and (run.end or run.message_id is None or not self.session.conversation.stop(run.message_id)):
            run.stop()

    def action_leave(self) -> None:
        """Close what is open, one thing at a time; at last stand in the composer."""
        if self._completion.is_open:
            self._completion.close()
        elif self.has_class("-listing"):
            self.remove_class("-listing")
        elif self.put_question_back():
            pass
        elif self._editing is not None:
            self._editing = None
            self._composer.text = ""
            self.set_attachments(())
        elif not self._composer.text:
            self.ask_one_again()
        self._composer.focus()

    def action_new(self) -> None:
        self.remove_class("-listing")
        self.show_conversation(None)

    def start_with(self, model: str) -> None:
        """Begin a conversation with this model."""
        self.remove_class("-listing")
        self.model = model
        self.show_conversation(None)

    def action_pick_model(self, name: str = "") -> None:
        if name:
            meant = [] if self.session.catalogue.get(name) else models_like(self.session.catalogue, name)
            self.model = meant[0] if len(meant) == 1 else name  # a list does not have all that can be asked
        else:
            self.post_message(self.ModelWanted())
            self._work(
                partial(self._load_models, again=self.session.catalogue.trouble is not None), "models", exclusive=True
            )

    def action_open(self, path: str = "") -> None:
        """Have a file of the disk shown, or ask which."""
        from oxen_tui.panes.wanted import ViewWanted

        path = path.strip().strip("'\"")
        self.post_message(ViewWanted([Path(path)] if path else ()))

    def action_transcript(self) -> None:
        self.remove_class("-listing")  # else the keys act on what is behind the list
        self._transcript.focus()

    def action_end(self) -> None:
        self._transcript.jump_to_end()

    # --- commands and completion ----------------------------------------------------------------------------------

    def give(self, command: SlashCommand, argument: str) -> None:
        """Carry out a slash command."""
        self._completion.close()
        self._completion.used(command)
        if command.action.startswith("app."):
            given = f"({argument!r})" if argument and command.argument else ""
            self.post_message(self.CommandGiven(command.action + given))
        elif command.argument:
            getattr(self, f"action_{command.action}")(argument)
        else:
            getattr(self, f"action_{command.action}")()

    @on(Composer.Typed)
    def _complete(self, event: Composer.Typed) -> None:
        if not self.completes_files:
            wanted = self._completion.narrow(event.word)
            if wanted is not None:
                self._work(partial(self._list_values, event.word, *wanted), "completion", exclusive=True)

    async def _list_values(self, line: str, command: str, typed: str) -> None:
        try:
            self._completion.offer(line, await values_for(command, typed, self.session, self.app))
        except StoreError as error:
            self.in_trouble(str(error))

    @on(Composer.CompletionKey)
    def _press_in_completion(self, event: Composer.CompletionKey) -> None:
        if self.completes_files:
            self.press_in_files(event.key)
        elif given := self._completion.press(event.key):
            self.give(*given)

    @on(RowList.Chosen, "#completions")
    def _click_completion(self, event: RowList.Chosen) -> None:
        event.stop()
        if self.completes_files:
            self.choose_file(event.key)
        elif given := self._completion.choose(event.key, run=True):
            self.give(*given)

    @on(Composer.EditorWanted)
    def action_editor(self) -> None:
        """Hand the text of the composer to the user's own editor."""
        from oxen_tui.panes.external_editor import EditorFailed, edit_text

        try:
            with self.app.suspend():
                text = edit_text(self._composer.whole)
        except (EditorFailed, SuspendNotSupported) as error:
            self.in_trouble(str(error))
            return
        self._composer.put_edited(text)

    @on(Composer.TooLongToUnfold)
    def _say_too_long(self) -> None:
        self.say("Too long to be written on here: ctrl+g opens all of it in your editor")

    @on(Composer.PageWanted)
    def _page(self, event: Composer.PageWanted) -> None:
        self._transcript.action_page(event.step)
