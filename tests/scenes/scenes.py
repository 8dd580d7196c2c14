"""Every scene by name: what is in the store, what the server plays, what is pressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets._toast import ToastRack

from oxen_tui.api.chat import AnswerStarted, ReasoningDelta, TextDelta
from oxen_tui.api.generation import Generation
from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.dialogs.connect import Connect
from oxen_tui.screens.main import MainScreen
from oxen_tui.store.message import Ending
from oxen_tui.store.store import Store
from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.chat.status_line import StatusLine
from oxen_tui.widgets.pane_bar import PaneBar
from oxen_tui.widgets.row_list import RowList
from oxen_tui.widgets.transcript.view import Transcript
from tests.scenes import lighthouse
from tests.scenes.actors import PlayedClient
from tests.scenes.compare import compare, pick_compared
from tests.scenes.conversations import add_lighthouse, fill_list
from tests.scenes.create import create, create_json, create_side
from tests.scenes.dock import dock
from tests.scenes.models import (
    fill_models,
    models,
    models_compare,
    models_detail,
    models_request,
    models_schema,
    models_typing,
)
from tests.scenes.moment import StillClock
from tests.scenes.queue import make_queue, queue, queue_result, rows
from tests.scenes.results import gallery, make_results
from tests.scenes.stage import Fill, Make, Stage, make_nothing, until
from tests.scenes.structured import fill_json, json_page, json_tree
from tests.scenes.viewer import viewer, viewer_clip, viewer_close, viewer_compare
from tests.services.fake_client import Gate, Step

Acts = Callable[[Pilot[Any]], Awaitable[None]]


async def _nothing(*_: object) -> None:
    """For scenes without a store, or without acts."""


async def _lighthouse(store: Store, clock: StillClock, **how: Any) -> None:
    await fill_list(store, clock)
    await add_lighthouse(store, clock, **how)


_finished: Fill = _lighthouse
_asked: Fill = partial(_lighthouse, answer=None)
_cut_off: Fill = partial(
    _lighthouse,
    answer=lighthouse.SHORT_ANSWER,
    ending=Ending.CUT_OFF,
    trouble="The connection broke off",
    draft="",
)


@dataclass(frozen=True)
class Scene:
    """The app in one state. `name` is also that of its picture."""

    name: str
    shows: str
    """What there is to see, for whoever lists the scenes."""
    size: tuple[int, int] = (120, 40)
    fill: Fill = _finished
    acts: Acts = _nothing
    make: Make = make_nothing
    """Results that there are."""
    streams: str = ""
    """An answer that never ends; empty where none is asked for."""
    theme: str = "dark"
    rows: tuple[Generation, ...] = ()
    """The queue as the server has it."""
    spent: float = field(default=1.86)
    """US dollars that the header counts."""

    def stage(self, home: Path) -> Stage:
        """The app on this scene; run it at `size`, then call `play`."""
        clock = StillClock()
        played = PlayedClient(_script(self.streams, clock))
        played.rows, played.clock = self.rows, clock
        return Stage(home, self.fill, played, clock, self.theme, self.make, self.spent)

    async def play(self, pilot: Pilot[Any]) -> None:
        """Bring the running app to where the picture is taken."""
        await until(pilot, lambda: isinstance(pilot.app.screen, MainScreen), "the main screen")
        main = pilot.app.screen
        header, chat = main.query_one(PaneBar), main.query_one(ChatPane)
        await until(pilot, lambda: header.place == "ada" and bool(chat.session.catalogue.chat_models), "the server")
        header.spent = self.spent
        if self.streams:
            await _stream(pilot, self.streams)
        await self.acts(pilot)
        await pilot.wait_for_scheduled_animations()


def _script(streams: str, clock: StillClock) -> list[Step]:
    half = len(streams) // 2
    return [
        AnswerStarted("chatcmpl-1", lighthouse.MODEL),
        ReasoningDelta(lighthouse.REASONING, 80),
        lambda: clock.pass_(12),
        TextDelta(streams[:half], 120),
        lambda: clock.pass_(9),
        TextDelta(streams[half:], 120),
        Gate(),
    ]


async def _stream(pilot: Pilot[Any], streams: str) -> None:
    """Ask, and wait until all that will come is on screen and the status line has its seconds."""
    await pilot.press("ctrl+r")
    status, turns = pilot.app.screen.query_one(StatusLine), pilot.app.screen.query_one(Transcript).column.turns
    await until(pilot, lambda: turns[-1].turn.text == streams, "all that comes of the answer")
    pilot.app.screen.query_one(ChatPane).answers_changed()  # or the status line says its seconds at its next tick
    await until(pilot, lambda: "writing 9 s" in status.plain, "the answer to be written for nine seconds")


# --- acts ----------------------------------------------------------------------------------------------------------


async def _pick_model(pilot: Pilot[Any]) -> None:
    await pilot.press("ctrl+l")
    await until(pilot, lambda: len(pilot.app.screen.query_one(RowList).rows) > 10, "the list of models")


async def _help(pilot: Pilot[Any]) -> None:
    await pilot.press("f1")


async def _palette(pilot: Pilot[Any]) -> None:
    await pilot.press("ctrl+p")


async def _connect(pilot: Pilot[Any]) -> None:
    await pilot.app.run_action("app.connect")
    await until(pilot, lambda: isinstance(pilot.app.screen, Connect), "the dialog")


async def _complete(pilot: Pilot[Any]) -> None:
    pilot.app.screen.query_one(Composer).put("")
    await pilot.press("slash")


async def _conversations(pilot: Pilot[Any]) -> None:
    await pilot.press("ctrl+s")


async def _read(pilot: Pilot[Any]) -> None:
    await pilot.press("ctrl+up")


async def _toasts(pilot: Pilot[Any]) -> None:
    main = pilot.app.screen
    assert isinstance(main, MainScreen)
    main.say("Copied message: 14 lines")
    main.say("The connection to the server was lost. What came is kept", trouble=True)
    await until(pilot, lambda: len(main.get_child_by_type(ToastRack).children) == 2, "the toasts")


SCENES: dict[str, Scene] = {
    scene.name: scene
    for scene in (
        Scene("chat-120x40", "an answer with a table, a list and code", fill=_asked, streams=lighthouse.STREAMED),
        Scene("chat-finished", "the same answer when it has ended, with what it cost"),
        Scene("chat-light", "the light theme", fill=_asked, streams=lighthouse.STREAMED, theme="light"),
        Scene("chat-160x45", "a wide terminal", (160, 45), acts=dock, make=make_queue, rows=rows()),
        Scene("chat-80x24", "an ordinary terminal", (80, 24), _asked, streams=lighthouse.SHORT_ANSWER),
        Scene("chat-60x20", "a small terminal", (60, 20), _asked, streams=lighthouse.SHORT_ANSWER),
        Scene("first-start", "the first start, on the demo", fill=_nothing, spent=0.0),
        Scene("cut-off", "an answer that broke off, and what can be done", fill=_cut_off),
        Scene("reading", "a message in the conversation that keys act on", acts=_read),
        Scene("conversations-60x20", "the list of conversations on a small terminal", (60, 20), acts=_conversations),
        Scene("model-picker", "choosing a model, with prices", acts=_pick_model),
        Scene("model-picker-60x20", "choosing a model on a small terminal", (60, 20), acts=_pick_model),
        Scene("palette", "everything by name", acts=_palette),
        Scene("compare", "one question to three models", acts=compare),
        Scene("compare-60x20", "the same on a small terminal", (60, 20), acts=compare),
        Scene("compare-models", "marking whom to ask, with what it costs", acts=pick_compared),
        Scene("json", "an answer by a schema, as a tree", fill=fill_json, acts=json_tree),
        Scene("json-60x20", "the same on a small terminal", (60, 20), fill_json, json_tree),
        Scene("json-page", "the same on a page of its own", fill=fill_json, acts=json_page),
        Scene("help", "the keys of the place one is in", acts=_help),
        Scene("connect", "a server and a key", acts=_connect),
        Scene("help-60x20", "the keys on a small terminal", (60, 20), acts=_help),
        Scene("toasts", "what the eye would not see by itself", (80, 24), acts=_toasts),
        Scene("models", "one of them with its schema and prices", (120, 40), fill_models, models_schema),
        Scene("models-160x45", "list, model and schema", (160, 45), fill_models, models),
        Scene("models-light", "a request to copy", (120, 40), fill_models, models_request, theme="light"),
        Scene("models-80x24", "facets while they are typed", (80, 24), fill_models, models_typing),
        Scene("models-60x20", "what a model costs", (60, 20), fill_models, models_detail),
        Scene("models-compare", "two models compared", (120, 40), fill_models, models_compare),
        Scene("gallery", "pictures and clips that were made", acts=gallery, make=make_results),
        Scene("gallery-60x20", "the same on a small terminal", (60, 20), acts=gallery, make=make_results),
        Scene("viewer", "a result on the full screen, with its request", acts=viewer, make=make_results),
        Scene("viewer-60x20", "the same on a small terminal", (60, 20), acts=viewer, make=make_results),
        Scene("viewer-close", "a part of it", acts=viewer_close, make=make_results),
        Scene("viewer-compare", "four side by side", acts=viewer_compare, make=make_results),
        Scene("viewer-clip", "a clip with frames of all of it", acts=viewer_clip, make=make_results),
        Scene("viewer-clip-80x24", "the same in an ordinary terminal", (80, 24), acts=viewer_clip, make=make_results),
        Scene("queue", "what is under way and what came of it", acts=queue, make=make_queue, rows=rows()),
        Scene("queue-result", "a result in it", acts=queue_result, make=make_queue, rows=rows()),
        Scene("queue-80x24", "the queue on an ordinary terminal", (80, 24), acts=queue, make=make_queue, rows=rows()),
        Scene("queue-60x20", "the queue on a small terminal", (60, 20), acts=queue, make=make_queue, rows=rows()),
        Scene("create", "a clip being asked for, with what each choice costs", acts=create),
        Scene("create-json", "the same request as JSON", acts=create_json),
        Scene("create-80x24", "the form on an ordinary terminal", (80, 24), acts=create),
        Scene("create-60x20", "the form on a small terminal", (60, 20), acts=create),
        Scene("create-side-60x20", "what it costs, on a small terminal", (60, 20), acts=create_side),
        Scene("completion", "commands while a slash is typed", acts=_complete),
    )
}
