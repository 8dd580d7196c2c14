"""The list that opens above the composer while `@` and a path are typed: folders first, then files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oxen_tui.widgets.chat.completion_rows import CompletionRows
from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.row_list import Row

_BLANK = re.compile(r"(\s)")
_ESCAPED = re.compile(r"\\(\s)")


class FileCompletion:
    """Turns what is typed into a path, step by step. Looks at no disk: who hands it the paths does."""

    def __init__(self, composer: Composer, rows: CompletionRows) -> None:
        self._composer = composer
        self._rows = rows
        self._word: str | None = None
        """What the list was made for."""
        self._wanted: str | None = None
        """What was typed last."""
        self._key = ""
        """A key that came before its list."""

    @property
    def is_active(self) -> bool:
        """Whether the list, open or about to be, is one of files."""
        return self._wanted is not None

    def begin(self, word: str | None) -> bool:
        """Another word is typed. Whether paths that go on from it are wanted."""
        if word is None and self.is_active:
            self._open([])
        if word is not None and self._wanted is not None and not self._composer.completing and self._word:
            self._wanted = word  # the user closed the list: it stays closed for this word
            return False
        self._wanted, self._key = word, ""
        if word is None:
            self._word = None
        return word is not None

    def show(self, word: str, paths: Sequence[str]) -> str | None:
        """Paths that go on from a word came.

        Returns:
            The file to attach, where a key that chooses was pressed before.
        """
        if word != self._wanted:
            return None
        self._word = word
        key, self._key = self._key, ""
        if key == "enter" and (not paths or unescaped(word) in paths):
            # It was typed behind what a list stood for before: now there is nothing left to choose.
            self._open([])
            self._composer.action_send()
            return None
        self._open(paths)
        return self.press(key) if key else None

    def press(self, key: str) -> str | None:
        """A key of the list. The file to attach, if the key says so."""
        if self._word != self._wanted:
            self._key = key
            return None
        if self._rows.press(key):
            return None
        return self.choose(self._rows.highlighted)

    def choose(self, path: str) -> str | None:
        """A row: a folder is gone into; of a file, its path."""
        if not path:
            return None
        if path.endswith("/"):
            self._composer.put_for_file_word(f"@{escaped(path)}")
            return None
        self._open([])
        self._wanted = self._word = None
        return path

    def _open(self, paths: Sequence[str]) -> None:
        self._composer.completing = bool(paths)
        self._rows.display = bool(paths)
        if paths:
            self._rows.show([Row(path, _spans(path)) for path in paths], highlight=paths[0])


def escaped(path: str) -> str:
    """A path as it is typed after `@`: blanks would end it."""
    return _BLANK.sub(r"\\\1", path)


def unescaped(word: str) -> str:
    """A path as the disk knows it, of one as it is typed after `@`."""
    return _ESCAPED.sub(r"\1", word)


def _spans(path: str) -> tuple[tuple[str, str], ...]:
    folder, slash, name = path.rstrip("/").rpartition("/")
    is_folder = path.endswith("/")
    sign = glyph("folded") if is_folder else " "
    return (
        (f" {sign} ", "faint"),
        (f"{folder}{slash}", "faint"),
        (name + "/" * is_folder, "muted" if is_folder else "text"),
    )
