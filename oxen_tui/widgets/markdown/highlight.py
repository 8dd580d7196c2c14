"""Colours for code, one line after the other: a line costs the same however long the code above it is.

Pygments lexes whole texts. Most of its lexers are tables of regular expressions with a stack of states, so the stack
after each line is kept here and the next line goes on from it. The few that work otherwise (JSON, YAML, Ruby) see
each line alone, which they mostly get right; colours that change when the code is complete would be worse.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from oxen_tui.widgets.lines.line import Piece

if TYPE_CHECKING:
    from oxen_tui.widgets.markdown.blocks import Fence

LONGEST_LINE = 1_000
"""Characters; longer lines stay plain. Some of Pygments' expressions take time with the square of the length."""

LONGEST_NAME = 40
"""Characters of a language's name."""

KEPT_FENCES = 64
"""Code blocks whose stacks are kept."""

REWIND = 200
"""Lines that are lexed before one far down in code of which nothing was seen yet."""

Stack = tuple[str, ...]
START: Stack = ("root",)

_COMMENTS = {"/*": "*/", "<!--": "-->"}
"""Comments that span lines. Their mark stands on the stack while they are open; no table has a state of that name."""

_INKS = (
    ("Comment.Preproc", "kw"),
    ("Comment", "comment"),
    ("Keyword", "kw"),
    ("Operator.Word", "kw"),
    ("Name.Function", "fn"),
    ("Name.Class", "fn"),
    ("Name.Decorator", "fn"),
    ("Name.Tag", "fn"),
    ("Name.Attribute", "fn"),
    ("Name.Builtin", "fn"),
    ("Literal.String", "str"),
    ("Literal.Number", "num"),
    ("Generic.Deleted", "err"),
    ("Generic.Inserted", "str"),
    ("Generic.Heading", "strong"),
    ("Generic.Subheading", "kw"),
    ("Generic.Output", "muted"),
)


@lru_cache(maxsize=256)
def _ink(token: str) -> str:
    return next((ink for name, ink in _INKS if token.startswith(f"Token.{name}")), "text")


class Highlighter:
    """The colours of the code blocks shown lately, with the lexer's stack at the beginning of each line."""

    def __init__(self) -> None:
        self._stacks: OrderedDict[int, tuple[Fence, list[Stack | None]]] = OrderedDict()

    def line(self, fence: Fence, number: int, text: str) -> list[Piece]:
        """One line of code in pieces.

        Args:
            number: Of the line in its fence. It may be one further than the lines sealed so far.
            text: The line as it is shown.
        """
        lexer = _lexer(fence.language.lower()[:LONGEST_NAME])
        if lexer is None or not text:
            return [Piece(text, "text")]
        if not _is_table(lexer):
            return _visible(_merged(_alone(lexer, text)))
        stacks = self._stacks_of(fence)
        if len(stacks) <= number:
            self._catch_up(lexer, fence, stacks, number)
        pieces, after = _lex(lexer, text, stacks[number] or START)
        if number < len(fence.lines) and len(stacks) == number + 1:
            stacks.append(after)
        return pieces

    def _stacks_of(self, fence: Fence) -> list[Stack | None]:
        known = self._stacks.get(id(fence))
        if known is None:
            known = self._stacks[id(fence)] = (fence, [START])
            if len(self._stacks) > KEPT_FENCES:
                self._stacks.popitem(last=False)
        else:
            self._stacks.move_to_end(id(fence))
        return known[1]

    def _catch_up(self, lexer: Any, fence: Fence, stacks: list[Stack | None], number: int) -> None:
        """Know the stack at the beginning of a line."""
        if number - len(stacks) > REWIND:
            # Far into long code of which nothing was shown: start a little above, as if it began there.
            stacks.extend([None] * (number - REWIND - len(stacks)))
        while len(stacks) <= number:
            above = fence.lines[len(stacks) - 1].expandtabs(4)
            stacks.append(_lex(lexer, above, stacks[-1] or START)[1])


@lru_cache(maxsize=64)
def _lexer(language: str) -> Any:
    """The lexer for the name after a fence's backticks; None for plain text and for what nobody knows."""
    if not language:
        return None
    # Pygments takes 30 ms to import, so not before the first code block.
    from pygments.lexers import TextLexer, get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    return None if isinstance(lexer, TextLexer) else lexer


