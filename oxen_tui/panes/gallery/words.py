"""Results in the words of the gallery: tiles, facts, and the lines of the family tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oxen_tui.file_size import file_size
from oxen_tui.money import money
from oxen_tui.safe_text import clean_line
from oxen_tui.services.charged_amounts import may_still_be_told
from oxen_tui.services.gallery.ancestry import Kin, file_of
from oxen_tui.services.gallery.gallery import Found, Gallery
from oxen_tui.services.json_text import compact_json
from oxen_tui.store.job import Job, Origin, ResultFile
from oxen_tui.widgets.facet_line import Facet
from oxen_tui.widgets.gallery.facts import ResultFact, ResultFacts
from oxen_tui.widgets.gallery.kin import KinRow
from oxen_tui.widgets.gallery.tile import Tile, kind_sign
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.picture.animated_words import animated
from oxen_tui.widgets.wording import clock, running_time

if TYPE_CHECKING:
    from PIL.Image import Image

_KINDS = (("image", "pictures"), ("video", "clips"), ("audio", "sounds"))
_LONGEST_TITLE = 60
_ARTICLE = re.compile(r"(?:an?|the) (?=\S)", re.IGNORECASE)
"""At the beginning of a title: a tile has room for two words."""
_SAID_ELSEWHERE = ("model", "prompt", "seed", "num_generations", "target_namespace", "response_format")
_MOST_SETTINGS = 8
_ENDINGS = {
    **dict.fromkeys(("mp4", "mov", "webm", "mkv"), "video"),
    **dict.fromkeys(("wav", "mp3", "flac", "ogg"), "audio"),
}


@dataclass(slots=True)
class JobTiles:
    """The tiles of what the filter left; a tile is made when it is drawn."""

    jobs: Sequence[Job]
    gallery: Gallery
    small: Callable[[int, tuple[int, int]], Image | None]
    """The picture of a result in this size, if it is there."""
    trouble: Callable[[int], str]
    """Why there is none."""
    places: Mapping[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {job.id: place for place, job in enumerate(self.jobs)}

    def __len__(self) -> int:
        return len(self.jobs)

    def key_at(self, index: int) -> str:
        return str(self.jobs[index].id)

    def find(self, key: str) -> int | None:
        return self.places.get(int(key))

    def picture(self, key: str, box: tuple[int, int]) -> Image | None:
        return self.small(int(key), box)

    def tile_at(self, index: int) -> Tile:
        job = self.jobs[index]
        trouble = "missing" if job.id in self.gallery.missing else self.trouble(job.id)
        marked = job.id in self.gallery.marked_ids
        return Tile(str(job.id), title(job), _tag(job), job.kind, marked, job.favourite, trouble)


def title(job: Job) -> str:
    """What a result is called where there is room for a few words: what was asked for, else its file's name."""
    words = " ".join(job.prompt.split())
    if article := _ARTICLE.match(words):
        words = words[article.end() :]
        words = words[:1].upper() + words[1:]
    if not words:
        return Path(job.file.name).stem if job.file is not None else job.model
    return words if len(words) <= _LONGEST_TITLE else words[:_LONGEST_TITLE]


def file_name(job: Job) -> str:
    """The name of its file, without folders."""
    return Path(job.file.name).name if job.file is not None else title(job)


def _tag(job: Job) -> str:
    seconds = job.file.seconds if job.file is not None else None
    if job.kind in ("video", "audio") and seconds is not None:
        return running_time(seconds)
    return price(job)


def price(job: Job) -> str:
    """What it cost: charged, else the estimate; nothing for what was not made here."""
    if job.origin is Origin.OPENED:
        return ""
    return money(job.cost) if job.cost is not None else money(job.estimate, estimate=True)


def kind_facets(found: Found) -> list[Facet]:
    """The kinds with their numbers; sounds only where there are some."""
    facets = [Facet("", "all", number=found.counts.get("", 0), chosen=not found.kinds)]
    for kind, word in _KINDS:
        number = found.counts.get(kind, 0)
        if number or kind != "audio":
            facets.append(Facet(kind, word, kind_sign(kind), number, kind in found.kinds))
    return facets


