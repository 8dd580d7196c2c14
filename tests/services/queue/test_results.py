from __future__ import annotations

import asyncio
import base64
import errno
import fcntl
import io
import json
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

import httpx
import pytest
from PIL import Image

from oxen_tui.api.client import Client
from oxen_tui.media.facts import read_facts
from oxen_tui.media.request_note import read_note
from oxen_tui.services.queue import result_folder
from oxen_tui.services.queue.results import NotSaved, Results
from oxen_tui.store.job import Job, Origin, ResultFile
from tests.media.media_files import picture, recording
from tests.services.jobs_made import ENDED, job_made

URL = "https://files.example/moss?oxen_signature=abc"
PNG = picture("PNG")
MP4 = recording("mp4", "mpeg4")


def answering(*answers: httpx.Response | bytes) -> Callable[[], Awaitable[Client]]:
    """A client whose downloads get these answers, the last one again and again."""
    left = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        found = left.pop(0) if len(left) > 1 else left[0]
        return found if isinstance(found, httpx.Response) else httpx.Response(200, content=found)

    async def at_once(seconds: float) -> None:
        return None

    client = Client("https://hub.example/ai", None, transport=httpx.MockTransport(answer), sleep=at_once)

    async def get() -> Client:
        return client

    return get


def results_in(folder: Path, *answers: httpx.Response | bytes) -> Results:
    return Results(folder, answering(*answers), now=lambda: ENDED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "results" / "oxen"


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


async def refusal(
    results: Results, job: Job | None = None, url: str | None = URL, data: bytes | None = None
) -> NotSaved:
    with pytest.raises(NotSaved) as caught:
        await results.fetch(job or job_made(), url, data)
    assert files_in(results.folder) == []
    return caught.value


async def test_a_picture_is_kept_with_its_request_inside(folder: Path) -> None:
    results = results_in(folder, PNG)

    file = await results.fetch(job_made(), URL)

    assert file.name == f"{ENDED.astimezone():%Y-%m-%d/%H%M}-moss-image-xl-7f3a.png"
    assert (file.mime, file.width, file.height) == ("image/png", 24, 16)
    assert file.size == results.path(file).stat().st_size
    assert files_in(folder) == [file.name]
    note = read_note(results.path(file))
    assert note is not None
    assert (note.model, note.prompt, note.seed, note.estimate) == ("moss-image-xl", "an ox in the rain", 7, 0.06)
    with Image.open(io.BytesIO(PNG)) as sent, Image.open(results.path(file)) as kept:
        assert sent.tobytes() == kept.tobytes()


async def test_other_files_are_kept_as_they_came_with_their_request_beside_them(folder: Path) -> None:
    results = results_in(folder, MP4)

    file = await results.fetch(job_made(kind="video"), URL)

    assert results.path(file).read_bytes() == MP4
    assert (file.mime, file.width, file.frames_per_second, file.has_sound) == ("video/mp4", 64, 8.0, False)
    assert files_in(folder) == [file.name, f"{file.name}.json"]
    assert json.loads((folder / f"{file.name}.json").read_text())["prompt"] == "an ox in the rain"


async def test_the_type_is_read_from_the_bytes(folder: Path) -> None:
    answer = httpx.Response(200, content=picture("WEBP"), headers={"content-type": "image/png"})

    file = await results_in(folder, answer).fetch(job_made(), "https://files.example/moss.png")

    assert file.name.endswith(".webp")


async def test_data_in_the_answer_and_data_urls_are_results(folder: Path) -> None:
    results = results_in(folder, b"")

    inside = await results.fetch(job_made(id=1), None, PNG)
    packed = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    in_url = await results.fetch(job_made(generation_id="99ff00"), packed)

    assert (inside.width, in_url.width) == (24, 24)


async def test_a_drawing_is_kept_though_it_cannot_be_shown(folder: Path) -> None:
    file = await results_in(folder, b'<svg xmlns="http://www.w3.org/2000/svg"/>').fetch(job_made(), URL)

    assert (file.mime, file.width) == ("image/svg+xml", None)


async def test_a_picture_whose_origin_is_signed_is_not_touched(folder: Path) -> None:
    signed = PNG[:33] + b"\0\0\0\0caBX\x12\x34\x56\x78" + PNG[33:]
    results = results_in(folder, signed)

    file = await results.fetch(job_made(), URL)

    assert results.path(file).read_bytes() == signed
    assert read_note(results.path(file)) is not None


async def test_neither_signatures_nor_folders_are_in_what_is_kept(folder: Path) -> None:
    body = {
        "input_image": "file:///home/ada/acme/ox.png",
        "mask_url": f"{URL}&x=1",
        "data": "data:image/png;base64,AA",
    }
    results = results_in(folder, PNG)

    file = await results.fetch(job_made(body=body, result_url=URL), URL)

    content = results.path(file).read_bytes()
    assert b"oxen_signature" not in content
    assert b"/home/ada" not in content
    assert b"base64,AA" not in content


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
async def test_an_address_that_is_no_longer_good_may_be_asked_for_anew(folder: Path, status: int) -> None:
    error = await refusal(results_in(folder, httpx.Response(status, text="Request has expired")))

    assert error.expired
    assert "Request has expired" in error.sentence


async def test_a_server_that_fails_may_be_asked_again(folder: Path) -> None:
    error = await refusal(results_in(folder, httpx.Response(503)))

    assert error.may_retry
    assert not error.expired


@pytest.mark.parametrize(
    ("content", "said", "expired"),
    [
        (b"<!doctype html><html>Sign in", "web page", True),
        (b'{"error": "gone"}', "JSON", True),
        (b"", "empty", False),
        (PNG[:60], "cut off", False),
        (MP4[: len(MP4) // 2], "cut off", False),
        (b"\0\1\2\3" * 10, "no picture", False),
    ],
)
async def test_what_is_no_result_gets_no_name(folder: Path, content: bytes, said: str, expired: bool) -> None:
    error = await refusal(results_in(folder, content))

    assert said in error.sentence
    assert error.expired is expired


async def test_no_address_at_all_is_said(folder: Path) -> None:
    assert (await refusal(results_in(folder, PNG), url=None)).expired


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "full"), (errno.EDQUOT, "full"), (errno.EROFS, "writable"), (errno.EIO, "input/output error")],
)
@pytest.mark.parametrize("broken", ["fsync", "link"])
async def test_a_disk_that_refuses_is_said_and_leaves_nothing_half(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str, broken: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, broken, fails)
    if broken == "link":
        monkeypatch.setattr(os, "open", fails_for_results(os.open, folder, number))

    error = await refusal(results_in(folder, PNG))

    assert said in error.sentence
    assert not error.may_retry


