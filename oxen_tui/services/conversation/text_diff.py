"""What two texts have different: line by line (of prose, sentence by sentence), and word by word within those.

Bounded: two texts of 100,000 characters take a fraction of a second. What would take longer is compared more
coarsely, never not at all. Meant for a thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, zip_longest

Runs = tuple[tuple[str, bool], ...]
"""Pieces of a line, and whether each differs from the other text."""

_MOST_PAIRS = 250_000
"""Pairs of lines that are looked at for likeness, over the whole of two texts."""

_MOST_CELLS = 64_000_000
"""Lines of the one times lines of the other, or words, that are compared in one go: 8 MB of bits."""

_LIKE = 0.45
"""Share of words in common from which two lines are one that was changed."""

_SENTENCE = re.compile(r"(?<=[.!?…])[\"')\]*_]*\s+(?=[\"'(\[*_]*[^\W\d_a-zß-ÿ])|(?<=[。！？])")
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_FENCE = re.compile(r"\s*(```|~~~)")


@dataclass(frozen=True, slots=True)
class DiffRow:
    """A line of one text or both."""

    first: Runs | None
    """None where the first text has no such line."""
    second: Runs | None
    same: bool = False
    paired: bool = False
    """Whether both are one line that was changed; else they only stand beside one another."""
    gap: bool = False
    """Whether a blank line stands before it."""


@dataclass(frozen=True, slots=True)
class DiffBlock:
    """Rows one under another that are all the same, or all different."""

    rows: Sequence[DiffRow]

    @property
    def same(self) -> bool:
        return self.rows[0].same

    def in_order(self) -> Iterator[tuple[str, Runs]]:
        """As one list, with what each stands for: ` `, `-` or `+`.

        A line that was changed is followed by what it became; of the others, first all `-` and then all `+`.
        """
        added: list[Runs] = []
        for row in self.rows:
            if row.same or row.paired:
                yield from (("+", runs) for runs in added)
                added = []
            if row.first is not None:
                yield (" " if row.same else "-"), row.first
            if row.second is not None and row.paired:
                yield "+", row.second
            elif row.second is not None and not row.same:
                added.append(row.second)
        yield from (("+", runs) for runs in added)


@dataclass(frozen=True, slots=True)
class TextDiff:
    """Two texts compared."""

    rows: Sequence[DiffRow]
    """From the top down."""
    by_words: bool = True
    """False: too much differs for a look at words; lines are compared, and no more."""

    @property
    def blocks(self) -> Sequence[DiffBlock]:
        """The rows in stretches that are the same, or not."""
        return [DiffBlock(list(rows)) for _, rows in groupby(self.rows, lambda row: row.same)]

    @property
    def changes(self) -> int:
        """Stretches that are not the same in both."""
        return sum(not block.same for block in self.blocks)

    def as_text(self) -> str:
        """For the clipboard: `-` before lines of the first, `+` before those of the second."""
        lines = (f"{sign} {_plain(runs)}" for block in self.blocks for sign, runs in block.in_order())
        return "\n".join(lines)


def diff_texts(first: str, second: str) -> TextDiff:
    """Compare two texts."""
    before, after = _Units(first), _Units(second)
    rows: list[DiffRow] = []
    pairing = _Pairing(_MOST_PAIRS, _MOST_CELLS)
    for same, i, i_end, j, j_end in _stretches(before.keys, after.keys):
        if same:
            rows += [
                DiffRow(((a, False),), ((b, False),), same=True, gap=before.gaps[i + n] or after.gaps[j + n])
                for n, (a, b) in enumerate(zip(before.lines[i:i_end], after.lines[j:j_end], strict=True))
            ]
        else:
            rows += _changed(before, after, (i, i_end, j, j_end), pairing)
    return TextDiff([replace(rows[0], gap=False), *rows[1:]] if rows else [], pairing.by_words)


class _Units:
    """A text in the lines that are compared."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        self.gaps: list[bool] = []
        """Whether a blank line stands before each."""
        gap = in_code = False
        for line in text.splitlines():
            if not line.strip():
                gap = True
                continue
            fence = _FENCE.match(line) is not None
            parted = [line] if in_code or fence else _sentences(line)
            in_code ^= fence
            for part in parted:
                self.lines.append(part.rstrip())
                self.gaps.append(gap)
                gap = False
        self.keys = [" ".join(line.split()) for line in self.lines]
        """What counts as the same: blanks do not."""


@dataclass(slots=True)
class _Pairing:
    """What may still be spent on finding out which lines belong together, and on their words."""

    pairs: int
    cells: int
    by_words: bool = True


def _sentences(line: str) -> list[str]:
    ends = [found.end() for found in _SENTENCE.finditer(line)]
    parts = (line[start:end] for start, end in zip([0, *ends], [*ends, len(line)], strict=True))
    return [part for part in parts if part.strip()]


