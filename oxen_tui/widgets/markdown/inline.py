"""What stands within a line of Markdown: emphasis, code, links. Text in, spans out; knows no cells and no colours.

Most of what models write is plain words with a bold name or a bit of code, so one regular expression reads that; all
else goes to markdown-it's inline parser. Both give the same spans (a test holds them together), the first does it
five times faster, which counts because the open end of an answer is parsed again for every frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from oxen_tui.safe_text import clean, clean_line

if TYPE_CHECKING:  # loaded with the first text that needs it: 30 ms that the start of the app would pay
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LONGEST = 2_000
"""Characters handed to markdown-it in one piece: its worst cases grow with the square of the length."""

NO_STYLES: frozenset[str] = frozenset()
NO_REFERENCES: Mapping[str, str] = {}


class Span(NamedTuple):
    """A stretch of text in one look. A newline in it is a break that the source asks for."""

    text: str
    styles: frozenset[str] = NO_STYLES
    """Any of `strong`, `emphasis`, `strike`, `code`, `link`."""
    href: str = ""
    """The target of a link. Empty in a link whose target is still to come (the end of a streaming text)."""


def parse_inline(text: str, references: Mapping[str, str] = NO_REFERENCES) -> list[Span]:
    """The spans of a paragraph, a heading or a table cell.

    Args:
        text: Inline source; its lines are parted by newlines.
        references: Targets of `[text][label]` by label, as `Block.references` has them.
    """
    return list(_parse(text, tuple(references.items())))


def plain_text(text: str, references: Mapping[str, str] = NO_REFERENCES) -> str:
    """What a reader sees of some inline source, without its looks."""
    return "".join([span.text for span in _parse(text, tuple(references.items()))])


@lru_cache(maxsize=1_024)
def _parse(text: str, references: tuple[tuple[str, str], ...]) -> tuple[Span, ...]:
    spans = _read_simple(text)
    if spans is None:
        spans = [span for piece in _pieces(text) for span in _read(piece, references)]
    return tuple(_linked(_joined(spans)))


# The quick way: plain text, `code`, **strong** and *emphasis*, none within another.

_WORDS = r"[^\\`*_\[<&~]"
_SIMPLE = re.compile(
    rf"""(?P<text>(?: {_WORDS}
        | (?<=[^\W_])_+(?=[^\W_])               # snake_case
        | (?<=\s)\*(?=\s)
        | <(?![A-Za-z/!?]) | &(?![#A-Za-z]) | (?<!~)~(?!~) | \\(?=[A-Za-z0-9])
        )+ )
    | (?<!`)`(?P<code>[^`\n]+)`(?!`)
    | (?<!\*)\*\*(?=[^\W_])(?P<strong>(?:(?!\n){_WORDS})+)(?:(?<=[^\W_])|(?<=[:.,!?)])(?=\*\*(?:\s|$)))\*\*(?!\*)
    | (?<!\*)\*(?=[^\W_])(?P<emphasis>(?:(?!\n){_WORDS})+)(?<=[^\W_])\*(?!\*)""",
    re.VERBOSE,
)
_BREAK = re.compile(r"( *)\n *")
_STYLES = {name: frozenset({name}) for name in ("code", "strong", "emphasis")} | {"text": NO_STYLES}


def _break(found: re.Match[str]) -> str:
    return "\n" if len(found[1]) > 1 else " "


def _read_simple(text: str) -> list[Span] | None:
    spans, at = [], 0
    while at < len(text):
        found = _SIMPLE.match(text, at)
        if found is None:
            return None
        name = found.lastgroup or "text"
        content = found[name]
        if name == "code":
            content = _unpadded(content)
        elif "\n" in content:
            content = _BREAK.sub(_break, content)
        spans.append(Span(content, _STYLES[name]))
        at = found.end()
    return spans


def _unpadded(code: str) -> str:
    return code[1:-1] if code[0] == code[-1] == " " and code.strip(" ") else code


# The thorough way.


def _formula(state: StateInline, silent: bool) -> bool:
    r"""`\( ... \)`: shown as it is, else the backslashes in it would be taken for escapes."""
    if not state.src.startswith(r"\(", state.pos):
        return False
    end = state.src.find(r"\)", state.pos + 2, state.pos + 500)
    if end <= state.pos + 2:
        return False
    if not silent:
        state.push("code_inline", "code", 0).content = state.src[state.pos + 2 : end].strip()
    state.pos = end + 2
    return True


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable("strikethrough")
    parser.inline.ruler.before("escape", "formula", _formula)
    return parser


_OPENS = {"strong_open": "strong", "em_open": "emphasis", "s_open": "strike", "link_open": "link"}
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def _read(text: str, references: tuple[tuple[str, str], ...]) -> Iterator[Span]:
    from markdown_it.common.utils import normalizeReference

    known = {normalizeReference(label): {"href": href, "title": ""} for label, href in references}
    open_styles: list[str] = []
    href = ""
    for token in _parser().parseInline(text, {"references": known})[0].children or ():
        style = _OPENS.get(token.type)
        if style:
            open_styles.append(style)
            href = clean_line(str(token.attrGet("href") or ""), 2_000) if style == "link" else href
        elif token.type.endswith("_close"):
            # Tokens are nested in good order, so the last one opened is the one that closes.
            if open_styles.pop() == "link":
                href = ""
        elif token.type == "image":
            target = clean_line(str(token.attrGet("src") or ""), 2_000)
            yield Span(_alternative(token) or target, frozenset({*open_styles, "link"}), target)
        else:
            styles = frozenset((*open_styles, "code")) if token.type == "code_inline" else frozenset(open_styles)
            yield Span(_shown(token), styles, href)


def _shown(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak" or (token.type == "html_inline" and _LINE_BREAK.fullmatch(token.content)):
        return "\n"
    # Numeric entities can name what the border took out of the raw text: direction marks, terminal controls.
    return clean(token.content)


def _alternative(image: Token) -> str:
    return "".join([_shown(child) for child in image.children or ()])


def _pieces(text: str) -> Iterator[str]:
    while len(text) > LONGEST:
        cut = text.rfind(" ", 0, LONGEST) + 1 or LONGEST
        yield text[:cut]
        text = text[cut:]
    yield text


# Both ways end here.

_ADDRESS = re.compile(r"(?<![\w/@.])(?:https?://|www\.)[^\s<>`]+", re.IGNORECASE)
_NOT_AT_THE_END = "?!.,:;*_~'\"|”’"


def _joined(spans: list[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in spans:
        if not span.text:
            continue
        if last and last.styles == span.styles and last.href == span.href:
            last = Span(last.text + span.text, span.styles, span.href)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def _linked(spans: Iterator[Span]) -> Iterator[Span]:
    """Bare addresses in the text become links, as GitHub has it."""
    for span in spans:
        at = 0
        if "link" not in span.styles and "code" not in span.styles:
            for found in _ADDRESS.finditer(span.text):
                address = _trimmed(found[0])
                if address.endswith(("//", "www")):
                    continue
                if found.start() > at:
                    yield Span(span.text[at : found.start()], span.styles)
                href = address if "://" in address[:8] else f"http://{address}"
                yield Span(address, span.styles | {"link"}, href)
                at = found.start() + len(address)
        if at < len(span.text):
            yield span if not at else Span(span.text[at:], span.styles, span.href)


def _trimmed(address: str) -> str:
    """Without the punctuation of the sentence around it; a closing bracket stays if it was opened within."""
    while True:
        shorter = address.rstrip(_NOT_AT_THE_END)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter


def normal_label(label: str) -> str:
    """Two labels that Markdown takes for the same are equal after this."""
    from html import unescape

    from markdown_it.common.utils import normalizeReference

    return str(normalizeReference(unescape(label)))
