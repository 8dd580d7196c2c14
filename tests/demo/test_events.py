"""The event stream: what ended is told at once to those who listen (contract section 7)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator

from oxen_tui.demo.events import KEPT_ALIVE_EVERY, Events
from tests.demo.conftest import FakeClock, Wire


def listening(events: Events) -> AsyncGenerator[bytes, None]:
    return events._lines()


async def test_a_listener_first_gets_a_comment_and_then_what_ended(wire: Wire) -> None:
    lines = listening(wire.demo.events)
    assert (await anext(lines)).startswith(b":")
    name = await wire.enqueue()
    failed = await wire.enqueue(prompt="fail")
    await wire.clock.advance(1)
    await wire.get("/api/ai/queue")
    told = {}
    for _ in range(2):
        head, _, data = (await anext(lines)).decode().partition("\n")
        assert head == "event: media_generation_completed"
        body = json.loads(data.removeprefix("data: "))
        told[body["generation_id"]] = body
    assert told[name]["status"] == "succeeded"
    assert told[name]["model"] == "painter"
    assert (await wire.client.get(told[name]["url"])).status_code == 200
    assert told[failed]["status"] == "failed"
    assert "gave up" in told[failed]["error"]
    assert "model" not in told[failed]
    await lines.aclose()
    assert wire.demo.events.listening == 0


async def test_an_idle_stream_is_kept_alive_by_comments() -> None:
    clock = FakeClock()
    events = Events("t", clock.sleep)
    lines = listening(events)
    await anext(lines)
    for _ in range(3):
        waiting = asyncio.create_task(anext(lines))
        await clock.advance(KEPT_ALIVE_EVERY)
        assert await waiting == b": keep-alive\n\n"
    waiting = asyncio.create_task(anext(lines))
    await clock.advance(1)
    events.tell("other", {"a": 1})
    assert await waiting == b'event: other\ndata: {"a":1}\n\n'
    await lines.aclose()


async def test_a_cancelled_row_is_never_told(paced: Wire) -> None:
    lines = listening(paced.demo.events)
    await anext(lines)
    name = await paced.enqueue()
    await paced.client.delete(f"/api/ai/queue/{name}")
    other = await paced.enqueue(prompt="fail")
    await paced.clock.advance(60)
    await paced.get("/api/ai/queue")
    assert other in (await anext(lines)).decode()
    await lines.aclose()
