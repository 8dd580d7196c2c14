"""A conversation with branches in a store, and a pane about it alone in an app."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage
from oxen_tui.paths import find_paths
from oxen_tui.services.server.connection import demo_place
from oxen_tui.services.session import Session
from oxen_tui.store.message import Ending
from oxen_tui.store.message_tree import Deletion
from oxen_tui.store.store import Store
from oxen_tui.store.whole_conversations import NewConversation, NewMessage
from tests.scenes.actors import PlayedClient
from tests.scenes.moment import NOW, StillClock
from tests.scenes.stage import PlayedSession
from tests.widgets.host import Host


def said(key: str, parent: str | None, text: str, **more: Any) -> NewMessage:
    """A question where its key begins with q, else an answer of tern."""
    role = "user" if key.startswith("q") else "tool" if key.startswith("t") else "assistant"
    return NewMessage(key, parent, role, text, NOW, more.pop("model", "tern"), **more)


LIGHTHOUSE = [
    said("q1", None, "Why does it stand there?"),
    said("a2", "q1", "For the ships.\n\nThey came from the north.", usage=Usage(3, 12, 15), cost=0.0012, seconds=3.0),
    said("a3", "q1", "For the boats.\n\nThey came from the north.", model="heron", parameters={"temperature": 1.2}),
    said("a4", "q1", "It", ending=Ending.CUT_OFF, trouble="Gone."),
    said("q5", "a2", "How high is it?"),
    said("a6", "q5", "", ending=Ending.TOOL_CALLS, tool_calls=(ToolCall("c", "look", "{}"),)),
    said("t7", "a6", "30 m", model="look", tool_call_id="c"),
    said("a8", "t7", "Thirty metres."),
    said("a9", "q5", "About thirty metres.", ending=Ending.STOPPED),
    said("q10", "a3", "What boats?"),
]
"""The page shows q1, a2, q5 and a9."""


class Deleting:
    """Deletes and brings back as the chat does, without a page."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._deletion: Deletion | None = None

    async def delete_branch(self, message_id: int) -> bool:
        self._deletion = await self._store.messages.delete(message_id)
        return True

    async def bring_back(self) -> bool:
        if self._deletion is None:
            return False
        await self._store.messages.undo(self._deletion)
        self._deletion = None
        return True


@dataclass
class Branches:
    """The pane in a running app, and the ids of the messages by their keys."""

    pilot: Pilot[Any]
    app: Host
    session: Session
    conversation_id: int
    ids: dict[str, int]

    def told(self, kind: type[Message]) -> list[Any]:
        """The messages of a kind."""
        return [each for each in self.app.heard if isinstance(each, kind)]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()


Make = Callable[[Session, int, dict[str, int]], Widget]


@asynccontextmanager
async def branches(home: Path, make: Make, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Branches]:
    """What `make` makes of the session, the conversation and the ids of its messages."""
    paths, clock, place = find_paths({"OXEN_TUI_HOME": str(home)}), StillClock(), demo_place()
    paths.make_folders()
    store = await Store.open(paths.store_file(place.store_name), clock.now)
    async with PlayedSession(place, store, clock, PlayedClient(), paths) as session:
        added = await store.whole.add(NewConversation(LIGHTHOUSE, "a9", model="tern"))
        tree = await store.whole.tree(added)
        ids = {new.key: message.id for new, message in zip(LIGHTHOUSE, tree, strict=True)}
        app = Host(make(session, added, ids), hears=(Message,))
        async with app.run_test(size=size) as pilot:
            yield Branches(pilot, app, session, added, ids)
