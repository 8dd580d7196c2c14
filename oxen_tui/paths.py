"""Where everything lies on the disk (design.md section 6). A leaf beside settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from oxen_tui.setup_error import SetupError

HOME_VARIABLE = "OXEN_TUI_HOME"
"""Puts configuration, data, cache and state under one folder."""

_APP = "oxen-tui"


class FolderError(SetupError):
    """A folder that the app must write in cannot be made or written."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one user. Nothing is made until `make_folders`."""

    config: Path
    """Settings and credentials: what the user would carry to another machine."""
    data: Path
    """Stores and results: what must not be lost."""
    cache: Path
    """What can be fetched or made again."""
    state: Path
    """The log."""

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.toml"

    @property
    def credentials_file(self) -> Path:
        return self.config / "credentials.toml"

    @property
    def log_file(self) -> Path:
        return self.state / "oxen-tui.log"

    def store_file(self, store_name: str) -> Path:
        """The SQLite file of a place (`Place.store_name`). Demo and real data never share one."""
        return self.data / f"{store_name}.sqlite3"

    def results(self, store_name: str) -> Path:
        """The folder for pictures and clips of that store."""
        return self.data / "results" / store_name

    def attached(self, store_name: str) -> Path:
        """The folder for files that were made to be attached to messages: smaller copies, pasted pictures."""
        return self.data / "attached" / store_name

    def thumbnails(self, store_name: str) -> Path:
        """The folder for small pictures of those results."""
        return self.cache / "thumbnails" / store_name

    def examples(self, store_name: str) -> Path:
        """The folder for what models of that place show of themselves."""
        return self.cache / "examples" / store_name

    def catalogue_file(self, store_name: str) -> Path:
        """The list of models of that place, as it was fetched last."""
        return self.cache / "models" / store_name

    def make_folders(self) -> None:
        """Makes what the app must write in. Not `config`: that may well be read-only until a key is stored.

        Raises:
            FolderError: One cannot be made or written; says which, why, and how to choose another.
        """
        for folder in (self.data, self.cache, self.state):
            make_folder(folder)


def make_folder(folder: Path) -> None:
    """Makes a folder closed to other users, with those above it, and makes sure that it can be written.

    Raises:
        FolderError: It cannot.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(folder, error.strerror or "it cannot be made") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _cannot_write(folder, "it is read-only")


def find_paths(environ: Mapping[str, str] = os.environ) -> Paths:
    """The folders by the platform's own rules, or all under `OXEN_TUI_HOME`."""
    chosen = environ.get(HOME_VARIABLE, "").strip()
    if chosen:
        home = Path(os.path.abspath(os.path.expanduser(chosen)))
        return Paths(home / "config", home / "data", home / "cache", home / "state")
    import platformdirs  # half of what `--version` may cost, so not at the top

    folders = platformdirs.PlatformDirs(_APP, appauthor=False)
    return Paths(folders.user_config_path, folders.user_data_path, folders.user_cache_path, folders.user_state_path)


def _cannot_write(folder: Path, reason: str) -> FolderError:
    return FolderError(
        f"The folder {folder} cannot be written: {reason[:1].lower()}{reason[1:]}",
        f"Make it writable, or set {HOME_VARIABLE} to a folder that is: everything is then kept there.",
    )
