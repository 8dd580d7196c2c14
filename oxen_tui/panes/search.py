"""Searches everything ever said while the words are typed, and says which hit was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from oxen_tui.panes.pane import Pane
from oxen_tui.services.session import Session
from oxen_tui.store.errors import StoreError
from oxen_tui.store.search import BEGIN, END, Found
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.row_list import Row, RowList
from oxen_tui.widgets.wording import clock, count, day_group

MOST = 200
"""Hits that are shown: the newest."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said."""

    conversation_id: int
    message_id: int | None
    """None: the conversation as it stands."""


class SearchPane(Pane):
    """A field over the hits, which stand under the titles of their conversations."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
    ]

    class Chosen(Message):
        """A hit was chosen."""

        place: Place

    def __init__(self, session: Session, words: str, within: int | None) -> None:
        """
        Args:
            session: Whose conversations.
            words: To begin with.
            within: Only in this conversation; None for all.
        """
        super().__init__(classes="dialog")
        self._session, self._words, self._within = session, words, within
        self._places: dict[str, Place] = {}

    def compose(self) -> ComposeResult:
        where = "Search this conversation" if self._within else "Search everything"
        yield Static(Content(where), classes="title")
        yield LineInput(self._words, placeholder='words, or "words in a row"', select_on_focus=False)
        yield RowList(empty=["Newest first; the last word may be a beginning"], steered=True)
        yield Static("", id="found", classes="hint")

    def on_mount(self) -> None:
        self._rows = self.query_one(RowList)
        self._search(self._words)

    def on_resize(self) -> None:
        self._rows.styles.height = max(1, self.app.size.height - 9)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("tab", "shift+tab"):
            event.prevent_default()  # there is nowhere else to go

    @on(Input.Changed)
    def _take_words(self, event: Input.Changed) -> None:
        event.stop()
        self._search(event.value)

    def _search(self, words: str) -> None:
        self._work(partial(self._find, words), "search", exclusive=True)

    async def _find(self, words: str) -> None:
        search = self._session.store.search
        try:
            hits = await search.messages(words, MOST, conversation_id=self._within)
            titles = () if self._within else await search.titles(words)
        except StoreError as error:
            self._say(str(error))
            return
        self._show(words, titles, hits)

    def _show(self, words: str, titles: Sequence[Found], hits: Sequence[Found]) -> None:
        self._places.clear()
        rows = [*self._title_rows(titles), *self._hit_rows(hits)]
        nothing = (
            ["Nothing holds all these words"] if words.strip() else ["Newest first; the last word may be a beginning"]
        )
        first = next((row.key for row in rows if row.key), "")
        self._rows.show(rows, highlight=first or None, empty=nothing)
        found = f"the newest {count(MOST)}" if len(hits) == MOST else f"{count(len(self._places))} found"
        self._say(f"{found}   enter goes there   esc closes" if rows else "esc closes")

    def _title_rows(self, titles: Sequence[Found]) -> Iterator[Row]:
        for place, found in enumerate(titles):
            if not place:
                yield Row("", ((" Titles", "faint"),))
            yield self._row(f"title {found.conversation_id}", Place(found.conversation_id, None), found.title, found)
        if titles:
            yield Row("")

    def _hit_rows(self, hits: Sequence[Found]) -> Iterator[Row]:
        shown: int | None = None
        for found in hits:
            if found.conversation_id != shown and not self._within:
                if shown is not None:
                    yield Row("")
                yield Row("", ((f" {found.title}", "faint"),))
            shown = found.conversation_id
            place = Place(found.conversation_id, found.message_id)
            yield self._row(f"message {found.message_id}", place, found.snippet, found)

    def _row(self, key: str, place: Place, text: str, found: Found) -> Row:
        self._places[key] = place
        today = self._session.clock.now().astimezone().date()
        day = day_group(found.created_at, today)
        when = (
            clock(found.created_at) if day in ("Today", "Yesterday") else f"{found.created_at.astimezone():%-d %b %Y}"
        )
        who = "you" if found.role == "user" else found.model
        said = "archived · " if found.archived else ""
        return Row(key, ((" ", "text"), *marked(text)), ((f"{said}{who} · {when} ", "faint"),))

    def _say(self, words: str) -> None:
        self.query_one("#found", Static).update(Content(words))

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        self._choose(self._rows.highlighted)

    @on(RowList.Chosen)
    def _click(self, event: RowList.Chosen) -> None:
        event.stop()
        self._choose(event.key)

    def _choose(self, key: str) -> None:
        if key in self._places:
            self.post_message(self.Chosen(self._places[key]))

    def action_move(self, step: int) -> None:
        self._rows.action_move(step)

    def action_page(self, step: int) -> None:
        self._rows.action_page(step)

    def show_mistake(self) -> None:
        self._say("This went wrong within the program: what was said is all there")


def marked(snippet: str) -> Sequence[Span]:
    """The text of a snippet, what was found in it set off."""
    spans: list[Span] = []
    for place, piece in enumerate(snippet.split(BEGIN)):
        found, end, rest = piece.partition(END)
        if place and end:
            spans += [(found, "accent"), (rest, "muted")]
        else:
            spans.append((piece, "muted"))
    return [span for span in spans if span[0]]
