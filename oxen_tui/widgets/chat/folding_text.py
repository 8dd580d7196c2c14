"""A text area in which long pastes stand as one word each, and are sent whole."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location

from oxen_tui.widgets.chat.folded_paste import FoldedPastes, is_long, kept_as_paste, whole_of
from oxen_tui.widgets.in_parts import InParts
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.tones import tones

_LONGEST_SHOWN = 50_000
"""Characters that a text area takes without holding up a key (12 ms each); of a longer text, all is folded."""


class FoldingText(InParts, TextArea, part=True):
    """Knows three forms of its text: `text` is what is shown, `whole` what is meant, `kept` what goes to the disk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "unfold", "Unfold a long paste", show=False, id="composer.unfold"),
    ]

    class TooLongToUnfold(Message):
        """A paste was to be unfolded that is too long to be written on here."""

    _pastes = FoldedPastes()
    """Those of the text. This one stays empty: the first paste makes another."""

    def put(self, kept: str) -> None:
        """Replace the text by one that was kept, or a whole one, and stand at its end."""
        pastes = FoldedPastes()
        shown = pastes.shown(kept)
        if len(shown) > _LONGEST_SHOWN:
            shown = pastes.shown(kept_as_paste(whole_of(kept)))
        self._pastes = pastes
        self.text = shown
        self.move_cursor(self.document.end)

    @property
    def whole(self) -> str:
        """The text with all of what is shown folded."""
        return self._pastes.whole(self.text)

    @property
    def kept(self) -> str:
        """The same, with marks by which `put` folds it again."""
        return self._pastes.kept(self.text)

    @property
    def length(self) -> int:
        """Characters of the whole."""
        return self._pastes.length_of(self.text)

    def put_edited(self, whole: str) -> None:
        """Replace the text by one that was edited elsewhere; long pastes that are in it as they were stay folded."""
        self.put(self._pastes.refolded(whole))

    def folded(self, pasted: str) -> str:
        """How a paste is shown, from now on: as it is, or as a word where it is long."""
        if not is_long(pasted):
            return pasted
        if not self._pastes:
            self._pastes = FoldedPastes()
        return self._pastes.fold(pasted, self.text)

    def edit(self, edit: Edit) -> EditResult:
        if self._pastes:
            self._spare_folded(edit)
        return super().edit(edit)

    def load_text(self, text: str) -> None:
        if not self._pastes.words_in(text):
            self._pastes = FoldedPastes()
        super().load_text(text)

    def action_unfold(self) -> None:
        """Show the paste at the cursor, or else the first one, as it is."""
        row, column = self.cursor_location
        found = [
            (number, *span)
            for number in range(self.document.line_count)
            for span in self._pastes.words_in(self.document.get_line(number))
        ]
        if not found:
            return
        number, start, end = next(
            (each for each in found if each[0] == row and each[1] <= column <= each[2]), found[0]
        )
        text = self._pastes.text_of(self.document.get_line(number)[start:end])
        if len(text) + len(self.text) > _LONGEST_SHOWN:
            self.post_message(self.TooLongToUnfold())
            return
        result = super().edit(Edit(text, (number, start), (number, end), maintain_selection_offset=False))
        self.move_cursor(result.end_location)

    def get_line(self, line_index: int) -> Text:
        line = super().get_line(line_index)
        for start, end in self._pastes.words_in(line.plain):
            line.stylize(tones(self.app)["cursor"] + tones(self.app)["bold"], start, end)
        return line

    def _spare_folded(self, edit: Edit) -> None:
        """Let an edit take the word of a paste as a whole, or leave it: half of one would stand for nothing."""
        top, bottom = edit.top, edit.bottom
        start, end = self._word_round(top), self._word_round(bottom)
        if top == bottom:
            start = (start[1], start[1]) if start is not None else None
        edit.from_location = top if start is None else start[0]
        edit.to_location = bottom if end is None else end[1]

    def _word_round(self, place: Location) -> tuple[Location, Location] | None:
        """Where the word begins and ends that a place stands within."""
        row, column = place
        words = self._pastes.words_in(self.document.get_line(row))
        return next((((row, start), (row, end)) for start, end in words if start < column < end), None)
