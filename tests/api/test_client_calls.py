"""Every call of the contract's table: what is asked, and what is made of the answer."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import httpx
import pytest

from oxen_tui.api.account import UploadedFile, User
from oxen_tui.api.client_connection import MOST_JSON
from oxen_tui.api.errors import BadRequest, InvalidKey, ModelNotFound, NotAnApi, NotFound, ServerFailed, TooLarge
from oxen_tui.api.generation import Generation, GenerationStatus, MediaResult
from oxen_tui.api.model import Model
from tests.api.network import BASE, KEY, Network, ok, streamed

MODEL = {"id": "oxen:ox-brave", "deployments": [{"status": "deploying"}]}
ROW = {"generation_id": "g/1", "status": "queued", "model_name": "ox-film", "media_type": "video"}


async def test_lists_of_models_are_asked_for_at_their_places() -> None:
    network = Network(ok({"object": "list", "data": [MODEL]}))
    client = network.client()
    for models in (
        await client.models(),
        await client.models(developer="openai", provider="x"),
        await client.search_models("ox & plough"),
        await client.featured_models(),
        await client.favorite_models(),
    ):
        assert [model.id for model in models] == ["oxen:ox-brave"]
    assert network.asked == [
        "GET /api/ai/models",
        "GET /api/ai/models?developer_name=openai&provider_name=x",
        "GET /api/ai/models/search?search=ox+%26+plough",
        "GET /api/ai/models/featured",
        "GET /api/ai/models/favorites",
    ]


async def test_a_models_id_is_one_segment_of_the_path() -> None:
    network = Network(ok(MODEL))
    client = network.client()
    await client.model("oxen:ox-brave/1?x#y")
    await client.model("oxen:ox-brave", live=True)
    await client.star("a")
    await client.unstar("a")
    await client.activate("a")
    model = await client.deactivate("a")
    assert model.deployment == "deploying"
    assert network.asked == [
        "GET /api/ai/models/oxen%3Aox-brave%2F1%3Fx%23y",
        "GET /api/ai/models/oxen%3Aox-brave?deployment_status=live",
        "POST /api/ai/models/a/favorite",
        "DELETE /api/ai/models/a/favorite",
        "POST /api/ai/models/a/activate",
        "POST /api/ai/models/a/deactivate",
    ]


async def test_a_model_may_come_wrapped_or_not_at_all() -> None:
    assert (await Network(ok({"data": MODEL})).client().model("a")).id == "oxen:ox-brave"
    assert await Network(httpx.Response(204)).client().star("a") is None
    network = Network(ok({"status": "success"}), ok(MODEL))
    assert (await network.client().activate("a")).id == "oxen:ox-brave"
    assert network.asked[-1] == "GET /api/ai/models/a?deployment_status=live"
    with pytest.raises(NotAnApi):
        await Network(ok({})).client().model("a")
    with pytest.raises(BadRequest, match="no such deployment"):
        await Network(ok({"error": "no such deployment"})).client().star("a")


@pytest.mark.parametrize("model_id", ["", ".", ".."])
async def test_an_id_that_would_be_another_path_is_not_asked_for(model_id: str) -> None:
    network = Network(ok(MODEL))
    with pytest.raises(ModelNotFound):
        await network.client().model(model_id)
    with pytest.raises(NotFound):
        await network.client().queue_row(model_id)
    assert network.requests == []


async def test_an_empty_catalogue_is_no_error_but_no_list_is_one() -> None:
    assert await Network(ok({"data": []})).client().models() == ()
    with pytest.raises(NotAnApi):
        await Network(ok({"hello": 1})).client().models()
    with pytest.raises(InvalidKey):
        await Network(ok({"error": {"type": "unauthenticated", "title": "Who?"}})).client().models()


async def test_pictures_and_videos_are_made_at_their_places() -> None:
    network = Network(ok({"images": [{"url": "https://h/a.png"}]}))
    client = network.client()
    result = (MediaResult("https://h/a.png"),)
    assert await client.generate_images("ox-painter", {"prompt": "Ox", "model": "ignored"}) == result
    assert network.sent() == {"model": "ox-painter", "prompt": "Ox"}
    assert await client.edit_images("ox-painter", {"input_image": "https://x"}) == result
    assert await client.generate_videos("ox-film", {"prompt": "Ox"}) == result
    assert network.asked == [
        "POST /api/ai/images/generate",
        "POST /api/ai/images/edit",
        "POST /api/ai/videos/generate",
    ]
    assert [request.extensions["timeout"]["read"] for request in network.requests] == [300, 300, 1200]
    assert {request.extensions["timeout"]["connect"] for request in network.requests} == {10}


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        ({"images": []}, ServerFailed, "nothing was made"),
        ({"images": [], "error": {"detail": ":unsupported_media_type"}}, BadRequest, "unsupported_media_type"),
        ({"error": "no"}, BadRequest, "no"),
    ],
)
async def test_an_answer_with_status_200_and_nothing_in_it_is_an_error(
    answer: Any, kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        await Network(ok(answer)).client().generate_images("m", {})


async def test_the_queue_is_filled_read_and_emptied() -> None:
    network = Network(ok({"generations": [ROW, {"generation_id": "g2", "status": "queued"}]}))
    client = network.client()
    rows = await client.enqueue({"model": "ox-film", "prompt": "Ox", "num_generations": 2})
    assert [(row.id, row.status) for row in rows] == [
        ("g/1", GenerationStatus.QUEUED),
        ("g2", GenerationStatus.QUEUED),
    ]
    assert network.sent() == {"model": "ox-film", "prompt": "Ox", "num_generations": 2}
    await client.queue()
    await client.queue(status="succeeded", media_type="image", namespace="you", model="m", repo="r", folder="f")
    assert network.asked[1:] == [
        "GET /api/ai/queue",
        "GET /api/ai/queue?status=succeeded&namespace=you&model=m&media_type=image&repo=r&folder=f",
    ]
    with pytest.raises(ServerFailed, match="nothing was queued"):
        await Network(ok({"generations": []})).client().enqueue({})
    assert await Network(ok({"count": 0, "generations": []})).client().queue() == ()


async def test_a_row_is_read_bare_or_in_an_envelope() -> None:
    network = Network(ok(ROW), ok({"status": "success", "generation": {**ROW, "cost": "0.1"}}))
    client = network.client()
    assert await client.queue_row("g/1") == Generation.from_json(ROW)
    assert (await client.generation("g/1")).cost == 0.1
    assert network.asked == ["GET /api/ai/queue/g%2F1", "GET /api/ai/generations/g%2F1"]


async def test_a_failed_row_is_a_row_and_no_error() -> None:
    row = {"generation_id": "g", "status": "error", "error": "it went wrong", "error_message": "it went wrong"}
    assert (await Network(ok(row)).client().queue_row("g")).status is GenerationStatus.FAILED
    await Network(ok(row)).client().cancel("g")


async def test_a_row_that_is_gone_is_not_found() -> None:
    answer = ok({"error": {"type": "resource_not_found", "title": "Not there"}}, 404)
    with pytest.raises(NotFound):
        await Network(answer).client().queue_row("g")


async def test_cancelling_takes_any_word_for_done() -> None:
    for answer in (ok({"status": "success", "generation_id": "g"}), httpx.Response(204), httpx.Response(200)):
        network = Network(answer)
        await network.client().cancel("g")
        assert network.asked == ["DELETE /api/ai/queue/g"]
    with pytest.raises(BadRequest):
        await Network(ok({"error": "too late"})).client().cancel("g")


async def test_the_history_is_read_by_pages() -> None:
    network = Network(ok({"generations": [ROW], "page_number": 2, "total_pages": 3, "total_cost": "1.5"}))
    page = await network.client().generations(2, 20, status="succeeded")
    assert (page.page, page.total_pages, page.total_cost, len(page.generations)) == (2, 3, 1.5, 1)
    assert network.asked == ["GET /api/ai/generations?page=2&page_size=20&status=succeeded"]


async def test_the_user_is_asked_for_at_the_root() -> None:
    network = Network(ok({"user": {"username": "ox"}}))
    assert await network.client().me() == User("ox")
    assert network.asked[0] == "GET /api/users/me"
    with pytest.raises(InvalidKey):
        await Network(ok({"error": {"message": "Invalid API key"}}, 401)).client().me()


async def test_a_local_file_is_uploaded_into_the_users_repository(tmp_path: Path) -> None:
    path = tmp_path / "a field, at dawn.png"
    path.write_bytes(b"\x89PNG bytes")
    network = Network(
        ok({"user": {"username": "ox"}}),
        ok({"error": {"title": "none"}}, 404),
        ok({"repository": {"name": "playground"}}),
        ok({"error": "slow down"}, 429),
        ok({"status": "success", "asset_path": "inputs/a b.png", "uuid": "u"}),
        ok({"url": "https://hub.oxen.ai/signed?s=1"}),
    )
    assert await network.client().upload(path) == UploadedFile("https://hub.oxen.ai/signed?s=1", "inputs/a b.png")
    assert network.asked == [
        "GET /api/users/me",
        "GET /api/repos/ox/playground",
        "POST /api/repos/",
        "POST /api/repos/ox/playground/workbench/context",
        "POST /api/repos/ox/playground/workbench/context",
        "GET /api/repos/ox/playground/file/presigned_url/main/inputs/a%20b.png",
    ]
    assert network.sent(2) == {
        "name": "playground",
        "namespace": "ox",
        "description": "Inputs of generations",
        "visibility": "private",
        "workbench": True,
    }
    for at in (3, 4):  # the second attempt sends the file from its beginning again
        form = network.requests[at].content
        assert b"\x89PNG bytes" in form
        assert b'name="directory"\r\n\r\ninputs\r\n' in form
        assert b"image/png" in form
        assert b'filename="a-field--at-dawn-' in form


async def test_a_repository_that_exists_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")
    network = Network(
        ok({"user": {"username": "ox"}}), ok({}), ok({"asset_path": "inputs/a"}), ok({"url": "https://u"})
    )
    await network.client().upload(path)
    assert "POST /api/repos/" not in network.asked
    with pytest.raises(FileNotFoundError):
        await network.client().upload(tmp_path / "missing")


async def test_downloads_take_no_key_and_follow_redirects() -> None:
    network = Network(
        httpx.Response(302, headers={"location": "https://files.test/b"}),
        httpx.Response(307, headers={"location": "/c"}),
        httpx.Response(200, content=b"picture", headers={"content-type": "image/png"}),
    )
    into = io.BytesIO()
    progress: list[tuple[int, int | None]] = []
    done = await network.client().download(
        "https://hub.oxen.ai/a?oxen_signature=s", into, on_progress=lambda now, total: progress.append((now, total))
    )
    assert (into.getvalue(), done.size, done.content_type) == (b"picture", 7, "image/png")
    assert [str(request.url) for request in network.requests[1:]] == ["https://files.test/b", "https://files.test/c"]
    assert all("authorization" not in request.headers for request in network.requests)
    assert progress == [(7, 7)]


async def test_a_result_on_the_hub_that_wants_the_key_gets_it_once_and_never_along_a_redirect() -> None:
    network = Network(
        ok({}, 403),
        httpx.Response(302, headers={"location": "https://files.test/b"}),
        httpx.Response(200, content=b"x"),
    )
    await network.client().download("https://hub.oxen.ai/api/repos/a", io.BytesIO())
    assert ["authorization" in request.headers for request in network.requests] == [False, True, False]
    again = Network(ok({}, 401))
    with pytest.raises(InvalidKey):
        await again.client().download("https://hub.oxen.ai/api/repos/a", io.BytesIO())
    assert len(again.requests) == 2


@pytest.mark.parametrize(
    ("base", "url"),
    [
        (BASE, "https://elsewhere.test/a"),
        (BASE, "http://hub.oxen.ai/a"),
        (BASE, "https://hub.oxen.ai:8443/a"),
        (BASE, "https://hub.oxen.ai.elsewhere.test/a"),
        ("https://other.test/v1", "https://hub.oxen.ai/a"),
        ("http://127.0.0.1:9/api/ai", "http://127.0.0.1:9/a"),
    ],
)
async def test_no_other_place_gets_the_key(base: str, url: str) -> None:
    network = Network(ok({}, 401))
    with pytest.raises(InvalidKey):
        await network.client(base).download(url, io.BytesIO())
    assert len(network.requests) == 1
    assert "authorization" not in network.requests[0].headers


async def test_a_download_that_breaks_off_begins_again_where_it_began() -> None:
    def cut(request: httpx.Request) -> httpx.Response:
        return streamed(b"par", httpx.ReadError("gone"), kind="image/png")

    into = io.BytesIO(b"head")
    into.seek(4)
    await Network(cut, httpx.Response(200, content=b"picture")).client().download("https://f.test/a", into)
    assert into.getvalue() == b"headpicture"


async def test_downloads_are_refused_when_they_are_no_result() -> None:
    circle = Network(httpx.Response(302, headers={"location": "https://f.test/a"}))
    with pytest.raises(NotAnApi):
        await circle.client().download("https://f.test/a", io.BytesIO())
    assert len(circle.requests) <= 7
    for reply in (httpx.Response(302, headers={"location": "file:///etc/passwd"}), httpx.Response(302)):
        with pytest.raises(Exception, match="Not a usable address"):
            await Network(reply).client().download("https://f.test/a", io.BytesIO())
    with pytest.raises(NotAnApi):
        await Network(httpx.Response(200, html="<p>Sign in")).client().download("https://f.test/a", io.BytesIO())
    with pytest.raises(TooLarge):
        await (
            Network(httpx.Response(200, content=b"x" * 11))
            .client()
            .download("https://f.test/a", io.BytesIO(), limit=10)
        )


async def test_a_result_that_is_its_own_address_needs_no_network() -> None:
    network, into = Network(ok({})), io.BytesIO()
    done = await network.client().download("data:image/png;base64,T3g=", into)
    assert (into.getvalue(), done.size, done.content_type, network.requests) == (b"Ox", 2, "image/png", [])
    with pytest.raises(NotAnApi):
        await network.client().download("data:image/png;base64,T", into)


async def test_every_keyed_request_names_us_and_carries_the_key() -> None:
    network = Network(ok({"data": []}))
    await network.client().models()
    await network.client(key=None).models()
    first, second = network.requests
    assert first.headers["authorization"] == f"Bearer {KEY.reveal()}"
    assert "authorization" not in second.headers
    assert first.headers["user-agent"].startswith("otui/")
    assert "oxen" not in first.headers["user-agent"].lower()


def test_a_model_from_the_wire_is_the_noun() -> None:
    assert Model.from_json(MODEL).deployment == "deploying"


async def test_a_list_of_models_may_be_longer_than_other_answers() -> None:
    body = b'{"data": [' + b" " * (MOST_JSON + 1) + b"]}"
    assert await Network(httpx.Response(200, content=body)).client().models_body() == body
