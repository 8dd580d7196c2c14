"""The lines in which a schema is shown: what a widget draws, and what a test reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from oxen_tui.services.schema.fields import Field, Path
from oxen_tui.services.schema.words import type_words


class LineKind(StrEnum):
    """What a line is, which says how it is drawn and whether it may be wrapped."""

    FIELD = "field"
    """Name, type and words: three columns."""
    VALUE = "value"
    """One value of an enum, in a line of its own."""
    TEXT = "text"
    """A description, or a value too long for the field's line. To be wrapped."""
    RAW = "raw"
    """JSON as it came. To be wrapped or cut."""
    NOTE = "note"
    """Something about what is not shown: hidden fields, what lies deeper."""


class Tone(StrEnum):
    """How much a word weighs, and what it is."""

    VALUE = "value"
    """A default, or a value to choose."""
    NOTE = "note"
    """Limits and remarks."""
    STRONG = "strong"
    """Required."""
    TEXT = "text"
    """Descriptions."""
    PRICE = "price"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a line, cleaned."""

    tone: Tone
    text: str


Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SchemaLine:
    """One line of a schema. The width of a place is the widget's business, and so are the glyphs.

    What stands in it is put into words when it is asked for: of five thousand lines a screen draws forty.
    """

    kind: LineKind
    path: Path
    """Of the field it is about; of a NOTE or RAW line that can be folded, its own. The key for folding."""
    name: str
    """Of a FIELD or RAW line, else ""."""
    rails: tuple[bool, ...]
    """For each level above, from the left: whether a line of the tree runs on below it (`│`) or has ended."""
    branch: bool
    """Whether a twig leads to it (`├─` where the last rail runs on, `└─` where not). Else it belongs to the line
    above it."""
    fold: bool | None
    """True when there is more that is folded away, False when that is shown, None when there is none."""
    field: Field | None
    """What it is about, for copying and for forms."""
    say: Callable[[], Words]
    """Makes the words."""

    @property
    def depth(self) -> int:
        return len(self.rails)

    @property
    def type(self) -> str:
        """JSON Schema's words. Of a FIELD line, else ""."""
        return type_words(self.field) if self.kind is LineKind.FIELD and self.field is not None else ""

    @property
    def words(self) -> Words:
        """What stands in it, left to right."""
        return self.say()

    @property
    def text(self) -> str:
        """Everything that stands in the line, without glyphs and columns."""
        return "  ".join(filter(None, (self.name, self.type, *(word.text for word in self.words))))

    def twigs(self, runs: str = "│  ", ended: str = "   ", branch: str = "├─ ", last: str = "└─ ") -> str:
        """The lines of the tree before the text; a widget hands in the glyphs of its terminal."""
        if not self.rails:
            return ""
        before = "".join(runs if runs_on else ended for runs_on in self.rails[:-1])
        if self.branch:
            return before + (branch if self.rails[-1] else last)
        return before + (runs if self.rails[-1] else ended)
