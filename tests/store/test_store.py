from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from oxen_tui.setup_error import SetupError
from oxen_tui.store.answers import Answers
from oxen_tui.store.errors import StoreFull, StoreUnavailable
from oxen_tui.store.message import Ending
from oxen_tui.store.store import Store

from .conftest import FakeClock

_CHILD = """
import asyncio, sys
from pathlib import Path
from oxen_tui.store.store import Store

async def main():
    store = await Store.open(Path(sys.argv[1]))
    conversation = await store.conversations.create("m")
    question = await store.messages.add_question(conversation.id, "Moo?", "m", None)
    answer = await store.answers.begin(conversation.id, question.id, "m", {})
    for number in range(50):
        await store.answers.checkpoint(answer.id, f"{number} ", "", 1)
    print("saved", flush=True)
    sys.stdin.read()

asyncio.run(main())
"""


async def test_after_a_kill_the_answer_is_cut_off_with_every_checkpoint(store_file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(store_file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "saved\n"
        while_it_lives = await Store.open(store_file, FakeClock())
        (conversation,) = await while_it_lives.conversations.recent()
        assert (await while_it_lives.messages.path(conversation.id))[-1].ending is Ending.STREAMING
        await while_it_lives.close()
        child.send_signal(signal.SIGKILL)
        child.wait()

    store = await Store.open(store_file, FakeClock())
    question, answer = await store.messages.path(conversation.id)
    assert question.text == "Moo?"
    assert answer.text == "".join(f"{number} " for number in range(50))
    assert answer.ending is Ending.CUT_OFF
    assert (await store.conversations.recent())[0].trouble
    await store.close()


async def test_a_store_that_cannot_be_opened_says_so_in_the_way_of_the_start(tmp_path: Path) -> None:
    (tmp_path / "oxen.sqlite3").mkdir()
    with pytest.raises(SetupError) as caught:
        await Store.open(tmp_path / "oxen.sqlite3")
    assert isinstance(caught.value, StoreUnavailable)
    assert caught.value.title
    assert caught.value.advice


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("existing", [True, False])
async def test_a_read_only_folder_is_said(store_file: Path, existing: bool) -> None:
    store_file.parent.mkdir()
    if existing:
        await (await Store.open(store_file)).close()
        store_file.chmod(0o400)
    store_file.parent.chmod(0o500)
    try:
        with pytest.raises(StoreUnavailable, match="cannot be written"):
            await Store.open(store_file)
    finally:
        store_file.parent.chmod(0o700)


async def test_closing_leaves_one_file_and_no_mark(store_file: Path) -> None:
    store = await Store.open(store_file)
    await store.close()

    assert sorted(file.name for file in store_file.parent.rglob("*")) == ["instances", store_file.name]


async def test_a_start_that_fails_half_way_leaves_no_mark(store_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_: Answers) -> int:
        raise StoreFull("The disk is full", "Free some room.")

    monkeypatch.setattr(Answers, "mark_abandoned", full)
    with pytest.raises(StoreUnavailable, match="full"):
        await Store.open(store_file)
    assert list((store_file.parent / "instances").iterdir()) == []
