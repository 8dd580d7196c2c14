"""The history of generations with what they cost (contract section 6)."""

from __future__ import annotations

from tests.demo.conftest import Wire


async def test_the_history_pages_and_adds_up(wire: Wire) -> None:
    for number in range(5):
        await wire.enqueue(prompt=f"boat {number}")
    await wire.enqueue(prompt="fail")
    await wire.clock.advance(1)
    page = (await wire.get("/api/ai/generations", page=2, page_size=2)).json()
    assert {key: page[key] for key in page if key != "generations"} == {
        "count": 2,
        "page_number": 2,
        "page_size": 2,
        "total_pages": 3,
        "total_entries": 6,
        "total_cost": "0.2",
    }
    assert [row["prompt"] for row in page["generations"]] == ["boat 3", "boat 2"]
    assert {row["cost"] for row in page["generations"]} == {"0.04"}
    assert page["generations"][0]["username"] == "ada"
    failed = (await wire.get("/api/ai/generations", status="failed")).json()
    assert [row["cost"] for row in failed["generations"]] == ["0"]


async def test_one_row_comes_in_its_envelope(wire: Wire) -> None:
    name = await wire.enqueue(target_repo="album", target_directory="sea")
    await wire.clock.advance(1)
    answer = (await wire.get(f"/api/ai/generations/{name}")).json()
    assert (answer["status"], answer["status_message"]) == ("success", "resource_found")
    assert answer["generation"]["generation_id"] == name
    assert "/api/repos/ada/album/file/main/sea/" in answer["generation"]["result_url"]
    assert (await wire.get("/api/ai/generations/nope")).status_code == 404


async def test_what_is_not_known_yet_has_no_cost(paced: Wire) -> None:
    queued = await paced.enqueue()
    started = await paced.enqueue()
    upscaled = await paced.enqueue(model="filmer")
    assert (await paced.get(f"/api/ai/generations/{queued}")).json()["generation"]["cost"] is None
    await paced.client.delete(f"/api/ai/queue/{queued}")
    await paced.clock.advance(2)
    await paced.client.delete(f"/api/ai/queue/{started}")
    assert (await paced.get(f"/api/ai/generations/{queued}")).json()["generation"]["cost"] == "0"
    assert (await paced.get(f"/api/ai/generations/{started}")).json()["generation"]["cost"] is None
    await paced.client.delete(f"/api/ai/queue/{upscaled}")


async def test_pages_out_of_range_are_refused_and_an_empty_history_is_a_page(wire: Wire) -> None:
    for query in ({"page": 0}, {"page_size": 1001}, {"page": "x"}):
        assert (await wire.client.get("/api/ai/generations", params=query)).status_code == 400
    empty = (await wire.get("/api/ai/generations")).json()
    assert (empty["count"], empty["total_pages"], empty["total_cost"]) == (0, 1, None)
