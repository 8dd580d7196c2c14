"""The main screen: header, the five panes, footer. What the panes tell is taken by the classes it derives from."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import ContentSwitcher

from oxen_tui.panes.completion.slash_commands import COMMANDS
from oxen_tui.screens.announcing import Announcing
from oxen_tui.screens.messages.chat import ChatMessages
from oxen_tui.screens.messages.chat_attachments import ChatAttachmentsMessages
from oxen_tui.screens.messages.chat_branches import ChatBranchesMessages
from oxen_tui.screens.messages.chat_compare import ChatCompareMessages
from oxen_tui.screens.messages.chat_context import ChatContextMessages
from oxen_tui.screens.messages.chat_inspecting import ChatInspectingMessages
from oxen_tui.screens.messages.chat_making import ChatMakingMessages
from oxen_tui.screens.messages.chat_parameters import ChatParametersMessages
from oxen_tui.screens.messages.chat_schema import ChatSchemaMessages
from oxen_tui.screens.messages.chat_templates import ChatTemplatesMessages
from oxen_tui.screens.messages.chat_tools import ChatToolsMessages
from oxen_tui.screens.messages.models import ModelsMessages
from oxen_tui.services.session import Session
from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.driver.steady_compositor import SteadyCompositor
from oxen_tui.widgets.key_bar import KeyBar
from oxen_tui.widgets.pane_bar import PANES, PaneBar

if TYPE_CHECKING:
    from oxen_tui.screens.dialogs.command_palette import Command


class MainScreen(
    ChatMakingMessages,
    ModelsMessages,
    ChatMessages,
    ChatAttachmentsMessages,
    ChatCompareMessages,
    ChatToolsMessages,
    ChatParametersMessages,
    ChatBranchesMessages,
    ChatSchemaMessages,
    ChatInspectingMessages,
    ChatContextMessages,
    ChatTemplatesMessages,
    Announcing,
):
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

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._compositor = SteadyCompositor()
        self._making = asyncio.Lock()
        self.session = session

    def compose(self) -> ComposeResult:
        # Textual does this with the first resize, and styles and lays out all that is there a second time for it.
        width, height = self.app.size
        self.add_class(
            *(_last(self.HORIZONTAL_BREAKPOINTS, width), _last(self.VERTICAL_BREAKPOINTS, height)), update=False
        )
        yield PaneBar(id="header")
        with ContentSwitcher(initial="chat", id="panes"):
            yield self.make_pane("chat")
        yield KeyBar(id="footer")

    def on_mount(self) -> None:
        header = self.query_one(PaneBar)
        header.demo = self.session.place.is_demo
        header.place = self.session.place.label
        for warning in self.session.place.warnings:
            self.say(warning, trouble=True)

    async def watch_pane(self, pane: str) -> None:
        # A pane is made when it is first gone to: all of them at once would cost the start, and every resize.
        made = await self.ready_pane(pane)
        switcher = self.query_one(ContentSwitcher)
        if pane == self.pane != switcher.current:
            switcher.current = pane
            self.query_one(PaneBar).active = pane
            (self.query_one(Composer) if pane == "chat" else made).focus()

    def on_screen_resume(self) -> None:
        self.query_one(KeyBar).refresh_keys()

    async def action_pane(self, pane: str) -> None:
        """Go to a pane, at once: what is typed behind the key is meant for it."""
        self.pane = pane
        await self.watch_pane(pane)

    @on(PaneBar.Chosen)
    def _go_to_pane(self, event: PaneBar.Chosen) -> None:
        self.pane = event.pane

    # --- what the app asks ----------------------------------------------------------------------------------------

    @property
    def at_stake(self) -> list[str]:
        """What quitting now would break off, or leave to go on by itself: a sentence each."""
        stakes: list[str] = []
        if writing := self.chat.models_answering:
            who = f"{writing[0]} is still answering" if len(writing) == 1 else f"{len(writing)} answers still arrive"
            stakes.append(f"{who}: what came is kept, the rest is not fetched.")
        if running := len(self.jobs_running):
            jobs = "1 job goes on" if running == 1 else f"{running} jobs go on"
            if self.session.place.is_demo:
                stakes.append(f"{jobs.replace('goes on', 'ends').replace('go on', 'end')} with the demo service.")
            else:
                stakes.append(f"{jobs} at the server: the results are fetched at the next start.")
        return stakes

    async def put_away(self) -> None:
        """Keep what stands unsent: the session is about to be closed."""
        await self.chat.put_away()
        if (create := self.made_create) is not None:
            await create.put_away()

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
        from oxen_tui.screens.dialogs.command_palette import Command

        panes = [
            Command(f"Go to {pane}", f"alt+{number}", partial(self.action_pane, pane))
            for number, pane in enumerate(PANES, 1)
        ]
        return [*super().commands(), *panes]


def _last(breakpoints: Sequence[tuple[int, str]], cells: int) -> str:
    """The class of the last point that so many cells reach."""
    return [name for least, name in breakpoints if cells >= least][-1]
