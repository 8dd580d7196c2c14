"""Every sign that is drawn, with a plain one beside it for terminals that draw the first kind two cells wide.

The table is chosen once, when the app starts, and read when something is drawn.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple


class Glyphs(NamedTuple):
    """One cell each, unless it is said otherwise."""

    waiting: str = "○"
    running: str = "◐"
    saving: str = "↓"
    done: str = "✓"
    failed: str = "✕"
    cancelled: str = "–"
    unknown: str = "?"
    chat: str = "≡"
    image: str = "▣"
    video: str = "▷"
    audio: str = "♪"
    other: str = "◇"
    folded: str = "▸"
    opened: str = "▾"
    bar: str = "▌"
    """Focus and selection, at the left edge of a cell."""
    edge_bar: str = "▐"
    """The same where a surface begins in the next cell."""
    corner_top: str = "▗"
    """The end of `edge_bar` in a half-row edge, above and below."""
    corner_bottom: str = "▝"
    half_top: str = "▄"
    """The half-row edge above a surface, and the one below it."""
    half_bottom: str = "▀"
    mark: str = "▍"
    """Ends a text that still streams."""
    caret: str = "▏"
    branch_left: str = "‹"
    branch_right: str = "›"
    marked: str = "●"
    favourite: str = "★"
    bar_done: str = "━"
    bar_left: str = "─"
    bar_slow: str = "┄"
    less: str = "−"
    more: str = "+"
    dot: str = "·"
    """Separates facts in one line."""
    ellipsis: str = "…"
    times: str = "×"
    down: str = "↓"
    bullet: str = "•"
    rule: str = "─"
    quote: str = "▎"
    task_open: str = "[ ]"
    """Three cells, as `task_done`."""
    task_done: str = "[✓]"
    branch: str = "├─"
    """Two cells: a child in a tree, and the last one."""
    last_branch: str = "└─"
    box: str = "┌┐└┘─│"
    """Six cells: the corners from the top left on, then the lines across and down."""


UNICODE = Glyphs()

ASCII = Glyphs(
    waiting=".",
    running="*",
    saving="v",
    done="=",
    failed="x",
    cancelled="-",
    unknown="?",
    chat="C",
    image="I",
    video="V",
    audio="A",
    other="O",
    folded="+",
    opened="-",
    bar=">",
    edge_bar=">",
    corner_top=" ",
    corner_bottom=" ",
    half_top=" ",
    half_bottom=" ",
    mark="_",
    caret="|",
    branch_left="<",
    branch_right=">",
    marked="#",
    favourite="*",
    bar_done="=",
    bar_left="-",
    bar_slow=".",
    less="-",
    more="+",
    dot=",",
    ellipsis="..",
    times="x",
    down="v",
    bullet="*",
    rule="-",
    quote="|",
    task_open="[ ]",
    task_done="[x]",
    branch="|-",
    last_branch="`-",
    box="++++-|",
)

_in_use = UNICODE


def choose(setting: str, encoding: str = "utf-8") -> Glyphs:
    """The table for a setting (`auto`, `unicode` or `ascii`) and the encoding of the terminal.

    `auto` takes ASCII where the encoding cannot carry the signs. An encoding nobody knows counts as such.
    """
    if setting == "ascii":
        return ASCII
    if setting == "unicode":
        return UNICODE
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return ASCII
    return UNICODE if name.startswith("utf") else ASCII


def use(glyphs: Glyphs) -> None:
    """Let everything that is drawn from now on use this table. Called once, before the first widget is made."""
    global _in_use
    _in_use = glyphs


def in_use() -> Glyphs:
    """The table that was chosen."""
    return _in_use


def glyph(name: str) -> str:
    """One sign of the table in use, by its field."""
    sign: str = getattr(_in_use, name)
    return sign
