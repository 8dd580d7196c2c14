"""The models pane while somebody reads about a model: its pages, two compared, and what may go wrong meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

import oxen_tui.panes.models.listing as listing
from oxen_tui.api.errors import InvalidKey, Unreachable
from oxen_tui.panes.models.pane import ModelsPane
from oxen_tui.panes.wanted import ChatWanted, RequestWanted
from oxen_tui.safe_text import clean
from oxen_tui.widgets.models.detail import PAGES, ModelDetail
from oxen_tui.widgets.models.diff import ModelDiff
from oxen_tui.widgets.models.list import ModelList
from oxen_tui.widgets.models.schema_view import SchemaView
from tests.panes.models_stage import KEY, ModelsStage, models_stage
from tests.services.catalogue_models import Entry, chat, demo_entries, entry, schema, video
from tests.services.fake_models_client import FakeModelsClient


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is asked for a model as soon as the cursor stands on it."""
    monkeypatch.setattr(listing, "_REST_SECONDS", 0.001)


def demo() -> FakeModelsClient:
    return FakeModelsClient(*demo_entries())


async def look_at(stage: ModelsStage, model_id: str) -> None:
    stage.app.query_one(ModelList).highlight(model_id)
    await stage.until(lambda: shown(stage) == model_id, f"{model_id} beside the list")


def shown(stage: ModelsStage) -> str:
    model = stage.app.query_one(ModelDetail).model
    return model.id if model else ""


def bound(pilot: Pilot[None], key: str) -> str:
    """What a key is said to do."""
    active = pilot.app.screen.active_bindings.get(key)
    return active.binding.description if active and active.enabled else ""


# --- what Enter does ----------------------------------------------------------------------------------------------


async def test_enter_chats_with_one_and_creates_with_another_and_both_count_as_used(tmp_path: Path) -> None:
    async with models_stage(tmp_path, demo()) as stage:
        await look_at(stage, "avocet-mini")
        await stage.pilot.press("enter")
        assert [each.model_id for each in stage.heard(ChatWanted)] == ["avocet-mini"]
        await look_at(stage, "tern-2-pro")
        await stage.pilot.press("S", "c", "enter")
        await stage.see("negative_prompt")
        assert [each.model_id for each in stage.heard(RequestWanted)] == ["tern-2-pro"] * 2
        await stage.see("Used lately")
        await stage.until(lambda: stage.listed[:2] == ["tern-2-pro", "avocet-mini"], "both on top")


async def test_the_footer_follows_rows_that_move_away_from_under_the_cursor(tmp_path: Path) -> None:
    server = demo()
    async with models_stage(tmp_path, server) as stage:
        assert bound(stage.pilot, "enter") == "create"
        server.stars = ["heron-3-pro"]
        await stage.pilot.press("r")
        await stage.until(lambda: stage.pane.model_id == "heron-3-pro", "the favourite on top")
        await stage.until(lambda: bound(stage.pilot, "enter") == "chat", "the footer")


# --- pages --------------------------------------------------------------------------------------------------------


async def test_from_140_columns_list_detail_and_schema_stand_beside_each_other(tmp_path: Path) -> None:
    async with models_stage(tmp_path, demo(), size=(140, 40)) as stage:
        await look_at(stage, "tern-2-pro")
        await stage.see("Name to send", "negative_prompt", "$0.20 / s", "~$0.60")
        head = next(row for row in stage.rows if "Tern 2 Pro" in row)
        assert "Schema" in head
        await stage.pilot.press("tab", "tab")
        beside = stage.app.query_one("#model-beside-schema", SchemaView)
        assert beside.has_focus
        await stage.pilot.press("tab")
        assert stage.app.query_one(ModelList).has_focus
        await stage.pilot.press("S")
        await stage.until(lambda: not beside.is_on_screen, "the schema to be there once only")


async def test_a_small_terminal_is_walked_through_by_key_alone(tmp_path: Path) -> None:
    async with models_stage(tmp_path, demo(), size=(60, 20)) as stage:
        await stage.search("tern")
        await stage.pilot.press("enter", "enter")
        await stage.see("Overview   Schema", "Name to send  tern-2-pro")
        for page in PAGES[1:]:
            await stage.pilot.press("right")
            await stage.until(lambda page=page: stage.app.query_one(ModelDetail).page == page, page)  # type: ignore[misc]
        await stage.see('"id": "tern-2-pro"')
        await stage.pilot.press("escape")
        await stage.see("/ tern")
        assert stage.app.query_one(ModelList).has_focus


