"""Everything that was made here, as the gallery has it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oxen_tui.services.gallery.gallery import Gallery
from oxen_tui.services.queue.not_saved import NotSaved
from oxen_tui.services.queue.results import Results
from oxen_tui.store.errors import StoreReadOnly
from oxen_tui.store.job import Job
from oxen_tui.store.store import Store
from tests.services.gallery_jobs import add_result, add_results

NOW = datetime(2026, 12, 1, 14, 2, tzinfo=UTC)


async def no_client() -> None:
    raise AssertionError("the gallery asks no server")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(tmp_path / "data" / "store.sqlite3", lambda: NOW)
    yield opened
    await opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "results"


@pytest.fixture
def gallery(store: Store, folder: Path) -> Gallery:
    return Gallery(store.jobs, Results(folder, no_client, now=lambda: NOW), now=lambda: NOW)  # type: ignore[arg-type]


def prompts(jobs: tuple[Job, ...]) -> list[str]:
    return [job.prompt for job in jobs]


async def test_results_are_listed_newest_first(store: Store, folder: Path, gallery: Gallery) -> None:
    await add_results(store, folder, [3, 1, 2])
    await gallery.load()
    assert gallery.known
    assert prompts(gallery.jobs) == ["Picture 3", "Picture 2", "Picture 1"]
    assert gallery.find("").counts == {"": 3, "image": 3}


async def test_the_kinds_are_counted_as_if_none_were_asked_for(store: Store, folder: Path, gallery: Gallery) -> None:
    await add_results(store, folder, [1, 2])
    await add_result(store, folder, 3, b"clip", mime="video/mp4", prompt="Fog")
    await gallery.load()
    found = gallery.find("kind:clip")
    assert prompts(found.jobs) == ["Fog"]
    assert found.kinds == {"video"}
    assert found.counts == {"": 3, "image": 2, "video": 1}
    assert prompts(gallery.find("fog kind:picture").jobs) == []


async def test_hundreds_are_read_page_by_page(
    store: Store, folder: Path, gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oxen_tui.services.gallery.gallery._PAGE", 3)
    await add_results(store, folder, range(1, 9))
    shown: list[int] = []
    gallery.subscribe(lambda: shown.append(len(gallery.jobs)))
    await gallery.load()
    assert shown[:3] == [3, 6, 8]
    assert len({job.id for job in gallery.jobs}) == 8


async def test_a_missing_file_is_known(store: Store, folder: Path, gallery: Gallery) -> None:
    one, two = await add_results(store, folder, [1, 2])
    assert one.file is not None
    (folder / one.file.name).unlink()
    await gallery.load()
    assert gallery.missing == {one.id}
    assert [job.id for job in gallery.find("is:missing").jobs] == [one.id]
    assert [job.id for job in gallery.find("-is:missing").jobs] == [two.id]


async def test_a_favourite_stays_one_after_a_restart(store: Store, folder: Path, gallery: Gallery) -> None:
    (job,) = await add_results(store, folder, [1])
    await gallery.load()
    assert await gallery.toggle_favourite(job.id)
    assert [each.id for each in gallery.find("fav").jobs] == [job.id]
    again = Gallery(store.jobs, Results(folder, no_client, now=lambda: NOW), now=lambda: NOW)  # type: ignore[arg-type]
    await again.load()
    assert again.jobs[0].favourite
    assert not await again.toggle_favourite(job.id)


async def test_marks_count_their_bytes_and_go_with_what_is_deleted(
    store: Store, folder: Path, gallery: Gallery
) -> None:
    one, two, _ = await add_results(store, folder, [1, 2, 3])
    await gallery.load()
    gallery.mark(two.id)
    gallery.mark(one.id)
    gallery.mark(4711)
    assert list(gallery.marked) == [two.id, one.id]
    assert one.file is not None
    assert gallery.bytes_of(gallery.marked) == 2 * one.file.size
    await gallery.put_away([two.id])
    assert list(gallery.marked) == [one.id]
    gallery.mark(one.id)
    assert list(gallery.marked) == []


async def test_what_is_put_into_the_trash_can_be_brought_back(store: Store, folder: Path, gallery: Gallery) -> None:
    one, two, three = await add_results(store, folder, [1, 2, 3])
    assert one.file is not None
    path = folder / one.file.name
    await gallery.load()
    assert await gallery.put_away([one.id, three.id]) == 2
    assert await gallery.put_away([two.id]) == 1
    assert not gallery.find("").jobs
    assert not path.exists()
    assert list(await gallery.undo()) == [two.id]
    assert list(await gallery.undo()) == [one.id, three.id]
    assert path.exists()
    shown = [job.id for job in gallery.find("").jobs]
    assert shown == [three.id, two.id, one.id]
    assert gallery.missing == frozenset()
    assert not gallery.can_undo
    assert list(await gallery.undo()) == []


async def test_a_result_without_its_file_can_be_deleted_and_brought_back_too(
    store: Store, folder: Path, gallery: Gallery
) -> None:
    (one,) = await add_results(store, folder, [1])
    assert one.file is not None
    (folder / one.file.name).unlink()
    await gallery.load()
    assert await gallery.put_away([one.id]) == 1
    assert await gallery.undo() == (one.id,)


async def test_what_is_gone_from_the_trash_is_said_and_the_rest_comes_back(
    store: Store, folder: Path, gallery: Gallery
) -> None:
    one, two = await add_results(store, folder, [1, 2])
    await gallery.load()
    await gallery.put_away([one.id, two.id])
    (trashed,) = folder.rglob("*0001.png")
    trashed.unlink()
    with pytest.raises(NotSaved):
        await gallery.undo()
    assert [job.id for job in gallery.jobs] == [two.id]


async def test_a_disk_that_refuses_leaves_the_rest_in_the_gallery(
    store: Store, folder: Path, gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, _ = await add_results(store, folder, [1, 2, 3])
    await gallery.load()
    to_trash = gallery._files.to_trash

    async def refuse(job: Job) -> None:
        if job.id == two.id:
            raise NotSaved("The disk is full.", may_retry=True)
        await to_trash(job)

    monkeypatch.setattr(gallery._files, "to_trash", refuse)
    with pytest.raises(NotSaved):
        await gallery.put_away([one.id, two.id])
    assert one.id not in {job.id for job in gallery.jobs}
    assert two.id in {job.id for job in gallery.jobs}
    assert await gallery.undo() == (one.id,)


async def test_a_store_that_cannot_be_read_is_said_and_the_list_stays(
    store: Store, folder: Path, gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_results(store, folder, [1])
    await gallery.load()

    async def refuse(*_: object) -> tuple[Job, ...]:
        raise StoreReadOnly("The store cannot be read", "Make it readable.")

    monkeypatch.setattr(gallery._rows, "results", refuse)
    await gallery.load()
    assert gallery.trouble is not None
    assert len(gallery.jobs) == 1


async def test_a_family_knows_the_parent_that_was_deleted(store: Store, folder: Path, gallery: Gallery) -> None:
    parent = await add_result(store, folder, 1)
    child = await add_result(store, folder, 2, parents=(parent.id,))
    await gallery.load()
    assert [kin.job_id for kin in gallery.family(child.id)] == [parent.id, child.id]
    await gallery.put_away([parent.id])
    again = Gallery(store.jobs, Results(folder, no_client, now=lambda: NOW), now=lambda: NOW)  # type: ignore[arg-type]
    for each in (gallery, again):
        await each.load()
        assert [kin.job_id for kin in each.family(child.id)] == [parent.id, child.id]
        gone = each.relative(parent.id)
        assert gone is not None
        assert each.job(parent.id) is None
    assert gallery.family(parent.id) == ()
