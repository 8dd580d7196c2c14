"""What is on the disk while an answer grows, and when the disk does not take it."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
from contextlib import aclosing
from pathlib import Path

import pytest

import tests
from oxen_tui.api.chat import AnswerFinished, ReasoningDelta, TextDelta
from oxen_tui.services.conversation.conversation import ConversationService
from oxen_tui.services.conversation.events import (
    AnswerBegun,
    AnswerEnded,
    AnswerGrew,
    ConversationEvent,
    StoreTrouble,
)
from oxen_tui.store.errors import StoreFull
from oxen_tui.store.message import Ending, Message
from oxen_tui.store.store import Store
from tests.services.fake_client import FakeClient, FakeTime, Gate, Step

_CHILD = """
import asyncio, sys
from pathlib import Path
from oxen_tui.api.chat import TextDelta
from oxen_tui.services.conversation.conversation import ConversationService
from oxen_tui.store.store import Store
from tests.services.fake_client import FakeClient, FakeTime, Gate

async def main():
    store, time = await Store.open(Path(sys.argv[1])), FakeTime()
    client = FakeClient([*(TextDelta(f"{number} ", 1) for number in range(500)), Gate()])
    service = ConversationService(store, client, sleep=time.sleep)
    conversation = await store.conversations.create("m")

    async def tick():
        while True:
            await time.wake()
    ticking = asyncio.create_task(tick())
    async for event in service.ask(conversation.id, "Count.", "m"):
        if getattr(event, "text", "") == "499 ":
            while not (await store.messages.path(conversation.id))[-1].text.endswith(" 499 "):
                pass
            print("on the disk", flush=True)
asyncio.run(main())
"""


class FullDisk:
    """Makes the store's disk full, and gives room again."""

    def __init__(self, store: Store) -> None:
        self._database = store._database

    async def fill(self) -> None:
        def work(connection: sqlite3.Connection) -> None:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")

        await self._database.write(work)

    async def give_room(self) -> None:
        await self._database.write(lambda connection: connection.execute("PRAGMA max_page_count = 1000000").close())


async def _on_disk(store: Store, message_id: int) -> Message:
    return await store.messages.message(message_id)


async def test_what_came_is_on_the_disk_a_second_later_even_if_nothing_follows(store: Store) -> None:
    time, conversation = FakeTime(), await store.conversations.create("m")
    client = FakeClient([ReasoningDelta("hm", 1), TextDelta("Moo", 3), Gate()])
    service = ConversationService(store, client, monotonic=time.monotonic, sleep=time.sleep)
    async with aclosing(service.ask(conversation.id, "Moo?", "m")) as events:
        async for event in events:
            if isinstance(event, AnswerGrew):
                break
        assert isinstance(event, AnswerGrew)
        assert [seconds for seconds, _ in time.sleeping] == [1.0]
        assert (await _on_disk(store, event.message_id)).text == ""

        await time.wake()
        while (saved := await _on_disk(store, event.message_id)).text == "":
            pass
        assert (saved.text, saved.reasoning, saved.pieces, saved.ending) == ("Moo", "hm", 4, Ending.STREAMING)
        assert time.sleeping == []


async def test_no_clock_runs_while_nothing_comes(store: Store) -> None:
    time, conversation = FakeTime(), await store.conversations.create("m")
    service = ConversationService(store, FakeClient([Gate()]), monotonic=time.monotonic, sleep=time.sleep)
    async with aclosing(service.ask(conversation.id, "Moo?", "m")) as events:
        async for event in events:
            if isinstance(event, AnswerBegun):
                break
        assert time.sleeping == []


async def test_each_checkpoint_holds_only_what_is_new(store: Store) -> None:
    time, conversation = FakeTime(), await store.conversations.create("m")
    go_on = asyncio.Event()
    client = FakeClient([TextDelta("a" * 1000, 1), Gate(go_on), TextDelta("b", 1), Gate()])
    service = ConversationService(store, client, monotonic=time.monotonic, sleep=time.sleep)
    async with aclosing(service.ask(conversation.id, "Moo?", "m")) as events:
        async for event in events:
            if isinstance(event, AnswerGrew):
                await time.wake()
                while not (await _on_disk(store, event.message_id)).text.endswith(event.text):
                    pass
                go_on.set()
                if event.text == "b":
                    break
        sizes = await store._database.read(
            lambda connection: connection.execute("SELECT length(text) FROM growth ORDER BY id").fetchall()
        )
        assert sizes == [(1000,), (1,)]


async def test_a_running_answer_is_seen_whole_by_who_comes_back_to_it(store: Store) -> None:
    time, conversation = FakeTime(), await store.conversations.create("m")
    service = ConversationService(store, FakeClient([TextDelta("Moo", 1), Gate()]), sleep=time.sleep)
    async with aclosing(service.ask(conversation.id, "Moo?", "m")) as events:
        async for event in events:
            if isinstance(event, AnswerGrew):
                break
        assert [message.text for message in await store.messages.path(conversation.id)] == ["Moo?", ""]
        assert [message.text for message in await service.path(conversation.id)] == ["Moo?", "Moo"]


