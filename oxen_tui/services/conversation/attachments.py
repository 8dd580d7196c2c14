"""What the user attaches to a question: a path, an address or a result becomes an `Attachment`, or a sentence why.

Media are told by their content. A text file is read now and sent as it stood; all else is read when it is sent.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from oxen_tui.media.facts import NotMedia, read_facts
from oxen_tui.media.file_kind import HEAD, FileKind, kind_of
from oxen_tui.safe_text import clean, clean_line
from oxen_tui.services.conversation.attachment_parts import MOST_BYTES, local_path, takes
from oxen_tui.services.inputs.limits import size_words
from oxen_tui.services.inputs.media_inputs import check_medium, missing_in_words
from oxen_tui.services.inputs.paths import ENDINGS
from oxen_tui.services.media_addresses import medium_address, path_of
from oxen_tui.services.schema.media import Media, MediaKind
from oxen_tui.store.attachment import Attachment
from oxen_tui.system_words import why

MOST_TEXT: Final = 400_000
"""Bytes of a text file: about as much as fits into the context of most models."""

_READ_BY_MOST: Final = frozenset(("image/png", "image/jpeg", "image/webp", "image/gif"))
"""Types of pictures that models take; others are sent as a copy of one of these."""


class CannotAttach(Exception):
    """It is not attached.

    Attributes:
        sentence: Why, and what to do.
        smaller: The picture of which a smaller copy, or one of another type, can be sent.
    """

    def __init__(self, sentence: str, smaller: Path | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.smaller = smaller


async def attachment_of(text: str, environment: Mapping[str, str] | None = None) -> Attachment:
    """What a path (`~/ox.png`, in quotes or with escaped blanks) or an address names. Files are read in a thread.

    Args:
        text: As typed, dropped or pasted.
        environment: Of the process; for telling a user who came by SSH whose files are looked at.

    Raises:
        CannotAttach: With a sentence.
    """
    address = medium_address(text)
    if not address:
        raise CannotAttach("A path or an address is wanted.")
    if address[:5].lower() == "data:":
        raise CannotAttach("Data cannot be attached as it is: give a path, or the address of a picture.")
    path = path_of(address)
    if path is not None:
        return await asyncio.to_thread(_of_file, path, os.environ if environment is None else environment)
    if address[:5].lower() == "file:":
        raise CannotAttach("The file is on another machine: give its https address, or copy it here first.")
    return await _of_address(address)


def refusal(attachments: Iterable[Attachment], inputs: Collection[str]) -> str:
    """Which kinds of them a model does not take, in words to be completed: `pictures and clips`; "" if it takes all.

    Args:
        attachments: To be sent.
        inputs: What the model takes (`Model.inputs`); empty where that is not known.
    """
    kinds = dict.fromkeys(each.kind for each in attachments if not takes(inputs, each.kind))
    words = [_PLURALS[kind] for kind in kinds]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


async def first_gone(attachments: Sequence[Attachment]) -> Attachment | None:
    """The first whose file cannot be read any more; looked for in a thread."""

    def look() -> Attachment | None:
        for each in attachments:
            path = local_path(each.source) if each.kind != "text" else None
            if path is not None and not os.access(path, os.R_OK):
                return each
        return None

    return await asyncio.to_thread(look)


_PLURALS: Final = {"image": "pictures", "video": "clips", "audio": "sounds"}


def _of_file(path: Path, environment: Mapping[str, str]) -> Attachment:
    try:
        if not path.exists():
            raise CannotAttach(missing_in_words(path, environment))
        if path.is_dir():
            raise CannotAttach("It is a folder; a file is wanted.")
        if not path.is_file():
            raise CannotAttach("It is no file.")
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise CannotAttach(f"The file cannot be read: {why(error)}.") from error
    kind = kind_of(head)
    if not head:
        raise CannotAttach("The file is empty.")
    if kind is not None and kind.is_medium:
        return _medium(path, kind)
    if kind is not None and kind.kind == "document":
        _within_limit("pdf", size)
        return Attachment("pdf", clean_line(path.name, 200), path.as_uri(), kind.mime, size)
    return _text(path, size, kind)


def _medium(path: Path, kind: FileKind) -> Attachment:
    try:
        facts = read_facts(path)
    except NotMedia as error:
        raise CannotAttach(error.sentence) from error
    if facts.kind == "image" and facts.mime not in _READ_BY_MOST:
        raise CannotAttach(f"It is {kind.name}, which hardly any model reads.", path)
    _within_limit(facts.kind, facts.size, path)
    return Attachment(
        facts.kind,
        clean_line(path.name, 200),
        path.as_uri(),
        facts.mime,
        facts.size,
        facts.width,
        facts.height,
        facts.seconds if facts.kind != "image" else None,
    )


def _within_limit(kind: str, size: int, path: Path | None = None) -> None:
    most = MOST_BYTES[kind]
    if size > most:
        sentence = f"It has {size_words(size)}, {most // 1_000_000} MB is the most that is sent."
        raise CannotAttach(sentence, path if kind == "image" else None)


def _text(path: Path, size: int, kind: FileKind | None) -> Attachment:
    if size > MOST_TEXT:
        if kind is None:
            raise CannotAttach("It is no picture, clip, sound, PDF or text that is known here.")
        raise CannotAttach(f"It has {size_words(size)} of text, {size_words(MOST_TEXT)} is the most that is sent.")
    try:
        content = path.read_bytes()
        written = content.decode("utf-8-sig")
    except OSError as error:
        raise CannotAttach(f"The file cannot be read: {why(error)}.") from error
    except UnicodeDecodeError as error:
        raise CannotAttach("It is no picture, clip, sound, PDF or text (UTF-8) that is known here.") from error
    if "\0" in written:
        raise CannotAttach("It is no picture, clip, sound, PDF or text that is known here.")
    mime = kind.mime if kind is not None else "text/plain"
    return Attachment("text", clean_line(path.name, 200), path.as_uri(), mime, len(content), text=clean(written))


async def _of_address(address: str) -> Attachment:
    """Nothing is fetched: only the service must be able to. What it is, is told by the name's ending."""
    known = await check_medium(address, Media(MediaKind.IMAGE, many=False))
    if known.problem:
        raise CannotAttach(known.problem)
    name = unquote(urlsplit(address).path).rstrip("/").rsplit("/", 1)[-1]
    ending = name.rpartition(".")[2].lower()
    kind = (
        "pdf" if ending == "pdf" else next((kind.value for kind, ends in ENDINGS.items() if ending in ends), "image")
    )
    return Attachment(kind, clean_line(name or known.label, 200), address)
