"""The key is in no error, repr or log, whatever went wrong, also when a traceback shows all locals."""

from __future__ import annotations

import asyncio
import io
import logging
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from oxen_tui.api.chat import ChatMessage, ChatRequest
from oxen_tui.api.client import Client
from oxen_tui.api.errors import ApiError, CutOff
from oxen_tui.api.timeouts import Timeouts
from tests.api.loopback import END, HEAD, Answer, packed, serving
from tests.api.network import KEY

ASK = ChatRequest("ox", (ChatMessage("user", "Hi"),))


async def no_pause(seconds: float) -> None:
    pass


def said(text: bytes) -> Answer:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(text)
        await writer.drain()
        writer.close()

    return answer


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


def refusing(status: bytes) -> Answer:
    body = b'{"error":{"message":"no"}}'
    return said(b"HTTP/1.1 %s\r\ncontent-length: %d\r\n\r\n%s" % (status, len(body), body))


ANSWERS = {
    "bad key": refusing(b"401 No"),
    "busy": refusing(b"429 Busy"),
    "failed": refusing(b"500 Oh"),
    "moved": said(b"HTTP/1.1 302 Found\r\nlocation: https://elsewhere.test/\r\ncontent-length: 0\r\n\r\n"),
    "dropped": said(b""),
    "no http": said(b"220 mail.test\r\n"),
    "cut in the head": said(b"HTTP/1.1 200 OK\r\ncontent-le"),
    "cut in the body": said(HEAD + packed(b'data: {"choices":[{"delta":{"content":"x"}}]}\n\n') + b"40\r\nda"),
    "broken chunks": said(HEAD + b"zz\r\n"),
    "a page": said(HEAD + packed(b"<html>") + END),
    "an error midway": said(HEAD + packed(b'data: {"error":"Model not found: x"}\n\n') + END),
    "silence": silent,
}


async def _stream(client: Client) -> None:
    async for _ in client.stream_chat(ASK):
        pass


async def _events(client: Client) -> None:
    async for _ in client.events():
        pass


CALLS: dict[str, Callable[[Client], Awaitable[object]]] = {
    "chat": _stream,
    "models": lambda client: client.models(),
    "enqueue": lambda client: client.enqueue({"model": "x"}),
    "upload": lambda client: client.upload(Path(__file__)),
    "events": _events,
    "download": lambda client: client.download(client.address.base, io.BytesIO()),
}


def told(error: BaseException) -> str:
    """All that any printer of tracebacks could show of an error, suppressed contexts too."""
    shown = ""
    todo: list[BaseException | None] = [error]
    while todo:
        found = todo.pop()
        if found is None:
            continue
        todo += [found.__cause__, found.__context__]
        shown += "".join(
            traceback.TracebackException.from_exception(found, capture_locals=True, compact=False).format()
        )
        shown += repr(vars(found))
    return shown


async def trouble_told(client: Client, call: str) -> str:
    """All that could be shown of the error that a call ends in; "" if it ends well."""
    try:
        await CALLS[call](client)
    except ApiError as error:
        return told(error) + str(error) + repr(error)
    return ""


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", ANSWERS)
async def test_no_error_shows_the_key(call: str, name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with (
        serving(ANSWERS[name]) as server,
        Client(server.base, KEY, sleep=no_pause, timeouts=Timeouts(answer=0.05, chat=0.05, events=0.05)) as client,
    ):
        shown = await trouble_told(client, call)
        shown += repr(client) + repr(vars(client)) + caplog.text
    secret = KEY.reveal()
    assert secret not in shown
    assert secret.split(".")[1] not in shown
    assert "HTTP Request" not in caplog.text


async def test_no_connection_shows_no_key_either() -> None:
    for base in ("http://127.0.0.1:1/v1", "https://127.0.0.1:1/v1", "http://no..host/v1"):
        async with Client(base, KEY, sleep=no_pause) as client:
            shown = [await trouble_told(client, call) for call in CALLS]
        assert all("Unreachable" in text for text in shown)
        assert KEY.reveal() not in "".join(shown)


@pytest.mark.parametrize("call", CALLS)
async def test_the_frames_of_the_network_library_are_left_behind(call: str) -> None:
    def writing(request: httpx.Request) -> httpx.Response:
        written = request.headers.get("authorization", "").encode()  # as the frame that writes to the socket holds it
        raise httpx.WriteError(f"{len(written)} bytes not written")

    client = Client("https://hub.test/api/ai", KEY, transport=httpx.MockTransport(writing), sleep=no_pause)
    shown = await trouble_told(client, call)
    assert "CutOff" in shown
    assert KEY.reveal() not in shown


def test_a_key_in_a_frame_would_be_seen() -> None:
    def writing() -> None:
        written = f"Bearer {KEY.reveal()}".encode()
        raise CutOff(str(len(written)))

    with pytest.raises(CutOff) as caught:
        writing()
    assert KEY.reveal() in told(caught.value)
