"""What an invented user has made: pictures and clips in a store, with files that are real, drawn by the demo."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from oxen_tui.demo import clips
from oxen_tui.demo.media_drawing import still
from oxen_tui.demo.scenes import scene_for
from oxen_tui.panes.gallery.pane import GalleryPane
from oxen_tui.store.job import Job, JobState, Origin, ResultFile
from oxen_tui.store.store import Store
from oxen_tui.widgets.gallery.grid import GalleryGrid
from oxen_tui.widgets.picture.picture import Picture
from tests.scenes.moment import NOW
from tests.scenes.stage import until

SIZES = ((480, 320), (320, 320), (480, 270), (240, 360))
"""Pixels of the pictures, in turn: small ones, that are drawn in a moment."""
CLIP = (320, 180)

PROMPTS = (
    "Low sun over a harbour mouth, long reflection, gulls far off, calm water",
    "Lighthouse at dusk on a dark headland, soft bands of cloud",
    "A blue teapot on linen, morning light",
    "Fir trees in fog, three distances",
    "Aurora over a fjord, wide",
    "A city at night, neon on wet stone",
    "Dunes in the evening, long shadows",
    "A poppy, very near, dark ground",
    "Paper ridges in blue, eight layers",
    "A red planet with rings over a desert",
    "A boat on a still lake at dawn",
    "Mountains after snow, a low moon",
)


@dataclass(frozen=True)
class Made:
    """One result to be put into a store."""

    prompt: str
    model: str = "quill-3"
    kind: str = "image"
    parents: tuple[int, ...] = ()
    cost: float | None = 0.04
    seed: int = 90210
    seconds: float | None = None
    favourite: bool = False


def results(number: int) -> Iterator[Made]:
    """So many, oldest first; every sixth is a clip, the last three are a family with the first."""
    for place in range(number - 3):
        prompt = PROMPTS[place % len(PROMPTS)]
        if place % 6 == 4:
            yield Made(prompt, "brook-video", "video", cost=0.4, seconds=5.0 + place % 4, seed=place)
        else:
            yield Made(prompt, cost=(0.04, 0.09, 0.02)[place % 3], seed=place, favourite=place % 9 == 2)
    yield Made(f"{PROMPTS[0]}. Warmer, fewer gulls", "quill-3-edit", parents=(1,), cost=0.04)
    yield Made(PROMPTS[1], cost=None, seed=7)
    yield Made(
        "The sun sinks, the water glitters", "brook-video", "video", parents=(number - 2,), cost=0.4, seconds=5.0
    )


async def make_results(store: Store, folder: Path, number: int = 36, now: datetime = NOW) -> None:
    """Puts them into the store and their files into the folder of results, the last one made 2 h before `now`."""
    folder.mkdir(parents=True, exist_ok=True)
    begin = now - timedelta(hours=2 + 5 * number)
    jobs = []
    for place, made in enumerate(results(number)):
        size = SIZES[place % len(SIZES)] if made.kind == "image" else CLIP
        content = drawn(made.prompt, made.seed % 5, size, made.kind)
        name = f"result-{place + 1:03d}.{'mp4' if made.kind == 'video' else 'png'}"
        (folder / name).write_bytes(content)
        ended = begin + timedelta(hours=5 * (place + 1))
        file = ResultFile(
            name,
            "video/mp4" if made.kind == "video" else "image/png",
            len(content),
            *size,
            seconds=made.seconds,
            frames_per_second=24.0 if made.kind == "video" else None,
        )
        jobs.append(_job(made, file, ended))
    for job in jobs:
        # One by one: several of one call would be one request.
        await store.jobs.add([job])


def _job(made: Made, file: ResultFile, ended: datetime) -> Job:
    took = timedelta(seconds=96 if made.kind == "video" else 11)
    return Job(
        id=0,
        batch=0,
        place_in_batch=0,
        model=made.model,
        kind=made.kind,
        state=JobState.DONE,
        created_at=ended - took,
        started_at=ended - took,
        ended_at=ended,
        body={"model": made.model, "prompt": made.prompt, "seed": made.seed, "aspect_ratio": "3:2"},
        prompt=made.prompt,
        origin=Origin.FORM,
        estimate=0.4 if made.kind == "video" else 0.04,
        cost=made.cost,
        billed=True,
        file=file,
        parents=made.parents,
        favourite=made.favourite,
    )


async def gallery(pilot: Pilot[Any]) -> None:
    """Go to the gallery, look at the second row, mark two; wait for all pictures."""
    await pilot.press("alt+5")
    await until(pilot, lambda: bool(pilot.app.screen.query(GalleryPane)), "the gallery")
    pane = pilot.app.screen.query_one(GalleryPane)
    await until(pilot, lambda: pane.gallery.known and pane.job is not None, "the results")
    await pilot.press("m", "l", "m", "h")
    await pictures_of(pilot)


async def pictures_of(pilot: Pilot[Any]) -> None:
    """Wait until all pictures in view are there."""
    pane = pilot.app.screen.query_one(GalleryPane)
    grid, large = pane.query_one(GalleryGrid), pane.query_one(Picture)

    def there() -> bool:
        return all(pane.thumbnails.get(int(key), grid.box) for key in grid.wanted) and not large.busy

    await until(pilot, there, "the pictures")
    await pilot.app.workers.wait_for_complete([each for each in pilot.app.workers if each.group == "picture"])
    await until(pilot, there, "the picture beside them")


@cache
def drawn(prompt: str, seed: int, size: tuple[int, int], kind: str) -> bytes:
    """A picture as PNG, or a short clip of the same scene."""
    scene = scene_for(prompt, seed)
    if kind == "video":
        return clips.encode(clips.drawn([scene], size, 0.5), size, 0.5)
    content = io.BytesIO()
    still(scene, size).save(content, "PNG")
    return content.getvalue()
