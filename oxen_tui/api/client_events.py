"""The stream of what happens to the user's generations (contract section 7)."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from oxen_tui.api.chat import KeptAlive
from oxen_tui.api.client_connection import Connection, Line
from oxen_tui.api.errors import NotAnApi
from oxen_tui.api.event_stream import Comment, EventDecoder
from oxen_tui.api.generation import GenerationCompleted
from oxen_tui.api.json_values import parse_json

_MOST_EVENT = 1024 * 1024


async def follow_events(connection: Connection) -> AsyncGenerator[GenerationCompleted | KeptAlive, None]:
    """See `Client.events`."""
    url = f"{connection.address.root}/events"
    headers = {"Accept": "text/event-stream", "Accept-Encoding": "identity"}
    async with connection.open(
        Line.CALLS, "GET", url, seconds=connection.timeouts.events, headers=headers
    ) as response:
        kind = response.headers.get("content-type", "").lower()
        if "html" in kind or "json" in kind:
            raise NotAnApi(title="This server has no event stream")
        yield KeptAlive()
        decoder = EventDecoder(_MOST_EVENT)
        async with aclosing(connection.chunks(response)) as chunks:
            async for chunk in chunks:
                for item in decoder.feed(chunk):
                    if isinstance(item, Comment):
                        yield KeptAlive()
                    elif item.event == "media_generation_completed" and (event := _completed(item.data)):
                        yield event


def _completed(data: str) -> GenerationCompleted | None:
    try:
        event = GenerationCompleted.from_json(parse_json(data))
    except ValueError:
        return None
    return event if event.id else None
