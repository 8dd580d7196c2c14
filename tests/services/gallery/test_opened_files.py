"""Files of the disk, what they are, and the requests found with them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oxen_tui.media.png_text import insert_texts
from oxen_tui.media.request_note import RequestNote, texts_for_png, write_sidecar
from oxen_tui.services.gallery.opened_files import keep, look, look_at_all
from oxen_tui.services.gallery.viewing import of_files, of_jobs
from oxen_tui.store.job import JobState, Origin
from oxen_tui.store.store import Store
from tests.media.media_files import picture, recording

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
NOTE = RequestNote(
    model="moss-image-xl",
    prompt="A lighthouse",
    body={"model": "moss-image-xl", "prompt": "A lighthouse", "image_url": "file:sketch.png", "seed": 7},
    cost=0.04,
)


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """A picture with its request in it."""
    file = tmp_path / "noted.png"
    with file.open("w+b") as out:
        insert_texts(io.BytesIO(picture("PNG", (300, 200))), out, texts_for_png(NOTE))
    return file


def test_a_picture_tells_what_was_asked_for(noted: Path) -> None:
    job = look(noted).as_job(-1, NOW)

    assert (job.id, job.origin, job.state) == (-1, Origin.OPENED, JobState.DONE)
    assert (job.model, job.prompt, job.cost) == ("moss-image-xl", "A lighthouse", 0.04)
    assert job.file is not None
    assert (job.file.name, job.file.width, job.file.height) == (str(noted), 300, 200)
    assert job.generation_id is None  # it is the server's, and perhaps of another user


def test_an_input_that_lies_beside_it_is_found_again(noted: Path) -> None:
    assert look(noted).as_job(-1, NOW).body["image_url"] == "file:sketch.png"
    (noted.parent / "sketch.png").write_bytes(picture("PNG"))

    assert look(noted).as_job(-1, NOW).body["image_url"] == (noted.parent / "sketch.png").as_uri()


def test_a_name_in_a_note_leads_nowhere_else(noted: Path) -> None:
    (noted.parent.parent / "secret.png").write_bytes(picture("PNG"))
    write_sidecar(noted.with_suffix(".mp4"), RequestNote(body={"image_url": "file:../secret.png"}))
    noted.with_suffix(".mp4").write_bytes(recording("mp4", video="mpeg4"))

    assert look(noted.with_suffix(".mp4")).as_job(-1, NOW).body["image_url"] == "file:secret.png"


def test_a_clip_tells_it_by_its_sidecar(tmp_path: Path) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(recording("mp4", video="mpeg4", audio="aac", seconds=2))
    write_sidecar(file, RequestNote(model="brook", prompt="Gulls"))

    job = look(file).as_job(-1, NOW)

    assert (job.kind, job.prompt) == ("video", "Gulls")
    assert job.file is not None
    assert job.file.has_sound
    assert job.file.seconds == pytest.approx(2, abs=0.2)


def test_what_is_no_medium_says_why(tmp_path: Path) -> None:
    page = tmp_path / "page.png"
    page.write_bytes(b"<!doctype html><html></html>")

    assert look(page).facts is None
    assert "web page" in look(page).trouble
    assert "no such file" in look(tmp_path / "nowhere.png").trouble


def test_a_folder_gives_what_can_be_shown_in_it_by_name(tmp_path: Path) -> None:
    for name in ("b.png", "A.png", ".hidden.png"):
        (tmp_path / name).write_bytes(picture("PNG"))
    (tmp_path / "notes.txt").write_text("words")
    (tmp_path / "folder").mkdir()

    assert [file.name for file in look_at_all([tmp_path])] == ["A.png", "b.png"]


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (file,) = look_at_all([tmp_path])

    assert file.facts is None
    assert "no picture" in file.trouble


async def test_a_file_is_kept_in_the_gallery_when_the_user_asks(store: Store, noted: Path) -> None:
    job = await keep(look(noted).as_job(-1, NOW), store.jobs, NOW)

    (listed,) = await store.jobs.results()
    assert (listed.id, listed.origin) == (job.id, Origin.OPENED)
    assert listed.file is not None
    assert Path(listed.file.name) == noted
    assert await store.jobs.shown() == ()  # it is none of the queue's


async def test_a_file_of_the_gallery_is_shown_as_that_result(store: Store, noted: Path, tmp_path: Path) -> None:
    kept = await keep(look(noted).as_job(-1, NOW), store.jobs, NOW)
    other = tmp_path / "other.png"
    other.write_bytes(picture("PNG"))

    first, second = of_files([look(noted), look(other)], {noted: kept}, NOW)

    assert (first.is_kept, first.job.id, first.size) == (True, kept.id, (300, 200))
    assert (second.is_kept, second.job.id < 0) == (False, True)


async def test_a_result_that_is_gone_says_so(store: Store, noted: Path) -> None:
    kept = await keep(look(noted).as_job(-1, NOW), store.jobs, NOW)

    (item,) = of_jobs([kept], lambda file: Path(file.name), {kept.id})

    assert item.trouble == "The file is not there any more"
