"""Fields that take media are told from others by format, by how they are drawn, and by name."""

from __future__ import annotations

from typing import Any

import pytest

from oxen_tui.services.schema.media import Media, MediaKind
from oxen_tui.services.schema.request_schema import read_schema

URI = {"type": "string", "format": "uri"}
URIS = {"type": "array", "items": URI}


def media(name: str, rule: dict[str, Any]) -> Media | None:
    field = read_schema({"properties": {name: rule}}).field(name)
    assert field is not None
    return field.media


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, MediaKind.IMAGE) for name in ("input_image", "image_url", "start_image_url", "tail_image_url")),
        *((name, MediaKind.IMAGE) for name in ("end_image_url", "first_frame_image", "last_frame_image")),
        ("mask_url", MediaKind.MASK),
        *((name, MediaKind.VIDEO) for name in ("input_video", "video_url", "control_video_url")),
        *((name, MediaKind.AUDIO) for name in ("input_audio", "audio_url")),
    ],
)
def test_a_known_name_is_enough(name: str, kind: MediaKind) -> None:
    assert media(name, {"type": "string"}) == Media(kind, many=False)
    assert media(name, URI) == Media(kind, many=False)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, MediaKind.IMAGE) for name in ("input_images", "input_face_images", "reference_images")),
        *((name, MediaKind.VIDEO) for name in ("input_videos", "input_face_videos", "reference_videos")),
        *((name, MediaKind.AUDIO) for name in ("input_audios", "audio_urls")),
    ],
)
def test_a_list_takes_several(name: str, kind: MediaKind) -> None:
    assert media(name, {"type": "array", "items": {"type": "string"}}) == Media(kind, many=True)
    assert media(name, {**URIS, "maxItems": 9}) == Media(kind, many=True, most=9)


def test_an_address_is_told_by_title_and_description_too() -> None:
    assert media("figure", {**URI, "title": "Portrait"}) == Media(MediaKind.IMAGE, many=False)
    assert media("motion", {**URI, "description": "A clip that shows how to move."}) == Media(MediaKind.VIDEO, False)


def test_the_way_it_is_drawn_counts_most() -> None:
    assert media("thing", {"type": "string", "renderType": "audio-url"}) == Media(MediaKind.AUDIO, many=False)
    assert media("image", {"type": "string", "renderType": "video-url"}) == Media(MediaKind.VIDEO, many=False)


def test_a_mask_is_a_mask_however_it_is_drawn() -> None:
    assert media("mask_url", {**URI, "renderType": "image-url"}) == Media(MediaKind.MASK, many=False)


def test_one_or_several_is_several() -> None:
    assert media("input_image", {"anyOf": [URI, URIS]}) == Media(MediaKind.IMAGE, many=True)
    assert media("input_image", {"type": ["string", "array"]}) == Media(MediaKind.IMAGE, many=True)


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("Pictures to edit, up to 16. Leave empty for none.", 16),
        ("Up to 3 reference audio URLs (max 30s and 10MB each).", 3),
        ("At most 4 pictures", 4),
        ("Up to 30 seconds, max 10 MB.", None),
    ],
)
def test_a_number_in_the_description_counts_where_the_schema_gives_none(words: str, most: int | None) -> None:
    assert media("input_images", {**URIS, "description": words}) == Media(MediaKind.IMAGE, many=True, most=most)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("webhook_url", {**URI, "description": "Called with the address of the image."}),
        ("lora_url", {**URI, "title": "Image style"}),
        ("homepage", URI),
        ("image_size", {"type": "string", "enum": ["square", "tall"]}),
        ("image", {"type": "string", "enum": ["a", "b"]}),
        ("image_strength", {"type": "number"}),
        ("generate_audio", {"type": "boolean"}),
        ("num_images", {"type": "integer"}),
        ("prompt", {"type": "string", "description": "What the image shows."}),
        ("reference_images", {"type": "array", "items": {"type": "object", "properties": {"image_url": URI}}}),
    ],
)
def test_what_only_mentions_media_takes_none(name: str, rule: dict[str, Any]) -> None:
    assert media(name, rule) is None
