"""A store with results whose files are there, and a folder for them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from oxen_tui.store.job import Job, JobState, ResultFile
from oxen_tui.store.store import Store

BEGIN = datetime(2026, 11, 20, 12, tzinfo=UTC)


def picture(colour: tuple[int, int, int] = (200, 40, 40), size: tuple[int, int] = (48, 32)) -> bytes:
    """A PNG of one colour."""
    from PIL import Image

    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    return content.getvalue()


async def add_result(
    store: Store,
    folder: Path,
    number: int = 1,
    content: bytes | None = None,
    *,
    mime: str = "image/png",
    **known: Any,
) -> Job:
    """Puts a result into the store, made `number` hours after the beginning, and its file into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    content = picture() if content is None else content
    name = f"result-{number:04d}.{mime.partition('/')[2]}"
    (folder / name).write_bytes(content)
    ended = BEGIN + timedelta(hours=number)
    fields: dict[str, Any] = {
        "id": 0,
        "batch": 0,
        "place_in_batch": 0,
        "model": "quill-3",
        "kind": mime.partition("/")[0],
        "state": JobState.DONE,
        "created_at": ended - timedelta(seconds=10),
        "started_at": ended - timedelta(seconds=10),
        "ended_at": ended,
        "prompt": f"Picture {number}",
        "body": {"model": "quill-3", "prompt": f"Picture {number}", "seed": number},
        "estimate": 0.04,
        "cost": 0.04,
        "file": ResultFile(name, mime, len(content), 48, 32),
    }
    (added,) = await store.jobs.add([Job(**{**fields, **known})])
    return added


async def add_results(store: Store, folder: Path, numbers: Sequence[int]) -> list[Job]:
    """Several of them, oldest first."""
    return [await add_result(store, folder, number) for number in numbers]
