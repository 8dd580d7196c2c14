"""Values of a TOML file, checked, with the file and the line in what is said about them. A leaf."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from oxen_tui.safe_text import clean_line
from oxen_tui.setup_error import SetupError
from oxen_tui.toml_text import Document, line_of

_TYPES = {str: "a string", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
_MOST = 1_000_000


class SettingsError(SetupError):
    """The settings file cannot be read, understood or written."""


class TomlValues:
    """One look at a parsed file: checks types, collects warnings, and knows the lines for both."""

    def __init__(self, text: str, file: Path) -> None:
        """
        Args:
            text: Of the file, for the lines.
            file: Only named.
        """
        self.warnings: list[str] = []
        """A sentence for each thing that is not understood."""
        self._text = text
        self._file = file

    def word(self, document: Document, words: tuple[str, ...], key: str) -> str:
        """One of some words; the first of them where nothing is said."""
        value = self.value(document, str, words[0], key)
        if value not in words:
            raise self.error(f"is one of {', '.join(words)}", key)
        return str(value)

    def amount(self, document: Document, key: str) -> float:
        """US dollars, written with or without a point; 0 where nothing is said."""
        value = document.get(key, 0)
        if type(value) not in (int, float):
            raise self.error(
                f"is an amount of dollars such as 2.50, not {_TYPES.get(type(value), 'a date or time')}", key
            )
        if not (math.isfinite(value) and 0 <= value <= _MOST):
            raise self.error(f"is an amount of dollars from 0 to {_MOST:,}; 0 is none", key)
        return float(value)

    def value(self, table: Document, kind: type, default: Any, *path: str) -> Any:
        """A value of exactly that type, or the default where nothing is said."""
        value = table.get(path[-1], default)
        if type(value) is not kind:
            found = _TYPES.get(type(value), "a date or time")
            raise self.error(f"is {_TYPES[kind]}, not {found}", *path)
        return value

    def warn_of_unknown(self, table: Document, known: list[str], *path: str) -> None:
        """Warns of every name in a table that is not known, with the one that may be meant."""
        for name in table:
            if name in ("key", "api_key", "token"):
                self.warn("keys do not belong in this file: type /connect instead, and take it out", *path, name)
            elif name not in known:
                import difflib

                close = difflib.get_close_matches(name, known, 1)
                self.warn("not known" + (f", perhaps {close[0]} was meant" if close else ""), *path, name)

    def warn(self, words: str, *path: str) -> None:
        """Adds a warning about the value at a path."""
        self.warnings.append(f"{self.place(path)}: {words}")

    def error(self, words: str, *path: str) -> SettingsError:
        """The error to raise about the value at a path."""
        return SettingsError(
            f"{self.place(path)} {words}", "Mend it, or move the file away to start with the defaults."
        )

    def place(self, path: tuple[str, ...]) -> str:
        """File, line and name of a value."""
        line = line_of(self._text, *path)
        return f"{self._file}{f', line {line}' if line else ''}: {clean_line('.'.join(path), 80)}"
