"""Finding, storing and forgetting API keys. A key belongs to an origin and is used nowhere else."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from oxen_tui.api.secret import Secret
from oxen_tui.atomic import write_whole
from oxen_tui.safe_text import clean_line
from oxen_tui.services.server.base_url import host_of, is_unencrypted, origin_of
from oxen_tui.setup_error import SetupError
from oxen_tui.system_words import why
from oxen_tui.toml_text import Document, line_in_error

KEY_VARIABLE = "OXEN_API_KEY"

_LARGEST = 1_000_000  # bytes of a credentials file
_LONGEST_KEY = 8_000  # characters; servers refuse longer header lines


class CredentialsError(SetupError):
    """A key cannot be read, used or stored. Never holds a key."""


class KeySource(StrEnum):
    """Where a key was found."""

    ENVIRONMENT = "environment"
    STORED = "stored"
    OXEN_CLI = "oxen cli"


class FoundKey(NamedTuple):
    """A key and where it is from."""

    secret: Secret
    source: KeySource
    where: str
    """The environment variable or the file, for showing."""


class Credentials:
    """The keys of this user: the environment, our own file, and the file of the `oxen` command."""

    def __init__(self, file: Path, environ: Mapping[str, str] = os.environ) -> None:
        """
        Args:
            file: Our own file; need not exist.
            environ: For keys, and for `OXEN_CONFIG_DIR` and `HOME`, under which the `oxen` command has its file.
        """
        self._file = file
        self._environ = environ
        self.warnings: list[str] = []
        """What was mended or passed over while looking, one sentence each."""

    def find(self, base_url: str, variable: str | None = KEY_VARIABLE) -> FoundKey | None:
        """The key for a base URL: from the environment, our file, or that of the `oxen` command, in this order.

        Args:
            base_url: Where the key will be sent.
            variable: The environment variable whose key belongs to this URL, None for none. The caller decides,
                because a variable does not say which server its key is for. An empty variable counts as none.

        Raises:
            CredentialsError: The key cannot be sent as it is, or our file cannot be read.
        """
        if variable and (value := self._environ.get(variable, "").strip()):
            return FoundKey(_checked(value, variable), KeySource.ENVIRONMENT, variable)
        stored = self._read().get(origin_of(base_url))
        if isinstance(stored, dict) and isinstance(stored.get("key"), str) and stored["key"].strip():
            return FoundKey(_checked(stored["key"], str(self._file)), KeySource.STORED, str(self._file))
        return self._of_oxen_cli(base_url)

    def store_key(self, base_url: str, secret: Secret) -> None:
        """Stores a key for the origin of a base URL, readable by this user alone, in place of an older one.

        Raises:
            CredentialsError: It is no key, or the file cannot be written (it is then unchanged).
        """
        checked = _checked(secret.reveal(), "What was typed")
        origins = self._read()
        origins[origin_of(base_url)] = {"key": checked.reveal()}
        self._write(origins)

    def _read(self) -> Document:
        """Our file's keys by origin. Errors never hold text of the file: a broken line may be the key."""
        try:
            self._close_to_others()
            with self._file.open("rb") as stream:
                content = stream.read(_LARGEST)
            origins: Any = tomllib.loads(content.decode()).get("origins", {})
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            raise CredentialsError(
                f"{self._file} cannot be read: {why(error)}",
                f"Make it readable, or set {KEY_VARIABLE}; `oxen-tui --demo` starts without a key.",
            ) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            line = line_in_error(error) if isinstance(error, tomllib.TOMLDecodeError) else None
            raise CredentialsError(
                f"{self._file}{f', line {line}' if line else ''}: not valid TOML",
                "Mend that line, or delete the file and connect again; `oxen-tui --demo` starts without a key.",
            ) from None
        return origins if isinstance(origins, dict) else {}

    def _close_to_others(self) -> None:
        """Takes away what other users may do with the file, which another program or a copy may have given them."""
        if os.name != "posix" or not (mode := self._file.stat().st_mode & 0o777) & 0o077:
            return
        self._file.chmod(0o600)
        self.warnings.append(
            f"Other users could read {self._file} (mode {mode:o}). It is closed now; if others use this machine, "
            "make a new key on oxen.ai."
        )

    def _write(self, origins: Document) -> None:
        import tomli_w

        head = "# Keys for oxen-tui, one for each server. Keep this file to yourself.\n\n"
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._file, (head + tomli_w.dumps({"origins": origins})).encode(), mode=0o600)
        except OSError as error:
            raise CredentialsError(
                f"The key cannot be stored in {self._file.parent}: {why(error)}",
                f"It holds until the end of this session. Make the folder writable, or set {KEY_VARIABLE}.",
            ) from None

    def _of_oxen_cli(self, base_url: str) -> FoundKey | None:
        """The key that the `oxen` command stored for this host (contract section 1). Its mistakes only warn."""
        if is_unencrypted(base_url):
            return None  # its file names hosts without a scheme; an unencrypted one was hardly meant
        file = self._oxen_cli_file()
        try:
            with file.open("rb") as stream:
                hosts: Any = tomllib.loads(stream.read(_LARGEST).decode()).get("host_configs", [])
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
            self.warnings.append(f"{file} cannot be read, so a key of the oxen command is not used.")
            return None
        wanted = host_of(base_url)
        for host in hosts if isinstance(hosts, list) else []:
            token = host.get("auth_token") if isinstance(host, dict) else None
            if isinstance(token, str) and token.strip() and str(host.get("host", "")).lower() == wanted:
                return FoundKey(_checked(token, str(file)), KeySource.OXEN_CLI, str(file))
        return None

    def _oxen_cli_file(self) -> Path:
        folder = self._environ.get("OXEN_CONFIG_DIR", "").strip()
        home = self._environ.get("HOME") or os.path.expanduser("~")
        return (Path(folder) if folder else Path(home, ".config", "oxen")) / "auth_config.toml"


def _checked(value: str, where: str) -> Secret:
    """A key that can go into a header line. Its form is not documented, so nothing more is asked of it."""
    secret = Secret(value)
    if not secret.sendable or len(value) > _LONGEST_KEY:
        fault = "it has spaces, line breaks or letters that no key has" if secret else "it is empty"
        raise CredentialsError(
            f"{clean_line(where)} holds no API key: {fault}", "Copy the key again from your settings on oxen.ai."
        )
    return secret