async def test_a_full_disk_is_said_once_and_the_answer_goes_on(store: Store) -> None:
    time, conversation, disk = FakeTime(), await store.conversations.create("m"), FullDisk(store)
    go_on, long = asyncio.Event(), "x" * 100_000
    script: list[Step] = [TextDelta(long, 1), Gate(go_on), TextDelta(" end", 1), AnswerFinished("stop")]
    service = ConversationService(store, FakeClient(script), monotonic=time.monotonic, sleep=time.sleep)
    events: list[ConversationEvent] = []
    async for event in service.ask(conversation.id, "Moo?", "m"):
        events.append(event)
        if isinstance(event, AnswerBegun):
            await disk.fill()
        if isinstance(event, AnswerGrew) and event.text == long:
            await time.wake()
        if isinstance(event, StoreTrouble):
            go_on.set()

    troubles = [event.sentence for event in events if isinstance(event, StoreTrouble)]
    assert len(troubles) == 2  # while it grew, and at its end
    assert "full" in troubles[0]
    ended = events[-1]
    assert isinstance(ended, AnswerEnded)
    assert (ended.message.text, ended.message.ending) == (f"{long} end", Ending.DONE)
    assert (await service.path(conversation.id))[-1] == ended.message
    assert (await _on_disk(store, ended.message.id)).ending is Ending.STREAMING
    assert not await service.save_unsaved()

    await disk.give_room()
    assert await service.save_unsaved()
    assert await _on_disk(store, ended.message.id) == ended.message


async def test_a_checkpoint_that_failed_is_made_up_for(store: Store) -> None:
    time, conversation, disk = FakeTime(), await store.conversations.create("m"), FullDisk(store)
    long = "x" * 100_000
    service = ConversationService(store, FakeClient([TextDelta(long, 1), Gate()]), sleep=time.sleep)
    async with aclosing(service.ask(conversation.id, "Moo?", "m")) as events:
        async for event in events:
            if isinstance(event, AnswerBegun):
                answer = event.message.id
                await disk.fill()
            if isinstance(event, AnswerGrew):
                await time.wake()
            if isinstance(event, StoreTrouble):
                break
        await disk.give_room()
        await time.wake()
        while (await _on_disk(store, answer)).text != long:
            pass


async def test_a_question_that_cannot_be_stored_is_not_sent(store: Store) -> None:
    conversation, client = await store.conversations.create("m"), FakeClient([TextDelta("Moo", 1)])
    await FullDisk(store).fill()
    with pytest.raises(StoreFull):
        await anext(ConversationService(store, client).ask(conversation.id, "x" * 100_000, "m"))
    assert client.requests == []


@pytest.mark.parametrize("resumed", [False, True])
async def test_cancelled_at_any_moment_no_answer_is_left_streaming(store: Store, resumed: bool) -> None:
    time, conversation = FakeTime(), await store.conversations.create("m")
    client = FakeClient([TextDelta("Mo", 1), TextDelta("o.", 1), AnswerFinished("length")])
    service = ConversationService(store, client, sleep=time.sleep)

    async def answer() -> int | None:
        cut: int | None = None
        events = service.continue_answer(cut_off.id) if resumed else service.ask(conversation.id, "Moo?", "m")
        async for event in events:
            if isinstance(event, AnswerEnded):
                cut = event.message.id
        return cut

    async for event in service.ask(conversation.id, "Moo?", "m"):
        if isinstance(event, AnswerEnded):
            cut_off = event.message
    for power in range(40):
        worker = asyncio.create_task(answer())
        for _ in range(int(1.25**power)):
            await asyncio.sleep(0)
        worker.cancel()
        await asyncio.wait([worker])
        await service.close()
        path = await store.messages.path(conversation.id)
        assert Ending.STREAMING not in {message.ending for message in path}
        assert client.open == 0


async def test_closing_the_service_keeps_what_runs_as_stopped(store: Store) -> None:
    time, conversation = FakeTime(), await store.conversations.create("m")
    client = FakeClient([TextDelta("Mo", 1), Gate()])
    service = ConversationService(store, client, sleep=time.sleep)
    events = service.ask(conversation.id, "Moo?", "m")
    async for event in events:
        if isinstance(event, AnswerGrew):
            break
    await service.close()

    message = (await store.messages.path(conversation.id))[-1]
    assert (message.text, message.ending) == ("Mo", Ending.STOPPED)
    rest = [event async for event in events]
    assert [type(event) for event in rest] == [AnswerEnded]
    assert client.open == 0


async def test_a_kill_in_mid_answer_leaves_the_question_and_what_was_checkpointed(tmp_path: Path) -> None:
    file = tmp_path / "oxen.sqlite3"
    root = Path(tests.__file__).parents[1]
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(file)], stdout=subprocess.PIPE, text=True, cwd=root
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "on the disk\n"
        child.send_signal(signal.SIGKILL)
        child.wait()

    store = await Store.open(file)
    (conversation,) = await store.conversations.recent()
    question, answer = await store.messages.path(conversation.id)
    assert question.text == "Count."
    assert answer.text == "".join(f"{number} " for number in range(500))
    assert (answer.ending, answer.may_continue, answer.pieces) == (Ending.CUT_OFF, True, 500)
    await store.close()


async def test_an_answer_that_runs_while_the_program_is_ended_from_outside_is_cut_off(store: Store) -> None:
    service = ConversationService(store, FakeClient([TextDelta("Half", 1), Gate()]))
    conversation = await store.conversations.create("m")
    async with aclosing(service.ask(conversation.id, "Count.", "m")) as events:
        async for event in events:
            if isinstance(event, AnswerGrew):
                await service.interrupt()
                break
    answer = (await store.messages.path(conversation.id))[-1]
    assert (answer.ending, answer.text) == (Ending.CUT_OFF, "Half")
    assert answer.trouble == "The program was ended. Continue from here, or ask again."
