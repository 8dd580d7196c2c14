"""The grid of the gallery: what is typed meets the results, their small pictures come, the one in the box is shown.

A result is shown beside the grid when the box has been painted, so that a key that is held moves the box and nothing
else. Pictures are asked for as they come into view; see `services.gallery.thumbnails`.
"""

from __future__ import annotations

from functools import partial

from textual import events, on

from oxen_tui.file_size import file_size
from oxen_tui.panes.gallery.page import EMPTY, GalleryPage
from oxen_tui.panes.gallery.words import JobTiles, facts, file_name, kin_rows, kind_facets
from oxen_tui.services.gallery.gallery import Found
from oxen_tui.services.gallery.query import with_kind
from oxen_tui.services.gallery.small_files import NoThumbnail
from oxen_tui.services.gallery.thumbnails import Wanted
from oxen_tui.services.session import Session
from oxen_tui.store.job import Job
from oxen_tui.widgets.facet_line import FacetLine
from oxen_tui.widgets.gallery.detail import ResultDetail
from oxen_tui.widgets.gallery.filter import GalleryFilter
from oxen_tui.widgets.gallery.grid import GalleryGrid
from oxen_tui.widgets.gallery.tile import kind_sign
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.row_list import RowList
from oxen_tui.widgets.wording import count

_KIND_WORDS = {"image": "picture", "video": "clip", "audio": "sound"}


