"""Local files in a request, on their way out."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from oxen_tui.api.account import UploadedFile
from oxen_tui.services.inputs.limits import MOST_INLINE
from oxen_tui.services.inputs.wire import CannotSend, to_wire
from oxen_tui.services.schema.request_schema import RequestSchema, read_schema
from tests.media.media_files import picture, recording

PICTURE = {"type": "string", "format": "uri", "title": "Image"}
SCHEMA = read_schema(
    {
        "properties": {
            "prompt": {"type": "string"},
            "input_image": {"anyOf": [PICTURE, {"type": "array", "items": PICTURE}]},
            "input_video": {"type": "string", "format": "uri"},
            "webhook": {"type": "string", "format": "uri"},
            "elements": {
                "type": "array",
                "items": {"type": "object", "properties": {"frontal_image_url": PICTURE, "name": {"type": "string"}}},
            },
            "raw": {"type": "object"},
        }
    }
)


class FakeUpload:
    def __init__(self) -> None:
        self.paths: list[Path] = []

    async def __call__(self, path: Path) -> UploadedFile:
        self.paths.append(path)
        return UploadedFile(f"https://files.example.com/{path.name}", path.name)


@pytest.fixture
def ox(tmp_path: Path) -> Path:
    file = tmp_path / "ox.jpg"
    file.write_bytes(picture("PNG"))
    return file


def data_url(file: Path, mime: str = "image/png") -> str:
    return f"data:{mime};base64,{base64.b64encode(file.read_bytes()).decode()}"


async def refusal(body: dict[str, Any], schema: RequestSchema = SCHEMA, upload: Any = None) -> CannotSend:
    with pytest.raises(CannotSend) as caught:
        await to_wire(body, schema, upload=upload)
    return caught.value


async def test_small_pictures_go_into_the_request_wherever_they_are(ox: Path) -> None:
    body = {
        "model": "wren",
        "prompt": f"what is in {ox.as_uri()}?",
        "input_image": [ox.as_uri(), "https://example.com/a.png"],
        "webhook": "https://example.com/hook",
        "elements": [{"frontal_image_url": ox.as_uri(), "name": ox.as_uri()}],
        "raw": {"deep": [{"reference_image_urls": [ox.as_uri()]}], "note": ox.as_uri()},
        "unknown_image_url": ox.as_uri(),
        "unknown": ox.as_uri(),
    }
    before = str(body)

    assert await to_wire(body, SCHEMA) == {
        **body,
        "input_image": [data_url(ox), "https://example.com/a.png"],
        "elements": [{"frontal_image_url": data_url(ox), "name": ox.as_uri()}],
        "raw": {"deep": [{"reference_image_urls": [data_url(ox)]}], "note": ox.as_uri()},
        "unknown_image_url": data_url(ox),
    }
    assert str(body) == before


async def test_clips_are_uploaded_where_that_is_allowed_and_once(ox: Path, tmp_path: Path) -> None:
    clip = tmp_path / "ox.mp4"
    clip.write_bytes(recording("mp4", "mpeg4"))
    body = {"input_video": clip.as_uri(), "raw": {"video_url": clip.as_uri()}, "input_image": ox.as_uri()}

    inline = await to_wire(body, SCHEMA)
    assert inline["input_video"] == data_url(clip, "video/mp4")
    upload = FakeUpload()
    sent = await to_wire(body, SCHEMA, upload=upload)
    assert sent["input_video"] == sent["raw"]["video_url"] == "https://files.example.com/ox.mp4"
    assert (sent["input_image"], upload.paths) == (data_url(ox), [clip])
    assert (await to_wire(body, SCHEMA, upload=upload, inline=False))[
        "input_image"
    ] == "https://files.example.com/ox.jpg"


async def test_what_is_too_large_together_is_uploaded_or_refused(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.png" for number in range(3)]
    for file in files:
        file.write_bytes(picture("PNG") + bytes(6 * 1024**2))
    body = {"input_image": [file.as_uri() for file in files]}

    refused = await refusal(body)
    assert (refused.path, refused.upload_helps) == (("input_image", 2), True)
    assert str(refused).startswith("input_image 3 (2.png): All files together are more than the 18 MB")
    upload = FakeUpload()
    sent = await to_wire(body, SCHEMA, upload=upload)
    assert [address[:5] for address in sent["input_image"]] == ["data:", "data:", "https"]
    assert upload.paths == files[2:]


async def test_one_large_file_needs_an_upload(tmp_path: Path) -> None:
    file = tmp_path / "ox.png"
    file.write_bytes(picture("PNG") + bytes(MOST_INLINE))
    body = {"input_image": file.as_uri()}

    assert (await refusal(body)).upload_helps
    assert (await to_wire(body, SCHEMA, upload=FakeUpload()))["input_image"] == "https://files.example.com/ox.png"


async def test_what_cannot_be_sent_names_its_field(ox: Path, tmp_path: Path) -> None:
    text = tmp_path / "passwd"
    text.write_text("root:x:0:0")
    missing = await refusal({"elements": [{}, {"frontal_image_url": (tmp_path / "none.png").as_uri()}]})
    assert str(missing) == "elements 2 frontal_image_url (none.png): The file is not there any more."
    assert (await refusal({"input_image": text.as_uri()}, upload=FakeUpload())).sentence == (
        "It is no picture, clip or sound that is known here."
    )
    wrong = await refusal({"input_video": ox.as_uri()})
    assert (wrong.sentence, wrong.upload_helps) == ("It is a PNG picture, a clip is wanted.", False)
    assert "another machine" in (await refusal({"input_image": "file://elsewhere/ox.png"})).sentence


async def test_a_file_that_goes_while_it_is_uploaded_is_said(ox: Path) -> None:
    async def fails(path: Path) -> UploadedFile:
        raise FileNotFoundError(2, "No such file or directory", str(path))

    with pytest.raises(CannotSend, match="The file cannot be read: no such file or directory"):
        await to_wire({"input_image": ox.as_uri()}, SCHEMA, upload=fails, inline=False)
