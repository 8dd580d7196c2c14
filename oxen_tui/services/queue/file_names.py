"""Names of files, made by us: from when and with what a result was made, never from what a server says.

What goes into them from outside (a model's name, a prompt) may hold anything: slashes, dots in front, line ends. Only
letters and digits of it reach the disk.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Final

from oxen_tui.safe_text import clean_line
from oxen_tui.store.job import Job

FIELDS: Final = ("date", "time", "model", "prompt", "seed", "id", "kind")
"""What stands in braces in a template."""
DEFAULT: Final = "{date}-{time}-{model}-{id}"

_FIELD: Final = re.compile(r"\{([^{}/]*)\}")
_NOT_IN_NAMES: Final = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST_PART: Final = 60
_LONGEST_PROMPT: Final = 48
_LONGEST_NAME: Final = 200
"""Bytes; file systems take 255, and ours grow by an extension and a number."""
_ENDINGS: Final = frozenset(
    (
        *("png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic", "svg", "pdf"),
        *("mp4", "mov", "webm", "mkv", "avi", "ogv", "wav", "mp3", "aac", "ogg", "flac", "m4a"),
    )
)
"""Taken off a name that claims to be of another type than the file is."""


class UnknownField(Exception):
    """A template has something in braces that is not known."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.sentence = (
            f"{{{clean_line(name, 40)}}} is not known in a file name; {{{'}, {'.join(FIELDS[:-1])}}} and "
            f"{{{FIELDS[-1]}}} are."
        )


def result_name(job: Job, moment: datetime, extension: str) -> str:
    """Where a result goes inside the folder of results: `2026-11-22/1403-moss-image-xl-7f3a.png`.

    Args:
        job: What it is the result of.
        moment: When it was made; the name has it in the time zone of this machine.
        extension: By the file's own bytes, without the dot.
    """
    local = moment.astimezone()
    name = "-".join(part for part in (f"{local:%H%M}", plain(job.model, 40), short_id(job)) if part)
    return f"{local:%Y-%m-%d}/{name}.{extension}"


def numbered(path: Path, number: int) -> Path:
    """The path for the `number`th file of that name: the second `moss.png` is `moss-2.png`."""
    return path if number < 2 else path.with_name(f"{path.stem}-{number}{path.suffix}")


def short_id(job: Job) -> str:
    """A few letters that tell results of one minute apart, the first of the server's id where that is known."""
    known = plain((job.generation_id or "").replace("-", ""), 4)
    return known if len(known) == 4 else f"{job.id}"


def wanted_path(template: str, job: Job, moment: datetime, extension: str) -> Path:
    """Where a copy goes that the user asks for.

    Args:
        template: A folder (it exists, or ends with a slash), or a path; with or without fields.
        job: What the result is of.
        moment: When it was made.
        extension: By the file's own bytes. Another one in the template is replaced.

    Raises:
        UnknownField: A field is not known.
    """
    path = Path(template.strip() or DEFAULT).expanduser()
    if template.strip().endswith(("/", "/.", "~")) or path.is_dir():
        path /= DEFAULT
    values = _values(job, moment)
    parts = [_filled(part, values) for part in path.parts]
    last = _shortened(parts[-1].rstrip(". "), _LONGEST_NAME) or short_id(job)
    claimed = last.rpartition(".")[2].lower()
    if _same(claimed, extension):
        return Path(*parts[:-1], last)
    if claimed in _ENDINGS and "." in last:
        last = last.rpartition(".")[0] or last
    return Path(*parts[:-1], f"{last}.{extension}")


def plain(text: str, longest: int = _LONGEST_PART) -> str:
    """Foreign text as a part of a name: letters, digits, dots inside, dashes for everything else; "" for nothing."""
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_IN_NAMES.sub("-", flat)[:longest].strip("-._")


def _values(job: Job, moment: datetime) -> dict[str, str]:
    local = moment.astimezone()
    seed = job.body.get("seed")
    return {
        "date": f"{local:%Y-%m-%d}",
        "time": f"{local:%H%M%S}",
        "model": plain(job.model) or "model",
        "prompt": _words(job.prompt) or "no-prompt",
        "seed": plain(str(seed)) if seed is not None else "no-seed",
        "id": short_id(job),
        "kind": plain(job.kind) or "file",
    }


def _words(prompt: str) -> str:
    """How a prompt begins, in any script, the words joined by dashes; whole words where there are any."""
    text = unicodedata.normalize("NFC", clean_line(prompt, 4 * _LONGEST_PROMPT)).lower()
    kept = "".join(letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in text)
    words = "-".join(kept.split())
    if len(words) <= _LONGEST_PROMPT:
        return words
    return words[: _LONGEST_PROMPT + 1].rpartition("-")[0] or words[:_LONGEST_PROMPT]


def _filled(part: str, values: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        try:
            return values[match[1].strip().lower()]
        except KeyError as error:
            raise UnknownField(match[1]) from error

    filled = _FIELD.sub(value, part)
    return filled if filled == part else clean_line(filled, _LONGEST_NAME)


def _shortened(name: str, most: int) -> str:
    """Cut to a number of bytes, never inside a character."""
    return name.encode()[:most].decode("utf-8", "ignore")


def _same(claimed: str, extension: str) -> bool:
    others = {"jpeg": "jpg", "tif": "tiff"}
    return others.get(claimed, claimed) == extension
