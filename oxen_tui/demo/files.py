"""Files of the demo's repositories: results and uploads on disk, behind addresses that are signed and expire.

Addresses look like the real ones (contract section 8):
`/api/repos/{namespace}/{repository}/file/main/{path}?oxen_signature=...&oxen_expires=...`.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from .errors import envelope_error, not_found

LIFETIME = 3600.0
"""Seconds an address is good for, at least. Uploads of the real service last about this long."""

STEP = 1800.0
"""Seconds in which the expiry moves on: within one step a row has the same address, so polls that change nothing
really change nothing."""

MARK = "/file/main/"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file in a repository."""

    namespace: str
    repository: str
    path: str
    """Path inside the repository, with forward slashes."""
    on_disk: Path
    media_type: str

    @property
    def address(self) -> str:
        """Its path on this service, unsigned."""
        return f"/api/repos/{self.namespace}/{self.repository}{MARK}{quote(self.path)}"


class FileStore:
    """Keeps files in one folder and signs their addresses."""

    def __init__(self, clock: Callable[[], float], folder: Path | None = None, lifetime: float = LIFETIME) -> None:
        self._clock = clock
        self._folder = folder
        self._making = threading.Lock()
        self._secret = secrets.token_bytes(32)
        self._lifetime = lifetime
        self._files: dict[str, StoredFile] = {}

    def put(self, namespace: str, repository: str, path: str, content: bytes, media_type: str) -> StoredFile:
        """Keep a file; one with the same address is replaced. Writes to disk: call it in a thread."""
        digest = hashlib.sha256(f"{namespace}/{repository}/{path}".encode()).hexdigest()[:32]
        on_disk = self._place() / digest
        on_disk.write_bytes(content)
        stored = StoredFile(namespace, repository, path, on_disk, media_type)
        self._files[stored.address] = stored
        return stored

    def _place(self) -> Path:
        """The folder, made when the first file comes; one of our own goes when the store does."""
        with self._making:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="otui-demo-"))
                weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True, exist_ok=True)
            return self._folder

    def sign(self, file: StoredFile, base: str, *, expired: bool = False) -> str:
        """A full address that needs no key until it expires."""
        expires = math.ceil(self._clock() / STEP) * STEP + self._lifetime
        if expired:
            expires = self._clock() - 1
        signature = self._signature(file.address, int(expires))
        return f"{base}{file.address}?oxen_signature={signature}&oxen_expires={int(expires)}"

    def at(self, path: str) -> StoredFile:
        """The file at a path of this service, decoded and without a query.

        Raises:
            Refused: 404.
        """
        found = self._files.get(quote(path))
        if found is None:
            raise not_found()
        return found

    def opened(self, path: str, signature: str, expires: str) -> StoredFile:
        """The file at a path, for a reader without a key.

        Raises:
            Refused: 404 for no such file, 403 for a wrong signature or after the expiry.
        """
        file = self.at(path)
        if not expires.isdecimal() or not hmac.compare_digest(
            signature.encode(), self._signature(file.address, int(expires)).encode()
        ):
            raise envelope_error(403, "forbidden", "The signature does not fit this file")
        if self._clock() > int(expires):
            raise envelope_error(403, "forbidden", "This address has expired")
        return file

    def behind(self, url: str) -> StoredFile:
        """The file behind a full signed address of this service; raises as `opened` does."""
        parts = urlsplit(url)
        query = parse_qs(parts.query)
        return self.opened(
            unquote(parts.path), query.get("oxen_signature", [""])[0], query.get("oxen_expires", [""])[0]
        )

    def _signature(self, address: str, expires: int) -> str:
        return hmac.new(self._secret, f"{address}:{expires}".encode(), hashlib.sha256).hexdigest()[:40]
