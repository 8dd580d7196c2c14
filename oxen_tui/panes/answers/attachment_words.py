"""What is said of attachments: their chips, and how they are named in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from oxen_tui.file_size import file_size
from oxen_tui.store.attachment import CONVERSATION, Attachment
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.markdown.insets import Inset
from oxen_tui.widgets.transcript.turn import Chip
from oxen_tui.widgets.wording import running_time

_TOKEN = re.compile(r"\[((?:Image|Video|Audio|PDF|File) #\d+)\]")
_KNOWN = ("image", "video", "audio")
_NAMES = {"image": "Image", "video": "Video", "audio": "Audio", "pdf": "PDF"}


def names_of(attachments: Sequence[Attachment]) -> list[str]:
    """What each is called in the text: `Image #1`, numbered by kind, as a model counts what it is shown."""
    counted: dict[str, int] = {}
    names = []
    for each in attachments:
        word = _NAMES.get(each.kind, "File")
        counted[word] = counted.get(word, 0) + 1
        names.append(f"{word} #{counted[word]}")
    return names


def chips_of(attachments: Sequence[Attachment]) -> list[Chip]:
    """Their chips. One of a text says which by its name: `▣ Image #1  ox.png`."""
    told = [Chip(f"{glyph('chat')} {each.name}") for each in attachments if each.kind == CONVERSATION]
    sent = [each for each in attachments if each.kind not in ("job", CONVERSATION)]
    return told + [
        Chip(f"{glyph(each.kind if each.kind in _KNOWN else 'other')} [{name}] {each.name}", facts_of(each))
        for each, name in zip(sent, names_of(sent), strict=True)
    ]


def insets_of(attachments: Sequence[Attachment]) -> list[Inset]:
    """The pictures among them that are on this disk, and posters of clips."""
    return [
        Inset(Path(unquote(urlsplit(each.source).path)), each.width, each.height)
        for each in attachments
        if each.kind in ("image", "video") and each.source.startswith("file:") and each.width and each.height
    ]


def facts_of(attachment: Attachment) -> str:
    """`1536×1024 · 412 KB`, with what is known."""
    facts = []
    if attachment.width and attachment.height:
        facts.append(f"{attachment.width}{glyph('times')}{attachment.height}")
    if attachment.seconds:
        facts.append(running_time(attachment.seconds))
    if attachment.size is not None:
        facts.append(file_size(attachment.size))
    if attachment.reduced:
        facts.append("smaller copy")
    if not facts and attachment.source.startswith("http"):
        facts.append("by its address")
    return f" {glyph('dot')} ".join(facts)


def renamed(text: str, names: Mapping[str, str | None]) -> str:
    """A text in which attachments are called otherwise: by new names, or not at all any more (None)."""

    def new(found: re.Match[str]) -> str:
        name = names.get(found[1], found[1])
        return "" if name is None else f"[{name}]"

    return _TOKEN.sub(new, text)
