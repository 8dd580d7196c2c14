"""Who am I, and the upload of an input file (contract sections 8 and 11)."""

from __future__ import annotations

import mimetypes
import secrets
from pathlib import Path
from urllib.parse import quote

from oxen_tui.api.account import UploadedFile, User
from oxen_tui.api.address import segment
from oxen_tui.api.client_connection import Connection, OnRetry
from oxen_tui.api.error_body import error_in
from oxen_tui.api.errors import BadRequest, Forbidden, NotAnApi, NotFound, TooLarge
from oxen_tui.api.json_values import mapping, text
from oxen_tui.safe_text import clean_line

_REPOSITORY = "playground"
_DIRECTORY = "inputs"
MOST_UPLOAD = 512 * 1024 * 1024
"""Bytes."""


class AccountCalls:
    """See the methods of `Client`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._root = connection.address.root

    async def me(self) -> User:
        answer = await self._connection.json("GET", f"{self._root}/users/me")
        user = User.from_json(answer)
        if not user.username:
            raise error_in(answer, unsaid=BadRequest) or NotAnApi("the answer holds no user")
        return user

    async def upload(self, path: Path, on_retry: OnRetry | None) -> UploadedFile:
        _check_size(path)
        user = await self.me()
        repository = f"{self._root}/repos/{segment(user.username)}/{_REPOSITORY}"
        await self._ensure(repository, user.username, on_retry)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        with path.open("rb") as file:
            answer = await self._connection.json(
                "POST",
                f"{repository}/workbench/context",
                files={"file": (_remote_name(path), file, kind)},
                data={"directory": _DIRECTORY},
                seconds=self._connection.timeouts.upload,
                on_retry=on_retry,
            )
        asset = text(mapping(answer).get("asset_path")).strip("/")
        if not asset:
            raise error_in(answer, unsaid=BadRequest) or NotAnApi("the answer does not say where the file is")
        signed = await self._connection.json("GET", f"{repository}/file/presigned_url/main/{quote(asset)}")
        url = text(mapping(signed).get("url"))
        if not url:
            raise error_in(signed, unsaid=BadRequest) or NotAnApi("the answer holds no URL for the file")
        return UploadedFile(url, asset)

    async def _ensure(self, repository: str, namespace: str, on_retry: OnRetry | None) -> None:
        try:
            await self._connection.json("GET", repository)
        except (NotFound, Forbidden):
            pass
        else:
            return
        body = {
            "name": _REPOSITORY,
            "namespace": namespace,
            "description": "Inputs of generations",
            "visibility": "private",
            "workbench": True,
        }
        await self._connection.json("POST", f"{self._root}/repos/", json=body, on_retry=on_retry)


def _check_size(path: Path) -> None:
    if path.stat().st_size > MOST_UPLOAD:
        most = f"{MOST_UPLOAD // 1024**2} MB"
        raise TooLarge(title="The file is too large", advice=f"At most {most} can be uploaded.")


def _remote_name(path: Path) -> str:
    """A name of its own: another file of the same name must not take the place of one that a request points to."""
    stem = "".join(character if character.isalnum() else "-" for character in clean_line(path.stem, 60))
    return f"{stem.strip('-') or 'file'}-{secrets.token_hex(4)}{clean_line(path.suffix, 12)}"
