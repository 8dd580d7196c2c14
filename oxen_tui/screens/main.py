"""The main screen: header, the five panes, footer. Passes messages on and decides what the user is told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from oxen_tui.panes.chat import ChatPane
from oxen_tui.panes.not_built import NotBuiltPane
from oxen_tui.panes.slash_commands import COMMANDS
from oxen_tui.services.session import Session
from oxen_tui.widgets.composer import Composer
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.key_bar import KeyBar
from oxen_tui.widgets.pane_bar import PANES, PaneBar
from oxen_tui.widgets.steady_compositor import SteadyCompositor

if TYPE_CHECKING:
    from oxen_tui.panes.models import ModelsPane
    from oxen_tui.screens.command_palette import Command


class MainScreen(Screen[None]):
    """Arranges the panes of one session."""

    # Textual would take what comes first, the filter of the conversations.
    AUTO_FOCUS = "#composer"

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"alt+{number},{number}", f"pane('{pane}')", pane.capitalize(), show=False, id=f"pane.{pane}")
            for number, pane in enumerate(PANES, 1)
        ),
    ]

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (100, "-sided"), (140, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]

    pane: reactive[str] = reactive("chat", init=False)
    """Name of the pane on screen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._compositor = SteadyCompositor()
        self.session = session

    def compose(self) -> ComposeResult:
        yield PaneBar(id="header")
        with ContentSwitcher(initial="chat", id="panes"):
            yield ChatPane(self.session)
        yield KeyBar(id="footer")

    def on_mount(self) -> None:
        header = self.query_one(PaneBar)
        header.demo = self.session.place.is_demo
        header.place = self.session.place.label
        for warning in self.session.place.warnings:
            self.say(warning, trouble=True)

    async def watch_pane(self, pane: str) -> None:
        # A pane is made when it is first gone to: all of them at once would cost the start, and every resize.
        panes = self.query_one(ContentSwitcher)
        if not panes.query_children(f"#{pane}"):
            await panes.add_content(self._make_pane(pane))
        panes.current = pane
        self.query_one(PaneBar).active = pane
        if pane == self.pane:
            (self.query_one(Composer) if pane == "chat" else panes.query_one(f"#{pane}")).focus()

    def _make_pane(self, pane: str) -> Widget:
        if pane == "models":
            from oxen_tui.panes.models import ModelsPane  # loaded when it is first gone to, as dialogs are

            return ModelsPane(self.session)
        return NotBuiltPane(pane)

    def on_screen_resume(self) -> None:
        self.query_one(KeyBar).refresh_keys()

    def action_pane(self, pane: str) -> None:
        self.pane = pane

    @on(PaneBar.Chosen)
    def _go_to_pane(self, event: PaneBar.Chosen) -> None:
        self.pane = event.pane

    def say(self, sentence: str, *, trouble: bool = False) -> None:
        """A toast, for what the eye does not see by itself. Trouble stays until a key is pressed."""
        sign = glyph("failed") if trouble else glyph("done")
        self.app.notify(
            f"{sign} {sentence}", severity="error" if trouble else "information", timeout=12 if trouble else 4,
            markup=False,
        )  # fmt: skip

    # --- what panes tell ------------------------------------------------------------------------------------------

    @on(ChatPane.Trouble)
    def _tell_trouble(self, event: ChatPane.Trouble) -> None:
        self.say(event.sentence, trouble=True)

    @on(ChatPane.Said)
    def _tell(self, event: ChatPane.Said) -> None:
        self.say(event.sentence)

    @on(ChatPane.Spent)
    def _count_money(self, event: ChatPane.Spent) -> None:
        self.session.spend(event.dollars)
        header = self.query_one(PaneBar)
        header.spent, header.partial = self.session.spent, self.session.spent_is_partial

    @on(ChatPane.CommandGiven)
    async def _give_command(self, event: ChatPane.CommandGiven) -> None:
        await self.app.run_action(event.action)

    @on(ChatPane.ModelWanted)
    def _pick_model(self) -> None:
        from oxen_tui.screens.pick_model import PickModel  # dialogs are loaded when they open, as in app.py

        chat = self.query_one(ChatPane)
        dialog = PickModel(chat.model)
        dialog.show_models(self.session.catalogue.chat_models, self.session.catalogue.trouble)

        def take(chosen: str | None) -> None:
            if chosen:
                chat.model = chosen

        self.app.push_screen(dialog, take)

    @on(ChatPane.ModelsKnown)
    def _show_models(self) -> None:
        from oxen_tui.screens.pick_model import PickModel

        if isinstance(dialog := self.app.screen, PickModel):
            dialog.show_models(self.session.catalogue.chat_models, self.session.catalogue.trouble)

    @on(ChatPane.TitleWanted)
    def _ask_title(self, event: ChatPane.TitleWanted) -> None:
        from oxen_tui.screens.ask_line import AskLine

        chat = self.query_one(ChatPane)
        self.app.push_screen(
            AskLine("Title of this conversation", event.title),
            lambda title: chat.rename(event.conversation_id, title) if title else None,
        )

    @on(ChatPane.Recognised)
    def _show_user(self, event: ChatPane.Recognised) -> None:
        place = self.session.place
        self.query_one(PaneBar).place = event.username if place.is_demo else f"{event.username} · {place.label}"

    # Handlers by name: the pane is not loaded before it is gone to.

    def on_models_page_trouble(self, event: ModelsPane.Trouble) -> None:
        self.say(event.sentence, trouble=True)

    def on_models_page_said(self, event: ModelsPane.Said) -> None:
        self.say(event.sentence)

    def on_models_page_chat_wanted(self, event: ModelsPane.ChatWanted) -> None:
        self.query_one(ChatPane).start_with(event.model_id)
        self.pane = "chat"

    def on_models_page_create_wanted(self, event: ModelsPane.CreateWanted) -> None:
        self.pane = "create"

        def tell() -> None:
            for pane in self.query("#create").results(NotBuiltPane):
                pane.take_model(event.model_id)

        self.call_after_refresh(tell)  # the pane is made by then

    def on_models_page_sure_wanted(self, event: ModelsPane.SureWanted) -> None:
        from oxen_tui.panes.models import ModelsPane
        from oxen_tui.screens.confirm import Confirm

        def take(sure: bool | None) -> None:
            if sure:
                self.query_one(ModelsPane).turn(event.model_id, event.active)

        self.app.push_screen(Confirm(event.question, event.explanation, event.yes, "leaves it as it is"), take)

    # --- what the app asks ----------------------------------------------------------------------------------------

    @property
    def models_answering(self) -> list[str]:
        """The models whose answers still arrive."""
        return self.query_one(ChatPane).models_answering

    async def put_away(self) -> None:
        """Keep what stands unsent: the session is about to be closed."""
        await self.query_one(ChatPane).put_away()

    def clear_composer(self) -> bool:
        """Empty the composer, if it is on screen and holds something."""
        composer = self.query_one(Composer)
        if self.pane != "chat" or not composer.text:
            return False
        composer.text = ""
        return True

    def help_of_focus(self) -> tuple[str, list[tuple[str, str]]]:
        """A title for the help, and the slash commands where they can be typed."""
        notes = [(f"/{command.name}", command.help) for command in COMMANDS] if self.pane == "chat" else []
        return self.pane, notes

    def commands(self) -> list[Command]:
        """What the palette offers beside the app's own."""
        from oxen_tui.screens.command_palette import Command

        chat = self.query_one(ChatPane)
        panes = [
            Command(f"Go to {pane}", f"alt+{number}", partial(self.action_pane, pane))
            for number, pane in enumerate(PANES, 1)
        ]
        commands = [
            Command("New conversation", "ctrl+n", chat.action_new),
            Command("Conversations", "ctrl+s", chat.action_conversations),
            Command("Choose the model", "ctrl+l", chat.action_pick_model),
            Command("Ask the last question again", "ctrl+r", chat.action_retry),
            Command("Rename the conversation", "/rename", chat.action_rename),
            Command("Read the conversation", "ctrl+up", chat.action_transcript),
            Command("Edit in your editor", "ctrl+g", chat.action_editor),
            *panes,
        ]
        if self.pane == "models":
            from oxen_tui.panes.models import ModelsPane

            commands = [*(Command(*command) for command in self.query_one(ModelsPane).commands), *commands]
        return commands
