"""A form of every kind of row, and the app that shows it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from textual import events
from textual.pilot import Pilot

from oxen_tui.widgets.form import messages
from oxen_tui.widgets.form.field_editor import FieldEditor
from oxen_tui.widgets.form.form import Form
from oxen_tui.widgets.form.form_view import FormView
from oxen_tui.widgets.form.row import Chip, Control, FormRow, Option
from tests.widgets.host import Host

PROMPT = FormRow(
    "prompt", "prompt", Control.TEXT, text="A lighthouse at dusk", is_set=True, most=2000, help="What is to be seen"
)
IMAGE = FormRow(
    "image",
    "image",
    Control.MEDIUM,
    is_set=True,
    chip=Chip("image", "lighthouse.png", "1536×1024 · 412 KB"),
    keys="del removes",
)
EMPTY_IMAGE = FormRow("mask", "mask", Control.MEDIUM, placeholder="a mask", keys="f file")
SECONDS = FormRow("seconds", "seconds", Control.STEPPER, text="6", is_set=True, hint="4 … 12", digits=True)
RESOLUTION = FormRow(
    "resolution",
    "resolution",
    Control.CHOICE,
    options=(Option("480p", "~$0.30"), Option("720p", "~$0.60"), Option("1080p", "~$1.20")),
    chosen=1,
)
CAMERA = FormRow("camera", "camera", Control.GROUP, hint="3 fields", is_open=True)
MOTION = FormRow(
    "motion",
    "motion",
    Control.CHOICE,
    depth=1,
    follows=True,
    options=tuple(map(Option, ("static", "pan", "tilt"))),
    chosen=0,
    is_set=True,
)
STRENGTH = FormRow(
    "strength", "strength", Control.LINE, depth=1, follows=True, text="1.5", is_set=True, hint="0 … 1", digits=True,
    problem="must be 1 or less",
)  # fmt: skip
SOUND = FormRow(
    "sound", "generate_audio", Control.SWITCH, options=(Option("no"), Option("yes")), chosen=0, hint="adds $0.24"
)
SEED = FormRow("seed", "seed", Control.LINE, placeholder="random", keys="r random", dice=True, digits=True)
SHOTS = FormRow("shots", "shots", Control.LIST, hint="2 entries", is_set=True, is_open=True, keys="a adds")
REST = FormRow("rest", "", Control.GROUP, hint="4 more fields, all at their defaults", is_open=False)

ALL = (PROMPT, IMAGE, SECONDS, RESOLUTION, CAMERA, MOTION, STRENGTH, SOUND, SEED, SHOTS, REST)

TOLD = (
    messages.OfField,
    messages.Left,
)


class Shown:
    """A form on screen."""

    def __init__(self, host: Host, pilot: Pilot[Any], form: Form) -> None:
        self.host, self.pilot, self.form = host, pilot, form

    @property
    def view(self) -> FormView:
        return self.form.query_one(FormView)

    @property
    def editor(self) -> FieldEditor:
        return self.form.query_one(FieldEditor)

    @property
    def lines(self) -> list[str]:
        """The screen, with the editor where it stands."""
        return [strip.text.rstrip() for strip in self.host.screen._compositor.render_strips()]

    def line_of(self, words: str) -> int:
        return next(number for number, line in enumerate(self.lines) if words in line)

    def told(self, kind: type[Any]) -> list[Any]:
        """Messages of this kind so far."""
        return [message for message in self.host.heard if isinstance(message, kind)]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def burst(self, *keys: str) -> None:
        """Keys that come faster than they are looked at."""
        for key in keys:
            self.host.post_message(events.Key(key, key if len(key) == 1 else None))
        await self.pilot.pause()
        await self.pilot.pause()


@asynccontextmanager
async def shown(rows: Sequence[FormRow] = ALL, size: tuple[int, int] = (76, 34)) -> AsyncIterator[Shown]:
    """The form, with the cursor on its first row."""
    form = Form()
    host = Host(form, hears=TOLD)
    async with host.run_test(size=size) as pilot:
        form.show(rows)
        form.focus()
        await pilot.pause()
        yield Shown(host, pilot, form)
