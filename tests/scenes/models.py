"""The list of models in use: what is kept of a user's earlier looks, and what is pressed."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from oxen_tui.panes.models.pane import ModelsPane
from oxen_tui.services.catalogue.changes import seen_in
from oxen_tui.store.store import Store
from oxen_tui.widgets.models.detail import ModelDetail
from oxen_tui.widgets.models.diff import ModelDiff
from oxen_tui.widgets.models.list import ModelList
from oxen_tui.widgets.query_filter import QueryFilter
from tests.scenes.moment import StillClock
from tests.scenes.stage import until
from tests.services.catalogue_models import demo_entries, index_of

STARRED = ("tern-2-pro", "heron-3-pro", "moss-image-xl")
USED = ("plume-video", "kelp-motion-1", "brook-video")
NEW = ("reed-voice", "harbour-live")


async def fill_models(store: Store, clock: StillClock) -> None:
    """Stars, models that were used, and a look at the list on Thursday, before some models came."""
    clock.at(5, 9, 14)
    known = index_of(*(entry for entry in demo_entries() if entry["id"] not in NEW))
    await store.models.leave(seen_in(known), is_new_visit=True)
    for model_id in STARRED:
        await store.models.star(model_id, on_server=False)
    for model_id in USED:
        await store.models.use(model_id)


async def models(pilot: Pilot[Any], look_at: str = "tern-2-pro") -> None:
    """The list, with a model beside it where there is room."""
    await pilot.press("alt+2")
    await until(pilot, lambda: bool(pilot.app.screen.query(ModelsPane)), "the pane")
    pane = pilot.app.screen.query_one(ModelsPane)
    await until(pilot, lambda: not pane.session.catalogue.refreshing and bool(pane.model_id), "the models")
    await until(pilot, lambda: bool(pane.session.models.changes.since), "what is new")
    await until(pilot, lambda: len(pane.session.models.marks.used) == len(USED), "what was used")
    await _stand_on(pilot, look_at)


async def models_schema(pilot: Pilot[Any]) -> None:
    """A clip with the model's schema and its prices, found by facets."""
    await models(pilot)
    pilot.app.screen.query_one("#model-filter", QueryFilter).put("input:image under:$1")
    await _stand_on(pilot, "tern-2-pro")
    await _turn_to(pilot, "S", "Schema")


async def models_detail(pilot: Pilot[Any]) -> None:
    """What a model costs, where it has the page to itself."""
    await models(pilot)
    await _turn_to(pilot, "P", "Pricing")


async def models_request(pilot: Pilot[Any]) -> None:
    """How to ask for it from a program."""
    await models(pilot)
    await _turn_to(pilot, "R", "Request")
    await pilot.press("tab", "m", "p")


async def models_compare(pilot: Pilot[Any]) -> None:
    """Two models, and what is different."""
    await models(pilot)
    await pilot.press("space")
    await _stand_on(pilot, "harbour-live")
    await pilot.press("space", "x")
    await until(pilot, lambda: pilot.app.screen.query_one(ModelDiff).has_focus, "the comparison")


async def models_typing(pilot: Pilot[Any]) -> None:
    """Facets while they are typed."""
    await models(pilot)
    await pilot.press("slash", *"output", "colon", *"vi")
    await pilot.pause()


async def _stand_on(pilot: Pilot[Any], model_id: str) -> None:
    screen = pilot.app.screen
    pane, detail = screen.query_one(ModelsPane), screen.query_one(ModelDetail)

    def stands() -> bool:
        if pane.model_id != model_id:
            screen.query_one(ModelList).highlight(model_id)
        return pane.model_id == model_id and (
            not pane.sees_detail or (detail.model is not None and detail.model.id == model_id)
        )

    await until(pilot, stands, model_id)


async def _turn_to(pilot: Pilot[Any], key: str, page: str) -> None:
    await pilot.press(key)
    await until(pilot, lambda: pilot.app.screen.query_one(ModelDetail).page == page, page)
