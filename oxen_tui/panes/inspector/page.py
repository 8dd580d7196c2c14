"""What the inspector has on screen: the last requests, and the parts of one, which grow while answers come."""

from __future__ import annotations

from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from oxen_tui.api.exchange import Exchange
from oxen_tui.panes.inspector.exchange_words import (
    Readers,
    ShownEvents,
    exchange_row,
    no_events,
    request_page,
    response_page,
    timing_page,
)
from oxen_tui.panes.pane import Pane
from oxen_tui.services.requests.exchange_text import ExchangeText
from oxen_tui.services.session import Session
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.page.event_page import EventPage
from oxen_tui.widgets.page.tab_line import TabLine
from oxen_tui.widgets.page.wire_page import WirePage
from oxen_tui.widgets.row_list import RowList
from oxen_tui.widgets.wording import counted

PARTS = ("Request", "Response", "Events", "Timing")

_LOOK = 0.25
"""Seconds between two looks at what has grown."""


class RequestList(RowList):
    """The last requests. Every key acts at once, so that words behind `/` go where they belong."""

    def action_choose(self) -> None:
        """Read the request: the keys go to its page, at once."""
        if self.highlighted:
            self.screen.set_focus(self.query_ancestor(InspectorPage).page, scroll_visible=False)


class InspectorPage(Pane):
    """A list of the last requests, and the parts of the one under the bar."""

    DEFAULT_CSS = """
    InspectorPage {
        background: $panel;
        & > #inspector-title { height: 1; margin: 0 0 1 0; }
        & #exchanges { width: 56; background: $bg; }
        & #exchange { width: 1fr; }
        & #exchange-find { height: 1; padding: 0 2; display: none; }
        & #exchange-find.-open { display: block; }
        & #exchange-find > LineInput { width: 1fr; height: 1; border: none; padding: 0 1; background: $field; }
        & #exchange-find > LineInput:focus { background-tint: $foreground 0%; }
        & #exchange-find > OneLine { width: 26; background: $field; }
        & PageView { margin: 1 0 0 0; }
        & EventPage { display: none; }
        &.-events EventPage { display: block; }
        &.-events WirePage { display: none; }
        &.-stacked > Horizontal { layout: vertical; }
        &.-stacked #exchanges { width: 1fr; height: auto; min-height: 2; max-height: 30%; }
        &.-stacked #exchange { height: 1fr; }
        &.-low PageView { margin: 0; }
        &.-low > #inspector-title { margin: 0; }
    }
    """

    class Closed(Message):
        """The user is done."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._record = session.wire
        self._said = ExchangeText(session.wire)
        self._readers = Readers()
        self._exchanges: dict[str, Exchange] = {}
        self._shown: Exchange | None = None
        self._revision = -1
        self._part = PARTS[0]

    def compose(self) -> ComposeResult:
        yield OneLine(id="inspector-title")
        with Horizontal():
            yield RequestList(
                empty=("Nothing was asked yet", "What is asked from now on stands here"), id="exchanges"
            )
            with Vertical(id="exchange"):
                yield TabLine(PARTS)
                with Horizontal(id="exchange-find"):
                    yield LineInput(placeholder="find", select_on_focus=False)
                    yield OneLine()
                yield WirePage()
                yield EventPage()

    def on_mount(self) -> None:
        self._list = self.query_one(RowList)
        self._look()
        newest = next((each for each in self._exchanges.values() if each.is_chat), None)
        if newest is not None:
            self._list.stand_on(str(newest.number))
        self._show()
        self.set_interval(_LOOK, self._look)

    # --- what is shown --------------------------------------------------------------------------------------------

    @property
    def part(self) -> str:
        """One of `PARTS`."""
        return self._part

    @property
    def page(self) -> WirePage | EventPage:
        """What is in view of the exchange."""
        return self.query_one(EventPage) if self._part == "Events" else self.query_one(WirePage)

    def _look(self) -> None:
        """Bring everything up to date with what has come since the last look."""
        going_on = [each for each in self._exchanges.values() if not each.is_over]
        if self._revision == self._record.revision and not going_on:
            return
        changed, self._revision = self._revision != self._record.revision, self._record.revision
        kept = self._record.exchanges
        self._exchanges = {str(each.number): each for each in kept}
        now = self._session.clock.now().timestamp()
        self._list.show([exchange_row(each, self._said, max(0.0, now - each.began_at)) for each in kept])
        title = [("  Requests", "bold"), ("  as they went over the wire, without the key", "faint")]
        self.query_one("#inspector-title", OneLine).say(title, [(f"{counted(len(kept), 'request')}  ", "faint")])
        if changed:
            self._show(keep=True)

    def _show(self, *, keep: bool = False) -> None:
        """Show the part in view of the exchange under the bar.

        Args:
            keep: It may have grown; stay where the reader is, unless it is another.
        """
        exchange = self._exchanges.get(self._list.highlighted)
        keep = keep and exchange is self._shown
        if keep and exchange is not None and self._is_told(exchange):
            return
        self._shown = exchange
        self.set_class(self._part == "Events", "-events")
        if exchange is None:
            self.query_one(WirePage).tell(None)
            self.query_one(EventPage).tell(None)
            return
        said = self._said
        if self._part == "Events":
            events = self._readers.events(exchange)
            empty = no_events(exchange)
            self.query_one(EventPage).tell(ShownEvents(events, said), empty=empty, keep=keep)
        elif self._part == "Request":
            self.query_one(WirePage).tell(partial(request_page, exchange, said), "request", keep=keep)
        else:
            source = response_page if self._part == "Response" else timing_page
            count = len(self._readers.events(exchange))
            self.query_one(WirePage).tell(partial(source, exchange, said, count), self._part.lower(), keep=keep)
        self._told = (exchange.number, self._part, exchange.came, exchange.is_over)

    _told: tuple[int, str, int, bool] = (0, "", 0, False)
    """Of which exchange which part was shown last, how much of it had come, and whether it was over."""

    def _is_told(self, exchange: Exchange) -> bool:
        if self._part == "Request":
            return self._told[:2] == (exchange.number, self._part) and not exchange.let_go
        return self._told == (exchange.number, self._part, exchange.came, exchange.is_over)

    @on(RowList.Highlighted)
    def _go_to(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """The list stands above where there is no room beside."""
        self.set_class(event.size.width < 110, "-stacked")
        self.set_class(event.size.height < 24, "-low")