def _stretches(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Where both are the same and where not, from the top down: whether, and the places in both."""
    from rapidfuzz.distance import Indel

    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    i_end, j_end = len(before) - end, len(after) - end
    if start:
        yield True, 0, start, 0, start
    if (i_end - start) * (j_end - start) > _MOST_CELLS:
        yield False, start, i_end, start, j_end
    elif i_end > start or j_end > start:
        inner_before, inner_after = before[start:i_end], after[start:j_end]
        open_at: tuple[int, int] | None = None
        for step in Indel.opcodes(inner_before, inner_after):
            i, j = step.src_start + start, step.dest_start + start
            if step.tag != "equal":
                open_at = open_at or (i, j)
                continue
            if open_at is not None:
                yield False, open_at[0], i, open_at[1], j
                open_at = None
            yield True, i, step.src_end + start, j, step.dest_end + start
        if open_at is not None:
            yield False, open_at[0], i_end, open_at[1], j_end
    if end:
        yield True, i_end, len(before), j_end, len(after)


def _changed(
    before: _Units, after: _Units, places: tuple[int, int, int, int], pairing: _Pairing
) -> Iterator[DiffRow]:
    """Rows of a stretch that differs: lines that are alike beside one another, the others as they come."""
    i, i_end, j, j_end = places
    pairs = _pairs(before.keys[i:i_end], after.keys[j:j_end], pairing)
    for next_i, next_j in [*((i + a, j + b) for a, b in pairs), (i_end, j_end)]:
        for a, b in zip_longest(range(i, next_i), range(j, next_j)):
            yield DiffRow(
                None if a is None else ((before.lines[a], True),),
                None if b is None else ((after.lines[b], True),),
                gap=(a is not None and before.gaps[a]) or (b is not None and after.gaps[b]),
            )
        if next_i < i_end:
            first, second = _by_words(before.lines[next_i], after.lines[next_j], pairing)
            gap = before.gaps[next_i] or after.gaps[next_j]
            yield DiffRow(first, second, paired=True, gap=gap)
        i, j = next_i + 1, next_j + 1


def _pairs(before: Sequence[str], after: Sequence[str], pairing: _Pairing) -> list[tuple[int, int]]:
    """Places of lines that are alike, ascending in both: those with the most in common, taken together."""
    from rapidfuzz.distance import LCSseq

    tokens_before, tokens_after = ([_tokens(line) for line in lines] for lines in (before, after))

    @cache
    def likeness(a: int, b: int) -> float:
        found = LCSseq.normalized_similarity(tokens_before[a], tokens_after[b], score_cutoff=_LIKE)
        return found if found >= _LIKE else 0.0

    if len(before) * len(after) > pairing.pairs:
        in_place = min(len(before), len(after), pairing.pairs)
        pairing.pairs -= in_place
        return [(place, place) for place in range(in_place) if likeness(place, place)]
    pairing.pairs -= len(before) * len(after)
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for a in range(len(before) - 1, -1, -1):
        row, below = best[a], best[a + 1]
        for b in range(len(after) - 1, -1, -1):
            alike = likeness(a, b)
            row[b] = max(below[b], row[b + 1], below[b + 1] + alike if alike else 0.0)
    pairs: list[tuple[int, int]] = []
    a = b = 0
    while a < len(before) and b < len(after):
        alike = likeness(a, b)
        if alike and best[a][b] == best[a + 1][b + 1] + alike:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def _tokens(line: str) -> list[str]:
    return [token for token in _TOKEN.findall(line) if not token.isspace()]


def _by_words(first: str, second: str, pairing: _Pairing) -> tuple[Runs, Runs]:
    """Two lines with the words set off that differ."""
    from rapidfuzz.distance import Indel

    before, after = _TOKEN.findall(first), _TOKEN.findall(second)
    if len(before) * len(after) > pairing.cells:
        pairing.by_words = False
        return ((first, True),), ((second, True),)
    pairing.cells -= len(before) * len(after)
    marked: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for step in Indel.opcodes(before, after):
        differs = step.tag != "equal"
        marked[0].append(("".join(before[step.src_start : step.src_end]), differs))
        marked[1].append(("".join(after[step.dest_start : step.dest_end]), differs))
    joined = _joined(marked[0], marked[1])
    return _runs(each[0] for each in joined), _runs(each[1] for each in joined)


def _joined(
    first: Sequence[tuple[str, bool]], second: Sequence[tuple[str, bool]]
) -> list[tuple[tuple[str, bool], tuple[str, bool]]]:
    """The steps, with what two changes have between them changed too where it is no word: it would only flicker."""
    steps = list(zip(first, second, strict=True))
    for place in range(1, len(steps) - 1):
        (text, differs), (other, _) = steps[place]
        if not differs and not any(map(str.isalnum, text)) and steps[place - 1][0][1] and steps[place + 1][0][1]:
            steps[place] = ((text, True), (other, True))
    return steps


def _runs(pieces: Iterable[tuple[str, bool]]) -> Runs:
    runs: list[tuple[str, bool]] = []
    for text, differs in pieces:
        if runs and runs[-1][1] == differs:
            runs[-1] = (runs[-1][0] + text, differs)
        elif text:
            runs.append((text, differs))
    return tuple(runs)


def _plain(runs: Runs | None) -> str:
    return "".join(text for text, _ in runs or ())
