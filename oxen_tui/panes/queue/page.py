"""What the queue pane has on screen: a line of sums, the list of jobs, and the job under the cursor beside it.

From 100 columns list and detail stand side by side; below that one of them has the page. The filter takes the place
of the column titles, so that nothing moves.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from oxen_tui.panes.sided import SidedPane
from oxen_tui.widgets.jobs.detail import JobDetail
from oxen_tui.widgets.jobs.list import JobList, JobTitles
from oxen_tui.widgets.jobs.row import JobRow
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.query_filter import Completion, QueryFilter

EMPTY = ("Nothing was made yet", "3 opens Create")
_PLACEHOLDER = "words, or state:failed, kind:video, today"


class QueuePage(SidedPane):
    """Places the widgets and says which of them are seen. Asks nothing."""

    DEFAULT_CSS = """
    QueuePage {
        & #queue-head { margin: 0 0 1 0; }
        & JobTitles { margin: 0 0 1 0; }
        &.-low JobTitles { margin: 0; }
        &.-low #queue-head { margin: 0; }
        & QueryFilter #filter-count { width: 14; }
        &.-low QueryFilter { margin: 0; height: 1; }
        &.-low QueryFilter > #filter-line { border-bottom: none; height: 1; }
    }
    """

    DETAILS = frozenset(("queue-detail",))

    class OpenWanted(Message):
        """The result of a job is to be seen as large as can be."""

        job_id: int

    def __init__(self) -> None:
        super().__init__(id="queue")

    def row_of(self, key: str) -> JobRow:
        """What a row looks like now."""
        raise NotImplementedError

    def complete(self, text: str, cursor: int) -> Sequence[Completion]:
        """The ways to go on with what is typed."""
        raise NotImplementedError

    def narrow(self, query: str) -> None:
        """Something else stands in the filter now."""
        raise NotImplementedError

    def leave_filter(self) -> None:
        """From the filter to the list."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        jobs = JobList(self.row_of, empty=EMPTY, id="job-rows")
        with Vertical(id="queue-side", classes="listing"):
            yield OneLine(id="queue-head")
            yield JobTitles(jobs, id="job-titles")
            yield QueryFilter(
                self.complete, self.narrow, self.leave_filter, placeholder=_PLACEHOLDER, id="job-filter"
            )
            yield jobs
        yield JobDetail(id="queue-detail", classes="detail")

    def on_mount(self) -> None:
        self._head = self.query_one("#queue-head", OneLine)
        self._titles = self.query_one(JobTitles)
        self._filter = self.query_one(QueryFilter)
        self._list = self.query_one(JobList)
        self._detail = self.query_one(JobDetail)
        self._filter.display = False

    def on_resize(self, event: events.Resize) -> None:
        self.fit(event.size.width, event.size.height)
        self.call_after_refresh(self._titles.draw)
        self.refresh_bindings()

    def focus(self, scroll_visible: bool = True) -> QueuePage:
        """Give the keys to what is in view."""
        (self._detail if self.alone and self.is_open else self._list).focus(scroll_visible)
        return self
