"""The command that says what the terminal can do; in no terminal here."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from oxen_tui.command_line import command_line
from oxen_tui.commands.terminal import IMAGES
from oxen_tui.settings import IMAGES as OF_THE_SETTING


def test_in_no_terminal_it_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(command_line, ["terminal"], env={"OXEN_TUI_HOME": str(tmp_path)})

    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[0].split(maxsplit=1) == ["terminal", "none: this is not a terminal"]
    assert "it was not asked" in result.output


def test_the_option_takes_what_the_setting_takes() -> None:
    assert IMAGES == OF_THE_SETTING
