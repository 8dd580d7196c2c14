"""Custom models in the models pane: asked about first, followed while they wake, and told when they do not."""

from __future__ import annotations

import asyncio
from pathlib import Path

from oxen_tui.api.errors import BadRequest
from oxen_tui.api.model import Model
from oxen_tui.panes.models.pane import ModelsPane
from oxen_tui.panes.wanted import SureWanted
from tests.panes.models_stage import ModelsStage, models_stage
from tests.services.catalogue_models import Entry, chat, entry
from tests.services.fake_models_client import FakeModelsClient


def own(status: str, **more: object) -> Entry:
    pricing = {"method": "time", "cost_per_second": 0.0014}
    return entry("own", model_type="custom", pricing=pricing, deployments=[{"status": status, **more}])


def client(status: str) -> FakeModelsClient:
    server = FakeModelsClient(own(status), chat("other"))
    server.deployment_answer = Model("own", deployment="deploying" if status == "inactive" else "deactivating")
    return server


async def look_at_own(stage: ModelsStage) -> None:
    await stage.pilot.press("down")
    await stage.until(lambda: stage.pane.model_id == "own", "the model")


async def test_waking_is_asked_about_with_its_price_first(tmp_path: Path) -> None:
    async with models_stage(tmp_path, client("inactive")) as stage:
        await look_at_own(stage)
        await stage.see("asleep", "Wake")
        await stage.pilot.press("enter")
        asked = stage.heard(SureWanted)[0]
        assert (asked.go_on.args, asked.question) == (("own", True), "Wake own?")
        assert "$0.0014 / s" in asked.explanation
        assert not any("activate" in call for call in stage.client.asked)


async def test_a_model_that_wakes_is_followed_with_the_time_it_takes(tmp_path: Path) -> None:
    server = client("inactive")
    async with models_stage(tmp_path, server) as stage:
        await look_at_own(stage)
        go_on, seen = asyncio.Event(), server.gate("live own")
        states = iter(["deploying", "deploying", "active"])
        stage.session.on_pause = lambda: server.models.update(own=own(next(states)))
        stage.pane.turn("own", True)
        await stage.until(lambda: "live own" in server.asked, "the first look")
        stage.session.seconds += 62
        await stage.see("◐ waking 1:04")
        go_on.set()
        seen.set()
        await stage.see("✓ awake")
        assert [each.sentence for each in stage.heard(ModelsPane.Said)] == ["own is awake"]
        assert stage.pane.opening == "create"


async def test_why_a_model_does_not_wake_is_said_and_stays_on_screen(tmp_path: Path) -> None:
    server = client("inactive")
    async with models_stage(tmp_path, server) as stage:
        await look_at_own(stage)
        states = iter([own("deploying"), own("error", error_message="no machine of this size is free")])
        stage.session.on_pause = lambda: server.models.update(own=next(states))
        stage.pane.turn("own", True)
        await stage.see("✕ failed", "no machine of this size is free")
        assert stage.heard(ModelsPane.Trouble)[0].sentence == "own did not wake: no machine of this size is free"


async def test_a_server_that_refuses_to_wake_it_is_quoted(tmp_path: Path) -> None:
    server = client("inactive")
    server.deployment_answer = BadRequest(status=400, server_text="a payment is open")
    async with models_stage(tmp_path, server) as stage:
        await look_at_own(stage)
        stage.pane.turn("own", True)
        await stage.until(lambda: bool(stage.heard(ModelsPane.Trouble)), "the trouble")
        assert "a payment is open" in stage.heard(ModelsPane.Trouble)[0].sentence
        await stage.see("asleep")


async def test_one_that_is_awake_is_put_to_sleep_and_one_on_its_way_is_left_alone(tmp_path: Path) -> None:
    server = client("active")
    async with models_stage(tmp_path, server) as stage:
        await look_at_own(stage)
        await stage.pilot.press("a")
        asked = stage.heard(SureWanted)[0]
        assert asked.question == "Put own to sleep?"
        gate = server.gate("live own")
        server.models["own"] = own("inactive")
        asked.go_on()
        await stage.see("dozing")
        await stage.pilot.press("a")
        await stage.until(lambda: len(stage.heard(ModelsPane.Said)) == 1, "the answer")
        assert len(stage.heard(SureWanted)) == 1
        gate.set()
        await stage.see("asleep")


async def test_what_wakes_goes_on_waking_while_another_model_is_looked_at(tmp_path: Path) -> None:
    server = client("inactive")
    async with models_stage(tmp_path, server) as stage:
        await look_at_own(stage)
        gate = server.gate("live own")
        stage.pane.turn("own", True)
        await stage.until(lambda: "live own" in server.asked, "the first look")
        await stage.pilot.press("up")
        server.models["own"] = own("active")
        gate.set()
        await stage.see("✓ awake")
        assert stage.pane.model_id == "other"
