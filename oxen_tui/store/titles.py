"""A title for a conversation, made here from its first question: no model is asked, nothing is spent."""

from __future__ import annotations

from oxen_tui.safe_text import clean_line

LONGEST = 60
"""Characters."""


def title_of(question: str) -> str:
    """The first line that says something, on one line, cut at a word where there is one."""
    line = next((words for words in (line.split() for line in question.splitlines()) if words), [])
    if len(line) > 1 and line[0] in ("/image", "/video"):  # what is asked for says more than how
        line = line[1:]
    title = clean_line(" ".join(line), LONGEST * 8)
    if len(title) <= LONGEST:
        return title
    cut = title[: LONGEST - 1]
    space = cut.rfind(" ")
    return f"{cut[:space] if space > LONGEST // 2 else cut}…"
