"""What the client makes of answers that are errors, of no answers, and when it asks again."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from oxen_tui.api.client import Client
from oxen_tui.api.errors import (
    ApiError,
    BadRequest,
    CutOff,
    Forbidden,
    InvalidKey,
    NotAnApi,
    NotFound,
    OutOfCredits,
    RateLimited,
    ServerFailed,
    TimedOut,
    TooLarge,
    Unreachable,
    UpdateRequired,
)
from oxen_tui.api.secret import Secret
from tests.api.network import Network, ok, streamed

REQUEST = httpx.Request("GET", "https://hub.oxen.ai")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        *((400, BadRequest), (401, InvalidKey), (402, OutOfCredits), (403, Forbidden), (404, NotFound)),
        *((413, BadRequest), (422, BadRequest), (426, UpdateRequired)),
    ],
)
@pytest.mark.parametrize(
    "body", [{"error": {"message": "m"}}, {"error": {"type": "x", "title": "m"}, "status": "error"}]
)
async def test_refusals_are_raised_at_once(status: int, kind: type[ApiError], body: Any) -> None:
    network = Network(ok(body, status))
    with pytest.raises(kind) as caught:
        await network.client().models()
    assert (caught.value.server_text, caught.value.status) == ("m", status)
    assert len(network.requests) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 529])
async def test_a_get_is_sent_again_three_times_with_growing_pauses(status: int) -> None:
    network = Network(ok({"error": {"title": "busy"}}, status))
    with pytest.raises(ApiError) as caught:
        await network.client().models()
    assert caught.value.status == status
    assert len(network.requests) == 4
    assert network.pauses == [0.5, 1.0, 2.0]
    assert [attempt for _, attempt, _ in network.retries] == [1, 2, 3]


async def test_a_get_that_works_the_second_time_gives_its_answer() -> None:
    network = Network(httpx.ReadError("gone", request=REQUEST), ok({"data": []}))
    assert await network.client().models() == ()
    assert network.retries == [("CutOff", 1, 0.5)]


@pytest.mark.parametrize(
    ("header", "pauses"),
    [("7", [7.125]), ("Sun, 22 Nov 2026 12:00:20 GMT", [20.125]), ("nonsense", [0.5])],
)
async def test_the_pause_is_what_the_server_asks_for(header: str, pauses: list[float]) -> None:
    network = Network(ok({}, 429, **{"retry-after": header}), ok({"data": []}))
    await network.client().models()
    assert network.pauses == pauses


async def test_a_long_pause_is_for_the_user_to_decide() -> None:
    network = Network(ok({"error": {"message": "later"}}, 429, **{"retry-after": "600"}))
    with pytest.raises(RateLimited) as caught:
        await network.client().models()
    assert caught.value.retry_after == 600
    assert network.pauses == []


@pytest.mark.parametrize("call", ["enqueue", "generate_images", "activate"])
@pytest.mark.parametrize(
    ("reply", "times"),
    [
        (ok({}, 500), 1),
        (ok({}, 502), 1),
        (httpx.ReadError("gone", request=REQUEST), 1),
        (httpx.RemoteProtocolError("Server disconnected without sending a response.", request=REQUEST), 1),
        (httpx.ReadTimeout("slow", request=REQUEST), 1),
        (ok({}, 429), 4),
        (httpx.ConnectError("refused", request=REQUEST), 4),
    ],
)
async def test_what_may_have_been_accepted_is_never_sent_again(call: str, reply: Any, times: int) -> None:
    network = Network(reply)
    client = network.client()
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "enqueue": lambda: client.enqueue({"model": "ox-film"}),
        "generate_images": lambda: client.generate_images("ox", {}),
        "activate": lambda: client.activate("ox"),
    }
    with pytest.raises(ApiError):
        await calls[call]()
    assert len(network.requests) == times


def caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind", "title"),
    [
        (
            caused(httpx.ConnectError("x"), socket.gaierror(-2, "Name or service not known")),
            Unreachable,
            "No such host: ",
        ),
        (
            caused(httpx.ConnectError("x"), ConnectionRefusedError()),
            Unreachable,
            "hub.oxen.ai refused the connection",
        ),
        (
            caused(httpx.ConnectError("x"), BaseExceptionGroup("all", [ConnectionRefusedError()])),
            Unreachable,
            "hub.oxen.ai refused",
        ),
        (
            caused(httpx.ConnectError("x"), ssl.SSLCertVerificationError()),
            Unreachable,
            "The certificate of hub.oxen.ai",
        ),
        (caused(httpx.ConnectError("x"), ssl.SSLError()), Unreachable, "No secure connection"),
        (httpx.ConnectError("x"), Unreachable, "Cannot reach hub.oxen.ai"),
        (httpx.ConnectTimeout("x"), Unreachable, "No connection to hub.oxen.ai in time"),
        (httpx.PoolTimeout("x"), Unreachable, "Too many requests under way"),
        (httpx.ProxyError("x"), Unreachable, "The proxy refused"),
        (httpx.ReadTimeout("x"), TimedOut, "No answer from hub.oxen.ai in time"),
        (httpx.WriteTimeout("x"), TimedOut, "No answer from hub.oxen.ai in time"),
        (httpx.ReadError("x"), CutOff, "The answer was cut off"),
        (httpx.WriteError("x"), CutOff, "The answer was cut off"),
        (ssl.SSLError("bad record"), CutOff, "The answer was cut off"),
        (httpx.RemoteProtocolError("peer closed connection without"), CutOff, "The answer was cut off"),
        (httpx.RemoteProtocolError("illegal status line"), NotAnApi, "hub.oxen.ai does not speak HTTP"),
        (httpx.DecodingError("x"), NotAnApi, "The answer could not be unpacked"),
        (httpx.LocalProtocolError("x"), Unreachable, "The request could not be written"),
        (httpx.InvalidURL("x"), Unreachable, "Not a usable address"),
        (UnicodeError("label too long"), Unreachable, "Not a usable address"),
    ],
)
async def test_every_way_to_get_no_answer_has_its_words(error: Exception, kind: type[ApiError], title: str) -> None:
    with pytest.raises(kind) as caught:
        await Network(error).client().models()
    assert caught.value.title.startswith(title)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "reply",
    [
        httpx.Response(200, html="<!DOCTYPE html><title>Welcome"),
        httpx.Response(200, text="Ollama is running"),
        httpx.Response(200, content=b"\xff\xfe"),
        httpx.Response(200, json=3),
        httpx.Response(200),
        httpx.Response(200, content=b"[" * 100_000),
    ],
)
async def test_what_is_no_json_is_not_an_api(reply: httpx.Response) -> None:
    with pytest.raises(NotAnApi):
        await Network(reply).client().models()


async def test_a_redirect_is_not_followed_but_named() -> None:
    network = Network(httpx.Response(301, headers={"location": "https://new.test/api/ai/models?secret=1"}))
    with pytest.raises(NotAnApi) as caught:
        await network.client().models()
    assert "https://new.test." in caught.value.advice
    assert len(network.requests) == 1


async def test_bodies_are_read_up_to_their_limits() -> None:
    huge = streamed(*([b"[" + b" " * (1024 * 1024)] * 70), kind="application/json")
    with pytest.raises(TooLarge):
        await Network(huge).client().models()
    with pytest.raises(TooLarge):
        await Network(httpx.Response(200, headers={"content-length": str(10**12)})).client().models()
    error = httpx.Response(400, stream=streamed(*([b"x" * 1024 * 1024] * 50)).stream)
    with pytest.raises(BadRequest) as caught:
        await Network(error).client().models()
    assert caught.value.server_text == "x" * 300


async def test_an_error_whose_body_breaks_off_keeps_its_status() -> None:
    broken = httpx.Response(503, stream=streamed(b'{"error', httpx.ReadError("gone")).stream)
    with pytest.raises(ServerFailed) as caught:
        await Network(broken).client().enqueue({})
    assert caught.value.server_text == '{"error'


@pytest.mark.parametrize("key", ["two words", "clé", "line\nbreak", "nul\x00"])
async def test_a_key_that_cannot_be_sent_is_a_bad_key(key: str) -> None:
    network = Network(ok({"data": []}))
    with pytest.raises(InvalidKey) as caught:
        await network.client(key=Secret(key)).models()
    assert network.requests == []
    assert key not in str(caught.value)


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "gopher://127.0.0.1:1"])
async def test_a_proxy_that_cannot_be_used_is_said(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    client = Client("https://hub.oxen.ai/api/ai", None)
    with pytest.raises(Unreachable) as caught:
        await client.models()
    assert caught.value.title == "The proxy cannot be used"
    await client.aclose()
