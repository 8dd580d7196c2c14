"""A web page as plain text for a model: what is read, with headings, lists and where links lead."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

_UNREAD: Final = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "canvas", "select", "button"}
)
_BLOCKS: Final = frozenset(
    {
        *("p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "table", "tr", "ul", "ol"),
        *("dl", "dt", "dd", "blockquote", "pre", "form", "figure", "figcaption", "br", "hr", "address", "fieldset"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "li"),
    }
)
_LONGEST_LINK: Final = 300
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?([\w-]{1,40})""", re.IGNORECASE)
_SAID_CHARSET = re.compile(r"charset=[\"']?([\w-]{1,40})", re.IGNORECASE)


def text_of_page(html: str, url: str) -> str:
    """The text of a page.

    Args:
        html: Its source.
        url: Of the page, for links that are relative to it.
    """
    reader = _Reader(url)
    reader.feed(html)
    reader.close()
    text = "".join(reader.pieces)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def decoded(body: bytes, content_type: str) -> str:
    """Bytes as text, by what the server or the page says they are; what does not fit is replaced."""
    said = _SAID_CHARSET.search(content_type)
    meta = _CHARSET.search(body[:4096])
    name = said[1] if said else meta[1].decode("ascii") if meta else "utf-8"
    try:
        return body.decode(name, errors="replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", errors="replace")


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._url = url
        self._unread = 0
        self._link = ""
        self._title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._title = True
        elif tag in _UNREAD:
            self._unread += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n")
            if tag[0] == "h" and tag[1:].isdecimal():
                self.pieces.append("\n" + "#" * int(tag[1]) + " ")
            elif tag == "li":
                self.pieces.append("- ")
        elif tag in ("td", "th"):
            self.pieces.append(" | ")
        elif tag == "a" and not self._unread:
            self._link = self._target(dict(attrs).get("href") or "")
        elif tag == "img" and (alt := dict(attrs).get("alt")):
            self.pieces.append(f"[picture: {alt}]")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._title = False
            self.pieces.append("\n\n")
        elif tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag in _BLOCKS:
            self.pieces.append("\n\n" if tag in ("p", "h1", "h2", "h3", "ul", "ol", "table") else "\n")
        elif tag == "a" and self._link:
            self.pieces.append(f" ({self._link})")
            self._link = ""

    def handle_data(self, data: str) -> None:
        if self._title or not self._unread:
            self.pieces.append(data)

    def _target(self, href: str) -> str:
        if not href or href.startswith("#"):
            return ""
        try:
            target = urljoin(self._url, href.strip())
        except ValueError:
            return ""
        return target if target.startswith(("http://", "https://")) and len(target) <= _LONGEST_LINK else ""
