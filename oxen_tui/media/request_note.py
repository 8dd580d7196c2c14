"""The request that a result came from, kept with it: in a PNG file's own texts, beside every other file as JSON.

Files are shared, so what is private is left out: keys, the signatures of addresses that open without one, and in
which folder of this machine an input lay. Data that was sent inside the request is cut.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit, urlunsplit

from oxen_tui.atomic import write_whole
from oxen_tui.safe_text import clean, clean_line

from .file_kind import PNG, kind_of
from .png_text import read_texts

NAME: Final = "oxen-tui"
"""Under which it is found in a PNG file; also says who wrote a sidecar."""
_FORM: Final = 1
_LARGEST: Final = 1_000_000
"""Bytes of a sidecar that are read."""
_DEEPEST: Final = 64
_PRIVATE: Final = re.compile(
    r"(?:x[-_])?api[-_]?key|authorization|access[-_]?token|auth[-_]?token|password|secret", re.I
)
"""Names of fields that hold no part of a picture."""
_SIGNED: Final = re.compile(r"sig|token|expires|credential|policy|secret|auth|(?:^|[&;?_-])key", re.I)
"""Found in the query of an address that opens without a key."""
_FOREIGN: Final = ("parameters", "Description", "prompt", "Comment")
"""Where other programs put a prompt."""
_AFTER_PROMPT: Final = re.compile(r"\n(?:Negative prompt|Steps):")


@dataclass(frozen=True, slots=True)
class RequestNote:
    """What was asked for."""

    model: str = ""
    """"" where the file is from another program that does not say."""
    prompt: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    """The request, as a form is filled in again. Local files are `file:` and their name."""
    kind: str = ""
    """"image", "video" or "audio"."""
    seed: int | None = None
    generation_id: str = ""
    """The server's."""
    made_at: datetime | None = None
    estimate: float | None = None
    """US dollars."""
    cost: float | None = None
    """US dollars charged, where that was known when the file was written."""

    def to_json(self) -> str:
        """As it is kept. What is private is left out here."""
        written = {
            "made_with": NAME,
            "form": _FORM,
            "model": self.model,
            "kind": self.kind,
            "prompt": self.prompt,
            "seed": self.seed,
            "generation_id": self.generation_id,
            "made_at": self.made_at.isoformat() if self.made_at else None,
            "estimate_usd": self.estimate,
            "cost_usd": self.cost,
            "request": shareable(self.body),
        }
        said = {key: value for key, value in written.items() if value not in (None, "", {})}
        return json.dumps(said, ensure_ascii=False, indent=1, default=str)

    @classmethod
    def from_json(cls, text: str) -> RequestNote | None:
        """Reads what anybody may have written; None for what is no note. Everything is cleaned."""
        try:
            found = json.loads(text, parse_constant=lambda _: None)
        except (ValueError, RecursionError):
            return None
        if not isinstance(found, dict) or found.get("made_with") != NAME:
            return None
        body = _cleaned(found.get("request"))
        return cls(
            model=_line(found.get("model")),
            prompt=clean(prompt) if isinstance(prompt := found.get("prompt"), str) else "",
            body=body if isinstance(body, dict) else {},
            kind=_line(found.get("kind")),
            seed=seed if isinstance(seed := found.get("seed"), int) and not isinstance(seed, bool) else None,
            generation_id=_line(found.get("generation_id")),
            made_at=_moment(found.get("made_at")),
            estimate=_amount(found.get("estimate_usd")),
            cost=_amount(found.get("cost_usd")),
        )


def texts_for_png(note: RequestNote) -> dict[str, str]:
    """What is put into a PNG file: all of it for us, and the prompt where other programs look for one."""
    texts = {"Software": NAME, NAME: note.to_json()}
    return texts | {"Description": note.prompt} if note.prompt else texts


def sidecar_of(file: Path) -> Path:
    """Where the note of a file is that has no room for one: `moss.mp4` has `moss.mp4.json`."""
    return file.with_name(f"{file.name}.json")


def write_sidecar(file: Path, note: RequestNote) -> None:
    """Writes the note beside a file, whole or not at all.

    Raises:
        OSError: The disk.
    """
    write_whole(sidecar_of(file), note.to_json().encode("utf-8", "replace"))


def read_note(file: Path) -> RequestNote | None:
    """The request a file came from: from inside it, else from beside it; None if there is none. Blocks for the disk.

    A picture that another program wrote gives its prompt, if that is where such programs put it.
    """
    texts: dict[str, str] = {}
    try:
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            if kind_of(stream.read(16)) is PNG:
                stream.seek(0)
                texts = read_texts(stream)
    except OSError:
        return None  # who shows the file says why it cannot be read
    return RequestNote.from_json(texts.get(NAME, "")) or _from_beside(file) or _foreign(texts)


def shareable(value: Any, depth: int = 0) -> Any:
    """A request without what is private or endless in it."""
    if isinstance(value, Mapping):
        if depth > _DEEPEST:
            return None
        return {
            str(key): shareable(entry, depth + 1) for key, entry in value.items() if not _PRIVATE.fullmatch(str(key))
        }
    if isinstance(value, list | tuple):
        return [shareable(entry, depth + 1) for entry in value] if depth <= _DEEPEST else None
    return _shareable_text(value) if isinstance(value, str) else value


def _shareable_text(text: str) -> str:
    scheme = text[:6].lower()
    if scheme.startswith("data:"):
        return f"{text[:100].partition(',')[0]},…"
    if scheme.startswith("file:"):
        return f"file:{unquote(text).rstrip('/').rpartition('/')[2].removeprefix('file:')}"
    if text[:8].lower().startswith(("http://", "https://")):
        try:
            parts = urlsplit(text)
        except ValueError:
            return text.partition("?")[0]
        query = "" if _SIGNED.search(parts.query) else parts.query
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, ""))
    return text


def _from_beside(file: Path) -> RequestNote | None:
    try:
        with sidecar_of(file).open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError:
        return None
    return RequestNote.from_json(content.decode("utf-8", "replace")) if len(content) <= _LARGEST else None


def _foreign(texts: Mapping[str, str]) -> RequestNote | None:
    found = next((texts[name] for name in _FOREIGN if texts.get(name, "").strip()), "")
    prompt = _AFTER_PROMPT.split(found, maxsplit=1)[0].strip()
    if not prompt or prompt[0] in "{[":  # a whole workflow in JSON is no prompt
        return None
    return RequestNote(prompt=clean(prompt), kind="image")


def _cleaned(value: Any, depth: int = 0) -> Any:
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return {clean_line(key): _cleaned(entry, depth + 1) for key, entry in value.items()}
    if isinstance(value, list):
        return [_cleaned(entry, depth + 1) for entry in value]
    return clean(value) if isinstance(value, str) else value


def _line(value: Any) -> str:
    return clean_line(value) if isinstance(value, str) else ""


def _amount(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value < 1e9 else None


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
