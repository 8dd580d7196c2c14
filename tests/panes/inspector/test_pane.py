"""The inspector: the last requests and their parts, which grow while an answer streams."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.message import Message
from textual.pilot import Pilot

from oxen_tui.panes.inspector.pane import InspectorPane
from oxen_tui.panes.mistake import Mistake
from oxen_tui.paths import find_paths
from oxen_tui.services.server.connection import demo_place
from oxen_tui.settings import Settings
from oxen_tui.store.store import Store
from oxen_tui.widgets.page.wire_page import WirePage
from oxen_tui.widgets.row_list import RowList
from tests.scenes.actors import PlayedClient
from tests.scenes.moment import StillClock
from tests.scenes.stage import PlayedSession, until
from tests.services.exchanges_made import KEY, Wire, chunk
from tests.widgets.host import Host, lines


class Look:
    """The inspector in a running app."""

    def __init__(self, pilot: Pilot[Any], app: Host, pane: InspectorPane) -> None:
        self.pilot, self.app, self.pane = pilot, app, pane

    @property
    def rows(self) -> list[str]:
        """Without the time of day."""
        rows = (line.replace("▌", " ").split(maxsplit=1) for line in lines(self.pane.query_one(RowList)))
        return [" ".join(row[1].split()) for row in rows if row]

    @property
    def shown(self) -> list[str]:
        """The part in view, but for blank lines."""
        return [text for line in lines(self.pane.page) if (text := line.replace("▌", " ").strip())]

    @property
    def clipboard(self) -> str:
        return self.app.clipboard

    @property
    def said(self) -> list[str]:
        told = (InspectorPane.Said, InspectorPane.Trouble)
        return [each.sentence for each in self.app.heard if isinstance(each, told)]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def wait(self, text: str) -> None:
        await until(self.pilot, lambda: text in "\n".join([*self.rows, *self.shown]), text)


@asynccontextmanager
async def opened(home: Path, wire: Wire, size: tuple[int, int] = (120, 30)) -> AsyncIterator[Look]:
    paths, clock, place = find_paths({"OXEN_TUI_HOME": str(home)}), StillClock(), demo_place()
    paths.make_folders()
    store = await Store.open(paths.store_file(place.store_name), clock.now)
    async with PlayedSession(place, store, clock, PlayedClient(), paths) as session:
        session.wire = wire.record
        session.settings = Settings(save_folder=str(home / "saved"))
        pane = InspectorPane(session)
        app = Host(pane, hears=(Message,))
        async with app.run_test(size=size) as pilot:
            pane.focus()
            look = Look(pilot, app, pane)
            await pilot.pause()
            yield look
        assert [each for each in app.heard if isinstance(each, Mistake)] == []


async def test_the_last_chat_is_shown_first_though_others_were_sent_since(tmp_path: Path) -> None:
    wire = Wire()
    wire.chat(chunk("Hel"), chunk("lo"))
    wire.call(b'{"generations": []}', path="queue?status=queued")
    async with opened(tmp_path, wire) as look:
        assert look.rows == [
            "GET queue?status=queued 200 0 ms 19",
            "POST chat/completions 200 200 ms 151",
        ]
        assert look.shown[0] == "POST https://hub.test/api/ai/chat/completions"
        assert "Authorization  ***" in look.shown
        assert '"content": "Hi"' in look.shown
        await look.press("tab")
        assert look.shown[0] == "HTTP/1.1 200 OK"
        assert look.shown[-1] == "A stream of 2 events"
        await look.press("tab")
        assert [line.split('"')[:2] for line in look.shown] == [["+100  ", "Hel"], ["+200  ", "lo"]]
        await look.press("right")
        assert [line.split(maxsplit=1)[0] for line in look.shown][:3] == ["sent", "headers", "first"]
        assert "x-request-id  req-7" in look.shown
        assert "pace          20.0 events a second" in look.shown
        await look.press("l", "up")
        assert look.pane.part == "Request"
        assert look.shown[0] == "GET https://hub.test/api/ai/queue?status=queued"
        await look.press("shift+tab", "h")
        assert look.shown == ["No stream: the answer came whole, see Response"]


async def test_events_come_while_they_are_looked_at(tmp_path: Path) -> None:
    wire = Wire()
    exchange = wire.chat(chunk("one"), ended=False)
    async with opened(tmp_path, wire) as look:
        await look.press("tab", "tab", "enter")
        assert len(look.shown) == 1
        for number in range(60):
            wire.record.grown(exchange.receive(chunk(f"word {number}")))
        await look.wait("word 59")  # the cursor was on the last one
        exchange.receive(b"data: [DONE]\n\n")
        exchange.end()
        wire.record.grown(0)
        await look.wait("[DONE]")
        wire.chat(chunk("another"))
        await until(look.pilot, lambda: len(look.rows) == 2, "the next request")
        assert "[DONE]" in look.shown[-1]  # nobody is moved to it


async def test_words_are_found_in_the_part_in_view(tmp_path: Path) -> None:
    wire = Wire()
    wire.chat(*(chunk(f"word {number}") for number in range(100)))
    async with opened(tmp_path, wire, (80, 24)) as look:
        await look.press("tab", "tab", "slash", *"d 77", "enter")
        assert any("word 77" in line for line in look.shown)
        assert look.pane.page.has_focus
        await look.press("escape", "escape")
        assert look.pane.query_one(RowList).has_focus
        await look.press("escape")
        assert any(isinstance(each, InspectorPane.Closed) for each in look.app.heard)


async def test_what_is_copied_and_saved_has_no_key(tmp_path: Path) -> None:
    wire = Wire()
    wire.chat(chunk(f"You said {KEY.reveal()}"), text=f"My key is {KEY.reveal()}")
    async with opened(tmp_path, wire) as look:
        copies = []
        for keys in (["c"], ["p"], ["y"], ["tab", "y"], ["tab", "y"], ["tab", "y"]):
            await look.press(*keys)
            copies.append(look.clipboard)
        assert copies[0].startswith("curl -sS -N https://hub.test/api/ai/chat/completions")
        assert "httpx.stream(" in copies[1]
        assert '"content": "My key is ***"' in copies[2]
        assert "x-request-id: req-7" in copies[3]
        assert copies[4].startswith('+100 ms  data: {"id": "a1"')
        assert "first byte: +100 ms" in copies[5]
        await look.press("s")
        await until(look.pilot, lambda: any("Written to" in each for each in look.said), "the file")
        written = Path(look.clipboard).read_text()
        assert written.startswith("POST https://")
        assert "You said ***" in written
        for text in (*copies, written, *look.shown):
            assert KEY.reveal() not in text


async def test_refusals_failures_and_what_waits_say_so(tmp_path: Path) -> None:
    wire = Wire()
    wire.call(b'{"error": {"message": "no \\u001b[2J key"}}', 401, "POST", "queue")
    wire.record.begin("POST", "https://hub.test/v1/chat/completions", [], KEY, body=b"{}", value={})
    async with opened(tmp_path, wire) as look:
        assert look.rows[0].startswith("POST chat/completions waits")
        assert look.rows[1].startswith("POST queue 401")
        await look.press("tab")
        assert look.shown == ["No answer yet"]
        await look.press("down")
        assert look.shown[0] == "HTTP/1.1 401 Because"
        assert '"message": "no \\u001b[2J key"' in look.shown


async def test_nothing_was_asked_yet(tmp_path: Path) -> None:
    async with opened(tmp_path, Wire(), (60, 20)) as look:
        assert lines(look.pane.query_one(RowList))[0].strip() == "Nothing was asked yet"
        await look.press("c", "s", "y", "tab", "tab", "tab", "enter", "j", "G", "slash", *"x", "enter")
        assert look.clipboard == ""
        assert look.pane.query_one(WirePage).lines.known == 0


async def test_a_request_without_its_media_says_that_they_are_left_out(tmp_path: Path) -> None:
    wire = Wire()
    wire.chat(chunk("x"), text="data:image/png;base64," + "A" * 1_100_000)
    async with opened(tmp_path, wire) as look:
        assert "media are shown by their beginning and length" in " ".join(look.shown)
        await look.press("c")
        assert "Its media are too large and left out: C at the message copies all of it" in look.said
