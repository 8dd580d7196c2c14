"""The Markdown answers that are streamed: the same text for the same order, so that runs can be compared.

An order is the whole prompt, such as `t=2000 r=200 c=1 k=list s=a1b2`. The answer starts with a heading that holds
`AQa1b2QA` and ends with a line `ZQa1b2QZ`: the harness looks for the two on the screen.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

WORDS = (  # noqa: SIM905 - forty words in quotes are hard to read
    "a slow link shows each frame late so a program that paints only what has changed feels quick while another that "
    "paints all of it again lags behind the reader who waits with both hands over the keys and looks for the end"
).split()

_PIECE = re.compile(r"\n+| *\w{1,6}| *[^\w\s]+| +")
_FORM = re.compile(r"t=(\d+) r=(\d+) c=(\d+) k=(\w+) s=(\w+)")

OF_TOKENS = 20_000
"""A last block has its full size in an answer of this many tokens; in others it is in proportion."""
LIST_ITEMS = 300
TABLE_ROWS = 100
CODE_LINES = 2_000
PARAGRAPH_WORDS = 4_000


class Last(StrEnum):
    """What an answer ends with, before its last line."""

    MIXED = "mixed"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Order:
    """What a prompt asks of the server."""

    tokens: int
    """Tokens of the answer, about four characters each."""
    rate: int
    """Tokens per second; 0 is as fast as the connection takes them."""
    sid: str
    """Tells this answer from all others of the run."""
    last: Last = Last.MIXED
    chunk: int = 1
    """Tokens in one event."""

    @property
    def prompt(self) -> str:
        return f"t={self.tokens} r={self.rate} c={self.chunk} k={self.last} s={self.sid}"

    @property
    def opening(self) -> str:
        """What the first token of the answer shows."""
        return f"AQ{self.sid}QA"

    @property
    def ending(self) -> str:
        """What the last token of the answer shows."""
        return f"ZQ{self.sid}QZ"

    @classmethod
    def of(cls, prompt: str) -> Order | None:
        """The order that `prompt` is; None when it says anything else, as a request for a title does."""
        match = _FORM.fullmatch(prompt.strip())
        if match is None:
            return None
        tokens, rate, chunk, last, sid = match.groups()
        return cls(int(tokens), int(rate), sid, Last(last), max(1, int(chunk)))


def answer(order: Order) -> list[str]:
    """The tokens of the answer to `order`, exactly as many as it says (3 at least)."""
    source = random.Random(11)
    closing = [f"\n\n{order.ending}\n"]
    if order.last is not Last.MIXED:
        closing = ["\n\n", *_PIECE.findall(_last_block(order.last, order.tokens / OF_TOKENS, source)), *closing]
    tokens = [f"# Answer {order.opening}\n\n"]
    room = max(3, order.tokens) - len(closing)
    for block in _mixed_blocks(source):
        pieces = _PIECE.findall(block)
        if len(tokens) + len(pieces) > room:
            break
        tokens += pieces
    tokens += [" " + source.choice(WORDS)[:6] for _ in range(room - len(tokens))]
    return tokens + closing


def _prose(source: random.Random, words: int) -> str:
    return " ".join(source.choice(WORDS) for _ in range(words)).capitalize() + "."


def _mixed_blocks(source: random.Random) -> Iterator[str]:
    """Headings, paragraphs, lists, code, links, tables and quotes in turn, without end."""
    number = 0
    while True:
        number += 1
        yield f"## Part {number}\n\n{_prose(source, 24)} **{_prose(source, 3)}** Then `part_{number}` stops.\n\n"
        yield "".join(f"- point {row}: {_prose(source, 8)}\n" for row in range(5)) + "\n"
        yield f"```python\n{''.join(line + chr(10) for line in _code(source, 6))}```\n\n"
        link = f"[part {number}](http://127.0.0.1/{number})"
        yield f"{_prose(source, 28)} {link} *{_prose(source, 4)}* {_prose(source, 14)}\n\n"
        yield _table(source, 5) + "\n"
        steps = "".join(f"{row + 1}. {_prose(source, 9)}\n" for row in range(3))
        yield f"{steps}\n> {_prose(source, 14)}\n\n"


def _last_block(last: Last, share: float, source: random.Random) -> str:
    if last is Last.LIST:
        return "".join(f"- point {row}: {_prose(source, 8)}\n" for row in range(round(LIST_ITEMS * share)))
    if last is Last.TABLE:
        return _table(source, round(TABLE_ROWS * share))
    if last is Last.CODE:
        return "```python\n" + "".join(line + "\n" for line in _code(source, round(CODE_LINES * share))) + "```"
    return _prose(source, round(PARAGRAPH_WORDS * share))


def _table(source: random.Random, rows: int) -> str:
    body = "".join(f"| row {row} | {source.randint(1, 999)} | {_prose(source, 4)} |\n" for row in range(rows))
    return "| name | count | note |\n| --- | ---: | --- |\n" + body


def _code(source: random.Random, lines: int) -> list[str]:
    made: list[str] = []
    while len(made) < lines:
        made += [
            f"def part_{len(made)}(value):",
            f"    total = {source.randint(1, 99)}  # a start",
            '    total += value + len("ab")',
            "    return total",
        ]
    return made[:lines]
