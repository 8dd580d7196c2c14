from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import PngImagePlugin

from oxen_tui.media.png_text import insert_texts
from oxen_tui.media.request_note import (
    RequestNote,
    read_note,
    shareable,
    sidecar_of,
    texts_for_png,
    write_sidecar,
)
from tests.media.media_files import picture

NOTE = RequestNote(
    model="moss-image-xl",
    prompt="an ox in the rain, 雨",
    body={"model": "moss-image-xl", "prompt": "an ox in the rain, 雨", "seed": 7, "elements": [{"strength": 0.5}]},
    kind="image",
    seed=7,
    generation_id="5d1c",
    made_at=datetime(2026, 11, 22, 14, 3, tzinfo=UTC),
    estimate=0.06,
    cost=0.05,
)


def save_png(file: Path, note: RequestNote) -> None:
    with file.open("wb") as out:
        insert_texts(io.BytesIO(picture("PNG")), out, texts_for_png(note))


def test_a_png_gives_its_request_back_wherever_it_goes(tmp_path: Path) -> None:
    save_png(tmp_path / "a.png", NOTE)
    moved = (tmp_path / "a.png").rename(tmp_path / "b.bin")

    assert read_note(moved) == NOTE


def test_another_file_gives_the_request_that_lies_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "moss.mp4"
    file.write_bytes(b"...")
    write_sidecar(file, NOTE)

    assert sidecar_of(file).name == "moss.mp4.json"
    assert read_note(file) == NOTE


def test_a_note_that_says_little_is_short(tmp_path: Path) -> None:
    assert json.loads(RequestNote(model="m").to_json()) == {"made_with": "oxen-tui", "form": 1, "model": "m"}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("data:image/png;base64,iVBORw0KGgo", "data:image/png;base64,…"),
        ("file:///home/ada/secret%20client/ox%20one.png", "file:ox one.png"),
        ("https://a.b/x.png?oxen_signature=abc&oxen_expires=9", "https://a.b/x.png"),
        ("https://u:pw@a.b/x.png?X-Amz-Credential=1#f", "https://a.b/x.png"),
        ("https://a.b/x?sv=2&sig=9", "https://a.b/x"),
        ("https://a.b/view?id=3", "https://a.b/view?id=3"),
        ("https://[broken?sig=1", "https://[broken"),
        ("an ox, file: none", "an ox, file: none"),
        (3, 3),
    ],
)
def test_what_is_private_is_not_written(value: Any, kept: Any) -> None:
    assert shareable({"elements": [{"url": value}]}) == {"elements": [{"url": kept}]}
    assert shareable({"prompt": "p", "api_key": value, "Authorization": value}) == {"prompt": "p"}


def test_a_note_from_elsewhere_is_only_text(tmp_path: Path) -> None:
    said = {"made_with": "oxen-tui", "model": "a\x1b[2Jb", "prompt": "c\x9bd", "request": {"x\x07": ["\x1b]0;t\x07"]}}
    note = RequestNote.from_json(json.dumps(said))

    assert note is not None
    assert (note.model, note.prompt) == ("a␛[2Jb", "cd")
    assert note.body == {"x": ["␛]0;t"]}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "1",
        '{"made_with": "other"}',
        "[" * 100_000,
        '{"made_with": "oxen-tui", "seed": ' + "9" * 9000 + "}",
    ],
)
def test_what_is_no_note_is_none(text: str) -> None:
    assert RequestNote.from_json(text) is None


def test_wrong_types_in_a_note_are_left_out() -> None:
    said = {"made_with": "oxen-tui", "model": 3, "prompt": [], "seed": True, "made_at": "yesterday", "request": [1]}

    assert RequestNote.from_json(json.dumps(said | {"estimate_usd": float("inf")})) == RequestNote()


def test_the_prompt_of_other_programs_is_found(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("parameters", "an ox\nNegative prompt: cow\nSteps: 20, Seed: 4")
    (tmp_path / "a.png").write_bytes(picture("PNG", pnginfo=info))
    workflow = PngImagePlugin.PngInfo()
    workflow.add_text("prompt", '{"3": {"class_type": "KSampler"}}')
    (tmp_path / "b.png").write_bytes(picture("PNG", pnginfo=workflow))

    assert read_note(tmp_path / "a.png") == RequestNote(prompt="an ox", kind="image")
    assert read_note(tmp_path / "b.png") is None


def test_no_note_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "a.webp").write_bytes(picture("WEBP"))
    (tmp_path / "b.mp4").write_bytes(b"")
    (tmp_path / "b.mp4.json").write_bytes(b"x" * 2_000_000)

    for name in ("a.webp", "b.mp4", "none.png", "."):
        assert read_note(tmp_path / name) is None


texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=20)
bodies = st.dictionaries(
    texts.filter(lambda name: len(name) < 20),
    st.recursive(texts | st.integers() | st.booleans(), st.lists),
    max_size=4,
)


@settings(max_examples=60)
@given(body=bodies, prompt=texts)
def test_a_request_survives_being_kept(body: dict[str, Any], prompt: str) -> None:
    note = replace(NOTE, body=shareable(body), prompt=prompt)

    assert RequestNote.from_json(note.to_json()) == note