class GalleryListing(GalleryPage, part=True):
    """Finds, lists and shows results. Changes none."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.gallery = session.gallery
        self.thumbnails = session.thumbnails
        self._found: Found | None = None
        self._looking = False
        """Whether the result in the box will be shown after the next frame."""
        self._drawing = False
        self._was_hidden = False
        """Whether results may have come since the list was read."""
        self._pictured = 0
        """The result whose picture stands beside the grid, or is on its way there."""

    def on_mount(self) -> None:
        super().on_mount()
        self.listen(self.gallery.subscribe, self._draw_soon)
        self.listen(self.thumbnails.subscribe, self._take_thumbnail)
        self.listen(self.session.generations.subscribe, self._hear_of_jobs)
        self._draw()
        self._load()

    def on_show(self) -> None:
        if self._was_hidden:
            self._load()
        self._want()

    def _load(self) -> None:
        self._work(self.gallery.load, "load", exclusive=True)

    def on_hide(self) -> None:
        self._was_hidden = True
        self.thumbnails.want(())

    def _hear_of_jobs(self, job_ids: frozenset[int]) -> None:
        """Something in the queue changed: perhaps there is one result more."""
        jobs = (self.session.generations.job(job_id) for job_id in job_ids)
        if self.is_on_screen and any(job is not None and job.file is not None for job in jobs):
            self._load()

    # --- the grid -------------------------------------------------------------------------------------------------

    @on(GalleryFilter.Changed)
    def _take_words(self, event: GalleryFilter.Changed) -> None:
        event.stop()
        # `go_to` clears the filter and has found already.
        if self._found is None or event.query != self._found.text:
            self._find(to_first=True)

    @on(GalleryFilter.Left)
    def _leave_filter(self, event: GalleryFilter.Left) -> None:
        event.stop()
        self._grid.focus()

    @on(FacetLine.Left)
    def _leave_kinds(self, event: FacetLine.Left) -> None:
        event.stop()
        self._grid.focus()

    @on(FacetLine.Chosen)
    def _narrow(self, event: FacetLine.Chosen) -> None:
        event.stop()
        chosen = self._found is not None and event.key in self._found.kinds
        self._filter.put(with_kind(self._filter.query_text, "" if chosen else event.key))

    def _find(self, *, to_first: bool = False) -> None:
        """List what there is for what is typed."""
        found = self._found = self.gallery.find(self._filter.query_text)
        tiles = JobTiles(found.jobs, self.gallery, self.thumbnails.get, self.thumbnails.trouble)
        first = str(found.jobs[0].id) if found.jobs and (to_first or self._at_front) else None
        self._grid.show(tiles, highlight=first, empty=self._empty_words(found))
        self._filter.show_kinds(kind_facets(found))
        self._draw_foot()
        self._look_soon()
        self._want()

    @property
    def _at_front(self) -> bool:
        """Whether the box stands round the newest: it then stays round the newest."""
        return not self._grid.cursor

    def _draw_soon(self) -> None:
        """The results changed, perhaps several times in a row: list them anew, once."""
        if not self._drawing:
            self._drawing = True
            self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        self._drawing = False
        self._find()
        self.refresh_bindings()

    def _empty_words(self, found: Found) -> tuple[str, str]:
        if self.gallery.jobs:
            return "Nothing is like that", "esc clears the filter"
        if self.gallery.trouble is not None:
            return self.gallery.trouble.title, self.gallery.trouble.advice
        return EMPTY if self.gallery.known else ("Reading what there is", "")

    def _draw_foot(self) -> None:
        found, total = self._found, len(self.gallery.jobs)
        if found is None:
            return
        first, last = self._grid.whole_in_view
        left: list[Span] = [("  ", "faint")]
        if found.jobs:
            left.append((f"{count(first + 1)}-{count(last)} of {count(len(found.jobs))}", "faint"))
        if found.notice:
            left.append((f"   {glyph('unknown')} {found.notice}", "warn"))
        if self.gallery.trouble is not None and total:
            left.append((f"   {glyph('failed')} {self.gallery.trouble.title}", "err"))
        marked, right = self.gallery.marked, list[Span]()
        if marked:
            size = file_size(self.gallery.bytes_of(marked))
            right = [(f"{count(len(marked))} marked", "text"), (f" {glyph('dot')} {size}  ", "faint")]
        self._foot.say(left, right)

    @on(GalleryGrid.Viewed)
    def _mind_the_view(self, event: GalleryGrid.Viewed) -> None:
        event.stop()
        self._draw_foot()
        self._want()

    def _want(self) -> None:
        """Ask for the pictures that are lacking on the page, those in the box first."""
        wanted = []
        if self.is_on_screen:
            for key in dict.fromkeys([self._grid.highlighted, *self._grid.wanted]):
                job = self.gallery.job(int(key)) if key else None
                path = self.gallery.path(job.id) if job is not None else None
                if job is not None and path is not None and job.id not in self.gallery.missing:
                    wanted.append(Wanted(job.id, path, job.kind, self._grid.box))
        self.thumbnails.want(wanted)

    def _take_thumbnail(self, job_id: int) -> None:
        self._grid.redraw(str(job_id))

    # --- the result in the box ------------------------------------------------------------------------------------

    @property
    def job(self) -> Job | None:
        """The result in the box."""
        key = self._grid.highlighted
        return self.gallery.job(int(key)) if key else None

    @on(GalleryGrid.Highlighted)
    def _look_at_it(self, event: GalleryGrid.Highlighted) -> None:
        event.stop()
        self._look_soon()
        self.refresh_bindings()

    def _look_soon(self) -> None:
        if not self._looking and self.sees_detail:
            self._looking = True
            self.call_after_refresh(self._look)

    def _look(self) -> None:
        """Show the result in the box."""
        self._looking = False
        job = self.job
        if job is None:
            self._pictured = 0
            self._detail.show(ResultDetail())
            self._detail.show_picture()
            return
        place = self._grid.cursor or 0
        trouble = f"{file_name(job)} is not there any more" if job.id in self.gallery.missing else ""
        self._detail.show(
            ResultDetail(
                file_name(job),
                f"{count(place + 1)} of {count(self._grid.count)}",
                facts(job, self.session.clock.now(), trouble),
                kin_rows(self.gallery.family(job.id), self.gallery),
            )
        )
        if job.id != self._pictured:
            self._pictured = job.id
            self._work(partial(self._show_picture, job), "picture", exclusive=True)

    async def _show_picture(self, job: Job) -> None:
        path = self.gallery.path(job.id)
        sign = f"{kind_sign(job.kind)} {_KIND_WORDS.get(job.kind, job.kind)}"
        if path is None or job.id in self.gallery.missing:
            self._detail.show_picture(empty=sign)
            return
        try:
            frame = await self.thumbnails.large(path, job.kind)
        except NoThumbnail as error:
            self._detail.show_picture(empty=f"{glyph('failed')} {error.sentence}" if error.sentence else sign)
        else:
            self._detail.show_picture(frame=frame)

    def go_to(self, job_id: int) -> None:
        """Put the box round a result; where the filter leaves it out, the filter goes."""
        if self._found is not None and all(job.id != job_id for job in self._found.jobs):
            self._filter.put("")
            self._find()
        self._grid.go_to(str(job_id))

    @on(RowList.Highlighted, "#gallery-kin")
    def _walk(self, event: RowList.Highlighted) -> None:
        event.stop()

    @on(RowList.Chosen, "#gallery-kin")
    def _go_to_kin(self, event: RowList.Chosen) -> None:
        event.stop()
        self.go_to(int(event.key))

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._look_soon()