def facts(job: Job, now: datetime, trouble: str = "", shows: str | None = None) -> ResultFacts:
    """All that is known of a result.

    Args:
        job: It.
        now: The time of day, for how long ago it was.
        trouble: What is wrong with its file.
        shows: What an example of a model shows; None for what was made or opened here.
    """
    lines: list[ResultFact] = []

    def say(label: str, text: str, aside: str = "") -> None:
        if text:
            lines.append(ResultFact(label, text, aside))

    opened = job.origin is Origin.OPENED
    say("Model", job.model)
    say("Shows", shows or "")
    if job.file is not None:
        say("Size", _size_words(job.file))
        say("Length", _length_words(job.file))
    seed = job.body.get("seed")
    say("Seed", str(seed) if isinstance(seed, int) else "")
    say("With", _settings(job.body))
    if job.cost is not None:
        say("Paid", money(job.cost), f"estimate {money(job.estimate, estimate=True)}" if job.estimate else "")
    elif not opened:
        estimated = money(job.estimate, estimate=True) if job.estimate is not None else ""
        if may_still_be_told(job, now):
            say("Paid", "not told yet", estimated)
        else:
            say("Paid", "not said", estimated and f"estimate {estimated}")
    began = job.started_at or job.sent_at
    if began is not None and job.ended_at is not None and job.ended_at > began:
        say("Took", running_time((job.ended_at - began).total_seconds()))
    if shows is None:
        say("Opened" if opened else "Made", moment_words(job.ended_at or job.created_at, now))
    return ResultFacts(tuple(lines), job.prompt, trouble)


def _settings(body: Mapping[str, Any]) -> str:
    """What else was asked for: `aspect_ratio 16:9, duration 5`."""
    said = []
    for name, value in body.items():
        if name in _SAID_ELSEWHERE or not isinstance(value, str | int | float):
            continue
        text = value if isinstance(value, str) else compact_json(value)
        if not _is_address(text):
            said.append(f"{clean_line(name, 40)} {clean_line(text, 40)}")
    return ", ".join(said[:_MOST_SETTINGS])


def _is_address(text: str) -> bool:
    return file_of(text) is not None or text.startswith(("data:", "http://", "https://"))


def _size_words(file: ResultFile) -> str:
    """`1280×720 · 4.1 MB`."""
    pixels = f"{file.width}{glyph('times')}{file.height} {glyph('dot')} " if file.width and file.height else ""
    return f"{pixels}{file_size(file.size)}"


def _length_words(file: ResultFile) -> str:
    """`0:05 · 24 fps · sound`, `animated, 24 frames, 2.4 s`; nothing for a picture that stands still."""
    if file.seconds is None:
        return ""
    if file.is_animated:
        return animated(file.seconds, file.frames_per_second)
    parts = [running_time(file.seconds)]
    if file.frames_per_second:
        parts.append(f"{file.frames_per_second:.3g} fps")
    if file.has_sound and file.frames_per_second:
        parts.append("sound")
    return f" {glyph('dot')} ".join(parts)


def moment_words(moment: datetime, now: datetime) -> str:
    """`today 11:47`, `yesterday 09:14`, `Thursday 09:14`, `3 June 09:14`, `3 June 2025`."""
    local, today = moment.astimezone(), now.astimezone().date()
    if local.date() == today:
        return f"today {clock(moment)}"
    if local.date() == today - timedelta(days=1):
        return f"yesterday {clock(moment)}"
    if timedelta(0) < today - local.date() < timedelta(days=7):
        return f"{local:%A} {clock(moment)}"
    if local.year == today.year:
        return f"{local.day} {local:%B} {clock(moment)}"
    return f"{local.day} {local:%B %Y}"


def kin_rows(kin: Sequence[Kin], gallery: Gallery) -> list[KinRow]:
    """The lines of a tree; none where it would hold nothing but the result itself."""
    return [_kin_row(each, gallery) for each in kin] if len(kin) > 1 else []


def _kin_row(kin: Kin, gallery: Gallery) -> KinRow:
    job = gallery.relative(kin.job_id) if kin.job_id is not None else None
    if job is None:
        name = kin.path.name if kin.path is not None else "?"
        return KinRow("", name, _kind_of_name(name), "uploaded", kin.ends)
    is_gone = gallery.job(job.id) is None
    if is_gone:
        note = "in the trash" if job.deleted_at is not None else "no result"
    elif job.origin is Origin.OPENED:
        note = "opened"
    else:
        note = f"edit {price(job)}" if job.parents and job.kind == "image" else price(job)
    key = "" if is_gone else str(job.id)
    return KinRow(key, title(job), job.kind, note, kin.ends, kin.is_here, is_gone)


def _kind_of_name(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return _ENDINGS.get(ending, "image")


def names(jobs: Iterable[Job]) -> str:
    """`lighthouse.png`, `3 results`."""
    listed = list(jobs)
    return file_name(listed[0]) if len(listed) == 1 else f"{len(listed)} results"
