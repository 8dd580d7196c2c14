from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

import oxen_tui
from oxen_tui.api.client import Client
from oxen_tui.api.secret import Secret
from oxen_tui.services.server.embedded_demo import COMMAND, DemoAddress, DemoError, EmbeddedDemo
from oxen_tui.services.server.key_check import check_key

LISTENS = 'import json, sys; print(json.dumps({"base_url": "http://127.0.0.1:9/api/ai/", "token": "t"}), flush=True);'
UNTIL_WE_END = LISTENS + "sys.stdin.read()"

Start = Callable[..., EmbeddedDemo]


@pytest.fixture
async def started_by() -> AsyncIterator[Start]:
    """Makes a demo from a line of Python in the place of the service, closed at the end of the test."""
    demos: list[EmbeddedDemo] = []

    def make(code: str, *, start_seconds: float = 20, end_seconds: float = 5, **environ: str) -> EmbeddedDemo:
        command = (sys.executable, "-c", code)
        demos.append(EmbeddedDemo(command, {**os.environ, **environ}, start_seconds, end_seconds))
        return demos[-1]

    yield make
    for demo in demos:
        await demo.close()


async def test_it_waits_for_the_line_that_says_where(started_by: Start) -> None:
    demo = started_by(UNTIL_WE_END)

    address = await demo.start()

    assert address.base_url == "http://127.0.0.1:9/api/ai"
    assert address.token.reveal() == "t"
    assert demo.running


async def test_all_who_ask_get_the_same_child(started_by: Start) -> None:
    demo = started_by(UNTIL_WE_END)

    first = await demo.start()
    pid = demo.pid

    assert await demo.start() is first
    assert demo.pid == pid


async def test_a_child_that_died_is_followed_by_another(started_by: Start) -> None:
    demo = started_by(UNTIL_WE_END)
    await demo.start()
    first = demo._process
    assert first is not None
    first.kill()
    await first.wait()

    await demo.start()

    assert demo.running
    assert demo.pid != first.pid


async def test_closing_ends_the_child_and_may_be_done_twice(started_by: Start) -> None:
    demo = started_by(UNTIL_WE_END)
    await demo.start()

    await demo.close()
    await demo.close()

    assert not demo.running


async def test_closing_what_never_started_is_fine(started_by: Start) -> None:
    await started_by(UNTIL_WE_END).close()


async def test_a_child_that_will_not_end_is_made_to(started_by: Start) -> None:
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + LISTENS + "time.sleep(600)"
    demo = started_by(stubborn, end_seconds=0.05)
    await demo.start()

    await demo.close()

    assert not demo.running


async def test_a_child_that_talks_all_the_time_does_not_get_stuck(started_by: Start) -> None:
    chatty = (
        LISTENS + "[print('x' * 1000, file=f) for f in (sys.stdout, sys.stderr) for _ in range(1000)]; sys.exit(3)"
    )
    demo = started_by(chatty)
    await demo.start()
    assert demo._process is not None

    assert await demo._process.wait() == 3


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise SystemExit('no room \\x1b[2J here')", "ended before it began: no room ␛[2J here"),
        ("pass", "ended before it began"),
        ("print('hello')", "does not say where"),
        ("print('[1]')", "does not say where"),
        ('print(\'{"base_url": 1, "token": 2}\')', "does not say where"),
        ("print('x' * 50000)", "does not say where"),
    ],
)
async def test_a_child_that_does_not_begin_is_said_with_its_last_words(
    started_by: Start, code: str, said: str
) -> None:
    with pytest.raises(DemoError) as caught:
        await started_by(code).start()

    assert said in caught.value.title
    assert "OXEN_BASE_URL" in caught.value.advice


async def test_a_silent_child_is_not_waited_for_for_ever(started_by: Start) -> None:
    with pytest.raises(DemoError, match="said nothing"):
        await started_by("import sys; sys.stdin.read()", start_seconds=0.05).start()


async def test_a_python_that_is_gone_is_said(tmp_path: Path) -> None:
    demo = EmbeddedDemo((str(tmp_path / "python"),))

    with pytest.raises(DemoError, match="no such file"):
        await demo.start()

    await demo.close()


async def test_the_child_is_given_no_keys(started_by: Start) -> None:
    tells = (
        "import json, os; k = os.environ.get('OXEN_API_KEY', 'none'); print(json.dumps({'base_url': '', 'token': k}))"
    )

    address = await started_by(tells, OXEN_API_KEY="secret").start()

    assert address.token.reveal() == "none"


async def test_the_child_finds_the_program_of_which_it_is_a_part(started_by: Start) -> None:
    tells = "import json, oxen_tui; print(json.dumps({'base_url': '', 'token': oxen_tui.__file__}))"

    # From a checkout that is not installed, and wherever the user stands.
    with contextlib.chdir("/"):
        address = await started_by(tells).start()

    assert address.token.reveal() == oxen_tui.__file__


def test_a_token_is_not_on_the_command_line_nor_shown() -> None:
    assert not [word for word in COMMAND if "token" in word]
    assert "abc" not in repr(DemoAddress("http://x", Secret("abc")))


def test_the_child_ends_when_we_are_killed(tmp_path: Path) -> None:
    fifo = tmp_path / "held-open-by-the-child"
    os.mkfifo(fifo)
    child = f"held = open({str(fifo)!r}, 'w');" + UNTIL_WE_END
    parent = (
        "import asyncio, sys\n"
        "from oxen_tui.services.server.embedded_demo import EmbeddedDemo\n"
        "async def main():\n"
        f"    await EmbeddedDemo((sys.executable, '-c', {child!r})).start()\n"
        "    print('started', flush=True)\n"
        "    await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE)
    try:
        with fifo.open() as held:
            assert process.stdout is not None
            assert process.stdout.readline() == b"started\n"
            process.send_signal(signal.SIGKILL)
            assert held.read() == "", "the end of the file comes when the child has ended"
    finally:
        process.kill()
        process.communicate()


async def test_the_service_that_comes_with_the_app_listens_and_knows_its_token() -> None:
    demo = EmbeddedDemo()
    try:
        address = await demo.start()
        async with Client(address.base_url, address.token) as client:
            check = await check_key(client)
    finally:
        await demo.close()

    assert check.username
    assert check.proven
    assert not demo.running
