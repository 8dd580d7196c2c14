"""A clip being asked for, as it is filled in: an open menu with prices, a mistake, a medium."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from oxen_tui.panes.create.pane import CreatePane
from oxen_tui.panes.create.places import Part, Place
from oxen_tui.services.inputs.media_inputs import MediumFacts
from oxen_tui.services.schema.media import MediaKind
from tests.scenes.stage import until

_PICTURE = Path("/pictures/lighthouse-dusk.png").as_uri()
_BODY: dict[str, Any] = {
    "prompt": "A lighthouse at dusk, the beam sweeps slowly over a quiet sea. Long lens, no people.",
    "image": _PICTURE,
    "seconds": 6,
    "resolution": "720p",
    "camera": {"motion": "static", "strength": 1.5},
    "seed": 4127,
}


async def create(pilot: Pilot[Any]) -> None:
    """The form, with the options of a field in sight."""
    main = pilot.app.screen
    await pilot.press("alt+3")
    await until(
        pilot, lambda: bool(main.query(CreatePane)) and main.query_one(CreatePane).request is not None, "a form"
    )
    pane = main.query_one(CreatePane)
    pane.session.spending.budget_day = 5.0
    # What is not on this machine cannot be looked at.
    pane._media[_PICTURE] = MediumFacts(
        _PICTURE, "lighthouse-dusk.png", MediaKind.IMAGE, "image/png", 412_000, 1536, 1024
    )
    pane.take_request("tern-2-pro", _BODY)
    await until(pilot, lambda: pane.request is not None and pane.request.model.id == "tern-2-pro", "the request")
    await until(pilot, lambda: pane.session.spending.spent_today > 0, "what was spent")
    await until(pilot, lambda: "of $5.00" in pane.button.plain, "what is spent to stand at the button")
    pane.form.finish()
    pane.form.stand_on(Place(Part.VALUE, ("resolution",)).key)
    pane.form.focus()
    await pilot.press("enter")


async def create_json(pilot: Pilot[Any]) -> None:
    """The same request as JSON."""
    await create(pilot)
    await pilot.press("escape", "f4")


async def create_side(pilot: Pilot[Any]) -> None:
    """What it costs, where that is behind a key."""
    await create(pilot)
    await pilot.press("escape", "i")
