"""Keys, bodies and addresses at the border of the demo service."""

from __future__ import annotations

import httpx
import pytest

from oxen_tui.demo.incoming import BodyLimit
from tests.demo.conftest import Wire

NEEDS_KEY = [
    ("POST", "/api/ai/chat/completions"),
    ("POST", "/api/ai/images/generate"),
    ("POST", "/api/ai/images/edit"),
    ("POST", "/api/ai/videos/generate"),
    ("POST", "/api/ai/audio/generate"),
    ("POST", "/api/ai/queue"),
    ("GET", "/api/ai/queue"),
    ("GET", "/api/ai/queue/x"),
    ("DELETE", "/api/ai/queue/x"),
    ("GET", "/api/ai/generations"),
    ("GET", "/api/ai/generations/x"),
    ("GET", "/api/ai/models/favorites"),
    ("PUT", "/api/ai/models/painter"),
    ("DELETE", "/api/ai/models/painter"),
    ("POST", "/api/ai/models/painter/favorite"),
    ("DELETE", "/api/ai/models/painter/favorite"),
    ("POST", "/api/ai/models/painter/activate"),
    ("POST", "/api/ai/models/painter/deactivate"),
    ("GET", "/api/events"),
    ("GET", "/api/users/me"),
    ("GET", "/api/repos/ada/playground"),
    ("POST", "/api/repos/"),
    ("POST", "/api/repos/ada/playground/workbench/context"),
    ("GET", "/api/repos/ada/playground/file/presigned_url/main/a.png"),
]


@pytest.mark.parametrize(("method", "path"), NEEDS_KEY)
async def test_every_call_but_the_catalogue_needs_the_key(wire: Wire, method: str, path: str) -> None:
    async with httpx.AsyncClient(transport=wire.client._transport, base_url="http://testserver") as stranger:
        missing = await stranger.request(method, path)
        wrong = await stranger.request(method, path, headers={"Authorization": "Bearer nope"})
    assert missing.status_code == 401
    assert missing.json()["error"]["type"] == "unauthenticated"
    assert wrong.status_code == 401
    assert wrong.json() == {"error": {"message": "Invalid API key"}}


async def test_the_catalogue_needs_no_key_but_refuses_a_wrong_one(wire: Wire) -> None:
    async with httpx.AsyncClient(transport=wire.client._transport, base_url="http://testserver") as stranger:
        for path in (
            "/api/ai/models",
            "/api/ai/models/painter",
            "/api/ai/models/search?search=a",
            "/api/ai/models/featured",
        ):
            assert (await stranger.get(path)).status_code == 200
            assert (await stranger.get(path, headers={"Authorization": "Bearer nope"})).status_code == 401


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff\xfe", b"{" * 5000, b'{"a":' + b"[" * 100 + b"]" * 100 + b"}"]
)
async def test_a_body_that_is_no_json_object_is_refused_in_json(wire: Wire, body: bytes) -> None:
    answer = await wire.client.post("/api/ai/queue", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_params"


async def test_unknown_paths_and_methods_answer_in_json_too(wire: Wire) -> None:
    nowhere = await wire.get("/api/ai/nowhere")
    assert (nowhere.status_code, nowhere.json()["error"]["type"]) == (404, "resource_not_found")
    assert (await wire.client.put("/api/ai/queue")).status_code == 405
    older = await wire.post("/api/chat/completions", {})
    assert older.status_code == 404


async def test_a_body_over_the_limit_is_refused_whether_it_says_its_length_or_not(wire: Wire) -> None:
    limited = httpx.ASGITransport(app=BodyLimit(wire.client._transport.app, limit=100))  # type: ignore[attr-defined]
    headers = {"Authorization": "Bearer demo-key"}

    async def unsized() -> object:
        for _ in range(50):
            yield b"x" * 10

    async with httpx.AsyncClient(transport=limited, base_url="http://testserver", headers=headers) as client:
        assert (await client.post("/api/ai/queue", content=b"x" * 101)).status_code == 413
        assert (await client.post("/api/ai/queue", content=unsized())).status_code == 413  # type: ignore[arg-type]
