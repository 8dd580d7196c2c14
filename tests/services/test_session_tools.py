"""The tools of a session, and the small ones among them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oxen_tui.paths import Paths
from oxen_tui.services.clock import Clock
from oxen_tui.services.server.connection import Place
from oxen_tui.services.session import Session
from oxen_tui.services.tools.history import SearchHistoryTool
from oxen_tui.services.tools.time import TimeTool
from oxen_tui.services.tools.tool import ToolFailed
from oxen_tui.settings import Settings
from oxen_tui.store.store import Store
from oxen_tui.tool_settings import BUILT_IN, ToolSettings
from tests.services.tool_doubles import FakeUse

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
async def session(store: Store, tmp_path: Path) -> AsyncIterator[Session]:
    paths = Paths(tmp_path / "config", tmp_path / "data", tmp_path / "cache", tmp_path / "state")
    place = Place("here", "http://127.0.0.1:9/v1", "here", "here")
    made = Session(place, store, None, clock=Clock(lambda: NOON), paths=paths)
    yield made
    await made.catalogue.close()


def test_built_in_tools_are_there_under_the_names_that_the_settings_know(session: Session) -> None:
    assert tuple(tool.name for tool in session.tools.all) == BUILT_IN


def test_every_tool_says_to_the_model_and_to_the_user_what_it_is(session: Session) -> None:
    for tool in session.tools.all:
        function = tool.definition["function"]
        assert function["description"]
        assert function["parameters"]["type"] == "object"
        assert tool.about


def test_tools_of_the_settings_stand_behind_and_change_with_them(session: Session) -> None:
    session.settings = Settings(
        tools={
            "tides": ToolSettings("tides", ("tides",), "When the tide is high"),
            "read_file": ToolSettings("read_file", folders=("/notes",)),
        }
    )

    assert session.tools.all[-1].name == "tides"
    assert session.tools.definitions(["tides"])[0]["function"]["description"] == "When the tide is high"
    files = session.tools.tool("read_file")
    assert files is not None
    assert files.trouble == ""
    session.settings = Settings()
    assert session.tools.tool("tides") is None


def test_a_tool_in_trouble_or_unknown_is_not_sent(session: Session) -> None:
    sent = session.tools.definitions(["time", "read_file", "nobody"])
    assert [tool["function"]["name"] for tool in sent] == ["time"]


async def test_the_clock_is_read_in_any_zone() -> None:
    clock = TimeTool(lambda: NOON)
    found = await clock.run({"timezone": "Asia/Tokyo"}, FakeUse())
    assert found.text == "Sunday, 22 November 2026, 21:00:00 JST (UTC+0900)"
    for zone in ("Nowhere/Land", "../../etc/passwd", "\0"):
        with pytest.raises(ToolFailed, match="no time zone"):
            await clock.run({"timezone": zone}, FakeUse())


async def test_the_history_is_searched_but_for_the_conversation_that_asks(store: Store) -> None:
    for words in ("asks about kelp", "kelp grows fast", "nothing of it"):
        conversation = await store.conversations.create("m")
        await store.messages.add_question(conversation.id, words, "m", None)

    found = (await SearchHistoryTool(store.search).run({"words": "kelp"}, FakeUse())).text

    assert found.splitlines()[:2] == ["1 found", "- 2026-11-22, user in “kelp grows fast”: kelp grows fast"]
    nothing = await SearchHistoryTool(store.search).run({"words": "heron"}, FakeUse())
    assert nothing.text == "nothing found"
