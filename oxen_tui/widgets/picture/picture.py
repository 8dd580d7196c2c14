"""A picture of the disk in the terminal, as large as its place allows, in the way this terminal can show it.

The work is done in a thread when the widget comes into view, never before: a page of hundreds of pictures costs what
is seen of it. It is a task of the widget and no worker of a pane, since it belongs to the size and the visibility of
this one widget, asks no service, and nobody else needs to know how it ends.
"""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual._context import active_message_pump
from textual.geometry import Size

from oxen_tui.media.decode import PictureHeader
from oxen_tui.media.picture_source import CannotShow, Stopped
from oxen_tui.media.still import read_still
from oxen_tui.terminal import display
from oxen_tui.terminal.display import PictureMode
from oxen_tui.terminal.fitting import fitted
from oxen_tui.terminal.picture_mode import measure_again
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.picture.making import Made, Order, make, make_of, stamped, threads
from oxen_tui.widgets.picture.settling import Settling, weight_of, written
from oxen_tui.widgets.picture.surface import PictureSurface
from oxen_tui.widgets.picture.ways import Way, way_of

if TYPE_CHECKING:
    from PIL.Image import Image

_Key = tuple[object, ...]


class Picture(PictureSurface):
    """Shows one picture and keeps its shape. Where it stands within its place is said by `content-align`.

    With `height: auto` it is as high as the picture is at that width; give it a `max-height` then.
    """

    DEFAULT_CSS = "Picture { width: 1fr; height: 1fr; }"

    class Shown(Message):
        """A picture is there now.

        Attributes:
            header: What it says about itself; None for a frame that was handed over.
        """

        def __init__(self, picture: Picture, header: PictureHeader | None) -> None:
            super().__init__()
            self.picture, self.header = picture, header

        @property
        def control(self) -> Picture:
            return self.picture

    class Failed(Message):
        """The picture cannot be shown. The widget says so itself.

        Attributes:
            sentence: Why.
        """

        def __init__(self, picture: Picture, sentence: str) -> None:
            super().__init__()
            self.picture, self.sentence = picture, sentence

        @property
        def control(self) -> Picture:
            return self.picture

    def __init__(
        self,
        path: Path | None = None,
        *,
        empty: str = "",
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(empty, id=id, classes=classes)
        self.path = path
        """What is shown, or None."""
        self.header: PictureHeader | None = None
        """What the picture says about itself, once it was read."""
        self._frame: Image | None = None
        self._fills = False
        self._version = 0
        """Counts what was shown; an answer for an older one is not drawn."""
        self._coming: Way | None = None
        """Takes the place of what is drawn once the terminal has it."""
        self._made_for: _Key = ()
        self._under_way: _Key = ()
        self._work: asyncio.Task[None] | None = None
        self._stop = threading.Event()
        self._settling = Settling()

    def show(self, path: Path | None, *, frame: Image | None = None, fills: bool = False) -> None:
        """Show another picture, or none.

        Args:
            path: A picture or a clip of the disk; of a clip its poster is seen.
            frame: Pixels instead (RGB): out of a clip, or cut out of a picture. What is shown stays until the
                terminal has them.
            fills: Whether these pixels are enlarged as far as there is room.
        """
        if path == self.path and frame is None and self._frame is None and not self.failed:
            return
        self._end_work()
        self._settling.tell(False)
        if frame is None or path != self.path or self.failed:
            self._clear()
        self.path, self._frame, self._fills, self.failed = path, frame, fills, ""
        self._version += 1
        self._made_for = ()
        if self._drawn is not None and not self.styles.auto_dimensions and self.is_on_screen:
            self._begin(self.size.width, self.size.height)  # nothing is to be written before it is made
        else:
            self._redraw(self.styles.auto_dimensions)

    @property
    def busy(self) -> bool:
        """Whether something is still on its way to the screen: a player waits for that before its next frame."""
        return self._work is not None or self._coming is not None

    async def settled(self) -> bool:
        """Waits until what is to be shown stands on the screen, for as long as that takes; false where it cannot be
        shown, or something else took its place."""
        if self._wanted and not self.failed and (not self._made_for or self.busy) and not await self._settling.wait():
            return False
        await written(self)
        return not self.failed

    @property
    def weight(self) -> int:
        """Bytes that it takes to write what is shown, about."""
        return weight_of(self)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the picture is at that width, once it was read; a row until then."""
        if self.failed:
            return len(self.failed) // max(1, width) + 1
        size = self._picture_size
        if size is None or display.in_use().mode is PictureMode.NONE:
            if self.is_attached and self._wanted:
                self._begin(width, 1)
            return 1
        return fitted(size, width, viewport.height, display.in_use().cell)[1]

    def on_unmount(self) -> None:
        self._end_work()
        self._clear()
        self._settling.tell(False)

    def on_resize(self, _: events.Resize) -> None:
        measure_again()

    # Making

    @property
    def _wanted(self) -> bool:
        return self.path is not None or self._frame is not None

    @property
    def _picture_size(self) -> tuple[int, int] | None:
        if self._frame is not None:
            return self._frame.size
        return (self.header.width, self.header.height) if self.header is not None else None

    def _begin(self, columns: int, rows: int) -> None:
        """Have the picture made for this size, unless it is or is on its way."""
        key: _Key = (self._version, columns, rows, self._ground(), display.in_use())
        if self.failed or key in (self._made_for, self._under_way) or not columns or not rows:
            return
        self._end_work()
        self._under_way = key
        self._stop = threading.Event()
        self._work = asyncio.create_task(self._make(key, columns, rows, self._stop), name="picture")

    async def _make(self, key: _Key, columns: int, rows: int, stop: threading.Event) -> None:
        # The task begins while some other widget draws, and a message that seems to be that one's goes no further.
        active_message_pump.set(self)
        loop = asyncio.get_running_loop()
        path, frame = self.path, self._frame
        order = Order(path or Path(), (0, 0), columns, rows, self._ground(), display.in_use())
        try:
            if path is not None and frame is None and self.header is None and self.styles.auto_dimensions:
                # How large it is comes first, then how large its place is for that, then the picture.
                self.header = await loop.run_in_executor(threads(), read_still, path)
                self._redraw(True)
                return
            if frame is not None and display.in_use().mode is not PictureMode.NONE:
                made = await loop.run_in_executor(threads(), make_of, frame, order, self._fills)
            else:
                order = await loop.run_in_executor(threads(), stamped, order)
                made = await loop.run_in_executor(threads(), partial(make, order, stop.is_set))
        except CannotShow as error:
            self._fail(error.sentence)
        except Stopped:
            return
        else:
            self._take(made, key)
        finally:
            if self._under_way == key:
                self._under_way, self._work = (), None

    def _take(self, made: Made, key: _Key) -> None:
        known = self._picture_size
        self._made_for, self.header = key, made.header
        other_shape = self.styles.auto_dimensions and self._picture_size != known
        if made.mode is PictureMode.NONE:
            self._words = f"{glyph('image')} {made.header.words}" if made.header else ""
            self._redraw(other_shape)
            self._settling.tell(True)
        else:
            self._give_up_coming()
            self._coming = way_of(made, self.app, self._there)
            if self._coming.is_there:
                self._there()
            if other_shape:
                self._redraw(True)
        self.post_message(self.Shown(self, made.header))

    def _there(self) -> None:
        """The terminal has what was coming, or lost what was there."""
        before = self._drawn
        if self._coming is not None:
            if before is not None:
                before.end()
            self._drawn, self._coming = self._coming, None
        self._exchange(before)
        self._settling.tell(True)

    def _fail(self, sentence: str) -> None:
        self._clear()
        self.failed = sentence
        self._redraw(self.styles.auto_dimensions)
        self._settling.tell(False)
        self.post_message(self.Failed(self, sentence))

    def _end_work(self) -> None:
        self._stop.set()
        if self._work is not None:
            self._work.cancel()
        self._work, self._under_way = None, ()
        self._give_up_coming()

    def _give_up_coming(self) -> None:
        if self._coming is not None:
            self._coming.end()
            self._coming = None

    def _clear(self) -> None:
        """Draw nothing of what was shown."""
        if self._drawn is not None:
            self._drawn.end()
        self._drawn, self.header, self._words = None, None, ""
