"""The chat hears of jobs, once, however many pictures are asked for in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from oxen_tui.panes.chat.pane import ChatPane
from tests.test_app import opened


async def test_a_report_of_the_queue_is_taken_once_however_many_pictures_are_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[frozenset[int]] = []
    monkeypatch.setattr(ChatPane, "hear_of_jobs", lambda _, ids: told.append(ids))
    async with opened(tmp_path) as (app, _):
        chat = app.screen.query_one(ChatPane)
        for _ in ("from the start on", "a picture is sent", "another is"):
            chat._listen()
        chat.session.generations._book.tell(frozenset([999]))
        assert told.count(frozenset([999])) == 1
