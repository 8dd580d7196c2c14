from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from oxen_tui.api.usage import Usage
from oxen_tui.services.usage import usage_report
from oxen_tui.store.message import Ending
from oxen_tui.store.spending import Sum
from oxen_tui.store.store import Store
from oxen_tui.store.usage import Used

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class _Clock:
    now = NOON

    def __call__(self) -> datetime:
        return self.now


async def _answered(store: Store, conversation: int, model: str, tokens: int | None, cost: float | None) -> None:
    question = await store.messages.add_question(conversation, "Moo?", model, None)
    begun = await store.answers.begin(conversation, question.id, model, {})
    usage = None if tokens is None else Usage(tokens, 10, tokens + 10)
    await store.answers.finish(replace(begun, text="Moo.", ending=Ending.DONE, usage=usage, cost=cost))


async def test_tokens_and_money_are_told_by_conversation_session_and_day(tmp_path: Path) -> None:
    clock = _Clock()
    store = await Store.open(tmp_path / "store.sqlite3", clock)
    try:
        earlier = (await store.conversations.create("small")).id
        clock.now = NOON - timedelta(days=2)
        await _answered(store, earlier, "small", 50, 0.01)
        clock.now = NOON
        shown = (await store.conversations.create("large")).id
        await _answered(store, shown, "large", 100, 0.5)
        await _answered(store, shown, "large", None, None)
        await _answered(store, shown, "small", 200, 0.25)

        here, session, today = await usage_report(store, shown, NOON)
        large = Used("large", 2, 0, 100, 10, 1, Sum(0.5, True))
        assert here.models == (large, Used("small", 1, 0, 200, 10, 0, Sum(0.25)))
        assert here.total == Used("", 3, 0, 300, 20, 1, Sum(0.75, True))
        assert session.models == (large, Used("small", 2, 0, 250, 20, 0, Sum(0.26)))
        assert today.total == here.total
    finally:
        await store.close()
    again = await Store.open(tmp_path / "store.sqlite3", clock)
    try:
        session, today = await usage_report(again, None, NOON)
        assert (session.title, session.models) == ("This session", ())
        assert today.total.answers == 3
    finally:
        await again.close()