async def test_a_request_is_copied_with_a_key_and_without_the_key(tmp_path: Path) -> None:
    async with models_stage(tmp_path, demo()) as stage:
        await look_at(stage, "tern-2-pro")
        await stage.pilot.press("tab", "R", "y")
        await stage.until(lambda: bool(stage.heard(ModelsPane.Said)), "the copy")
        assert stage.app.clipboard.startswith("curl ")
        assert "models.test/api/ai/queue" in stage.app.clipboard
        await stage.pilot.press("m", "p", "y")
        await stage.until(lambda: "import " in stage.app.clipboard, "the program")
        assert KEY not in stage.app.clipboard
        assert [each.sentence for each in stage.heard(ModelsPane.Said)] == [
            "Copied the curl request",
            "Copied the Python request",
        ]


async def test_the_raw_page_shows_keys_that_nobody_reads(tmp_path: Path) -> None:
    strange = chat("m", x_unheard_of={"deep": [1, {"two": None}]}, request_schema=schema("prompt"))
    async with models_stage(tmp_path, FakeModelsClient(strange)) as stage:
        await stage.pilot.press("tab", "J")
        await stage.see('"x_unheard_of": {', '"two": null')


async def test_two_marked_models_are_compared_on_the_whole_page(tmp_path: Path) -> None:
    async with models_stage(tmp_path, demo()) as stage:
        await look_at(stage, "tern-2-pro")
        await stage.pilot.press("space")
        await look_at(stage, "harbour-live")
        await stage.pilot.press("space", "x")
        await stage.see("Tern 2 Pro", "Harbour Live", "differences", "Fields that differ")
        assert stage.app.query_one(ModelDiff).has_focus
        assert not stage.app.query_one(ModelList).is_on_screen
        assert (bound(stage.pilot, "enter"), bound(stage.pilot, "space")) == ("", "")
        await stage.pilot.press("escape")
        await stage.see("harbour-live", "Overview")
        assert stage.app.query_one(ModelList).has_focus


async def test_a_marked_model_that_has_gone_is_not_compared(tmp_path: Path) -> None:
    server = FakeModelsClient(chat("a"), chat("b"))
    async with models_stage(tmp_path, server) as stage:
        await stage.pilot.press("space", "down", "space")
        server.lists([chat("b"), chat("c")])
        await stage.pilot.press("r")
        await stage.until(lambda: stage.listed == ["b", "c"], "the other list")
        await stage.pilot.press("x")
        assert "not in the catalogue any more" in stage.heard(ModelsPane.Trouble)[-1].sentence


# --- what may go wrong --------------------------------------------------------------------------------------------


async def test_a_model_that_vanishes_between_list_and_detail_stays_and_says_so(tmp_path: Path) -> None:
    server = FakeModelsClient(chat("here", summary="Stays."), chat("leaving", summary="Goes."))
    async with models_stage(tmp_path, server) as stage:
        del server.models["leaving"]
        await look_at(stage, "leaving")
        await stage.see("gone: the server does not know it any more", "Goes.", "leaving gone")
        assert "leaving: The server does not know this model" in stage.heard(ModelsPane.Trouble)[0].sentence
        await look_at(stage, "here")
        await stage.see("Stays.")


async def test_a_detail_that_comes_when_another_model_is_looked_at_is_not_shown(tmp_path: Path) -> None:
    server = FakeModelsClient(chat("a", summary="First."), chat("b", summary="Second."))
    async with models_stage(tmp_path, server) as stage:
        await stage.until(lambda: "a" in server.asked, "the first question")
        gate = server.gate("b")
        await look_at(stage, "b")
        await stage.until(lambda: "b" in server.asked, "the second question")
        server.models["b"] = chat("b", summary="Late.")
        await look_at(stage, "a")
        gate.set()
        for _ in range(20):
            await stage.pilot.pause()
        assert (shown(stage), "Late." in stage.text) == ("a", False)


def wide(fields: int) -> Entry:
    return schema(**{f"field_{number}": {"type": "string", "description": "Words."} for number in range(fields)})


def deep(levels: int) -> Entry:
    inner: dict[str, Any] = {"type": "string", "default": "the bottom"}
    for level in range(levels, 0, -1):
        inner = {"type": "object", "properties": {f"level_{level}": inner}}
    return {"type": "object", "properties": {"top": inner}}


async def test_schemas_of_five_thousand_fields_and_of_sixty_levels_are_read_to_their_ends(tmp_path: Path) -> None:
    server = FakeModelsClient(
        entry("deep-one", request_schema=deep(60)), entry("wide-one", request_schema=wide(5_000))
    )
    async with models_stage(tmp_path, server, size=(200, 40)) as stage:
        await look_at(stage, "wide-one")
        await stage.pilot.press("tab", "S", "G")
        await stage.see("field_4999")
        await stage.pilot.press("slash", *"field_77", "enter")
        await stage.see("11 fields", "field_77")
        await stage.pilot.press("escape")
        await look_at(stage, "deep-one")
        await stage.pilot.press("u", "G")
        await stage.see("}")
        for _ in range(10):
            if "bottom" not in stage.text:
                await stage.pilot.press("pageup")
        await stage.see("bottom")


HOSTILE = "\x1b]0;title\x07[b]x[/b]\x1b[2J\u202e\x9b5m"


