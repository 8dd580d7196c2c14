"""Pictures and clips of the disk, looked at in a terminal that shows them in half cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import Start
from tests.journeys.program import ESC, OxenTui
from tests.media.media_files import recording
from tests.panes.viewer_host import halves

RED, BLUE = "c80000", "0000c8"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A picture, a clip, and a page that calls itself a picture."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "a.png").write_bytes(halves())
    (folder / "b.mp4").write_bytes(recording("mp4", video="mpeg4", seconds=30.0, rate=8))
    (folder / "page.png").write_bytes(b"<!doctype html><html>502</html>")
    return folder


def ground(program: OxenTui, across: float, down: float) -> str:
    cells = program.cells
    row = cells[round(down * (len(cells) - 1))]
    return row[round(across * (len(row) - 1))][2]


def wait_for_grounds(program: OxenTui, left: str, right: str) -> None:
    """Wait until these are the colours at the left and the right of the middle of the screen."""
    program.wait_until(
        lambda _: (ground(program, 0.1, 0.5), ground(program, 0.9, 0.5)) == (left, right), what=f"{left} and {right}"
    )


def test_nothing_is_left_over_of_what_was_seen_before(start: Start, folder: Path) -> None:
    program = start("--demo", "open", str(folder / "a.png"), str(folder / "b.mp4"))
    program.wait_for("a.png", "1 of 2", "400×200", "fit", "esc close")
    wait_for_grounds(program, RED, BLUE)
    whole = program.cells

    program.send("+++" + "l" * 8)
    wait_for_grounds(program, BLUE, BLUE)
    program.send("0")
    program.wait_for_cells(whole)
    program.send("n")
    program.wait_for("b.mp4", "2 of 2", "0:30", "0:29")
    program.send(" ")
    program.wait_for("space pause")
    program.send(" " + "p")
    program.wait_for_cells(whole)
    program.send("?")
    program.wait_for("Keys: viewer")
    program.send(ESC)
    program.wait_for_cells(whole)
    program.resize(60, 20)
    program.wait_until(lambda shown: "esc close" in shown.split("\n")[-1], what="the small screen")
    program.send("i")
    program.wait_for("Opened")
    program.send("i")
    program.resize(90, 30)
    program.wait_for_cells(whole)


def test_keys_are_taken_at_once_while_a_clip_plays(start: Start, folder: Path) -> None:
    program = start("--demo", "open", str(folder / "b.mp4"), str(folder / "a.png"))
    program.wait_for("b.mp4", "0:00.0", "0:29")
    program.send(" ")
    program.wait_for("space pause", "0:01.")
    for _ in range(4):
        program.send("m")
        program.wait_for("1 of 2  ●", seconds=1.0)
        program.send("m")
        program.wait_gone("1 of 2  ●", seconds=1.0)
    assert "space pause" in program.text
    program.send(ESC)
    program.wait_for("space play")
    program.send(" ")
    program.wait_for("space pause")
    program.send("G")  # and comes to its end
    program.wait_for("0:29.", "space play")
    assert program.quit() == 0
    assert program.left_as_it_was() == []


def test_what_cannot_be_shown_is_told_and_the_next_one_seen(start: Start, folder: Path) -> None:
    program = start("--demo", "open", str(folder / "page.png"), str(folder / "a.png"))
    program.wait_for("page.png", "It is a web page, not a picture")
    program.send("n")
    wait_for_grounds(program, RED, BLUE)
    program.send(ESC)
    program.wait_until_ready()


def test_where_nothing_can_be_shown_the_program_does_not_open(start: Start, folder: Path) -> None:
    program = start("open", str(folder / "page.png"))

    assert program.wait_for_end() == 2
    assert "There is nothing to show" in program.text
    assert "page.png: it is a web page" in program.text
