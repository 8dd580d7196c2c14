"""How attachments are called, and what is said of them."""

from __future__ import annotations

from pathlib import Path

from oxen_tui.panes.answers.attachment_words import chips_of, insets_of, names_of, renamed
from oxen_tui.store.attachment import Attachment

_OX = Attachment("image", "ox.png", "file:///a%20b/ox.png", "image/png", 411_900, 1536, 1024)


def test_they_are_numbered_by_kind() -> None:
    kinds = ("image", "pdf", "image", "text", "video", "audio")
    assert names_of([Attachment(kind, "x") for kind in kinds]) == [
        *("Image #1", "PDF #1", "Image #2", "File #1", "Video #1", "Audio #1")
    ]


def test_a_chip_says_what_is_known() -> None:
    clip = Attachment("video", "c.mp4", "file:///c.mp4", "video/mp4", 2_400_000, 64, 48, 65.0)
    web = Attachment("image", "b.png", "https://example.com/b.png")
    small = Attachment("image", "s.png", "file:///s.png", size=900, reduced=True)
    job = Attachment("job", "wren", job_id=3)
    chips = chips_of([_OX, clip, job, web, small])
    assert [(chip.label, chip.detail) for chip in chips] == [
        ("▣ [Image #1] ox.png", "1536×1024 · 412 KB"),
        ("▷ [Video #1] c.mp4", "64×48 · 1:05 · 2.4 MB"),
        ("▣ [Image #2] b.png", "by its address"),
        ("▣ [Image #3] s.png", "900 B · smaller copy"),
    ]


def test_pictures_of_this_disk_are_shown() -> None:
    web = Attachment("image", "b.png", "https://example.com/b.png", width=4, height=4)
    text = Attachment("text", "n.md", "file:///n.md", text="Moo")
    (inset,) = insets_of([_OX, web, text])
    assert (inset.path, inset.width, inset.height) == (Path("/a b/ox.png"), 1536, 1024)


def test_a_text_calls_them_otherwise_or_not_at_all() -> None:
    text = "see [Image #1] and [Image #2], not [Image 3]"
    assert renamed(text, {"Image #1": None, "Image #2": "Image #1"}) == "see  and [Image #1], not [Image 3]"