async def test_nothing_that_names_carry_acts_or_is_read_as_markup(tmp_path: Path) -> None:
    bad = entry(
        f"bad{HOSTILE}",
        display_name=f"Bad {HOSTILE}",
        summary=HOSTILE,
        description=f"# {HOSTILE}\n\n- {HOSTILE}\n\n`{HOSTILE}`",
        developer={"name": HOSTILE},
        source_model=HOSTILE,
        endpoint=HOSTILE,
        pricing={"method": HOSTILE, "cost_per_second_by_resolution": {HOSTILE: 0.1}},
        request_schema={
            "type": "object",
            "properties": {HOSTILE: {"type": "string", "enum": [HOSTILE], "default": HOSTILE, HOSTILE: HOSTILE}},
        },
        showcase={"tagline": HOSTILE},
    )
    other = video(f"other{HOSTILE}", deployments=[{"status": HOSTILE}], model_type="custom")
    async with models_stage(tmp_path, FakeModelsClient(bad, other), size=(160, 45)) as stage:
        await stage.pilot.press("space", "tab")
        for key in ("O", "S", "P", "R", "J"):
            await stage.pilot.press(key)
            await stage.see("[b]x[/b]")
            assert clean(stage.text) == stage.text
        await stage.pilot.press("y", "escape", "y", "down", "x")
        await stage.see("[b]x[/b]", "difference")
        assert clean(stage.text) == stage.text
        assert clean(stage.app.clipboard) == stage.app.clipboard
        assert all(clean(each.sentence) == each.sentence for each in stage.heard(ModelsPane.Said))


async def test_without_a_network_the_list_of_yesterday_is_there_with_its_age(tmp_path: Path) -> None:
    async with models_stage(tmp_path, demo()) as stage:
        await stage.see("avocet-mini")
    server = demo()
    server.list = Unreachable()
    server.models = {model_id: Unreachable() for model_id in server.models}
    async with models_stage(tmp_path, server) as stage:
        await stage.see("avocet-mini", "showing the catalogue of", "✕")
        await look_at(stage, "tern-2-pro")
        await stage.pilot.press("tab", "S")
        await stage.see("negative_prompt")


async def test_without_a_network_and_a_list_the_way_out_is_named(tmp_path: Path) -> None:
    server = demo()
    server.list = Unreachable()
    async with models_stage(tmp_path, server) as stage:
        await stage.see("r asks again")
        server.lists(demo_entries())
        await stage.pilot.press("r")
        await stage.see("avocet-mini")


async def test_without_a_key_models_are_read_and_starred_here(tmp_path: Path) -> None:
    server = FakeModelsClient(chat("a"), chat("b"))
    async with models_stage(tmp_path, server, key="") as stage:
        await stage.pilot.press("down", "s")
        await stage.see("Favourites")
        assert stage.listed == ["b", "a"]
        assert not any("star" in call or "favorites" in call for call in server.asked)
        assert stage.heard(ModelsPane.Trouble) == []
    async with models_stage(tmp_path, FakeModelsClient(chat("a"), chat("b")), key="") as stage:
        await stage.see("Favourites")
        assert stage.listed == ["b", "a"]


async def test_a_star_that_the_server_refuses_is_taken_back_and_said(tmp_path: Path) -> None:
    server = FakeModelsClient(chat("a"), chat("b"))
    server.star_refusal = InvalidKey(status=401)
    async with models_stage(tmp_path, server) as stage:
        await stage.pilot.press("s")
        await stage.until(lambda: bool(stage.heard(ModelsPane.Trouble)), "the trouble")
        assert "The star of a is as it was" in stage.heard(ModelsPane.Trouble)[0].sentence
        assert "★" not in stage.text


async def test_what_is_new_dearer_or_gone_since_the_last_visit_is_marked(tmp_path: Path) -> None:
    async with models_stage(tmp_path, FakeModelsClient(chat("a"), chat("b"), entry("c"))) as stage:
        await stage.see("Catalogue of")
    dearer = entry("c", pricing={"method": "per_image", "cost_per_image": 0.4})
    async with models_stage(tmp_path, FakeModelsClient(chat("b"), dearer, chat("d")), hours_later=2) as stage:
        await stage.see("d new", "c dearer", "1 new, 1 gone, 1 repriced since")


async def test_the_palette_offers_what_can_be_done_with_the_model_under_the_cursor(tmp_path: Path) -> None:
    async with models_stage(tmp_path, demo()) as stage:
        await look_at(stage, "tern-2-pro")
        commands = {name: run for name, _, run in stage.pane.commands}
        assert "Create with this model" in commands
        assert not {"Chat with this model", "Compare the marked models"} & commands.keys()
        commands["Read what this model costs"]()
        await stage.see("by the second of video")
        commands["Create with this model"]()
        await stage.until(lambda: bool(stage.heard(RequestWanted)), "the form")