def fails_for_results(real: Callable[..., int], folder: Path, number: int) -> Callable[..., int]:
    def opened(path: Any, flags: int, *rest: Any) -> int:
        if str(path).endswith(".png") and flags & os.O_CREAT:
            raise OSError(number, os.strerror(number))
        return real(path, flags, *rest)

    return opened


async def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("a file")

    with pytest.raises(NotSaved, match="a file of that name"):
        await results_in(tmp_path / "results" / "oxen", PNG).fetch(job_made(), URL)


async def test_a_file_system_without_second_names_keeps_results_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", fails)
    results = results_in(folder, PNG, picture("PNG", (30, 30)))

    first, second = [await results.fetch(job_made(), URL) for _ in range(2)]

    assert (results.path(first).exists(), second.name) == (True, first.name.replace(".png", "-2.png"))


async def test_a_result_of_the_same_name_takes_no_other_ones_place(folder: Path) -> None:
    results = results_in(folder, PNG, picture("PNG", (30, 30)))

    first, second = [await results.fetch(job_made(), URL) for _ in range(2)]

    assert (first.width, second.width) == (24, 30)
    assert second.name == first.name.replace(".png", "-2.png")


async def test_a_result_that_came_before_the_program_was_killed_is_not_kept_twice(folder: Path) -> None:
    results = results_in(folder, PNG)

    assert await results.fetch(job_made(), URL) == await results.fetch(job_made(), URL)
    assert len(files_in(folder)) == 1


async def test_the_progress_is_told(folder: Path) -> None:
    told: list[tuple[int, int | None]] = []

    await results_in(folder, PNG).fetch(job_made(), URL, None, lambda size, total: told.append((size, total)))

    assert told[-1] == (len(PNG), len(PNG))


async def test_a_fetch_that_is_given_up_leaves_nothing(folder: Path) -> None:
    begun = asyncio.Event()

    class Waits:
        async def download(self, url: str, into: BinaryIO, **_: Any) -> None:
            into.write(PNG[:30])
            begun.set()
            await asyncio.Event().wait()

    async def client() -> Client:
        return Waits()  # type: ignore[return-value]

    fetching = asyncio.create_task(Results(folder, client, now=lambda: ENDED).fetch(job_made(), URL))
    await begun.wait()
    fetching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetching

    assert files_in(folder) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
