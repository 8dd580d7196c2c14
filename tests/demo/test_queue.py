"""The queue: states by the clock, lists, cancels, failures and results (contract section 6)."""

from __future__ import annotations

import asyncio
import base64
import io
import random

import pytest
from PIL import Image

from tests.demo.conftest import Make, Wire, picture


async def test_a_generation_moves_through_its_states_as_time_passes(paced: Wire) -> None:
    name = await paced.enqueue(prompt="a lighthouse", steps=20)
    queued = await paced.row(name)
    assert queued["status"] == "queued"
    assert (queued["model_name"], queued["media_type"], queued["prompt"]) == ("painter", "image", "a lighthouse")
    assert (queued["steps"], queued["started_at"], queued["result_url"]) == (20, None, None)
    await paced.clock.advance(2)
    processing = await paced.row(name)
    assert processing["status"] == "processing"
    assert processing["started_at"]
    await paced.clock.advance(10)
    done = await paced.row(name)
    assert done["status"] == "succeeded"
    assert done["error_message"] is None
    assert int(str(done["completed_at"])) > int(str(done["started_at"]))
    got = await paced.client.get(str(done["result_url"]))
    assert Image.open(io.BytesIO(got.content)).size == (320, 240)


async def test_an_enqueue_answers_with_one_queued_id_for_each_generation(wire: Wire) -> None:
    answer = await wire.post("/api/ai/queue", {"model": "painter", "prompt": "a boat", "num_generations": 4})
    rows = answer.json()["generations"]
    assert [set(row) for row in rows] == [{"generation_id", "status"}] * 4
    assert len({row["generation_id"] for row in rows}) == 4
    assert {row["status"] for row in rows} == {"queued"}


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"prompt": "x"}, 400, "specify a model"),
        ({"model": "nope", "prompt": "x"}, 404, "Model not found: nope"),
        ({"model": "plain", "prompt": "x"}, 400, ":unsupported_media_type"),
        ({"model": "painter", "prompt": "x", "num_generations": 5}, 400, "between 1 and 4"),
        ({"model": "painter", "prompt": "x", "num_generations": "2"}, 400, "between 1 and 4"),
        ({"model": "painter", "prompt": "x", "num_generations": True}, 400, "between 1 and 4"),
        ({"model": "painter", "prompt": "x", "target_namespace": "eve"}, 403, "eve"),
        ({"model": "painter", "prompt": "fault: 402"}, 402, "insufficient_credits"),
        ({"model": "painter", "prompt": "fault: 429 5"}, 429, "rate_limited"),
    ],
)
async def test_an_enqueue_is_refused_before_it_costs_anything(
    wire: Wire, body: dict[str, object], status: int, words: str
) -> None:
    answer = await wire.post("/api/ai/queue", body)
    assert answer.status_code == status
    assert words in answer.text
    assert not wire.demo.queue.jobs


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"prompt": ""}, "prompt is required"),
        ({"steps": 900}, "steps must be 50 or less"),
        ({"output_format": "gif"}, "output_format must be one of"),
        ({"input_image": ["https://example.com/ox.png"]}, "403 Client Error: Forbidden for url"),
        ({"input_image": ["data:image/png;base64,AAAA"]}, "not a picture"),
        ({"prompt": "please fail now"}, "gave up"),
        ({"prompt": "fault: credits"}, "Insufficient credits"),
    ],
)
async def test_a_bad_parameter_is_accepted_and_fails_later(
    wire: Wire, parameters: dict[str, object], message: str
) -> None:
    name = await wire.enqueue(**parameters)
    await wire.clock.advance(1)
    row = await wire.row(name)
    assert row["status"] == "failed"
    assert message in str(row["error_message"])
    assert row["result_url"] is None


