"""Who is signed in, repositories, uploads and files (contract sections 8 and 11)."""

from __future__ import annotations

import httpx

from tests.demo.conftest import Make, Wire, picture


async def uploaded(wire: Wire, content: bytes, name: str = "ox.png") -> str:
    await wire.post("/api/repos/", {"name": "playground", "namespace": "ada"})
    answer = await wire.client.post(
        "/api/repos/ada/playground/workbench/context",
        files={"file": (name, content, "image/png")},
        data={"directory": "oxen/context"},
    )
    assert answer.status_code == 200, answer.text
    path = answer.json()["asset_path"]
    found = await wire.get(f"/api/repos/ada/playground/file/presigned_url/main/{path}")
    return str(found.json()["url"])


async def test_me_is_ada(wire: Wire) -> None:
    assert (await wire.get("/api/users/me")).json()["user"]["username"] == "ada"


async def test_a_repository_exists_after_it_was_created(wire: Wire) -> None:
    assert (await wire.get("/api/repos/ada/playground")).status_code == 404
    made = await wire.post("/api/repos/", {"name": "playground", "namespace": "ada", "visibility": "private"})
    assert made.json() == {"repository": {"name": "playground", "namespace": "ada"}}
    assert (await wire.get("/api/repos/ada/playground")).status_code == 200
    assert (await wire.get("/api/repos/eve/playground")).status_code == 403


async def test_an_upload_comes_back_by_its_signed_address_without_a_key(wire: Wire) -> None:
    content = picture()
    url = await uploaded(wire, content, "an ox & co.png")
    assert "oxen_signature=" in url
    async with httpx.AsyncClient(transport=wire.client._transport) as stranger:
        got = await stranger.get(url)
    assert (got.status_code, got.content) == (200, content)
    assert got.headers["content-type"] == "image/png"


async def test_a_signature_ends_and_fits_one_file_only(make: Make) -> None:
    wire = await make(url_lifetime=60.0)
    url = await uploaded(wire, picture())
    async with httpx.AsyncClient(transport=wire.client._transport) as stranger:
        assert (await stranger.get(url.replace("oxen_signature=", "oxen_signature=0"))).status_code == 403
        assert (await stranger.get(url.partition("?")[0])).status_code == 403
        await wire.clock.advance(3600)
        assert (await stranger.get(url)).status_code == 403
    assert (await wire.client.get(url.partition("?")[0])).status_code == 200


async def test_a_user_agent_with_oxen_in_it_is_told_to_update(wire: Wire) -> None:
    url = await uploaded(wire, picture())
    answer = await wire.client.get(url, headers={"User-Agent": "My-OXEN-client/1"})
    assert answer.status_code == 426
    assert answer.json()["error"]["type"] == "update_required"


async def test_an_upload_without_a_file_or_outside_the_repository_is_refused(wire: Wire) -> None:
    await wire.post("/api/repos/", {"name": "playground", "namespace": "ada"})
    path = "/api/repos/ada/playground/workbench/context"
    assert (await wire.client.post(path, data={"directory": "x"})).status_code == 400
    files = {"file": ("a.png", b"x", "image/png")}
    assert (await wire.client.post(path, files=files, data={"directory": "../.."})).status_code == 400
    assert (await wire.get("/api/repos/ada/playground/file/presigned_url/main/no.png")).status_code == 404