async def test_a_disk_that_fills_while_it_comes_is_said(folder: Path) -> None:
    class Fills:
        async def download(self, url: str, into: BinaryIO, **_: Any) -> None:
            into.write(PNG)
            full = os.open("/dev/full", os.O_RDWR)
            os.dup2(full, into.fileno())
            os.close(full)

    async def client() -> Client:
        return Fills()  # type: ignore[return-value]

    error = await refusal(Results(folder, client, now=lambda: ENDED))

    assert "full" in error.sentence


async def test_a_start_clears_away_what_the_dead_left_and_nothing_else(folder: Path) -> None:
    coming = folder / ".coming"
    coming.mkdir(parents=True)
    (coming / "dead.part").write_bytes(PNG)
    with (coming / "alive.part").open("wb") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        await results_in(folder).begin()

        assert files_in(folder) == [".coming/alive.part"]
    await results_in(folder / "none").begin()


# --- what the user does with results -----------------------------------------------------------------------------


async def kept(results: Results, **fields: Any) -> Job:
    job = job_made(**fields)
    return job_made(**fields, file=await results.fetch(job, URL))


async def test_a_copy_goes_where_the_user_says_and_never_over_another_file(folder: Path, tmp_path: Path) -> None:
    results = results_in(folder, PNG)
    job = await kept(results)

    first, second = [await results.save_as(job, f"{tmp_path}/a/b/{{prompt}}.jpg") for _ in range(2)]

    assert (first.name, second.name) == ("an-ox-in-the-rain.png", "an-ox-in-the-rain-2.png")
    assert read_note(second) is not None
    assert files_in(tmp_path / "a") == ["b/an-ox-in-the-rain-2.png", "b/an-ox-in-the-rain.png"]


async def test_the_request_beside_a_clip_goes_along(folder: Path, tmp_path: Path) -> None:
    results = results_in(folder, MP4)
    job = await kept(results, kind="video")

    saved = await results.save_as(job, f"{tmp_path}/clip")

    assert read_facts(saved).kind == "video"
    assert (tmp_path / "clip.mp4.json").exists()


async def test_what_cannot_be_saved_is_said(folder: Path, tmp_path: Path) -> None:
    results = results_in(folder, PNG)
    job = await kept(results)
    (tmp_path / "file").write_text("")
    for to, said in [
        (f"{tmp_path}/{{colour}}", "{colour} is not known"),
        (f"{tmp_path}/file/moss.png", "a file of that name"),
        ("~nobody-of-that-name/moss.png", "no home folder"),
    ]:
        with pytest.raises(NotSaved) as caught:
            await results.save_as(job, to)
        assert said in caught.value.sentence
    results.path(job.file or ResultFile("", "", 0)).unlink()
    with pytest.raises(NotSaved, match="not on the disk any more"):
        await results.save_as(job, f"{tmp_path}/b.png")
    with pytest.raises(NotSaved, match="no result"):
        await results.save_as(job_made(), f"{tmp_path}/b.png")


async def test_a_result_goes_to_the_trash_and_comes_back_with_its_request(folder: Path) -> None:
    results = results_in(folder, MP4)
    job = await kept(results, kind="video")
    before = files_in(folder)

    await results.to_trash(job)
    assert [path.partition("/")[0] for path in files_in(folder)] == [".trash", ".trash"]
    await results.to_trash(job)
    await results.restore(job)

    assert files_in(folder) == before


async def test_the_trash_is_emptied_by_age(folder: Path) -> None:
    now = ENDED
    results = Results(folder, answering(MP4), now=lambda: now)
    job = await kept(results, kind="video")
    await results.to_trash(job)

    now = ENDED + timedelta(days=2)
    assert await results.empty_trash(timedelta(days=3)) == 0
    assert await results.empty_trash(timedelta(days=1)) == 1
    with pytest.raises(NotSaved, match="not in the trash any more"):
        await results.restore(job)


async def test_a_file_of_the_users_own_is_never_moved(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.png"
    own.write_bytes(PNG)
    results = results_in(folder)
    job = job_made(origin=Origin.OPENED, file=ResultFile(str(own), "image/png", len(PNG)))

    await results.to_trash(job)
    await results.restore(job)

    assert own.exists()
    assert results.path(job.file) == own  # type: ignore[arg-type]


def test_names_run_out_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_folder, "_MOST_OF_A_NAME", 2)
    for number in (1, 2):
        (tmp_path / "from").write_bytes(b"%d" % number)
        if number == 1:
            result_folder.copy_out(tmp_path / "from", tmp_path / "to.png", lambda file: file.with_suffix(".no"))
        else:
            with pytest.raises(FileExistsError):
                result_folder.copy_out(tmp_path / "from", tmp_path / "to.png", lambda file: file.with_suffix(".no"))
