r"""How the lines of Markdown begin: the patterns by which a block or a container is known.

CommonMark and GitHub's tables and tasks, and what models write besides: formulas between `$$` or `\[` lines and
footnotes. Patterns are matched at a position of a line whose indentation was taken off, whose tabs are spaces, and
which ends without spaces. None takes more than linear time.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_PARAGRAPH = 2_000
"""Characters. A longer one goes on in a further block, so that drawing the open end of a text stays bounded; a longer
source line is read in parts."""

LONGEST_ROW = 10_000
"""Characters of a line in a table, which is never cut before."""

DEEPEST = 16
"""Containers within each other; more markers are text."""

MOST_BLANK_LINES = 100
"""Within indented code. They wait for code after them, and whatever waits has to be bounded."""

HEADING = re.compile(r"(#{1,6})(?: |$)")
UNDERLINE = re.compile(r"(?:=+|-+)$")
RULE = re.compile(r"([-*_])(?: *\1){2,}$")
FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
LANGUAGE = re.compile(r"[\s{.]*([\w+#.-]*)")
ITEM = re.compile(r"([-*+]|(\d{1,9})([.)]))(?: |$)")
TASK = re.compile(r"\[([ xX])\](?: +|$)")
FORMULA_LINE = re.compile(r"\$\$((?:(?!\$\$).)+)\$\$ *([.,;]?)$|\\\[((?:(?!\\\]).)+)\\\] *([.,;]?)$")
FORMULA = re.compile(r"(\$\$|\\\[) *(\\begin\b.*)?$")
DEFINITION = re.compile(
    r"""\[(?!\^)((?:[^\[\]\\]|\\.){1,200})\]: *(?:<([^<>]*)>|(\S+))(?: +(?:"[^"]*"|'[^']*'|\([^()]*\)))?$"""
)
FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,100}\]:")
HTML = re.compile(r"<(?:[A-Za-z][\w-]*[\s/>]|/[A-Za-z]|!--)")
LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){1,200})\]")

FORMULA_ENDS = {"$$": "$$", r"\[": r"\]"}


def indent_of(line: str, at: int) -> int:
    """Spaces from a position on."""
    end = at
    length = len(line)
    while end < length and line[end] == " ":
        end += 1
    return end - at


def heading_of(content: str) -> str:
    """The text of a heading, without the `#`s that may close it."""
    content = content.strip(" ")
    shorter = content.rstrip("#")
    return shorter.rstrip(" ") if not shorter or shorter.endswith(" ") else content


def without_columns(line: str, columns: int) -> str:
    """A line without so many columns at its beginning, the tabs behind them kept."""
    column = at = 0
    while column < columns and at < len(line):
        column += 4 - column % 4 if line[at] == "\t" else 1
        at += 1
    return " " * (column - columns) + line[at:]


_SENTENCE = re.compile(r"[.!?:;…][)\]*_\"'”’]*[ \n]+|[。！？；]+")
_JOINERS = "\u200d\ufe0f\ufe0e\u200c"


def cut_of(text: str) -> int:
    """Where to part a text that is too long: after a sentence, best outside of any markup, else after a word."""
    start = len(text) // 2
    ends = [found.end() for found in _SENTENCE.finditer(text, start)]
    for end in reversed(ends[-40:]):
        if _balanced(text[:end]):
            return end
    if ends:
        return ends[-1]
    space = max(text.rfind(" ", start), text.rfind("\n", start)) + 1
    return space or _between_letters(text)


def _balanced(text: str) -> bool:
    return text.count("`") % 2 == 0 and text.count("**") % 2 == 0 and text.rfind("[") <= text.rfind("]")


def _between_letters(text: str) -> int:
    """The end of the text, or a little before it: not between a letter and its accent, or the parts of an emoji."""
    cut = len(text) - 1
    for _ in range(20):
        if text[cut] not in _JOINERS and text[cut - 1] != "\u200d" and not unicodedata.combining(text[cut]):
            return cut
        cut -= 1
    return len(text)
