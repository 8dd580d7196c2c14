"""The shelf of models (contract section 10)."""

from __future__ import annotations

from tests.demo.conftest import Wire


async def names(wire: Wire, path: str, **query: str) -> list[str]:
    answer = await wire.get(path, **query)
    assert answer.json()["object"] == "list"
    return [entry["id"] for entry in answer.json()["data"]]


async def test_the_list_holds_every_model_without_its_private_hints(wire: Wire) -> None:
    entries = (await wire.get("/api/ai/models")).json()["data"]
    assert "painter" in [entry["id"] for entry in entries]
    assert not any("x-demo" in entry for entry in entries)


async def test_the_list_can_be_filtered_by_developer_and_owner(wire: Wire) -> None:
    assert await names(wire, "/api/ai/models", developer_name="nobody") == []
    assert "painter" in await names(wire, "/api/ai/models", developer_name="test_works")
    assert await names(wire, "/api/ai/models", provider_name="ada") == ["ada/tuned", "ada:broken"]


async def test_a_new_model_is_found_by_search_before_the_list_has_it(wire: Wire) -> None:
    assert "New-1.0:beta" not in await names(wire, "/api/ai/models")
    assert await names(wire, "/api/ai/models/search", search="NEW-1.0") == ["New-1.0:beta"]
    assert (await wire.get("/api/ai/models/search")).status_code == 400


async def test_a_model_is_shown_unwrapped_by_id_and_by_uuid(wire: Wire) -> None:
    from oxen_tui.demo.models import uuid_of

    for name in ("painter", "New-1.0%3Abeta", "ada%2Ftuned", uuid_of("painter")):
        answer = await wire.get(f"/api/ai/models/{name}", deployment_status="live")
        assert answer.status_code == 200, name
        assert answer.json()["object"] == "model"
    missing = await wire.get("/api/ai/models/nope")
    assert (missing.status_code, missing.json()) == (404, {"error": {"message": "Model not found: nope"}})


async def test_stars_come_and_go(wire: Wire) -> None:
    assert (await wire.post("/api/ai/models/ada%2Ftuned/favorite")).json()["id"] == "ada/tuned"
    await wire.post("/api/ai/models/painter/favorite")
    assert await names(wire, "/api/ai/models/favorites") == ["ada/tuned", "painter"]
    assert (await wire.client.delete("/api/ai/models/painter/favorite")).json()["id"] == "painter"
    assert await names(wire, "/api/ai/models/favorites") == ["ada/tuned"]
    assert await names(wire, "/api/ai/models/featured") == ["plain"]


async def test_a_deployment_wakes_and_sleeps_by_the_clock(paced: Wire) -> None:
    wire = paced

    async def state() -> str:
        shown = await wire.get("/api/ai/models/ada%2Ftuned", deployment_status="live")
        return str(shown.json()["deployments"][0]["status"])

    answer = await wire.post("/api/ai/models/ada%2Ftuned/activate")
    assert answer.json()["deployments"] == [{"status": "deploying"}]
    await wire.clock.advance(10)
    assert await state() == "deploying"
    await wire.clock.advance(30)
    assert await state() == "active"
    await wire.post("/api/ai/models/ada%2Ftuned/deactivate")
    assert await state() == "deactivating"
    await wire.clock.advance(30)
    assert await state() == "inactive"


async def test_one_deployment_ends_in_error(paced: Wire) -> None:
    wire = paced
    await wire.post("/api/ai/models/ada:broken/activate")
    await wire.clock.advance(5)
    assert (await wire.get("/api/ai/models/ada:broken")).json()["deployments"] == [{"status": "error"}]


async def test_base_models_cannot_be_deployed_changed_or_deleted(wire: Wire) -> None:
    assert (await wire.post("/api/ai/models/painter/activate")).status_code == 400
    assert (await wire.client.put("/api/ai/models/painter", json={"summary": "x"})).status_code == 400
    assert (await wire.client.delete("/api/ai/models/painter")).status_code == 400


async def test_a_custom_model_can_be_changed_and_deleted(wire: Wire) -> None:
    changed = await wire.client.put("/api/ai/models/ada%2Ftuned", json={"summary": "Plates", "id": "other"})
    assert (changed.json()["summary"], changed.json()["id"]) == ("Plates", "ada/tuned")
    assert (await wire.client.delete("/api/ai/models/ada%2Ftuned")).json()["id"] == "ada/tuned"
    assert (await wire.get("/api/ai/models/ada%2Ftuned")).status_code == 404
