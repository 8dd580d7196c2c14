"""The models pane while somebody looks for a model: at once from the list, then with what the server says."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from oxen_tui.api.errors import BadRequest, Unreachable
from oxen_tui.panes.models.pane import ModelsPane
from oxen_tui.widgets.filter_field import FilterField
from tests.panes.models_stage import models_stage
from tests.services.catalogue_models import body_of, chat, demo_entries, entry, schema, video
from tests.services.fake_models_client import FakeModelsClient

MODELS = (
    chat("heron-3", developer={"name": "Marsh"}),
    chat("heron-mini"),
    entry("moss-image", developer={"name": "North Slip"}, request_schema=schema("prompt", "seed")),
    video("tern-2", developer={"name": "Marsh"}, request_schema=schema("prompt", "image", "seed")),
    entry("own-tuned", model_type="custom", deployments=[{"status": "active"}]),
)


def client() -> FakeModelsClient:
    return FakeModelsClient(*MODELS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("output:video input:image developer:marsh price:<0.20 has:seed", ["tern-2"]),
        ("custom", ["own-tuned"]),
        ("fav", ["moss-image"]),
        ("output:image -custom", ["moss-image"]),
        ("herno", ["heron-3", "heron-mini"]),
    ],
)
async def test_facets_and_words_leave_what_they_mean(query: str, found: list[str], tmp_path: Path) -> None:
    server = client()
    server.stars = ["moss-image"]
    async with models_stage(tmp_path, server) as stage:
        await stage.see("Favourites")
        await stage.search(query)
        await stage.see(f"{len(found)} of 5")
        assert stage.listed == found
        assert stage.pane.model_id == found[0]


async def test_a_facet_is_completed_with_tab(tmp_path: Path) -> None:
    async with models_stage(tmp_path, client()) as stage:
        await stage.type("develop")
        await stage.see("who made it")
        await stage.pilot.press("tab")
        await stage.see("North Slip", "2 models")
        await stage.pilot.press("m", "tab")
        await stage.see("developer:Marsh", "2 of 5")


async def test_words_that_the_server_refuses_are_still_looked_for_in_the_list(tmp_path: Path) -> None:
    server = client()
    server.found["heron"] = BadRequest(status=400, server_text="no such [b]index[/b]")
    async with models_stage(tmp_path, server, size=(200, 40)) as stage:
        await stage.type("heron")
        await stage.see("the server's search refused these words: no such [b]index[/b]", "2 of 5")
        await stage.pilot.press("backspace")
        await stage.until(lambda: "refused" not in stage.text, "the notice to go with the words")


async def test_without_the_server_the_search_says_so_and_goes_on(tmp_path: Path) -> None:
    server = client()
    server.found["heron"] = Unreachable()
    async with models_stage(tmp_path, server) as stage:
        await stage.search("heron")
        await stage.see("the server's search gave no answer", "2 of 5")


async def test_what_only_the_server_knows_joins_the_list(tmp_path: Path) -> None:
    server = client()
    server.found["wader"] = body_of([chat("curlew-32b", summary="a long bill"), chat("heron-3")])
    async with models_stage(tmp_path, server) as stage:
        await stage.search("wader")
        await stage.see("curlew-32b", "heron-3", "2 of 6")


async def test_an_answer_that_comes_late_or_out_of_order_changes_nothing(tmp_path: Path) -> None:
    server = client()
    slow, quick = server.gate("search her"), server.gate("search heron")
    server.found["her"] = body_of([chat("late-stray")])
    server.found["heron"] = body_of([chat("heron-from-server")])
    async with models_stage(tmp_path, server) as stage:
        await stage.type("her")
        await stage.until(lambda: "search her" in server.asked, "the first question")
        await stage.pilot.press("o", "n")
        await stage.until(lambda: "search heron" in server.asked, "the second question")
        quick.set()
        await stage.see("heron-from-server", "3 of")
        slow.set()
        for _ in range(20):
            await stage.pilot.pause()
        assert "late-stray" not in stage.text
        assert "heron-from-server" in stage.text


async def test_what_is_typed_behind_the_slash_goes_into_the_filter_however_fast(tmp_path: Path) -> None:
    async with models_stage(tmp_path, client()) as stage:
        for key, letter in (("slash", "/"), ("s", "s"), ("x", "x"), ("y", "y")):
            stage.app.post_message(events.Key(key, letter))
        await stage.until(lambda: stage.app.query_one(FilterField).value == "sxy", "the letters")
        assert "star" not in " ".join(stage.client.asked)


async def test_what_is_typed_behind_enter_is_for_the_list(tmp_path: Path) -> None:
    async with models_stage(tmp_path, client(), size=(60, 20)) as stage:
        for key, letter in (("slash", "/"), ("m", "m"), ("o", "o"), ("enter", "\r"), ("s", "s"), ("enter", "\r")):
            stage.app.post_message(events.Key(key, letter))
        await stage.see("moss-image", "Overview", "★")
        assert stage.app.query_one(FilterField).value == "mo"


async def test_the_cursor_is_on_the_best_while_somebody_types_and_stays_when_they_do_not(tmp_path: Path) -> None:
    server = client()
    async with models_stage(tmp_path, server) as stage:
        await stage.type("heron")
        assert stage.pane.model_id == "heron-3"
        await stage.pilot.press("enter", "down")
        assert stage.pane.model_id == "heron-mini"
        server.found["heron"] = body_of([chat("heron-new"), chat("heron-3")])
        server.lists([*MODELS, chat("heron-next")])
        await stage.pilot.press("r")
        await stage.see("heron-next")
        assert stage.pane.model_id == "heron-mini"


async def test_the_order_is_changed_with_a_key_and_named(tmp_path: Path) -> None:
    async with models_stage(tmp_path, client()) as stage:
        await stage.pilot.press("o")
        await stage.see("by price")
        await stage.pilot.press("o")
        await stage.see("by release")
        await stage.pilot.press("o")
        await stage.until(lambda: "by release" not in stage.text, "the usual order")


async def test_a_kind_is_chosen_by_key_and_by_its_word(tmp_path: Path) -> None:
    async with models_stage(tmp_path, client()) as stage:
        await stage.pilot.press("right_square_bracket")
        await stage.see("kind:chat", "2 of 5")
        await stage.pilot.press("f", "left", "enter", "escape")
        assert stage.pane.model_id
        await stage.see("/ words, or")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (139, 40), (140, 40), (200, 50)])
async def test_every_size_shows_names_and_prices_and_no_row_is_too_long(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with models_stage(tmp_path, FakeModelsClient(*demo_entries()), size=size) as stage:
        await stage.see("avocet-mini", "$0.08 · $0.30 / M")
        assert all(len(row) <= size[0] for row in stage.rows)
        assert ("Overview" in stage.text) == (size[0] >= 100)


async def test_nothing_found_says_so_and_what_clears_it(tmp_path: Path) -> None:
    async with models_stage(tmp_path, client()) as stage:
        await stage.search("output:video heron")
        await stage.see("No model is like that", "0 of 5")
        await stage.pilot.press("escape", "escape")
        await stage.see("heron-3")
        assert stage.heard(ModelsPane.Trouble) == []
