"""The viewer alone in an app, over a real store, with real files."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image
from textual.message import Message
from textual.pilot import Pilot

from oxen_tui.panes.mistake import Mistake
from oxen_tui.panes.viewer.pane import ViewerPane
from oxen_tui.paths import find_paths
from oxen_tui.services.gallery.opened_files import look_at_all
from oxen_tui.services.gallery.viewing import Viewed, of_files
from oxen_tui.services.server.connection import demo_place
from oxen_tui.services.session import Session
from oxen_tui.store.store import Store
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.picture.player_line import PlayerLine
from oxen_tui.widgets.picture.viewer_stage import ViewerCell
from tests.media.media_files import recording
from tests.scenes.actors import PlayedClient
from tests.scenes.moment import StillClock
from tests.scenes.stage import PlayedSession, until
from tests.widgets.host import Host, lines

Told = TypeVar("Told", bound=Message)
Items = Callable[[Session, Path], Awaitable[Sequence[Viewed]]]


def halves(size: tuple[int, int] = (400, 200)) -> bytes:
    """A picture that is red on the left and blue on the right."""
    picture = Image.new("RGB", size, (200, 0, 0))
    picture.paste((0, 0, 200), (size[0] // 2, 0, *size))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def files(**content: bytes) -> Items:
    """Files of the disk by name, `_` standing for the dot, opened in this order."""

    async def items(session: Session, folder: Path) -> Sequence[Viewed]:
        folder.mkdir()
        paths = []
        for name, written in content.items():
            paths.append(folder / name.replace("_", "."))
            paths[-1].write_bytes(written)
        return of_files(look_at_all(paths), {}, session.clock.now())

    return items


def clip(seconds: float = 4.0) -> bytes:
    """Eight frames a second, 64 by 48."""
    return recording("mp4", video="mpeg4", seconds=seconds, rate=8)


class View:
    """The pane in a running app."""

    def __init__(self, pilot: Pilot[Any], app: Host, pane: ViewerPane) -> None:
        self.pilot, self.app, self.pane = pilot, app, pane

    @property
    def head(self) -> str:
        return " ".join(self.pane.query_one("#viewer-head", OneLine).plain.split())

    @property
    def line(self) -> str:
        return self.pane.query_one(PlayerLine).plain.strip()

    @property
    def cells(self) -> list[ViewerCell]:
        return self.pane._stage.cells

    @property
    def said(self) -> list[str]:
        """What would be toasts."""
        return [each.sentence for each in self.app.heard if isinstance(each, ViewerPane.Said | ViewerPane.Trouble)]

    def told(self, kind: type[Told]) -> list[Told]:
        """The messages of a kind."""
        return [each for each in self.app.heard if isinstance(each, kind)]

    def shown(self, cell: int = 0) -> list[str]:
        """What a cell draws, without colours."""
        return lines(self.cells[cell].picture)

    def colour(self, across: float, down: float, cell: int = 0) -> str:
        """The ground at a place of a cell's picture, as six hexadecimal digits."""
        picture = self.cells[cell].picture
        row = picture.render_line(int(down * (picture.size.height - 1)))
        wanted, at = int(across * (picture.size.width - 1)), 0
        for segment in row:
            at += segment.cell_length
            if at > wanted and segment.style is not None and segment.style.bgcolor is not None:
                triplet = segment.style.bgcolor.triplet
                return triplet.hex.lstrip("#") if triplet is not None else ""
        return ""

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def wait(self, condition: Callable[[], bool], what: str) -> None:
        await until(self.pilot, condition, what)

    async def settle(self) -> None:
        """Until the stage shows what was asked for."""
        await self.wait(
            lambda: not self.pane._follows and not any(cell.picture.busy for cell in self.cells), "the stage"
        )


@asynccontextmanager
async def opened(home: Path, make: Items, size: tuple[int, int] = (80, 24), index: int = 0) -> AsyncIterator[View]:
    """The viewer with what `make` made, in a terminal of this size."""
    paths, clock, place = find_paths({"OXEN_TUI_HOME": str(home)}), StillClock(), demo_place()
    paths.make_folders()
    store = await Store.open(paths.store_file(place.store_name), clock.now)
    async with PlayedSession(place, store, clock, PlayedClient(), paths) as session:
        pane = ViewerPane(session, await make(session, home / "files"), index)
        app = Host(pane, hears=(Message,))
        async with app.run_test(size=size) as pilot:
            pane.focus()
            view = View(pilot, app, pane)
            await view.settle()
            yield view
        assert view.told(Mistake) == []
