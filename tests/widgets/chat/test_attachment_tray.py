"""Chips above the composer."""

from __future__ import annotations

from oxen_tui.widgets.chat.attachment_tray import AttachmentTray
from oxen_tui.widgets.transcript.turn import Chip
from tests.widgets.host import Host, lines

_OX, _SEA = Chip("▣ [Image #1] ox.png", "24×16 · 1 KB"), Chip("▣ [Image #2] sea.png", "64×48 · 2 KB")


async def test_there_is_nothing_until_something_is_attached() -> None:
    tray = AttachmentTray()
    async with Host(tray).run_test(size=(100, 10)) as pilot:
        assert tray.styles.display == "none"
        tray.show([_OX])
        await pilot.pause()
        assert "[Image #1] ox.png  24×16 · 1 KB   backspace at the start takes it off" in "\n".join(lines(tray))
        tray.show([])
        assert tray.styles.display == "none"


async def test_chips_stand_beside_each_other_where_they_fit() -> None:
    tray = AttachmentTray()
    async with Host(tray).run_test(size=(88, 10)) as pilot:
        tray.show([_OX, _SEA])
        await pilot.pause()
        assert tray.content_size.height == 1
        await pilot.resize_terminal(50, 10)
        assert tray.content_size.height == 2


async def test_many_are_counted() -> None:
    tray = AttachmentTray()
    async with Host(tray).run_test(size=(44, 12)) as pilot:
        tray.show([_OX] * 9)
        await pilot.pause()
        assert tray.content_size.height == 4
        assert "6 rows more" in lines(tray)[3]
