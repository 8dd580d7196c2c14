from __future__ import annotations

import httpx
import pytest

from oxen_tui.api.chat import KeptAlive
from oxen_tui.api.errors import CutOff, InvalidKey, NotAnApi, NotFound, TooLarge
from oxen_tui.api.generation import GenerationCompleted, GenerationStatus
from tests.api.network import Network, ok, streamed

STREAM = b"""\
: keep-alive

event: deployment_updated
data: {"model":"oxen:ox-brave","status":"active"}

event: media_generation_completed
data: {"generation_id":"a","status":"succeeded","media_type":"image","model":"ox-painter","url":"https://h/a.png"}

event: media_generation_completed
data: {"generation_id":"b","status":"failed","media_type":"video","error":"Insufficient credits"}

event: media_generation_completed
data: {"generation_id":

event: media_generation_completed
data: {"status":"succeeded"}

: keep-alive
"""


async def test_ends_of_generations_and_signs_of_life_are_given_and_all_else_is_passed_over() -> None:
    network = Network(streamed(STREAM))
    events = [event async for event in network.client().events()]
    assert events == [
        KeptAlive(),
        KeptAlive(),
        GenerationCompleted("a", GenerationStatus.SUCCEEDED, "image", "ox-painter", "https://h/a.png", None),
        GenerationCompleted("b", GenerationStatus.FAILED, "video", "", None, "Insufficient credits"),
        KeptAlive(),
    ]
    assert network.asked == ["GET /api/events"]
    assert network.requests[0].headers["accept"] == "text/event-stream"


async def test_the_stream_is_not_sent_again_by_itself() -> None:
    for reply, kind in (
        (ok({}, 401), InvalidKey),
        (ok({"error": "no"}, 404), NotFound),
        (httpx.Response(200, html="<p>"), NotAnApi),
        (ok({}), NotAnApi),
        (streamed(b": x\n", httpx.ReadError("gone")), CutOff),
        (streamed(b"data: " + b"x" * 2_000_000), TooLarge),
    ):
        network = Network(reply)
        with pytest.raises(kind):
            [event async for event in network.client().events()]
        assert len(network.requests) == 1
