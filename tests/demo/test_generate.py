"""The calls that make media while the client waits (contract sections 4 and 5)."""

from __future__ import annotations

import asyncio
import base64
import io
import wave

import av
import pytest
from PIL import Image

from tests.demo.conftest import Make, Wire, picture


def data_url(content: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


async def made(wire: Wire, path: str, body: dict[str, object], key: str = "images") -> bytes:
    answer = await wire.post(path, body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["model"] == body["model"]
    return (await wire.client.get(answer.json()[key][0]["url"])).content


@pytest.mark.parametrize(("form", "name"), [("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WEBP"), (None, "WEBP")])
async def test_a_picture_comes_in_the_format_asked_for(wire: Wire, form: str | None, name: str) -> None:
    body: dict[str, object] = {"model": "painter", "prompt": "a poppy", **({"output_format": form} if form else {})}
    content = await made(wire, "/api/ai/images/generate", body)
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == (name, (320, 240))


async def test_a_picture_can_come_as_base64(wire: Wire) -> None:
    body = {"model": "painter", "prompt": "a poppy", "response_format": "b64_json"}
    (answer,) = (await wire.post("/api/ai/images/generate", body)).json()["images"]
    assert set(answer) == {"b64_json"}
    assert Image.open(io.BytesIO(base64.b64decode(answer["b64_json"]))).size == (320, 240)


async def test_the_same_seed_draws_the_same_picture_and_another_one_another(wire: Wire) -> None:
    async def drawn(seed: int) -> bytes:
        return await made(wire, "/api/ai/images/generate", {"model": "painter", "prompt": "hills", "seed": seed})

    assert await drawn(1) == await drawn(1)
    assert await drawn(1) != await drawn(2)


async def test_an_edit_changes_the_picture_it_was_given(wire: Wire) -> None:
    body = {"model": "painter", "prompt": "make it blue", "input_image": data_url(picture("red", (200, 150)))}
    body["input_image"] = [body["input_image"]]  # type: ignore[assignment]
    content = await made(wire, "/api/ai/images/edit", {**body, "output_format": "png"})
    image = Image.open(io.BytesIO(content)).convert("RGB")
    assert image.size == (200, 150)
    red, _, blue = image.getpixel((20, 20))  # type: ignore[misc]
    assert blue > 60
    assert red < 255


async def test_an_upscaler_enlarges_what_it_gets(wire: Wire) -> None:
    body: dict[str, object] = {
        "model": "enlarger",
        "input_image": data_url(picture(size=(80, 60))),
        "upscale_factor": "4x",
    }
    assert Image.open(io.BytesIO(await made(wire, "/api/ai/images/generate", body))).size == (320, 240)


async def test_a_clip_is_a_real_mp4_with_sound_when_asked(wire: Wire) -> None:
    body = {"model": "filmer", "prompt": "a sea", "duration": 2, "generate_audio": True}
    content = await made(wire, "/api/ai/videos/generate", body, "videos")
    assert content[4:8] == b"ftyp"
    with av.open(io.BytesIO(content), "r") as clip:
        assert len(clip.streams.audio) == 1
        frames = [frame.to_image() for frame in clip.decode(video=0)]  # type: ignore[no-untyped-call]
    assert len(frames) == 24
    assert frames[0].tobytes() != frames[-1].tobytes()


async def test_speech_is_a_real_wav(wire: Wire) -> None:
    content = await made(
        wire, "/api/ai/audio/generate", {"model": "speaker", "prompt": "one two three four"}, "audios"
    )
    with wave.open(io.BytesIO(content)) as sound:
        assert 1.0 <= sound.getnframes() / sound.getframerate() <= 6.0


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("images/generate", {"prompt": "x"}, 400, "specify a model"),
        ("images/generate", {"model": "painter"}, 400, "Prompt cannot be empty"),
        ("images/generate", {"model": "filmer", "prompt": "x"}, 400, "makes video"),
        ("images/generate", {"model": "painter", "prompt": "x", "steps": 99}, 400, "422 - Value error"),
        ("images/generate", {"model": "ada/tuned", "prompt": "x"}, 400, "activate it first"),
        ("images/generate", {"model": "enlarger"}, 400, "input_image is required"),
        (
            "images/edit",
            {"model": "painter", "prompt": "x", "input_image": ["https://x.example/a"]},
            400,
            "Forbidden",
        ),
        ("images/generate", {"model": "painter", "prompt": "fault: 500"}, 500, "upstream"),
        ("videos/generate", {"model": "filmer"}, 400, "Either 'prompt' or 'multi_prompt'"),
        (
            "videos/generate",
            {"model": "filmer", "prompt": "x", "multi_prompt": [{"prompt": "y"}]},
            400,
            "Cannot provide both",
        ),
    ],
)
async def test_a_bad_request_is_told_at_once(
    wire: Wire, path: str, body: dict[str, object], status: int, words: str
) -> None:
    answer = await wire.post(f"/api/ai/{path}", body)
    assert answer.status_code == status
    assert words in answer.text


async def test_a_sync_call_takes_its_time(make: Make) -> None:
    wire = await make(pace=1.0)
    body = {"model": "painter", "prompt": "a poppy"}
    call = asyncio.create_task(wire.post("/api/ai/images/generate", body))
    await wire.clock.advance(1)
    assert not call.done()
    while not call.done():
        await wire.clock.advance(5)
    assert (await call).status_code == 200
