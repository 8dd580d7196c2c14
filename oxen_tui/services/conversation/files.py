"""Conversations to files and from them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from oxen_tui.services.conversation.export import ExportFormat, exported
from oxen_tui.services.conversation.import_file import NotReadable, file_text
from oxen_tui.services.conversation.importing import Imported, read_export
from oxen_tui.services.queue.file_names import numbered, plain
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.errors import NotFound
from oxen_tui.store.job import ResultFile
from oxen_tui.store.message import Message
from oxen_tui.store.store import Store
from oxen_tui.system_words import why

_MOST_OF_A_NAME = 9_999
"""Files with the same name in one folder, before giving up."""


class FileTrouble(Exception):
    """A file cannot be written or read.

    Attributes:
        sentence: What is wrong.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


async def export_conversation(
    store: Store, conversation_id: int, wanted: str, folder: str, place: Callable[[ResultFile], Path] | None = None
) -> Path:
    """Writes a conversation to a file that was not there before.

    Args:
        store: Where it is kept.
        conversation_id: Which.
        wanted: `md`, `json`, `html`, or a path that ends so; "" is Markdown.
        folder: Where it goes when no path is given.
        place: Where the results of jobs are, for those that the conversation shows; None leaves them out.

    Returns:
        The path of the file.

    Raises:
        FileTrouble: The path cannot be written, or its end says no format.
        StoreError: The conversation cannot be read.
    """
    conversation = await store.conversations.get(conversation_id)
    path, tree = await store.messages.path(conversation_id), await store.whole.tree(conversation_id)
    form, target = _target(wanted.strip(), folder, conversation.title)
    if form is not ExportFormat.JSON:  # there a job stays what it is: a number in this store
        path = await with_results(store, path, place)

    def write() -> Path:
        content = exported(form, conversation, path, tree)
        try:
            return write_new(target, content)
        except OSError as error:
            raise FileTrouble(f"{target} cannot be written: {why(error)}") from error

    return await asyncio.to_thread(write)


async def with_results(
    store: Store, path: Sequence[Message], place: Callable[[ResultFile], Path] | None
) -> list[Message]:
    """Messages with the results of their jobs in place of the cards that show them, as far as there are any.

    Raises:
        StoreError: The jobs cannot be read.
    """
    return [
        replace(message, attachments=tuple([await _result(store, each, place) for each in message.attachments]))
        if any(each.kind == "job" for each in message.attachments)
        else message
        for message in path
    ]


async def _result(store: Store, card: Attachment, place: Callable[[ResultFile], Path] | None) -> Attachment:
    if card.kind != "job" or card.job_id is None:
        return card
    try:
        job = await store.jobs.get(card.job_id)
    except NotFound:
        return card
    if job.file is None or place is None:
        return replace(card, name=f"{card.name} · {job.state.value}")
    file, kind = job.file, job.file.mime.partition("/")[0]
    path = place(file)
    if kind not in ("image", "video", "audio"):
        return card
    return Attachment(kind, path.name, path.absolute().as_uri(), file.mime, file.size, file.width, file.height)


async def import_conversations(store: Store, path: str) -> tuple[list[int], Imported]:
    """Takes in the conversations of a file. The ids they got, and what was left out.

    Raises:
        FileTrouble: It cannot be read, or is no export.
        StoreError: The store cannot be written.

    Nothing was taken in where one of them is raised: a second try makes no doubles.
    """

    def read() -> Imported:
        file = Path(path.strip()).expanduser()
        try:
            return read_export(file_text(file))
        except OSError as error:
            raise FileTrouble(f"{file} cannot be read: {why(error)}") from error
        except NotReadable as error:
            raise FileTrouble(error.sentence) from error

    imported = await asyncio.to_thread(read)
    return await store.whole.add_all(imported.conversations), imported


def _target(wanted: str, folder: str, title: str) -> tuple[ExportFormat, Path]:
    known = ", ".join(ExportFormat)
    if wanted.lower() in tuple(ExportFormat) or not wanted:
        form = ExportFormat(wanted.lower() or ExportFormat.MARKDOWN)
        return form, Path(folder).expanduser() / f"{plain(title) or 'conversation'}.{form}"
    path = Path(wanted).expanduser()
    end = {"markdown": "md", "htm": "html"}.get(path.suffix[1:].lower(), path.suffix[1:].lower())
    if end not in tuple(ExportFormat):
        raise FileTrouble(f"{path.name} says no format: let it end with one of {known}")
    return ExportFormat(end), path


def write_new(target: Path, content: str) -> Path:
    """Never over a file that is there: the next free number is put behind the name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for number in range(1, _MOST_OF_A_NAME):
        path = numbered(target, number)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(content)
        except OSError:
            path.unlink(missing_ok=True)  # the disk is full: half a file would pass for a whole one
            raise
        return path
    raise OSError(None, "too many files have that name")
