"""Long pastes, shown as one word where a question is written: `[Pasted #1: 120 lines, 5.2 KB]`. Sent whole.

A text has three forms. *Shown* is what stands in the composer, with a word for each paste. *Whole* is what is sent.
*Kept* is what goes to the disk: whole, with marks round each paste, so that it is folded again when it comes back.
The marks are control characters, which no text has that was cleaned.
"""

from __future__ import annotations

import re

from oxen_tui.file_size import file_size
from oxen_tui.widgets.wording import counted

_OPEN, _CLOSE = "\x02", "\x03"
_KEPT = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_WORD = re.compile(r"\[Pasted #\d+: [^\[\]\n]+\]")

_MOST_LINES = 12
_MOST_CHARACTERS = 2_000


def is_long(text: str) -> bool:
    """Whether a paste would take the composer away from what is written round it."""
    return len(text) > _MOST_CHARACTERS or text.count("\n") >= _MOST_LINES


def whole_of(kept: str) -> str:
    """What is sent of a text that was kept."""
    return kept.replace(_OPEN, "").replace(_CLOSE, "")


def kept_as_paste(text: str) -> str:
    """A text, kept so that all of it is shown folded."""
    return f"{_OPEN}{whole_of(text)}{_CLOSE}"


class FoldedPastes:
    """The pastes of one composer, by the words that stand for them."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._texts)

    def fold(self, text: str, beside: str | None = None) -> str:
        """The word that stands for a paste from now on.

        Args:
            text: The paste.
            beside: What is shown already; a number is taken that is free there. None is: another one than all before.
        """
        lines = counted(text.count("\n") + (not text.endswith("\n")), "line")
        number = len(self._texts) if beside is None else 0
        word = ""
        # A word that undo may bring back keeps its meaning.
        while not word or self._texts.get(word, text) != text or f"[Pasted #{number}:" in (beside or ""):
            number += 1
            word = f"[Pasted #{number}: {lines}, {file_size(len(text.encode()))}]"
        self._texts[word] = text
        return word

    def shown(self, kept: str) -> str:
        """A kept text as it is shown. What was folded before is forgotten."""
        self._texts = {}
        return whole_of(_KEPT.sub(lambda found: self.fold(found[1]), kept)) if _OPEN in kept else kept

    def whole(self, shown: str) -> str:
        """What is sent of a text that is shown."""
        return _WORD.sub(lambda found: self._texts.get(found[0], found[0]), shown) if self._texts else shown

    def kept(self, shown: str) -> str:
        """What is kept of it."""
        if not self._texts:
            return shown
        return _WORD.sub(
            lambda found: kept_as_paste(self._texts[found[0]]) if found[0] in self._texts else found[0], shown
        )

    def refolded(self, whole: str) -> str:
        """A text that was whole for a while, kept so that the pastes that still stand in it are folded again."""
        for text in sorted(self._texts.values(), key=len, reverse=True):
            before, found, after = whole.partition(text)
            if found and before.count(_OPEN) == before.count(_CLOSE):  # else it stands in a longer one
                whole = f"{before}{kept_as_paste(text)}{after}"
        return whole

    def text_of(self, word: str) -> str:
        """The paste that a word stands for."""
        return self._texts[word]

    def length_of(self, shown: str) -> int:
        """Characters of the whole."""
        words = self.words_in(shown)
        return len(shown) + sum([len(self._texts[shown[start:end]]) - (end - start) for start, end in words])

    def words_in(self, line: str) -> list[tuple[int, int]]:
        """Where words that stand for pastes begin and end."""
        if not self._texts:
            return []
        return [found.span() for found in _WORD.finditer(line) if found[0] in self._texts]


def in_words(kept: str) -> str:
    """A kept text in which each paste is a word, to be read in a list."""
    return FoldedPastes().shown(kept)
