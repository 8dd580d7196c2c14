"""Puts hundreds of results into the app's store before the app starts, with files as large as models make them."""

from __future__ import annotations

import asyncio
import io
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from oxen_tui.store.job import Job, JobState, ResultFile
from oxen_tui.store.store import Store

SIDE = 1024
_KINDS = 8
"""Different pictures; more would only take longer to make."""
_PROMPT = "A harbour at dusk with long reflections, gulls far off, number"


def store_results(store_file: Path, number: int) -> None:
    """Writes so many, two thirds PNG, the rest JPEG; the newest has the highest number."""
    folder = store_file.parent / "results" / store_file.stem
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(_store(store_file, folder, number))


async def _store(store_file: Path, folder: Path, number: int) -> None:
    drawn = [(_picture(kind, "PNG"), _picture(kind, "JPEG")) for kind in range(_KINDS)]
    begin = datetime.now(UTC) - timedelta(hours=number)
    store = await Store.open(store_file)
    try:
        for place in range(1, number + 1):
            jpeg = place % 3 == 0
            content = drawn[place % _KINDS][jpeg]
            name = f"result-{place:04d}.{'jpg' if jpeg else 'png'}"
            (folder / name).write_bytes(content)
            mime = "image/jpeg" if jpeg else "image/png"
            await store.jobs.add([_job(place, begin, ResultFile(name, mime, len(content), SIDE, SIDE))])
    finally:
        await store.close()


def _job(place: int, begin: datetime, file: ResultFile) -> Job:
    ended = begin + timedelta(hours=place)
    return Job(
        id=0,
        batch=0,
        place_in_batch=0,
        model="quill-3",
        kind="image",
        state=JobState.DONE,
        created_at=ended - timedelta(seconds=11),
        started_at=ended - timedelta(seconds=11),
        ended_at=ended,
        body={"model": "quill-3", "prompt": f"{_PROMPT} {place}", "seed": place, "aspect_ratio": "1:1"},
        prompt=f"{place} {_PROMPT} {place}",
        estimate=0.04,
        cost=0.04,
        file=file,
        parents=(place - 1,) if place % 7 == 0 else (),
    )


def _picture(seed: int, form: str) -> bytes:
    """Soft colours with a grain, as a photo has them: neither flat nor pure noise."""
    from PIL import Image

    chance = random.Random(seed)
    small = Image.frombytes("RGB", (24, 24), chance.randbytes(24 * 24 * 3))
    soft = small.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((SIDE, SIDE), 12).convert("RGB")
    content = io.BytesIO()
    Image.blend(soft, grain, 0.15).save(content, form)
    return content.getvalue()
