"""Pictures between the lines of a conversation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from oxen_tui.store.job import JobState
from oxen_tui.terminal import display
from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.widgets.jobs.row import JobRow
from oxen_tui.widgets.markdown.insets import Inset
from oxen_tui.widgets.transcript.card import Card
from oxen_tui.widgets.transcript.turn import Chip, Turn
from oxen_tui.widgets.transcript.view import Transcript
from tests.media.media_files import picture
from tests.widgets.transcript.host import Host, page


@pytest.fixture(autouse=True)
def _half_cells() -> Iterator[None]:
    before = display.in_use()
    display.use(Display())
    yield
    display.use(before)


def _inset(folder: Path, name: str = "ox.png", size: tuple[int, int] = (200, 100)) -> Inset:
    path = folder / name
    path.write_bytes(picture("PNG", size))
    return Inset(path, *size)


async def _until_shown(app: Host, pilot: Pilot[None]) -> None:
    for _ in range(300):
        await pilot.pause(0.01)
        if app.view.insets._held and all(held.way or held.trouble for held in app.view.insets._held.values()):
            await pilot.pause()
            return
    raise AssertionError("no picture was made")


def _colours(app: Host, y: int) -> int:
    """Cells of a line with the picture's own colour."""
    strip = app.view.render_lines(app.view.size.region)[y]
    return sum(
        len(segment.text)
        for segment in strip
        if segment.style and segment.style.bgcolor and segment.style.bgcolor.triplet == (0, 90, 200)
    )


async def test_a_picture_has_its_place_at_once_and_its_colours_when_it_is_made(tmp_path: Path) -> None:
    turn = Turn(1, "user", "you", text="Look", chips=[Chip("▣ ox.png")], insets=[_inset(tmp_path)])
    app = Host([turn, Turn(2, "assistant", "m", text="An ox.")])
    async with app.run_test(size=(90, 40)) as pilot:
        before = page(app)
        await _until_shown(app, pilot)
        assert page(app) == before
        top = next(y for y, line in enumerate(before) if "▣ ox.png" in line) + 1
        widths = [_colours(app, y) for y in range(top, top + 11)]
        assert widths == [44] * 11
        assert _colours(app, top + 11) == 0


async def test_several_stand_beside_each_other_and_a_broken_one_says_why(tmp_path: Path) -> None:
    broken = _inset(tmp_path, "broken.png")
    broken.path.write_bytes(picture("PNG", (200, 100))[:60])
    turn = Turn(1, "user", "you", text="Look", insets=[_inset(tmp_path), broken])
    app = Host([turn])
    async with app.run_test(size=(90, 40)) as pilot:
        await _until_shown(app, pilot)
        (first,) = [line for line in page(app) if "✕" in line]
        assert "The picture" in first


async def test_where_the_terminal_shows_none_there_are_only_chips(tmp_path: Path) -> None:
    display.use(Display(PictureMode.NONE))
    turn = Turn(1, "user", "you", text="Look", chips=[Chip("▣ ox.png")], insets=[_inset(tmp_path)])
    app = Host([turn])
    async with app.run_test(size=(90, 40)) as pilot:
        await pilot.pause()
        assert not app.view.insets._held
        assert len([line for line in page(app) if line]) == 5


async def test_a_picture_is_asked_for_by_key_and_by_mouse(tmp_path: Path) -> None:
    heard: list[Transcript.ViewRequested] = []

    class Hearing(Host):
        def on_transcript_view_requested(self, event: Transcript.ViewRequested) -> None:
            heard.append(event)

    inset = _inset(tmp_path)
    app = Hearing([Turn(1, "user", "you", text="Look", insets=[inset]), Turn(2, "assistant", "m", text="An ox.")])
    async with app.run_test(size=(90, 40)) as pilot:
        app.view.focus()
        await pilot.press("enter", "v")
        assert heard == []
        await pilot.press("up", "enter", "v")
        await pilot.click(Transcript, offset=(10, 6))
        await pilot.click(Transcript, offset=(80, 6))
        assert [(each.turn_id, each.address) for each in heard] == [(1, ""), (1, ""), (1, inset.path.as_uri())]


def _card(state: JobState, **more: object) -> Card:
    row = JobRow(state, "wren", kind="image", time="0:09", price="~$0.04", note="about 0:05 left", share=0.5)
    fields: dict[str, object] = {"keys": "x cancels", **more}
    return Card(7, row, **fields)  # type: ignore[arg-type]


async def test_a_card_says_how_its_job_stands_and_changes_in_place(tmp_path: Path) -> None:
    app = Host([Turn(1, "user", "you", text="/image an ox", cards=[_card(JobState.RUNNING)])])
    async with app.run_test(size=(90, 40)) as pilot:
        await pilot.pause()
        shown = [line.strip("▐ ") for line in page(app) if line]
        assert shown[-3].split() == ["◐", "running", "wren", "▣", "image", "0:09", "~$0.04"]
        assert shown[-2:] == ["━━━━━━━━━━━━────────────  about 0:05 left", "x cancels"]
        done = Card(7, JobRow(JobState.DONE, "wren", price="$0.04"), _inset(tmp_path), "~/results/ox.png")
        app.view.update_turn(1, cards=[done])
        await _until_shown(app, pilot)
        shown = [line.strip("▐ ") for line in page(app) if line.strip("▐ ")]
        assert shown[-1] == "~/results/ox.png"
        assert "✓ done  wren" in "\n".join(shown)


async def test_only_a_job_that_goes_on_can_be_stopped() -> None:
    heard: list[int] = []

    class Hearing(Host):
        def on_transcript_cancel_requested(self, event: Transcript.CancelRequested) -> None:
            heard.append(event.turn_id)

    app = Hearing([Turn(1, "user", "you", text="/image an ox", cards=[_card(JobState.FAILED)])])
    async with app.run_test(size=(90, 40)) as pilot:
        app.view.focus()
        await pilot.press("x")
        assert heard == []
        app.view.update_turn(1, cards=[_card(JobState.RUNNING)])
        await pilot.press("x")
        assert heard == [1]
