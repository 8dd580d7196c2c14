"""Commands of the user's own: what they are given, what comes of them, and how they are bounded."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from oxen_tui.services.tools.commands import KEPT, CommandTool
from oxen_tui.services.tools.tool import Answered, Refused, ToolFailed, Verdict
from oxen_tui.tool_settings import ToolSettings
from tests.services.tool_doubles import FakeUse, FakeUser


def tool(folder: Path, code: str, *, confirm: str = "never", **more: object) -> CommandTool:
    settings = ToolSettings("tides", (sys.executable, "-c", code), folder=str(folder), confirm=confirm, **more)  # type: ignore[arg-type]
    return CommandTool(settings, folder, ["MY_KEY"])


async def run(of: CommandTool, use: FakeUse | None = None, **arguments: object) -> str:
    return (await of.run(arguments, use or FakeUse())).text


async def test_arguments_come_as_json_and_what_is_printed_is_the_result(tmp_path: Path) -> None:
    code = "import sys, json, os; print(json.load(sys.stdin)['at'].upper(), os.getcwd())"
    assert await run(tool(tmp_path, code), at="six") == f"SIX {tmp_path}"


async def test_no_shell_reads_what_a_model_says(tmp_path: Path) -> None:
    code = "import sys; print(sys.stdin.read())"
    assert json.loads(await run(tool(tmp_path, code), at="$(id); `id`"))["at"] == "$(id); `id`"


async def test_our_key_and_others_that_are_named_are_not_in_its_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OXEN_API_KEY", "MY_KEY", "OTHER"):
        monkeypatch.setenv(name, "value")
    code = "import os; print(sorted(name for name in os.environ if name in ('OXEN_API_KEY', 'MY_KEY', 'OTHER')))"
    assert await run(tool(tmp_path, code)) == "['OTHER']"


async def test_an_exit_code_is_a_failure_with_the_end_of_what_it_complained(tmp_path: Path) -> None:
    with pytest.raises(ToolFailed) as error:
        await run(tool(tmp_path, "import sys; print('x' * 9000 + ' no tide', file=sys.stderr); sys.exit(3)"))
    assert error.value.sentence.startswith("It ended with code 3.\nx")
    assert error.value.sentence.endswith("no tide")
    assert len(error.value.sentence) < 5000


async def test_a_megabyte_is_cut_with_a_note(tmp_path: Path) -> None:
    use = FakeUse()
    text = await run(tool(tmp_path, "print('x' * 1_500_000)"), use)
    assert text.endswith(f"[cut: it printed 1,500,001 bytes, of which these are the first {KEPT:,}]")
    assert use.told == ["printed 1 MB"]


async def test_printing_without_end_is_ended(tmp_path: Path) -> None:
    text = await run(tool(tmp_path, "import sys\nwhile True: sys.stdout.write('x' * 100000)"))
    assert "it printed more than 20,000,000 bytes" in text


async def test_one_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(child.pid))\n"
        "print('begun', flush=True)\ntime.sleep(600)"
    )
    running = asyncio.create_task(run(tool(tmp_path, code)))
    async with asyncio.timeout(10):
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    child = int((tmp_path / "pid").read_text())
    async with asyncio.timeout(5):
        while _lives(child):
            await asyncio.sleep(0.01)


def _lives(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]
    except OSError:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return not Path("/proc").is_dir()


async def test_one_that_does_not_read_its_input_does_not_hang(tmp_path: Path) -> None:
    assert await run(tool(tmp_path, "print('done')"), at="x" * 500_000) == "done"


async def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    missing = CommandTool(ToolSettings("tides", ("no-such-program",), confirm="never"), tmp_path)
    with pytest.raises(ToolFailed, match="no-such-program cannot be run: no such file or directory"):
        await run(missing)


async def test_the_whole_command_is_shown_before_it_runs(tmp_path: Path) -> None:
    use = FakeUse(FakeUser(Answered(Verdict.NO)))
    with pytest.raises(Refused):
        await run(tool(tmp_path, "print('ran')", confirm="always"), use, at="six")
    (question,) = use.user.asked
    facts = dict(question.facts)
    assert facts["command"].endswith("-c 'print('\"'\"'ran'\"'\"')'")
    assert facts["folder"] == str(tmp_path)
    assert json.loads(facts["arguments"]) == {"at": "six"}


@pytest.mark.parametrize(("confirm", "asked", "holds"), [("always", 1, False), ("once", 1, True), ("never", 0, None)])
async def test_the_settings_say_when_the_user_is_asked(
    tmp_path: Path, confirm: str, asked: int, holds: bool | None
) -> None:
    use = FakeUse()
    assert await run(tool(tmp_path, "print('ran')", confirm=confirm), use) == "ran"
    assert [question.holds for question in use.user.asked] == [holds] * asked


def test_a_schema_may_be_a_file_and_what_is_wrong_with_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text('{"properties": {"at": {"type": "string"}}}')
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "list.json").write_text('{"type": "array"}')
    assert tool(tmp_path, "", schema_file="good.json").parameters["properties"] == {"at": {"type": "string"}}
    assert tool(tmp_path, "", schema_file="good.json").trouble == ""
    assert "cannot be read" in tool(tmp_path, "", schema_file="none.json").trouble
    assert "is no JSON" in tool(tmp_path, "", schema_file="bad.json").trouble
    assert "not that of an object" in tool(tmp_path, "", schema_file="list.json").trouble