async def test_the_list_has_active_rows_newest_first_and_ended_ones_by_status(paced: Wire) -> None:
    old = await paced.enqueue(prompt="one")
    await paced.clock.advance(30)
    first, second = await paced.enqueue(prompt="two"), await paced.enqueue(prompt="three", model="filmer")
    active = (await paced.get("/api/ai/queue")).json()
    assert active["count"] == 2
    assert [row["generation_id"] for row in active["generations"]] == [second, first]
    ended = (await paced.get("/api/ai/queue", status="succeeded")).json()["generations"]
    assert [row["generation_id"] for row in ended] == [old]
    clips = (await paced.get("/api/ai/queue", media_type="video")).json()["generations"]
    assert [row["generation_id"] for row in clips] == [second]
    assert (await paced.get("/api/ai/queue", model="painter", namespace="ada")).json()["count"] == 1
    assert (await paced.get("/api/ai/queue", namespace="harbour-press")).json()["count"] == 0


async def test_a_poll_that_finds_nothing_new_answers_the_same_bytes(paced: Wire) -> None:
    await paced.enqueue()
    await paced.clock.advance(30)
    first = await paced.get("/api/ai/queue", status="succeeded")
    await paced.clock.advance(60)
    assert (await paced.get("/api/ai/queue", status="succeeded")).content == first.content


async def test_a_cancel_stops_an_active_row_and_leaves_an_ended_one(paced: Wire) -> None:
    name = await paced.enqueue()
    answer = await paced.client.delete(f"/api/ai/queue/{name}")
    assert answer.json() == {"status": "success", "generation_id": name}
    await paced.clock.advance(60)
    assert (await paced.row(name))["status"] == "cancelled"
    done = await paced.enqueue()
    await paced.clock.advance(60)
    await paced.row(done)
    assert (await paced.client.delete(f"/api/ai/queue/{done}")).status_code == 200
    assert (await paced.row(done))["status"] == "succeeded"
    assert (await paced.client.delete("/api/ai/queue/nope")).status_code == 404
    assert (await paced.get("/api/ai/queue/nope")).json()["error"]["type"] == "resource_not_found"


async def test_a_picture_in_the_request_is_echoed_as_an_address_and_truly_used(wire: Wire) -> None:
    url = f"data:image/png;base64,{base64.b64encode(picture('red')).decode()}"
    name = await wire.enqueue(prompt="blur it", input_image=[url], output_format="png")
    await wire.clock.advance(1)
    row = await wire.row(name)
    echoed = row["input_image"]
    assert isinstance(echoed, list)
    assert echoed[0].startswith("http://testserver/api/repos/ada/playground/file/main/inputs/")
    assert row["status"] == "succeeded", row
    got = Image.open(io.BytesIO((await wire.client.get(str(row["result_url"]))).content)).convert("RGB")
    assert got.getpixel((20, 20)) == (255, 0, 0)


async def test_faults_of_a_prompt_shape_the_row(wire: Wire) -> None:
    stuck, gone = await wire.enqueue(prompt="fault: stuck"), await wire.enqueue(prompt="fault: vanish")
    late, odd = await wire.enqueue(prompt="fault: late delete"), await wire.enqueue(prompt="fault: unknown status")
    twice, spoiled = await wire.enqueue(prompt="fault: duplicates"), await wire.enqueue(prompt="fault: bad file")
    expired = await wire.enqueue(prompt="fault: expired")
    await wire.client.delete(f"/api/ai/queue/{late}")
    await wire.clock.advance(1)
    assert (await wire.row(late))["status"] == "succeeded"
    assert (await wire.row(stuck))["status"] == "processing"
    assert (await wire.get(f"/api/ai/queue/{gone}")).status_code == 404
    ids = [
        row["generation_id"] for row in (await wire.get("/api/ai/queue", status="succeeded")).json()["generations"]
    ]
    assert ids.count(twice) == 2
    assert b"<!doctype html>" in (await wire.client.get(str((await wire.row(spoiled))["result_url"]))).content
    assert (await wire.client.get(str((await wire.row(expired))["result_url"]))).status_code == 403
    assert (await wire.row(odd))["status"] in ("paused", "succeeded")


