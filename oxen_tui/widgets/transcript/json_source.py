"""The source of an answer that is to be JSON, shown as code: as Markdown its lines would run together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxen_tui.widgets.lines.line import ANSWER, Sheet
from oxen_tui.widgets.markdown.document import Document
from oxen_tui.widgets.markdown.literal import Literal

if TYPE_CHECKING:
    from oxen_tui.widgets.markdown.blocks import Block
    from oxen_tui.widgets.markdown.body import Source
    from oxen_tui.widgets.transcript.turn import Turn

_OPENS = "```json\n"


def source_of(turn: Turn, sheet: Sheet) -> Source:
    """What the text of a turn is read with."""
    if sheet is not ANSWER:
        return Literal()
    return JsonSource() if turn.schema else Document()


class JsonSource:
    """Feeds like `document.Document`. A text that begins otherwise, in prose or a fence of its own, is Markdown."""

    def __init__(self) -> None:
        self._document = Document()
        self._parts: list[str] = []
        self._begun = False

    @property
    def source(self) -> str:
        """All of the text so far."""
        return "".join(self._parts)

    def feed(self, fragment: str) -> list[Block]:
        """Take in some text; gives the blocks that are sealed by it."""
        self._parts.append(fragment)
        if not self._begun:
            fragment = "".join(self._parts).lstrip()
            if not fragment:
                return []
            self._begun = True
            if fragment[0] in "{[":
                fragment = _OPENS + fragment
        return self._document.feed(fragment)

    def tail(self) -> list[Block]:
        """What is still open."""
        return self._document.tail()

    def finish(self) -> list[Block]:
        """The text has ended: gives the last blocks."""
        return self._document.finish()
