r"""The end of a text that is still streaming, made fit to be drawn: as near as can be to what it will become.

A `**` whose other half has not come is closed, a link shows its text while its target arrives, and what may still be
anything (a lone `#`, the first pipe of a table, a backslash) waits for the next fragment.
"""

from __future__ import annotations

import re
import unicodedata

from oxen_tui.widgets.markdown import tables

_LONGEST_UNDECIDED = 200
_LONGEST_CODE = 300
"""Characters after a lone backtick that may be code; more, and it is a backtick."""
_LONGEST_LINK_TEXT = 200

_UNDECIDED = re.compile(
    r"""(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*   # markers that something has to follow
    (?: [-*_=+][-*_= \t]*                   # item, emphasis, rule, underline
      | \d{1,9}[.)]? | \#{1,6}[ \t]* | `{1,2} | `{3,}[^`]* | ~{1,2} | ~{3,}.* | \$\$? | \\\[? | <
      | \[[ xX]?\]?                         # task
      | [-|:][-|: \t]*                       # head or delimiter of a table
    )?""",
    re.VERBOSE,
)


def undecided(part: str) -> bool:
    """Whether the beginning of a line does not tell yet what the line is."""
    return len(part) <= _LONGEST_UNDECIDED and _UNDECIDED.fullmatch(part) is not None


def undecided_in_code(part: str, closer: str) -> bool:
    """Whether the beginning of a line in a fence may become the end of the fence."""
    part = part.strip(" \t>")
    if len(part) <= len(closer):
        return closer.startswith(part)
    return part.startswith(closer) and not part.strip(closer[0])


def closed_row(row: str) -> str:
    """The row of a table with what is open in its last cell closed."""
    start = tables.last_cell(row)
    return row[:start] + closed(row[start:])


_BEGUN = re.compile(
    r"(?:\\|&(?:#?\w{0,10})|(?<!~)~|<(?:/?[A-Za-z][\w-]{0,20}(?::/?|\s?/?)|[/!])?)$|<(?=https?://\S*$)"
)
_MARK = re.compile(r"\\\((?P<formula>)|\\.|`+|\*+|_+|~~+|!?\[|\]", re.DOTALL)
_TICKS = re.compile(r"`+")
_TARGET = re.compile(
    r"""\(\s{0,9}(?:<[^<>\n]*>|[^\s()<]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s{1,9}(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s{0,9}\)"""
)
_TARGET_BEGUN = re.compile(r"""(?:\(\s{0,9}(?:<[^<>\n]*|[^\s<]\S*(?:\s{1,9}(?:["'(].*)?)?)?|\[[^\[\]]*)?$""")
_NO_TARGET = "](<>)"


def closed(text: str) -> str:
    """Inline source with its open emphasis, code and links closed, without what may still become something else."""
    text = _BEGUN.sub("", text.rstrip(), count=1).rstrip()
    text, open_marks = _scan(text)
    while open_marks:
        start, opener, closer = open_marks.pop()
        if start + len(opener) == len(text.rstrip()):
            text = text[:start].rstrip()
        elif closer != _NO_TARGET or (len(text) - start <= _LONGEST_LINK_TEXT and text[start + 1] != "^"):
            text += closer
    return text


_Marks = list[tuple[int, str, str]]
"""Where a mark stands, what it is, what closes it; in the order of the text."""


def _scan(text: str) -> tuple[str, _Marks]:
    open_marks: _Marks = []
    at = 0
    while found := _MARK.search(text, at):
        mark, start, at = found[0], found.start(), found.end()
        if mark[0] == "`":
            end = _end_of_code(text, mark, at)
            if end:
                at = end
            elif len(text) - at <= _LONGEST_CODE:
                shorter = text.rstrip("`") if len(text.rstrip("`")) > at else text
                return shorter, [*open_marks, (start, mark, _code_closer(shorter, mark))]
        elif found["formula"] is not None:
            end = text.find(r"\)", at) + 2
            if end > 1:
                at = end
            elif len(text) - at <= _LONGEST_CODE:
                return text, [*open_marks, (start, mark, r"\)")]
        elif mark[0] in "*_~":
            text = _emphasise(text, start, mark, open_marks)
        elif mark[-1] == "[":
            open_marks.append((start, mark, _NO_TARGET))
        elif mark == "]":
            links = [index for index, entry in enumerate(open_marks) if entry[2] == _NO_TARGET]
            if not links:
                continue
            bracket = open_marks[links[-1]]
            if target := _TARGET.match(text, at):
                at = target.end()
            elif _TARGET_BEGUN.match(text, at) and text[bracket[0] + 1 : bracket[0] + 2] != "^":
                return text[: at - 1] + _NO_TARGET, open_marks[: links[-1]]
            del open_marks[links[-1] :]
    return text, open_marks


def _end_of_code(text: str, ticks: str, at: int) -> int:
    for found in _TICKS.finditer(text, at):
        if found[0] == ticks:
            return found.end()
    return 0


def _code_closer(text: str, ticks: str) -> str:
    return f" {ticks}" if text.endswith("`") else ticks


def _emphasise(text: str, start: int, mark: str, open_marks: _Marks) -> str:
    """Take a run of `*`, `_` or `~` into account; gives the text, without a run at its end that closes nothing."""
    end = start + len(mark)
    before, after = text[start - 1 : start], text[end : end + 1]
    left = bool(after) and not after.isspace() and (not _is_mark(after) or not before or _parts(before))
    right = bool(before) and not before.isspace() and (not _is_mark(before) or not after or _parts(after))
    within_word = left and right and mark[0] == "_" and not _is_mark(before) and not _is_mark(after)
    left_over = len(mark)
    if right and not within_word:
        left_over = _close(mark, open_marks)
    if left_over and not after:
        return text[: end - left_over].rstrip()
    if left and left_over and not within_word:
        open_marks.append((end - left_over, mark[:left_over], mark[:left_over]))
    return text


def _close(mark: str, open_marks: _Marks) -> int:
    """Close what a run can close; gives how much of the run is left over."""
    left_over = len(mark)
    while left_over:
        index = next((i for i in reversed(range(len(open_marks))) if open_marks[i][1][0] == mark[0]), -1)
        if index < 0:
            break
        start, opener, _ = open_marks[index]
        used = min(left_over, len(opener), 2)
        left_over -= used
        del open_marks[index:]
        if len(opener) > used:
            shorter = opener[used:]
            open_marks.append((start, shorter, shorter))
    return left_over


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _parts(character: str) -> bool:
    return character.isspace() or _is_mark(character)
