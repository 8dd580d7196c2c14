"""The picture widget in a terminal with the graphics protocol, with Sixel, and with words only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from textual.app import App
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Static

from oxen_tui.terminal import display, tgp
from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.widgets.picture import terminal as picture_terminal
from oxen_tui.widgets.picture.drawing import changed_cells
from oxen_tui.widgets.picture.picture import Picture
from tests.widgets.host import Host, lines

Until = Callable[[Callable[[], object]], object]


@pytest.fixture
def picture_file(tmp_path: Path) -> Path:
    file = tmp_path / "picture.png"
    Image.linear_gradient("L").convert("RGB").resize((200, 100)).save(file)
    return file


@pytest.fixture(autouse=True)
def _own_display() -> Iterator[None]:
    before = display.in_use()
    yield
    display.use(before)


class Written:
    """What an app's pictures wrote to the terminal."""

    def __init__(self, app: App[None], monkeypatch: pytest.MonkeyPatch) -> None:
        self.parts: list[str] = []
        monkeypatch.setattr(picture_terminal.PictureTerminal, "write", lambda _, text: self.parts.append(text))

    @property
    def text(self) -> str:
        return "".join(self.parts)


async def until(pilot: Pilot[None], true: Callable[[], object]) -> None:
    for _ in range(500):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never became so")


def use(mode: PictureMode) -> None:
    display.use(Display(mode, (10, 20)))


async def test_a_picture_is_sent_once_and_lies_in_the_text(
    picture_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(PictureMode.TGP)
    one, same = Picture(picture_file), Picture(picture_file)
    host = Host(one, same)
    written = Written(host, monkeypatch)

    async with host.run_test(size=(40, 40)) as pilot:
        await until(pilot, lambda: tgp.PLACEHOLDER in lines(one)[0] and tgp.PLACEHOLDER in lines(same)[0])
        rows = lines(one)
        await picture_terminal.close(host)

    assert rows[:10] == [tgp.placeholders(row, 40) for row in range(10)]
    assert rows[10] == ""
    assert written.text.count("a=T") == 1
    assert "c=40,r=10" in written.text
    assert written.text.count("a=d,d=I") == 1


async def test_another_picture_leaves_nothing_of_the_first(
    picture_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(PictureMode.TGP)
    other = tmp_path / "other.png"
    Image.new("RGB", (100, 100), "red").save(other)
    picture = Picture(picture_file)
    host = Host(picture)
    written = Written(host, monkeypatch)

    async with host.run_test(size=(40, 12)) as pilot:
        await until(pilot, lambda: not picture.busy and tgp.PLACEHOLDER in lines(picture)[0])
        picture.show(other)
        assert tgp.PLACEHOLDER not in lines(picture)[0]
        await until(pilot, lambda: tgp.PLACEHOLDER in lines(picture)[0])
        rows = lines(picture)
        picture.show(None)
        await picture_terminal.close(host)

    assert rows[11] == tgp.placeholders(11, 24)
    assert written.text.count("a=T") == 2


async def test_a_frame_stays_until_the_next_one_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    use(PictureMode.TGP)
    picture = Picture()
    host = Host(picture, hears=(Picture.Shown,))
    written = Written(host, monkeypatch)

    async with host.run_test(size=(40, 12)) as pilot:
        picture.show(None, frame=Image.new("RGB", (100, 100), "red"))
        await until(pilot, lambda: not picture.busy and tgp.PLACEHOLDER in lines(picture)[0])
        picture.show(None, frame=Image.new("RGB", (100, 100), "blue"))
        assert tgp.PLACEHOLDER in lines(picture)[0]
        await until(pilot, lambda: written.text.count("a=T") == 2 and not picture.busy)
        await picture_terminal.close(host)

    assert len(host.heard) == 2


async def test_what_the_terminal_lost_is_sent_anew(picture_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(PictureMode.TGP)
    picture = Picture(picture_file)
    host = Host(picture)
    written = Written(host, monkeypatch)

    async with host.run_test(size=(40, 12)) as pilot:
        await until(pilot, lambda: not picture.busy and tgp.PLACEHOLDER in lines(picture)[0])
        host.app_resume_signal.publish(host)
        await until(pilot, lambda: written.text.count("a=T") == 2 and tgp.PLACEHOLDER in lines(picture)[0])
        await picture_terminal.close(host)


async def test_a_picture_out_of_view_is_not_made(picture_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(PictureMode.TGP)
    picture = Picture(picture_file)
    picture.styles.height = 5
    scroll = VerticalScroll(Static("x\n" * 30), picture)
    host = Host(scroll)
    written = Written(host, monkeypatch)

    async with host.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert not picture.busy
        scroll.scroll_end(animate=False)
        await until(pilot, lambda: "a=T" in written.text)
        await picture_terminal.close(host)


async def test_sixel_is_painted_over_blank_cells_and_again_when_they_are_written(
    picture_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(PictureMode.SIXEL)
    picture = Picture(picture_file)
    above = Static("above")
    above.styles.height = 1
    host = Host(above, picture)
    written = Written(host, monkeypatch)

    async with host.run_test(size=(40, 20)) as pilot:
        await until(pilot, lambda: written.parts)
        first = written.text
        assert set(lines(picture)) == {""}
        await host.push_screen(Blank())
        await asyncio.sleep(0)
        count = len(written.parts)
        picture.refresh()
        await pilot.pause()
        assert len(written.parts) == count, "it was painted over a dialog"
        await host.pop_screen()
        await until(pilot, lambda: len(written.parts) > count)

    assert first.startswith('\x1b7\x1b[2;1H\x1bP0;1q"1;1;400;200')
    assert first.endswith("\x1b\\\x1b8")


async def test_sixel_never_reaches_the_last_row(picture_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(PictureMode.SIXEL)
    picture = Picture(picture_file)
    host = Host(picture)
    written = Written(host, monkeypatch)

    async with host.run_test(size=(40, 10)) as pilot:
        await until(pilot, lambda: written.parts)

    assert '"1;1;400;180' in written.text


async def test_where_no_picture_can_be_shown_it_is_said_what_it_is(picture_file: Path) -> None:
    use(PictureMode.NONE)
    picture = Picture(picture_file)
    host = Host(picture)

    async with host.run_test(size=(50, 4)) as pilot:
        await until(pilot, lambda: lines(picture)[0])
        said = lines(picture)[0]

    assert said.startswith("▣ 200×100 · PNG · ")


class Blank(ModalScreen[None]):
    DEFAULT_CSS = "Blank { background: $bg; }"


def test_of_a_frame_only_the_cells_are_written_that_are_others_now() -> None:
    before = bytes(4 * 4 * 3)  # four columns, two rows of cells
    after = bytearray(before)
    after[3 * 3 : 3 * 3 + 3] = b"\x01\x02\x03"  # the upper half of the last cell of the first row
    after[(3 * 4 + 1) * 3 : (3 * 4 + 2) * 3] = b"\x01\x02\x03"  # the lower half of the second cell of the other one

    assert changed_cells(before, bytes(after), 4, 2) == [(0, 3, 4), (1, 1, 2)]
    assert changed_cells(before, before, 4, 2) == []