def _is_table(lexer: Any) -> bool:
    """Whether a lexer is a table of expressions and nothing else: its stack is then all it knows."""
    from pygments.lexer import ExtendedRegexLexer, RegexLexer

    return isinstance(lexer, RegexLexer) and not isinstance(lexer, ExtendedRegexLexer)


def _alone(lexer: Any, text: str) -> Iterator[Piece]:
    """A line lexed as if it were all there is."""
    if len(text) > LONGEST_LINE:
        yield Piece(text, "text")
        return
    for _, token, value in lexer.get_tokens_unprocessed(text + "\n"):
        yield Piece(value, _ink(str(token)))


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours in one ink put together: fewer pieces are drawn faster."""
    text, ink = "", ""
    for value, each, _ in pieces:
        if each == ink or value.isspace():
            text += value
            ink = ink or each
            continue
        if text:
            yield Piece(text, ink)
        text, ink = value, each
    if text:
        yield Piece(text, ink)


def _visible(pieces: Iterable[Piece]) -> list[Piece]:
    """Without the newline that a lexer needs at the end."""
    shown = [Piece(text.rstrip("\n"), ink) for text, ink, _ in pieces]
    return [piece for piece in shown if piece.text] or [Piece("", "text")]


def _lex(lexer: Any, text: str, stack: Stack) -> tuple[list[Piece], Stack]:
    """The pieces of one line and the stack after it."""
    if len(text) > LONGEST_LINE:
        return [Piece(text, "text")], stack
    before: list[Piece] = []
    if stack[-1] in _COMMENTS:
        close = _COMMENTS[stack[-1]]
        end = text.find(close)
        if end < 0:
            return [Piece(text, "comment")], stack
        end += len(close)
        before, text, stack = [Piece(text[:end], "comment")], text[end:], stack[:-1]
    for mark, close in _COMMENTS.items():
        at = text.rfind(mark)
        if at >= 0 and text.find(close, at + len(mark)) < 0:
            # Most tables read such a comment with one expression, which finds no end in this line. Give it one.
            pieces, after = _lex_line(lexer, text + close, stack)
            if _begins_comment(pieces, text, at):
                return before + _shortened(pieces, len(close)), (*after, mark)
    pieces, after = _lex_line(lexer, text, stack)
    return before + pieces, after


def _lex_line(lexer: Any, text: str, stack: Stack) -> tuple[list[Piece], Stack]:
    states = list(stack)
    return _visible(_merged(_run(lexer, text + "\n", states))), tuple(states)


def _begins_comment(pieces: list[Piece], text: str, at: int) -> bool:
    """Whether a comment begins there: not code that looks so, and not within a comment of another kind."""
    if _ink_at(pieces, at) != "comment":
        return False
    above = text[:at].rstrip()
    return above.endswith(tuple(_COMMENTS.values())) or not above or _ink_at(pieces, len(above) - 1) != "comment"


def _ink_at(pieces: list[Piece], at: int) -> str:
    for piece in pieces:
        if at < len(piece.text):
            return piece.ink
        at -= len(piece.text)
    return ""


def _shortened(pieces: list[Piece], by: int) -> list[Piece]:
    """Without the last characters, which are all in the last piece."""
    last = pieces[-1]
    return [*pieces[:-1], Piece(last.text[:-by], last.ink)]


def _run(lexer: Any, text: str, states: list[str]) -> Iterator[Piece]:
    """The loop of `RegexLexer`, with the stack left in `states`."""
    rules: dict[str, list[tuple[Callable[[str, int], re.Match[str] | None], Any, Any]]] = lexer._tokens
    at = 0
    while at < len(text):
        for match_rule, action, new_state in rules[states[-1]]:
            found = match_rule(text, at)
            if found is None:
                continue
            if action is not None:
                if isinstance(action, tuple):  # a token type is a tuple, and callable
                    yield Piece(found[0], _ink(str(action)))
                else:
                    for _, token, value in action(lexer, found):
                        if value:
                            yield Piece(value, _ink(str(token)))
            at = found.end()
            _go(states, new_state)
            break
        else:
            if text[at] == "\n":
                states[:] = START
            yield Piece(text[at], "text")
            at += 1


def _go(states: list[str], new: Any) -> None:
    for state in new if isinstance(new, tuple) else () if new is None else (new,):
        if isinstance(state, int):
            del states[max(1, len(states) + state) :]
        elif state == "#pop":
            del states[max(1, len(states) - 1) :]
        elif state == "#push":
            states.append(states[-1])
        else:
            states.append(state)
