"""One question to three models: one has answered, one writes, one could not."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from textual.pilot import Pilot

from oxen_tui.api.chat import AnswerFinished, AnswerStarted, ReasoningDelta, TextDelta, UsageReported
from oxen_tui.api.errors import RateLimited
from oxen_tui.api.usage import Usage
from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.panes.compare.pane import ComparePane
from oxen_tui.screens.compare import Compare
from oxen_tui.screens.dialogs.pick_compared import PickCompared
from oxen_tui.widgets.chat.composer import Composer
from tests.scenes import lighthouse
from tests.scenes.actors import PlayedClient
from tests.scenes.stage import until
from tests.services.fake_client import Gate

_MODELS = (lighthouse.MODEL, "kestrel-flash", "petrel-reason-32b")
_QUESTION = "Which of these would you ask first, and why? One paragraph."
_FIRST = """\
I would ask **tern-2-pro** first.

It is the only one of the three that holds a still camera *and* stays under a dollar, so a bad take costs least:

1. six seconds at 720p for $0.60
2. the seed kept, only the prompt changed
3. then, if the foam is noise, `motion.strength` down to 0.3

`brook-video` is the second try: it bills ten seconds, whatever you take of them."""
_SECOND = """\
Start with `brook-video`. It is the cheapest by the second, and for a first look at the beam the"""


async def pick_compared(pilot: Pilot[Any]) -> None:
    """The dialog in which the models are marked."""
    composer = pilot.app.screen.query_one(Composer)
    composer.put(_QUESTION)
    await pilot.press("f3")
    await until(pilot, lambda: isinstance(pilot.app.screen, PickCompared), "the dialog")
    dialog = pilot.app.screen
    assert isinstance(dialog, PickCompared)
    for model in _MODELS[1:]:
        await pilot.press("ctrl+u", *model.replace("-", " ").split()[0], "space")
    await pilot.press("ctrl+u")
    await until(pilot, lambda: dialog.marked == _MODELS, "the marks")


async def compare(pilot: Pilot[Any]) -> None:
    """The answers beside each other, the second one still coming."""
    chat = pilot.app.screen.query_one(ChatPane)
    played = cast(PlayedClient, await chat.session.client())
    begun, thought, wrote = (asyncio.Event() for _ in range(3))
    played.scripts_of = {
        _MODELS[0]: [
            Gate(begun),
            AnswerStarted("c", _MODELS[0]),
            ReasoningDelta(lighthouse.REASONING, 80),
            Gate(thought),
            TextDelta(_FIRST, 130),
            Gate(wrote),
            UsageReported(Usage(prompt_tokens=1240, completion_tokens=212, total_tokens=1452)),
            AnswerFinished("stop"),
        ],
        _MODELS[1]: [Gate(wrote), AnswerStarted("c", _MODELS[1]), TextDelta(_SECOND, 24), Gate()],
        _MODELS[2]: [RateLimited(status=429)],
    }
    await pick_compared(pilot)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, Compare), "the comparison")
    pane = pilot.app.screen.query_one(ComparePane)
    columns = pane.comparison.columns
    await until(pilot, lambda: columns[2].state == "failed" and columns[1].message is not None, "the third")
    for seconds, gate, state in ((1.2, begun, "thinking"), (3.4, thought, "writing"), (2.2, wrote, "done")):
        played.clock.pass_(seconds)
        gate.set()
        await until(pilot, lambda state=state: columns[0].state == state, state)  # type: ignore[misc]
    await until(pilot, lambda: columns[1].state == "writing", "the second")
    played.clock.pass_(3)
    pane.go_to(0)
    await until(pilot, lambda: "3 s" in pane._columns[1].plain, "its seconds")