async def test_a_status_nobody_has_heard_of_shows_while_it_is_processed(paced: Wire) -> None:
    odd = await paced.enqueue(prompt="fault: unknown status")
    await paced.clock.advance(2)
    assert (await paced.row(odd))["status"] == "paused"


async def test_a_lost_enqueue_has_been_accepted_all_the_same(make: Make) -> None:
    wire = await make(faults={"lost_enqueue": 1})
    answer = await wire.post("/api/ai/queue", {"model": "painter", "prompt": "a boat"})
    assert answer.status_code == 500
    assert len(wire.demo.queue.jobs) == 1


async def test_an_enqueue_may_be_accepted_long_before_its_answer(make: Make) -> None:
    wire = await make()
    asking = asyncio.create_task(wire.post("/api/ai/queue", {"model": "painter", "prompt": "fault: late answer"}))
    await wire.clock.advance(1)
    assert len(wire.demo.queue.jobs) == 1
    assert not asking.done()
    await wire.clock.advance(2)
    assert (await asking).status_code == 200


async def test_injected_faults_reach_the_wire(make: Make) -> None:
    limited = await make(faults={"rate_limit": 2})
    assert (await limited.get("/api/ai/queue")).status_code == 200
    refused = await limited.get("/api/ai/queue")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    empty = await make(faults={"empty_list": 1})
    assert (await empty.post("/api/ai/queue", {"model": "painter", "prompt": "x"})).json()["generations"] == []
    late = await make(faults={"late_delete": 1, "expired_url": 1, "duplicates": 1})
    name = await late.enqueue()
    await late.client.delete(f"/api/ai/queue/{name}")
    await late.clock.advance(1)
    row = await late.row(name)
    assert row["status"] == "succeeded"
    assert (await late.client.get(str(row["result_url"]))).status_code == 403
    assert (await late.get("/api/ai/queue", status="succeeded")).json()["count"] == 2


async def test_work_for_a_deployment_that_sleeps_fails_with_its_state(wire: Wire) -> None:
    name = await wire.enqueue(model="ada/tuned")
    await wire.clock.advance(1)
    assert "inactive: activate it first" in str((await wire.row(name))["error_message"])


async def test_a_row_of_several_shots_has_no_prompt_and_an_upscaler_has_null(wire: Wire) -> None:
    shots = await wire.enqueue(model="filmer", prompt=None, multi_prompt=[{"prompt": "a sea", "duration": 3}])
    assert (await wire.row(shots))["prompt"] is None
    body = {"model": "enlarger", "input_image": "https://example.com/a.png"}
    name = (await wire.post("/api/ai/queue", body)).json()["generations"][0]["generation_id"]
    assert (await wire.row(name))["prompt"] is None


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happens_in_between_every_job_ends(paced: Wire, seed: int) -> None:
    dice = random.Random(seed)
    faults = ["credits", "late delete", "bad file", "duplicates"]
    prompts = ["please fail now", "a boat", *(f"fault: {fault}" for fault in faults)]
    names: list[str] = []
    for _ in range(40):
        match dice.randrange(4):
            case 0 if len(names) < 8:
                names.append(await paced.enqueue(prompt=dice.choice(prompts)))
            case 1 if names:
                await paced.client.delete(f"/api/ai/queue/{dice.choice(names)}")
            case 2 if names:
                await paced.row(dice.choice(names))
            case _:
                await paced.clock.advance(dice.choice([0.1, 1.0, 5.0]))
    await paced.clock.advance(600)
    rows = (await paced.get("/api/ai/queue")).json()["generations"]
    assert [row for row in rows if row["status"] in ("queued", "processing")] == []
    assert {(await paced.row(name))["status"] for name in names} <= {"succeeded", "failed", "cancelled"}
    assert names
