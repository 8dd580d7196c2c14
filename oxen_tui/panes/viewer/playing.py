"""Clips in the viewer: a strip of frames, scrubbing, and playing in place as fast as the link carries frames."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from functools import partial

from textual import on

from oxen_tui.media.picture_source import CannotShow, Stopped
from oxen_tui.panes.viewer.looking import ViewerLooking
from oxen_tui.services.gallery.clip_facts import ClipFacts
from oxen_tui.services.gallery.playing import Playback, ViewedClip
from oxen_tui.terminal import display
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.picture.player_frames import play_box, spread
from oxen_tui.widgets.picture.player_line import PlayerLine
from oxen_tui.widgets.picture.player_pace import PlayerPace
from oxen_tui.widgets.picture.terminal import terminal_of
from oxen_tui.widgets.picture.video_strip import VideoStrip
from oxen_tui.widgets.picture.viewer_geometry import Size, View
from oxen_tui.widgets.picture.viewer_stage import ViewerCell, ViewerStage

_STRIP_BOX = (240, 120)
"""Pixels of a frame in the strip, at the most."""
_FROM_END = 0.02
"""Seconds before the last frame from which playing begins anew."""


class ViewerPlaying(ViewerLooking, part=True):
    """Moves in a clip. Only one that stands alone moves."""

    clock: Callable[[], float] = staticmethod(time.monotonic)
    sleep: Callable[[float], Awaitable[None]] = staticmethod(asyncio.sleep)

    _clip: ViewedClip | None = None
    _clip_facts: ClipFacts | None = None
    _second = 0.0
    """Where one is."""
    _sought = False
    """Whether that was gone to; before, the poster is seen."""
    _plays = False
    _play_soon = False
    """Whether it is to play as soon as it is open."""
    _clip_trouble = ""
    _strip_count = 0
    """Frames that the strip had room for when it was filled."""
    _pace: PlayerPace | None = None
    """What is known of the link."""
    _run = 0
    """Counts what was played; an older one has no say any more."""

    def on_unmount(self) -> None:
        super().on_unmount()
        self._close_clip()

    # --- the clip on the stage ------------------------------------------------------------------------------------

    @property
    def has_clip(self) -> bool:
        """Whether what is seen can move."""
        return not self.compares and self.item.moves

    def _shown(self) -> None:
        super()._shown()
        self._run += 1
        self._end_work("play")
        self._end_work("clip")
        self._close_clip()
        self._second, self._sought, self._plays, self._clip_facts, self._clip_trouble = 0.0, False, False, None, ""
        self.set_class(self.has_clip, "-clip")
        if self.has_clip:
            self._stand_at(0.0)
            ground = self._cell.background_colors[1].rgb
            self._clip = ViewedClip(self.item.path, (ground[0], ground[1], ground[2]))
            # When the strip has its width: it says how many frames there is room for.
            self.call_after_refresh(self._work, partial(self._open_clip, self._clip), "clip", True)

    def _close_clip(self) -> None:
        if self._clip is not None:
            self._clip.close()
            self._clip = None

    async def _open_clip(self, clip: ViewedClip) -> None:
        try:
            facts = await clip.open()
        except Stopped:
            return
        except CannotShow as error:
            self._clip_trouble = error.sentence
            self.remove_class("-clip")
            self._tell()
            return
        if clip is not self._clip:
            return
        self._clip_facts = facts
        self._stand_at(self._second)
        self.refresh_bindings()
        if self._play_soon:
            self._play_soon = False
            self.action_play()
        await self._fill_strip(clip)

    async def _fill_strip(self, clip: ViewedClip) -> None:
        """After the picture, which is looked at first."""
        self._strip.clear()
        self._strip_count = self._strip.count
        if not self._strip.size.width:
            return
        picture = self._cell.picture
        if self.screen.is_current and not self._plays and await picture.settled():
            sending = terminal_of(self.app).sending
            self._pace = PlayerPace(display.in_use())
            self._pace.begin(picture.weight, await sending.answered(), sending.carries)
        try:
            async for frame in clip.evenly(self._strip.count, _STRIP_BOX):
                self._strip.put(frame.second, frame.picture)
                self._strip.stand_at(self._second)
        except CannotShow as error:
            self._clip_trouble = error.sentence
            self._stand_at(self._second)

    @on(ViewerStage.Resized)
    def _refill_strip(self) -> None:
        if self._clip is not None and self._clip_facts is not None and self._strip.count != self._strip_count:
            self._work(partial(self._fill_strip, self._clip), "clip", True)

    # --- where one is ---------------------------------------------------------------------------------------------

    def _stand_at(self, second: float, note: str = "") -> None:
        self._second = second
        facts = self._clip_facts
        file = self.item.job.file
        seconds = facts.seconds if facts is not None else (file.seconds if file is not None else None)
        if self._clip_trouble:
            note = f"{glyph('failed')} {self._clip_trouble}"
        self._line.show_place(second, seconds, note, playing=self._plays)
        self._strip.stand_at(second)

    def seek(self, second: float) -> None:
        """Go to a second of the clip; where it plays, it plays on from there."""
        facts = self._clip_facts
        if facts is None:
            return
        second = max(0.0, second if facts.seconds is None else min(second, facts.last))
        self._sought = True
        self._stand_at(second)
        if self._plays:
            self._work(partial(self._play, second), "play", exclusive=True)
        else:
            for pixels in self._pixels:
                pixels.let_go()
            self._follow_soon()

    @on(VideoStrip.Sought)
    @on(PlayerLine.Sought)
    def _seek_clicked(self, event: VideoStrip.Sought | PlayerLine.Sought) -> None:
        event.stop()
        self.seek(event.second)

    def action_seconds(self, by: int) -> None:
        self.seek(self._second + by)

    def action_frame(self, by: int) -> None:
        """One frame on or back; it stops there."""
        if (facts := self._clip_facts) is not None:
            self.pause()
            self.seek(facts.beside(self._second, by))

    def action_edge(self, end: int) -> None:
        """To the beginning of the clip, or to its last frame."""
        if (facts := self._clip_facts) is not None:
            self.seek(facts.last if end else 0.0)

    def _order(self) -> Hashable:
        return super()._order(), self._second if self.has_clip and self._sought else None

    @property
    def _may_follow(self) -> bool:
        return super()._may_follow and not self._plays

    async def _show_whole(self, number: int, cell: ViewerCell, smaller: Size | None) -> None:
        clip = self._clip
        if clip is None or not self._sought or not self.has_clip or smaller is not None:
            await super()._show_whole(number, cell, smaller)
            return
        frame = await clip.still(self._second, (cell.room.width, cell.room.height))
        if clip is self._clip and not self._plays:
            cell.show_part(clip.path, frame.picture, cell.room.most(frame.picture.size))

    async def _have_pixels(self, number: int) -> None:
        clip = self._clip
        if clip is not None and self._sought and self.has_clip and not self._pixels[number].holds:
            self._pixels[number].hold((await clip.still(self._second)).picture)

    def _look(self, view: View) -> None:
        self.pause()  # nobody looks closely at what moves
        super()._look(view)

    # --- playing --------------------------------------------------------------------------------------------------

    @property
    def plays(self) -> bool:
        return self._plays

    def action_play(self) -> None:
        """Play from here; from the beginning where this is the end."""
        facts = self._clip_facts
        if facts is None:
            self._play_soon = self.has_clip
            return
        at_end = facts.seconds is not None and self._second >= facts.last - _FROM_END
        self._view = View()
        self._work(partial(self._play, 0.0 if at_end else self._second), "play", exclusive=True)

    def pause(self) -> None:
        """Stop where it is; the frame there is shown in full."""
        self._play_soon = False
        if self._plays:
            self._run += 1
            self._end_work("play")
            self._end_of_playing()

    async def _play(self, second: float) -> None:
        clip, facts, cell = self._clip, self._clip_facts, self._cell
        if clip is None or facts is None:
            return
        self._run = run = self._run + 1
        self._plays = self._sought = True
        self._tell()
        pace = self._pace = self._pace or PlayerPace(display.in_use())
        ended, rounds = False, facts.rounds
        try:
            while not ended or rounds > 0:
                level, room, shown = pace.level, cell.picture.size, display.in_use()
                box = play_box(level, facts.size, room.width, room.height, shown)
                at_most = min(pace.frames_per_second, facts.fastest)
                async with Playback(
                    clip.path, second, box, at_most, ground=clip.ground, clock=self.clock, sleep=self.sleep
                ) as playback:
                    ended = await self._play_at(playback, pace, cell)
                    second = playback.position
                if cell.picture.failed:
                    break
                if ended and (rounds := rounds - 1) > 0 and facts.seconds is not None:
                    await self.sleep(max(0.0, facts.seconds - second))  # the last frame has its time too
                    second = 0.0
        except CannotShow as error:
            self._clip_trouble = error.sentence
        finally:
            if run == self._run:
                self._end_of_playing()

    async def _play_at(self, playback: Playback, pace: PlayerPace, cell: ViewerCell) -> bool:
        """Play in one quality; whether that was the end, not only of this quality."""
        picture, level, room, shown = cell.picture, pace.level, cell.picture.size, display.in_use()
        moments: deque[float] = deque(maxlen=8)
        size = self._clip_facts.size if self._clip_facts is not None else (room.width, room.height)
        while (frame := await playback.next()) is not None:
            begun = self.clock()
            moments.append(begun)
            picture_of = spread(frame.picture, level, size, room.width, room.height, shown)
            cell.show_part(playback.path, picture_of, cell.room.most(size))
            self._stand_at(frame.second, self._rate_words(moments))
            if not await picture.settled():
                if picture.failed:
                    return True
                continue
            took = self.clock() - begun
            answered = await terminal_of(self.app).sending.answered()
            await self.sleep(pace.shown(picture.weight, took, answered))
            if pace.level != level or picture.size != room:
                return False
        return True

    def _rate_words(self, moments: deque[float]) -> str:
        """How many frames of how many are seen: fewer than there are is no fault of the clip."""
        facts = self._clip_facts
        if facts is None or len(moments) < 3 or moments[-1] <= moments[0]:
            return ""
        seen = (len(moments) - 1) / (moments[-1] - moments[0])
        whole = f"{facts.frames_per_second:.3g}"
        return f"{min(seen, facts.frames_per_second):.0f} of {whole} fps" if self.size.width >= 60 else ""

    def _end_of_playing(self) -> None:
        self._plays = False
        if not self.is_here:
            return
        facts = self._clip_facts
        second = self._second if facts is None or facts.seconds is None else min(self._second, facts.last)
        for pixels in self._pixels:
            pixels.let_go()
        self._stand_at(second)
        self._tell()
        self._followed = None
        self._follow_soon()
